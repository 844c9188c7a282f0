"""Steps of a collaboration: taken once, whoever is quicker; with what follows from each."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, Final, Literal

from pydantic import BaseModel, Field

from asterism.campaigns.deliverables import AGREEMENT, DELIVERABLE
from asterism.campaigns.lifecycle import COLLABORATION, Facts, Place, advance
from asterism.campaigns.steps import SYSTEM, TEAM, Machine, allowed, take
from asterism.desk.studio.standing import facts_for
from asterism.desk.studio.usual import usual_times
from asterism.errors import IllegalStep
from asterism.store.ledger.models import Agreement, Collaboration, Deliverable, Member, Note
from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.scope import add, find, lock, move, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

LINGERS_DAYS: Final = {"declined": 14, "cancelled": 14, "thanked": 90}
"""Days for which the creator's own page still opens once it is over: to read, and to ask what is kept."""

DONE: Final = {
    "invite": "invited", "negotiate": "negotiating", "agree": "agreed", "brief": "briefed", "hand_in": "handed_in",
    "ask_changes": "changes_asked", "approve": "approved", "reopen": "reopened", "schedule": "scheduled",
    "go_live": "went_live", "measure": "measured", "pay": "paid", "thank": "thanked", "decline": "declined",
    "pause": "paused", "resume": "resumed", "cancel": "cancelled",
}  # fmt: skip
"""Step → what the audit trail says was done, after `collaboration.`"""

ELSEWHERE: Final = {
    "invite": "Invite with the letter: that also makes the creator's own page.",
    "agree": "Let the creator accept the terms, or record the signed paper.",
    "hand_in": "Hand in the draft itself.",
    "ask_changes": "Answer the draft.",
    "approve": "Answer the draft.",
    "reopen": "Answer the draft anew.",
}
"""Steps that happen with something else and never by themselves, and what to do instead."""


StepName = Literal[
    "invite", "negotiate", "agree", "brief", "hand_in", "ask_changes", "approve", "reopen", "schedule", "go_live",
    "measure", "pay", "thank", "decline", "pause", "resume", "cancel",
]  # fmt: skip
"""The steps of a collaboration, as forms and programs name them."""


class Stepping(BaseModel):
    """A step to take, and the reason where one is needed."""

    step: StepName
    reason: str = Field(default="", max_length=500)


class Noted(BaseModel):
    """A note on a collaboration."""

    text: str = Field(max_length=5000, min_length=2)


class Assigning(BaseModel):
    """The membership that looks after a collaboration; left out, nobody does."""

    member: int | None = None


def step(seat: Seat, key: int, name: str, reason: str = "") -> Collaboration:
    """Take a step of a collaboration.

    Raises
    ------
    IllegalStep
        Its state or party does not allow it, it needs more, or it happens with something else.
    Conflict
        Somebody else was quicker.
    """
    insist_on_step(seat, name)
    with together():
        row = lock(seat, Collaboration, key, "creator", "campaign")
        if name in ELSEWHERE:
            raise IllegalStep(f"«{COLLABORATION.step(name).label}» is no step by itself.", ELSEWHERE[name])
        carry(seat, row, name, facts_for(seat, row, (name,), reason))
    return row


def insist_on_step(seat: Seat, name: str) -> None:
    """Raise `NotAllowed` unless a member's role reaches a step; creators and clients are judged by their party."""
    action = COLLABORATION.step(name).action
    if seat.party == TEAM:
        seat.insist(action)


def carry(seat: Seat, row: Collaboration, name: str, facts: Facts) -> None:
    """Carry a collaboration over one step, with all that follows; call it inside `together`, on a row from `lock`.

    Raises
    ------
    IllegalStep
        As `campaigns.lifecycle.advance` does.
    Conflict
        Somebody else was quicker.
    """
    source = row.state
    after = advance(Place(source, row.paused_from or None), name, seat.party, facts)
    follows = _AFTER.get(after.state, _nothing)(seat, row)
    changed = {"answer_due": None, **follows, "paused_from": after.left or "", "state_since": seat.now}
    move(seat, row, source, after.state, **changed)
    for tidy in _TIDY.get(after.state, ()):
        tidy(seat, row)
    told = {"step": name, "source": source, "target": after.state}
    if facts.reason.strip():
        told["note"] = keep_reason(seat, row, facts.reason).pk
    record(seat, f"collaboration.{DONE[name]}", row, **told)


def keep_reason(seat: Seat, row: Collaboration, reason: str) -> Note:
    """A reason as a note: it may name people, so it stands where an erasure finds it and not in the trail."""
    return add(seat, Note, creator=row.creator, collaboration=row, text=reason.strip(), by=seat.user)


def assign(seat: Seat, key: int, member: int | None) -> Collaboration:
    """Say which member looks after a collaboration, or that nobody does."""
    seat.insist("run")
    with together():
        row = lock(seat, Collaboration, key)
        whom = None if member is None else find(seat, Member, member)
        save(seat, row, looked_after_by=whom)
        record(seat, "collaboration.assigned", row, member=None if whom is None else whom.pk)
    return row


def note(seat: Seat, key: int, wish: Noted) -> Note:
    """Write a note on a collaboration; members read it, the creator does not."""
    seat.insist("run")
    with together():
        row = find(seat, Collaboration, key, "creator")
        made = keep_reason(seat, row, wish.text)
        record(seat, "note.added", row, note=made.pk)
    return made


def _nothing(_seat: Seat, _row: Collaboration) -> dict[str, Any]:
    return {}


def _answer_due(seat: Seat, _row: Collaboration) -> dict[str, Any]:
    times = usual_times(seat.workspace)
    return {"answer_due": times.after(seat.today, times.answer)}


def _closes(state: str) -> Callable[[Seat, Collaboration], dict[str, Any]]:
    def closes(seat: Seat, row: Collaboration) -> dict[str, Any]:
        if row.secret_expires_at is None:
            return {}
        return {"secret_expires_at": min(row.secret_expires_at, seat.now + timedelta(days=LINGERS_DAYS[state]))}

    return closes


def _drop_terms(seat: Seat, row: Collaboration) -> None:
    """Terms that nobody accepted end with the collaboration: an offer is declined, a draft taken back."""
    for each in rows(seat, Agreement).filter(collaboration=row, state__in=("drafted", "offered")):
        offered = row.state == "declined" and each.state == "offered"
        name, party = ("decline", seat.party) if offered else ("withdraw", SYSTEM)
        move(seat, each, each.state, take(AGREEMENT, each.state, name, party), answered_at=seat.now)


def _drop_posts(seat: Seat, row: Collaboration) -> None:
    _step_all(seat, DELIVERABLE, rows(seat, Deliverable).filter(collaboration=row), "cancel")


def _step_all(seat: Seat, machine: Machine, many: Iterable[Owned], name: str) -> None:
    """The step for all rows whose state allows it."""
    for each in many:
        state = each.state
        if any(step.name == name for step in allowed(machine, state, seat.party)):
            move(seat, each, state, take(machine, state, name, seat.party))


_AFTER: Final[dict[str, Callable[[Seat, Collaboration], dict[str, Any]]]] = {
    "invited": _answer_due,
    **{state: _closes(state) for state in LINGERS_DAYS},
}
"""State reached → fields that change with it."""
_TIDY: Final[dict[str, tuple[Callable[[Seat, Collaboration], None], ...]]] = {
    "declined": (_drop_terms,),
    "cancelled": (_drop_terms, _drop_posts),
}
"""State reached → what ends with it."""
