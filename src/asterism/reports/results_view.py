"""Results in words, in the order the report tells them."""

from typing import Final

from asterism.reports.page import Figure, pages
from asterism.reports.results import Ledger, Results, ResultsPage, Section
from asterism.reports.results_charts import cost_chart, forecast_chart, tier_chart
from asterism.reports.results_grids import (
    aside_grid,
    changes_grid,
    clicks_grid,
    collaborations_grid,
    cost_grid,
    forecast_grid,
    leaks_grid,
    parts_grid,
    views_grid,
)
from asterism.reports.results_lessons import lessons
from asterism.reports.results_words import (
    VIEWS,
    answer,
    doubt,
    listed,
    loss,
    mean_of,
    named,
    several_phases,
    tiers_of,
    view,
)
from asterism.reports.words import NOTHING, Words, rung_sentence, spoken

MAKER: Final = "Asterism"
LABELS: Final = dict(VIEWS)
RULES: Final = {
    "last_click": "A code comes before a click; of several clicks the last one before the order counts.",
    "first_click": "A code comes before a click; of several clicks the first one inside the window counts.",
    "linear": "A code comes before a click; several clicks inside the window share an order evenly.",
}
"""Rules of attribution in a sentence."""
LIMITS: Final = (
    "Tracked figures miss buyers who came without code or click, and count some who would have bought anyway.",
    "Survey-adjusted figures add buyers who say that a creator led them here; people misremember.",
    "Causal figures come from a holdout alone: what would not have come anyway.",
    "Every range holds the truth in 80% of cases. Reach counts people once; followers are potential.",
)


def results_page(results: Results, words: Words | None = None) -> str:
    """The results as a self-contained HTML page, light and dark, for screen and paper."""
    return pages().get_template("results.html.j2").render(page=results_view(results, words or Words(thin=True)))


def results_view(results: Results, words: Words) -> ResultsPage:
    """The results in words; a part without anything to say is left out."""
    result = results.returned
    parts = (
        _tiers(result, words), _lessons(results, words), _forecasts(results, words), _phases(result, words),
        _collaborations(result, words), _costs(result, words), _delivered(results, words), _orders(results, words),
        _leaks(results), _since(results, words), _worth(results), _method(results),
    )  # fmt: skip
    return ResultsPage(
        title=results.title,
        by=results.agency or MAKER,
        about=_about(results, words),
        sentence=answer(result, words),
        doubt=doubt(result, words),
        figures=_figures(result, words),
        sections=tuple(part for part in parts if part is not None),
        foot=f"{f'Reported by {results.agency}. ' if results.agency else ''}Made with {MAKER}, open and self-hosted.",
    )


def _about(results: Results, words: Words) -> str:
    days = words.days(results.start, results.end) if results.start or results.end else ""
    as_of = f"as of {words.day(results.returned.as_of)}" if results.returned.as_of else ""
    return " · ".join(filter(None, (results.title, results.brand, days, results.returned.rule, as_of)))


def _figures(result: Ledger, words: Words) -> tuple[Figure, ...]:
    total = result.total
    order = sorted(VIEWS, key=lambda each: (mean_of(total.roi, each[0]) is None, each != VIEWS[-1], each == VIEWS[0]))
    shown = [_view_figure(result, name, label, words) for name, label in order]
    shown.append(Figure("full cost", words.exact_money(total.costs.total / 100, result.currency), "every kind of cost"))
    came = words.exact_money(total.tracked.kept / 100, result.currency)
    orders = words.number(total.tracked.orders)
    shown.append(Figure("tracked revenue", came, f"{orders} orders after refunds, {result.rule}"))
    if total.reach is not None:
        number, _, span = words.interval(total.reach.people).partition(" ")
        shown.append(Figure("people reached", number, "each counted once", f" {span}" if span else ""))
    return tuple(shown)


def _view_figure(result: Ledger, name: str, label: str, words: Words) -> Figure:
    roi, unit = result.total.roi, words.compact_money(1, result.currency)
    found, shown = mean_of(roi, name), view(roi, name, result.currency, words)
    if found is None:
        return Figure(f"returned per {unit}, {label}", NOTHING, roi.why.get(name) or shown)
    number, _, span = shown.partition(" (")
    return Figure(f"returned per {unit}, {label}", number, loss(found, words), f" ({span}" if span else "")


def _tiers(result: Ledger, words: Words) -> Section:
    grid = views_grid(result, words)
    chart = tier_chart(result, grid, words)
    grids = () if chart else (grid,)
    return Section("tiers", "Return by tier", (), chart, grids, missing(result), open=True)


