"""The time with one creator, read from the ledger: how strong the relationship is, and what to do for it next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from asterism.campaigns.care import Partner, Suggestion, care
from asterism.campaigns.relationships import History, Relationship, Tally, relationship
from asterism.store.ledger.models import Collaboration, Creator, Event, LivePost, Message
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

_BROUGHT_TO_AN_END: Final = ("paid", "thanked")
_OVER: Final = (*_BROUGHT_TO_AN_END, "declined", "cancelled", "shortlisted")
_DAYS: Final = {"agreed": "agreed", "live": "went_live", "paid": "paid", "thanked": "thanked"}
"""A day that care asks for → what the trail says was done on it."""


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What the ledger tells of a creator: collaborations and messages, the newest first, the relationship, the care."""

    collaborations: tuple[Collaboration, ...]
    messages: tuple[Message, ...]
    relationship: Relationship | None
    suggestions: tuple[Suggestion, ...]


def acquaintance_of(seat: Seat, creator: Creator) -> Acquaintance:
    """The time with a creator; without any collaboration or message there is no relationship to speak of."""
    query = rows(seat, Collaboration).filter(creator=creator).select_related("campaign__brand")
    works = tuple(query.order_by("-id")[:50])
    messages = tuple(rows(seat, Message).filter(creator=creator)[:50])
    if not works and not messages:
        return Acquaintance((), (), None, ())
    posts = list(rows(seat, LivePost).filter(deliverable__collaboration__creator=creator).select_related("deliverable"))
    history = history_of(works, posts, messages)
    found = relationship(history, seat.today)
    partner = _partner(seat, creator, works, history, found.strength.mean)
    return Acquaintance(works, messages, found, care(partner, seat.today))


def history_of(works: Sequence[Collaboration], posts: Sequence[LivePost], messages: Sequence[Message]) -> History:
    """What collaborations, posts and messages with one creator say of the time with them."""
    due = [post for post in posts if post.deliverable.live_on]
    late = [post for post in due if post.posted_at.date() > post.deliverable.live_on]
    renewed = [work for work in works if work.renewal_of_id is not None]
    taken = [work for work in renewed if work.state not in ("shortlisted", "invited", "negotiating", "declined")]
    contacts = [when for message in messages if (when := _written(message))]
    return History(
        collaborations=sum(work.state in _BROUGHT_TO_AN_END for work in works),
        on_time=Tally(len(due) - len(late), len(due)) if due else None,
        reply_hours=tuple(_reply_hours(messages)),
        rebooked=Tally(len(taken), len(renewed)) if renewed else None,
        last_contact=max(contacts).date() if contacts else None,
    )


def _written(message: Message) -> datetime | None:
    """When a message passed; None where it never went out."""
    when: dict[str, datetime | None] = {"received": message.made_at, "sent": message.sent_at}
    return when.get(message.state)


def _reply_hours(messages: Sequence[Message]) -> list[float]:
    """Hours from the first of our messages that was open to each answer."""
    passed = [(when, message.state == "received") for message in messages if (when := _written(message))]
    hours: list[float] = []
    asked: datetime | None = None
    for when, answer in sorted(passed):
        if answer and asked is not None:
            hours.append((when - asked) / timedelta(hours=1))
            asked = None
        elif not answer and asked is None:
            asked = when
    return hours


def _partner(
    seat: Seat, creator: Creator, works: Sequence[Collaboration], history: History, strength: float
) -> Partner:
    keys = [work.pk for work in works]
    told = rows(seat, Event).filter(collaboration__in=keys, action__startswith="collaboration.")
    days: dict[str, date] = {}
    for action, when in told.order_by("id").values_list("action", "made_at"):
        days[action.removeprefix("collaboration.")] = when.date()
    return Partner(
        handle=f"@{creator.handle}" if creator.handle else creator.name or "this creator",
        tier=creator.tier,
        collaborations=history.collaborations or 0,
        strength=strength,
        busy=any(work.state not in _OVER for work in works),
        opted_out=bool(creator.opted_out_at or creator.erased_at),
        last_contact=history.last_contact,
        **{name: days.get(done) for name, done in _DAYS.items()},
    )
