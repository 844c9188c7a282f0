"""What a collaboration is made of, and the life of each: deliverables, drafts, reviews, agreements, payments."""

from collections.abc import Iterable
from typing import Final

from asterism.campaigns.steps import CLIENT, CREATOR, SYSTEM, TEAM, Machine, Step
from asterism.errors import BadInput, NotAllowed

_TEAM: Final = frozenset({TEAM})
_SYSTEM: Final = frozenset({SYSTEM})
_OURS: Final = frozenset({TEAM, SYSTEM})
_BOTH: Final = frozenset({TEAM, CREATOR})
_JUDGES: Final = frozenset({TEAM, CLIENT})
_ANYONE: Final = frozenset({TEAM, CREATOR, SYSTEM})

DELIVERABLE: Final = Machine(
    "deliverable",
    ("planned", "handed_in", "changes_asked", "approved", "scheduled", "live", "measured", "missed", "cancelled"),
    (
        # once more before anybody looked, and late after it was missed: both happen, and neither should stop the work
        Step("hand_in", "Hand in a draft", ("planned", "changes_asked", "handed_in", "missed"), "handed_in", _BOTH),
        Step("ask_changes", "Ask for changes", ("handed_in",), "changes_asked", _TEAM, "review"),
        Step("approve", "Approve", ("handed_in",), "approved", _TEAM, "review"),
        Step("reopen", "Ask for changes after all", ("approved", "scheduled"), "changes_asked", _TEAM, "review"),
        Step("schedule", "Set the day", ("approved",), "scheduled", _BOTH),
        Step("go_live", "Record the post", ("approved", "scheduled"), "live", _ANYONE),
        Step("measure", "Record the figures", ("live",), "measured", _OURS),
        Step("miss", "Mark as missed", ("planned", "changes_asked", "approved", "scheduled"), "missed", _OURS),
        Step("cancel", "Cancel", ("planned", "handed_in", "changes_asked", "approved", "scheduled", "missed"),
             "cancelled", _TEAM),
    ),
    frozenset({"measured", "missed", "cancelled"}),
)  # fmt: skip
"""One promised post: a client's wishes come as a `REVIEW`, and the team acts on them."""

DRAFT: Final = Machine(
    "draft",
    ("waiting", "changes_asked", "approved", "superseded", "withdrawn"),
    (
        Step("ask_changes", "Ask for changes", ("waiting", "approved"), "changes_asked", _TEAM, "review"),
        Step("approve", "Approve", ("waiting",), "approved", _TEAM, "review"),
        Step("supersede", "Replace by a newer draft", ("waiting", "changes_asked"), "superseded", _SYSTEM),
        Step("withdraw", "Take back", ("waiting",), "withdrawn", _BOTH),
    ),
    frozenset({"changes_asked", "approved", "superseded", "withdrawn"}),
)
"""One version of a deliverable; a newer version supersedes it, and an approved one stands until changes are asked."""

REVIEW: Final = Machine(
    "review",
    ("asked", "passed", "changes", "waived", "void"),
    (
        Step("pass", "Approve the draft", ("asked", "changes"), "passed", _JUDGES, "review"),
        Step("ask_changes", "Ask for changes", ("asked", "passed"), "changes", _JUDGES, "review"),
        Step("waive", "Go on without an answer", ("asked",), "waived", _TEAM, "review"),
        Step("void", "The draft was replaced", ("asked", "changes", "passed", "waived"), "void", _SYSTEM),
    ),
    frozenset({"passed", "changes", "waived", "void"}),
)
"""What one judge says of one draft; a judge may change their mind while the draft stands."""

AGREEMENT: Final = Machine(
    "agreement",
    ("drafted", "offered", "accepted", "declined", "withdrawn", "superseded"),
    (
        Step("offer", "Offer to the creator", ("drafted",), "offered", _TEAM, "agree"),
        Step("accept", "Accept", ("offered",), "accepted", frozenset({CREATOR})),
        Step("record", "Record the signed paper", ("offered",), "accepted", _TEAM, "agree"),
        Step("decline", "Decline", ("offered",), "declined", _BOTH, "agree"),
        Step("withdraw", "Withdraw", ("drafted", "offered"), "withdrawn", _OURS, "agree"),
        Step("supersede", "Replace by newer terms", ("drafted", "offered", "accepted"), "superseded", _OURS, "agree"),
    ),
    frozenset({"accepted", "declined", "withdrawn", "superseded"}),
)
"""One version of the terms; other terms are another version, never a change of this one."""

PAYMENT: Final = Machine(
    "payment",
    ("proposed", "approved", "sent", "confirmed", "rejected"),
    (
        Step("approve", "Approve", ("proposed",), "approved", _TEAM, "approve_payment"),
        Step("reject", "Reject", ("proposed", "approved"), "rejected", _TEAM, "approve_payment"),
        Step("send", "Record as sent", ("approved",), "sent", _OURS, "pay"),
        Step("confirm", "Confirm the receipt", ("sent",), "confirmed", _ANYONE, "pay"),
        # whoever mends the account of a payment that came back must not be the only one to look at it
        Step("come_back", "Record as come back", ("sent",), "proposed", _OURS, "pay"),
    ),
    frozenset({"confirmed", "rejected"}),
)
"""One payment: another amount is another payment. *See* `check_four_eyes`."""

STAGES: Final = {
    "planned": "briefed", "changes_asked": "briefed", "handed_in": "draft", "approved": "approved",
    "scheduled": "scheduled", "live": "live", "measured": "measured",
}  # fmt: skip
"""How far the state of a deliverable says that a collaboration is, in order; one missed or cancelled says nothing."""


def stage_of(deliverables: Iterable[str]) -> str | None:
    """How far the slowest deliverable is, as a state of the collaboration; None where none counts.

    >>> stage_of(["live", "handed_in", "cancelled"])
    'draft'
    """
    stages = tuple(STAGES.values())
    return min((STAGES[state] for state in deliverables if state in STAGES), key=stages.index, default=None)


def verdict(reviews: Iterable[str]) -> str:
    """What the judges of a draft say together: `changes`, `pending` or `passed`.

    One who asks for changes is enough; a waived review passes, and one that is void says nothing.

    >>> verdict(["passed", "waived"]), verdict(["passed", "asked"]), verdict(["asked", "changes"]), verdict([])
    ('passed', 'pending', 'changes', 'pending')
    """
    said = {state for state in reviews if state != "void"}
    if "changes" in said:
        return "changes"
    return "passed" if said and "asked" not in said else "pending"


def check_four_eyes(maker: str | int, checker: str | int) -> None:
    """Raise `NotAllowed` unless two different people propose and approve; both are named by the same kind of id."""
    first, second = _person(maker), _person(checker)
    if not first or not second:
        raise BadInput("A payment needs somebody who proposed it and somebody who approves it.", "Name both.")
    if first == second:
        raise NotAllowed("Who proposed a payment may not approve it.", "Ask a second manager or owner.")


def four_eyes(maker: str | int | None, checker: str | int | None) -> bool:
    """Whether two different people stand behind a payment."""
    first, second = _person(maker), _person(checker)
    return bool(first and second and first != second)


def _person(name: str | int | None) -> str:
    """The id, so that neither its case nor its spaces make one person two."""
    return "" if name is None else str(name).strip().casefold()
