"""Weekly tier channels: what each tier spent and showed per week and place, in the shapes marketing-mix models read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pyarrow as pa

from asterism.errors import BadInput, MissingColumns
from asterism.measurement.lift.columns import arrow_of, floats_of, named, ordinals_of, texts_of
from asterism.measurement.lift.panel import Panel

FIGURES: Final = ("spend", "impressions", "reach")
NATIONAL: Final = "national"
"""The place of channels that are not told apart by place."""
_WEEK: Final = 7
_NAMED: Final = 6


@dataclass(frozen=True, slots=True)
class Week:
    """One tier in one place in the week from a Monday on; `counted` is the number of rows its reach was added from."""

    monday: date
    tier: str
    geo: str
    spend: float
    impressions: float
    reach: float
    counted: int = 1

    @property
    def frequency(self) -> float:
        """How often those reached were shown it; 0 where nobody was."""
        return self.impressions / self.reach if self.reach > 0 else 0.0


def weeks_of(table: Any) -> tuple[Week, ...]:
    """The weeks of a table with date, tier, spend, impressions and, where known, reach and geo.

    Raises
    ------
    MissingColumns
        Date, tier or spend is not there.
    BadInput
        A figure is missing or below zero.
    """
    found = arrow_of(table)
    missing = tuple(name for name in ("date", "tier", "spend") if not named(found, (name,)))
    if missing:
        what = f"The table of channels has no column {' and no column '.join(f'`{name}`' for name in missing)}."
        raise MissingColumns(what, "Give date, tier, spend, impressions, reach; geo where it differs.", missing)
    days = ordinals_of(found[named(found, ("date", "week"))])
    tiers = texts_of(found[named(found, ("tier",))], "tier")
    geo = named(found, ("geo", "location", "place"))
    geos = texts_of(found[geo], geo) if geo else np.full(len(days), NATIONAL)
    figures = {name: _figure(found, name) for name in FIGURES}
    sums: defaultdict[tuple[date, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for i, day in enumerate(days):
        kept = sums[monday_of(date.fromordinal(int(day))), str(tiers[i]), str(geos[i])]
        for at, name in enumerate(FIGURES):
            kept[at] += float(figures[name][i])
        kept[3] += figures["reach"][i] > 0
    return tuple(Week(*key, s, i, r, int(n)) for key, (s, i, r, n) in sorted(sums.items()))


def monday_of(day: date) -> date:
    """The Monday of the week of a day.

    >>> monday_of(date(2026, 3, 1)).isoformat()
    '2026-02-23'
    """
    return day - timedelta(days=day.weekday())


def reach_warning(weeks: Iterable[Week]) -> str:
    """What to say of weeks whose reach was added up from several rows; nothing where none was."""
    several = sum(week.counted > 1 for week in weeks)
    return f"In {several} weeks the reach of several rows was added up, which counts people twice." if several else ""


def whole_weeks(figures: Panel) -> frozenset[date]:
    """The Mondays of weeks that the figures cover in full: of others a sum would look like a fall."""
    covered: defaultdict[date, int] = defaultdict(int)
    for day in figures.days:
        covered[monday_of(day)] += figures.step
    return frozenset(monday for monday, days in covered.items() if days >= _WEEK)


def partial_warning(weeks: Iterable[Week], figures: Panel) -> str:
    """What to say of weeks that are left out because the figures do not cover them in full; nothing where none is."""
    seen = {week.monday for week in weeks} | {monday_of(day) for day in figures.days}
    left = sorted(seen - whole_weeks(figures))
    if not left:
        return ""
    said = "1 week is" if len(left) == 1 else f"{len(left)} weeks are"
    named = ", ".join(f"{monday}" for monday in left[:_NAMED]) + (", …" if len(left) > _NAMED else "")
    return f"{said} left out, since the figures do not cover them in full; from Monday: {named}."


def for_meridian(weeks: tuple[Week, ...], figures: Panel | None = None) -> pa.Table:
    """One row per place and week: `geo`, `time`, and per tier impression, spend, reach and frequency, without gaps.

    `figures` adds `kpi`, summed to weeks, and leaves out weeks it does not cover in full.
    Population, controls and the worth of a kpi are the user's to add.
    """
    tiers, grid = _grid(weeks, figures)
    by = {(week.monday, week.tier, week.geo): week for week in weeks}
    columns: dict[str, list[Any]] = {"geo": [geo for geo, _ in grid], "time": [day.isoformat() for _, day in grid]}
    for tier in tiers:
        here = [by.get((day, tier, geo)) for geo, day in grid]
        columns[f"{tier}_impression"] = [week.impressions if week else 0.0 for week in here]
        columns[f"{tier}_spend"] = [week.spend if week else 0.0 for week in here]
        columns[f"{tier}_reach"] = [week.reach if week else 0.0 for week in here]
        columns[f"{tier}_frequency"] = [week.frequency if week else 0.0 for week in here]
    return pa.table(columns | _kpi(figures, grid, "kpi"))


def for_pymc(weeks: tuple[Week, ...], figures: Panel | None = None) -> pa.Table:
    """One row per week (and place, where there are several): `date`, `geo`, the spend of each tier, `y`."""
    tiers, grid = _grid(weeks, figures)
    by = {(week.monday, week.tier, week.geo): week.spend for week in weeks}
    columns: dict[str, list[Any]] = {"date": [day.isoformat() for _, day in grid]}
    if len({geo for geo, _ in grid}) > 1:
        columns["geo"] = [geo for geo, _ in grid]
    columns |= {tier: [by.get((day, tier, geo), 0.0) for geo, day in grid] for tier in tiers}
    return pa.table(columns | _kpi(figures, grid, "y"))


def _figure(table: pa.Table, name: str) -> Any:
    column = named(table, (name,))
    if not column:
        return np.zeros(table.num_rows)
    values = floats_of(table[column], name)
    wrong = ~np.isfinite(values) | (values < 0)
    if wrong.any():
        what = f"Row {int(np.flatnonzero(wrong)[0]) + 1} of the channels has no {name} of 0 or more."
        raise BadInput(what, "Fill it in, 0 where there was none.", name)
    return values


def _grid(weeks: tuple[Week, ...], figures: Panel | None) -> tuple[list[str], list[tuple[str, date]]]:
    """The tiers, and every place and week from the first to the last, those the figures cover."""
    if not weeks:
        raise BadInput("There are no channels to hand on.", "Give one row per tier and week.")
    geos = sorted({week.geo for week in weeks})
    mondays = [week.monday for week in weeks]
    if figures is not None:
        geos = _places(geos, figures)
        mondays += [monday_of(day) for day in figures.days]
    first, n = min(mondays), (max(mondays) - min(mondays)).days // _WEEK + 1
    grid = [(geo, first + timedelta(days=_WEEK * i)) for geo in geos for i in range(n)]
    if figures is not None:
        whole = whole_weeks(figures)
        grid = [(geo, monday) for geo, monday in grid if monday in whole]
    if not grid:
        raise BadInput("The figures cover no week in full, Monday to Sunday.", "Give figures of more days.", "date")
    return sorted({week.tier for week in weeks}), grid


def _places(geos: list[str], figures: Panel) -> list[str]:
    """The places of the figures, among which those of the channels must be."""
    if geos == [NATIONAL]:
        return geos
    unknown = [geo for geo in geos if geo not in figures.places]
    if unknown:
        what = f"The channels name `{unknown[0]}`, which has no figures; {len(unknown)} places are so."
        raise BadInput(what, "Call a place by the same name in both.", "geo")
    return list(figures.places)


def _kpi(figures: Panel | None, grid: list[tuple[str, date]], name: str) -> dict[str, list[float]]:
    """The figures of the panel per week and place; of all places together where channels know none."""
    if figures is None:
        return {}
    sums: defaultdict[tuple[str, date], float] = defaultdict(float)
    national = grid[0][0] == NATIONAL
    for i, day in enumerate(figures.days):
        for at, place in enumerate(figures.places):
            sums[NATIONAL if national else place, monday_of(day)] += float(figures.y[i, at])
    return {name: [sums[where] for where in grid]}
