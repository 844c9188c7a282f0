"""From the question to the plan: compare, judge, decide, certify, explain."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.samples import Samples
from asterism.audience.transpose import transpose
from asterism.brief import Brief
from asterism.creators.tables import Reject
from asterism.errors import Infeasible, NotFound, did_you_mean
from asterism.planning.alternatives import MIXED, TWO_PHASE, Chosen, compare
from asterism.planning.bound import upper
from asterism.planning.constraints import Constraints, check_possible
from asterism.planning.draws import CommonDraws
from asterism.planning.duplication import duplication
from asterism.planning.flights import day_of, flights, phase_weeks
from asterism.planning.flips import Explored, explore
from asterism.planning.frequency import TOP, reach_frequency, too_often
from asterism.planning.objective import Objective, Outcomes, frequency, value
from asterism.planning.packages import make_offers
from asterism.planning.phases import BUYING, buyers, hand_over, primed_offers
from asterism.planning.picks import added, picks
from asterism.planning.plan import Bound, Forecast, HandOver, Phase, Plan, Verdict
from asterism.planning.problem import Problem
from asterism.planning.question import Question
from asterism.planning.reasons import TierFacts, reasons, tier_facts
from asterism.planning.sampled import largest_error, on_second_panel, sampling
from asterism.planning.search import Selection
from asterism.planning.suitability import style_note, styled, suitable
from asterism.planning.verdict import (
    Judged,
    alternatives,
    chances_best,
    is_too_close,
    judge,
    leader_of,
    sentence,
    simplest_good,
)
from asterism.planning.warn import caveats
from asterism.planning.worth import Luck, worth
from asterism.priors import Priors
from asterism.quantities import Interval
from asterism.signals.table import Signals

Tell = Callable[[str, float], None]
STOPPED: Final = {
    "budget": "nothing that fits the rest of the budget adds anything",
    "limits.max_creators": "limits.max_creators is used up",
    "limits": "the other limits leave no room",
    "no gain": "a further creator would cost more than it earns",
    "no candidates": "there is nobody left to choose",
}
"""Why money is left, in words."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a plan is made from besides the samples: signals, brief, priors, and where they came from.

    `style` (n_creators,) is how far each creator names the brief's style, where the brief asks for one. `barred` are
    creators (rows) whom a competitor paid or paraded lately. `second` is an
    independent panel of the same people to judge the plan on, where there is one. `clock` gives the seconds that are
    left to branch and bound; without it a plan takes a fixed amount of work.
    """

    signals: Signals
    brief: Brief
    priors: Priors
    seed: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)
    rejects: tuple[Reject, ...] = ()
    warnings: tuple[str, ...] = ()
    style: NDArray[np.float64] | None = None
    barred: tuple[int, ...] = ()
    second: Samples | None = None
    clock: Callable[[], float] | None = None


def make_plan(given: Given, samples: Samples, tell: Tell) -> Plan:
    """The plan of a brief.

    Raises
    ------
    Infeasible
        The limits leave no plan; the error names them and the cheapest relaxation.
    """
    question = ask(given, samples)
    tell("Comparing the alternatives", 0.2)
    found = compare(question)
    if all(chosen.why_empty is not None for chosen in found.values()):
        what = "No creator adds anything to the goal of this brief."
        raise Infeasible(what, "Widen `audience` or `niche`, or bring creators who reach those people.", ("audience",))
    luck = CommonDraws(given.signals, given.priors, given.brief, given.seed)
    judged = {name: judge(question, chosen, luck) for name, chosen in found.items()}
    explored = explore(question, tell)
    facts = tier_facts(given.signals, question.offers, given.brief, given.priors)
    verdict = _verdict(question, judged, facts, explored)
    tell("Certifying the plan", 0.9)
    return _plan(given, question, judged, verdict, explored, luck)


def ask(given: Given, samples: Samples) -> Question:
    """The question the alternatives answer; raises `Infeasible` where the brief's limits contradict each other."""
    brief = given.brief
    include = _columns(brief.limits.include, given.signals, required=True)
    target = given.signals.creators["on_target"].to_numpy().astype(float)
    offers = suitable(make_offers(given.signals, brief, given.priors), brief, target, include)
    if given.style is not None:
        offers = styled(offers, given.style, given.priors.entry("style_effect").value)
    constraints = Constraints(
        brief.budget.cents,
        brief.limits.max_creators,
        {tier: (share.min, share.max) for tier, share in brief.limits.tier_share.items()},
        {name: (share.min, share.max) for name, share in brief.limits.platform_share.items()},
        include=include,
        exclude=_excluded(given, include),
    )
    check_possible(constraints, offers, samples.creators, brief.budget.currency)
    problem = Problem(samples, transpose(samples), offers, _objective(brief), constraints, clock=given.clock)
    return Question.of(problem, brief, given.priors)


