"""How far a panel's reach may be off because it is a sample of people and not all of them."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from asterism.audience._kernels import residual_moments
from asterism.audience.incidence import Incidence

Floats = NDArray[np.float64]

TYPICAL: Final = 12
"""Creators in the sets whose error is called typical: the middle of a usual plan."""


def sampling_error(incidence: Incidence, chosen: NDArray[np.int32], multiplier: Floats, worth: Floats) -> float:
    """Standard error, in people, of a calibrated panel's reach of the chosen creators.

    People came in one by one with chance 1 / weight, so the variance is Σ weight · (weight − 1) · e², where e is what
    is left of «reached and wanted» once the links to the chosen creators, whose audiences are known, explained it.

    Parameters
    ----------
    chosen
        Columns of the creators in the set, (n_chosen,).
    multiplier
        0 for creators not chosen, 1 or a reach rate for the others, (n_creators,).
    worth
        Part of each sampled person that is wanted, (n_people,).

    References
    ----------
    Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 6.6, for Poisson sampling.
    """
    spread = incidence.weight * np.maximum(incidence.weight - 1.0, 0.0)
    square, cross, total = residual_moments(
        incidence.start, incidence.link, incidence.chance, multiplier, worth, place_of(incidence, chosen), spread
    )
    explained = float(cross @ np.linalg.lstsq(square, cross, rcond=1e-10)[0]) if chosen.size else 0.0
    return math.sqrt(max(total - explained, 0.0))


def total_error(incidence: Incidence, chosen: NDArray[np.int32], outcome: Floats) -> float:
    """Standard error of Σ weight · outcome, where the chosen creators bring about the outcome.

    As in `sampling_error`, for any figure of a person: `outcome` (n_people,), 0 for people none of them reaches. The
    moments of the n people reached are those of n − n_chosen free ones, as many as the regression leaves.
    """
    links = csr_array(
        (incidence.chance, incidence.link, incidence.start), shape=(incidence.n_people, incidence.n_creators)
    )
    reached = np.flatnonzero(outcome)
    mine, y = links[reached][:, chosen], outcome[reached]
    spread = incidence.weight[reached] * np.maximum(incidence.weight[reached] - 1.0, 0.0)
    square, cross = (mine.T @ (mine * spread[:, None])).toarray(), mine.T @ (spread * y)
    left = float(spread @ y**2 - cross @ np.linalg.lstsq(square, cross, rcond=1e-10)[0])
    return math.sqrt(max(left, 0.0) * reached.size / max(reached.size - chosen.size, 1))


def typical_error(incidence: Incidence) -> float:
    """Relative standard error of the reach of a set of `TYPICAL` creators, the mean of up to four such sets."""
    apart = max(incidence.n_creators // TYPICAL, 1)
    everybody = np.ones(incidence.weight.size)
    found = []
    for first in range(min(apart, 4)):
        chosen = np.arange(first, incidence.n_creators, apart, dtype=np.int32)[:TYPICAL]
        multiplier = (place_of(incidence, chosen) >= 0).astype(float)
        reached = np.logical_or.reduceat(multiplier[incidence.link] > 0, incidence.start[:-1])
        people = float(incidence.weight @ reached)
        found.append(sampling_error(incidence, chosen, multiplier, everybody) / people)
    return float(np.mean(found))


def place_of(incidence: Incidence, chosen: NDArray[np.int32]) -> NDArray[np.int32]:
    """Each creator's position among the chosen, −1 for the others, shape (n_creators,)."""
    place = np.full(incidence.n_creators, -1, np.int32)
    place[chosen] = np.arange(chosen.size, dtype=np.int32)
    return place
