"""Everything the worker can do: importing it is heavy, so pages ask for work by its name alone."""

from asterism.desk.studio import (
    finding,
    importing,
    keeping,
    learning_work,
    lift_work,
    planner,
    privacy,
    rebooking_work,
    reckoning,
)
from asterism.store.ledger.jobs import HANDLERS

AREAS = (finding, importing, keeping, learning_work, lift_work, planner, privacy, rebooking_work, reckoning)
"""The modules whose functions do jobs."""


def registered() -> tuple[str, ...]:
    """The kinds of work that can be asked for."""
    return tuple(sorted(HANDLERS))
