"""A plan as one page that needs nothing else: no network, no script, no file beside it."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from asterism.planning.plan import Pick, Plan, Reason
from asterism.reports.charts import Chart, alternatives_chart, build_up_chart, curve_chart, curve_of_frequency
from asterism.reports.grid import Cell, Column, Grid, texts, tint
from asterism.reports.schedule import flights_grid, hand_over_sentence, phases_grid
from asterism.reports.together import asterism_chart, overlap_chart
from asterism.reports.words import (
    NOTHING,
    RESULTS,
    SOURCES,
    Words,
    certificate,
    default_sentence,
    flip_sentence,
    plain,
    rung_sentence,
    spoken,
    sureness,
)

if TYPE_CHECKING:
    from jinja2 import Environment

SHOWN_REJECTS: Final = 50


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the answer: what it is, the number, its range, and one remark."""

    label: str
    number: str
    remark: str = ""
    span: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What speaks for and against one alternative, or why it is empty."""

    name: str
    tint: str
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything `plan.html.j2` shows, already in words; the template only lays it out.

    Parameters
    ----------
    title, about, sentence
        The plan's name, its goal and budget in a line, and the verdict.
    doubt
        How sure the verdict is, or that it is too close to call.
    figures
        The numbers that carry the verdict, the most telling first.
    reasons, flips
        Why, and where the answer changes.
    alternatives, curve, build_up, frequency, asterism, overlap
        The pictures with their tables; None where the plan has no figures for one.
    cases
        What speaks for and against each alternative.
    adding
        What the column «adds» of the picks counts.
    picks, forecast, phases, flights, evidence, versions, rejects
        Tables.
    hand_over
        What the second phase would be without the first; empty where there is one phase.
    defaults, warnings
        What the brief left open, and what to mind.
    unspent, rung, rejected, warned
        Why money is left, on which rung of evidence the plan stands, how many values could not be used, how many
        warnings there are.
    """

    title: str
    about: str
    sentence: str
    doubt: str
    figures: tuple[Figure, ...]
    reasons: tuple[Reason, ...]
    flips: tuple[str, ...]
    alternatives: Chart
    cases: tuple[Case, ...]
    curve: Chart | None
    build_up: Chart | None
    frequency: Chart | None
    asterism: Chart | None
    overlap: Chart | None
    adding: str
    picks: Grid
    forecast: Grid
    phases: Grid
    flights: Grid
    hand_over: str
    evidence: Grid
    versions: Grid
    rejects: Grid
    defaults: tuple[str, ...]
    warnings: tuple[str, ...]
    unspent: str
    rung: str
    rejected: str
    warned: str


def plan_page(plan: Plan, words: Words | None = None) -> str:
    """The plan as a self-contained HTML page, light and dark, for screen and paper."""
    template = pages().get_template("plan.html.j2")
    return template.render(page=plan_view(plan, words or Words(thin=True)))


def plan_view(plan: Plan, words: Words) -> PlanPage:
    """The plan in words, in the order the page tells it."""
    return PlanPage(
        title=plan.name,
        about=f"{plan.name} · {spoken(plan.goal).capitalize()} for {words.money(plan.budget, plan.currency)}",
        sentence=plan.verdict.sentence,
        doubt=doubt(plan, words),
        figures=figures(plan, words),
        reasons=plan.verdict.reasons,
        flips=tuple(flip_sentence(flip, plan, words) for flip in plan.verdict.flips),
        alternatives=alternatives_chart(plan, words),
        cases=cases(plan),
        curve=curve_chart(plan, words),
        build_up=build_up_chart(plan, words),
        frequency=curve_of_frequency(plan, words),
        asterism=asterism_chart(plan, words),
        overlap=overlap_chart(plan, words),
        adding=f"In the order to add them. Adds: {RESULTS[plan.goal][0]} beyond those before.",
        picks=picks_grid(plan, words),
        forecast=forecast_grid(plan, words),
        phases=phases_grid(plan, words),
        flights=flights_grid(plan, words),
        hand_over=hand_over_sentence(plan, words),
        evidence=_pairs("What was believed, and why", ("about", "what we take"), dict(plan.evidence)),
        versions=_pairs("What the plan was made from", ("table", "version"), dict(plan.versions)),
        rejects=rejects_grid(plan),
        defaults=tuple(map(default_sentence, plan.defaults_used)),
        warnings=plan.warnings,
        unspent=plan.unspent_because or "",
        rung=rung_sentence(plan.rung),
        rejected=words.counted(len(plan.rejects), "value or row", "values or rows"),
        warned=words.counted(len(plan.warnings), "warning", "warnings"),
    )


