"""How a collaboration follows its deliverables: it moves on when the slowest of them has."""

from typing import Final

from asterism.campaigns.deliverables import stage_of
from asterism.campaigns.lifecycle import COLLABORATION, Facts, unmet
from asterism.campaigns.steps import allowed
from asterism.desk.studio.collaborations import carry
from asterism.desk.studio.standing import facts_for
from asterism.store.ledger.models import Collaboration, Deliverable
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

AT_ONCE: Final = ("hand_in", "ask_changes", "reopen")
"""Steps that one deliverable is enough for; the others wait for all of them."""
REACHED: Final = {"approve": "approved", "schedule": "scheduled", "go_live": "live", "measure": "measured"}
"""Step → how far the slowest deliverable must be."""
_ORDER: Final = COLLABORATION.states


def follow(seat: Seat, row: Collaboration, step: str, facts: Facts | None = None) -> bool:
    """Whether the collaboration took the step of one of its deliverables; call it in the transaction of that step.

    One deliverable of three approved does not make the whole approved; the last one does.
    """
    if all(each.name != step for each in allowed(COLLABORATION, row.state, seat.party)):
        return False
    if step not in AT_ONCE and not _all_are(seat, row, REACHED[step]):
        return False
    carry(seat, row, step, facts or facts_for(seat, row, (step,)))
    return True


def _all_are(seat: Seat, row: Collaboration, state: str) -> bool:
    stage = stage_of(rows(seat, Deliverable).filter(collaboration=row).values_list("state", flat=True))
    return stage is not None and _ORDER.index(stage) >= _ORDER.index(state)


def follow_payment(seat: Seat, row: Collaboration) -> bool:
    """Whether the collaboration is paid, now that a payment went out: all approved, and they come to the fee."""
    facts = facts_for(seat, row, ("pay",))
    if row.state != "measured" or unmet("pay", facts) or any(paid.state == "approved" for paid in facts.payments):
        return False
    carry(seat, row, "pay", facts)
    return True
