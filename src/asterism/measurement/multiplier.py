"""`Multiplier`: what a tier truly sold by what people say, per what was tracked; its draws and its sentence."""

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.errors import BadInput
from asterism.measurement.recall import TRUTHFUL, Floats, Recall
from asterism.quantities import Interval, figure

CAP: Final = 5.0
"""The largest multiplier that is believed: trackers report that codes catch a fifth of sales at least."""
EVERY: Final = "all"
"""The tier of the multiplier over all tiers together."""
CLOSE: Final = 0.5
"""Half the 80% interval over the mean up to which a projection is told; about seven answers that name the tier."""
_Z: Final = 1.2815515655446004
_DRAWS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Trust:
    """How far answers are believed: the largest multiplier, and how well people know what brought them."""

    cap: float = CAP
    recall: Recall = TRUTHFUL

    def __post_init__(self) -> None:
        if self.cap < 1:
            raise BadInput(f"A cap of {self.cap} would take away tracked orders.", "Give 1 or more, as 5.")


BELIEVED: Final = Trust()
"""Answers believed as they stand, up to the usual cap."""


@dataclass(frozen=True, slots=True)
class Multiplier:
    """What a tier truly sold by what people say, over what was tracked: projected ÷ tracked.

    Parameters
    ----------
    tier
        Of the creators; `all` for every tier together.
    tracked, tracked_cents
        Orders (sums of shares) and revenue that attribution credits to the tier.
    customers
        Orders that the answers speak for.
    answers, naming, untiered
        Answers in all, those that name a creator of the tier, and those that name a creator of no known tier.
    tiered
        Answers that name a creator of any known tier: untiered answers are spread in proportion to them.
    worth_cents, spread_cents, priced
        Mean and standard deviation of an order's value, and of how many orders it was taken.
    cap
        The largest value that is believed: draws above it are taken as it; `capped` says that what people say
        lies above it, so that nothing is told. There is no floor: below 1, people name creators less often than
        tracking does, as where a code leaked.
    told
        Whether there are answers enough; `says` is the finding in one sentence.
    projected, value, revenue_cents
        Orders by what people say, the multiplier and adjusted revenue under the cap, each with its 80% interval; None
        where nothing can be said.
    kinds
        How many tiers there are to spread untiered answers over.
    recall, astray
        How well people know what brought them, and the part of mistaken names that falls to the tier.
    """

    tier: str
    tracked: float
    tracked_cents: int
    customers: int
    answers: int
    naming: int
    untiered: int
    tiered: int
    worth_cents: float
    spread_cents: float
    priced: int
    cap: float
    capped: bool
    told: bool
    says: str
    projected: Interval | None = None
    value: Interval | None = None
    revenue_cents: Interval | None = None
    kinds: int = 2
    recall: Recall = TRUTHFUL
    astray: float = 1.0

    @property
    def differs(self) -> bool:
        """Whether what people say lies apart from what was tracked, chance taken into account."""
        apart = self.value is not None and not self.value.low <= 1 <= self.value.high
        return self.capped or (self.told and apart)

    def draws(self, n: int, rng: np.random.Generator) -> Floats:
        """Draws of adjusted revenue in cents, shape (n,): what the orders of the tier truly came to.

        Tracked revenue stands as it is; orders beyond it are worth the mean value, doubtful itself (Student's t), and
        differ from each other. Where fewer than tracked are believed, tracked revenue shrinks with them.
        """
        orders = self.orders(n, rng)
        more = orders - self.tracked
        df = max(self.priced - 1, 1)
        worth = self.worth_cents + rng.standard_t(df, n) * self.spread_cents / math.sqrt(max(self.priced, 1))
        beyond = more * worth + np.sqrt(np.maximum(more, 0)) * self.spread_cents * rng.standard_normal(n)
        shrunk = self.tracked_cents * (orders / self.tracked if self.tracked else 0.0)
        return np.maximum(np.where(more >= 0, self.tracked_cents + beyond, shrunk), 0.0)

    def orders(self, n: int, rng: np.random.Generator) -> Floats:
        """Draws of how many orders the tier truly had, up to the cap, shape (n,).

        Who answered is known; of the others each is the tier's with a chance that the answers tell (Jeffreys prior),
        so that answers from everybody leave no doubt.
        """
        named, share, creators = self._said(n, rng)
        if self.recall.truthful:
            drawn = named + rng.binomial(self.customers - self.answers, share)
        else:
            truth = self.recall.truth(share, creators, self.astray, rng)
            silent = self.answers - named
            drawn = rng.binomial(named, truth.of_named) + rng.binomial(silent, truth.of_others)
            drawn = drawn + rng.binomial(self.customers - self.answers, truth.share)
        return np.minimum(drawn, self.cap * self.tracked) if self.tracked else drawn.astype(float)

    def _said(self, n: int, rng: np.random.Generator) -> tuple[NDArray[np.int64], Floats, Floats]:
        """Draws of the answers that name the tier, and of the shares of buyers who would name it and any creator."""
        named, share = self.naming + np.zeros(n, dtype=np.int64), _beta(self.naming, self.answers, n, rng)
        if not self.untiered and (self.recall.truthful or self.astray == 1):
            return named, share, share
        part = rng.beta(self.naming + 0.5, self.tiered - self.naming + 0.5 * (self.kinds - 1), n)
        named = named + rng.binomial(self.untiered, part)
        creators = _beta(self.tiered + self.untiered, self.answers, n, rng)
        return named, creators * part, creators


