"""`Guard`: what every answer carries so that a browser runs nothing but our own files."""

from collections.abc import Callable
from typing import Any

POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "manifest-src 'self'",
    )
)  # fmt: skip
"""Own scripts and styles only, none inline; no frames, no other host."""

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


class Guard:
    """Sets the security headers, and keeps pages of members out of every cache."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        """The answer with its headers."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
