"""The pictures of results, each one question: what came back per tier, forecast beside actual, where money went."""

from collections.abc import Callable, Sequence
from typing import Final

from markupsafe import Markup

from asterism.measurement.ledger import Group
from asterism.quantities import Interval
from asterism.reports.charts import WIDTHS, Chart
from asterism.reports.grid import Grid, tint
from asterism.reports.results import Compared, Ledger
from asterism.reports.results_words import BY, by_return, named, returned_span, shared_view, tiers_of
from asterism.reports.rows import Row, row_chart
from asterism.reports.words import Words, spoken

TIER_QUESTION: Final = "Which tier earned its cost back?"
FORECAST_QUESTION: Final = "Did it come as forecast?"
FORECAST_NOTE: Final = "100% is the forecast. The bar is the range forecast before the start, the dot what came."
COST_WORDS: Final = {
    "fee": "fees", "product": "products", "shipping": "shipping", "usage_rights": "usage rights",
    "boost": "paid boost", "hours": "own hours", "platform_fee": "platform fees", "other": "other",
}  # fmt: skip
"""Kinds of cost as people read them."""


def tier_rows(result: Ledger, words: Words) -> list[Row]:
    """A row per tier with the kind of figure that all tiers have, the best first; a value of 0 is break-even."""
    tiers = tiers_of(result)
    kind = shared_view(tiers)
    known = [(group, found) for group in by_return(tiers, kind) if (found := getattr(group.roi, kind)) is not None]
    return [
        Row(named(group), returned_span(found, result.currency, words), tint(group.name), interval=found)
        for group, found in known
    ]


def tier_chart(result: Ledger, grid: Grid, words: Words) -> Chart | None:
    """What each tier brought back, its range drawn, with the line where cost is earned back."""
    rows = tier_rows(result, words)
    if not rows:
        return None
    pictures = _drawn(TIER_QUESTION, rows, lambda roi: words.compact_money(1 + roi, result.currency))
    return Chart(TIER_QUESTION, tier_note(result, words), pictures, grid)


def tier_note(result: Ledger, words: Words) -> str:
    """How to read the picture of tiers."""
    unit = words.compact_money(1, result.currency)
    return (
        f"What came back for each {unit} spent, {BY[shared_view(tiers_of(result))]}. The strong line is {unit}: left "
        "of it money was lost. The bar holds the truth in 80% of cases, the dot is the mean."
    )


def forecast_rows(compared: Sequence[Compared], words: Words) -> list[Row]:
    """A row per figure that was forecast and came: the range forecast, and what came, as parts of the forecast."""
    return [
        _forecast_row(one, one.forecast, one.came.mean, words)
        for one in compared
        if one.forecast and one.came and one.error is not None
    ]


def forecast_chart(compared: Sequence[Compared], grid: Grid, words: Words) -> Chart | None:
    """What came as a part of what was forecast; the bar is the range that was forecast."""
    rows = forecast_rows(compared, words)
    if not rows:
        return None
    return Chart(FORECAST_QUESTION, FORECAST_NOTE, _drawn(FORECAST_QUESTION, rows, words.percent), grid)


def cost_chart(total: Group, currency: str, grid: Grid, words: Words) -> Chart | None:
    """The full cost by kind."""
    spent = {kind: cents for kind, cents in total.costs.by_kind.items() if cents}
    if not spent:
        return None
    question = "Where did the money go?"
    rows = [
        Row(COST_WORDS[kind], words.money(cents / 100, currency), "micro", span=(0.0, cents / 100))
        for kind, cents in sorted(spent.items(), key=lambda item: -item[1])
    ]
    note = "The full cost: not fees alone."
    return Chart(question, note, _drawn(question, rows, lambda x: words.compact_money(x, currency)), grid)


def _forecast_row(one: Compared, forecast: Interval, came: float, words: Words) -> Row:
    whole = forecast.mean
    share = Interval(came / whole, forecast.low / whole, forecast.high / whole)
    figures = f"{words.percent(share.mean)}, {one.verdict} the range"
    return Row(spoken(one.name), figures, "mixed" if one.verdict == "inside" else "macro", interval=share)


def _drawn(question: str, rows: Sequence[Row], axis: Callable[[float], str]) -> tuple[Markup, ...]:
    label = f"{question} " + "; ".join(f"{row.name}: {row.figures}" for row in rows) + "."
    return tuple(row_chart(rows, width, label, axis) for width in WIDTHS)
