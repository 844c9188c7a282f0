"""Versions of what a workspace believes: their numbers, and which one is in use."""

from django.db.models import Case, Max, Value, When

from asterism.store.ledger.models import Belief
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat


def next_belief(seat: Seat) -> int:
    """The number of the next version."""
    last = rows(seat, Belief).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def put_in_use(seat: Seat, key: int | None) -> None:
    """Make the version of a key the one in use, or none; in one statement, so that of two at once one stands."""
    chosen = Value(False) if key is None else Case(When(pk=key, then=Value(True)), default=Value(False))
    rows(seat, Belief).update(in_use=chosen)
