"""What the orders of a simulated campaign are worth: amounts, margins, refunds and new customers, in whole cents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.market.campaign_options import CampaignOptions
from asterism.market.currencies import USUAL
from asterism.market.sales import BASELINE, CAUSED, LEAKED, OWN, Sales, unlike

NEW: Final = {CAUSED: 0.75, BASELINE: 0.4, LEAKED: 0.15, OWN: 0.0}
"""Share of new customers per kind of order."""
UNSAID: Final = 0.05
"""Share of orders of which the shop does not say whether the customer is new."""
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Amounts:
    """Per order, (n,): cents of its own currency (a position), margin and refunds in the same.

    `new` is 1 for a new customer, 0 for a returning one, −1 where the shop does not say.
    """

    cents: Ints
    currency: Ints
    margin: Ints
    refunded: Ints
    cancelled: NDArray[np.bool_]
    new: Ints

    @property
    def kept(self) -> Ints:
        """What is left of the amount after refunds, in its own currency; nothing of a cancelled order."""
        return np.where(self.cancelled, 0, self.cents - self.refunded)


def draw_amounts(rng: np.random.Generator, sales: Sales, words: Sequence[str], options: CampaignOptions) -> Amounts:
    """Amounts of orders, in the currencies `words`."""
    kind = sales.kind
    share = np.array([options.currencies.get(word, 0.0) for word in words])
    currency = rng.choice(len(words), kind.size, p=share / share.sum())
    per_unit = 100 * USUAL[options.currency] / np.array([USUAL[word] for word in words])[currency]
    value = rng.gamma(4, options.order_value / 4, kind.size)
    cents = np.maximum(np.rint(value * per_unit), 100).astype(np.int64)
    left = np.clip(options.margin * rng.lognormal(-0.005, 0.1, kind.size), 0, 1)
    cancelled = rng.random(kind.size) < options.cancelled
    back = np.where(rng.random(kind.size) < 1 / 3, 1.0, rng.uniform(0.05, 0.9, kind.size))
    back *= (rng.random(kind.size) < options.refunded) & ~cancelled
    usual = np.array([NEW[CAUSED], 1 - NEW[CAUSED]])
    mine = unlike(rng, usual, int(sales.cause.max(initial=0)) + 1, options.habits)[sales.cause, 0]
    new = rng.random(kind.size) < np.where(kind == CAUSED, mine, np.array([NEW[k] for k in sorted(NEW)])[kind])
    return Amounts(
        cents=cents,
        currency=currency.astype(np.int64),
        margin=np.rint(cents * left).astype(np.int64),
        refunded=np.rint(cents * back).astype(np.int64),
        cancelled=cancelled,
        new=np.where(rng.random(kind.size) < UNSAID, -1, new.astype(np.int64)),
    )