def _excluded(given: Given, include: tuple[int, ...]) -> tuple[int, ...]:
    """Whom the brief rules out: by name, as competitors, for too few real followers, or for a rival's money.

    Whoever the brief includes by name stays, unless it excludes them by name too.
    """
    brief, real = given.brief, given.signals.creators["authentic"].to_numpy()
    named = _columns((*brief.limits.exclude, *brief.competitors), given.signals, required=False)
    unreal = np.flatnonzero(real < brief.limits.min_authenticity).tolist()
    return tuple(dict.fromkeys((*named, *(row for row in (*given.barred, *unreal) if row not in include))))


def _objective(brief: Brief) -> Objective:
    margin = brief.economics.margin_per_sale
    cents = 0.0 if margin is None else margin.cents * brief.exchange.factor(margin.currency, brief.budget.currency)
    return Objective(brief.goal, brief.frequency, cents)


def _columns(names: tuple[str, ...], signals: Signals, *, required: bool) -> tuple[int, ...]:
    known: dict[str, int] = {}
    for column in ("creator_id", "handle"):
        for i, word in enumerate(signals.creators[column].to_pylist()):
            known.setdefault((word or "").lstrip("@").lower(), i)
    wanted = [name.lstrip("@").lower() for name in names]
    for name in wanted:
        if required and name not in known:
            what = f"limits.include names `{name}`, who is not among the creators."
            raise NotFound(what, did_you_mean(name, [*known]))
    return tuple(known[name] for name in wanted if name in known)


def _verdict(question: Question, judged: dict[str, Judged], facts: dict[str, TierFacts], explored: Explored) -> Verdict:
    brief = question.brief
    alive = {name: j.mean for name, j in judged.items() if j.outcomes is not None}
    winner, leader = simplest_good(alive), leader_of(judged)
    rival = is_too_close(judged, leader)
    return Verdict(
        winner,
        leader,
        chances_best(judged)[winner],
        rival is not None,
        sentence(judged, winner, leader, rival, brief),
        alternatives(judged, facts, brief),
        tuple(flip for flip in explored.flips if flip.to != winner),
        reasons(facts, brief, question.priors),
    )


def _plan(
    given: Given,
    question: Question,
    judged: dict[str, Judged],
    verdict: Verdict,
    explored: Explored,
    luck: CommonDraws,
) -> Plan:
    winner = judged[verdict.winner]
    chosen, outcomes = winner.chosen, winner.outcomes
    assert outcomes is not None  # noqa: S101  (an empty alternative has no mean and cannot win)
    brief, done = given.brief, added(question, chosen)
    worths = worth(question, chosen, chosen.offers, Luck(luck, winner.value))
    listed, parts = picks(question, given.signals, chosen, done, worths), _phases(question, chosen)
    facts = tier_facts(given.signals, question.offers, brief, given.priors)
    shared = duplication(question.samples, question.offers.creator[chosen.offers])
    said = (*given.warnings, *given.signals.warnings, *caveats(question, given.signals, chosen, verdict, facts))
    return Plan(
        name=brief.name,
        goal=brief.goal,
        currency=brief.budget.currency,
        tier_scheme=brief.tiers.name,
        budget=brief.budget.cents / 100,
        rung=max(pick.rung for pick in listed),
        versions=given.versions,
        verdict=verdict,
        picks=listed,
        phases=parts,
        forecast=replace(_forecast(question, chosen, outcomes), at_least=reach_frequency(question, chosen, luck)),
        bound=_bound(given, question, judged, chosen),
        spent=chosen.cost / 100,
        unspent_because=_unspent(question, chosen),
        chance_over_budget=float((outcomes.cost > brief.budget.cents).mean()),
        defaults_used=tuple(brief.defaults_used),
        warnings=(
            *said,
            *style_note(given.style, question.offers.creator[chosen.offers], brief.style),
            *too_often(question, listed, chosen, shared),
        ),
        rejects=given.rejects,
        curve=explored.curve,
        build_up=tuple(done.reach.tolist()),
        evidence={row["name"]: row["source"] for row in given.priors.sources().to_pylist()},
        duplication=shared,
        flights=flights(brief, parts, listed),
        hand_over=_hand_over(question, chosen),
    )


