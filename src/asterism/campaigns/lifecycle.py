"""The life of a collaboration, from the shortlist to the thank-you, and what its steps need beyond the state."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from asterism.campaigns.deliverables import four_eyes
from asterism.campaigns.roles import may
from asterism.campaigns.steps import BACK, CREATOR, SYSTEM, TEAM, Machine, Step, allowed, take
from asterism.errors import IllegalStep
from asterism.quantities import Money

_TEAM: Final = frozenset({TEAM})
_OURS: Final = frozenset({TEAM, SYSTEM})
_BOTH: Final = frozenset({TEAM, CREATOR})
_ANYONE: Final = frozenset({TEAM, CREATOR, SYSTEM})
_TALKS: Final = ("invited", "negotiating")
_WORK: Final = ("agreed", "briefed", "draft", "approved", "scheduled")

COLLABORATION: Final = Machine(
    "collaboration",
    ("shortlisted", *_TALKS, *_WORK, "live", "measured", "paid", "thanked", "declined", "paused", "cancelled"),
    (
        Step("invite", "Invite", ("shortlisted", "declined"), "invited", _TEAM, "write"),
        Step("negotiate", "Talk terms", ("invited",), "negotiating", _BOTH, "agree"),
        Step("agree", "Agree", _TALKS, "agreed", _BOTH, "agree"),
        Step("brief", "Send the brief", ("agreed",), "briefed", _TEAM),
        Step("hand_in", "Hand in a draft", ("briefed", "draft"), "draft", _BOTH),
        Step("ask_changes", "Ask for changes", ("draft",), "briefed", _TEAM, "review"),
        Step("approve", "Approve the draft", ("draft",), "approved", _TEAM, "review"),
        Step("reopen", "Ask for changes after all", ("approved", "scheduled"), "briefed", _TEAM, "review"),
        Step("schedule", "Set the day", ("approved",), "scheduled", _BOTH),
        Step("go_live", "Record the post", ("approved", "scheduled"), "live", _ANYONE),
        Step("measure", "Record the figures", ("live",), "measured", _OURS),
        Step("pay", "Record as paid", ("measured",), "paid", _OURS, "pay"),
        Step("thank", "Say thank you", ("paid",), "thanked", _TEAM, "write"),
        Step("decline", "Decline", _TALKS, "declined", _BOTH),
        Step("pause", "Pause", (*_TALKS, *_WORK), "paused", _TEAM),
        Step("resume", "Go on", ("paused",), BACK, _TEAM),
        Step("cancel", "Cancel", ("shortlisted", *_TALKS, *_WORK, "live", "paused"), "cancelled", _TEAM),
    ),
    # what was measured is owed, so it can no longer be cancelled
    frozenset({"thanked", "declined", "cancelled"}),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a collaboration stands; `left` is the state in which it was paused."""

    state: str = COLLABORATION.start
    left: str | None = None

    def __post_init__(self) -> None:
        if (self.state == "paused") != (self.left is not None):
            raise IllegalStep("What is paused, and nothing else, has a state that it was paused in.")


@dataclass(frozen=True, slots=True)
class Override:
    """A failed check set aside: by whom, and why."""

    role: str
    reason: str

    @property
    def stands(self) -> bool:
        """Whether the role may do so and says why."""
        return may(self.role, "override") and bool(self.reason.strip())


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment as a collaboration sees it: its state, who proposed and who approved it, and the amount."""

    state: str
    maker: str | int | None = None
    checker: str | int | None = None
    amount: Money | None = None

    @property
    def sound(self) -> bool:
        """Whether it is approved or further, by a second person."""
        return self.state in ("approved", "sent", "confirmed") and four_eyes(self.maker, self.checker)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a collaboration beside its state; what is not said is not so.

    Parameters
    ----------
    opted_out
        The creator does not want to be written to.
    client_refused
        The client said no to this creator.
    agreement
        State of the newest agreement.
    fee_due
        Whether the agreement promises money.
    fee
        How much, where it is known; payments in another currency do not count towards it.
    disclosure
        Verdict on the draft: pass, fail or unclear; None before it was checked.
    override
        The verdict set aside.
    client_asked, client_passed
        Whether the client reviews drafts, and has passed this one.
    day_set
        Whether the day of the post is known.
    post_links
        How many links to published posts are recorded.
    figures
        How many posts have figures.
    payments
        All payments of the collaboration.
    reason
        Why this step is taken, in the words of who takes it.
    """

    opted_out: bool = False
    client_refused: bool = False
    agreement: str | None = None
    fee_due: bool = True
    fee: Money | None = None
    disclosure: str | None = None
    override: Override | None = None
    client_asked: bool = False
    client_passed: bool = False
    day_set: bool = False
    post_links: int = 0
    figures: int = 0
    payments: tuple[Paid, ...] = ()
    reason: str = ""

    @property
    def fee_covered(self) -> bool:
        """Whether the approved payments come to the fee; True where its amount is not known."""
        due = self.fee if self.fee_due else None
        if due is None:
            return True
        amounts = [payment.amount for payment in self.payments if payment.sound and payment.amount]
        return sum((a.amount for a in amounts if a.currency == due.currency), Decimal(0)) >= due.amount


