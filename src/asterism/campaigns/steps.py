"""A state machine as a table: which step leads from where to where, and who may take it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from asterism.campaigns.roles import LEAST
from asterism.errors import BadInput, IllegalStep

TEAM: Final = "team"
CREATOR: Final = "creator"
CLIENT: Final = "client"
SYSTEM: Final = "system"
PARTIES: Final = (TEAM, CREATOR, CLIENT, SYSTEM)
"""A member whose role allows the step's `action`; the creator by the portal; the client by a link; the program."""

BACK: Final = "(back)"
"""Target of a step that leads to the state that was left, as when something paused goes on."""


@dataclass(frozen=True, slots=True)
class Step:
    """One way from some states to another.

    Parameters
    ----------
    name
        What it is called in data, unique in its machine, as in `hand_in`.
    label
        The words on its button, a verb first.
    sources
        The states it may be taken in.
    target
        The state it leads to, or `BACK`.
    by
        The parties who may take it.
    action
        What a member's role must allow, of `roles.LEAST`.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    by: frozenset[str]
    action: str = "run"

    def __post_init__(self) -> None:
        if not self.sources or not self.by or not self.by <= set(PARTIES):
            raise BadInput(f"The step `{self.name}` lacks a state or a party that may take it.")
        if self.action not in LEAST:
            raise BadInput(f"The step `{self.name}` asks for `{self.action}`, which no role allows.")


@dataclass(frozen=True, slots=True)
class Machine:
    """Everything that may happen to one kind of thing.

    Parameters
    ----------
    name
        What it is the life of, as in `collaboration`.
    states
        All states, the first of a new one at the front, in the order a board shows them.
    steps
        All steps, in the order in which they are offered.
    ends
        States in which it may rest for good.
    """

    name: str
    states: tuple[str, ...]
    steps: tuple[Step, ...]
    ends: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        named = {state for step in self.steps for state in (*step.sources, step.target)} - {BACK}
        if stray := sorted((named | self.ends) - set(self.states)):
            raise BadInput(f"The life of a {self.name} names states it does not have: {', '.join(stray)}.")
        if len({step.name for step in self.steps}) < len(self.steps) or len(set(self.states)) < len(self.states):
            raise BadInput(f"The life of a {self.name} has two steps or two states of one name.")

    @property
    def start(self) -> str:
        """The state of a new one."""
        return self.states[0]

    def step(self, name: str) -> Step:
        """The step of that name."""
        found = next((step for step in self.steps if step.name == name), None)
        if found is None:
            raise IllegalStep(f"A {self.name} knows no step `{name}`.", f"Known: {_names(self.steps)}.")
        return found


def allowed(machine: Machine, state: str, party: str | None = None) -> tuple[Step, ...]:
    """The steps out of a state, those of one party where it is named."""
    _insist_known(machine, state)
    return tuple(s for s in machine.steps if state in s.sources and (party is None or party in s.by))


def take(machine: Machine, state: str, step_name: str, party: str, left: str | None = None) -> str:
    """The state after a step; `left` is the state from which the present one was reached, for a step that leads back.

    Raises
    ------
    IllegalStep
        The state does not allow the step, not to this party, or `left` is none from which it can have come here; its
        `allowed` names the steps that are open to the party.
    """
    step, free = machine.step(step_name), allowed(machine, state, party)
    if step not in free:
        why = f"is not for the {party}" if state in step.sources else f"does not follow «{_said(state)}»"
        raise IllegalStep(f"«{step.label}» {why} in a {machine.name}.", _open(free), tuple(s.name for s in free))
    return _back(machine, state, left) if step.target == BACK else step.target


def _back(machine: Machine, state: str, left: str | None) -> str:
    """The state that was left, if a step leads from it to this one."""
    if left is None or not any(left in s.sources for s in machine.steps if s.target == state):
        fix = "Say in which state it was before."
        raise IllegalStep(f"Where the {machine.name} goes on is not known: {left or 'no state'} was left.", fix)
    return left


def _insist_known(machine: Machine, state: str) -> None:
    if state not in machine.states:
        raise IllegalStep(f"A {machine.name} is never {_said(state)}.", f"Known: {', '.join(machine.states)}.")


def _open(steps: Iterable[Step]) -> str:
    names = _names(steps)
    return f"Open now: {names}." if names else "Nothing is open to you now."


def _names(steps: Iterable[Step]) -> str:
    return ", ".join(step.name for step in steps)


def _said(name: str) -> str:
    return name.replace("_", " ")
