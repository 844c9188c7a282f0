"""Collaborations as programs read them: a list that is filtered, one with all that belongs to it, its terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from asterism.campaigns.lifecycle import COLLABORATION
from asterism.campaigns.steps import TEAM, allowed
from asterism.desk.studio.cards import Card, cards_of
from asterism.desk.studio.timeline import Moment, timeline
from asterism.store.ledger.models import Agreement, Collaboration, Note
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import events


class Wanted(BaseModel):
    """Which collaborations are listed; what is left out narrows nothing."""

    campaign: int | None = Field(default=None, ge=1, lt=2**63)
    creator: int | None = Field(default=None, ge=1, lt=2**63)
    phase: int | None = Field(default=None, ge=1, lt=2**63)
    state: str | None = Field(default=None, max_length=16)
    tier: str | None = Field(default=None, max_length=20)
    late: bool = Field(default=False, description="Only those whose next deadline has passed.")


@dataclass(frozen=True, slots=True)
class Listed:
    """One collaboration of a list: its row, what is due next, by whom and when, and the steps that are open."""

    row: Collaboration
    due: str | None
    due_from: str | None
    due_on: date | None
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One collaboration with the plan's reasons and until when the creator's own page is open."""

    listed: Listed
    reasons: tuple[str, ...]
    link_until: datetime | None


def roll(seat: Seat, wanted: Wanted, first: int, most: int) -> tuple[tuple[Listed, ...], int]:
    """So many collaborations from the `first` on, by their number, and how many there are in all."""
    seat.insist("see")
    names = {"campaign": "campaign_id", "creator": "creator_id", "phase": "phase_id", "state": "state", "tier": "tier"}
    narrowed = {names[n]: value for n, value in wanted.model_dump(include=set(names)).items() if value is not None}
    found = rows(seat, Collaboration).filter(**narrowed).select_related("creator", "phase").order_by("id")
    if not wanted.late:
        return _listed(seat, list(found[first : first + most])), found.count()
    late = [row for row, card in _paired(seat, list(found)) if card.late]
    return _listed(seat, late[first : first + most]), len(late)


def one(seat: Seat, key: int) -> Told:
    """One collaboration."""
    seat.insist("see")
    row = find(seat, Collaboration, key, "creator", "phase")
    open_until = row.secret_expires_at if row.secret_hash else None
    return Told(_listed(seat, [row])[0], tuple(str(reason) for reason in row.pick.get("reasons", ())), open_until)


def versions(seat: Seat, key: int) -> Any:
    """The versions of a collaboration's terms, the newest first."""
    seat.insist("see")
    return rows(seat, Agreement).filter(collaboration=find(seat, Collaboration, key))


def version(seat: Seat, key: int) -> Agreement:
    """One version of the terms."""
    seat.insist("see")
    return find(seat, Agreement, key)


def notes(seat: Seat, key: int) -> Any:
    """Notes on a collaboration, the newest first."""
    seat.insist("see")
    return rows(seat, Note).filter(collaboration=find(seat, Collaboration, key))


def history(seat: Seat, key: int) -> tuple[Moment, ...]:
    """What happened in a collaboration, the newest first, at most 200 events."""
    seat.insist("see")
    row = find(seat, Collaboration, key)
    reasons = dict(rows(seat, Note).filter(collaboration=row).values_list("pk", "text"))
    return timeline(events(seat, collaboration=row.pk, most=200), reasons)


def _listed(seat: Seat, many: Sequence[Collaboration]) -> tuple[Listed, ...]:
    return tuple(_one(seat, row, card) for row, card in _paired(seat, many))


def _paired(seat: Seat, many: Sequence[Collaboration]) -> list[tuple[Collaboration, Card]]:
    return list(zip(many, cards_of(seat, many), strict=True))


def _one(seat: Seat, row: Collaboration, card: Card) -> Listed:
    steps = tuple(step.name for step in allowed(COLLABORATION, row.state, TEAM) if seat.may(step.action))
    due = card.due
    return Listed(row, due.what if due else None, due.owner if due else None, due.day if due else None, steps)
