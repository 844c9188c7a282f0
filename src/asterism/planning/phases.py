"""Hybrid campaigns: macro opens, micro follows, and those who saw the opening buy more readily.

After the opening each sampled person splits into two: not reached, and reached but not yet a buyer. The second part
converts better by the priming factor. The follow-up then plans on ordinary samples.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from asterism.audience.samples import Samples
from asterism.brief import Brief
from asterism.creators.tiers import TierScheme
from asterism.planning.offers import Offers
from asterism.planning.plan import Phase

BUYING = ("conversions", "profit")
"""Goals for which priming matters."""


def opening_tiers(tiers: TierScheme) -> tuple[str, ...]:
    """Tiers that open a two-phase campaign: macro and above, or the upper half of a scheme without a macro tier.

    >>> from asterism.creators.tiers import scheme
    >>> opening_tiers(scheme("industry5")), opening_tiers(scheme({"small": 0, "large": 50_000}))
    (('macro', 'mega'), ('large',))
    """
    names = tiers.names
    at = names.index("macro") if "macro" in names else (len(names) + 1) // 2
    return names[at:]


def missed(samples: Samples, chance_by_creator: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chance that a sampled person is missed by all: Π (1 − chance · multiplier), shape (n_people,)."""
    counts = np.flatnonzero((chance_by_creator > 0)[samples.link])
    person = np.searchsorted(samples.start, counts, side="right") - 1
    with np.errstate(divide="ignore"):
        log_miss = np.log1p(-np.minimum(samples.chance[counts] * chance_by_creator[samples.link[counts]], 1.0))
    return np.asarray(np.exp(np.bincount(person, weights=log_miss, minlength=samples.n_people)))


def by_creator(offers: Offers, chosen: NDArray[np.int64], chance: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """The chosen offers' chances per creator column, 0 for creators not chosen, shape (n,)."""
    spread = np.zeros(n)
    spread[offers.creator[chosen]] = chance[chosen]
    return spread


def without_buyers(samples: Samples, offers: Offers, opened: NDArray[np.int64], priming: float) -> Samples:
    """The people a follow-up still finds after the opening: 2 · n_people, first the unprimed, then the primed.

    Unprimed people keep their chances and the weight w · P(not reached); primed ones have weight w · (P(reached) −
    P(bought)) and chances times `priming`: here a chance may exceed 1, since it only ever multiplies the far smaller
    chance to buy.
    """
    n = samples.n_creators
    unreached = missed(samples, by_creator(offers, opened, offers.reach, n))
    bought = 1 - missed(samples, by_creator(offers, opened, offers.buy, n))
    primed = np.maximum(1 - unreached - bought, 0.0)
    return replace(
        samples,
        weight=np.concatenate([samples.weight * unreached, samples.weight * primed]),
        start=np.concatenate([samples.start, samples.start[1:] + samples.start[-1]]),
        link=np.concatenate([samples.link, samples.link]),
        chance=np.concatenate([samples.chance, samples.chance * priming]),
        worth=np.concatenate([samples.worth, samples.worth]),
        variant=np.concatenate([samples.variant, samples.variant]),
    )


def without_reached(
    samples: Samples, offers: Offers, opened: NDArray[np.int64], chance: NDArray[np.float64]
) -> Samples:
    """The people the opening left: weights times the chance that no opened offer got them."""
    left = missed(samples, by_creator(offers, opened, chance, samples.n_creators))
    return replace(samples, weight=samples.weight * left)


def one_phase(brief: Brief, spent: float, tiers: Sequence[str]) -> tuple[Phase, ...]:
    """The single phase of a campaign without a hand-over."""
    end = brief.start and brief.start + timedelta(weeks=brief.weeks) - timedelta(days=1)
    return (Phase("campaign", brief.start, end, brief.goal, spent, tuple(tiers)),)


def two_phases(brief: Brief, spent: tuple[float, float]) -> tuple[Phase, ...]:
    """Opening and follow-up, each with half of the weeks."""
    middle = brief.start and brief.start + timedelta(weeks=brief.weeks) / 2
    end = brief.start and brief.start + timedelta(weeks=brief.weeks) - timedelta(days=1)
    opening = opening_tiers(brief.tiers)
    following = tuple(t for t in brief.tiers.names if t not in opening)
    before: date | None = middle and middle - timedelta(days=1)
    return (
        Phase("open", brief.start, before, "awareness", spent[0], opening),
        Phase("follow", middle, end, brief.goal, spent[1], following),
    )
