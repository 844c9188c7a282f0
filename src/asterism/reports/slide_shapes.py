"""What slides are drawn with: texts, tables, and ranges on one axis, all of shapes that can be edited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from asterism.reports.drawing import Scale, around
from asterism.reports.grid import Grid
from asterism.reports.rows import Row
from asterism.reports.words import plain, shortened

INK: Final = "14213D"
SOFT: Final = "46506A"
RULE: Final = "D9DCE3"
NIGHT: Final = "0B1020"
PAPER: Final = "FBFBF8"
PALE: Final = "C3CADE"
TINTS: Final = {
    "nano": "56B4E9", "micro": "0072B2", "mid": "009E73", "macro": "E69F00", "mega": "D55E00", "mixed": "8E5EA2",
    "two_phase": "14213D", "other": "8A92A6",
}  # fmt: skip
WIDE: Final = 13.333
HIGH: Final = 7.5
EDGE: Final = 0.7
"""A slide's width, height and margin, in inches."""
ROW: Final = 0.42
LINE: Final = 0.34
"""Height of a range and of a table's row, in inches."""
MOST_ROWS: Final = 10
"""Rows of a table that a slide takes."""
LONGEST: Final = 48
"""Letters that a table's cell takes."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands on a slide, in inches; as wide as the slide unless said otherwise."""

    top: float
    height: float
    left: float = EDGE
    width: float = WIDE - 2 * EDGE

    @property
    def units(self) -> tuple[Any, ...]:
        """Left, top, width and height as slides count them."""
        from pptx.util import Inches

        return tuple(Inches(x) for x in (self.left, self.top, self.width, self.height))


@dataclass(frozen=True, slots=True)
class Type:
    """How words are set: size in points, colour, weight, and where they stand: left, centre or right."""

    size: int
    colour: str = INK
    bold: bool = False
    align: str = "left"


def place(shape: Any, box: Box) -> None:
    """Put a shape somewhere."""
    shape.left, shape.top, shape.width, shape.height = box.units


def text(slide: Any, lines: Sequence[str], box: Box, kind: Type) -> Any:
    """Lines of words on a slide."""
    made = slide.shapes.add_textbox(*box.units)
    write(made.text_frame, lines, kind)
    return made


def write(frame: Any, lines: Sequence[str], kind: Type) -> None:
    """Lines of words into a frame; signs that steer a screen are taken out of them."""
    from pptx.enum.text import MSO_ANCHOR

    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    for i, words in enumerate(lines):
        _paragraph(frame.paragraphs[0] if i == 0 else frame.add_paragraph(), words, kind)


def _paragraph(paragraph: Any, words: str, kind: Type) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = plain(words)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(kind.size), kind.bold, colour_of(kind.colour)
    paragraph.alignment = {"left": PP_ALIGN.LEFT, "centre": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}[kind.align]
    paragraph.space_after = Pt(kind.size * 0.4)


def ranges(slide: Any, rows: Sequence[Row], top: float, axis: Callable[[float], str]) -> float:
    """Ranges on one axis, the line of zero strong, from `top` down; where they end."""
    low, high = around(v for row in rows for v in row.extent)
    scale, bottom = Scale(low, high, EDGE + 2.2, WIDE - EDGE - 3.6), top + ROW * len(rows)
    for value in scale.ticks(5):
        x = scale.at(value)
        _line(slide, (x, top, x, bottom), INK if value == 0 else RULE, 1.5 if value == 0 else 0.75)
        text(slide, [axis(value)], Box(bottom, 0.3, x - 0.6, 1.2), Type(11, SOFT, align="centre"))
    for i, row in enumerate(rows):
        _range(slide, row, scale, top + ROW * (i + 0.5))
    return bottom + 0.4


def _range(slide: Any, row: Row, scale: Scale, y: float) -> None:
    tint = TINTS.get(row.tint, TINTS["other"])
    text(slide, [row.name], Box(y - 0.2, 0.4, EDGE, 2.1), Type(13))
    text(slide, [row.figures], Box(y - 0.2, 0.4, WIDE - EDGE - 3.4, 3.4), Type(13))
    if row.interval is not None:
        _line(slide, (scale.at(row.interval.low), y, scale.at(row.interval.high), y), tint, 5)
        _dot(slide, scale.at(row.interval.mean), y, tint)


def table(slide: Any, grid: Grid, top: float) -> None:
    """As many rows of a table as there is room for, and how many are left."""
    from pptx.util import Inches

    rows = grid.rows[: min(MOST_ROWS, max(int((HIGH - 0.6 - top) / LINE) - 1, 1))]
    box = Box(top, LINE * (len(rows) + 1))
    made = slide.shapes.add_table(len(rows) + 1, len(grid.columns), *box.units).table
    shown = [[column.label for column in grid.columns], *[[cell.text for cell in cells] for cells in rows]]
    for i, words in enumerate(shown):
        made.rows[i].height = Inches(LINE)
        for j, column in enumerate(grid.columns):
            kind = Type(11, INK if i else SOFT, bold=not i, align="right" if column.numeric else "left")
            _cell(made.cell(i, j), words[j], kind, PAPER if i else "EEF0F5")
    for j, width in enumerate(_widths(shown)):
        made.columns[j].width = Inches(width * (WIDE - 2 * EDGE))
    if len(rows) < len(grid.rows):
        text(slide, [f"{len(grid.rows) - len(rows)} more in the report"], Box(HIGH - 0.5, 0.3), Type(11, SOFT))


def _widths(shown: Sequence[Sequence[str]]) -> list[float]:
    """The part of the width that each column needs for its longest cell."""
    longest = [max(min(len(row[j]), LONGEST) for row in shown) + 3 for j in range(len(shown[0]))]
    return [each / sum(longest) for each in longest]


def _cell(cell: Any, words: str, kind: Type, ground: str) -> None:
    from pptx.util import Inches

    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour_of(ground)
    write(cell.text_frame, [shortened(words, LONGEST)], kind)


def _line(slide: Any, ends: tuple[float, float, float, float], colour: str, points: float) -> None:
    from pptx.enum.shapes import MSO_CONNECTOR
    from pptx.util import Inches, Pt

    made = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *(Inches(x) for x in ends))
    made.line.color.rgb, made.line.width = colour_of(colour), Pt(points)


def _dot(slide: Any, x: float, y: float, colour: str) -> None:
    from pptx.enum.shapes import MSO_SHAPE

    made = slide.shapes.add_shape(MSO_SHAPE.OVAL, *Box(y - 0.08, 0.16, x - 0.08, 0.16).units)
    made.fill.solid()
    made.fill.fore_color.rgb = colour_of(colour)
    made.line.color.rgb = colour_of("FFFFFF")


def colour_of(code: str) -> Any:
    """A colour as slides name it."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(code)
