"""How a collaboration stands: the facts that its next steps need, read from the ledger."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

from asterism.campaigns.lifecycle import Facts, Paid
from asterism.quantities import Money
from asterism.store.ledger.models import (
    Agreement,
    Answer,
    Collaboration,
    Deliverable,
    LivePost,
    Payment,
)
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

Reader = Callable[[Seat, Collaboration], Any]


def cents(amount: int, currency: str) -> Money:
    """An amount in cents as money.

    >>> str(cents(123450, "USD"))
    '1,234.50 USD'
    """
    return Money(Decimal(amount) / 100, currency)


def _opted_out(_: Seat, row: Collaboration) -> bool:
    return bool(row.creator.opted_out_at or row.creator.erased_at)


def _refused(seat: Seat, row: Collaboration) -> bool:
    asked = rows(seat, Answer).filter(entry__creator=row.creator_id, link__shortlist__campaign=row.campaign_id)
    newest = asked.first()
    return newest is not None and not newest.approved


def _agreement(seat: Seat, row: Collaboration) -> str | None:
    """Accepted where any version is: newer terms that are still open do not undo it."""
    states = list(rows(seat, Agreement).filter(collaboration=row).values_list("state", flat=True))
    return "accepted" if "accepted" in states else next(iter(states), None)


def _day_set(seat: Seat, row: Collaboration) -> bool:
    return bool(rows(seat, Deliverable).filter(collaboration=row, live_on__isnull=False).exists())


def _posts(seat: Seat, row: Collaboration) -> int:
    return int(rows(seat, LivePost).filter(deliverable__collaboration=row).count())


def _figures(seat: Seat, row: Collaboration) -> int:
    posts = rows(seat, LivePost).filter(deliverable__collaboration=row, figures__isnull=False)
    return int(posts.distinct().count())


def _payments(seat: Seat, row: Collaboration) -> tuple[Paid, ...]:
    found = rows(seat, Payment).filter(collaboration=row)
    return tuple(Paid(p.state, p.proposed_by_id, p.approved_by_id, cents(p.cents, p.currency)) for p in found)


_READERS: Final[dict[str, Reader]] = {
    "opted_out": _opted_out,
    "client_refused": _refused,
    "agreement": _agreement,
    "fee_due": lambda _, row: row.fee_cents > 0,
    "fee": lambda _, row: cents(row.fee_cents, row.currency),
    "day_set": _day_set,
    "post_links": _posts,
    "figures": _figures,
    "payments": _payments,
}
"""Fact → how it is read."""
_ASKS: Final[dict[str, tuple[str, ...]]] = {
    "invite": ("opted_out", "client_refused"),
    "agree": ("agreement",),
    "schedule": ("day_set",),
    "go_live": ("post_links",),
    "measure": ("figures",),
    "pay": ("fee_due", "fee", "payments"),
}
"""Step → the facts it asks for; drafts are judged where they are reviewed."""


def facts_for(seat: Seat, row: Collaboration, steps: Iterable[str], reason: str = "") -> Facts:
    """The facts that some steps of a collaboration ask for, and no others: each costs a query."""
    wanted = dict.fromkeys(fact for step in steps for fact in _ASKS.get(step, ()))
    return Facts(reason=reason, **{fact: _READERS[fact](seat, row) for fact in wanted})
