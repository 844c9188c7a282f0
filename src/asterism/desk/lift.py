"""Measure what a campaign added where it ran, and say before it runs whether that could be seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, cast

import numpy as np

from asterism.creators.text import clean
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
    wished, found = How(level, method, effect), panel_of(panel)
    if start is None:
        raise WrongUsage("No start was named.", "Name the first day on which the campaign could work.")
    if isinstance(start, (list, tuple)):
        return lift_of_posts(found, treated, [day_of(each, "start") for each in start], lasting or 0, wished)
    return lift_of(trial_of(found, treated or found.places, _day(start), end), wished)


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
    wished = How(level, "auto", effect)
    trial = to_come(found, treated or found.places, days)
    return power_of(trial, chosen(trial, wished.method), wished.effect, wished.level)


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
    return panel_of(read_columns(path))


def read_columns(path: str) -> dict[str, Any]:
    """The columns of a file's first table, as text.

    Raises
    ------
    BadInput
        It holds no table.
    """
    opened = open_tables(path)
    if not opened.tables:
        raise BadInput(f"{opened.source} is no table.", "Give a table with a header line.")
    table = clean(opened.tables[0])
    return dict(zip(table.header, table.columns, strict=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a panel's file: where and when the campaign ran, and how to look.

    `treated` holds places, several parted by commas, or tiers with theirs as in `micro=boston,denver`.
    """

    treated: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    posts: tuple[str, ...] = ()
    lasting: int | None = None
    how: How = field(default_factory=How)


def how(level: float, method: str, effect: float) -> How:
    """How a lift is to be estimated, from what somebody typed.

    Raises
    ------
    WrongUsage
        There is no such method, or a share is none.
    """
    return How(level, cast(Method, method.strip().lower()), effect)


def lift_file(path: str, asked: Asked) -> dict[str, Lift]:
    """The lift of each tier named, or of all treated places together under the empty name.

    Raises
    ------
    WrongUsage
        Neither a start nor posts are named, or both, or tiers and places are mixed.
    BadInput
        The panel cannot be used for what is asked.
    """
    panel, wished = read_panel(path), asked.how
    if bool(asked.start) == bool(asked.posts):
        raise WrongUsage("Name the start, or the posts' days.", "As in --start 2026-03-01, or --post 2026-03-01.")
    tiers = _tiers(panel, asked.treated)
    if asked.posts:
        if set(tiers) != {""}:
            raise WrongUsage("Tiers and posts do not go together.", "Ask for each tier's posts alone.")
        days = [day_of(post, "post") for post in asked.posts]
        return {"": lift_of_posts(panel, tiers[""], days, asked.lasting or 0, wished)}
    start = asked.start or ""
    if set(tiers) == {""}:
        return {"": lift_of(trial_of(panel, tiers[""] or panel.places, start, asked.end), wished)}
    return lifts_by_tier(panel, tiers, start, wished)


def power_file(path: str, treated: Sequence[str], days: int, effect: float, level: float) -> Power:
    """The power of a test of so many days in places of a panel's file; raises as `power`."""
    if not days:
        raise WrongUsage("How long the test would run was not said.", "Name --weeks 4, or --days 28.")
    panel = read_panel(path)
    return power(panel, _places(panel, treated), days, effect, level)


def _tiers(panel: Panel, treated: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The treated places by tier, under the empty name where no tier is named."""
    tiers: dict[str, tuple[str, ...]] = {}
    for said in treated:
        tier, equals, places = said.partition("=")
        tier, places = (tier.strip(), places) if equals and not _known(panel, said) else ("", said)
        tiers[tier] = (*tiers.get(tier, ()), *_places(panel, [places]))
    if len(tiers) > 1 and "" in tiers:
        raise WrongUsage("Some treated places have a tier and some have none.", "Write each as in micro=boston,denver.")
    return tiers or {"": ()}


def _places(panel: Panel, said: Sequence[str]) -> tuple[str, ...]:
    """Places, several parted by commas unless a place is called so."""
    parts = [[text] if _known(panel, text) else text.split(",") for text in said]
    return tuple(part.strip() for several in parts for part in several if part.strip())


def _known(panel: Panel, text: str) -> bool:
    return text.strip().lower() in {place.lower() for place in panel.places}


def _day(start: Day | Sequence[Day]) -> Day:
    if isinstance(start, (date, str)):
        return start
    raise WrongUsage("The start is neither a day nor several.", "Write it as in 2026-03-01.")
