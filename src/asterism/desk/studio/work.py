"""The work of one collaboration as its pages show it: deliverables with drafts and posts, payments, costs."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from asterism.campaigns.deliverables import DELIVERABLE, PAYMENT
from asterism.campaigns.steps import CREATOR, TEAM, allowed
from asterism.desk.studio.payments import KINDS
from asterism.desk.studio.posts import MEASURES, newest_figures
from asterism.store.ledger.models import Collaboration, Cost, Deliverable, Draft, Figures, LivePost, Payment
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

TONES: Final = {"approved": "good", "scheduled": "good", "live": "good", "measured": "good", "sent": "good",
                "confirmed": "good", "changes_asked": "warn", "handed_in": "warn", "waiting": "warn",
                "proposed": "warn", "missed": "bad", "rejected": "bad", "cancelled": "off", "superseded": "off",
                "withdrawn": "off"}  # fmt: skip
"""State → how it is marked."""


@dataclass(frozen=True, slots=True)
class Live:
    """A post that is out, and its newest figures."""

    row: LivePost
    figures: Figures | None

    @property
    def told(self) -> tuple[tuple[str, int], ...]:
        """The figures in their usual order."""
        values = self.figures.values if self.figures else {}
        return tuple((name, values[name]) for name in MEASURES if name in values)


@dataclass(frozen=True, slots=True)
class Piece:
    """One deliverable: its drafts, the newest first, its posts, and what may be done with it now."""

    row: Deliverable
    label: str
    tone: str
    drafts: tuple[Draft, ...]
    posts: tuple[Live, ...]
    open: frozenset[str]

    @property
    def waiting(self) -> Draft | None:
        """The draft that waits for an answer."""
        return next((draft for draft in self.drafts if draft.state == "waiting"), None)


@dataclass(frozen=True, slots=True)
class Owed:
    """A payment, how it is marked, and the steps this member may take; `mine` where they proposed it."""

    row: Payment
    tone: str
    open: frozenset[str]
    mine: bool


@dataclass(frozen=True, slots=True)
class Work:
    """`collaboration_drafts`, `_posts`, `_payments.html.j2` and `portal_work.html.j2`: all that is made and owed."""

    row: Collaboration
    pieces: tuple[Piece, ...]
    payments: tuple[Owed, ...]
    costs: tuple[Cost, ...]
    still_cents: int
    may_run: bool
    may_review: bool
    may_override: bool
    may_pay: bool
    measures: tuple[str, ...] = MEASURES
    kinds: tuple[str, ...] = KINDS
    tones: Any = None


def work_of(seat: Seat, row: Collaboration) -> Work:
    """What is made and owed in a collaboration, for a member or for its creator."""
    payments = list(rows(seat, Payment).filter(collaboration=row).select_related("proposed_by", "approved_by"))
    team = seat.party == TEAM
    promised = sum(p.cents for p in payments if p.state != "rejected" and p.currency == row.currency)
    return Work(
        row=row,
        pieces=_pieces(seat, row),
        payments=tuple(_owed(seat, payment) for payment in payments) if team else (),
        costs=tuple(rows(seat, Cost).filter(collaboration=row).order_by("on", "id")) if team else (),
        still_cents=max(row.fee_cents - promised, 0),
        may_run=seat.may("run"),
        may_review=seat.may("review"),
        may_override=seat.may("override"),
        may_pay=seat.may("pay"),
        tones=TONES,
    )


def _pieces(seat: Seat, row: Collaboration) -> tuple[Piece, ...]:
    made = list(rows(seat, Deliverable).filter(collaboration=row))
    drafts = _by_deliverable(
        rows(seat, Draft).filter(deliverable__collaboration=row).prefetch_related("reviews__by").select_related(None)
    )
    posts = list(rows(seat, LivePost).filter(deliverable__collaboration=row).order_by("id"))
    told, live = newest_figures(seat, posts), _by_deliverable(posts)
    return tuple(
        Piece(
            row=one,
            label=said(one.state),
            tone=TONES.get(one.state, ""),
            drafts=tuple(drafts[one.pk]),
            posts=tuple(Live(post, told.get(post.pk)) for post in live[one.pk]),
            open=frozenset(step.name for step in allowed(DELIVERABLE, one.state, _side(seat))),
        )
        for one in made
    )


def _by_deliverable(found: Any) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for each in found:
        grouped[each.deliverable_id].append(each)
    return grouped


def _owed(seat: Seat, payment: Payment) -> Owed:
    may = [s.name for s in allowed(PAYMENT, payment.state, TEAM) if seat.may(s.action)]
    mine = seat.user is not None and payment.proposed_by_id == seat.user.pk
    steps = frozenset(may) - ({"approve"} if mine else frozenset())
    return Owed(payment, TONES.get(payment.state, ""), steps, mine)


def _side(seat: Seat) -> str:
    return CREATOR if seat.party == CREATOR else TEAM


def said(state: str) -> str:
    """A state as people read it."""
    return state.replace("_", " ")
