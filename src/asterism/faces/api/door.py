"""`Door`: what every request of the API passes: token, size, pace, one answer per key, nothing overwritten unseen."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone

from asterism.errors import AsterismError, BadInput, TooLarge, TooMany
from asterism.faces.api.setup import ours, stranger
from asterism.faces.api.shapes import PROBLEM, refused
from asterism.faces.api.tags import guarded, tagged
from asterism.store.ledger.access import seat_of_token
from asterism.store.ledger.once import Answered, answer_once
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.secrets import secret_hash

ROOT: Final = "/api/"
OPEN: Final = ("/api/v1/openapi.json",)
"""What strangers may read."""
MOST_PER_MINUTE: Final = 600
"""Requests of one token; each process of the server counts for itself unless Django is given a shared cache."""
LARGEST: Final = 1_000_000
"""Bytes of a body that is no upload."""
SHOWN_ONCE: Final = "secret"
"""The field of an answer that is not kept: a replay leaves it empty."""
KEY: Final = re.compile(r"[!-~]{1,128}")
CHANGES: Final = frozenset({"PUT", "PATCH", "DELETE"})

WORDS: Final = {
    400: ("The request cannot be read.", "Send what /api/v1/openapi.json describes."),
    404: ("There is nothing at this address.", "See /api/v1/openapi.json."),
    405: ("This address does not take that method.", "`Allow` names those it takes."),
    500: ("Something failed on our side; nothing was half done.", "Try again."),
}
"""What is said where Django itself refuses."""


class Door:
    """Middleware before the API; pages pass it untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; every refusal is a problem."""
        if not request.path.startswith(ROOT):
            return self.get_response(request)
        try:
            return _as_problem(self._answer(request))
        except AsterismError as error:
            return ours(request, error)
        except RequestDataTooBig:
            return ours(request, _too_large(LARGEST))
        except MultiPartParserError:
            return refused(400, *WORDS[400])

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.path in OPEN:
            return self.get_response(request) if request.method == "GET" else HttpResponseNotAllowed(["GET"])
        seat, holder = _come_in(request)
        if seat is None:
            return stranger(request, None)
        request.seat = seat
        _insist_on_size(request)
        if request.method == "POST" and "Idempotency-Key" in request.headers:
            return self._once(request, seat, holder)
        if request.method in CHANGES:
            return guarded(request, self.get_response)
        return tagged(request, self.get_response(request))

    def _once(self, request: HttpRequest, seat: Seat, holder: str) -> HttpResponse:
        """The answer of the first request with this key."""
        key = request.headers["Idempotency-Key"]
        if not KEY.fullmatch(key):
            raise BadInput("The Idempotency-Key is none.", "Send 1 to 128 visible ASCII letters, best a random UUID.")
        answers: list[HttpResponse] = []

        def do() -> Answered:
            answers.append(_as_problem(self.get_response(request)))
            return _kept(answers[0])

        done = answer_once(seat, f"api:{holder}:{key}", _asked(request), do)
        return answers[0] if answers else _again(done)


def _come_in(request: HttpRequest) -> tuple[Seat | None, str]:
    """The seat of the request's token, and by what its holder is known here."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        return None, ""
    holder, now = secret_hash(secret.strip())[:24], timezone.now()
    minute = f"asked:{holder}:{int(now.timestamp()) // 60}"
    cache.add(minute, 0, 120)
    if cache.incr(minute) > MOST_PER_MINUTE:
        what = f"This token has asked {MOST_PER_MINUTE} times within a minute."
        raise TooMany(what, "Wait for the next minute.", 60 - now.second)
    return seat_of_token(secret.strip(), now), holder


def _insist_on_size(request: HttpRequest) -> None:
    upload = request.content_type == "multipart/form-data"
    most = settings.HOSTING.largest_upload if upload else LARGEST
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise _too_large(most)


def _too_large(most: int) -> TooLarge:
    return TooLarge(f"The body is larger than {most:,} bytes.", "Send it in parts.")


def _asked(request: HttpRequest) -> str:
    """The hash of all that a request asks."""
    hashed = hashlib.sha256(f"{request.get_full_path()}\n{request.content_type}\n".encode())
    if request.content_type != "multipart/form-data":
        hashed.update(request.body)
        return hashed.hexdigest()
    hashed.update(json.dumps(sorted(request.POST.lists())).encode())
    for name, file in sorted(request.FILES.items()):
        hashed.update(f"\n{name}\n{file.name}\n".encode())
        for chunk in file.chunks():
            hashed.update(chunk)
        file.seek(0)
    return hashed.hexdigest()


def _kept(answer: HttpResponse) -> Answered:
    """What is kept of an answer, so that it can be given again; what is shown once is not."""
    is_json = answer.headers.get("Content-Type", "").startswith("application/json") and answer.content
    body = _without_secrets(json.loads(answer.content)) if is_json else None
    return Answered(answer.status_code, {"body": body, "location": answer.headers.get("Location", "")})


def _without_secrets(body: Any) -> Any:
    if isinstance(body, dict):
        return {name: "" if name == SHOWN_ONCE else _without_secrets(part) for name, part in body.items()}
    return [_without_secrets(part) for part in body] if isinstance(body, list) else body


def _again(done: Answered) -> HttpResponse:
    """The first answer again."""
    body = done.answer["body"]
    content = b"" if body is None else json.dumps(body).encode()
    answer = HttpResponse(content, status=done.status, content_type="application/json; charset=utf-8")
    answer.headers["Idempotent-Replay"] = "true"
    if done.answer["location"]:
        answer.headers["Location"] = done.answer["location"]
    return answer


def _as_problem(answer: HttpResponse) -> HttpResponse:
    """A refusal that is none of ours as a problem."""
    if answer.status_code < 400 or answer.headers.get("Content-Type", "").startswith(PROBLEM):
        return answer
    status = answer.status_code
    said = refused(status, *WORDS.get(status, WORDS[400 if status < 500 else 500]))
    if "Allow" in answer.headers:
        said.headers["Allow"] = answer.headers["Allow"]
    return said
