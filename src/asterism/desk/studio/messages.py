"""Messages to and from creators: written here, sent by the worker, held back, sent again; answers noted by hand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, field_validator

from asterism.campaigns.replies import plain_words
from asterism.errors import BadInput, Conflict, NotAllowed
from asterism.store.ledger.models import Collaboration, Creator, Message
from asterism.store.ledger.scope import add, find, lock, move, rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record
from asterism.store.mail import is_address

TAKEN_BACK: Final = "Taken back before it went."
RETRIED: Final = ("failed", "bounced", "blocked")
"""States from which a message may be sent again."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to be sent: the kind of message, its subject and its body."""

    kind: str
    subject: str
    body: str


class Composed(BaseModel):
    """A message in one's own words."""

    subject: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=2, max_length=20_000)
    collaboration: int | None = Field(default=None, ge=1, lt=2**63, description="What it is about, if anything.")


class Answered(BaseModel):
    """An answer that came by another way: by which, what it said, and on which day."""

    channel: Literal["email", "instagram", "tiktok", "youtube", "phone", "post", "in person", "other"] = "email"
    text: str = Field(min_length=1, max_length=20_000)
    on: date | None = None
    collaboration: int | None = Field(default=None, ge=1, lt=2**63)

    @field_validator("on")
    @classmethod
    def _plausible(cls, on: date | None) -> date | None:
        if on is not None and not 2000 <= on.year <= 2200:
            raise ValueError("write the day as in 2027-05-03")
        return on


def queue(seat: Seat, creator: Creator, collaboration: Collaboration | None, what: Outgoing) -> Message:
    """A message that waits to be sent; one to somebody who wants none is held back at once, and says so."""
    words = {"kind": what.kind, "subject": what.subject[:200], "body": what.body}
    barred = _barred(creator)
    state = {"state": "blocked", "error": barred} if barred else {"state": "queued"}
    made = add(seat, Message, creator=creator, collaboration=collaboration, by=seat.user, **words, **state)
    record(seat, "message.blocked" if barred else "message.queued", made, letter=what.kind)
    return made


def compose(seat: Seat, key: int, wish: Composed) -> Message:
    """A message to a creator in one's own words.

    Raises
    ------
    NotAllowed
        The creator wants no messages, or was erased.
    BadInput
        No address is known.
    """
    seat.insist("write")
    with together():
        creator = find(seat, Creator, key)
        insist_on_mailable(creator)
        about = _about(seat, creator, wish.collaboration)
        subject, text = " ".join(wish.subject.split()), wish.text.strip()
        return queue(seat, creator, about, Outgoing("message", subject, text))


def note_answer(seat: Seat, key: int, wish: Answered) -> Message:
    """Note an answer that came by another way; an end to all letters is noted on the creator's own page."""
    seat.insist("write")
    on = wish.on or seat.today
    if on > seat.today:
        raise BadInput("That day is still to come.", "Write the day on which the answer came.", "on")
    with together():
        creator = find(seat, Creator, key)
        if creator.erased_at:
            raise NotAllowed("This creator's data was erased: nothing may be added.", "Leave the creator out.")
        about = _about(seat, creator, wish.collaboration)
        words = {"kind": "reply", "channel": wish.channel, "subject": "", "body": plain_words(wish.text)}
        when = seat.now if on == seat.today else _noon(seat, on)
        made = add(seat, Message, creator=creator, collaboration=about, state="received", sent_at=when, by=seat.user,
                   **words)  # fmt: skip
        record(seat, "message.received", made, channel=wish.channel)
    return made


def send_again(seat: Seat, key: int) -> Message:
    """Let a message that did not go wait to be sent once more.

    Raises
    ------
    Conflict
        It waits already, or it went.
    NotAllowed, BadInput
        The creator may not, or cannot, be written to.
    """
    seat.insist("write")
    with together():
        row = lock(seat, Message, key)
        if row.state not in RETRIED:
            raise Conflict(f"This message is {row.state}.", "Only what did not go is sent again.")
        insist_on_mailable(find(seat, Creator, row.creator_id))
        move(seat, row, row.state, "queued", attempts=0, next_at=None, error="")
        record(seat, "message.queued", row, letter=row.kind, again=True)
    return row


def hold_back(seat: Seat, key: int) -> Message:
    """Take a message back that still waits; of two at once, sending and taking back, one wins."""
    seat.insist("write")
    with together():
        row = lock(seat, Message, key)
        if row.state != "queued":
            raise Conflict(f"This message is {row.state}.", "Only what still waits can be taken back.")
        move(seat, row, "queued", "blocked", error=TAKEN_BACK, next_at=None)
        record(seat, "message.blocked", row, rule="taken_back")
    return row


def insist_on_mailable(creator: Creator) -> None:
    """Raise unless a mail to the creator could be sent at all: no opt-out, not erased, an address."""
    barred = _barred(creator)
    if barred:
        raise NotAllowed(barred, "Leave the creator out.")
    if not is_address(creator.email):
        raise BadInput("No mail address of this creator is known.", "Add one on the creator's page.")


def _barred(creator: Creator) -> str:
    if creator.erased_at:
        return "This creator's data was erased: there is nobody to write to."
    return "This creator does not want to be written to." if creator.opted_out_at else ""


def _about(seat: Seat, creator: Creator, key: int | None) -> Collaboration | None:
    if key is None:
        return None
    found = find(seat, Collaboration, key)
    if found.creator_id != creator.pk:
        raise BadInput("That collaboration is with somebody else.", "Choose one of this creator's.", "collaboration")
    return found


def _noon(seat: Seat, on: date) -> datetime:
    """Noon of a day where the workspace is: nobody noted the hour."""
    zone = ZoneInfo(seat.workspace.timezone)
    return min(datetime.combine(on, time(12), zone).astimezone(UTC), seat.now)


def messages_of(seat: Seat, state: str = "", creator: int | None = None) -> Any:
    """The messages of the workspace as a query, the newest first; of one state or one creator where asked."""
    seat.insist("see")
    query = rows(seat, Message).select_related("creator", "collaboration__campaign", "by")
    query = query.filter(state=state) if state else query
    return query if creator is None else query.filter(creator=find(seat, Creator, creator))


def message_of(seat: Seat, key: int) -> Message:
    """One message."""
    seat.insist("see")
    return find(seat, Message, key)