def _phases(question: Question, chosen: Chosen) -> tuple[Phase, ...]:
    brief, opening = question.brief, chosen.weeks.opening if chosen.weeks else 0
    parts = (("open", chosen.opened), ("follow", chosen.followed)) if opening else (("campaign", chosen.followed),)
    return tuple(
        _phase(question, name, rows, weeks)
        for (name, rows), weeks in zip(parts, phase_weeks(brief, opening), strict=True)
    )


def _phase(question: Question, name: str, rows: NDArray[np.int64], weeks: tuple[int, int]) -> Phase:
    brief, offers = question.brief, question.offers
    start, end = day_of(brief, 7 * (weeks[0] - 1)), day_of(brief, 7 * weeks[1] - 1)
    tiers = tuple(offers.tiers[t] for t in np.unique(offers.tier[rows]))
    goal = "awareness" if name == "open" else brief.goal
    return Phase(name, start, end, goal, float(offers.cost[rows].sum()) / 100, tiers, weeks)


def _hand_over(question: Question, chosen: Chosen) -> HandOver | None:
    """What the follow-up would be without the opening; None for a campaign of one phase, or where nobody is primed."""
    if not chosen.opened.size or question.objective.goal not in BUYING:
        return None
    samples, offers = question.samples.only(question.offers.creator[chosen.offers]), question.offers
    found = buyers(samples, offers, chosen.opened, chosen.followed, question.priming)
    alone = value(samples, offers, chosen.followed, Objective("conversions"))
    return hand_over(found, alone, question.brief.hand_over)


def _forecast(question: Question, chosen: Chosen, outcomes: Outcomes) -> Forecast:
    profit = None if not question.objective.margin_cents else Interval.of_draws(outcomes.profit / 100)
    return Forecast(
        Interval.of_draws(outcomes.reach),
        Interval.of_draws(outcomes.impressions),
        Interval.of_draws(outcomes.engagement),
        Interval.of_draws(outcomes.conversions),
        profit,
        frequency(question.samples, question.offers, chosen.offers, TOP),
    )


def _bound(given: Given, question: Question, judged: dict[str, Judged], chosen: Chosen) -> Bound:
    """The certificate of the plan shown, against the best of everything at the same budget.

    For two-phase with priming the bound assumes everybody primed: every chance to buy times the factor.
    """
    best = judged[MIXED].chosen
    primed = chosen.name == TWO_PHASE and question.objective.goal in BUYING
    offers = primed_offers(question.offers, max(question.priming, 1.0)) if primed else question.offers
    problem = replace(question.problem, offers=offers, prepared=None) if primed else question.problem
    if primed or best.bound is None:
        reference = Selection(best.offers, np.zeros(best.offers.size), best.value, best.cost, "")
        proven = upper(problem, reference)
    else:
        proven = best.bound
    method = f"{proven.method}, everybody primed" if primed else proven.method
    bound = Bound(chosen.value, max(proven.upper, chosen.value), method)
    if given.second is not None:
        found = sampling(on_second_panel(question, given.second, chosen), bound.upper, largest_error(problem))
        bound = replace(bound, sampling=found)
    return bound.in_units(100.0) if question.brief.goal == "profit" else bound


def _unspent(question: Question, chosen: Chosen) -> str | None:
    left = question.constraints.budget_cents - chosen.cost
    if left <= 0.05 * question.constraints.budget_cents:
        return None
    return STOPPED.get(chosen.why_stopped, chosen.why_stopped)
