"""Sending: what is due and allowed goes out, each letter once; what may not is held back, and says why."""

import logging
import re
from datetime import datetime, timedelta
from typing import Any, Final

from asterism.campaigns import sending
from asterism.campaigns.sending import Consent, Limits, may_send, retry
from asterism.desk.studio.workspace import options_of
from asterism.errors import Conflict
from asterism.store.ledger import letters
from asterism.store.ledger.models import Creator, Message, Workspace
from asterism.store.ledger.optouts import opt_out_link
from asterism.store.ledger.scope import find, lock, move, save, together
from asterism.store.ledger.seats import Seat, machine_seat
from asterism.store.ledger.trail import record
from asterism.store.mail import NotTaken, Posted, Unclear, is_address, post, reads_answers, sender_address

AT_ONCE: Final = 20
"""Letters of one round."""
AFTER_A_DEFECT: Final = timedelta(hours=1)
MAY_HAVE_ARRIVED: Final = "It was being handed over when the worker ended: it may have arrived. Ask, then send again."
NO_ADDRESS: Final = "No mail address is known."
_LOG = logging.getLogger(__name__)
_WAYS_OUT: Final = re.compile(r"/o/[\w.=-]+|/c/[\w-]{16,}/data")


def send_due(now: datetime) -> int:
    """Send the letters that are due; how many went out.

    Call it every few seconds from the worker: no transaction is open while the mail server is waited for. Where the
    server cannot be reached the round ends, and nothing is lost: what waits is tried again later.
    """
    _give_up_left_behind(now)
    sent = 0
    for message in letters.due(now, AT_ONCE):
        try:
            went = _one(machine_seat(message.workspace, now), message.pk)
        except Exception:  # noqa: BLE001 — a defect of one letter must not keep all others from going
            _LOG.exception("letter %s was not sent", message.pk)
            letters.let_wait(message, now + AFTER_A_DEFECT)
            continue
        if went is None:
            break
        sent += went
    return sent


def _one(seat: Seat, key: int) -> bool | None:
    """Whether a letter went out; None where the server is away, so that no other needs to be tried now."""
    made = _taken_up(seat, key)
    if made is None:
        return False
    row, posted = made
    try:
        post(posted)
    except NotTaken as error:
        _not_taken(seat, row, error)
        return None if error.outcome == "failed" else False
    except Unclear as error:
        _end(seat, row, "failed", f"{error.what} It may have arrived: ask before you send again.")
        return None
    _sent(seat, row)
    return True


def limits_of(workspace: Workspace) -> Limits:
    """What a workspace allows itself in sending."""
    options = options_of(workspace)
    return Limits(per_day=options.letters_per_day, gap=timedelta(days=options.days_between_letters))


def sent_text(message: Message, link: str) -> str:
    """A letter's text; one that names no way to end all letters gets it at its end."""
    if _WAYS_OUT.search(message.body):
        return str(message.body)
    return f"{message.body.rstrip()}\n\n-- \nNo more letters from us: {link}\n"


def _taken_up(seat: Seat, key: int) -> tuple[Message, Posted] | None:
    """The letter, taken up by this worker; None where it may not go, not yet, or somebody else has it."""
    with together():
        # the creator first, as whoever ends all letters does: so that the two never wait for each other
        creator = lock(seat, Creator, find(seat, Message, key).creator_id)
        row = lock(seat, Message, key)
        if row.state != "queued":
            return None
        verdict = _verdict(seat, row, creator)
        if not verdict.allowed:
            _put_off(seat, row, verdict)
            return None
        domain = sender_address().rpartition("@")[2] or "localhost"
        if not letters.take_up(row, creator.email, domain, seat.now):
            return None
    return row, _posted(seat, row, creator)


def _verdict(seat: Seat, row: Message, creator: Creator) -> sending.Verdict:
    about = sending.Message(str(row.workspace_id), str(creator.pk), row.kind, row.channel, creator.email)
    consent = Consent(bool(creator.opted_out_at), creator.opted_out_at, bool(creator.erased_at))
    verdict = may_send(about, letters.history(row, seat.now), consent, seat.now, limits_of(seat.workspace))
    if verdict.allowed and not is_address(creator.email):
        return sending.Verdict(False, "no_address", NO_ADDRESS)
    return verdict


def _put_off(seat: Seat, row: Message, verdict: sending.Verdict) -> None:
    """Let a letter wait where the rule lifts by itself; hold it back where it does not."""
    again = verdict.again_at or (seat.now + sending.DAY if verdict.rule == "cap" else None)
    if again is not None:
        save(seat, row, next_at=again, error=verdict.reason[:300])
        return
    move(seat, row, "queued", "blocked", error=verdict.reason[:300], next_at=None)
    record(seat, "message.blocked", row, rule=verdict.rule)


def _posted(seat: Seat, row: Message, creator: Creator) -> Posted:
    options, link = options_of(seat.workspace), opt_out_link(creator)
    author = row.by.email if row.by_id and row.by and not reads_answers() else ""
    return Posted(
        to=creator.email,
        sender=options.agency or seat.workspace.name,
        reply_to=options.reply_to or author,
        subject=row.subject or "A letter",
        text=sent_text(row, link),
        reference=row.reference,
        opt_out=link,
    )


def _sent(seat: Seat, row: Message) -> None:
    with together():
        _settle(seat, row, "sent", sent_at=seat.now, next_at=None, error="")
        if row.kind == "privacy_notice":
            save(seat, find(seat, Creator, row.creator_id), notice_sent_at=seat.now)
        record(seat, "message.sent", row, letter=row.kind, channel=row.channel, attempts=row.attempts)


def _not_taken(seat: Seat, row: Message, error: NotTaken) -> None:
    again = retry(error.outcome, row.attempts, seat.now)
    if again.at is not None:
        _settle(seat, row, "queued", next_at=again.at, error=error.what[:300])
        return
    state = "bounced" if error.outcome == "hard_bounce" else "failed"
    _end(seat, row, state, f"{error.what} {again.reason}")


def _end(seat: Seat, row: Message, state: str, why: str) -> None:
    with together():
        _settle(seat, row, state, next_at=None, error=why[:300])
        record(seat, "message.failed", row, letter=row.kind, state=state, attempts=row.attempts)


def _settle(seat: Seat, row: Message, state: str, **fields: Any) -> None:
    move(seat, row, "sending", state, **fields)


def _give_up_left_behind(now: datetime) -> None:
    for row in letters.left_behind(now):
        try:
            _end(machine_seat(row.workspace, now), row, "failed", MAY_HAVE_ARRIVED)
        except Conflict:
            continue  # its worker was slow, not dead
