"""An interface's error answer that was saved as if it were data: what it says, and what to do."""

from collections.abc import Mapping
from typing import Any, Final

from asterism.creators.payloads.reading import absent, at, listed
from asterism.errors import UnreadableFile

_QUOTA: Final = ("quota", "rate limit", "ratelimit", "rate_limit", "too many", "request limit", "credits")
_ACCESS: Final = ("oauth", "token", "unauthor", "forbidden", "permission", "api key", "credential", "access")
_GONE: Final = ("not found", "not_found", "notfound", "does not exist", "deleted")
_FIXES: Final = (
    (_QUOTA, "Wait until the quota is renewed, fetch it again and import that."),
    (_ACCESS, "Renew the key or token, fetch it again and import that."),
    (_GONE, "The account may be deleted or private: check the id or handle, or leave it out."),
)
_AGAIN: Final = "Fetch it again and import the answer that holds data."
_LONGEST: Final = 160


def refusal(source: str, document: Any) -> UnreadableFile | None:
    """The error to raise for an error answer; None for any other document.

    Google and Meta write `{"error": {…}}`, Modash `{"error": true, …}`; TikTok puts `{"code": "ok"}` beside its data.
    """
    if not isinstance(document, Mapping):
        return None
    error = document.get("error")
    if absent(error) or error is False or str(at(error, "code")).lower() in ("ok", "0"):
        return None
    alone = all(name.startswith(("error", "message", "status", "code")) for name in document)
    if not isinstance(error, Mapping) and not (alone and (error is True or isinstance(error, str))):
        return None
    words = " ".join(dict.fromkeys(_words(document if error is True else error)))
    if not words:
        return None
    said = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    what = f"{source} is an interface's error answer, not data: {said.rstrip('.')}."
    return UnreadableFile(what, next((fix for marks, fix in _FIXES if any(m in words.lower() for m in marks)), _AGAIN))


def _words(error: Any) -> list[str]:
    """The reason, kind, code and message of an error, in this order, each in one line."""
    if isinstance(error, str):
        return [" ".join(error.split())]
    reasons = [at(one, "reason") for one in listed(error, "errors")]
    found = [*reasons, *(at(error, name) for name in ("type", "status", "code", "message", "description"))]
    return [" ".join(str(part).split()) for part in found if not absent(part) and not isinstance(part, (dict, list))]