def judged(bare: Multiplier) -> Multiplier:
    """A multiplier with its intervals, from draws of a fixed seed so that it never changes by itself."""
    if not bare.answers:
        return replace(bare, says=f"Cannot tell yet: nobody was asked; {_needed(bare)}.")
    said = replace(bare, cap=math.inf).orders(_DRAWS, np.random.default_rng(0))
    projected = _interval(said)
    narrow = (projected.high - projected.low) / 2 <= CLOSE * projected.mean
    enough = bare.naming > 0 and projected.mean > 0 and narrow
    if enough and projected.mean > bare.cap * bare.tracked > 0:  # draws held at the cap would look certain
        return replace(bare, projected=projected, capped=True, says=_sentence(replace(bare, capped=True), projected))
    found = replace(
        bare,
        projected=projected,
        value=_interval(np.minimum(said / bare.tracked, bare.cap)) if bare.tracked else None,
        revenue_cents=_interval(bare.draws(_DRAWS, np.random.default_rng(0))),
        told=enough,
    )
    return replace(found, says=_sentence(found, projected))


def untold(found: Multiplier, why: str) -> Multiplier:
    """A multiplier of which nothing can be told, for a reason that lies outside its answers."""
    return replace(found, projected=None, value=None, revenue_cents=None, capped=False, told=False, says=why)


def _interval(draws: Floats) -> Interval:
    """The interval of draws; their mean is kept inside, which a cap may push it out of."""
    plain = Interval.of_draws(draws)
    return replace(plain, mean=min(max(plain.mean, plain.low), plain.high))


def _sentence(found: Multiplier, projected: Interval) -> str:
    whom = "creators" if found.tier == EVERY else f"{found.tier} creators"
    named = f"{found.naming} of {found.answers} answers name {whom}"
    if not (found.told or found.capped):
        return f"Cannot tell yet: {named}; {_needed(found)}."
    orders = f"{named}: {_whole(projected)} of {found.customers:,} orders, against {figure(found.tracked)} tracked"
    if found.capped:
        beyond = f"more than the {found.cap:g} times that are believed, so look what tracking misses"
        return f"Cannot tell yet: {orders}; {beyond}."
    if found.value is None:
        return f"{orders}; without a tracked order there is no multiplier."
    times = f"{orders}, {_range(found.value)} times as many"
    return f"{times}." if found.value.mean >= 1 else f"{times}: fewer than tracked, so look for leaked codes."


def _needed(found: Multiplier) -> str:
    """What it would take to narrow the interval to `CLOSE`, at the share seen so far; never more than all orders."""
    guess = (found.naming + 0.5) / (found.answers + 1)
    if not found.answers:
        guess = max(found.tracked / found.customers, 0.01) if found.customers else 0.1
    share = min(guess, 0.9)
    wider = found.recall.blurred(share, found.astray)
    if not math.isfinite(wider):
        return "mistaken answers alone could be as many, and more answers would not help"
    inverse = CLOSE**2 * share / (_Z**2 * (1 - share) * wider**2) + (1 / found.customers if found.customers else 0.0)
    rounded = float(f"{1 / inverse:.2g}")
    n = max(math.ceil(rounded), min(found.answers + 1, found.customers))
    return f"about {n:,} answers are needed"


def _range(of: Interval) -> str:
    return f"{figure(of.mean)} ({figure(of.low)}–{figure(of.high)})"


def _whole(of: Interval) -> str:
    return f"{of.mean:,.0f} ({of.low:,.0f}–{of.high:,.0f})"


def _beta(named: int, answers: int, n: int, rng: np.random.Generator) -> Floats:
    return rng.beta(named + 0.5, answers - named + 0.5, n)
