"""A mail that came in, read without trust: who wrote, what it answers, its words; attachments are never touched."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice
from typing import Final

from asterism.campaigns.documents.lines import flat
from asterism.campaigns.replies import plain_words, words_of_html
from asterism.store.mail import is_address

HEADER: Final = 8_000
"""Letters of a header that are read; decoding takes the square of its length."""
PARTS: Final = 50
"""Parts of a mail that are looked at."""
_REFERENCE: Final = re.compile(r"<[!-;=?-~]{3,250}>")
_DEAD: Final = re.compile(rb"^Status:\s*5\.\d", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail: its own Message-ID or one made from its bytes, those it answers, its sender, subject, words and day.

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
    message = message_from_bytes(mail)
    report = message.get_content_type() == "multipart/report"
    own = _REFERENCE.findall(_raw(message, "Message-ID"))
    named = f"{_raw(message, 'In-Reply-To')} {_raw(message, 'References')}"
    if report:
        named += " " + mail.decode("latin-1")  # the letter that came back stands inside the report
    return Incoming(
        reference=own[0][:255] if own else f"<{hashlib.sha256(mail).hexdigest()[:40]}@unnamed>",
        answers=tuple(dict.fromkeys(_REFERENCE.findall(named)))[:200],
        sender=_sender(message),
        subject=flat(_said(message, "Subject"))[:200],
        text=_words(message),
        at=_day(_raw(message, "Date")),
        automatic=report or _automatic(message),
        came_back=report and bool(_DEAD.search(mail)),
    )


def _raw(message: Message, name: str) -> str:
    """A header as it stands, cut where no honest one goes on."""
    return str(message.get(name, ""))[:HEADER]


def _said(message: Message, name: str) -> str:
    """A header in plain letters, whatever it was packed in."""
    raw = _raw(message, name)
    try:
        return str(make_header(decode_header(raw)))
    except (ValueError, LookupError, HeaderParseError):
        return raw


def _sender(message: Message) -> str:
    found = [address for _, address in getaddresses([_raw(message, "From")]) if address]
    return found[0].strip().lower() if len(found) == 1 and is_address(found[0].strip()) else ""


def _automatic(message: Message) -> bool:
    said = _raw(message, "Auto-Submitted").strip().lower()
    bulk = _raw(message, "Precedence").strip().lower()
    return bool(said and said != "no") or bulk in ("bulk", "auto_reply", "junk") or "X-Autoreply" in message


def _words(message: Message) -> str:
    """The first plain text of a mail, else its HTML as plain text; never what is attached."""
    plain, page = "", ""
    for part in islice(message.walk(), PARTS):
        if part.is_multipart() or part.get_filename() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and not plain:
            plain = _text(part)
        elif kind == "text/html" and not page:
            page = _text(part)
    return plain_words(plain if plain.strip() else words_of_html(page))


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    try:
        return raw.decode(str(part.get_content_charset() or "utf-8"), "replace")
    except (LookupError, ValueError):  # an unknown charset: read what there is
        return raw.decode("utf-8", "replace")


def _day(words: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(words)
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
