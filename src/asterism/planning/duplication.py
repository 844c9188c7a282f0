"""Who shares whose audience: the people on target that each two picks of a plan can both reach."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience import _kernels as kernels
from asterism.audience.samples import Samples
from asterism.audience.sampling import place_of
from asterism.planning.plan import Duplication

MOST: Final = 40
"""Picks told apart: 780 pairs are as many as anybody reads."""


def duplication(samples: Samples, columns: NDArray[np.int32]) -> Duplication:
    """The people that each two of the first 40 columns share, Σ weight · worth · chance_a · chance_b.

    Parameters
    ----------
    columns
        The picks' columns in the samples, in the order of the plan, (n_picks,); who is picked for two phases stands
        there twice and shares everybody with themselves.
    """
    chosen, place = np.unique(columns[:MOST], return_inverse=True)
    where = place_of(samples, chosen.astype(np.int32))
    mass = samples.weight * samples.worth
    people = kernels.shared(samples.start, samples.link, samples.chance, where, mass)
    return Duplication(tuple(tuple(row) for row in people[np.ix_(place, place)].tolist()))
