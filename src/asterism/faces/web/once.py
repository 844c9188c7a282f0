"""A form that is sent twice does its deed once: the second leads to where the first one led."""

import hashlib
import json
import secrets
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from markupsafe import Markup

from asterism.store.ledger.once import Answered, answer_once
from asterism.store.ledger.scope import together
from asterism.store.ledger.seats import Seat

FIELD: Final = "once"
"""The hidden field that tells one rendering of a form from the next."""
_NOT_ASKED: Final = frozenset({FIELD, "csrfmiddlewaretoken"})


def once_field() -> Markup:
    """The hidden field, with a value of its own for each rendering."""
    return Markup('<input type="hidden" name="once" value="{}">').format(secrets.token_urlsafe(12))


def once_only(request: HttpRequest, seat: Seat, deed: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of a deed, done once per rendering and content of its form; forms without the field always run.

    The deed is one transaction, but for forms with files: a refusal undoes all of it, and the corrected form may be
    sent again.
    """
    mark = request.POST.get(FIELD, "")[:64]
    if request.method != "POST" or request.FILES:  # a page only reads; files are received before anybody waits for them
        return deed()
    if not mark:
        with together():
            return deed()
    answers: list[HttpResponse] = []

    def do() -> Answered:
        answers.append(deed())
        return Answered(answers[0].status_code, {"location": answers[0].headers.get("Location", "")})

    asked = _asked(request)
    done = answer_once(seat, f"form:{_who(seat)}:{mark}:{asked[:32]}", asked, do)
    return answers[0] if answers else _onward(request, seat, done)


def _onward(request: HttpRequest, seat: Seat, done: Answered) -> HttpResponse:
    """To where the first one led; to the page the form stood on, where it led nowhere."""
    back = urlsplit(request.headers.get("Referer", ""))
    own = back.netloc == request.get_host() and back.path != request.path and not back.path.startswith("//")
    ours = back.path if own else ""
    answer = HttpResponseRedirect(done.answer["location"] or ours or f"/w/{seat.workspace.slug}/")
    answer.status_code = 303
    return answer


def _who(seat: Seat) -> str:
    return str(seat.member.user_id) if seat.member else seat.via


def _asked(request: HttpRequest) -> str:
    """The hash of what the form says."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in _NOT_ASKED)
    files = sorted((name, file.name, file.size) for name, file in request.FILES.items())
    return hashlib.sha256(json.dumps([request.path, fields, files]).encode()).hexdigest()
