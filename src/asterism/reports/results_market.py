"""Across campaigns: what each tier returned on each platform, how forecasts fared, campaign after campaign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any, Final

import numpy as np
import pyarrow as pa

from asterism.measurement.ledger import OWN, Group, Line, Return
from asterism.measurement.metrics import metrics_of
from asterism.quantities import LEVEL
from asterism.reports.charts import MOST_ROWS, WIDTHS, Chart
from asterism.reports.grid import Cell, Column, Grid, texts, tint
from asterism.reports.results import Compared, Section
from asterism.reports.results_document import compared_document, compared_read, group_read
from asterism.reports.results_words import returned_span
from asterism.reports.rows import Row, row_chart
from asterism.reports.sheets import table_csv
from asterism.reports.words import NOTHING, Words, spoken

PRICES: Final = (("cpm", "CPM"), ("cpe", "CPE"), ("cpa", "CPA"))
FEWEST: Final = 5
"""Collaborations below which no range of theirs is given."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A campaign as the market view sees it: its totals, when it began, and its forecasts beside what came."""

    name: str
    start: date | None
    group: Group
    compared: tuple[Compared, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A tier on a platform: everything together, in how many campaigns, and how prices lie among collaborations.

    `spans` holds the middle 80% of collaborations' prices by name, where there are enough of them.
    """

    group: Group
    campaigns: int
    spans: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Market:
    """What the campaigns of a workspace came to, in one currency, by one rule of attribution."""

    currency: str
    rule: str
    places: tuple[Place, ...]
    ran: tuple[Ran, ...]
    warnings: tuple[str, ...] = ()


def places_of(returned: Return) -> tuple[Place, ...]:
    """Every tier on every platform, the one with the most spent first."""
    groups = [group for group in returned.by("tier", "platform") if group.names[0] != OWN and group.costs.total]
    lines = returned.members("tier", "platform")
    return tuple(
        Place(group, len({line.partner.campaign for line in lines[group.names]}), _spans(lines[group.names]))
        for group in sorted(groups, key=lambda group: (-group.costs.total, group.names))
    )


def _spans(lines: Sequence[Line]) -> dict[str, tuple[float, float]]:
    """The middle 80% of collaborations by what a thousand impressions, an engagement and an order cost."""
    prices: dict[str, list[float]] = {name: [] for name, _ in PRICES}
    for line in lines:
        found = metrics_of([(line.costs.total, line.delivered, True)], line.tracked)
        for name, known in prices.items():
            if (value := found[name]) is not None and line.costs.total:
                known.append(value)
    return {name: _middle(known) for name, known in prices.items() if len(known) >= FEWEST}


def _middle(values: Sequence[float]) -> tuple[float, float]:
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def market_sections(market: Market, words: Words) -> tuple[Section, ...]:
    """The parts of the market view that have anything to show."""
    parts = (_where(market, words), _trend(market, words), _forecasts(market, words), _limits(market))
    return tuple(part for part in parts if part is not None)


def market_sentence(market: Market, words: Words) -> str:
    """Where money came back best so far, in one sentence."""
    ran = words.counted(len(market.ran), "campaign", "campaigns")
    told = [place for place in _ranked(market) if place.group.roi.verdict != "cannot tell yet"]
    if not told:
        return f"Over {ran} it cannot be told yet which tier returns most on which platform."
    best, back = told[0].group, told[0].group.roi.counting
    unit = words.compact_money(1, market.currency)
    said = f"{best.names[0].capitalize()} on {best.names[1]} returned most over {ran}"
    return (
        f"{said}: {returned_span(back, market.currency, words)} for each {unit} spent, by tracked orders."
        if back
        else f"{said}."
    )


def _ranked(market: Market) -> list[Place]:
    known = [place for place in market.places if place.group.roi.counting is not None]
    return sorted(known, key=lambda place: -(place.group.roi.counting.mean if place.group.roi.counting else 0.0))


def _where(market: Market, words: Words) -> Section | None:
    if not market.places:
        return None
    grid = places_grid(market, words)
    question = "Which tier earns its cost back on which platform?"
    unit = words.compact_money(1, market.currency)
    rows = [_place_row(place, market.currency, words) for place in _ranked(market)[:MOST_ROWS]]
    if not rows:
        return Section("places", "By tier and platform", grids=(grid,))
    note = f"What came back for each {unit} spent, by tracked orders; the strong line is {unit}."
    return Section("places", "By tier and platform", chart=_chart(question, note, rows, grid, market, words), open=True)


def _place_row(place: Place, currency: str, words: Words) -> Row:
    back, (tier, platform) = place.group.roi.counting, place.group.names
    figures = returned_span(back, currency, words) if back else NOTHING
    return Row(f"{spoken(tier)}, {platform}", figures, tint(tier), interval=back)


def _chart(question: str, note: str, rows: Sequence[Row], grid: Grid, market: Market, words: Words) -> Chart:
    label = f"{question} " + "; ".join(f"{row.name}: {row.figures}" for row in rows) + "."
    pictures = tuple(
        row_chart(rows, width, label, lambda roi: words.compact_money(1 + roi, market.currency)) for width in WIDTHS
    )
    return Chart(question, note, pictures, grid)


def places_grid(market: Market, words: Words) -> Grid:
    """Prices and return of every tier on every platform, with how much each figure rests on."""
    columns = (
        Column("tier"), Column("platform"), Column("collaborations", True), Column("cost", True),
        Column("orders", True), *(Column(label, True) for _, label in PRICES), Column("returned, tracked", True),
    )  # fmt: skip
    rows = tuple(_place(place, market.currency, words) for place in market.places)
    return Grid("Every tier on every platform; ranges of prices are the middle 80% of collaborations", columns, rows)


def _place(place: Place, currency: str, words: Words) -> tuple[Cell, ...]:
    group, (tier, platform) = place.group, place.group.names
    back = NOTHING if group.roi.counting is None else returned_span(group.roi.counting, currency, words)
    n = words.counted(place.campaigns, "campaign", "campaigns")
    return (
        Cell(spoken(tier), tint=tint(tier)), Cell(platform), Cell(words.whole(group.lines), (n,)),
        Cell(words.money(group.costs.total / 100, currency)), Cell(words.number(group.tracked.orders)),
        *(_price(place, name, currency, words) for name, _ in PRICES), Cell(back),
    )  # fmt: skip


def _price(place: Place, name: str, currency: str, words: Words) -> Cell:
    value, span = place.group.metrics[name], place.spans.get(name)
    if value is None:
        return Cell(NOTHING)
    notes = (f"{words.money(span[0], currency)}–{words.money(span[1], currency)}",) if span else ()
    return Cell(words.money(value, currency), notes)


def _trend(market: Market, words: Words) -> Section | None:
    if not market.ran:
        return None
    newest = sorted(market.ran, key=lambda one: (one.start or date.min, one.name), reverse=True)
    grid = Grid(
        "Campaigns, the newest first",
        (Column("campaign"), Column("began"), Column("cost", True), Column("orders", True), Column("CPA", True),
         Column("returned, tracked", True)),
        tuple(_campaign(one, market.currency, words) for one in newest),
    )  # fmt: skip
    rows = [
        Row(one.name, returned_span(one.group.roi.counting, market.currency, words), "mixed",
            interval=one.group.roi.counting)
        for one in newest[:MOST_ROWS]
        if one.group.roi.counting is not None
    ]  # fmt: skip
    if len(rows) < 2:
        return Section("trend", "Campaign by campaign", grids=(grid,))
    note = "The newest first; what came back for each unit spent, by tracked orders."
    question = "Does it get better from campaign to campaign?"
    return Section("trend", "Campaign by campaign", chart=_chart(question, note, rows, grid, market, words), open=True)


def _campaign(one: Ran, currency: str, words: Words) -> tuple[Cell, ...]:
    group, back = one.group, one.group.roi.counting
    cpa = group.metrics["cpa"]
    return texts(
        one.name, words.day(one.start), words.money(group.costs.total / 100, currency),
        words.number(group.tracked.orders), NOTHING if cpa is None else words.money(cpa, currency),
        NOTHING if back is None else returned_span(back, currency, words),
    )  # fmt: skip


def _forecasts(market: Market, words: Words) -> Section | None:
    by: dict[str, list[Compared]] = {}
    for one in market.ran:
        for each in one.compared:
            if each.verdict:
                by.setdefault(each.name, []).append(each)
    if not by:
        return None
    columns = (Column("figure"), Column("campaigns", True), Column("inside their range", True),
               Column("came against forecast, median", True))  # fmt: skip
    rows = tuple(_accuracy(name, found, words) for name, found in by.items())
    says = ("Ranges should hold what came in 80% of campaigns; of few campaigns the part says little.",)
    grid = Grid("Forecasts made before the start, and what came", columns, rows)
    return Section("forecasts", "How our forecasts fared", says, grids=(grid,))


def _accuracy(name: str, found: Sequence[Compared], words: Words) -> tuple[Cell, ...]:
    inside = sum(one.verdict == "inside" for one in found)
    off = [one.error for one in found if one.error is not None]
    middle = median(off) if off else None
    said = NOTHING if middle is None else f"{'+' if middle > 0 else ''}{words.percent(middle)}"
    return texts(name, words.whole(len(found)), f"{words.whole(inside)} ({words.percent(inside / len(found))})", said)


def _limits(market: Market) -> Section:
    says = (f"Orders are credited by the rule {market.rule}. Tracked orders miss buyers without code or click.",)
    return Section("method", "What to mind", says, points=market.warnings)


def market_document(market: Market) -> dict[str, Any]:
    """The market view as plain values."""
    return {
        "currency": market.currency,
        "rule": market.rule,
        "places": [
            {
                **place.group.to_dict(),
                "campaigns": place.campaigns,
                "spans": {k: list(v) for k, v in place.spans.items()},
            }
            for place in market.places
        ],
        "campaigns": [
            {
                "name": one.name,
                "start": one.start and one.start.isoformat(),
                **one.group.to_dict(),
                "forecasts": [compared_document(each) for each in one.compared],
            }
            for one in market.ran
        ],
        "warnings": list(market.warnings),
    }


def market_read(document: Mapping[str, Any]) -> Market:
    """The market view whose `market_document` is `document`."""
    places = tuple(
        Place(group_read(one), int(one["campaigns"]), {k: (low, high) for k, (low, high) in one["spans"].items()})
        for one in document["places"]
    )
    ran = tuple(
        Ran(
            one["name"],
            date.fromisoformat(one["start"]) if one["start"] else None,
            group_read(one),
            tuple(map(compared_read, one["forecasts"])),
        )
        for one in document["campaigns"]
    )
    return Market(document["currency"], document["rule"], places, ran, tuple(document["warnings"]))


def market_csv(market: Market) -> bytes:
    """A row per tier and platform; money in whole units."""
    rows = [_csv_row(place, market) for place in market.places]
    names = list(rows[0]) if rows else ["tier"]
    return table_csv(pa.table({name: pa.array([row[name] for row in rows]) for name in names}))


def _csv_row(place: Place, market: Market) -> dict[str, Any]:
    group, back = place.group, place.group.roi.counting
    return {
        "tier": group.names[0], "platform": group.names[1], "collaborations": group.lines, "campaigns": place.campaigns,
        "cost": group.costs.total / 100, "orders": group.tracked.orders, "revenue": group.tracked.kept / 100,
        **{name: group.metrics[name] for name, _ in PRICES},
        "roi": group.roi.tracked, "roi_low": back and back.low, "roi_high": back and back.high,
        "verdict": group.roi.verdict, "currency": market.currency, "rule": market.rule,
    }  # fmt: skip
