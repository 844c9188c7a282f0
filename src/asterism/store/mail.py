"""Mail: one letter handed to the server, with a plain word on whether it was taken, refused, or nobody can know."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any, Final

from asterism.campaigns.documents.lines import flat
from asterism.campaigns.sending import Outcome
from asterism.errors import OutsideFailure

SUBJECT: Final = 200
"""Letters of a subject at most."""
_ADDRESS: Final = re.compile(r"[^@\s<>,;:\"()\[\]\\\x00-\x1f]{1,64}@[^@\s<>,;:\"()\[\]\\\x00-\x1f]{1,189}")
_BROKEN: Final = (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError, ssl.SSLError)
"""The line broke while a letter was on its way: whether it was taken, only the server knows."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One letter as it is handed over; `reference` is its Message-ID, `opt_out` where the reader ends all letters."""

    to: str
    sender: str
    reply_to: str
    subject: str
    text: str
    reference: str
    opt_out: str


class NotTaken(OutsideFailure):
    """The letter was not taken, for certain; `outcome` says whether it was us, the mailbox, or a dead address."""

    def __init__(self, what: str, outcome: Outcome = "failed") -> None:
        super().__init__(what)
        self.outcome: Outcome = outcome


class Unclear(OutsideFailure):
    """The line broke while the letter was handed over: it may have been taken."""


def is_address(text: str) -> bool:
    """Whether a text is one mail address and nothing else.

    >>> is_address("ana@creator.example"), is_address("ana@creator.example, eve@x.example")
    (True, False)
    """
    return len(text) <= 254 and bool(_ADDRESS.fullmatch(text))


def post(letter: Posted) -> None:
    """Hand a letter to the mail server, or to whatever stands in its place.

    Raises
    ------
    NotTaken
        It was refused, or there is no server: it may be tried again.
    Unclear
        The line broke in between: another try might make it two.
    """
    from django.core.exceptions import ImproperlyConfigured
    from django.core.mail import get_connection

    if not is_address(letter.to):
        raise NotTaken("That is no mail address.", "hard_bounce")
    try:
        line = get_connection()
        line.open()
    except (OSError, ImproperlyConfigured) as error:
        raise NotTaken(_said("The mail server cannot be reached", error)) from None
    try:
        line.send_messages([_message(letter, line)])
    except _BROKEN as error:
        raise Unclear(_said("The mail server went silent", error)) from None
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()), (0, b""))
        outcome: Outcome = "hard_bounce" if 500 <= code < 600 else "soft_bounce"
        raise NotTaken(_said(f"The address was refused ({code})", words), outcome) from None
    except (OSError, ValueError) as error:
        raise NotTaken(_said("The letter was not taken", error)) from None
    finally:
        line.close()


def sender_address() -> str:
    """The address that letters come from."""
    from django.conf import settings

    return parseaddr(str(settings.DEFAULT_FROM_EMAIL))[1] or "asterism@localhost"


def reads_answers() -> bool:
    """Whether a mailbox is read for answers."""
    from django.conf import settings

    return settings.HOSTING.inbox is not None


def _message(letter: Posted, line: Any) -> Any:
    """The mail; whatever a name or subject holds, every header stays one line."""
    from django.core.mail import EmailMessage

    headers = {
        "Message-ID": letter.reference,
        "List-Unsubscribe": f"<{letter.opt_out}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return EmailMessage(
        subject=flat(letter.subject)[:SUBJECT],
        body=letter.text,
        from_email=formataddr((flat(letter.sender), sender_address())),
        to=[letter.to],
        reply_to=[letter.reply_to] if is_address(letter.reply_to) else None,
        headers=headers,
        connection=line,
    )


def _said(what: str, why: object) -> str:
    words = why.decode("utf-8", "replace") if isinstance(why, bytes) else str(why)
    return f"{what}: {flat(words)[:180] or type(why).__name__}."
