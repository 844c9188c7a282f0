"""What every answer in a terminal is made of: bold lines, tables, lists."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from asterism.reports.grid import Cell, Grid
from asterism.reports.words import plain

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

COLOURS: Final = {
    "nano": "#56b4e9", "micro": "#0072b2", "mid": "#009e73", "macro": "#e69f00", "mega": "#d55e00", "mixed": "#8e5ea2",
}  # fmt: skip


def section(grid: Grid) -> list["RenderableType"]:
    """A table under its caption; nothing where it has no rows."""
    return [text(""), bold(grid.caption), _rows(grid)] if grid.rows else []


def listed(title: str, sentences: Iterable[str]) -> list["RenderableType"]:
    """Sentences under a title, each with a dash; nothing where there are none."""
    from rich.table import Table

    lines = Table.grid(padding=(0, 1))
    for sentence in sentences:
        lines.add_row("-", text(sentence))
    return [text(""), bold(title), lines] if lines.row_count else []


def _rows(grid: Grid) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False, header_style="")
    for column in grid.columns:
        table.add_column(column.label, justify="right" if column.numeric else "left", overflow="fold")
    for row in grid.rows:
        table.add_row(*map(_cell, row))
    return table


def _cell(cell: Cell) -> "Text":
    style = " ".join(filter(None, ("bold" if cell.strong else "", COLOURS.get(cell.tint, ""))))
    return text(cell.text, style)


def bold(words: str) -> "Text":
    """A line in bold."""
    return text(words, "bold")


def text(words: str, style: str = "") -> "Text":
    """A line as it stands, without control characters."""
    from rich.text import Text

    return Text(plain(words), style)
