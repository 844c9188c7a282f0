"""What the terminal shows of a return: the decision first, then each tier with its range, then the evidence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

from asterism.creators.tables import Reject
from asterism.measurement.comparison import Comparison
from asterism.measurement.delivered import PER_PERSON, ReachOnce
from asterism.measurement.earned_media import EarnedMedia
from asterism.measurement.leakage import Leak
from asterism.measurement.ledger import OWN, Group, Return
from asterism.measurement.multiplier import Multiplier
from asterism.measurement.returns import REPORTED
from asterism.quantities import Interval
from asterism.reports.console import bold, listed, section, text
from asterism.reports.grid import Cell, Column, Grid, texts, tint
from asterism.reports.results_words import BY, NO_SUM, VIEWS, by_return, named, shared_view, tiers_of, view
from asterism.reports.words import NOTHING, Words, rung_sentence

if TYPE_CHECKING:
    from rich.console import Group as Lines

SHOWN: Final = 10
"""Rejects shown; `--json` has them all."""
MOST: Final = 25
"""Creators shown; `--json` has them all."""
PRICES: Final = ("cpm", "cpe", "cpc", "cpa")
ORIGINS: Final = {"measured": "measured", "creator": "by the creators' own figures", "modelled": "estimated"}
MODELLED: Final = (
    f"~ stands on impressions estimated from reach, {PER_PERSON} for each person, where nobody counted them."
)
VERDICTS: Final = {
    "gains": "The campaign paid for itself",
    "loses": "The campaign lost money",
    "cannot tell yet": "Whether the campaign paid for itself cannot be told yet",
}


class Told(Protocol):
    """A return with what stands beside it and what could not be used."""

    @property
    def result(self) -> Return:
        """The ledger."""

    @property
    def comparison(self) -> Comparison:
        """Which tier did better."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What had to be said."""

    @property
    def rejects(self) -> tuple[Reject, ...]:
        """What could not be used."""

    @property
    def multipliers(self) -> tuple[Multiplier, ...]:
        """What buyers said, per tier and of all."""

    @property
    def leaks(self) -> tuple[Leak, ...]:
        """Signs of leaking codes."""

    @property
    def earned_media(self) -> EarnedMedia | None:
        """The earned media value, where it was asked for."""


def return_table(told: Told) -> "Lines":
    """The return for a terminal of 80 columns or more, the decision first."""
    from rich.console import Group as Stack

    words, result, comparison = Words(), told.result, told.comparison
    emv = told.earned_media.sentence if told.earned_media else ""
    kind = shared_view(tiers_of(result))
    tiers = by_return(result.by("tier"), kind)
    creators = [group for group in result.by("creator") if group.names != (OWN,)]
    creators.sort(key=lambda group: (-_least(group), group.name))
    together = [*tiers, result.total]
    return Stack(
        bold(decision(result, comparison, words)),
        text(whole(result, words)),
        *section(views(result, together, words)),
        *section(unit_prices("What results cost, and the tracked return", together, result.currency, words)),
        *section(people(together, words)),
        *section(creators_grid(creators, result.currency, words)),
        *listed("Cannot be told yet", _open(together)),
        *listed("What buyers said", (each.says for each in told.multipliers)),
        *listed("Evidence", _evidence(result, words, emv)),
        *listed("Codes that may have leaked", (f"{leak.code}: {leak.says}" for leak in told.leaks)),
        *listed("Warnings", told.warnings),
        *section(_rejected(told.rejects)),
    )


def decision(result: Return, comparison: Comparison, words: Words) -> str:
    """Whether it paid, by which figure; which tier returned most and whether that can be told."""
    roi = result.total.roi
    best = roi.best
    figure = f": ROI {_share(best[1], words)} {BY[best[0]]}" if best else ""
    needs = f"; it takes {roi.needs}" if roi.needs else ""
    tiers = f" {comparison.sentence}" if len(comparison.returned) > 1 else ""
    return f"{VERDICTS[roi.verdict]}{figure}{needs}.{tiers}"


def whole(result: Return, words: Words) -> str:
    """The three figures of the whole side by side, or why there are none."""
    roi, unit = result.total.roi, words.money(1, result.currency)
    if roi.tracked is None and roi.causal is None:
        return f"No return can be stated: {roi.why.get('tracked', 'nothing was spent')}."
    said = ", ".join(f"{label} {view(roi, name, result.currency, words)}" for name, label in VIEWS)
    return f"Back for each {unit} spent: {said}. 80% ranges. {NO_SUM}"


def views(result: Return, groups: Sequence[Group], words: Words) -> Grid:
    """Cost and the three views of what came back, per group."""
    columns = (
        Column("tier"), Column("cost", True), Column("orders", True), Column("tracked", True),
        Column("survey-adjusted", True), Column("causal", True),
    )  # fmt: skip
    rows = tuple(_views(group, result.currency, words) for group in groups)
    return Grid(f"Back for each {words.money(1, result.currency)} spent ({result.rule})", columns, rows)


def _views(group: Group, currency: str, words: Words) -> tuple[Cell, ...]:
    roi = group.roi
    tracked = roi.counting or (None if roi.tracked is None else Interval.exactly(roi.tracked))
    shown = (_back(found) for found in (tracked, roi.survey_adjusted, roi.causal))
    cost, orders = words.money(group.costs.total / 100, currency), words.number(group.tracked.orders)
    return (_named(group), *texts(cost, orders, *shown))


