"""A mailbox read from afar: new mails since the last look, never marked, never more of one than fits."""

import contextlib
import imaplib
import json
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from asterism.errors import OutsideFailure
from asterism.store.hosting import Inbox

TIMEOUT: Final = 15.0
"""Seconds for each answer of the server."""
LARGEST: Final = 262_144
"""Bytes of a mail that are read: its head and its first words stand there; attachments mostly do not."""
AT_ONCE: Final = 50
"""Mails of one look."""
FIRST_LOOK: Final = timedelta(days=14)
"""How far back the first look goes."""
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Line = Any
"""A connection as `imaplib` makes it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a folder was read: its own stamp of validity, and the number of the last mail."""

    validity: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """What a look brought: mails by their numbers, and the mark to keep once they are kept."""

    mails: tuple[tuple[int, bytes], ...]
    mark: Mark


def look(inbox: Inbox, mark: Mark, now: datetime, dial: Callable[[Inbox], Line] | None = None) -> Post:
    """The mails that came since a mark, the oldest first.

    The folder is opened for reading only: no mail is marked as seen, moved or deleted.

    Raises
    ------
    OutsideFailure
        The server cannot be reached, does not take the password, or answers nonsense.
    """
    try:
        with _opened(inbox, dial or _dial) as line:
            return _read(line, mark, now)
    except (OSError, imaplib.IMAP4.error, ValueError, ssl.SSLError) as error:
        words = " ".join(str(error).split())[:160].replace(inbox.password or "\0", "…")
        raise OutsideFailure(f"The mailbox for answers cannot be read: {words}.", "Check ASTERISM_IMAP.") from None


def read_mark(file: Path) -> Mark:
    """The mark kept in a file; one that cannot be read is none, and the last days are read again."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return Mark(int(kept["validity"]), int(kept["last"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Mark()


def keep_mark(file: Path, mark: Mark) -> None:
    """Keep a mark, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps({"validity": mark.validity, "last": mark.last}), encoding="utf-8")
    beside.replace(file)


@contextlib.contextmanager
def _opened(inbox: Inbox, dial: Callable[[Inbox], Line]) -> Any:
    line = dial(inbox)
    try:
        line.login(inbox.user, inbox.password)
        quoted = inbox.folder.replace("\\", "\\\\").replace('"', '\\"')
        _ok(line.select(f'"{quoted}"', readonly=True))
        yield line
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            line.logout()
        with contextlib.suppress(OSError):
            line.shutdown()


def _dial(inbox: Inbox) -> Line:
    if inbox.tls:
        return imaplib.IMAP4_SSL(inbox.host, inbox.port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT)
    return imaplib.IMAP4(inbox.host, inbox.port, timeout=TIMEOUT)


def _read(line: Line, mark: Mark, now: datetime) -> Post:
    validity = int((line.response("UIDVALIDITY")[1] or [b"0"])[0] or 0)
    start = mark.last if mark.validity == validity else 0
    since = now - FIRST_LOOK
    wanted = f"UID {start + 1}:*" if start else f"SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year}"
    found = _ok(line.uid("SEARCH", None, *wanted.split()))
    # a server answers `n:*` with the last mail even where it is older than n
    numbers = sorted(n for n in map(int, re.findall(rb"\d+", found[0] or b"")) if n > start)[:AT_ONCE]
    mails = tuple((n, mail) for n in numbers if (mail := _mail(line, n)))
    return Post(mails, Mark(validity, numbers[-1] if numbers else start))


def _mail(line: Line, number: int) -> bytes:
    parts = _ok(line.uid("FETCH", str(number), f"(BODY.PEEK[]<0.{LARGEST}>)"))
    return next((bytes(part[1])[:LARGEST] for part in parts if isinstance(part, tuple)), b"")


def _ok(answer: tuple[str, list[Any]]) -> list[Any]:
    said, what = answer
    if said != "OK":
        raise imaplib.IMAP4.error(f"the server said {said}")
    return what
