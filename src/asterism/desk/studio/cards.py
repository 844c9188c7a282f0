"""Collaborations as cards: who, what, for how much, what is due next and how late it is, and what may be done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from asterism.campaigns.deadlines import Dates, Deadline, Terms, deadlines
from asterism.campaigns.roles import LEAST
from asterism.desk.studio.stages import PARTIES, Move, label, moves, tone
from asterism.desk.studio.usual import usual_times
from asterism.store.ledger.implied import post_days
from asterism.store.ledger.models import Agreement, Collaboration
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

TONES: Final = {"late": "bad", "due soon": "warn", "on time": ""}
"""Lateness → the tone it is shown in."""
Days = Mapping[int, tuple[date | None, date | None]]


@dataclass(frozen=True, slots=True)
class Due:
    """What is due next: what it is, whose turn it is, by which day, and how that day stands in words and tone."""

    what: str
    owner: str
    day: date
    when: str
    tone: str


@dataclass(frozen=True, slots=True)
class Card:
    """One collaboration on a board: who, what, for how much, where it stands, what is due, what may be done."""

    key: int
    creator: int
    name: str
    handle: str
    platform: str
    tier: str
    package: str
    phase: str
    phase_key: int | None
    currency: str
    fee_cents: int
    state: str
    label: str
    tone: str
    since: date
    due: Due | None
    moves: tuple[Move, ...]

    @property
    def late(self) -> bool:
        """Whether its next deadline has passed."""
        return self.due is not None and self.due.tone == "bad"


def cards_of(seat: Seat, many: Sequence[Collaboration]) -> tuple[Card, ...]:
    """Collaborations as cards; fetch `creator` and `phase` with them. Two queries, however many there are."""
    keys = [row.pk for row in many]
    days, times = _days(seat, keys), _times(seat, keys)
    may = frozenset(action for action in LEAST if seat.may(action))
    usual = usual_times(seat.workspace)
    return tuple(_card(row, _due(seat, row, days, times.get(row.pk, usual)), may) for row in many)


def due_next(seat: Seat, row: Collaboration, payment_days: int | None = None) -> Due | None:
    """What is due next in one collaboration; `payment_days` are those of its accepted terms."""
    return _due(seat, row, _days(seat, [row.pk]), usual_times(seat.workspace, payment_days))


def _times(seat: Seat, keys: Iterable[int]) -> dict[int, Terms]:
    """The times of those whose accepted terms name their own."""
    accepted = rows(seat, Agreement).filter(collaboration__in=keys, state="accepted")
    found = {key: terms.get("payment_days") for key, terms in accepted.values_list("collaboration_id", "terms")}
    return {key: usual_times(seat.workspace, days) for key, days in found.items() if days is not None}


def _due(seat: Seat, row: Collaboration, days: Days, times: Terms) -> Due | None:
    post, live = days.get(row.pk, (None, None))
    entered = row.state_since.astimezone(ZoneInfo(seat.workspace.timezone)).date()
    first = next(iter(deadlines(row.state, Dates(entered, post, live), times)), None)
    return None if first is None else _told(first, seat.today)


def _told(first: Deadline, today: date) -> Due:
    late = first.lateness(today)
    return Due(first.what, PARTIES.get(first.owner, first.owner), first.due, late.words, TONES[late.kind])


def _days(seat: Seat, keys: Iterable[int]) -> Days:
    ahead, out = post_days(seat, keys)
    return {key: (ahead.get(key), out.get(key)) for key in {**ahead, **out}}


def _card(row: Collaboration, due: Due | None, may: frozenset[str]) -> Card:
    return Card(
        key=row.pk,
        creator=row.creator_id,
        name=row.creator.name or row.creator.handle,
        handle=row.creator.handle,
        platform=row.creator.platform,
        tier=row.tier or row.creator.tier,
        package=row.package,
        phase=row.phase.name if row.phase else "",
        phase_key=row.phase_id,
        currency=row.currency,
        fee_cents=row.fee_cents,
        state=row.state,
        label=label(row.state),
        tone=tone(row.state),
        since=row.state_since.date(),
        due=due,
        moves=moves(row.state, may),
    )
