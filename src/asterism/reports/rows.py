"""A chart of named rows: a bar or a range on one axis, the figures written beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from asterism.quantities import Interval
from asterism.reports.drawing import (
    LETTER,
    Scale,
    around,
    bar,
    dot,
    letters,
    line,
    picture,
    text,
    tick_label,
)
from asterism.reports.words import shortened

ROOMY: Final = 560
"""From this width on, names and figures stand beside the marks instead of above them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the chart: a bar `start` … `end`, a range with its mean, or words that say why there is neither."""

    name: str
    figures: str
    tint: str
    span: tuple[float, float] | None = None
    interval: Interval | None = None
    strong: bool = False

    @property
    def extent(self) -> tuple[float, ...]:
        """The values the axis must hold."""
        if self.interval:
            return (self.interval.low, self.interval.mean, self.interval.high)
        return self.span or ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the parts of a row chart stand, in units; `name` and `figures` are widths."""

    width: float
    name: float
    figures: float
    row: float

    @property
    def roomy(self) -> bool:
        """Whether a row is one line."""
        return self.width >= ROOMY


def frame(rows: Sequence[Row], width: float) -> Frame:
    """The layout of rows at a width: two columns of words, or words above the marks."""
    if width < ROOMY:
        return Frame(width, 0.0, 0.0, 52.0)
    name = min(max(len(row.name) for row in rows) * LETTER + 24, 0.26 * width)
    figures = max((len(row.figures) for row in rows if row.extent), default=0) * LETTER + 24
    return Frame(width, name, min(figures, 0.38 * width), 36.0)


def row_chart(rows: Sequence[Row], width: float, label: str, axis: Callable[[float], str]) -> Markup:
    """The chart at a width as SVG; `axis` writes a value, `label` is the text alternative."""
    at = frame(rows, width)
    low, high = around(v for row in rows for v in row.extent)
    scale = Scale(low, high, at.name + 8, width - at.figures - 8)
    bottom = at.row * len(rows) + 8
    marks = [*_axis(scale, bottom, width, axis)]
    for i, row in enumerate(rows):
        marks += _row(row, at, scale, i * at.row)
    return picture(width, bottom + 26, marks, label)


def _axis(scale: Scale, bottom: float, width: float, axis: Callable[[float], str]) -> list[Markup]:
    marks = []
    for value in scale.ticks(5 if width >= ROOMY else 4):
        x = scale.at(value)
        marks += [
            line(x, 0, x, bottom, "zero" if value == 0 else "grid"),
            tick_label(x, bottom + 18, axis(value), width),
        ]
    return marks


def _row(row: Row, at: Frame, scale: Scale, top: float) -> list[Markup]:
    middle = top + (at.row / 2 if at.roomy else at.row - 14)
    return [*_words(row, at, scale, top), *_marks(row, scale, middle)]


def _words(row: Row, at: Frame, scale: Scale, top: float) -> list[Markup]:
    kind, soft = ("strong", "strong") if row.strong else ("", "")
    if at.roomy:
        y = top + at.row / 2 + 5
        name = text(0, y, shortened(row.name, letters(at.name - 8)), kind)
        if row.extent:
            return [name, text(at.width, y, row.figures, soft, "end")]
        return [name, text(scale.at(0) + 8, y, shortened(row.figures, letters(at.width - scale.at(0) - 8)), "soft")]
    y, room = top + 20, letters(at.width)
    if row.extent:
        name = text(0, y, shortened(row.name, room - len(row.figures) - 2), kind)
        return [name, text(at.width, y, row.figures, soft, "end")]
    return [text(0, y, shortened(row.name, room), kind), text(0, y + 20, shortened(row.figures, room), "soft")]


def _marks(row: Row, scale: Scale, middle: float) -> list[Markup]:
    if row.interval:
        low, mean, high = (scale.at(v) for v in row.extent)
        return [line(low, middle, high, middle, f"range line-{row.tint}"), dot(mean, middle, f"dot fill-{row.tint}")]
    if row.span:
        start, end = sorted(scale.at(v) for v in row.span)
        return [bar(start, middle - 7, end - start, 14, f"bar fill-{row.tint}")]
    return []
