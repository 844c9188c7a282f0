"""Where collaborations stand, in words: the lanes of the board, the states with their tone, and the next step."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from asterism.campaigns.lifecycle import COLLABORATION
from asterism.campaigns.steps import CREATOR, SYSTEM, TEAM, Step, allowed


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of the board: its name, its states, and what belongs there."""

    name: str
    states: tuple[str, ...]
    says: str


LANES: Final = (
    Lane("Shortlisted", ("shortlisted",), "Nobody waits to be invited."),
    Lane("Invited and negotiating", ("invited", "negotiating"), "Nobody is being talked to."),
    Lane("Agreed and briefed", ("agreed", "briefed"), "Nobody is at work."),
    Lane("Drafts", ("draft",), "No draft waits for an answer."),
    Lane("Approved and scheduled", ("approved", "scheduled"), "No post is ready to go out."),
    Lane("Live and measured", ("live", "measured"), "No post is out yet."),
    Lane("Paid and thanked", ("paid", "thanked"), "Nobody has been paid yet."),
    Lane("Off", ("declined", "paused", "cancelled"), "Nobody has dropped out."),
)
"""The columns of the board, from left to right; together they hold every state."""
COMMITTED: Final = ("agreed", "briefed", "draft", "approved", "scheduled", "live", "measured", "paid", "thanked")
"""States whose fee is promised."""
LIVE: Final = ("live", "measured", "paid", "thanked")
"""States with a post out."""
OPEN: Final = tuple(s for s in COLLABORATION.states if s not in COLLABORATION.ends and s != "paused")
"""States in which somebody has something to do."""

WORDS: Final = {
    "shortlisted": ("Shortlisted", ""), "invited": ("Invited", ""), "negotiating": ("Negotiating", ""),
    "agreed": ("Agreed", "good"), "briefed": ("Briefed", ""), "draft": ("Draft handed in", "warn"),
    "approved": ("Approved", "good"), "scheduled": ("Scheduled", "good"), "live": ("Live", "good"),
    "measured": ("Measured", "good"), "paid": ("Paid", "good"), "thanked": ("Thanked", "good"),
    "declined": ("Declined", "off"), "paused": ("Paused", "off"), "cancelled": ("Cancelled", "off"),
}  # fmt: skip
"""State → its words and their tone."""
PARTIES: Final = {TEAM: "your team", CREATOR: "the creator", SYSTEM: "your team"}
"""Whose turn it is, as a member reads it."""
NEXT: Final = {
    "shortlisted": ("invite", TEAM), "invited": ("agree", CREATOR), "negotiating": ("agree", TEAM),
    "agreed": ("brief", TEAM), "briefed": ("hand_in", CREATOR), "draft": ("approve", TEAM),
    "approved": ("schedule", CREATOR), "scheduled": ("go_live", CREATOR), "live": ("measure", TEAM),
    "measured": ("pay", TEAM), "paid": ("thank", TEAM), "paused": ("resume", TEAM), "declined": ("invite", TEAM),
}  # fmt: skip
"""State → the step that leads on, and whose turn it is."""
PLACES: Final = {
    "invite": ("invite", "Invite"), "agree": ("terms", "Work on the terms"), "hand_in": ("drafts", "Hand in for them"),
    "approve": ("drafts", "Review the draft"), "ask_changes": ("drafts", "Review the draft"),
    "reopen": ("drafts", "Look at the draft again"), "go_live": ("posts", "Add the link to the post"),
}  # fmt: skip
"""Step → the part of the collaboration's page where it is done, and what leads there."""
BY_ITSELF: Final = ("negotiate", "brief", "schedule", "measure", "pay", "thank", "resume")
"""Steps that one press of a button takes, where their needs are met."""
WITH_REASON: Final = ("decline", "pause", "cancel")
"""Steps that ask why."""


@dataclass(frozen=True, slots=True)
class Move:
    """A step that a member may take: its name, its words, and how: `press`, `reason`, or a `place` of the page."""

    name: str
    label: str
    kind: str
    place: str = ""


@cache
def moves(state: str, role_may: frozenset[str]) -> tuple[Move, ...]:
    """The steps out of a state for a member who may some actions, the one that leads on first."""
    onward = NEXT.get(state, ("", ""))[0]
    steps = (step for step in allowed(COLLABORATION, state, TEAM) if step.action in role_may)
    ways: dict[str, Move] = {}
    for move in (_move(step) for step in sorted(steps, key=lambda step: step.name != onward)):
        # two steps that are taken in one place are one way there
        ways.setdefault(move.place or move.name, move)
    return tuple(ways.values())


def _move(step: Step) -> Move:
    if step.name in BY_ITSELF or step.name in WITH_REASON:
        return Move(step.name, step.label, "reason" if step.name in WITH_REASON else "press")
    place, words = PLACES[step.name]
    return Move(step.name, words, "place", place)


def label(state: str) -> str:
    """A state in words."""
    return WORDS[state][0]


def tone(state: str) -> str:
    """The tone of a state: good, warn, off or none."""
    return WORDS[state][1]
