"""`/r/CODE`: short links, answered before sessions, forms and pages are thought of; no cookie is set or read."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from asterism.desk.studio.clicks import Asked, follow
from asterism.measurement.addresses import code_in
from asterism.measurement.visits import is_prefetch

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""What every answer carries: nobody keeps it, and the shop learns no more of where people came from than usual."""
_LOG = logging.getLogger(__name__)


class Unknown:
    """Counts openings of links that nobody made, and tells the log of them once a minute: a flood fills no disk."""

    def __init__(self, every: float = 60.0) -> None:
        self.every, self.count, self.told = every, 0, -every

    def note(self, path: str, now: float) -> None:
        """One more, at a moment of a clock that only goes forward."""
        self.count += 1
        if now - self.told >= self.every:
            _LOG.warning(
                "links that are not known were opened: %d, the last was /r/%s", self.count, code_in(path) or "?"
            )
            self.count, self.told = 0, now


UNKNOWN: Final = Unknown()


class Redirects:
    """The first middleware: a known link leads on at once; everything else goes its usual way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """302 to where the link leads, or what the studio answers."""
        code = code_in(request.path_info)
        if not code or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        try:
            to = follow(code, _asked(request), datetime.now(UTC))
        except Error:
            _LOG.exception("a click could not be kept")
            return _later()
        return _onward(to) if to else self.get_response(request)


def client_address(meta: Mapping[str, Any], proxies: int) -> str:
    """The address of whoever asks, as the outermost of so many trusted proxies saw it; without any, the caller's.

    Empty where the proxies did not say it: theirs would make everybody one visitor.

    >>> client_address({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 192.0.2.7"}, 1)
    '192.0.2.7'
    """
    if proxies == 0:
        return str(meta.get("REMOTE_ADDR", ""))
    said = [one.strip() for one in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    return said[-proxies] if proxies <= len(said) else ""


def _asked(request: HttpRequest) -> Asked:
    meta = request.META
    return Asked(
        address=client_address(meta, settings.HOSTING.proxies),
        agent=meta.get("HTTP_USER_AGENT", ""),
        referrer=meta.get("HTTP_REFERER", ""),
        head=request.method == "HEAD",
        prefetch=is_prefetch(meta.get(name) for name in ("HTTP_PURPOSE", "HTTP_SEC_PURPOSE", "HTTP_X_MOZ")),
    )


def _onward(to: str) -> HttpResponse:
    return HttpResponse(status=302, headers={**HEADERS, "Content-Length": "0", "Location": to})


def _later() -> HttpResponse:
    """503: what cannot be kept is not led on, so that no click is lost unseen."""
    words = format_html(
        "<!doctype html><title>{}</title><p>{}</p>", "Not just now", "This link opens again in a moment."
    )
    return HttpResponse(words, status=503, headers={**HEADERS, "Retry-After": "5"})
