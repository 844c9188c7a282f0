"""The record: a proven history of engagement is what makes somebody an influencer; followers alone do not."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

AVERAGES: Final = ("avg_likes", "avg_comments", "avg_shares", "avg_engagements", "engagement_rate")
NO_RECORD: Final = "no engagement figures: followers alone make no influencer"


@dataclass(frozen=True, slots=True)
class Record:
    """Per creator: whether engagement is proven, and by what."""

    proven: NDArray[np.bool_]
    evidence: NDArray[np.object_]


def record(posts: NDArray[np.int64], stated: NDArray[np.bool_]) -> Record:
    """The record of creators with so many posts whose engagement is known, or with stated averages, (n,) each.

    >>> record(np.array([3, 0, 0]), np.array([False, True, False])).evidence.tolist()
    ['engagement of 3 posts', 'stated averages', 'no engagement figures: followers alone make no influencer']
    """
    own = posts > 0
    words = np.array([f"engagement of {n} post{'s' if n != 1 else ''}" for n in posts.tolist()], dtype=object)
    evidence = np.where(own, words, np.where(stated, "stated averages", NO_RECORD))
    return Record(own | stated, evidence.astype(object))
