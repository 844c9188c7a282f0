"""What a set of offers is worth: people reached, reached often enough, who act, who buy, or money."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from asterism.audience.samples import Samples
from asterism.brief import Goal
from asterism.errors import WrongUsage, did_you_mean
from asterism.planning import _kernels
from asterism.planning.offers import Offers

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Objective:
    """What is to be as large as possible; at most one offer per creator is bought.

    With q the chance of the link times the offer's chance, and w·worth the wanted people a sampled person stands for:

    awareness, engagement, conversions
        Σ w·worth·(1 − Π (1 − q)), q from the offer's `reach`, `act` or `buy`: distinct people.
    effective_reach
        Σ w·worth·P(at least `frequency` exposures); an offer gives a person it can reach no exposure with the
        chance 1 − link, else a beta-binomial(posts, 1, (1 − r) / r) number of them, r = exposures / posts.
    profit
        `margin_cents` × conversions − Σ cost, in cents; may be negative.
    """

    goal: Goal
    frequency: int = 3
    margin_cents: float = 0.0

    def __post_init__(self) -> None:
        if self.goal not in get_args(Goal):
            raise WrongUsage(f"`{self.goal}` is no goal.", did_you_mean(str(self.goal), list(get_args(Goal))))
        if self.frequency < 1:
            raise WrongUsage(f"A frequency of {self.frequency} is no goal.", "Ask for at least 1 exposure.")

    @property
    def depth(self) -> int:
        """How many exposures have to be told apart: `frequency` for effective reach, else 1."""
        return self.frequency if self.goal == "effective_reach" else 1

    @property
    def per_result(self) -> float:
        """What one person counts: 1, or the margin in cents for profit."""
        return self.margin_cents if self.goal == "profit" else 1.0

    @property
    def per_cent(self) -> float:
        """What one cent of cost takes away: 1 for profit, else 0."""
        return 1.0 if self.goal == "profit" else 0.0

    def profile(self, offers: Offers) -> Floats:
        """P(j exposures that count | the link works), j = 1 … depth, the last «or more»; (n_offers, depth)."""
        if self.goal == "effective_reach":
            return exposure_profile(offers, self.frequency)
        rates = {"awareness": offers.reach, "engagement": offers.act}
        return np.clip(rates.get(self.goal, offers.buy), 0.0, 1.0).reshape(-1, 1)


@dataclass(frozen=True, slots=True)
class Draws:
    """Multipliers of the rates of chosen offers per posterior draw, each (n_draws, n_chosen); 1 is the mean.

    `fee` multiplies the fee; handling stays. `variant` (n_draws,) names the variant of the audience a draw believes.
    """

    reach: Floats
    act: Floats
    buy: Floats
    exposures: Floats
    fee: Floats
    variant: NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What one set of offers brings in each draw: people on target and cents, each (n_draws,)."""

    reach: Floats
    effective_reach: Floats
    engagement: Floats
    conversions: Floats
    impressions: Floats
    profit: Floats
    cost: Floats

    def of(self, goal: Goal) -> Floats:
        """The value of one goal per draw."""
        return self.reach if goal == "awareness" else np.asarray(getattr(self, goal))


def exposure_profile(offers: Offers, depth: int) -> Floats:
    """P(j of an offer's posts are seen), j = 1 … depth, the last «or more»; (n_offers, depth)."""
    return np.asarray(_kernels.exposure_profiles(offers.posts, offers.exposures.astype(np.float64), depth))


def shapes(depth: int) -> tuple[Floats, ...]:
    """Worths of 0 … depth exposures that lead the search; the goal's own is 0 … 0, 1.

    min(n, depth) / depth is concave, so its gains only fall; the mixtures lean towards the goal.

    >>> [shape.tolist() for shape in shapes(1)]
    [[0.0, 1.0]]
    """
    steps = np.arange(depth + 1) / depth
    return (steps,) if depth == 1 else tuple(steps * lead + goal_shape(depth) * (1 - lead) for lead in (1.0, 0.5, 0.1))


def goal_shape(depth: int) -> Floats:
    """The worth of 0 … depth exposures where only `depth` of them count: 0 … 0, 1."""
    return np.append(np.zeros(depth), 1.0)


def value(samples: Samples, offers: Offers, chosen: ArrayLike, objective: Objective) -> float:
    """The value of `chosen` (rows of `offers`) on the mean rates: people, or cents for profit.

    Raises
    ------
    WrongUsage
        Two chosen offers are of one creator.
    """
    rows = _rows(offers, chosen)
    people = _seen(samples, offers, rows, objective.profile(offers)[rows])[-1]
    return float(objective.per_result * people - objective.per_cent * int(offers.cost[rows].sum()))


