"""Pages of messages: what waits, what went, what came back, who answered; and all that passed with one creator."""

from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, Field

from asterism.desk.studio.document_sending import kind_name
from asterism.desk.studio.documents import WRITTEN
from asterism.desk.studio.messages import RETRIED, messages_of
from asterism.store.ledger import letters
from asterism.store.ledger.models import Collaboration, Creator, Message
from asterism.store.ledger.portals import masked
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

PER_PAGE: Final = 40
STATES: Final = {
    "queued": ("Waits to be sent", "warn"), "sending": ("On its way", "warn"), "sent": ("Sent", "good"),
    "failed": ("Could not be sent", "bad"), "bounced": ("Came back", "bad"), "blocked": ("Held back", "off"),
    "received": ("Received", "good"),
}  # fmt: skip
"""State of a message → its words and their tone."""
BOXES: Final = {
    "threads": ("By creator", ()),
    "waiting": ("Waiting", letters.UNDER_WAY),
    "sent": ("Sent", ("sent",)),
    "failed": ("Not sent", ("failed", "bounced")),
    "blocked": ("Held back", ("blocked",)),
    "received": ("Answers", ("received",)),
}
"""Part of the page → its name and the states it holds."""
CHANNELS: Final = ("email", "instagram", "tiktok", "youtube", "phone", "post", "in person", "other")
KINDS: Final = {"message": "Message", "reply": "Answer", "auto_reply": "Automatic answer", "terms": "Terms"}


class Box(BaseModel):
    """Which part of the messages is shown, and which page of it."""

    box: str = Field(default="threads", pattern=f"^({'|'.join(BOXES)})$")
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True, slots=True)
class Line:
    """A message as a page shows it: its row, its words without secrets, what it is, and where it stands.

    `count` is how many messages passed with its creator, where it stands for all of them.
    """

    row: Message
    body: str
    kind: str
    words: str
    tone: str
    received: bool
    may_go_again: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Messages:
    """`messages.html.j2`: the answer in one sentence, then threads or one part of the post, a page of it."""

    sentence: str
    box: str
    boxes: tuple[tuple[str, str, int | None], ...]
    lines: tuple[Line, ...]
    number: int
    of: int
    total: int
    may_write: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """`thread.html.j2`: all that passed with one creator, the newest first, and what may be written next."""

    creator: Creator
    name: str
    sentence: str
    barred: str
    lines: tuple[Line, ...]
    works: tuple[Collaboration, ...]
    about: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    channels: tuple[tuple[str, str], ...]
    number: int
    of: int
    may_write: bool


def messages_page(seat: Seat, wish: Box) -> Messages:
    """One part of the post."""
    seat.insist("see")
    counted = letters.counts(seat)
    if wish.box == "threads":
        query = letters.newest_per_creator(seat)
        total, number, of = _paging(query.count(), wish.page)
        lines = _threads(seat, query[(number - 1) * PER_PAGE : number * PER_PAGE])
    else:
        found = messages_of(seat).filter(state__in=BOXES[wish.box][1])
        total, number, of = _paging(sum(counted.get(state, 0) for state in BOXES[wish.box][1]), wish.page)
        lines = tuple(_line(row) for row in found[(number - 1) * PER_PAGE : number * PER_PAGE])
    boxes = tuple(
        (name, words, sum(counted.get(state, 0) for state in states) if states else None)
        for name, (words, states) in BOXES.items()
    )
    return Messages(_sentence(counted), wish.box, boxes, lines, number, of, total, seat.may("write"))


def thread_page(seat: Seat, key: int, page: int = 1) -> Thread:
    """All that passed with one creator."""
    seat.insist("see")
    creator = find(seat, Creator, key)
    query = messages_of(seat).filter(creator=creator)
    total, number, of = _paging(query.count(), page)
    lines = tuple(_line(row) for row in query[(number - 1) * PER_PAGE : number * PER_PAGE])
    works = tuple(rows(seat, Collaboration).filter(creator=creator).select_related("campaign").order_by("-id")[:20])
    return Thread(
        creator=creator,
        name=creator.name or creator.handle or "An erased creator",
        sentence=_passed(total, lines),
        barred=_barred(creator),
        lines=lines,
        works=works,
        about=(("", "nothing in particular"), *((str(work.pk), work.campaign.name) for work in works)),
        kinds=tuple(WRITTEN.items()),
        channels=tuple((name, name.capitalize() if name != "email" else "E-mail") for name in CHANNELS),
        number=number,
        of=of,
        may_write=seat.may("write"),
    )


def _threads(seat: Seat, newest: Any) -> tuple[Line, ...]:
    found = {row["last"]: row["n"] for row in newest}
    messages = {row.pk: row for row in messages_of(seat).filter(pk__in=list(found))}
    return tuple(_line(messages[key], n) for key, n in found.items() if key in messages)


def _line(row: Message, count: int = 0) -> Line:
    words, tone = STATES[row.state]
    kind = KINDS.get(row.kind) or kind_name(row.kind)
    received = row.state == "received"
    return Line(row, masked(row.body), kind, words, tone, received, row.state in RETRIED, count)


def _paging(total: int, wanted: int) -> tuple[int, int, int]:
    of = max(1, -(-total // PER_PAGE))
    return total, min(max(wanted, 1), of), of


def _sentence(counted: dict[str, int]) -> str:
    """What stands out first: what could not be sent, then what waits."""
    failed = counted.get("failed", 0) + counted.get("bounced", 0)
    waiting = counted.get("queued", 0) + counted.get("sending", 0)
    said = [
        f"{failed} could not be sent" if failed else "",
        f"{waiting} {'waits' if waiting == 1 else 'wait'} to be sent" if waiting else "nothing waits to be sent",
        f"{counted.get('received', 0)} answered",
    ]
    words = "; ".join(part for part in said if part)
    return f"{words[:1].upper()}{words[1:]}."


def _passed(total: int, lines: tuple[Line, ...]) -> str:
    if not lines:
        return "Nothing was written yet."
    first = lines[0]
    newest = "the last word is theirs" if first.received else f"the last one: {first.words.lower()}"
    return f"{total} {'message' if total == 1 else 'messages'}; {newest}."


def _barred(creator: Creator) -> str:
    if creator.erased_at:
        return "This creator's data was erased: there is nobody to write to."
    if creator.opted_out_at:
        return "This creator does not want to be written to."
    return "" if creator.email else "No mail address of this creator is known."