def doubt(plan: Plan, words: Words) -> str:
    """How sure the verdict is, in one sentence."""
    sure = sureness(plan, words)
    return f"Too close to call: {sure}." if plan.verdict.too_close else f"{sure[0].upper()}{sure[1:]}."


def figures(plan: Plan, words: Words) -> tuple[Figure, ...]:
    """The numbers that carry the verdict."""
    winner = next((each for each in plan.verdict.alternatives if each.name == plan.verdict.winner), None)
    shown = []
    if winner is not None:
        number, bracket, span = words.result(winner.value, plan).partition("(")
        shown.append(Figure(RESULTS[plan.goal][0], number, "80% range", bracket + span))
    spent = f"of {words.exact_money(plan.budget, plan.currency)}; {_over(plan, words)}"
    shown.append(Figure("to spend", words.exact_money(plan.spent, plan.currency), spent))
    if winner is not None and winner.cost_per_result is not None:
        each = words.money(winner.cost_per_result, plan.currency)
        shown.append(Figure(f"per {RESULTS[plan.goal][1]}", each, "fees and handling"))
    tiers = Counter(pick.tier for pick in plan.picks)
    mix = ", ".join(f"{n} {tier}" for tier, n in tiers.most_common())
    shown.append(Figure("creators", words.number(len(plan.picks)), mix))
    shown.append(Figure("certificate", certificate(plan.bound, plan, words), plan.bound.method))
    return tuple(shown)


def cases(plan: Plan) -> tuple[Case, ...]:
    """What speaks for and against each alternative that has anything to say."""
    known = [each for each in plan.verdict.alternatives if each.pros or each.cons or each.why_empty]
    return tuple(Case(spoken(each.name), tint(each.name), each.pros, each.cons, each.why_empty or "") for each in known)


def picks_grid(plan: Plan, words: Words) -> Grid:
    """Whom to choose, in the order they are added, with reasons."""
    columns = (
        Column("creator"), Column("tier"), Column("package"), Column("fee", True),
        Column("adds", True), Column("why"),
    )  # fmt: skip
    return Grid("Whom to choose, in this order", columns, tuple(_pick(pick, plan, words) for pick in plan.picks))


def _pick(pick: Pick, plan: Plan, words: Words) -> tuple[Cell, ...]:
    followers = (f"{words.compact(pick.followers)} followers",) if pick.followers is not None else ()
    niche = (pick.niche,) if pick.niche else ()
    several = len({other.phase for other in plan.picks}) > 1
    return (
        Cell(pick.handle, (" · ".join((pick.platform, *followers, *niche)),), strong=True),
        Cell(pick.tier, (f"phase {spoken(pick.phase)}",) if several else (), tint(pick.tier)),
        Cell(pick.package),
        Cell(words.money_interval(pick.price.interval, plan.currency), (SOURCES.get(pick.price.source, ""),)),
        Cell(words.result_mean(pick.gain, plan), (f"rung {pick.rung}",)),
        Cell("", pick.reasons),
    )


def forecast_grid(plan: Plan, words: Words) -> Grid:
    """What to expect, with 80% ranges."""
    expected = plan.forecast
    rows = [
        texts("people reached, counted once", words.interval(expected.reach)),
        texts("impressions", words.interval(expected.impressions)),
        texts("engagements", words.interval(expected.engagements)),
        texts("conversions", words.interval(expected.conversions)),
    ]
    if expected.profit is not None:
        rows.append(texts("profit", words.money_interval(expected.profit, plan.currency)))
    return Grid("What to expect, on target", (Column("figure"), Column("mean (80% range)", True)), tuple(rows))


def rejects_grid(plan: Plan) -> Grid:
    """The first values that could not be used, with where they stood and why."""
    columns = (Column("file"), Column("row", True), Column("column"), Column("value"), Column("reason"))
    shown = plan.rejects[:SHOWN_REJECTS]
    rows = tuple(texts(r.file, str(r.row), r.column, r.value or NOTHING, r.reason) for r in shown)
    return Grid("What could not be used", columns, rows)


def _pairs(caption: str, heads: tuple[str, str], pairs: dict[str, str]) -> Grid:
    rows = tuple(texts(spoken(name), value) for name, value in pairs.items())
    return Grid(caption, (Column(heads[0]), Column(heads[1])), rows)


def _over(plan: Plan, words: Words) -> str:
    return f"{words.chance(plan.chance_over_budget)} chance that fees come out above it"


@cache
def pages() -> "Environment":
    """The templates of every page; an unknown name in one is an error."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    loader = ChoiceLoader([PackageLoader("asterism.reports"), PackageLoader("asterism.reports", "style")])
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, finalize=_clean, trim_blocks=True, lstrip_blocks=True
    )


def _clean(value: object) -> object:
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value
