"""`authenticity`: the share of every creator's followers that is real, and the signal whose parts say why."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.creators.tables import Tables
from asterism.priors import Priors
from asterism.signals.authenticity import belief, parts
from asterism.signals.authenticity.geography import understood
from asterism.signals.authenticity.growth import growth
from asterism.signals.authenticity.sampled import sampled
from asterism.signals.lineup import Lineup
from asterism.signals.reading import Signal, combine
from asterism.signals.statistics import SufficientStatistics

Floats = NDArray[np.float64]

VERSION: Final = "1"


@dataclass(frozen=True, slots=True)
class Authenticity:
    """How authentic every creator's audience is, (n,) each.

    Parameters
    ----------
    real, low, high
        The share of followers that are real: mean and 80% interval, never NaN.
    source
        What moved it away from the prior.
    signal
        How usual everything measured is, 0 to 1, with the parts it is made of.
    """

    real: Floats
    low: Floats
    high: Floats
    source: NDArray[np.object_]
    signal: Signal


def authenticity(lineup: Lineup, tables: Tables, stats: SufficientStatistics, priors: Priors) -> Authenticity:
    """The share of real followers, and the signal, of every creator considered.

    The share is the priors' mixture of two clusters moved by what speaks of followers: sampled accounts, a vendor's
    figure, engagement among peers, growth nobody explained. The signal also holds what speaks of engagement itself:
    comments per like and commenters; and mass followers and geography. What is not known widens both, and lowers
    neither.
    """
    usual, credible = priors.authentic().mean, lineup.numbers("credible")
    sample, steps = sampled(lineup, tables.accounts), growth(lineup, tables.snapshots, tables.annotations)
    among_peers, percentile = parts.engagement(lineup, stats)
    evidence = [
        sample.evidence,
        belief.vendor(credible, priors),
        belief.engagement(percentile, priors),
        belief.steps(steps.share, priors),
    ]
    real = belief.after(priors, evidence)
    signal = combine(
        "authenticity",
        VERSION,
        [
            parts.account_sample(sample, usual),
            parts.vendors_figure(credible, priors, usual),
            among_peers,
            parts.comments_per_like(lineup, stats),
            parts.growth(steps),
            parts.commenters(lineup, stats),
            parts.mass_followers(sample, priors),
            parts.geography(lineup, understood(lineup, tables.audiences), priors),
        ],
    )
    return Authenticity(real.mean, real.low, real.high, real.source, signal)
