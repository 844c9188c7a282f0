"""The pictures of a study of lift: what came beside what would have come, and how far placebos come out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final

import numpy as np

from asterism.quantities import Interval
from asterism.reports.charts import WIDTHS, Chart
from asterism.reports.grid import Column, Grid, texts
from asterism.reports.lines import Line, Place, line_chart
from asterism.reports.rows import Row, row_chart
from asterism.reports.words import Words

CROWDED: Final = 60
"""Rows of a panel above which a week is drawn as one point."""
WEEK: Final = 7
CAME: Final = "What came, and what would have come anyway?"
PLACEBO: Final = "Does it stand out from places where nothing ran?"

Write = Callable[[float], str]
"""Writes a figure of y."""


def trace_chart(trace: Mapping[str, Any], write: Write) -> Chart:
    """The treated places day by day, or week by week, beside the comparison; the start is marked."""
    weekly = len(trace["days"]) > CROWDED and _daily(trace["days"])
    points = _points(trace, WEEK if weekly else 1)
    start = date.fromisoformat(trace["days"][trace["before"]])
    lines = [
        Line("came", "micro", tuple((x, came) for x, came, _ in points), strong=True),
        Line("would have", "macro", tuple((x, expected) for x, _, expected in points)),
    ]
    label = f"{CAME} {_summed(trace, write)}"
    places = [Place(float(start.toordinal()), "start", strong=True)]
    pictures = tuple(line_chart(lines, places, width, label, (_day, write)) for width in WIDTHS)
    note = f"The treated places together, {'on the mean day of each week' if weekly else 'row by row'}. Before the "
    note += "start the two should lie on each other; after it, what lies between them came on top."
    columns = (Column("from"), Column("came", True), Column("would have come", True))
    rows = tuple(texts(date.fromordinal(int(x)).isoformat(), write(a), write(b)) for x, a, b in points)
    return Chart(CAME, note, pictures, Grid("What came and what would have come", columns, rows))


def placebo_chart(result: Mapping[str, Any], words: Words) -> Chart | None:
    """The effect with its range beside those of untouched places; None where there are hardly any."""
    found = np.array(result["trace"]["placebos"])
    if found.size < CROWDED // WEEK:
        return None
    own = Interval(result["effect"], result["low"], result["high"])
    low, high = np.quantile(found, [0.05, 0.95])
    rows = [
        Row("the treated places", span_of(own), "micro", interval=own, strong=True),
        Row("90% of placebos", f"{signed(low)} to {signed(high)}", "mixed", span=(float(low), float(high))),
        Row("all placebos", f"{signed(found.min())} to {signed(found.max())}", "other",
            span=(float(found.min()), float(found.max()))),
    ]  # fmt: skip
    label = f"{PLACEBO} " + "; ".join(f"{row.name}: {row.figures}" for row in rows) + "."
    note = (
        f"The same comparison for {words.whole(found.size)} sets of places where nothing ran. What lies within them "
        f"could be chance. The line is the range at {words.percent(result['level'])}, the dot the estimate."
    )
    columns = (Column("whose"), Column("effect", True))
    grid = Grid("The effect beside placebos", columns, tuple(texts(row.name, row.figures) for row in rows))
    pictures = tuple(row_chart(rows, width, label, signed) for width in WIDTHS)
    return Chart(PLACEBO, note, pictures, grid)


def signed(share: float) -> str:
    """A share as per cent with its sign.

    >>> signed(0.061), signed(-0.0213), signed(0)
    ('+6.1%', '−2.13%', '0%')
    """
    text = f"{abs(100 * share):.3g}%"
    return text if text == "0%" else f"{'+' if share > 0 else '−'}{text}"


def span_of(effect: Interval) -> str:
    """An effect with its range."""
    return f"{signed(effect.mean)} ({signed(effect.low)} to {signed(effect.high)})"


def _points(trace: Mapping[str, Any], size: int) -> list[tuple[float, float, float]]:
    """Day, mean of what came and of what would have, in blocks that begin at the start of the campaign."""
    days = [date.fromisoformat(day).toordinal() for day in trace["days"]]
    cuts = sorted({0, *range(trace["before"] % size, len(days), size), len(days)})
    came, expected = np.array(trace["came"]), np.array(trace["expected"])
    return [(float(days[a]), float(came[a:b].mean()), float(expected[a:b].mean())) for a, b in pairwise(cuts)]


def _daily(days: Sequence[str]) -> bool:
    return (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days == 1


def _summed(trace: Mapping[str, Any], write: Write) -> str:
    after = slice(trace["before"], None)
    came, expected = sum(trace["came"][after]), sum(trace["expected"][after])
    return f"From the start on {write(came)} came, and {write(expected)} would have."


def _day(ordinal: float) -> str:
    day = date.fromordinal(int(ordinal))
    return f"{day.day} {day:%b}"