def frequency(samples: Samples, offers: Offers, chosen: ArrayLike, top: int) -> tuple[float, ...]:
    """People on target reached exactly 1, 2 … `top` times, the last «or more», on the mean rates."""
    rows = _rows(offers, chosen)
    return tuple(float(n) for n in _seen(samples, offers, rows, exposure_profile(offers, top)[rows])[1:])


def impressions(samples: Samples, offers: Offers, chosen: ArrayLike) -> float:
    """Mean number of exposures of people on target: Σ w·worth·Σ chance·exposures."""
    rows = _rows(offers, chosen)
    begin, where, chance = _links_of(samples, offers, rows)
    wanted = np.repeat(samples.weight * samples.worth, np.diff(begin))
    return float((wanted * chance * offers.exposures[rows][where]).sum())


def values_on_draws(
    samples: Samples, offers: Offers, chosen: ArrayLike, objective: Objective, draws: Draws
) -> Outcomes:
    """What `chosen` brings in each draw; every goal at once, people on target.

    Draw r sees only the people of its variant, who then stand for everybody (weight × n_variants). Rates beyond 1
    and exposures beyond the posts are cut off.
    """
    rows = _rows(offers, chosen)
    begin, where, chance = _links_of(samples, offers, rows)
    touched = np.flatnonzero(np.diff(begin))
    begin = np.append(begin[touched], begin[-1:]).astype(np.int64)
    rates = np.stack(
        [_capped(getattr(offers, name)[rows], getattr(draws, name)) for name in ("reach", "act", "buy")], 1
    )
    posts = offers.posts[rows].astype(np.int64)
    seen = np.minimum(offers.exposures[rows] * draws.exposures, posts)
    found = _kernels.drawn_outcomes(
        begin,
        where,
        chance,
        _worth_by_variant(samples)[:, touched],
        draws.variant.astype(np.int64),
        np.ascontiguousarray(np.concatenate([rates, seen[:, None, :]], axis=1)),
        posts,
        objective.frequency,
    )
    cost = (offers.cost[rows] - offers.fee[rows]).sum() + (offers.fee[rows] * draws.fee).sum(axis=1)
    reach, often, actors, buyers, shown = np.ascontiguousarray(found.T)
    return Outcomes(reach, often, actors, buyers, shown, objective.margin_cents * buyers - cost, cost)


def frequency_on_draws(samples: Samples, offers: Offers, chosen: ArrayLike, draws: Draws, top: int) -> Floats:
    """People on target reached at least 1, 2 … `top` times in each draw, shape (n_draws, top).

    The first column is the reach of `values_on_draws`: both follow from the same beta-binomial exposures.
    """
    rows = _rows(offers, chosen)
    begin, where, chance = _links_of(samples, offers, rows)
    posts = offers.posts[rows].astype(np.int64)
    seen = np.minimum(offers.exposures[rows] * draws.exposures, posts)
    worth, variant = _worth_by_variant(samples), draws.variant.astype(np.int64)
    return np.asarray(_kernels.drawn_frequency(begin, where, chance, worth, variant, seen, posts, top))


def _capped(mean: Floats, factor: Floats) -> Floats:
    return np.clip(mean * factor, 0.0, 1.0)


def _rows(offers: Offers, chosen: ArrayLike | Sequence[int]) -> Rows:
    rows = np.asarray(chosen, dtype=np.int64).reshape(-1)
    creators = offers.creator[rows]
    if np.unique(creators).size != creators.size:
        raise WrongUsage("Two chosen offers are of one creator.", "Choose at most one offer per creator.")
    return rows


def _links_of(samples: Samples, offers: Offers, rows: Rows) -> tuple[Rows, Rows, Floats]:
    place = np.full(samples.n_creators, -1, dtype=np.int64)
    place[offers.creator[rows]] = np.arange(rows.size)
    begin, where, chance = _kernels.selected(samples.start, samples.link, samples.chance, place)
    return begin, where, chance


def _seen(samples: Samples, offers: Offers, rows: Rows, profile: Floats) -> Floats:
    links = _links_of(samples, offers, rows)
    return np.asarray(_kernels.times_seen(*links, samples.weight * samples.worth, np.ascontiguousarray(profile)))


def _worth_by_variant(samples: Samples) -> Floats:
    own = np.arange(samples.n_variants)[:, None] == samples.variant[None, :]
    return np.asarray(own * (samples.weight * samples.worth * samples.n_variants))
