"""How often people are exposed: profiles of offers, sets of offers on means and on draws."""

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True)
def exposure_profile(posts: int, share: float, out: Floats) -> None:
    """P(j exposures), j = 1 … k, last «or more», of a beta-binomial(posts, 1, (1 − share) / share), into `out` (k,)."""
    k = out.size
    out[:] = 0.0
    share = min(max(share, 0.0), 1.0)
    at = (1.0 - share) / (posts * share + 1.0 - share)
    rest = 1.0 - at
    for j in range(1, min(k, posts)):
        at *= (posts - j + 1) * share / ((posts - j) * share + 1.0 - share)
        out[j - 1] = at
        rest -= at
    out[min(k, posts) - 1] = max(rest, 0.0)


@njit(cache=True)
def exposure_profiles(posts: NDArray[np.int16], exposures: Floats, k: int) -> Floats:
    """`exposure_profile` of each offer, shape (n_offers, k)."""
    out = np.empty((posts.size, k))
    for o in range(posts.size):
        exposure_profile(int(posts[o]), exposures[o] / posts[o], out[o])
    return out


@njit(cache=True)
def expose(exactly: Floats, chance: float, profile: Floats) -> None:
    """One more offer, in place: `exactly` (k,) convolved with 0 at 1 − chance, else `profile` (k,)."""
    k = exactly.size
    seen = 0.0
    for j in range(k):
        seen += profile[j]
    for n in range(k - 1, -1, -1):
        total = exactly[n] * max(1.0 - chance * seen, 0.0)
        for j in range(1, n + 1):
            total += chance * profile[j - 1] * exactly[n - j]
        exactly[n] = total


@njit(cache=True)
def selected(start: Ints, link: NDArray[np.int32], chance: Floats, place: Ints) -> tuple[Ints, Ints, Floats]:
    """CSR of the links whose creator has a `place` ≥ 0, with the place instead of the creator."""
    n_people = start.size - 1
    begin = np.zeros(n_people + 1, dtype=np.int64)
    for p in range(n_people):
        kept = 0
        for i in range(start[p], start[p + 1]):
            kept += place[link[i]] >= 0
        begin[p + 1] = begin[p] + kept
    where = np.empty(begin[n_people], dtype=np.int64)
    what = np.empty(begin[n_people])
    at = 0
    for p in range(n_people):
        for i in range(start[p], start[p + 1]):
            if place[link[i]] >= 0:
                where[at] = place[link[i]]
                what[at] = chance[i]
                at += 1
    return begin, where, what


@njit(cache=True)
def times_seen(begin: Ints, where: Ints, chance: Floats, worth: Floats, profile: Floats) -> Floats:
    """Worth of people with exactly 0, 1 … k − 1, and k or more exposures to the offers of `profile`, (k + 1,)."""
    k = profile.shape[1]
    out = np.zeros(k + 1)
    exactly = np.empty(k)
    for p in range(worth.size):
        exactly[:] = 0.0
        exactly[0] = 1.0
        for i in range(begin[p], begin[p + 1]):
            expose(exactly, chance[i], profile[where[i]])
        more = 1.0
        for n in range(k):
            out[n] += worth[p] * exactly[n]
            more -= exactly[n]
        out[k] += worth[p] * max(more, 0.0)
    return out


@njit(cache=True, parallel=True)
def drawn_outcomes(
    begin: Ints, where: Ints, chance: Floats, worth: Floats, variant: Ints, rates: Floats, posts: Ints, frequency: int
) -> Floats:
    """Reach, effective reach, actors, buyers and impressions per draw, shape (n_draws, 5).

    `worth` (n_variants, n_people) is what a person counts in each variant, `variant` (n_draws,) the variant a draw
    believes; `rates` (n_draws, 4, n_chosen) holds the draw's reach, act, buy and exposures.
    """
    n_draws = variant.size
    out = np.zeros((n_draws, 5))
    for r in prange(n_draws):
        profile = np.empty((posts.size, frequency))
        for o in range(posts.size):
            exposure_profile(posts[o], rates[r, 3, o] / posts[o], profile[o])
        exactly = np.empty(frequency)
        total = np.zeros(5)
        for p in range(begin.size - 1):
            counts = worth[variant[r], p]
            if counts == 0.0 or begin[p] == begin[p + 1]:
                continue
            exactly[:] = 0.0
            exactly[0] = 1.0
            unreached, idle, unsold, seen = 1.0, 1.0, 1.0, 0.0
            for i in range(begin[p], begin[p + 1]):
                o = where[i]
                unreached *= 1.0 - chance[i] * rates[r, 0, o]
                idle *= 1.0 - chance[i] * rates[r, 1, o]
                unsold *= 1.0 - chance[i] * rates[r, 2, o]
                seen += chance[i] * rates[r, 3, o]
                expose(exactly, chance[i], profile[o])
            total[0] += counts * (1.0 - unreached)
            total[1] += counts * max(1.0 - exactly.sum(), 0.0)
            total[2] += counts * (1.0 - idle)
            total[3] += counts * (1.0 - unsold)
            total[4] += counts * seen
        out[r] = total
    return out
