"""Survey: «how did you hear of us?» as a multiplier on tracked orders, per tier, with its interval and a cap."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.measurement.crediting import Attribution
from asterism.measurement.events import Partner
from asterism.quantities import Interval

Floats = NDArray[np.float64]

CREATOR: Final = "creator"
"""The channel of an answer that names a creator; every other word is another way."""
CAP: Final = 5.0
"""The largest multiplier that is believed: trackers report that codes catch a fifth of sales at least."""
EVERY: Final = "all"
"""The tier of the multiplier over all tiers together."""


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
        The largest value that is believed; `capped` says that it acted on the mean.
    told
        Whether there are answers enough; `says` is the finding in one sentence.
    projected, value, revenue_cents
        Orders, multiplier and adjusted revenue, each with its 80% interval; None where nothing can be said.
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

    def draws(self, n: int, rng: np.random.Generator) -> Floats:
        """Draws of adjusted revenue in cents, shape (n,): what the orders of the tier truly came to."""
        raise NotImplementedError


def multipliers(
    answers: Iterable[SurveyAnswer],
    attribution: Attribution,
    partners: Iterable[Partner],
    customers: int,
    cap: float = CAP,
) -> tuple[Multiplier, ...]:
    """The multiplier of each tier of the partners, and last of all tiers together; `customers` counts all orders."""
    raise NotImplementedError
