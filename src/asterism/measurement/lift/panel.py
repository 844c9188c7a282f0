"""Panels: one figure per place and day, whole, in order, and refused in plain words where they are not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.errors import BadInput, MissingColumns, did_you_mean
from asterism.measurement.lift.columns import Floats, arrow_of, floats_of, named, ordinals_of, texts_of

NAMES: Final = {
    "date": ("date", "day", "time", "week"),
    "location": ("location", "place", "geo", "region"),
    "y": ("y", "kpi", "sales", "orders", "revenue"),
}
"""What the columns may be called, in any case."""
FEWEST: Final = 4
"""Days that make a panel."""
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Figures `y` (n_days, n_places) of places over days that follow each other evenly."""

    days: tuple[date, ...]
    places: tuple[str, ...]
    y: Floats

    @property
    def step(self) -> int:
        """Calendar days from one row to the next: 1 in a daily panel, 7 in a weekly one."""
        return int(np.median(np.diff([day.toordinal() for day in self.days])))

    def until(self, n: int) -> "Panel":
        """The first n days."""
        return Panel(self.days[:n], self.places, self.y[:n])

    def without(self, places: Sequence[str]) -> "Panel":
        """The panel without some places."""
        kept = [i for i, place in enumerate(self.places) if place not in set(places)]
        return Panel(self.days, tuple(self.places[i] for i in kept), self.y[:, kept])


def panel_of(table: Any) -> Panel:
    """The panel of a table with location, date and y, or with a date and one column per place.

    Takes Arrow tables, frames that speak Arrow, and mappings of columns; texts are read as in files.

    Raises
    ------
    MissingColumns
        No column holds the dates or the figures.
    BadInput
        A figure is missing, below zero or given twice; a place lacks a day; days are skipped.
    """
    if isinstance(table, Panel):
        return table
    found = arrow_of(table)
    columns = {what: named(found, words) for what, words in NAMES.items()}
    if columns["date"] and not (columns["location"] or columns["y"]):
        return _filled(*_long(found, columns["date"]))
    missing = tuple(what for what, name in columns.items() if not name)
    if missing:
        given = ", ".join(f"`{name}`" for name in found.column_names[:8]) or "nothing"
        what = f"The panel has no column {' and no column '.join(f'`{m}`' for m in missing)}; it has {given}."
        raise MissingColumns(what, "Give a table of location, date and y, one row per place and day.", missing)
    return _filled(*(found[columns[what]] for what in ("location", "date", "y")))


def _long(table: pa.Table, days: str) -> tuple[pa.ChunkedArray, pa.ChunkedArray, pa.ChunkedArray]:
    """Places, days and figures of a table with one column per place."""
    places = [name for name in table.column_names if name != days and not name.startswith("__")]
    if not places:
        raise MissingColumns(
            "The panel has a column of dates and nothing beside it.", "Add `location` and `y`.", ("y",)
        )
    names = pa.array(np.repeat(np.array(places, dtype=object), table.num_rows), pa.string())
    figures = [piece for name in places for piece in table[name].cast(pa.string()).chunks]
    return pa.chunked_array([names]), pa.chunked_array(table[days].chunks * len(places)), pa.chunked_array(figures)


def _filled(places: pa.ChunkedArray, days: pa.ChunkedArray, figures: pa.ChunkedArray) -> Panel:
    if not len(places):
        raise BadInput("The panel has no rows.", "Give one row per place and day.")
    where, when = texts_of(places, "location"), ordinals_of(days)
    y = _figures(figures, where, when)
    names, column = np.unique(where, return_inverse=True)
    dates, row = np.unique(when, return_inverse=True)
    counts = np.zeros((dates.size, names.size), dtype=np.int64)
    np.add.at(counts, (row, column), 1)
    _check_once(counts, dates, names)
    _check_whole(counts, dates, names)
    _check_even(dates)
    filled = np.empty(counts.shape)
    filled[row, column] = y
    return Panel(tuple(date.fromordinal(int(d)) for d in dates), tuple(map(str, names)), filled)


def _figures(column: pa.ChunkedArray, where: NDArray[np.str_], when: NDArray[np.int64]) -> Floats:
    y = floats_of(column, "y")
    for wrong, says in ((~np.isfinite(y), "is no number"), (y < 0, "is below zero")):
        if wrong.any():
            at = int(np.flatnonzero(wrong)[0])
            day = date.fromordinal(int(when[at]))
            what = f"The figure of `{where[at]}` on {day} {says}; {int(wrong.sum())} of {y.size} are so."
            raise BadInput(what, "Fill it in, 0 where nothing came, or leave the place out.", "y")
    return y


def _check_once(counts: NDArray[np.int64], dates: NDArray[np.int64], names: NDArray[np.str_]) -> None:
    twice = np.argwhere(counts > 1)
    if twice.size:
        day, place = date.fromordinal(int(dates[twice[0, 0]])), names[twice[0, 1]]
        what = f"`{place}` stands {counts[tuple(twice[0])]} times on {day}; {len(twice)} places and days are so."
        raise BadInput(what, "Add the rows of a place and day up, or remove the copies.")


def _check_whole(counts: NDArray[np.int64], dates: NDArray[np.int64], names: NDArray[np.str_]) -> None:
    missing = counts == 0
    if missing.any():
        lacking = np.flatnonzero(missing.any(axis=0))
        said = [_lacks(names[i], dates[missing[:, i]]) for i in lacking[:_SHOWN]]
        more = f", and {lacking.size - _SHOWN} more places" if lacking.size > _SHOWN else ""
        fix = "Add the rows, with 0 where nothing came, or leave the places out."
        raise BadInput(f"Some places lack days: {'; '.join(said)}{more}.", fix)


def _lacks(place: str, dates: NDArray[np.int64]) -> str:
    more = f" and {dates.size - 1} more days" if dates.size > 1 else ""
    return f"`{place}` has no {date.fromordinal(int(dates[0]))}{more}"


def _check_even(dates: NDArray[np.int64]) -> None:
    if dates.size < FEWEST:
        raise BadInput(f"The panel covers {dates.size} days.", f"Give at least {FEWEST}, and many more to learn from.")
    steps = np.diff(dates)
    usual = int(np.median(steps))
    months = usual in range(28, 32) and steps.min() >= 28 and steps.max() <= 31
    odd = np.flatnonzero(steps != usual)
    if odd.size and not months:
        after, then = (date.fromordinal(int(dates[odd[0] + i])) for i in (0, 1))
        what = f"The panel goes from {after} to {then}, though {usual} day{'s' if usual != 1 else ''} are usual."
        raise BadInput(what, "Add the missing days, with 0 where nothing came.", "date")


def place_numbers(panel: Panel, wanted: Sequence[str]) -> tuple[int, ...]:
    """Where places stand in the panel, whatever the case of their names.

    Raises
    ------
    BadInput
        One is not there, or none was named.
    """
    if isinstance(wanted, str):
        wanted = [wanted]
    if not wanted:
        raise BadInput("No treated place was named.", "Name where the campaign ran.", "treated")
    exact = {place: i for i, place in enumerate(panel.places)}
    lowered: Mapping[str, int] = {place.lower(): i for i, place in enumerate(panel.places)}
    found = []
    for name in wanted:
        at = exact.get(str(name), lowered.get(str(name).strip().lower()))
        if at is None:
            what = f"The panel has no place `{name}`."
            raise BadInput(what, did_you_mean(str(name), list(lowered)), "treated")
        found.append(at)
    return tuple(sorted(set(found)))
