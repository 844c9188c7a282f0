"""A chart of lines named at their ends, with marked places on the horizontal axis."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from asterism.reports.drawing import LETTER, Scale, around, dot, line, path, picture, text, tick_label

LABEL_GAP = 19.0


@dataclass(frozen=True, slots=True)
class Line:
    """A named line through points (x, y) with rising x."""

    name: str
    tint: str
    points: tuple[tuple[float, float], ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A value of x worth naming."""

    x: float
    words: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Axes:
    """The two scales, and how their values are written."""

    x: Scale
    y: Scale
    write_x: Callable[[float], str]
    write_y: Callable[[float], str]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions near those wanted, at least `gap` apart, in the same order and inside low … high where they fit.

    >>> spread([10, 12, 50], 19, 0, 100)
    [10, 29, 50]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed: dict[int, float] = {}
    last = low - gap
    for i in order:
        last = placed[i] = max(wanted[i], last + gap)
    ceiling = high
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return [placed[i] for i in range(len(wanted))]


def line_chart(
    lines: Sequence[Line], places: Sequence[Place], width: float, label: str, write: tuple[Callable[[float], str], ...]
) -> Markup:
    """The chart at a width as SVG; `write` writes values of x and of y, `label` is the text alternative."""
    height, top = (340.0 if width >= 560 else 280.0), 8 + 22.0 * len(places)
    axes = _axes(lines, width, (top, top + height), write)
    marks = [*_grid(axes, width), *_places(places, axes, width)]
    for each in lines:
        marks += _line(each, axes)
    return picture(width, top + height + 30, [*marks, *_names(lines, axes)], label)


def _axes(
    lines: Sequence[Line], width: float, depth: tuple[float, float], write: tuple[Callable[[float], str], ...]
) -> Axes:
    xs = [x for each in lines for x, _ in each.points]
    low, high = around(y for each in lines for _, y in each.points)
    y = Scale(low, high, depth[1], depth[0] + 8)
    left = max(len(write[1](tick)) for tick in y.ticks(5)) * LETTER + 14
    right = max(len(each.name) for each in lines) * LETTER + 16
    return Axes(Scale(min(xs), max(xs), left, width - right), y, write[0], write[1])


def _grid(axes: Axes, width: float) -> list[Markup]:
    marks = []
    for value in axes.y.ticks(5):
        y = axes.y.at(value)
        marks.append(line(axes.x.start, y, axes.x.end, y, "zero" if value == 0 else "grid"))
        marks.append(text(axes.x.start - 10, y + 5, axes.write_y(value), "soft", "end"))
    below = axes.y.start + 24
    ticks = axes.x.ticks(6 if width >= 560 else 4)
    return marks + [tick_label(axes.x.at(value), below, axes.write_x(value), width) for value in ticks]


def _places(places: Sequence[Place], axes: Axes, width: float) -> list[Markup]:
    marks = []
    for i, place in enumerate(places):
        x, y = axes.x.at(place.x), 16 + 22.0 * i
        kind = "strong" if place.strong else ""
        marks.append(line(x, y - 10, x, axes.y.start, "place strong" if place.strong else "place"))
        if x + len(place.words) * LETTER + 8 < width:
            marks.append(text(x + 6, y, place.words, kind))
        else:
            marks.append(text(x - 6, y, place.words, kind, "end"))
    return marks


def _line(each: Line, axes: Axes) -> list[Markup]:
    points = [(axes.x.at(x), axes.y.at(y)) for x, y in each.points]
    kind = f"curve line-{each.tint}{' heavy' if each.strong else ''}"
    return [path(points, kind), *(dot(x, y, f"dot fill-{each.tint}", 3.5) for x, y in points)]


def _names(lines: Sequence[Line], axes: Axes) -> list[Markup]:
    ends = [axes.y.at(each.points[-1][1]) for each in lines]
    marks = []
    for each, end, y in zip(lines, ends, spread(ends, LABEL_GAP, axes.y.end, axes.y.start), strict=True):
        marks.append(line(axes.x.at(each.points[-1][0]) + 4, end, axes.x.end + 10, y, f"leader line-{each.tint}"))
        marks.append(text(axes.x.end + 14, y + 5, each.name, "strong" if each.strong else ""))
    return marks
