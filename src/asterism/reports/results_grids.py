"""The tables of results: return per group, forecast beside actual, costs, collaborations, orders set aside."""

from collections.abc import Sequence

from asterism.measurement.delivered import Delivered
from asterism.measurement.ledger import OWN, Group, Line
from asterism.quantities import Interval
from asterism.reports.grid import Cell, Column, Grid, texts, tint
from asterism.reports.results import Clicks, Compared, Ledger, Results
from asterism.reports.results_charts import COST_WORDS
from asterism.reports.results_lessons import line_return
from asterism.reports.results_words import (
    VIEWS,
    by_return,
    loss,
    mean_of,
    returned,
    several_phases,
    shared_view,
    tiers_of,
    view,
)
from asterism.reports.words import NOTHING, Words, spoken

PAID = {"gains": "yes", "loses": "no, it lost money", "cannot tell yet": "cannot tell yet"}
"""Verdicts on return as people read them."""
UNLED = "without a code or click that leads to anybody, in the whole workspace"
"""Orders that nobody is credited with, of any campaign."""
LEAKED = "code may have leaked"
ORIGIN_WORDS = {"measured": "", "creator": "told by the creator", "modelled": "estimated"}
"""Where delivered figures come from, as a note under them."""


def views_grid(result: Ledger, words: Words) -> Grid:
    """Return per tier and in all, in three views side by side."""
    unit = words.compact_money(1, result.currency)
    columns = (
        Column("tier"), Column("did it pay?"), Column("cost", True), Column("tracked", True),
        Column("survey-adjusted", True), Column("causal", True),
    )  # fmt: skip
    groups = result.by("tier")
    rows = [_views(group, result.currency, words) for group in by_return(groups, shared_view(tiers_of(result)))]
    rows.append(_views(result.total, result.currency, words))
    caption = f"Returned for each {unit} spent, in three views that are never added ({result.rule})"
    return Grid(caption, columns, tuple(rows))


def _views(group: Group, currency: str, words: Words) -> tuple[Cell, ...]:
    roi = group.roi
    shown = [Cell(view(roi, name, currency, words), _note(group, name, words)) for name, _ in VIEWS]
    cost = words.money(group.costs.total / 100, currency)
    return (_name(group, tinted=True), Cell(PAID[roi.verdict]), Cell(cost), *shown)


def _note(group: Group, name: str, words: Words) -> tuple[str, ...]:
    """The ROI itself under a figure."""
    found = mean_of(group.roi, name)
    return () if found is None else (loss(found, words),)


def _name(group: Group, tinted: bool) -> Cell:
    if not group.names:
        return Cell("Together", strong=True)
    if group.names[0] == OWN:
        return Cell(OWN)
    return Cell(" · ".join(map(spoken, group.names)), tint=tint(group.names[0]) if tinted else "")


def parts_grid(heading: tuple[str, str], groups: Sequence[Group], currency: str, words: Words) -> Grid:
    """Groups along any dimension: cost, what came and the usual unit prices; `heading` is caption and first column."""
    columns = (
        Column(heading[1]), Column("creators", True), Column("cost", True), Column("impressions", True),
        Column("orders", True), Column("revenue", True), Column("CPM", True), Column("CPE", True), Column("CPA", True),
        Column("ROI", True),
    )  # fmt: skip
    return Grid(
        heading[0],
        columns,
        tuple(_part(group, currency, words, tinted=heading[1].startswith("tier")) for group in groups),
    )


def _part(group: Group, currency: str, words: Words, tinted: bool) -> tuple[Cell, ...]:
    came, tracked = group.delivered, group.tracked
    return (
        _name(group, tinted),
        *texts(
            words.whole(group.lines), words.money(group.costs.total / 100, currency), count(came.impressions, words),
            words.number(tracked.orders), words.money(tracked.kept / 100, currency),
            *(_price(group.metrics[name], currency, words) for name in ("cpm", "cpe", "cpa")),
            NOTHING if group.roi.tracked is None else loss(group.roi.tracked, words).removeprefix("ROI "),
        ),
    )  # fmt: skip


def count(value: float | None, words: Words) -> str:
    """A count; a dash where nobody says."""
    return NOTHING if value is None else words.number(value)


def _price(value: float | None, currency: str, words: Words) -> str:
    return NOTHING if value is None else words.money(value, currency)


def forecast_grid(compared: Sequence[Compared], currency: str, words: Words) -> Grid:
    """Each figure as forecast, as it came, and where it stands to the range."""
    columns = (
        Column("figure"), Column("forecast (80% range)", True), Column("came", True),
        Column("against the forecast", True), Column("in the range?"),
    )  # fmt: skip
    rows = tuple(_compared(one, currency, words) for one in compared)
    return Grid("Forecast before the start, beside what came", columns, rows)


