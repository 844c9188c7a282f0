"""Results as a workbook: one table per sheet, every number a number, and no text that a spreadsheet could run."""

from typing import Final

from asterism.measurement.costs import KINDS
from asterism.measurement.ledger import Group, Line
from asterism.quantities import Interval
from asterism.reports.results import Compared, Results
from asterism.reports.results_charts import COST_WORDS
from asterism.reports.results_grids import PAID, UNLED
from asterism.reports.results_lessons import lessons, line_return
from asterism.reports.results_view import LIMITS, missing
from asterism.reports.results_words import answer, doubt, named
from asterism.reports.words import Words, spoken
from asterism.reports.workbook import Sheet, Value, workbook

MONEY: Final = "#,##0.00"
COUNT: Final = "#,##0"
ORDERS: Final = "#,##0.##"
SHARE: Final = "0.0%"


def results_workbook(results: Results) -> bytes:
    """The results as the bytes of an XLSX file; the same results give the same bytes."""
    return workbook(results.title, sheets(results))


def sheets(results: Results) -> tuple[Sheet, ...]:
    """Answer, return by tier, forecasts, collaborations, costs, orders and clicks, method."""
    made = (_answer(results), _tiers(results), _forecast(results), _collaborations(results), _costs(results),
            _orders(results), _method(results))  # fmt: skip
    return tuple(sheet for sheet in made if sheet.rows)


def _answer(results: Results) -> Sheet:
    words, result = Words(), results.returned
    pairs = [
        ("Campaign", results.title), ("Brand", results.brand), ("Reported by", results.agency),
        ("Answer", answer(result, words)), ("In all", doubt(result, words)), ("Planned", results.planned),
        *(("Learned", said) for said in lessons(results, words)), *(("To mind", said) for said in result.warnings),
        *(("Code that may have leaked", f"{leak.code}: {leak.says}") for leak in results.leaks),
    ]  # fmt: skip
    return Sheet("Answer", ("item", "text"), ("", ""), tuple(pair for pair in pairs if pair[1]))


def _tiers(results: Results) -> Sheet:
    money = results.returned.currency
    heads = (
        "tier", "did it pay?", "creators", f"cost, {money}", "orders", f"revenue kept, {money}",
        "ROI tracked", "tracked low (80%)", "tracked high (80%)",
        "ROI survey-adjusted", "survey-adjusted low (80%)", "survey-adjusted high (80%)",
        "ROI causal", "causal low (80%)", "causal high (80%)",
        f"CPM, {money}", f"CPE, {money}", f"CPA, {money}",
    )  # fmt: skip
    formats = ("", "", COUNT, MONEY, ORDERS, MONEY, *[SHARE] * 9, MONEY, MONEY, MONEY)
    groups = [*results.returned.by("tier"), results.returned.total]
    return Sheet("Return by tier", heads, formats, tuple(map(_tier, groups)))


def _tier(group: Group) -> tuple[Value, ...]:
    roi, tracked = group.roi, group.tracked
    counted: tuple[Value, ...] = (roi.tracked, *_three(roi.counting)[1:])
    prices = [group.metrics.get(name) for name in ("cpm", "cpe", "cpa")]
    return (
        named(group) if group.names else "together", PAID[roi.verdict], group.lines, group.costs.total / 100,
        tracked.orders, tracked.kept / 100, *counted, *_three(roi.survey_adjusted), *_three(roi.causal), *prices,
    )  # fmt: skip


def _three(value: Interval | None) -> tuple[Value, Value, Value]:
    return (None, None, None) if value is None else (value.mean, value.low, value.high)


def _forecast(results: Results) -> Sheet:
    heads = (
        "figure", "forecast", "forecast low (80%)", "forecast high (80%)", "came", "came low (80%)", "came high (80%)",
        "in the range?", "note",
    )  # fmt: skip
    rows = tuple(_compared(one) for one in results.compared)
    return Sheet("Forecast and actual", heads, ("", *[ORDERS] * 6, "", ""), rows)


def _compared(one: Compared) -> tuple[Value, ...]:
    return (one.name, *_three(one.forecast), *_three(one.came), one.verdict or "cannot be said", one.note)


def _collaborations(results: Results) -> Sheet:
    money = results.returned.currency
    heads = (
        "creator", "platform", "tier", "phase", f"cost, {money}", "impressions", "reach", "engagements", "clicks",
        "figures from", "orders", f"revenue, {money}", f"refunds, {money}", f"kept, {money}", "ROI tracked",
    )  # fmt: skip
    formats = ("", "", "", "", MONEY, COUNT, COUNT, COUNT, COUNT, "", ORDERS, MONEY, MONEY, MONEY, SHARE)
    rows = tuple(
        (
            line.who.removeprefix("@"), line.partner.platform, line.partner.tier,
            spoken(line.partner.phase), line.costs.total / 100, line.delivered.impressions, line.delivered.reach,
            line.delivered.engagements, line.delivered.clicks, line.delivered.origin, line.tracked.orders,
            line.tracked.revenue / 100, line.tracked.refunds / 100, line.tracked.kept / 100,
            line_return(line) if line.costs.total and not line.tracked.without_margin else None,
        )
        for line in results.returned.lines
    )  # fmt: skip
    return Sheet("Collaborations", heads, formats, rows)


def _costs(results: Results) -> Sheet:
    heads = ("creator", *(COST_WORDS[kind] for kind in KINDS), f"together, {results.returned.currency}")
    rows = tuple(_spent(line) for line in results.returned.lines)
    return Sheet("Costs", heads, ("", *[MONEY] * (len(KINDS) + 1)), rows)


def _spent(line: Line) -> tuple[Value, ...]:
    who = line.who.removeprefix("@")
    return (who, *(line.costs.by_kind[kind] / 100 for kind in KINDS), line.costs.total / 100)


def _orders(results: Results) -> Sheet:
    total, money = results.returned.total.tracked, results.returned.currency
    rows: list[tuple[Value, ...]] = [("credited", total.orders, total.kept / 100)]
    rows += [(f"set aside: {one.reason}", one.orders, one.cents / 100) for one in results.aside]
    if results.returned.unattributed:
        rows.append((UNLED, results.returned.unattributed, None))
    if results.clicks is not None:
        rows.append(("clicks held to be persons'", results.clicks.counted, None))
        rows += [(f"clicks filtered: {spoken(rule)}", n, None) for rule, n in results.clicks.filtered]
    return Sheet("Orders and clicks", ("what", "how many", f"worth, {money}"), ("", ORDERS, MONEY), tuple(rows))


def _method(results: Results) -> Sheet:
    result = results.returned
    texts = [f"Rule of attribution: {result.rule}.", *LIMITS, *missing(result)]
    return Sheet("Method", ("what to know",), ("",), tuple((text,) for text in texts))
