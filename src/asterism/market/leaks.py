"""Codes that leak: which, since when, and the orders that strangers then place with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.market.campaign_options import CampaignOptions
from asterism.market.collaborations import Collaboration
from asterism.market.currencies import DAY, seconds

FADES: Final = 14 * DAY
"""Seconds in which the orders with a leaked code fall to a third."""
TAIL: Final = 30
"""Days after its end in which a campaign's codes still count and orders still come."""


@dataclass(frozen=True, slots=True)
class Leaking:
    """The code of a collaboration (its position) that leaked at a time, and when strangers used it, in seconds."""

    collaboration: int
    since: int
    at: NDArray[np.int64]


def draw_leaks(
    rng: np.random.Generator, collaborations: Sequence[Collaboration], options: CampaignOptions
) -> tuple[Leaking, ...]:
    """The codes that leak, each from 1 to 15 days after its first post, and their use by strangers until they end."""
    ends = seconds(options.start) + (options.days + TAIL) * DAY
    leaky = np.flatnonzero(rng.random(len(collaborations)) < options.leaked).tolist()
    return tuple(_one(rng, i, int(collaborations[i].posted[0]), ends, options.leak) for i in leaky)


def _one(rng: np.random.Generator, at: int, first: int, ends: int, per_day: float) -> Leaking:
    since = first + int(rng.integers(DAY, 15 * DAY))
    whole = 1 - np.exp(-(ends - since) / FADES)
    count = rng.poisson(per_day * FADES / DAY * whole)
    used = since - FADES * np.log1p(-rng.random(count) * whole)
    return Leaking(at, since, np.sort(used.astype(np.int64)))
