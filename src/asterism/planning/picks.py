"""The picks of a plan: who, in what package, at what price, what each adds, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from asterism.audience.samples import Samples
from asterism.planning.alternatives import Chosen
from asterism.planning.objective import Objective, value
from asterism.planning.phases import BUYING, buyers
from asterism.planning.plan import Pick, Price
from asterism.planning.question import Question
from asterism.planning.reasons import GOAL_WORDS
from asterism.planning.worth import Worth
from asterism.priors.curves import Z
from asterism.quantities import Interval, figure
from asterism.signals.table import Signals


@dataclass(frozen=True, slots=True)
class Added:
    """What each chosen offer adds after those before it, in the goal's unit, and the people reached so far."""

    gain: NDArray[np.float64]
    reach: NDArray[np.float64]


def added(question: Question, chosen: Chosen) -> Added:
    """Gains and reach in the order of the plan; each gain is after everything before it.

    A follow-up's gains count the people the opening primed. Money gains (profit) are in the brief's currency.
    """
    offers, objective = question.offers, question.objective
    rows = chosen.offers
    samples = question.samples.only(offers.creator[rows])
    reach = np.array([value(samples, offers, rows[: i + 1], Objective("awareness")) for i in range(rows.size)])
    if chosen.opened.size and objective.goal in BUYING:
        return Added(np.append(_steps(question, samples, chosen.opened), _after(question, samples, chosen)), reach)
    return Added(_steps(question, samples, rows), reach)


def _steps(question: Question, samples: Samples, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    money = 100.0 if question.objective.goal == "profit" else 1.0
    totals = [value(samples, question.offers, rows[: i + 1], question.objective) / money for i in range(rows.size)]
    return np.diff(np.array([0.0, *totals]))


def _after(question: Question, samples: Samples, chosen: Chosen) -> NDArray[np.float64]:
    """What each of the follow-up adds, to the people the opening missed and to those it met."""
    objective, rows = question.objective, chosen.followed
    money = 100.0 if objective.goal == "profit" else 1.0
    first = buyers(samples, question.offers, chosen.opened, rows[:0], question.priming).sum()
    many = [buyers(samples, question.offers, chosen.opened, rows[: i + 1], question.priming).sum()
            for i in range(rows.size)]  # fmt: skip
    people = np.diff(np.array([first, *many]))
    return (objective.per_result * people - objective.per_cent * question.offers.cost[rows]) / money


def picks(
    question: Question, signals: Signals, chosen: Chosen, done: Added, worths: Sequence[Worth] = ()
) -> tuple[Pick, ...]:
    """The chosen offers as picks, in the order they were added; `worths` says what each is worth at most."""
    split, most = chosen.opened.size, {one.offer: one for one in worths}
    phase = ["open" if split and i < split else "follow" if split else "campaign" for i in range(chosen.offers.size)]
    return tuple(
        _worded(question, _pick(question, signals, int(row), name, float(gain)), most.get(int(row)))
        for row, name, gain in zip(chosen.offers, phase, done.gain, strict=True)
    )


def _pick(question: Question, signals: Signals, row: int, phase: str, gain: float) -> Pick:
    offers = question.offers
    creator = int(offers.creator[row])
    who = signals.creators.slice(creator, 1).to_pylist()[0]
    return Pick(
        creator_id=who["creator_id"],
        handle=f"@{(who['handle'] or who['creator_id']).lstrip('@')}",
        platform=who["platform"],
        tier=offers.tiers[int(offers.tier[row])],
        phase=phase,
        package=offers.package[row],
        price=Price(_fee(question, row), offers.fee_source[row]),
        gain=gain,
        rung=int(question.samples.rung[creator]),
        reasons=_reasons(question, signals, row, who, gain),
        followers=who["followers"],
        niche=who["niche"],
    )


def _worded(question: Question, pick: Pick, worth: Worth | None) -> Pick:
    """The pick with the most that its fee should be, in a sentence too; a quote is a price for just this package."""
    if worth is None:
        return pick
    quoted = pick.price.source == "quote" and question.offers.fee_log_sd[worth.offer] == 0
    said = worth.says(pick.handle) if quoted else f"for this brief {worth.limit}"
    return replace(pick, price=replace(pick.price, most=worth.most), reasons=(*pick.reasons, said))


def _fee(question: Question, row: int) -> Interval:
    """The expected fee with its log-normal 80% interval; the mean is what the budget holds against."""
    mean, sd = float(question.offers.fee[row]) / 100, float(question.offers.fee_log_sd[row])
    median = mean * np.exp(-(sd**2) / 2)
    return Interval(mean, min(float(median * np.exp(-Z * sd)), mean), max(float(median * np.exp(Z * sd)), mean))


def _reasons(question: Question, signals: Signals, row: int, who: dict[str, object], gain: float) -> tuple[str, ...]:
    offers, brief = question.offers, question.brief
    money = brief.budget.currency
    what = f"{figure(gain)} {money} of profit" if brief.goal == "profit" else f"{figure(gain)} {GOAL_WORDS[brief.goal]}"
    found = [f"adds {what} after those before it, for {offers.cost[row] / 100:,.2f} {money} with handling"]
    rate = _format_row(signals, int(offers.creator[row]), offers.package[row].split()[1])
    posts = f"{rate['posts']} own posts" if rate["posts"] else str(rate["engagement_source"])
    found.append(f"engagement {_percent(rate)} of {rate['engagement_denominator']}, from {posts}")
    if brief.niche or brief.audience.wanted:
        found.append(f"{100 * float(str(who['on_target'])):.2g}% of the audience on target ({who['on_target_source']})")
    if not who["record"]:
        found.append(f"no proven record: {who['record_evidence']}")
    return tuple(found)


def _percent(rate: dict[str, float]) -> str:
    middle, low, high = (100 * rate[f"engagement_rate{end}"] for end in ("", "_low", "_high"))
    return f"{middle:.2g}% ({low:.2g}–{high:.2g})"


def _format_row(signals: Signals, creator: int, name: str) -> dict[str, float]:
    rows = signals.formats
    own = rows.take(np.flatnonzero(rows["creator"].to_numpy() == creator)).to_pylist()
    return next(row for row in own if row["format"] == name)
