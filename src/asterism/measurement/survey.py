"""Survey: «how did you hear of us?» as a multiplier on tracked orders, per tier, with its interval and a cap."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.errors import BadInput
from asterism.measurement.crediting import Attribution, Credit
from asterism.measurement.events import Partner
from asterism.quantities import Interval, figure

Floats = NDArray[np.float64]

CREATOR: Final = "creator"
"""The channel of an answer that names a creator; every other word is another way."""
CAP: Final = 5.0
"""The largest multiplier that is believed: trackers report that codes catch a fifth of sales at least."""
EVERY: Final = "all"
"""The tier of the multiplier over all tiers together."""
CLOSE: Final = 0.5
"""Half the 80% interval over the mean up to which a projection is told; about seven answers that name the tier."""
_Z: Final = 1.2815515655446004
_DRAWS: Final = 5_000
_PRICED: Final = 10
"""Orders of a tier from which their own mean value counts; below, that of all orders."""


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """An answer to «how did you hear of us?»; `channel` is `creator` or the name of another way.

    `partner` is the key of the partner whom the person named, `tier` is given where only the kind of creator is known,
    `order` is the order's key where the answer came with one.
    """

    key: str
    at: datetime
    channel: str
    partner: str = ""
    tier: str = ""
    order: str = ""


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
        lies above it. There is no floor: below 1, people name creators less often than tracking does, as where a code
        leaked.
    told
        Whether there are answers enough; `says` is the finding in one sentence.
    projected, value, revenue_cents
        Orders by what people say, the multiplier and adjusted revenue under the cap, each with its 80% interval; None
        where nothing can be said.
    kinds
        How many tiers there are to spread untiered answers over.
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
        named, share = self.naming + np.zeros(n, dtype=np.int64), _beta(self.naming, self.answers, n, rng)
        if self.untiered:
            part = rng.beta(self.naming + 0.5, self.tiered - self.naming + 0.5 * (self.kinds - 1), n)
            named = named + rng.binomial(self.untiered, part)
            share = _beta(self.tiered + self.untiered, self.answers, n, rng) * part
        drawn = (named + rng.binomial(self.customers - self.answers, share)).astype(float)
        return np.minimum(drawn, self.cap * self.tracked) if self.tracked else drawn


def multipliers(
    answers: Iterable[SurveyAnswer],
    attribution: Attribution,
    partners: Iterable[Partner],
    customers: int,
    cap: float = CAP,
) -> tuple[Multiplier, ...]:
    """The multiplier of each tier of the partners, and last of all tiers together.

    `customers` counts the orders that the answers speak for: those of the period, asked or not, without those that
    attribution sets aside. An answer counts once by its key, and one per order. An answer that names a creator of none
    of the partners names another way; one that names a creator without saying which is spread over the tiers as the
    others fell.

    Raises
    ------
    BadInput
        There are more answers than orders, or the cap is below 1.
    """
    if cap < 1:
        raise BadInput(f"A cap of {cap} would take away tracked orders.", "Give 1 or more, as 5.")
    tiers = {partner.key: partner.tier for partner in partners}
    said = Counter(_said(a, tiers) for a in _once(answers, {aside.order for aside in attribution.set_aside}))
    if said.total() > customers:
        what = f"{said.total()} answers speak for {customers} orders."
        raise BadInput(what, "Count every order of the period, also of those who were not asked.")
    asked = _Asked(said, customers, cap, len(set(tiers.values())), _Worth.of(_values(attribution)))
    mine = attribution.of(tiers)
    each = {tier: [c for c in mine if tiers[c.partner] == tier] for tier in sorted(set(tiers.values()) - {""})}
    return (*(asked.told_of(tier, credited) for tier, credited in each.items()), asked.told_of(EVERY, mine))


def _once(answers: Iterable[SurveyAnswer], aside: set[str]) -> list[SurveyAnswer]:
    """The answers that count: the first of each key, then of each order; none of an order that is set aside."""
    timely = sorted(answers, key=lambda a: (a.at, a.key, a.channel, a.partner, a.tier))
    by_key: dict[str, SurveyAnswer] = {}
    for answer in timely:
        by_key.setdefault(answer.key, answer)
    by_order: dict[tuple[str, str], SurveyAnswer] = {}
    for answer in by_key.values():
        by_order.setdefault(("order", answer.order) if answer.order else ("key", answer.key), answer)
    return [answer for answer in by_order.values() if answer.order not in aside]


def _said(answer: SurveyAnswer, tiers: Mapping[str, str]) -> str | None:
    """The tier that an answer names, empty for a creator of no known tier, None for another way."""
    if answer.channel != CREATOR:
        return None
    if answer.partner:
        return tiers.get(answer.partner)
    return answer.tier if not answer.tier or answer.tier in tiers.values() else None


@dataclass(frozen=True, slots=True)
class _Worth:
    """Mean and standard deviation of the value of some orders, in cents."""

    mean: float
    spread: float
    orders: int

    @classmethod
    def of(cls, cents: Sequence[float]) -> "_Worth":
        """Of the orders' values."""
        if not cents:
            return cls(0.0, 0.0, 0)
        return cls(float(np.mean(cents)), float(np.std(cents, ddof=1)) if len(cents) > 1 else 0.0, len(cents))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What everybody said, of how many orders, and what orders are worth on the whole."""

    said: Counter[str | None]
    customers: int
    cap: float
    kinds: int
    worth: _Worth

    def told_of(self, tier: str, credited: Sequence[Credit]) -> Multiplier:
        """The multiplier of one tier, or of all together; with one tier alone every creator named is of it."""
        creators = sum(count for label, count in self.said.items() if label is not None)
        apart = tier != EVERY and self.kinds > 1
        own = _Worth.of([float(c.revenue_cents / c.share) for c in credited])
        worth = own if own.orders >= _PRICED else self.worth
        bare = Multiplier(
            tier=tier,
            tracked=float(sum(c.share for c in credited)),
            tracked_cents=sum(c.revenue_cents for c in credited),
            customers=self.customers,
            answers=self.said.total(),
            naming=self.said[tier] if apart else creators,
            untiered=self.said[""] if apart else 0,
            tiered=creators - self.said[""] if apart else creators,
            worth_cents=worth.mean,
            spread_cents=worth.spread,
            priced=worth.orders,
            cap=self.cap,
            capped=False,
            told=False,
            says="",
            kinds=self.kinds,
        )
        return _judged(bare)


def _judged(bare: Multiplier) -> Multiplier:
    """A multiplier with its intervals, from draws of a fixed seed so that it never changes by itself."""
    if not bare.answers:
        return replace(bare, says=f"Cannot tell yet: nobody was asked; about {_needed(bare)} answers are needed.")
    said = replace(bare, cap=math.inf).orders(_DRAWS, np.random.default_rng(0))
    projected = _interval(said)
    found = replace(
        bare,
        projected=projected,
        value=_interval(np.minimum(said / bare.tracked, bare.cap)) if bare.tracked else None,
        revenue_cents=_interval(bare.draws(_DRAWS, np.random.default_rng(0))),
        capped=projected.mean > bare.cap * bare.tracked > 0,
        told=bare.naming > 0 and (projected.high - projected.low) / 2 <= CLOSE * projected.mean,
    )
    return replace(found, says=_sentence(found, projected))


def _interval(draws: Floats) -> Interval:
    """The interval of draws; their mean is kept inside, which a cap may push it out of."""
    plain = Interval.of_draws(draws)
    return replace(plain, mean=min(max(plain.mean, plain.low), plain.high))


def _sentence(found: Multiplier, projected: Interval) -> str:
    whom = "creators" if found.tier == EVERY else f"{found.tier} creators"
    named = f"{found.naming} of {found.answers} answers name {whom}"
    if not found.told:
        return f"Cannot tell yet: {named}; about {_needed(found)} answers are needed."
    orders = f"{named}: {_whole(projected)} of {found.customers:,} orders, against {figure(found.tracked)} tracked"
    if found.value is None:
        return f"{orders}; without a tracked order there is no multiplier."
    if found.capped:
        return f"{orders}; the cap holds the multiplier at {found.cap:g}."
    times = f"{orders}, {_range(found.value)} times as many"
    return f"{times}." if found.value.mean >= 1 else f"{times}: fewer than tracked, so look for leaked codes."


def _needed(found: Multiplier) -> str:
    """Answers that would narrow the interval to `CLOSE`, at the share seen so far; never more than there are orders."""
    guess = (found.naming + 0.5) / (found.answers + 1)
    if not found.answers:
        guess = max(found.tracked / found.customers, 0.01) if found.customers else 0.1
    share = min(guess, 0.9)
    inverse = CLOSE**2 * share / (_Z**2 * (1 - share)) + (1 / found.customers if found.customers else 0.0)
    rounded = float(f"{1 / inverse:.2g}")
    return f"{max(math.ceil(rounded), min(found.answers + 1, found.customers)):,}"


def _range(of: Interval) -> str:
    return f"{figure(of.mean)} ({figure(of.low)}–{figure(of.high)})"


def _whole(of: Interval) -> str:
    return f"{of.mean:,.0f} ({of.low:,.0f}–{of.high:,.0f})"


def _values(attribution: Attribution) -> list[float]:
    """What every order is worth in cents, whoever is credited with it."""
    whole = {credit.order: float(credit.revenue_cents / credit.share) for credit in attribution.credits}
    return [*whole.values(), *(float(order.revenue_cents) for order in attribution.unattributed)]


def _beta(named: int, answers: int, n: int, rng: np.random.Generator) -> Floats:
    return rng.beta(named + 0.5, answers - named + 0.5, n)
