"""The sponsored effect: what a paid post gets per other post of the same creator, with its doubt.

The log ratio of a creator's paid to other posts is r = mean paid − mean other, with variance σ²(1/n_paid + 1/n_other).
Ratios scatter around the usual one by τ: r ~ N(μ, τ²). μ starts at the benchmark and moves with the creators at hand;
each creator's own is drawn to it. Morris 1983, doi:10.1080/01621459.1983.10477920.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asterism.priors import LogNormal, Priors
from asterism.quantities import Interval
from asterism.signals.forecasting.trend import History

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SponsoredEffect:
    """Per creator, (n,): the belief about what a paid post gets per other post, and how much of the own mix is paid.

    `usual` is the belief about the creators at hand together, with its 80% range.
    """

    ratio: LogNormal
    paid: Floats
    usual: Interval

    def shift(self, sponsored: bool | None) -> Floats:
        """What to add to the log level of a creator's own mix of posts to speak of paid posts, or of all others."""
        if sponsored is None:
            return np.zeros(self.paid.size)
        return np.asarray((float(sponsored) - self.paid) * np.log(self.ratio.median))

    def doubt(self, sponsored: bool | None) -> Floats:
        """The standard deviation of `shift`."""
        if sponsored is None:
            return np.zeros(self.paid.size)
        return np.asarray(np.abs(float(sponsored) - self.paid) * self.ratio.log_sd)


def sponsored_effect(seen: History, post_log_sd: float, priors: Priors) -> SponsoredEffect:
    """The effect for the creators of one platform and format, from those who have posts of both kinds.

    A creator without posts, or of whose posts nobody said whether they were paid, has the usual mix of the others.
    """
    entry, between = priors.entry("sponsored_effect"), priors.entry("sponsored_effect.log_sd").value ** 2
    both = (seen.n_paid > 0) & (seen.n_own > 0)
    noise = post_log_sd**2 * (1 / np.where(both, seen.n_paid, 1.0) + 1 / np.where(both, seen.n_own, 1.0))
    ratio = np.where(both, seen.mean_paid - seen.mean_own, 0.0)
    precision = np.where(both, 1.0 / (noise + between), 0.0)
    total = precision.sum() + entry.sd**-2
    usual = float((precision @ ratio + np.log(entry.value) / entry.sd**2) / total)
    trust = np.where(both, between / (between + noise), 0.0)
    log_sd = np.sqrt((1 - trust) * between + (1 - trust) ** 2 / total)
    middle = LogNormal(np.exp(np.array(usual)), np.array(total**-0.5))
    return SponsoredEffect(
        LogNormal(np.exp(usual + trust * (ratio - usual)), log_sd),
        _mix(seen),
        Interval(float(middle.median), float(middle.low), float(middle.high)),
    )


def _mix(seen: History) -> Floats:
    """The paid part of each creator's posts, or of everybody's where nothing is known of its own."""
    judged = seen.n_paid + seen.n_own
    common = seen.n_paid.sum() / max(judged.sum(), 1.0)
    return np.where(judged > 0, seen.paid, common)
