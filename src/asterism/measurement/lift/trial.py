"""`Trial`: where a campaign ran and from when, as rows and columns of a panel; refused where nothing can be learnt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import numpy as np

from asterism.errors import BadInput
from asterism.measurement.lift.columns import Floats
from asterism.measurement.lift.panel import Panel, place_numbers

FEWEST_BEFORE: Final = 8
"""Rows before the start that a comparison is learnt from, at the least."""


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """The places `treated` (columns of the panel) from the row `before` on; what stands above it is untouched.

    `barred` are places that must not stand in for anybody, since the campaign, or another one, ran there.
    """

    panel: Panel
    treated: tuple[int, ...]
    before: int
    barred: tuple[int, ...] = ()

    @property
    def after(self) -> int:
        """Rows from the start on."""
        return len(self.panel.days) - self.before

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the treated places."""
        return tuple(self.panel.places[i] for i in self.treated)

    @property
    def controls(self) -> tuple[int, ...]:
        """Places that can stand in: untouched, and with figures above 0 before the start."""
        can = self.panel.y[: self.before].sum(axis=0) > 0
        can[[*self.treated, *self.barred]] = False
        return tuple(np.flatnonzero(can).tolist())

    @property
    def y(self) -> Floats:
        """The treated places added up, (n_days,)."""
        added: Floats = self.panel.y[:, self.treated].sum(axis=1)
        return added

    @property
    def x(self) -> Floats:
        """The controls, (n_days, n_controls)."""
        return self.panel.y[:, self.controls]

    def elsewhere(self, places: tuple[int, ...]) -> "Trial":
        """The same days, as if these places had been treated; the treated ones do not stand in."""
        return replace(self, treated=places, barred=(*self.barred, *self.treated))

    def earlier(self, before: int, after: int) -> "Trial":
        """The same places, as if it had started at an earlier row and lasted so many."""
        return replace(self, panel=self.panel.until(before + after), before=before)


def trial_of(panel: Panel, treated: Sequence[str], start: date | str, end: date | str | None = None) -> Trial:
    """The trial of treated places from a day on, until the end of the panel or a day before it.

    Raises
    ------
    BadInput
        A place is unknown, the start lies outside or too early, or the places had nothing before.
    """
    panel = panel if end is None else panel.until(_row_after(panel, day_of(end, "end")))
    places = place_numbers(panel, treated)
    before = row_of(panel, day_of(start, "start"))
    if before < FEWEST_BEFORE:
        what = f"There are {before} rows before {panel.days[before]}, and {FEWEST_BEFORE} are the least to learn from."
        raise BadInput(what, "Give a panel that starts earlier.", "start")
    found = Trial(panel, places, before)
    if not found.y[:before].sum() > 0:
        raise BadInput(f"{_listed(found.places)} had nothing before {panel.days[before]}.", "Name other places.", "y")
    return found


def row_of(panel: Panel, day: date) -> int:
    """The first row on or after a day that lies within the panel.

    Raises
    ------
    BadInput
        The day lies outside the panel.
    """
    if not panel.days[0] <= day <= panel.days[-1]:
        what = f"The start {day} lies outside the panel, which covers {panel.days[0]} to {panel.days[-1]}."
        raise BadInput(what, "Name a day within it.", "start")
    return int(np.searchsorted([d.toordinal() for d in panel.days], day.toordinal()))


def _row_after(panel: Panel, day: date) -> int:
    if not panel.days[0] < day <= panel.days[-1]:
        what = f"The end {day} lies outside the panel, which covers {panel.days[0]} to {panel.days[-1]}."
        raise BadInput(what, "Name a day within it, or leave it out.", "end")
    return int(np.searchsorted([d.toordinal() for d in panel.days], day.toordinal(), side="right"))


def day_of(value: Any, what: str) -> date:
    """A day given as a date, a time or a text like 2026-03-01.

    Raises
    ------
    BadInput
        It is none of these.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        raise BadInput(f"The {what} `{value}` is no day.", "Write it as in 2026-03-01.", what) from None


def _listed(names: Sequence[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)
