"""A plan as a workbook: typed numbers, one table per sheet, and no text that a spreadsheet could run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from asterism.planning.plan import Alternative, Phase, Pick, Plan
from asterism.quantities import Interval
from asterism.reports.charts import times
from asterism.reports.schedule import hand_over_sentence, span
from asterism.reports.spreadsheet_safety import inert
from asterism.reports.words import RESULTS, RUNGS, Words, certificate, default_sentence, flip_sentence

if TYPE_CHECKING:
    from xlsxwriter import Workbook

WIDEST: Final = 60
MADE: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The date every workbook bears: the same plan is the same bytes."""

Value = str | float | int | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, headings, the number format of each column, and rows of values."""

    name: str
    heads: tuple[str, ...]
    formats: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def plan_workbook(plan: Plan) -> bytes:
    """The plan as the bytes of an XLSX file; the same plan gives the same bytes."""
    return workbook(plan.name, sheets(plan))


def workbook(title: str, shown: Sequence[Sheet]) -> bytes:
    """Some sheets as the bytes of an XLSX file; the same sheets give the same bytes."""
    from xlsxwriter import Workbook

    held = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(held, {**options, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": inert(title), "created": MADE})
    for sheet in shown:
        _write(book, sheet)
    book.close()
    return held.getvalue()


def sheets(plan: Plan) -> tuple[Sheet, ...]:
    """The sheets of a plan in order: verdict, picks, calendar, alternatives, forecast, evidence, rejects."""
    first = (_verdict(plan), _picks(plan), _calendar(plan))
    return (*first, _alternatives(plan), _forecast(plan), _evidence(plan), _rejects(plan))


def _verdict(plan: Plan) -> Sheet:
    words, verdict = Words(), plan.verdict
    winner = next((each.value for each in verdict.alternatives if each.name == verdict.winner), None)
    rows: list[tuple[Value, ...]] = [
        ("Plan", plan.name, None, None, ""),
        ("Verdict", verdict.sentence, None, None, "too close to call" if verdict.too_close else ""),
        ("Winner", verdict.winner, None, None, f"leading single tier: {verdict.leader}"),
        (f"Result: {RESULTS[plan.goal][0]}", *_three(winner), "80% range"),
        ("Chance that the winner is best", verdict.chance_best, None, None, "share of simulated outcomes, 0 to 1"),
        ("Budget", plan.budget, None, None, plan.currency),
        ("Spent", plan.spent, None, None, plan.currency),
        ("Chance of fees above the budget", plan.chance_over_budget, None, None, "0 to 1"),
        ("Certificate", certificate(plan.bound, plan, words), None, None, plan.bound.method),
        *(("Phase", phase.name, None, None, _phase(phase, plan)) for phase in plan.phases),
        *(("Hand-over", text, None, None, "") for text in (hand_over_sentence(plan, words),) if text),
        *(("Answer changes", flip_sentence(flip, plan, words), None, None, "") for flip in verdict.flips),
        *(("Reason", each.text, None, None, f"brief: {each.field}; signal: {each.signal}") for each in verdict.reasons),
        *(("Warning", warning, None, None, "") for warning in plan.warnings),
    ]
    if plan.unspent_because:
        rows.append(("Money left because", plan.unspent_because, None, None, ""))
    return Sheet("Verdict", ("item", "value", "low", "high", "note"), ("", _MONEY, _MONEY, _MONEY, ""), tuple(rows))


def _phase(phase: Phase, plan: Plan) -> str:
    dates = f"{phase.start} to {phase.end}" if phase.start else span(phase, Words())
    return f"{dates}; {phase.goal}; {phase.budget:.2f} {plan.currency}; {', '.join(phase.tiers)}"


_MONEY: Final = "#,##0.00"
_COUNT: Final = "#,##0"
_RESULT: Final = "#,##0.0"
_SHARE: Final = "0%"


def _picks(plan: Plan) -> Sheet:
    fee = f"fee, {plan.currency}"
    heads = (
        "order", "handle", "platform", "tier", "followers", "niche", "phase", "package", fee, f"{fee}, low",
        f"{fee}, high", "fee source", f"adds, {RESULTS[plan.goal][0]}", "rung", "reasons", "creator_id",
    )  # fmt: skip
    formats = (
        _COUNT, "", "", "", _COUNT, "", "", "", _MONEY, _MONEY, _MONEY, "", _RESULT, _COUNT, "", "",
    )  # fmt: skip
    return Sheet("Picks", heads, formats, tuple(_pick(i, pick) for i, pick in enumerate(plan.picks, 1)))


def _pick(order: int, pick: Pick) -> tuple[Value, ...]:
    return (
        order, pick.handle.removeprefix("@"), pick.platform, pick.tier, pick.followers, pick.niche or "", pick.phase,
        pick.package, *_three(pick.price.interval), pick.price.source, pick.gain, pick.rung, " ".join(pick.reasons),
        pick.creator_id,
    )  # fmt: skip


def _calendar(plan: Plan) -> Sheet:
    rows = tuple(
        (post.day, post.week, flight.handle.removeprefix("@"), flight.platform, post.format, flight.phase)
        for flight in plan.flights
        for post in flight.posts
    )
    heads = ("date", "week", "handle", "platform", "format", "phase")
    return Sheet("Calendar", heads, ("yyyy-mm-dd", _COUNT, "", "", "", ""), tuple(sorted(rows, key=str)))


def _alternatives(plan: Plan) -> Sheet:
    result = RESULTS[plan.goal][0]
    heads = (
        "alternative", result, f"{result}, low", f"{result}, high", f"cost, {plan.currency}", "cost per result",
        "creators", "best in, share of outcomes", "for", "against", "why empty",
    )  # fmt: skip
    formats = ("", _RESULT, _RESULT, _RESULT, _MONEY, _MONEY, _COUNT, _SHARE, "", "", "")
    return Sheet("Alternatives", heads, formats, tuple(map(_alternative, plan.verdict.alternatives)))


def _alternative(each: Alternative) -> tuple[Value, ...]:
    figures = (*_three(each.value), each.cost, each.cost_per_result, each.creators, each.chance_best)
    return (each.name, *figures, " ".join(each.pros), " ".join(each.cons), each.why_empty or "")


def _forecast(plan: Plan) -> Sheet:
    expected = plan.forecast
    kinds = ("reach", "impressions", "engagements", "conversions")
    rows: list[tuple[Value, ...]] = [(kind, *_three(getattr(expected, kind)), "") for kind in kinds]
    if expected.profit is not None:
        rows.append(("profit", *_three(expected.profit), plan.currency))
    last = len(expected.frequency)
    rows += [
        (f"reached {times(i, last=i == last)}", n, None, None, "people") for i, n in enumerate(expected.frequency, 1)
    ]
    return Sheet(
        "Forecast", ("figure", "mean", "low", "high", "unit"), ("", _RESULT, _RESULT, _RESULT, ""), tuple(rows)
    )


def _evidence(plan: Plan) -> Sheet:
    rows = [
        ("rung", str(plan.rung), RUNGS.get(plan.rung, "")),
        ("tier scheme", plan.tier_scheme, ""),
        *(("version", name, version) for name, version in plan.versions.items()),
        *(("evidence", name, text) for name, text in plan.evidence.items()),
        *(("default used", name, default_sentence(name)) for name in plan.defaults_used),
    ]
    return Sheet("Evidence", ("kind", "name", "text"), ("", "", ""), tuple(rows))


def _rejects(plan: Plan) -> Sheet:
    rows = tuple((r.file, r.row, r.column, r.value, r.reason) for r in plan.rejects)
    return Sheet("Rejects", ("file", "row", "column", "value", "reason"), ("", _COUNT, "", "", ""), rows)


def _three(value: Interval | None) -> tuple[Value, Value, Value]:
    return (value.mean, value.low, value.high) if value else (None, None, None)


def _write(book: "Workbook", sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for j, title in enumerate(sheet.heads):
        form = book.add_format({"num_format": sheet.formats[j] or "General", "valign": "top", "text_wrap": True})
        column = [row[j] for row in sheet.rows]
        page.set_column(j, j, _width(title, column))
        page.write_string(0, j, inert(title), head)
        for i, value in enumerate(column, 1):
            _writer(page, value)(i, j, inert(value) if isinstance(value, str) else value, form)


def _writer(page: Any, value: Value) -> Callable[..., Any]:
    if value is None:
        return lambda row, column, _, form: page.write_blank(row, column, None, form)
    if isinstance(value, str):
        return page.write_string  # type: ignore[no-any-return]
    return page.write_datetime if isinstance(value, date) else page.write_number  # type: ignore[no-any-return]


def _width(title: str, column: Sequence[Value]) -> float:
    longest = max((len(f"{v:,.2f}" if isinstance(v, float) else str(v)) for v in column if v is not None), default=0)
    return min(max(longest, len(title)) + 2, WIDEST)
