"""Lift tests as marketing-mix models take them: PyMC-Marketing as measurements, Meridian as experiments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
from scipy.stats import norm

from asterism.errors import BadInput, MissingColumns
from asterism.measurement.lift.columns import arrow_of, floats_of, named, ordinals_of, texts_of
from asterism.measurement.lift.estimate import Lift

PYMC: Final = ("channel", "x", "delta_x", "delta_y", "sigma")
MERIDIAN: Final = (
    "channel_name", "point_estimate", "standard_error", "experiment_kpi_type", "experiment_total_spend",
    "experiment_start_date", "experiment_end_date",
)  # fmt: skip
NEEDED: Final = ("channel", "start", "end", "spend", "incremental", "incremental_low", "incremental_high", "level")
"""Columns of a table of lift tests; all but the channel and its spend stand in a lift's JSON under these names."""
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class LiftTest:
    """A lift test of one channel: what came on top, with its standard error, for what was spent on top.

    `usual` is what the channel spends per week without the test.
    """

    channel: str
    start: date
    end: date
    incremental: float
    error: float
    spend: float
    usual: float = 0.0

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BadInput(f"The test of {self.channel} ends ({self.end}) before it starts ({self.start}).")
        if not self.spend > 0 or self.usual < 0:
            raise BadInput(f"The test of {self.channel} spent nothing.", "Say what was spent for it.", "spend")
        if not self.error > 0:
            raise BadInput(f"The lift of {self.channel} has no range.", "Give its low and high.", "error")

    @property
    def weeks(self) -> float:
        """How long it lasted."""
        return ((self.end - self.start).days + 1) / _WEEK


def lift_test(channel: str, lift: Lift, spend: float, usual: float = 0.0) -> LiftTest:
    """The lift as a test of a channel; its range is read as that of a normal distribution."""
    span = lift.incremental_interval
    error = standard_error(span.low, span.high, lift.level)
    return LiftTest(channel, lift.start, lift.end, lift.incremental, error, spend, usual)


def standard_error(low: float, high: float, level: float) -> float:
    """The standard error of a normal distribution whose central range at a level is this one.

    >>> round(standard_error(-1.645, 1.645, 0.9), 3)
    1.0
    """
    return (high - low) / (2 * float(norm.ppf((1 + level) / 2)))


def read_tests(table: Any) -> tuple[LiftTest, ...]:
    """The lift tests of a table with the columns of `NEEDED`, and `usual` where the channel spends without a test.

    Raises
    ------
    MissingColumns
        One of them is not there.
    BadInput
        A figure is missing, or a test lasted no day, spent nothing or has no range.
    """
    found = arrow_of(table)
    missing = tuple(name for name in NEEDED if not named(found, (name,)))
    if missing:
        what = f"The table of lift tests has no column {' and no column '.join(f'`{name}`' for name in missing)}."
        raise MissingColumns(what, "Take them from `asterism measure lift --json`; add channel and spend.", missing)
    channels = texts_of(found[named(found, ("channel",))], "channel")
    starts, ends = (ordinals_of(found[named(found, (name,))]) for name in ("start", "end"))
    figures = {name: floats_of(found[named(found, (name,))], name) for name in NEEDED[3:]}
    usual = named(found, ("usual",))
    figures["usual"] = floats_of(found[usual], "usual") if usual else np.zeros(len(channels))
    for name, values in figures.items():
        if not np.isfinite(values).all():
            raise BadInput(f"A lift test has no {name}.", "Fill it in.", name)
    rows = [{name: float(values[i]) for name, values in figures.items()} for i in range(len(channels))]
    return tuple(
        _test(str(channels[i]), date.fromordinal(int(starts[i])), date.fromordinal(int(ends[i])), rows[i])
        for i in range(len(rows))
    )


def _test(channel: str, start: date, end: date, row: dict[str, float]) -> LiftTest:
    error = standard_error(row["incremental_low"], row["incremental_high"], row["level"])
    return LiftTest(channel, start, end, row["incremental"], error, row["spend"], row["usual"])


def measurements(tests: Iterable[LiftTest]) -> tuple[pa.Table, tuple[str, ...]]:
    """Rows of `PYMC` per week of a test, and what had to be left out.

    The model takes lifts that have the sign of the spend alone, so a lift of 0 or below is left out, and said.
    """
    all_tests = tuple(tests)
    kept = [test for test in all_tests if test.incremental > 0]
    rows = [(t.channel, t.usual, t.spend / t.weeks, t.incremental / t.weeks, t.error / t.weeks) for t in kept]
    said = tuple(
        f"The test of {test.channel} found no lift above 0, which PyMC-Marketing cannot take: left out."
        for test in all_tests
        if test.incremental <= 0
    )
    return _table(PYMC, rows), said


def experiments(tests: Iterable[LiftTest], revenue: bool) -> pa.Table:
    """Rows of `MERIDIAN`: the return on what was spent, with its standard error; `revenue` says what y counts."""
    kind = "revenue" if revenue else "non-revenue"
    rows = [
        (t.channel, t.incremental / t.spend, t.error / t.spend, kind, t.spend, t.start.isoformat(), t.end.isoformat())
        for t in tests
    ]
    return _table(MERIDIAN, rows)


def _table(names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> pa.Table:
    return pa.table({name: [row[i] for row in rows] for i, name in enumerate(names)})
