"""Answers by mail: read from the mailbox, matched to what they answer, kept as messages; an opt-out is heeded."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from asterism.campaigns.replies import wants_out
from asterism.desk.studio.opting import end_letters
from asterism.store.hosting import Inbox
from asterism.store.imap import Line, keep_mark, look, read_mark
from asterism.store.incoming import Incoming, read_mail
from asterism.store.ledger import letters
from asterism.store.ledger.models import Collaboration, Creator, Message, Workspace
from asterism.store.ledger.scope import add, lock, move, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record
from asterism.store.settings import settings

BY_ANSWER: Final = "in an answer to a letter"
CAME_BACK: Final = "The letter came back: the address does not exist."
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a mail is from, in which workspace, and the letter it answers where it names one."""

    workspace: Workspace
    creator: Creator
    letter: Message | None


def fetch_replies(now: datetime, inbox: Inbox, dial: Callable[[Inbox], Line] | None = None) -> int:
    """Read the mailbox for answers; how many were kept. Call it every few minutes from the worker.

    A mail that answers nothing of ours, and whose sender is no creator of exactly one workspace, is left alone. One
    that is read twice is kept once.

    Raises
    ------
    OutsideFailure
        The mailbox cannot be read.
    """
    file = _mark_file(inbox)
    got, kept, failed = look(inbox, read_mark(file), now, dial), 0, 0
    for number, raw in got.mails:
        try:
            kept += _kept(raw, now)
        except Exception:  # noqa: BLE001 — one mail must not keep the others from being read
            _LOG.exception("an answer could not be kept; it is read again")
            failed = failed or number
    # after the mails: whoever dies before it reads them again, and keeps them once
    keep_mark(file, replace(got.mark, last=failed - 1) if failed else got.mark)
    return kept


def whose(mail: Incoming) -> Whose | None:
    """Whose answer a mail is: by the letter it answers, else by its sender's address in exactly one workspace."""
    letter = letters.letter_named(mail.answers)
    if letter is not None and letter.creator.erased_at is None:
        return Whose(letter.workspace, letter.creator, letter)
    found = [] if mail.came_back else letters.creators_at(mail.sender)
    if len({creator.workspace_id for creator in found}) != 1:
        return None
    return Whose(found[0].workspace, found[0], None)


def _kept(raw: bytes, now: datetime) -> bool:
    try:
        mail = read_mail(raw)
    except Exception:  # noqa: BLE001 — built to break a reader: it would break the next look as well
        _LOG.warning("a mail of %s bytes cannot be read", len(raw))
        return False
    found = whose(mail)
    return found is not None and _keep(mail, found, now)


def _keep(mail: Incoming, found: Whose, now: datetime) -> bool:
    seat = Seat(found.workspace, None, "job", now)
    with together():
        creator = lock(seat, Creator, found.creator.pk)
        if letters.already_kept(found.workspace.pk, mail.reference):
            return False
        if mail.came_back and found.letter is not None:
            return _came_back(seat, found.letter)
        words = {
            "kind": "auto_reply" if mail.automatic else "reply", "channel": "email", "subject": mail.subject,
            "body": mail.text or "(no text)", "reference": mail.reference, "address": mail.sender[:254],
        }  # fmt: skip
        at = min(mail.at, now) if mail.at else now
        about: Collaboration | None = found.letter.collaboration if found.letter else None
        made = add(seat, Message, creator=creator, collaboration=about, state="received", sent_at=at, **words)
        record(seat, "message.received", made, channel="email", automatic=mail.automatic)
        if not mail.automatic and wants_out(mail.text, mail.subject):
            end_letters(seat, creator, BY_ANSWER, "reply")
    return True


def _came_back(seat: Seat, letter: Message) -> bool:
    """Note on the letter itself that its address is dead, so that nothing is sent there again."""
    if letter.state != "sent":
        return False
    move(seat, letter, "sent", "bounced", error=CAME_BACK)
    record(seat, "message.failed", letter, letter=letter.kind, state="bounced")
    return True


def _mark_file(inbox: Inbox) -> Path:
    return settings().home / f"answers-{inbox.host}-{inbox.port}.json"
