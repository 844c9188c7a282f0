"""What a page says when the answer is no: one line of what is wrong, one of what to change."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from asterism.errors import AsterismError, BadInput, NotAllowed, NotFound, OutsideFailure, TooMany, http_status
from asterism.faces.web.templating import page

NOTICED = {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML show:window:top", "HX-Push-Url": "false"}
"""What htmx does with a refusal: it shows the notice and leaves the page and its forms as they are."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """`refusal.html.j2`: what is wrong, what to change, the status, where to go from here, the form's field meant."""

    what: str
    fix: str
    status: int
    back: str
    field: str = ""


class Refusals:
    """Middleware: an `AsterismError` of a view becomes a notice in the page it came from, or a page of its own."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The refusal of an error of ours; others go on to Django."""
        return refuse(request, error) if isinstance(error, AsterismError) else None


def refuse(request: HttpRequest, error: AsterismError) -> HttpResponse:
    """The notice for a form that htmx sent, so that nothing typed is lost; else the whole page."""
    status = http_status(error)
    shown = Refusal(error.what, error.fix, status, _back(request), getattr(error, "field", ""))
    if getattr(request, "htmx", False):
        answer = page(request, "notice.html.j2", shown, status)
        for name, value in NOTICED.items():
            answer.headers[name] = value
    else:
        answer = page(request, "refusal.html.j2", shown, status)
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 — Django names it
    """400: the request itself is off."""
    answer = refuse(request, BadInput("That request cannot be read.", "Go back, and try again."))
    answer.status_code = 400
    return answer


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 — Django names it
    """403."""
    return refuse(request, NotAllowed("You may not do that.", "Sign in, or ask an owner of the workspace."))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 — Django passes the reason
    """403: a form without the proof that it is ours."""
    return refuse(request, NotAllowed("This form is too old, or did not come from here.", "Reload it and send again."))


def nowhere(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 — Django names it
    """404."""
    return refuse(request, NotFound("There is nothing at this address.", "Check it, or start from the front page."))


def locked_out(request: HttpRequest, _credentials: object = None) -> HttpResponse:
    """429: too many wrong passwords."""
    return refuse(request, TooMany("Too many wrong tries.", "Wait fifteen minutes, then sign in.", 900))


def failed(request: HttpRequest) -> HttpResponse:
    """500: a defect of ours; nothing of it is shown."""
    answer = refuse(request, OutsideFailure("Something failed on our side; nothing was half done.", "Try again."))
    answer.status_code = 500
    return answer


def _back(request: HttpRequest) -> str:
    """The page the user came from, if it is ours."""
    parts = urlsplit(request.headers.get("Referer", ""))
    try:
        ours = parts.netloc == request.get_host() and not parts.path.startswith("//")
    except DisallowedHost:  # the very reason why it is refused
        ours = False
    return parts.path if ours and parts.path != request.path else "/"
