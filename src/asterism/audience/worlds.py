"""One believable world of audiences: people per cell, and the chance that a light or heavy user is in an audience."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.activity import EXPONENTIAL, Activity, intensities, mean_chance

Floats = NDArray[np.float64]

FULL: Final = 0.98
"""No audience holds more of a cell's people than this, unless it holds as much of everybody."""
_NEGLIGIBLE: Final = 1e-3


@dataclass(frozen=True, slots=True)
class World:
    """People per cell (n_cells,), their activity classes, and chances (n_cells, n_classes, n_creators)."""

    people: Floats
    activity: Activity
    chance: Floats


@dataclass(frozen=True, slots=True)
class Sampled:
    """Sampled people of several worlds, as an `Incidence` holds them."""

    weight: Floats
    start: NDArray[np.int64]
    link: NDArray[np.int32]
    chance: Floats
    variant: NDArray[np.int16]


def world(audience: Floats, population: Floats, universe: float, activity: Activity) -> World:
    """The world in which creator c has `audience[c, j]` people in cell j.

    A cell holds people in proportion to `population` (n_cells,), or as many as its largest audience needs. In cell j a
    person of activity h is in audience c with chance 1 − exp(−λ_cj h), λ_cj such that the cell gives c exactly its
    people there.
    """
    people = _people(audience, population, universe)
    density = (_fitting(audience, people) / people).T
    return World(people, activity, _chances(density, activity))


def without_negligible(share: Floats) -> Floats:
    """Shares (n_creators, n_cells) with those too small to matter moved to the others of the same creator."""
    kept = np.where(share < _NEGLIGIBLE / share.shape[1], 0.0, share)
    return np.asarray(kept / kept.sum(axis=1, keepdims=True))


def _people(audience: Floats, total: Floats, universe: float) -> Floats:
    needed = audience.max(axis=0) / FULL
    if needed.sum() >= universe:
        return np.asarray(universe * (needed + 1e-9 * total) / (needed + 1e-9 * total).sum())
    people = universe * total / total.sum()
    short = people < needed
    while bool((people < needed * (1 - 1e-9)).any()):
        rest = universe - needed[short].sum()
        people = np.where(short, needed, rest * total / max(total[~short].sum(), 1e-300))
        short = short | (people < needed)
    return np.asarray(people)


def _fitting(audience: Floats, people: Floats) -> Floats:
    part = audience.sum(axis=1, keepdims=True) / people.sum()
    most = np.maximum(FULL, part) * people
    fitted = np.minimum(audience, most)
    room = most - fitted
    left = audience.sum(axis=1, keepdims=True) - fitted.sum(axis=1, keepdims=True)
    return np.asarray(fitted + left * room / np.maximum(room.sum(axis=1, keepdims=True), 1e-300))


def _chances(density: Floats, activity: Activity) -> Floats:
    intensity = intensities(density, activity, EXPONENTIAL)
    chance = EXPONENTIAL.chance(intensity[:, None, :] * activity.level[None, :, None])
    return exactly(chance, mean_chance(intensity, activity, EXPONENTIAL)[:, None, :], density[:, None, :])


def exactly(chance: Floats, mean: Floats, wanted: Floats) -> Floats:
    """Chances whose mean moves from `mean` to `wanted` without leaving 0 to 1.

    Scaled down where the mean is too high; their complements scaled down where it is too low.
    """
    lower = wanted <= mean
    down = np.where(lower, wanted / np.maximum(mean, 1e-300), 1.0)
    up = np.where(lower, 0.0, (wanted - mean) / np.maximum(1.0 - mean, 1e-300))
    return np.asarray(chance * (down - up) + up)


def sampled(worlds: Sequence[World]) -> Sampled:
    """The people of all worlds together, each world one variant that stands for an equal part of everybody."""
    weight = np.concatenate([np.outer(w.people, w.activity.weight).ravel() for w in worlds]) / len(worlds)
    chance = np.concatenate([w.chance.reshape(-1, w.chance.shape[2]) for w in worlds])
    linked = chance > 0.0
    start = np.concatenate([[0], np.cumsum(np.count_nonzero(linked, axis=1))]).astype(np.int64)
    variant = np.repeat(np.arange(len(worlds)), [w.people.size * w.activity.level.size for w in worlds])
    return Sampled(weight, start, np.nonzero(linked)[1].astype(np.int32), chance[linked], variant.astype(np.int16))