@dataclass(frozen=True, slots=True)
class Need:
    """What a step needs beyond the state: met or not, what is wrong if not, and what to do about it."""

    step: str
    what: str
    fix: str
    met: Callable[[Facts], bool]


NEEDS: Final = (
    Need("invite", "The creator does not want to be written to.", "Leave the creator out.", lambda f: not f.opted_out),
    Need("invite", "The client said no to this creator.", "Ask the client again, or choose another creator.",
         lambda f: not f.client_refused),
    Need("agree", "No agreement is accepted.", "Offer one, and let the creator accept it.",
         lambda f: f.agreement == "accepted"),
    Need("approve", "The draft does not pass the disclosure check.",
         "Ask for changes, or let an owner set the check aside with a reason.",
         lambda f: f.disclosure == "pass" or (f.override is not None and f.override.stands)),
    Need("approve", "The client has not passed the draft.", "Wait for the client, or go on without with a reason.",
         lambda f: not f.client_asked or f.client_passed),
    Need("schedule", "The post has no day.", "Choose the day.", lambda f: f.day_set),
    Need("go_live", "No link to a post is recorded.", "Add the address of at least one post.",
         lambda f: f.post_links > 0),
    Need("measure", "No post has figures.", "Record the figures of a post, or say why there are none.",
         lambda f: f.figures > 0 or _said(f.reason)),
    Need("pay", "No payment is approved by a second person.", "Propose the payment, and let somebody else approve it.",
         lambda f: not f.fee_due or any(payment.sound for payment in f.payments)),
    Need("pay", "The approved payments do not come to the agreed fee.", "Propose the rest, or agree on a lower fee.",
         lambda f: f.fee_covered),
    Need("pay", "A payment is proposed and not decided.", "Let somebody else approve or reject it.",
         lambda f: all(payment.state != "proposed" for payment in f.payments)),
    Need("decline", "A no without a reason teaches nothing.", "Say why, in a few words.", lambda f: _said(f.reason)),
    Need("pause", "A pause without a reason is forgotten.", "Say why, in a few words.", lambda f: _said(f.reason)),
    Need("cancel", "A collaboration is not cancelled without a reason.", "Say why, in a few words.",
         lambda f: _said(f.reason)),
)  # fmt: skip
"""All that steps need, checked after the state and the party, in this order."""


def unmet(step: str, facts: Facts) -> tuple[Need, ...]:
    """What a step still needs."""
    return tuple(need for need in NEEDS if need.step == step and not need.met(facts))


def advance(place: Place, step: str, party: str, facts: Facts) -> Place:
    """Where the collaboration stands after a step.

    Raises
    ------
    IllegalStep
        The state does not allow the step to this party, or the step needs more; `allowed` names what is open.
    """
    state = take(COLLABORATION, place.state, step, party, place.left)
    if missing := unmet(step, facts):
        raise IllegalStep(missing[0].what, missing[0].fix, ready(place, party, facts))
    return Place(state, place.state if state == "paused" else None)


def ready(place: Place, party: str, facts: Facts) -> tuple[str, ...]:
    """The names of the steps that the state, the party and the facts allow."""
    return tuple(s.name for s in allowed(COLLABORATION, place.state, party) if not unmet(s.name, facts))


def renewed(place: Place) -> Place:
    """Where a new collaboration with the same creator starts, after this one was thanked for."""
    if place.state != "thanked":
        fix = "Pay and thank first, or add the creator to the next campaign's shortlist."
        raise IllegalStep(f"A collaboration that is {place.state} is not renewed.", fix)
    return Place()


def _said(reason: str) -> bool:
    return bool(reason.strip())
