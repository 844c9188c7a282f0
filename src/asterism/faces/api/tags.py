"""Strong ETags: an answer that is known already is not sent again, and nobody overwrites what they have not seen."""

import copy
import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils.http import parse_etags

from asterism.faces.api.shapes import refused
from asterism.store.ledger.once import as_it_stands, undo


def tagged(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer of a GET with its tag, or 304 where the caller has it already."""
    if request.method != "GET" or answer.status_code != 200 or answer.streaming:
        return answer
    answer.headers["ETag"] = tag = _tag(answer)
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in known or tag in (one.removeprefix("W/") for one in known):
        return HttpResponse(status=304, headers={"ETag": tag})
    return answer


def guarded(request: HttpRequest, change: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """The answer of a change, unless what stands there is not what the caller has seen."""
    with as_it_stands():
        refusal = _unseen(request)
        if refusal is not None:
            return refusal
        answer = change(request)
        if answer.status_code >= 400:
            undo()
        elif request.method != "DELETE" and (now := _seen_at(request)) is not None and now.status_code == 200:
            answer.headers["ETag"] = _tag(now)
        return answer


def _unseen(request: HttpRequest) -> HttpResponse | None:
    """The refusal of a change whose maker has not seen what stands there; None where they have."""
    stands = _seen_at(request)
    if stands is None or stands.status_code != 200:
        return None
    given = parse_etags(request.headers.get("If-Match", ""))
    if not given and request.method == "DELETE":
        return None
    if not given:
        return refused(428, "`If-Match` is missing.", "Send the `ETag` of what you read, or `*`.")
    if "*" in given or _tag(stands) in given:
        return None
    return refused(412, "It was changed since you read it.", "Read it again, then change it.")


def _seen_at(request: HttpRequest) -> HttpResponse | None:
    """What a GET of the same address answers; None where there is none, or no change by this method."""
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return None
    taken = found.func(_as(request, "OPTIONS"), *found.args, **found.kwargs).headers.get("Allow", "").split(", ")
    if "GET" not in taken or request.method not in taken:
        return None
    answer: HttpResponse = found.func(_as(request, "GET"), *found.args, **found.kwargs)
    return answer


def _as(request: HttpRequest, method: str) -> HttpRequest:
    """The request with another method, and nothing asked in its query."""
    look = copy.copy(request)
    look.method, look.GET = method, QueryDict("")
    return look


def _tag(answer: HttpResponse) -> str:
    return f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
