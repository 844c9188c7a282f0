"""Every alternative at the same budget: one tier only, mixed, two-phase; the best set of each, found on means."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.creators.tiers import ALWAYS
from asterism.errors import Infeasible
from asterism.planning.bound import proof_effort, upper
from asterism.planning.branch import BRANCHED, bettered
from asterism.planning.flights import Weeks, divisions
from asterism.planning.hybrid import Hybrid, Split, divide, plan_phases
from asterism.planning.objective import value
from asterism.planning.phases import BUYING, buyers, effects, opening_tiers
from asterism.planning.plan import Bound
from asterism.planning.problem import Problem
from asterism.planning.question import Question
from asterism.planning.relaxation import relax
from asterism.planning.search import Selection, plan_set
from asterism.planning.shortlist import shortlist

MIXED: Final = "mixed"
TWO_PHASE: Final = "two_phase"
NOBODY: Final = np.zeros(0, dtype=np.int64)

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The best set found for one alternative, valued on means.

    `opened` and `followed` are offer rows in the order they were added; a campaign of one phase has no `opened`.
    `weeks` is how the weeks are divided between two phases; `bound` holds for every set of one phase, where known.
    """

    name: str
    opened: Rows
    followed: Rows
    value: float
    cost: int
    why_empty: str | None = None
    why_stopped: str = ""
    weeks: Weeks | None = None
    bound: Bound | None = None

    @property
    def offers(self) -> Rows:
        """All chosen offer rows."""
        return np.concatenate([self.opened, self.followed])


def names(brief: Brief) -> tuple[str, ...]:
    """Alternatives in order of simplicity: the scheme's tiers and those always spoken of, mixed, two_phase."""
    tiers = brief.tiers.names
    return (*tiers, *(t for t in ALWAYS if t not in tiers), MIXED, TWO_PHASE)


def compare(question: Question) -> dict[str, Chosen]:
    """The best set of every alternative; mixed is never worse than the best single tier it contains."""
    tiers = question.brief.tiers.names
    found = {name: single(question, name) for name in names(question.brief) if name not in (MIXED, TWO_PHASE)}
    mixed = _mixed(question)
    best = max((found[t] for t in tiers), key=lambda c: c.value if c.why_empty is None else -np.inf)
    if best.why_empty is None and best.value > mixed.value:
        mixed = replace(best, name=MIXED, bound=mixed.bound)
    two = two_phase(question, mixed)
    return {**found, MIXED: _at_once(question, two, mixed), TWO_PHASE: two}


def _mixed(question: Question) -> Chosen:
    """The best set of all tiers with its bound; where a quick answer will do, without either relaxation or branches."""
    problem = question.problem
    if question.sketch:
        return _chosen(MIXED, plan_set(problem))
    first = plan_set(replace(problem, swap_work=0))
    if not first.offers.size:
        return _chosen(MIXED, first)
    better, least = bettered(problem, plan_set(problem, relax(problem, first.offers, proof_effort(problem))))
    proven = upper(replace(problem, proof_work=1), better)
    proven = replace(proven, upper=least, method=BRANCHED) if least < proven.upper else proven
    return replace(_chosen(MIXED, better), bound=proven)


def _at_once(question: Question, two: Chosen, mixed: Chosen) -> Chosen:
    """Mixed, or both phases published at once where that set is better: what is found for one serves the other."""
    if two.why_empty is not None:
        return mixed
    worth = value(question.samples, question.offers, two.offers, question.objective)
    if worth <= mixed.value + 1e-9 * abs(mixed.value):
        return mixed
    return Chosen(MIXED, NOBODY, two.offers, worth, two.cost, why_stopped=two.why_stopped, bound=mixed.bound)


def single(question: Question, tier: str) -> Chosen:
    """The best set of one tier alone, empty with its reason where there is none."""
    if tier not in question.brief.tiers.names:
        return _empty(tier, f"The scheme `{question.brief.tiers.name}` has no tier {tier}.")
    if not (question.offers.tier == question.offers.tiers.index(tier)).any():
        return _empty(tier, f"No candidate is {question.brief.tiers.describe(tier)}.")
    return _try(tier, question.problem.under(replace(question.constraints, allowed_tiers=(tier,))))


