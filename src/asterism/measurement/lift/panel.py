"""Panels: one figure per place and day, whole, in order, and refused in plain words where they are not."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.numbers import numbers
from asterism.creators.times import times
from asterism.errors import BadInput, MissingColumns, did_you_mean

Floats = NDArray[np.float64]
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
    found = _arrow(table)
    columns = {what: _named(found, words) for what, words in NAMES.items()}
    if columns["date"] and not (columns["location"] or columns["y"]):
        return _filled(*_long(found, columns["date"]))
    missing = tuple(what for what, name in columns.items() if not name)
    if missing:
        given = ", ".join(f"`{name}`" for name in found.column_names[:8]) or "nothing"
        what = f"The panel has no column {' and no column '.join(f'`{m}`' for m in missing)}; it has {given}."
        raise MissingColumns(what, "Give a table of location, date and y, one row per place and day.", missing)
    return _filled(*(found[columns[what]] for what in ("location", "date", "y")))


def _arrow(table: Any) -> pa.Table:
    try:
        if isinstance(table, pa.Table):
            return table
        if hasattr(table, "__arrow_c_stream__"):
            return pa.table(table)
        return table.to_arrow() if hasattr(table, "to_arrow") else pa.table(dict(table))
    except (pa.ArrowException, TypeError, ValueError) as error:
        what = f"The panel cannot be read: {str(error).splitlines()[0]}."
        raise BadInput(what, "Give a table of location, date and y.") from None


def _named(table: pa.Table, words: tuple[str, ...]) -> str:
    by = {name.strip().lower(): name for name in reversed(table.column_names)}
    return next((by[word] for word in words if word in by), "")


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
    where, when = _texts(places), _dates(days)
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


def _texts(column: pa.ChunkedArray) -> NDArray[np.str_]:
    texts = pc.utf8_trim_whitespace(column.cast(pa.string()))
    empty = pc.or_kleene(pc.is_null(texts), pc.equal(texts, ""))
    if pc.any(empty).as_py():
        raise BadInput(f"Row {1 + pc.index(empty, True).as_py()} of the panel names no place.", "Fill in `location`.")
    return np.asarray(texts.to_pylist(), dtype=np.str_)


def _dates(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """The days as ordinals."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        read, _ = times(pc.utf8_trim_whitespace(column.cast(pa.string())).combine_chunks())
        column = pa.chunked_array([read.values])
    elif not pa.types.is_temporal(kind):
        raise BadInput("The dates of the panel are no dates.", "Write them as in 2026-03-01.", "date")
    days = [value.date() if isinstance(value, datetime) else value for value in column.to_pylist()]
    if None in days:
        raise BadInput(f"Row {1 + days.index(None)} of the panel has no date.", "Write it as in 2026-03-01.", "date")
    return np.array([day.toordinal() for day in days])


def _figures(column: pa.ChunkedArray, where: NDArray[np.str_], when: NDArray[np.int64]) -> Floats:
    try:
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = numbers(column.cast(pa.string()).combine_chunks()).values
        y = np.asarray([math.nan if v is None else v for v in column.cast(pa.float64()).to_pylist()], dtype=float)
    except pa.ArrowException:
        raise BadInput("The column y of the panel holds no numbers.", "Give one per place and day.", "y") from None
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
