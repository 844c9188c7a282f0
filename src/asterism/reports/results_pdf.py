"""Results as a PDF: the page's content in the page's order, on A4, under the name of who reports."""

from dataclasses import asdict
from datetime import date
from typing import Any

from asterism.reports.pdf import chart_told, known_fonts, plainly, sheet_style, typeset
from asterism.reports.results import Results, Section
from asterism.reports.results_view import results_view
from asterism.reports.words import Words


def results_pdf(results: Results, made: date, words: Words | None = None) -> bytes:
    """The results as the bytes of a PDF that bears the date `made`; the same results and date give the same bytes."""
    view = results_view(results, words or Words(thin=True))
    style = sheet_style(known_fonts()[0])
    about = {name: getattr(view, name) for name in ("title", "by", "about", "sentence", "doubt", "foot")}
    told = plainly(about | {"figures": [asdict(figure) for figure in view.figures]})
    return typeset("results.typ", told | {"sections": [_section(one, style) for one in view.sections]}, made)


def _section(one: Section, style: str) -> dict[str, Any]:
    words = {"name": one.name, "title": one.title, "says": one.says, "points": one.points}
    grids = [asdict(grid) for grid in one.grids]
    return {**plainly({**words, "grids": grids}), "chart": one.chart and chart_told(one.chart, style)}
