"""The model of two phases: who is met by the opening, who still can buy, and how much more readily.

With r and b a person's chances to be reached and to buy in the opening, and f and f′ those to buy in the follow-up
unprimed and primed, the campaign sells Σ w·worth·(b + (1 − r) f + (r − b) f′). f′ takes every chance to buy times the
priming factor, at most the chance to be reached. A creator works in one phase: its posts are one package.
"""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.samples import Samples
from asterism.creators.tiers import TierScheme
from asterism.planning.objective import Objective, value
from asterism.planning.offers import Offers
from asterism.planning.plan import HandOver

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

BUYING: Final = ("conversions", "profit")
"""Goals for which priming matters."""


def opening_tiers(tiers: TierScheme) -> tuple[str, ...]:
    """Tiers that open by the trade's rule: macro and above, or the upper half of a scheme without a macro tier.

    >>> from asterism.creators.tiers import scheme
    >>> opening_tiers(scheme("industry5")), opening_tiers(scheme({"small": 0, "large": 50_000}))
    (('macro', 'mega'), ('large',))
    """
    names = tiers.names
    at = names.index("macro") if "macro" in names else (len(names) + 1) // 2
    return names[at:]


def effects(offers: Offers, priming: float, rule: str | None = None) -> Floats:
    """What an offer takes from a person's three products, in the opening and in the follow-up, (2, n_offers, 3).

    A person's buyers are 1 − X − Y + Z, products over all offers held of 1 − chance · effect, with q, b and b′ the
    chance to reach, to sell, and to sell to the primed:

    ===========  =======  =======  =======  ==========================================================
    rule         X        Y        Z        counts, beside the opening's own buyers
    ===========  =======  =======  =======  ==========================================================
    None         q or b   b or b′  q or b′  all buyers of the follow-up
    `retarget`   q or 0   b or b′  q or b′  those whom the opening had reached
    `extend`     b or 0   q or b   q or 0   those whom it had not reached
    ===========  =======  =======  =======  ==========================================================

    Derived from Π over both phases, as each product is over independent creators.
    """
    reach, buy, none = offers.reach, offers.buy, np.zeros(len(offers))
    primed = np.minimum(buy * priming, np.maximum(reach, buy))
    table = {
        "retarget": ((reach, buy, reach), (none, primed, primed)),
        "extend": ((buy, reach, reach), (none, buy, none)),
    }
    columns = table.get(rule or "", ((reach, buy, reach), (buy, primed, primed)))
    return np.ascontiguousarray(np.array(columns).transpose(0, 2, 1))


def missed(samples: Samples, chance_by_creator: Floats) -> Floats:
    """Chance that a sampled person is missed by all: Π (1 − chance · multiplier), shape (n_people,)."""
    counts = np.flatnonzero((chance_by_creator > 0)[samples.link])
    person = np.searchsorted(samples.start, counts, side="right") - 1
    with np.errstate(divide="ignore"):
        log_miss = np.log1p(-np.minimum(samples.chance[counts] * chance_by_creator[samples.link[counts]], 1.0))
    return np.asarray(np.exp(np.bincount(person, weights=log_miss, minlength=samples.n_people)))


def by_creator(offers: Offers, chosen: Rows, chance: Floats, n: int) -> Floats:
    """The chosen offers' chances per creator column, 0 for creators not chosen, shape (n,)."""
    spread = np.zeros(n)
    spread[offers.creator[chosen]] = chance[chosen]
    return spread


def left_by(samples: Samples, offers: Offers, opened: Rows) -> tuple[Samples, Samples]:
    """The people a follow-up finds: those the opening missed, and those it reached without selling to them.

    The weights are w · P(not reached) and w · (P(reached) − P(bought)).
    """
    unreached = missed(samples, by_creator(offers, opened, offers.reach, samples.n_creators))
    bought = 1 - missed(samples, by_creator(offers, opened, offers.buy, samples.n_creators))
    met = np.maximum(1 - unreached - bought, 0.0)
    return replace(samples, weight=samples.weight * unreached), replace(samples, weight=samples.weight * met)


def primed_offers(offers: Offers, priming: float) -> Offers:
    """The offers as they sell to people who met the brand before: at most everybody reached buys."""
    return replace(offers, buy=np.minimum(offers.buy * priming, np.maximum(offers.reach, offers.buy)))


def buyers(samples: Samples, offers: Offers, opened: Rows, followed: Rows, priming: float) -> Floats:
    """Buyers of the opening, and of the follow-up among people it missed and people it met, (3,)."""
    count = Objective("conversions")
    fresh, met = left_by(samples, offers, opened)
    return np.array(
        [
            value(samples, offers, opened, count),
            value(fresh, offers, followed, count),
            value(met, primed_offers(offers, priming), followed, count),
        ]
    )


def hand_over(found: Floats, alone: float, stated: str | None) -> HandOver:
    """What the follow-up owes to the opening, from `buyers` and the buyers of the follow-up without it."""
    _, fresh, primed = found.tolist()
    return HandOver(stated or ("retarget" if primed >= fresh else "extend"), stated is not None, primed, fresh, alone)
