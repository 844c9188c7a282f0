"""What an occasion does to a campaign: how many posts per creator, and which offers come into question.

launch
    The opening is concentrated: at most two weeks, everybody of it on the first day.
test
    Many small bets: one post per creator, and none dearer than a tenth of the budget, so that ten or more are compared.
local
    People nearby first: creators with twice the usual creator's part of the audience on target, where there are any.
always_on
    Relationships of months: up to six posts per creator, two weeks apart, where the brief sets no limit of its own.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.planning.offers import Offers

LAUNCH_WEEKS: Final = 2
"""A launch's opening lasts this long at most: «a few weeks for a quick buzz»."""
TEST_SHARE: Final = 0.1
"""The largest part of the budget that one creator of a test may cost."""
NEARER: Final = 2.0
"""How many times the usual part of an audience on target makes a creator local."""
TEST_USEFUL: Final = 15_000.0
"""US dollars below which a test is «not statistically useful» (growthunders.com, 1,400 placements)."""
LASTING_POSTS: Final = 6
"""Posts of one creator in a relationship of months, at most."""
FORTNIGHT: Final = 2
LASTING_WEEKS: Final = 4
"""Weeks after which a relationship begins to tell: where the factor of repeated endorsement starts."""


def posts_wanted(brief: Brief) -> int:
    """The most posts per creator: the brief's own limit, else what the occasion suggests, else the default."""
    limits = brief.limits
    if "posts_per_creator" in limits.model_fields_set:
        return limits.posts_per_creator
    if brief.occasion == "test":
        return 1
    if brief.occasion == "always_on":
        return max(min(brief.weeks // FORTNIGHT, LASTING_POSTS), limits.posts_per_creator)
    return limits.posts_per_creator


def suited(offers: Offers, brief: Brief, on_target: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which offers suit the occasion, (n_offers,); `on_target` (n_creators,) is the part of an audience on target.

    Where nobody's audience is nearer than anybody else's, a `local` campaign may choose from all.
    """
    if brief.occasion == "test":
        return np.asarray(offers.cost <= TEST_SHARE * brief.budget.cents)
    if brief.occasion == "local":
        near = on_target >= NEARER * np.median(on_target)
        return np.asarray(near[offers.creator] | (not near.any()))
    return np.ones(len(offers), dtype=bool)
