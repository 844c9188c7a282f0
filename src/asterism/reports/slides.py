"""Results as slides: the answer, return by tier, forecast beside actual, creators, lessons, method; all editable."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from asterism.errors import OutsideFailure
from asterism.reports.page import Figure
from asterism.reports.results import Results, ResultsPage, Section
from asterism.reports.results_charts import (
    FORECAST_NOTE,
    FORECAST_QUESTION,
    TIER_QUESTION,
    forecast_rows,
    tier_note,
    tier_rows,
)
from asterism.reports.results_view import results_view
from asterism.reports.rows import Row
from asterism.reports.slide_shapes import (
    EDGE,
    HIGH,
    INK,
    NIGHT,
    PALE,
    PAPER,
    SOFT,
    WIDE,
    Box,
    Type,
    colour_of,
    place,
    ranges,
    table,
    text,
    write,
)
from asterism.reports.words import Words, shortened

MOST_POINTS: Final = 7
LONGEST: Final = 180
"""Points of a list, and letters of a point that a slide takes; the other files hold all."""
_TABLES: Final = (("collaborations", "Creators, the best return first"), ("phases", "By tier and phase"))
_LISTS: Final = (("lessons", "What we learned"), ("method", "How this was measured, and its limits"))
_ONLY_TITLE: Final = 5


@dataclass(frozen=True, slots=True)
class _Picture:
    """Ranges on one axis: how to read them, the rows, and how the axis is written."""

    note: str
    rows: Sequence[Row]
    axis: Callable[[float], str]


def results_slides(results: Results, words: Words | None = None) -> bytes:
    """The results as the bytes of a PPTX file of three to seven slides, as far as there is something to tell.

    Raises
    ------
    OutsideFailure
        The package that writes slides is not installed.
    """
    words = words or Words(thin=True)
    view, deck = results_view(results, words), _deck()
    _cover(deck, view)
    _drawn(deck, TIER_QUESTION, _of_tiers(results, words), view.section("tiers"))
    _drawn(deck, FORECAST_QUESTION, _of_forecasts(results, words), view.section("forecast"))
    for name, title in _TABLES:
        section = view.section(name)
        if section is not None and section.grids:
            table(_slide(deck, title), section.grids[0], 1.5)
    for name, title in _LISTS:
        _listed(deck, title, view.section(name))
    held = BytesIO()
    deck.save(held)
    return held.getvalue()


def _of_tiers(results: Results, words: Words) -> _Picture:
    result = results.returned
    rows = tier_rows(result, words)
    return _Picture(tier_note(result, words), rows, lambda roi: words.compact_money(1 + roi, result.currency))


def _of_forecasts(results: Results, words: Words) -> _Picture:
    return _Picture(FORECAST_NOTE, forecast_rows(results.compared, words), words.percent)


def _deck() -> Any:
    try:
        from pptx import Presentation
    except ImportError:
        what = "Slides need a package that is not installed here."
        raise OutsideFailure(what, 'Install it with `pip install "asterism[measure]"`.') from None
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    return deck


def _slide(deck: Any, title: str) -> Any:
    """A slide with its title in the title's own place, so that readers and outlines find it."""
    slide = deck.slides.add_slide(deck.slide_layouts[_ONLY_TITLE])
    place(slide.shapes.title, Box(0.45, 0.9))
    write(slide.shapes.title.text_frame, [title], Type(26, INK, bold=True))
    return slide


def _cover(deck: Any, view: ResultsPage) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_ONLY_TITLE])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = colour_of(NIGHT)
    place(slide.shapes.title, Box(1.3, 2.1))
    write(slide.shapes.title.text_frame, [view.sentence], Type(30, PAPER, bold=True))
    for said, top in ((view.by, 0.4), (view.about, 0.8)):
        text(slide, [said], Box(top, 0.4), Type(14, PALE))
    text(slide, [view.doubt], Box(3.5, 0.9), Type(16, PALE))
    each = (WIDE - 2 * EDGE) / max(len(view.figures), 1)
    for i, figure in enumerate(view.figures):
        _figure(slide, figure, EDGE + i * each, each - 0.15)


def _figure(slide: Any, figure: Figure, left: float, width: float) -> None:
    text(slide, [figure.label], Box(4.8, 0.6, left, width), Type(12, PALE))
    text(slide, [figure.number + figure.span], Box(5.4, 0.7, left, width), Type(16, PAPER, bold=True))
    text(slide, [figure.remark], Box(6.2, 0.7, left, width), Type(11, PALE))


def _drawn(deck: Any, title: str, picture: _Picture, section: Section | None) -> None:
    if section is None:
        return
    slide, end = _slide(deck, title), 1.5
    if picture.rows:
        text(slide, [picture.note], Box(1.2, 0.6), Type(13, SOFT))
        end = ranges(slide, picture.rows, 1.95, picture.axis)
    table(slide, section.chart.grid if section.chart else section.grids[0], end)


def _listed(deck: Any, title: str, section: Section | None) -> None:
    if section is None:
        return
    said = [*section.says, *section.points]
    if len(said) > MOST_POINTS:
        said = [*said[: MOST_POINTS - 1], f"And {len(said) - MOST_POINTS + 1} more in the report."]
    text(_slide(deck, title), [f"• {shortened(each, LONGEST)}" for each in said], Box(1.5, 5.4, width=11.4), Type(17))