def _compared(one: Compared, currency: str, words: Words) -> tuple[Cell, ...]:
    told = {"inside": "inside", "above": "above", "below": "below", "": "cannot be said"}[one.verdict]
    shown = (_amount(one.forecast, one.kind, currency, words), _amount(one.came, one.kind, currency, words))
    return (Cell(one.name, (one.note,) if one.note else ()), *texts(*shown, _error(one, words), told))


def _amount(value: Interval | None, kind: str, currency: str, words: Words) -> str:
    if value is None:
        return NOTHING
    if kind == "money":
        return words.money_interval(value, currency)
    return words.number(value.mean) if value.low == value.high else words.interval(value)


def _error(one: Compared, words: Words) -> str:
    if one.error is None:
        return NOTHING
    return f"{'+' if one.error > 0 else ''}{words.percent(one.error)}"


def cost_grid(total: Group, currency: str, words: Words) -> Grid:
    """The full cost by kind, to the cent."""
    rows = [
        (
            Cell(COST_WORDS[kind]),
            Cell(words.exact_money(cents / 100, currency)),
            Cell(words.percent(cents / total.costs.total)),
        )
        for kind, cents in total.costs.by_kind.items()
        if cents
    ]
    rows.append((Cell("together", strong=True), Cell(words.exact_money(total.costs.total / 100, currency)), Cell("")))
    return Grid("The full cost", (Column("kind"), Column("cost", True), Column("part", True)), tuple(rows))


def collaborations_grid(result: Ledger, words: Words) -> Grid:
    """Every collaboration, the best return first, and what is the campaign's own."""
    columns = (
        Column("creator"), Column("tier"), Column("cost", True), Column("reach", True), Column("engagements", True),
        Column("clicks", True), Column("orders", True), Column("revenue", True),
        Column(f"back per {words.compact_money(1, result.currency)}", True),
    )  # fmt: skip
    several = several_phases(result)
    ranked = sorted(result.lines, key=lambda line: (not line.partner.key, -line_return(line), line.handle))
    rows = tuple(_collaboration(line, result.currency, words, several) for line in ranked)
    return Grid(f"Collaborations, the best tracked return first ({result.rule})", columns, rows)


def _collaboration(line: Line, currency: str, words: Words, several: bool) -> tuple[Cell, ...]:
    own, came = not line.partner.key, line.delivered
    phase = spoken(line.partner.phase) if several else ""
    about = " · ".join(filter(None, (line.partner.platform, phase, LEAKED if line.leaked else "")))
    note = ORIGIN_WORDS[came.origin] if _any(came) else ""
    back = NOTHING if not line.costs.total else returned(line_return(line), currency, words)
    return (
        Cell(line.who, (about,) if about else (), strong=True),
        Cell(NOTHING if own else line.partner.tier or "unknown", tint="" if own else tint(line.partner.tier)),
        Cell(words.money(line.costs.total / 100, currency), ("planned fee",) if line.planned else ()),
        Cell(count(came.reach, words), (note,) if note else ()),
        *texts(
            count(came.engagements, words), count(came.clicks, words), words.number(line.tracked.orders),
            words.money(line.tracked.kept / 100, currency), back,
        ),
    )  # fmt: skip


def _any(came: Delivered) -> bool:
    return any(value is not None for value in (came.reach, came.impressions, came.views, came.engagements))


def aside_grid(results: Results, words: Words) -> Grid:
    """Orders that count for nobody, by reason."""
    columns = (Column("why"), Column("orders", True), Column("worth after refunds", True))
    rows = tuple(
        texts(one.reason, words.whole(one.orders), words.money(one.cents / 100, results.returned.currency))
        for one in results.aside
    )
    if results.returned.unattributed:
        rows = (*rows, texts(UNLED, words.whole(results.returned.unattributed), NOTHING))
    return Grid("Orders that count for nobody", columns, rows)


def clicks_grid(clicks: Clicks, words: Words) -> Grid:
    """Openings of links: held to be persons', and filtered by rule."""
    rows = [texts("counted as persons", words.whole(clicks.counted))]
    rows += [texts(f"filtered: {spoken(rule)}", words.whole(n)) for rule, n in clicks.filtered]
    return Grid("Openings of links", (Column("what"), Column("clicks", True)), tuple(rows))


def leaks_grid(results: Results) -> Grid:
    """Signs that codes were passed around, with their evidence."""
    rows = tuple(texts(leak.code, spoken(leak.kind), leak.says) for leak in results.leaks)
    return Grid("Codes that may have leaked", (Column("code"), Column("sign"), Column("evidence")), rows)


def changes_grid(results: Results) -> Grid:
    """What differs since the books were closed."""
    changes = results.closed.changes if results.closed else ()
    rows = tuple(texts(one.name, one.before, one.now) for one in changes)
    return Grid("Since the books were closed", (Column("figure"), Column("then", True), Column("now", True)), rows)
