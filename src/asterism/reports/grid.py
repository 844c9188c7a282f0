"""A table as people read it: columns, cells, a caption; the one shape every face of a report lays out."""

from dataclasses import dataclass
from typing import Final

TINTS: Final = ("nano", "micro", "mid", "macro", "mega", "mixed", "two_phase")
"""The names that have a colour of their own."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; numeric columns stand to the right."""

    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, smaller lines under it, and the tier whose colour stands before it."""

    text: str
    notes: tuple[str, ...] = ()
    tint: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells under columns; every row is as long as the columns."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tint(name: str) -> str:
    """The colour of a tier or alternative; tiers of a scheme of the user's own share one.

    >>> tint("micro"), tint("celebrity")
    ('micro', 'other')
    """
    return name if name in TINTS else "other"


def texts(*row: str) -> tuple[Cell, ...]:
    """A row of plain cells."""
    return tuple(Cell(text) for text in row)
