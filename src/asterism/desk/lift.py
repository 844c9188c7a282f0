"""Measure what a campaign added where it ran, and say before it runs whether that could be seen."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from asterism.errors import BadInput, WrongUsage
from asterism.measurement.lift.answer import (
    EFFECT,
    LEVEL,
    How,
    Method,
    chosen,
    lift_of,
    lift_of_posts,
    lifts_by_tier,
)
from asterism.measurement.lift.estimate import Lift
from asterism.measurement.lift.panel import Panel, panel_of, place_numbers
from asterism.measurement.lift.power import Power, power_of
from asterism.measurement.lift.trial import Trial, day_of, trial_of
from asterism.store.files import open_tables

Day = date | str


def lift(
    panel: Any,
    treated: Sequence[str] = (),
    start: Day | Sequence[Day] | None = None,
    level: float = LEVEL,
    *,
    end: Day | None = None,
    method: Method = "auto",
    effect: float = EFFECT,
    lasting: int | None = None,
) -> Lift:
    """What a campaign added in the treated places from its start on, against what would have come anyway.

    Parameters
    ----------
    panel
        Columns location, date, y; one row per place and day.
    treated
        Places where the campaign ran; every place where none is named, which leaves nothing to compare with.
    start
        The first day it could work. Several days are posts of different dates: see `lasting`.
    level
        How often the range holds the truth.
    end
        The last day looked at, the panel's where not given.
    method
        synthetic, differences, series, or auto for the best that the panel allows.
    effect
        The lift that the test should be able to find: below 50% power for it the verdict is "cannot tell yet".
    lasting
        With several starts: how many days each post works.

    Raises
    ------
    BadInput
        The panel has gaps, copies or figures that are none; a place is unknown; too little stands before the start.

    Examples
    --------
    >>> days = [f"2026-{m:02d}-{d:02d}" for m in (1, 2, 3) for d in range(1, 29) if (m, d) < (3, 16)]
    >>> days += ["2026-01-29", "2026-01-30", "2026-01-31"]
    >>> panel = {"location": ["a"] * 74 + ["b"] * 74 + ["c"] * 74, "date": sorted(days) * 3,
    ...          "y": [100 + i % 7 + 10 * (i > 59) for i in range(74)] + [50 + i % 7 for i in range(74)] * 2}
    >>> found = lift(panel, ["a"], "2026-03-02")
    >>> round(found.effect, 2), found.method
    (0.1, 'synthetic')
    """
    how, found = How(level, method, effect), panel_of(panel)
    if start is None:
        raise WrongUsage("No start was named.", "Name the first day on which the campaign could work.")
    if isinstance(start, (list, tuple)):
        return lift_of_posts(found, treated, [day_of(each, "start") for each in start], lasting or 0, how)
    return lift_of(trial_of(found, treated or found.places, _day(start), end), how)


def lift_by_tier(
    panel: Any, treated: Mapping[str, Sequence[str]], start: Day, level: float = LEVEL, method: Method = "auto"
) -> dict[str, Lift]:
    """The lift of each tier, by the places where it ran: {"micro": ["boston"], "macro": ["chicago", "denver"]}."""
    return lifts_by_tier(panel_of(panel), treated, start, How(level, method))


def power(panel: Any, treated: Sequence[str], days: int, effect: float = EFFECT, level: float = LEVEL) -> Power:
    """How often a test of so many days in these places would find a lift, told from days on which nothing ran.

    Raises
    ------
    BadInput
        The panel cannot be used, or is too short to try such a test on it.
    """
    found = panel_of(panel)
    how = How(level, "auto", effect)
    trial = to_come(found, treated or found.places, days)
    return power_of(trial, chosen(trial, how.method), effect, level)


def to_come(panel: Panel, treated: Sequence[str], days: int) -> Trial:
    """A trial that starts the day after the panel ends, its own days empty."""
    rows = round(days / panel.step)
    if rows < 1:
        raise WrongUsage(f"A test of {days} days is shorter than a row of the panel.", f"Name {panel.step} or more.")
    if not np.all(panel.y[:, place_numbers(panel, treated)].sum(axis=0) > 0):
        raise BadInput("A treated place has nothing in the panel.", "Name other places.", "treated")
    later = tuple(panel.days[-1] + timedelta(days=panel.step * k) for k in range(1, rows + 1))
    blank = np.zeros((rows, len(panel.places)))
    whole = Panel((*panel.days, *later), panel.places, np.vstack([panel.y, blank]))
    return trial_of(whole, treated, later[0])


def read_panel(path: str) -> Panel:
    """The panel of a file: location, date and y, or a date and one column per place.

    Raises
    ------
    BadInput
        It is no panel, or one with gaps, copies or figures that are none.
    """
    opened = open_tables(path)
    if not opened.tables:
        raise BadInput(f"{opened.source} is no table.", "Give a table of location, date and y.")
    table = opened.tables[0]
    return panel_of(dict(zip(table.header, table.columns, strict=True)))


def _day(start: Day | Sequence[Day]) -> Day:
    if isinstance(start, (date, str)):
        return start
    raise WrongUsage("The start is neither a day nor several.", "Write it as in 2026-03-01.")
