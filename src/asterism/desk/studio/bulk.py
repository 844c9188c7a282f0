"""A step for several collaborations at once: each is answered by itself, and one that cannot go stops no other."""

from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, Field

from asterism.campaigns.lifecycle import COLLABORATION
from asterism.desk.studio.collaborations import StepName, insist_on_step, step
from asterism.desk.studio.invitations import Invitation, invite
from asterism.errors import AsterismError, TooLarge
from asterism.store.ledger.models import Collaboration
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

MOST: Final = 200
"""Collaborations at once."""


class Several(BaseModel):
    """A step for several collaborations, with one reason for all."""

    step: StepName
    keys: list[int] = Field(min_length=1)
    reason: str = Field(default="", max_length=500)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one: it went, with its state and an invitation's link; or what was wrong, and the fix."""

    key: int
    name: str
    went: bool
    state: str = ""
    link: str = ""
    what: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """`outcomes.html.j2`: the step in words, and what came of each."""

    label: str
    campaign: int | None
    each: tuple[Outcome, ...]

    @property
    def went(self) -> int:
        """How many went."""
        return sum(one.went for one in self.each)


def several(seat: Seat, wish: Several, address: str) -> Outcomes:
    """Take a step for several collaborations.

    Raises
    ------
    IllegalStep
        There is no such step.
    NotAllowed
        The role does not reach it at all.
    TooLarge
        More than `MOST` at once.
    """
    insist_on_step(seat, wish.step)
    if len(wish.keys) > MOST:
        raise TooLarge(f"{len(wish.keys)} at once are too many.", f"Choose {MOST} or fewer.")
    keys = list(dict.fromkeys(wish.keys))
    named = {row.pk: row for row in rows(seat, Collaboration).filter(pk__in=keys).select_related("creator")}
    each = tuple(_one(seat, key, named.get(key), wish, address) for key in keys)
    campaign = next((row.campaign_id for row in named.values()), None)
    return Outcomes(COLLABORATION.step(wish.step).label, campaign, each)


def _one(seat: Seat, key: int, row: Collaboration | None, wish: Several, address: str) -> Outcome:
    name = (row.creator.name or row.creator.handle) if row else f"number {key}"
    try:
        if wish.step == "invite":
            made = invite(seat, key, Invitation(message=wish.reason), address)
            return Outcome(key, name, True, made.row.state, made.link)
        return Outcome(key, name, True, step(seat, key, wish.step, wish.reason).state)
    except AsterismError as error:
        return Outcome(key, name, False, what=error.what, fix=error.fix)
