"""Lists of what is made and owed across a workspace: deliverables, drafts, posts, figures, payments, costs."""

from collections.abc import Mapping
from typing import Any, Final

from asterism.store.ledger.models import Cost, Deliverable, Draft, Figures, LivePost, Payment
from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

_DELIVERABLES: Final = {"collaboration": "collaboration", "campaign": "collaboration__campaign", "state": "state"}
"""What deliverables and payments are narrowed by, and where it stands."""


def deliverables(seat: Seat, wanted: Mapping[str, Any]) -> Any:
    """Deliverables by their day, those that pass `collaboration`, `campaign` and `state`."""
    return _narrowed(seat, Deliverable, wanted).order_by("live_on", "id")


def deliverable(seat: Seat, key: int) -> Deliverable:
    """One deliverable."""
    seat.insist("see")
    return find(seat, Deliverable, key)


def drafts(seat: Seat, collaboration: int | None = None) -> Any:
    """Drafts, the newest first."""
    return _of(seat, Draft, "deliverable__collaboration", collaboration).order_by("-id")


def posts(seat: Seat, collaboration: int | None = None) -> Any:
    """Posts that are out, the newest first."""
    return _of(seat, LivePost, "deliverable__collaboration", collaboration).order_by("-id")


def figures(seat: Seat, post: int) -> Any:
    """Figures of a post over time, the newest first."""
    seat.insist("see")
    return rows(seat, Figures).filter(post=find(seat, LivePost, post)).order_by("-as_of", "-id")


def payments(seat: Seat, wanted: Mapping[str, Any]) -> Any:
    """Payments, the newest first, those that pass `collaboration` and `state`."""
    return _narrowed(seat, Payment, wanted).order_by("-id")


def payment(seat: Seat, key: int) -> Payment:
    """One payment."""
    seat.insist("see")
    return find(seat, Payment, key)


def costs(seat: Seat, collaboration: int | None = None) -> Any:
    """Costs besides fees, the newest first."""
    return _of(seat, Cost, "collaboration", collaboration).order_by("-id")


def _narrowed(seat: Seat, kind: type[Owned], wanted: Mapping[str, Any]) -> Any:
    seat.insist("see")
    return rows(seat, kind).filter(**{_DELIVERABLES[name]: it for name, it in wanted.items() if it is not None})


def _of(seat: Seat, kind: type[Owned], path: str, collaboration: int | None) -> Any:
    seat.insist("see")
    return rows(seat, kind).filter(**({} if collaboration is None else {path: collaboration}))
