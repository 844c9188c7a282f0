"""A chart of pairs: a square of cells, darker where two creators share more of the smaller audience."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from asterism.reports.drawing import LETTER, letters, picture, squares, text
from asterism.reports.sky import seriation
from asterism.reports.words import shortened

NARROWEST: Final = 19.0
"""A cell in which two digits can be read."""
WIDEST: Final = 44.0
TOP: Final = 24.0
"""Room for the numbers above the columns."""
STEPS: Final = (0.005, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5)
"""Shares at which a cell takes the next darker colour; the first is the least that is written."""
TURN: Final = 6
"""From this step on, figures are written light on dark (dark on light at night)."""


@dataclass(frozen=True, slots=True)
class Square:
    """Names of rows and columns, and the share of each two of them, (n, n)."""

    names: tuple[str, ...]
    share: tuple[tuple[float, ...], ...]


def step_of(share: float) -> int:
    """Which of the colours a share takes, 0 for next to nothing.

    >>> [step_of(x) for x in (0.0, 0.005, 0.12, 1.0)]
    [0, 1, 4, 7]
    """
    return sum(share >= least for least in STEPS)


def heat_chart(square: Square, width: float, label: str) -> Markup:
    """The square at a width as SVG, ordered so that blocks show; `label` is the text alternative.

    Where there is no room for all at a size one can read, those who share most are shown, and the picture says so.
    """
    longest = max(len(_named(i, name)) for i, name in enumerate(square.names))
    beside = min(longest * LETTER + 8, (0.34 if width < 560 else 0.22) * width)
    order = _shown(square, int((width - beside) / NARROWEST))
    cell = min((width - beside) / max(len(order), 1), WIDEST)
    marks = [*_heads(order, beside, cell), *_names(square, order, beside, cell), *_cells(square, order, beside, cell)]
    depth = TOP + len(order) * cell
    left_out = len(square.names) - len(order)
    if left_out:
        marks.append(text(0, depth + 22, f"The {len(order)} of {len(square.names)} who share most.", "soft"))
    return picture(width, depth + (32 if left_out else 4), marks, label)


def _named(i: int, name: str) -> str:
    return f"{i + 1} {name}"


def _shown(square: Square, most: int) -> list[int]:
    """The order of rows and columns; of more than `most` those with the largest sums."""
    n = len(square.names)
    total = [sum(row) - row[i] for i, row in enumerate(square.share)]
    kept = sorted(sorted(range(n), key=lambda i: (-total[i], i))[:most])
    inside = [[square.share[a][b] for b in kept] for a in kept]
    return [kept[i] for i in seriation(inside)]


def _heads(order: Sequence[int], beside: float, cell: float) -> list[Markup]:
    return [text(beside + (at + 0.5) * cell, 16, f"{i + 1}", "soft", "middle") for at, i in enumerate(order)]


def _names(square: Square, order: Sequence[int], beside: float, cell: float) -> list[Markup]:
    named = [shortened(_named(i, square.names[i]), letters(beside - 8)) for i in order]
    return [text(0, TOP + (row + 0.5) * cell + 5, name) for row, name in enumerate(named)]


def _cells(square: Square, order: Sequence[int], beside: float, cell: float) -> list[Markup]:
    """The cells colour by colour, and the figures of those that have one."""
    corners: dict[str, list[tuple[float, float]]] = {}
    written = []
    for row, i in enumerate(order):
        for column, j in enumerate(order):
            x, y, step = beside + column * cell, TOP + row * cell, step_of(square.share[i][j])
            corners.setdefault("self" if i == j else f"heat-{step}", []).append((x, y))
            figure = f"{100 * square.share[i][j]:.0f}" if step and i != j else ""
            if figure and len(figure) * LETTER <= cell:
                kind = "turned" if step >= TURN else "on"
                written.append(text(x + (cell - 1) / 2, y + (cell - 1) / 2 + 5, figure, kind, "middle"))
    return [*(squares(where, cell - 1, f"cell {kind}") for kind, where in sorted(corners.items())), *written]
