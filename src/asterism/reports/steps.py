"""A curve over whole numbers: a dot with its range at each, joined by a line."""

from collections.abc import Callable, Sequence
from typing import Final

from markupsafe import Markup

from asterism.quantities import Interval
from asterism.reports.drawing import LETTER, Scale, around, dot, line, path, picture, text

TOP: Final = 20.0
NAMED: Final = 0.005
"""Points below this part of the first lie on the axis, and their figures are left to the table."""


def step_chart(points: Sequence[Interval], width: float, label: str, axis: Callable[[float], str], tint: str) -> Markup:
    """The curve of `points` at 1, 2 … as SVG; `axis` writes a value, `label` is the text alternative."""
    height = 280.0 if width >= 560 else 220.0
    low, high = around(x for point in points for x in (point.low, point.high))
    y = Scale(low, high, TOP + height, TOP)
    left = max(len(axis(tick)) for tick in y.ticks(4)) * LETTER + 26
    x = Scale(1, max(len(points), 2), left, width - 28)
    marks = [*_grid(y, left - 16, width, axis)]
    means = [(x.at(i), y.at(point.mean)) for i, point in enumerate(points, 1)]
    marks.append(path(means, f"curve line-{tint}"))
    for i, point in enumerate(points, 1):
        at = x.at(i)
        marks.append(line(at, y.at(point.low), at, y.at(point.high), f"range line-{tint}"))
        marks.append(dot(at, y.at(point.mean), f"dot fill-{tint}", 5))
        marks.append(text(at, TOP + height + 24, f"{i}+", "soft", "middle"))
        if width >= 560 and point.mean >= NAMED * points[0].mean:
            side = 10 if i < len(points) else -10
            marks.append(text(at + side, y.at(point.mean) - 8, axis(point.mean), "", "start" if side > 0 else "end"))
    return picture(width, TOP + height + 32, marks, label)


def _grid(y: Scale, left: float, width: float, axis: Callable[[float], str]) -> list[Markup]:
    marks = []
    for value in y.ticks(4):
        at = y.at(value)
        marks.append(line(left, at, width, at, "zero" if value == 0 else "grid"))
        marks.append(text(left - 8, at + 5, axis(value), "soft", "end"))
    return marks