def two_phase(question: Question, mixed: Chosen) -> Chosen:
    """The best campaign of an opening and a follow-up, split as it serves best, from the best of one phase.

    It is at least as good as `mixed` wherever the weeks leave both phases room for the packages of `mixed`. Every
    division of the weeks that makes a difference is tried.
    """
    if mixed.why_empty is not None:
        return _empty(TWO_PHASE, mixed.why_empty)
    ways = divisions(question.brief, question.priors)
    if not ways:
        return _empty(TWO_PHASE, "Two phases need a free day in each of two weeks or more.")
    if question.objective.goal not in BUYING:
        return max((_ordered(question, mixed, weeks) for weeks in ways), key=_rank)
    tried = [_divided(question, mixed, weeks) for weeks in (ways[:1] if question.sketch else ways)]
    return max(tried, key=_rank)


def _rank(chosen: Chosen) -> float:
    return chosen.value if chosen.why_empty is None else -np.inf


def _divided(question: Question, mixed: Chosen, weeks: Weeks) -> Chosen:
    """Two phases for buyers: searched on the shortlist, or `mixed` divided where that is better."""
    whole = hybrid_of(question, weeks)
    if question.sketch:
        found = plan_phases(whole, mixed.offers, thorough=False)
    else:
        ways = (divide(whole, mixed.offers), _within(question, whole, mixed.offers, weeks))
        found = max((way for way in ways if way is not None), key=lambda way: way.value, default=None)
    if found is None:
        return _empty(TWO_PHASE, "Nobody could open for the others: the campaign is one creator's, or has no room.")
    return _two(question, found.opened, found.followed, weeks)


def _within(question: Question, whole: Hybrid, start: Rows, weeks: Weeks) -> Split | None:
    """The best two phases of the shortlist, valued on everybody."""
    small = shortlist(question)
    found = plan_phases(hybrid_of(small.question, weeks), small.short(start))
    return None if found is None else whole.split(small.full(found.opened), small.full(found.followed))


def hybrid_of(question: Question, weeks: Weeks) -> Hybrid:
    """The question of two phases over weeks divided in one way."""
    offers = question.offers
    opens = np.isin(offers.tier, [offers.tiers.index(t) for t in opening_tiers(question.brief.tiers)])
    fits = np.array([offers.posts <= most for most in weeks.posts])
    effect = effects(offers, question.priming, question.brief.hand_over)
    return Hybrid(question.problem, effect, fits, opens)


def _ordered(question: Question, mixed: Chosen, weeks: Weeks) -> Chosen:
    """Two phases where counting people once makes the order matter to nobody: the best set, the usual tiers first."""
    offers, most = question.offers, min(weeks.posts)
    rows = mixed.offers
    if int(offers.posts[rows].max()) > most:
        rows = _chosen("", plan_set(question.problem.under(question.constraints, offers.posts <= most))).offers
    first = np.isin(offers.tier[rows], [offers.tiers.index(t) for t in opening_tiers(question.brief.tiers)])
    if rows.size < 2:
        return _empty(TWO_PHASE, "One creator alone cannot both open and follow.")
    if first.all() or not first.any():
        first = np.arange(rows.size) == 0
    return _two(question, rows[first], rows[~first], weeks)


def _two(question: Question, opened: Rows, followed: Rows, weeks: Weeks) -> Chosen:
    cost = int(question.offers.cost[np.append(opened, followed)].sum())
    worth = value_of_two(question, opened, followed)
    full = opened.size + followed.size >= question.constraints.max_creators
    why = "limits.max_creators" if full else "no gain" if question.objective.goal == "profit" else "budget"
    return Chosen(TWO_PHASE, opened, followed, worth, cost, why_stopped=why, weeks=weeks)


def value_of_two(question: Question, opened: Rows, followed: Rows) -> float:
    """The value of two phases on mean rates: people, or cents for profit."""
    objective, both = question.objective, np.append(opened, followed)
    if objective.goal not in BUYING:
        return value(question.samples, question.offers, both, objective)
    samples = question.samples.only(question.offers.creator[both])
    found = buyers(samples, question.offers, opened, followed, question.priming)
    cost = int(question.offers.cost[both].sum())
    return float(objective.per_result * found.sum() - objective.per_cent * cost)


def _try(name: str, problem: Problem) -> Chosen:
    try:
        return _chosen(name, plan_set(problem))
    except Infeasible as refused:
        return _empty(name, str(refused))


def _chosen(name: str, selection: Selection) -> Chosen:
    if not len(selection.offers):
        return _empty(name, selection.why_stopped or "Nothing fits the budget.")
    rows = np.asarray(selection.offers, dtype=np.int64)
    return Chosen(name, NOBODY, rows, selection.value, selection.cost_cents, None, selection.why_stopped)


def _empty(name: str, why: str) -> Chosen:
    return Chosen(name, NOBODY, NOBODY, 0.0, 0, why)
