"""What a workspace believes: versions learnt from its own results, and the priors that its pages and plans read."""

from typing import Any, Final

from asterism.desk.believed import Believed
from asterism.desk.studio.remembered import remembered
from asterism.errors import NotFound
from asterism.priors import Priors
from asterism.store.ledger.beliefs import put_in_use
from asterism.store.ledger.jobs import enqueue
from asterism.store.ledger.models import Belief, Job
from asterism.store.ledger.places import has_creators
from asterism.store.ledger.scope import find, rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

LEARNING: Final = "learn"
"""The work that makes a new version."""
NO_CREATORS: Final = ("There are no creators to learn about.", "Bring some first: a table of yours, or a sample.")


def believed(seat: Seat) -> Believed:
    """The version in use, or the shipped priors; remembered until something happens in the workspace."""
    return remembered(seat, ("believed",), lambda: _believed(seat))


def _believed(seat: Seat) -> Believed:
    found: Belief | None = rows(seat, Belief).filter(in_use=True).only("number", "entries").first()
    return Believed() if found is None else Believed(Priors.read(found.entries), found.number)


def priors_of(seat: Seat) -> Priors:
    """What forecasts and fees are read with in a workspace."""
    return believed(seat).priors


def beliefs(seat: Seat) -> Any:
    """The versions of a workspace, the newest first."""
    seat.insist("see")
    return rows(seat, Belief).select_related("by")


def belief(seat: Seat, key: int) -> Belief:
    """One version with its entries and what they were learnt from."""
    seat.insist("see")
    return find(seat, Belief, key, "by")


def start_learning(seat: Seat) -> Job:
    """The job that makes a new version from all results there are.

    Raises
    ------
    NotFound
        The workspace has no creators.
    """
    seat.insist("plan")
    if not has_creators(seat.workspace):
        raise NotFound(*NO_CREATORS)
    return enqueue(seat, LEARNING, {})


def adopt(seat: Seat, key: int) -> Belief:
    """The version of a key, now in use for every forecast, fee and plan of the workspace."""
    seat.insist("plan")
    with together():
        chosen = find(seat, Belief, key)
        put_in_use(seat, chosen.pk)
        record(seat, "belief.adopted", chosen, number=chosen.number)
    chosen.in_use = True
    return chosen


def adopt_shipped(seat: Seat) -> None:
    """Go back to the shipped priors; what was learnt stays, to be adopted again."""
    seat.insist("plan")
    with together():
        put_in_use(seat, None)
        record(seat, "belief.put_aside")
