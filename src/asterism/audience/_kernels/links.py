"""People counted over CSR links; each loop has its plain twin in `tests/naive/audience.py`."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Columns = NDArray[np.int32]
Variants = NDArray[np.int16]
Floats = NDArray[np.float64]


@njit(cache=True)
def transposed(start: Ints, link: Columns, chance: Floats, n_creators: int) -> tuple[Ints, Columns, Floats]:
    """The links by creator instead of by person: a counting sort, people ascending within a creator."""
    begin = np.zeros(n_creators + 1, np.int64)
    for i in range(link.size):
        begin[link[i] + 1] += 1
    for c in range(n_creators):
        begin[c + 1] += begin[c]
    free = begin[:-1].copy()
    person = np.empty(link.size, np.int32)
    by_creator = np.empty(link.size, np.float64)
    for p in range(start.size - 1):
        for i in range(start[p], start[p + 1]):
            slot = free[link[i]]
            person[slot] = p
            by_creator[slot] = chance[i]
            free[link[i]] = slot + 1
    return begin, person, by_creator


@njit(cache=True)
def union_by_variant(
    start: Ints, link: Columns, chance: Floats, multiplier: Floats, mass: Floats, variant: Variants, n_variants: int
) -> Floats:
    """People reached at least once, per variant: Σ_p mass_p · (1 − Π_c (1 − chance_pc · multiplier_c)).

    `multiplier` (n_creators,) is 0 for a creator not chosen, 1 for a whole audience, a reach rate for an offer;
    `mass` (n_people,) is weight × worth.
    """
    reached = np.zeros(n_variants)
    for p in range(start.size - 1):
        missed = 1.0
        for i in range(start[p], start[p + 1]):
            missed *= 1.0 - chance[i] * multiplier[link[i]]
        reached[variant[p]] += mass[p] * (1.0 - missed)
    return reached


@njit(cache=True)
def frequency(start: Ints, link: Columns, chance: Floats, multiplier: Floats, mass: Floats, classes: int) -> Floats:
    """People reached exactly 1, 2, …, `classes` times, the last one «or more», by every person's Poisson-binomial."""
    people = np.zeros(classes)
    times = np.zeros(classes)  # times[j]: chance of exactly j, j < classes
    for p in range(start.size - 1):
        times[:] = 0.0
        times[0] = 1.0
        for i in range(start[p], start[p + 1]):
            hit = chance[i] * multiplier[link[i]]
            for j in range(classes - 1, 0, -1):
                times[j] = times[j] * (1.0 - hit) + times[j - 1] * hit
            times[0] *= 1.0 - hit
        more = 1.0 - times[0]
        for j in range(1, classes):
            people[j - 1] += mass[p] * times[j]
            more -= times[j]
        people[classes - 1] += mass[p] * max(more, 0.0)
    return people


@njit(cache=True)
def audiences_by_variant(
    start: Ints, link: Columns, chance: Floats, multiplier: Floats, mass: Floats, variant: Variants, n_variants: int
) -> Floats:
    """People each creator reaches alone, (n_variants, n_creators): Σ_p mass_p · chance_pc · multiplier_c."""
    alone = np.zeros((n_variants, multiplier.size))
    for p in range(start.size - 1):
        for i in range(start[p], start[p + 1]):
            alone[variant[p], link[i]] += mass[p] * chance[i] * multiplier[link[i]]
    return alone


@njit(cache=True)
def residual_moments(
    start: Ints, link: Columns, chance: Floats, multiplier: Floats, worth: Floats, place: Columns, spread: Floats
) -> tuple[Floats, Floats, float]:
    """Weighted moments for the regression of «reached» on the chosen creators' links.

    `place` (n_creators,) is a chosen creator's position or −1; `spread` (n_people,) the weights. With x_p a person's
    links to the chosen and y_p = worth · chance that one of them reaches: Σ spread · x xᵀ, … · x y and … · y².
    """
    n = 0
    for c in range(place.size):
        n = max(n, place[c] + 1)
    square, cross, total = np.zeros((n, n)), np.zeros(n), 0.0
    for p in range(start.size - 1):
        missed = 1.0
        for i in range(start[p], start[p + 1]):
            missed *= 1.0 - chance[i] * multiplier[link[i]]
        reached = worth[p] * (1.0 - missed)
        total += spread[p] * reached * reached
        for i in range(start[p], start[p + 1]):
            a = place[link[i]]
            if a >= 0:
                cross[a] += spread[p] * chance[i] * reached
                for j in range(start[p], start[p + 1]):
                    b = place[link[j]]
                    if b >= 0:
                        square[a, b] += spread[p] * chance[i] * chance[j]
    return square, cross, total


@njit(cache=True)
def shared(start: Ints, link: Columns, chance: Floats, place: Columns, mass: Floats) -> Floats:
    """People that each two of the chosen creators share, (n, n); the diagonal holds the audiences.

    `place` (n_creators,) is a chosen creator's row or −1.
    """
    n = 0
    for c in range(place.size):
        n = max(n, place[c] + 1)
    people = np.zeros((n, n))
    for p in range(start.size - 1):
        for i in range(start[p], start[p + 1]):
            a = place[link[i]]
            if a < 0:
                continue
            people[a, a] += mass[p] * chance[i]
            for j in range(i + 1, start[p + 1]):
                b = place[link[j]]
                if b >= 0:
                    people[a, b] += mass[p] * chance[i] * chance[j]
                    people[b, a] += mass[p] * chance[i] * chance[j]
    return people
