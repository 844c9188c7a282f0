"""What was learnt, as sentences from the figures: forecasts that missed, the best and the weakest, what to test."""

from typing import Final

from asterism.measurement.ledger import Line
from asterism.measurement.roi_of import NO_LIFT
from asterism.reports.results import Compared, Results
from asterism.reports.results_words import by_return, listed, named, returned, shared_view, tiers_of
from asterism.reports.words import Words

FEWEST: Final = 5
"""Orders below which a collaboration is called neither the best nor the weakest."""
MOST_LEAKS: Final = 3
NO_SURVEY: Final = "no survey was asked"
"""Why there is no survey-adjusted figure, where one can still be had."""


def lessons(results: Results, words: Words) -> tuple[str, ...]:
    """What the figures teach, the most useful first; each sentence rests on figures that the report shows."""
    return (*_forecasts(results, words), *_extremes(results, words), *_leaks(results), *tests(results))


def tests(results: Results) -> tuple[str, ...]:
    """What to test next, from what cannot be told yet."""
    total = results.returned.total
    planned = {line.of("tier") for line in results.returned.lines if line.planned}
    unsure = [group for group in tiers_of(results.returned) if group.roi.verdict == "cannot tell yet"]
    open_ = [group for group in unsure if group.name not in planned]
    said = [f"Test next: {named(group)}. To tell its return takes {group.roi.needs}." for group in open_]
    if pair := _overlapping(results):
        said.append(f"The ranges of {listed(pair)} overlap: give both the same budget next time to tell them apart.")
    if total.roi.why.get("survey_adjusted") == NO_SURVEY:
        said.append("Ask buyers how they heard of you: without a survey, orders without code or click go unseen.")
    if total.roi.why.get("causal") == NO_LIFT:
        said.append("Measure lift with a holdout next time: only it tells what would have come anyway.")
    return tuple(said)


def _overlapping(results: Results) -> list[str]:
    """The two best tiers, where their ranges overlap."""
    tiers = tiers_of(results.returned)
    kind = shared_view(tiers)
    known = [(group, found) for group in by_return(tiers, kind) if (found := getattr(group.roi, kind)) is not None]
    if len(known) < 2:
        return []
    (first, one), (second, other) = known[:2]
    return [named(first), named(second)] if one.low <= other.high else []


def _forecasts(results: Results, words: Words) -> list[str]:
    if not results.over:
        return []
    missed = [one for one in results.compared if one.verdict in ("above", "below")]
    held = [one.name for one in results.compared if one.verdict == "inside"]
    said = [_missed(one, results.returned.currency, words) for one in missed]
    if held:
        said.append(f"Inside the range that was forecast: {listed(held)}.")
    return said


def _missed(one: Compared, currency: str, words: Words) -> str:
    said = f"{one.name.capitalize()} came {one.verdict} the range that was forecast"
    if one.forecast is None or one.came is None:
        return f"{said}."
    if one.error is not None:
        return f"{said}, {words.percent(abs(one.error))} {'more' if one.error > 0 else 'less'} than expected."
    came, expected = (_amount(each.mean, one.kind, currency, words) for each in (one.came, one.forecast))
    return f"{said}: {came} where {expected} was expected."


def _amount(value: float, kind: str, currency: str, words: Words) -> str:
    return words.money(value, currency) if kind == "money" else words.number(value)


def _extremes(results: Results, words: Words) -> list[str]:
    ranked = sorted(
        (line for line in results.returned.lines if line.partner.key and line.costs.total),
        key=lambda line: (-line_return(line), line.handle),
    )
    enough = [line for line in ranked if line.tracked.orders >= FEWEST and not (line.leaked or line.planned)]
    said = []
    if enough:
        said.append(f"The best: {_line(enough[0], results, words)}.")
    barren = [line for line in ranked if not line.tracked.orders]
    if barren and results.over:
        spent = sum(line.costs.total for line in barren) / 100
        n = words.counted(len(barren), "collaboration", "collaborations")
        said.append(f"{n} brought no tracked order, for {words.money(spent, results.returned.currency)} in all.")
    elif len(enough) > 1:
        said.append(f"The weakest: {_line(enough[-1], results, words)}.")
    return said


def line_return(line: Line) -> float:
    """Tracked return on investment of one collaboration; −1 where nothing came."""
    return (line.tracked.margin - line.costs.total) / line.costs.total if line.costs.total else 0.0


def _line(line: Line, results: Results, words: Words) -> str:
    currency = results.returned.currency
    back = returned(line_return(line), currency, words)
    orders = words.number(line.tracked.orders)
    return f"{line.who}, {back} for each {words.compact_money(1, currency)} on {orders} tracked orders"


def _leaks(results: Results) -> list[str]:
    codes = list(dict.fromkeys(leak.code for leak in results.leaks))
    if not codes:
        return []
    more = f" and {len(codes) - MOST_LEAKS} more" if len(codes) > MOST_LEAKS else ""
    shown = listed(codes[:MOST_LEAKS]) if not more else f"{', '.join(codes[:MOST_LEAKS])}{more}"
    return [f"Codes that may have leaked: {shown}. Credit them with care, and give each creator a new one."]
