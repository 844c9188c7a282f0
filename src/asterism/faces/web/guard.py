"""`Guard`: what every answer carries so that a browser runs nothing but our own files."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings

from asterism.errors import TooLarge
from asterism.faces.web.refusals import refuse

POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "manifest-src 'self'",
    )
)  # fmt: skip
"""Own scripts and styles only, none inline; no frames, no other host."""

FILES: Final = 20
"""Tables that may be brought at once."""
FORM: Final = 4_000_000
"""Bytes of any other form at most."""
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


def largest(path: str) -> int:
    """How many bytes a request to an address may hold; the API's own door is as strict."""
    files = path.endswith("/upload") or path.startswith("/api/")
    return FILES * int(settings.HOSTING.largest_upload) if files else FORM


def _too_large(most: int) -> TooLarge:
    return TooLarge(f"That is more than {most:,} bytes at once.", "Send it in parts.")


class Guard:
    """Sets the security headers, and keeps pages of members out of every cache."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        """The answer with its headers; what is too large is refused before a byte of it is read."""
        most = largest(request.path)
        too_large = int(request.META.get("CONTENT_LENGTH") or 0) > most
        response = refuse(request, _too_large(most)) if too_large else self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
