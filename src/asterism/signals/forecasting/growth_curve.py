"""The growth curve of a post: which share of its final figures it has reached at an age, by platform."""

import math
from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import ArrayLike, NDArray

from asterism.creators.schema import PLATFORMS
from asterism.priors import Priors

LEAST_SHARE: Final = 0.1
"""Share below which a post is not multiplied further: what is seen in its first hours says little."""
DAY: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class GrowthCurve:
    """share(t) = 1 − exp(−ln 2 · (t / half)^shape): half of the final figures after `half_days`.

    A stretched exponential (Weibull): most attention comes early, and the rest ever more slowly. Crane & Sornette
    2008, doi:10.1073/pnas.0803685105, for why attention relaxes slowly.

    >>> GrowthCurve(1.0, 0.6).share([1.0, 30.0]).round(2).tolist()
    [0.5, 1.0]
    """

    half_days: float
    shape: float

    @classmethod
    def of(cls, platform: str, priors: Priors) -> "GrowthCurve":
        """The curve believed of a platform; platforms without figures of their own take `growth.half_days.other`."""
        name = f"growth.half_days.{platform}"
        entry = priors.entry(name if name in priors.entries else "growth.half_days.other")
        return cls(entry.value, priors.entry("growth.shape").value)

    def share(self, age_days: ArrayLike) -> NDArray[np.float64]:
        """The share reached at each age, `LEAST_SHARE` to 1; 1 where the age is unknown or before publication."""
        age = np.asarray(age_days, dtype=float)
        grown = -np.expm1(-math.log(2) * (np.where(age > 0, age, np.inf) / self.half_days) ** self.shape)
        return np.asarray(np.where(age > 0, np.maximum(grown, LEAST_SHARE), 1.0))


def grown(posts: ir.Table, priors: Priors) -> ir.Value:
    """The share of its final figures each post had when it was read, from `posted_at`, `seen_at` and `platform`.

    1 where either time is unknown, or the figures were read before publication: nothing is known of its age.
    """
    age = (posts.seen_at.epoch_seconds() - posts.posted_at.epoch_seconds()) / DAY
    shape = priors.entry("growth.shape").value
    curves = [(name, GrowthCurve.of(name, priors)) for name in PLATFORMS]
    half = ibis.cases(
        *((posts.platform == name, curve.half_days) for name, curve in curves),
        else_=GrowthCurve.of("other", priors).half_days,
    )
    share = 1.0 - (-math.log(2) * (ibis.greatest(age, 0.0) / half) ** shape).exp()
    return ibis.ifelse(ibis.and_(age.notnull(), age > 0), ibis.greatest(share, LEAST_SHARE), 1.0)