def missing(result: Ledger) -> tuple[str, ...]:
    """Why figures are missing, and what it takes to tell what cannot be told, each said once."""
    reasons: dict[tuple[str, str], list[str]] = {}
    needs: dict[str, list[str]] = {}
    for group in (*tiers_of(result), result.total):
        label = named(group) if group.names else "the whole"
        for view_, why in group.roi.why.items():
            reasons.setdefault((view_, why), []).append(label)
        if group.roi.verdict == "cannot tell yet" and group.roi.needs:
            needs.setdefault(group.roi.needs, []).append(label)
    said = [f"No {LABELS[name]} return of {listed(whose)}: {why}." for (name, why), whose in reasons.items()]
    return (*said, *(f"To tell the return of {listed(whose)} takes {need}." for need, whose in needs.items()))


def _lessons(results: Results, words: Words) -> Section | None:
    said = lessons(results, words)
    return Section("lessons", "What we learned", points=said) if said else None


def _forecasts(results: Results, words: Words) -> Section | None:
    if not results.compared:
        return None
    grid = forecast_grid(results.compared, results.returned.currency, words)
    says = (results.planned,) if results.planned else ()
    if not results.over:
        says = (*says, f"What came is so far: the campaign runs until {words.day(results.end)}.")
    chart = forecast_chart(results.compared, grid, words)
    return Section("forecast", "What we planned, what came", says, chart, () if chart else (grid,), open=True)


def _phases(result: Ledger, words: Words) -> Section | None:
    if not several_phases(result):
        return None
    heading = ("Return by tier and phase", "tier and phase")
    grid = parts_grid(heading, result.by("tier", "phase"), result.currency, words)
    return Section("phases", "By tier and phase", grids=(grid,))


def _collaborations(result: Ledger, words: Words) -> Section | None:
    if not result.lines:
        return None
    unit = words.compact_money(1, result.currency)
    says = (f"What came back per {unit} is tracked margin over full cost; of few orders it says little.",)
    return Section("collaborations", "Collaborations", says, grids=(collaborations_grid(result, words),))


def _costs(result: Ledger, words: Words) -> Section | None:
    if not result.total.costs.total:
        return None
    grid = cost_grid(result.total, result.currency, words)
    return Section("costs", "Costs", chart=cost_chart(result.total, result.currency, grid, words))


def _delivered(results: Results, words: Words) -> Section | None:
    result = results.returned
    platforms = result.by("platform")
    if not platforms:
        return None
    reach = result.total.reach
    says = [] if reach is None else [
        f"{words.interval(reach.people)} people, each counted once: {reach.method}."
    ]  # fmt: skip
    if reach is not None and reach.frequency is not None:
        says.append(f"Each saw it {words.interval(reach.frequency)} times on average.")
    if reach is not None and reach.on_target is not None:
        says.append(f"{words.percent(reach.on_target)} of them are in the target audience.")
    if reach is not None and reach.lacking:
        n = words.counted(reach.lacking, "collaboration", "collaborations")
        says.append(f"Left out, since nobody says their reach: {n}.")
    grid = parts_grid(("Delivered by platform", "platform"), platforms, result.currency, words)
    if reach is not None:
        says += [results.counted_on] if results.counted_on else []
        says.append(rung_sentence(reach.rung))
    return Section("delivered", "What was delivered", tuple(says), grids=(grid,))


def _orders(results: Results, words: Words) -> Section | None:
    grids = [aside_grid(results, words)] if results.aside or results.returned.unattributed else []
    grids += [clicks_grid(results.clicks, words)] if results.clicks else []
    return Section("orders", "Orders and clicks", _clicked(results, words), grids=tuple(grids)) if grids else None


def _clicked(results: Results, words: Words) -> tuple[str, ...]:
    if results.clicks is None:
        return ()
    filtered = sum(n for _, n in results.clicks.filtered)
    rules = ", ".join(f"{spoken(rule)} {words.whole(n)}" for rule, n in results.clicks.filtered)
    said = words.counted(results.clicks.counted, "click counts as a person's", "clicks count as persons'")
    return (f"{said}; {words.counted(filtered, 'was', 'were')} filtered{f' ({rules})' if rules else ''}.",)


def _leaks(results: Results) -> Section | None:
    if not results.leaks:
        return None
    says = ("Each sign may have an honest cause. Their orders are credited as the rule says.",)
    return Section("leaks", "Codes that may have leaked", says, grids=(leaks_grid(results),), warns=True)


def _since(results: Results, words: Words) -> Section | None:
    if results.closed is None:
        return None
    grid = changes_grid(results)
    same = "Nothing has changed since." if not grid.rows else "What has come in since stands beside it."
    says = (f"The books were last closed on {words.day(results.closed.day)}, closing {results.closed.number}. {same}",)
    return Section("closed", "Since the books were closed", says, grids=(grid,) if grid.rows else ())


def _worth(results: Results) -> Section | None:
    if results.media_value is None:
        return None
    return Section("media_value", "Earned media value", (results.media_value[1],))


def _method(results: Results) -> Section:
    name = results.returned.rule.split(" ")[0]
    says = (f"Orders are credited by the rule {results.returned.rule}. {RULES.get(name, '')}".strip(),)
    return Section(
        "method", "How this was measured, and its limits", says, points=(*LIMITS, *results.returned.warnings)
    )