def _back(roi: Interval | None) -> str:
    """What a unit of money brought back, with its range."""
    if roi is None:
        return NOTHING
    if roi.low == roi.high:
        return f"{1 + roi.mean:.2f}"
    dash = " to " if roi.low < -1 else "–"
    return f"{1 + roi.mean:.2f} ({1 + roi.low:.2f}{dash}{1 + roi.high:.2f})"


def _share(roi: Interval, words: Words) -> str:
    mean, low, high = (words.percent(end) for end in (roi.mean, roi.low, roi.high))
    return mean if low == high else f"{mean} ({low} to {high})"


def unit_prices(caption: str, groups: Sequence[Group], currency: str, words: Words) -> Grid:
    """What the results of each group cost, and its tracked return."""
    columns = (
        Column("of"), Column("cost", True), Column("revenue", True),
        *(Column(name.upper(), True) for name in (*PRICES, "roas", "roi")),
    )  # fmt: skip
    return Grid(caption, columns, tuple(_prices(group, currency, words) for group in groups))


def _prices(group: Group, currency: str, words: Words) -> tuple[Cell, ...]:
    metrics, roi = group.metrics, group.roi.tracked
    unknown = group.tracked.without_revenue or group.tracked.unstated
    revenue = None if unknown else group.tracked.kept / 100
    roas = NOTHING if metrics["roas"] is None else words.number(metrics["roas"])
    prices = (f"{'~' if name in group.modelled else ''}{_money(metrics[name], currency, words)}" for name in PRICES)
    money = (_money(each, currency, words) for each in (group.costs.total / 100, revenue))
    return (_named(group), *texts(*money, *prices, roas, NOTHING if roi is None else words.percent(roi)))


def people(groups: Sequence[Group], words: Words) -> Grid:
    """People reached per group, each once, how often, and who says so."""
    columns = (Column("of"), Column("people reached", True), Column("times each", True), Column("reaches"))
    rows = tuple(
        (
            _named(group),
            *texts(
                words.interval(group.reach.people),
                NOTHING if group.reach.frequency is None else words.interval(group.reach.frequency),
                ORIGINS[group.reach.origin],
            ),
        )
        for group in groups
        if group.reach is not None
    )
    return Grid("People reached, each counted once (80% range)", columns, rows)


def _money(value: float | None, currency: str, words: Words) -> str:
    return NOTHING if value is None else words.money(value, currency)


def _named(group: Group) -> Cell:
    return Cell(named(group) if group.names else "together", tint=tint(group.names[0]) if group.names else "")


def _least(group: Group) -> float:
    """The lower end of the best figure: who was merely lucky with one order does not come first."""
    return group.roi.best[1].low if group.roi.best else -1.0


def creators_grid(creators: Sequence[Group], currency: str, words: Words) -> Grid:
    """What the results of each creator cost, and the least their return would be, by which they are ordered."""
    prices = unit_prices("", creators[:MOST], currency, words)
    least = (words.percent(group.roi.best[1].low) if group.roi.best else NOTHING for group in creators)
    rows = tuple((*cells, *texts(said)) for cells, said in zip(prices.rows, least, strict=False))
    n = len(creators)
    first = f"The best {MOST} of {n} creators" if n > MOST else "Creators"
    caption = f"{first} by the lower end of their best figure of ROI (`at least`); ROAS and ROI as tracked"
    return Grid(caption, (*prices.columns, Column("at least", True)), rows)


def _open(groups: Sequence[Group]) -> list[str]:
    told = [group for group in groups if group.roi.verdict == "cannot tell yet" and group.roi.needs]
    return [f"{named(group) if group.names else 'together'}: it takes {group.roi.needs}." for group in told]


def _evidence(result: Return, words: Words, emv: str) -> list[str]:
    credited = "as reported: nobody says by which rule" if result.rule == REPORTED else f"by {result.rule}"
    said = [f"Orders credited {credited}; the last day read is {words.day(result.as_of)}."]
    said += [f"{label}: {why}." for name, label in VIEWS if (why := result.total.roi.why.get(name))]
    reach = result.total.reach
    said += [reach_sentence(reach, words)] if reach is not None else []
    said += [MODELLED] if result.total.modelled else []
    return said + ([emv] if emv else [])


def reach_sentence(reach: ReachOnce, words: Words) -> str:
    """People reached once, how often, who says so, and how shared people were taken out."""
    often = f", {words.interval(reach.frequency)} times each" if reach.frequency else ""
    target = f", {words.chance(reach.on_target)} of them on target" if reach.on_target is not None else ""
    lacking = f"; {reach.lacking} collaborations without a reach are left out" if reach.lacking else ""
    reached = f"{words.interval(reach.people)} people reached, each counted once{often}{target}"
    return f"{reached}: reaches {ORIGINS[reach.origin]}, {reach.method}{lacking}. {rung_sentence(reach.rung)}"


def _rejected(rejects: Sequence[Reject]) -> Grid:
    heads = (Column("file"), Column("row", True), Column("column"), Column("value"), Column("reason"))
    rows = tuple(texts(r.file, str(r.row), r.column, r.value, r.reason) for r in rejects[:SHOWN])
    return Grid(f"Could not be used, {min(len(rejects), SHOWN)} of {len(rejects)}", heads, rows)
