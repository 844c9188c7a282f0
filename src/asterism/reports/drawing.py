"""Scales and marks of a chart as SVG whose colours are the page's own classes."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from asterism.reports.words import plain

LETTER: Final = 8.4
"""Width of one letter at 14 units in the widest of the common system fonts."""
_RECT: Final = Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="2"/>')
_TEXT: Final = Markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>')
_SVG: Final = Markup(
    '<svg viewBox="0 0 {:.0f} {:.0f}" width="{:.0f}" height="{:.0f}" role="img" aria-label="{}">{}</svg>'
)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight map from values low … high to units start … end."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where the value stands."""
        span = self.high - self.low
        return self.start + (self.end - self.start) * ((value - self.low) / span if span else 0.0)

    def ticks(self, most: int) -> list[float]:
        """Round values inside the scale, at most `most` + 1 of them."""
        step = round_step((self.high - self.low) / most)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [i * step for i in range(first, last + 1)]


def round_step(rough: float) -> float:
    """The next number of 1, 2, 5 × 10ⁿ that is not below `rough`.

    >>> round_step(0.3), round_step(70)
    (0.5, 100.0)
    """
    if rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough * (1 - 1e-9))


def around(values: Iterable[float]) -> tuple[float, float]:
    """The range of the values with zero in it; never empty."""
    known = [0.0, *values]
    low, high = min(known), max(known)
    return (low, high) if high > low else (0.0, 1.0)


def letters(width: float) -> int:
    """How many letters fit into a width."""
    return max(int(width / LETTER), 1)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    """A straight line of a class."""
    return Markup('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(kind, x1, y1, x2, y2)


def bar(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    """A rectangle of a class; at least one unit wide, so that little is not nothing."""
    return _RECT.format(kind, x, y, max(width, 1.0), height)


def squares(corners: Iterable[tuple[float, float]], size: float, kind: str) -> Markup:
    """Squares of one class by their upper left corners, as one mark: a thousand of them are still a small page."""
    outlines = "".join(f"M{x:.1f} {y:.1f}h{size:.1f}v{size:.1f}h-{size:.1f}z" for x, y in corners)
    return Markup('<path class="{}" d="{}"/>').format(kind, outlines)


def plate(width: float, height: float, kind: str) -> Markup:
    """The ground of a picture, its corners a little rounded."""
    return Markup('<rect class="{}" x="0" y="0" width="{:.1f}" height="{:.1f}" rx="8"/>').format(kind, width, height)


def dot(x: float, y: float, kind: str, radius: float = 6) -> Markup:
    """A point of a class."""
    return Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{:g}"/>').format(kind, x, y, radius)


def path(points: Iterable[tuple[float, float]], kind: str) -> Markup:
    """A line through points."""
    return Markup('<polyline class="{}" points="{}"/>').format(kind, " ".join(f"{x:.1f},{y:.1f}" for x, y in points))


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> Markup:
    """Words at a point, escaped; anchor is start, middle or end."""
    return _TEXT.format(kind, x, y, anchor, plain(words))


def tick_label(x: float, y: float, words: str, width: float) -> Markup:
    """An axis label kept inside a picture of that width."""
    half = len(words) * LETTER / 2
    if x + half > width:
        return text(width, y, words, "soft", "end")
    return text(0, y, words, "soft") if x < half else text(x, y, words, "soft", "middle")


def picture(width: float, height: float, marks: Iterable[Markup], label: str) -> Markup:
    """One SVG with its text alternative."""
    return _SVG.format(width, height, width, height, plain(label), Markup("").join(marks))
