"""A mail that came in, read without trust: who wrote, what it answers, its words; attachments are never touched."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from typing import Any, Final

from asterism.campaigns.documents.lines import flat
from asterism.campaigns.replies import plain_words, words_of_html

_REFERENCE: Final = re.compile(r"<[^<>\s]{3,250}>")
_DEAD: Final = re.compile(rb"^Status:\s*5\.\d", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail: its own Message-ID, those it answers, its sender, subject, words and day.

    `automatic` is an answer no person wrote, such as an out-of-office note; `came_back` a report that the address
    does not exist.
    """

    reference: str
    answers: tuple[str, ...]
    sender: str
    subject: str
    text: str
    at: datetime | None
    automatic: bool
    came_back: bool


def read_mail(mail: bytes) -> Incoming:
    """A mail as far as it can be read; whatever is broken in it is left out."""
    message = BytesParser(policy=policy.default).parsebytes(mail)
    report = message.get_content_type() == "multipart/report"
    own = _REFERENCE.findall(_header(message, "Message-ID"))
    named = f"{_header(message, 'In-Reply-To')} {_header(message, 'References')}"
    if report:
        named += " " + mail.decode("latin-1")  # the letter that came back stands inside the report
    return Incoming(
        reference=own[0][:255] if own else "",
        answers=tuple(dict.fromkeys(_REFERENCE.findall(named)))[:200],
        sender=_sender(message),
        subject=flat(_header(message, "Subject"))[:200],
        text=_words(message),
        at=_day(_header(message, "Date")),
        automatic=report or _automatic(message),
        came_back=report and bool(_DEAD.search(mail)),
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header as text; the library may stumble over hostile ones, and then there is none."""
    try:
        return str(message.get(name, ""))
    except Exception:  # noqa: BLE001 — the parser raises what it likes on broken headers
        return ""


def _sender(message: EmailMessage) -> str:
    try:
        found: tuple[Address, ...] = message["From"].addresses
        return found[0].addr_spec.strip().lower() if len(found) == 1 else ""
    except Exception:  # noqa: BLE001 — as above
        return ""


def _automatic(message: EmailMessage) -> bool:
    said = _header(message, "Auto-Submitted").strip().lower()
    bulk = _header(message, "Precedence").strip().lower()
    return bool(said and said != "no") or bulk in ("bulk", "auto_reply", "junk") or "X-Autoreply" in message


def _words(message: EmailMessage) -> str:
    """The first plain text of a mail, else its HTML as plain text; never what is attached."""
    plain, page = "", ""
    for part in message.walk():
        if part.is_multipart() or part.get_filename() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and not plain:
            plain = _text(part)
        elif kind == "text/html" and not page:
            page = _text(part)
    return plain_words(plain if plain.strip() else words_of_html(page))


def _text(part: Any) -> str:
    try:
        return str(part.get_content())
    except Exception:  # noqa: BLE001 — an unknown charset or broken encoding: read what there is
        raw = part.get_payload(decode=True)
        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def _day(words: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(words)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
