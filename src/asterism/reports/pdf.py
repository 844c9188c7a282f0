"""A plan as a PDF: the page's content in the page's order, on A4, tagged and selectable."""

import json
import re
from dataclasses import asdict, fields
from datetime import date
from html import unescape
from importlib.resources import files
from typing import Any, Final

from asterism.planning.plan import Plan
from asterism.reports.charts import Chart
from asterism.reports.page import PlanPage, plan_view
from asterism.reports.paper import picture_style
from asterism.reports.words import Words, plain

FONTS: Final = ("Helvetica Neue", "Arial", "Liberation Sans", "Noto Sans", "DejaVu Sans", "Libertinus Serif")
"""Fonts in order of preference; the last one travels with the typesetter."""
SHEET: Final = 1
"""Which of a chart's pictures is as wide as a sheet of paper."""
CROWD: Final = 24
"""Picks for whose square of shared audiences a sheet takes the widest picture, made smaller."""
_ALT: Final = re.compile(r'aria-label="([^"]*)"')


def plan_pdf(plan: Plan, made: date, words: Words | None = None) -> bytes:
    """The plan as the bytes of a PDF that bears the date `made`; the same plan, date and fonts give the same bytes."""
    fonts = known_fonts()
    return typeset("plan.typ", plan_told(plan, words or Words(thin=True), fonts[0]), made)


def known_fonts() -> list[str]:
    """The fonts of `FONTS` that there are, in order of preference."""
    import typst

    known = set(typst.Fonts().families())
    return [font for font in FONTS if font in known]


def typeset(template: str, told: dict[str, Any], made: date) -> bytes:
    """What is told as the bytes of a PDF that bears the date `made`.

    All text goes to the typesetter as values, never as markup, so no name can be taken for an instruction.
    """
    import typst

    told = told | {"made": [made.year, made.month, made.day], "day": made.isoformat(), "fonts": known_fonts()}
    folder = files("asterism.reports") / "templates"
    source = (folder / "sheet.typ").read_bytes() + (folder / template).read_bytes()
    return bytes(typst.compile(source, format="pdf", sys_inputs={"told": json.dumps(told)}))


def plan_told(plan: Plan, words: Words, font: str) -> dict[str, Any]:
    """The page's content as plain values: each chart with the one picture that suits a sheet of paper."""
    view, style = plan_view(plan, words), sheet_style(font)
    return {field.name: _told(field.name, view, style) for field in fields(PlanPage)}


def sheet_style(font: str) -> str:
    """The style of pictures on paper."""
    return picture_style((files("asterism.reports") / "style" / "report.css").read_text("utf-8"), font)


def chart_told(chart: Chart, style: str, *, wide: bool = False) -> dict[str, Any]:
    """A chart as plain values: its picture, styled, with its words and its table."""
    picture = str(chart.pictures[-1 if wide else SHEET])  # a Markup would escape what is put into it
    shown = picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    shown = shown.replace(">", f"><style>{style}</style>", 1)
    alt = unescape(_ALT.search(picture)[1])  # type: ignore[index]
    words = {"question": chart.question, "note": chart.note, "grid": asdict(chart.grid), "alt": alt}
    return {**plainly(words), "picture": shown, "wide": wide}


def _told(name: str, view: PlanPage, style: str) -> Any:
    value = getattr(view, name)
    if isinstance(value, Chart):
        return chart_told(value, style, wide=name == "overlap" and len(view.picks.rows) > CROWD)
    if isinstance(value, tuple):
        return plainly([asdict(each) if hasattr(each, "__dataclass_fields__") else each for each in value])
    return plainly(asdict(value) if hasattr(value, "__dataclass_fields__") else value)


def plainly(value: Any) -> Any:
    """The value with every text in it on one line, without characters that steer a screen."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: plainly(each) for key, each in value.items()}
    return [plainly(each) for each in value] if isinstance(value, list | tuple) else value
