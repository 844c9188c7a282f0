"""Reach and frequency of any set of creators: people counted once, with the range they lie in."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience import _kernels as kernels
from asterism.audience.incidence import Kind
from asterism.audience.samples import Samples
from asterism.audience.sampling import place_of, sampling_error
from asterism.errors import BadInput

Floats = NDArray[np.float64]

Z: Final = 1.2816
"""Standard errors on either side of the mean that hold 80% of a normal distribution."""

CLASSES: Final = 10
"""Frequencies told apart: 1, 2, … 9 times, 10 or more."""

LEAST_DOUBT: Final = {1: 0.0, 2: 0.05, 3: 0.2, 4: 0.3}
"""Least half-width of an interval per rung, as a share of the headroom: how far the figure is from what logic alone
says (the largest audience below, the sum of audiences above, whichever is nearer). Whatever a model believes, it was
not better than this on simulated markets: 2–3% of reach from sampled or censored overlaps, 6–12% from profiles (a
quarter to a half of random duplication's error of 24–28%), where the headroom is 60–90% of reach. Rung 1 counts."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people a set of creators reaches together, each counted once.

    Parameters
    ----------
    people, low, high
        The figure and its 80% interval.
    frequency
        People reached exactly i + 1 times, the last one «or more»; they add up to `people`.
    rung
        Step of the ladder of evidence it stands on: the weakest of the creators in the set.
    kind
        "potential" for whole audiences, "delivered" where each creator's reach rate was applied.
    """

    people: float
    low: float
    high: float
    frequency: tuple[float, ...]
    rung: int
    kind: Kind

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain values."""
        return {**asdict(self), "frequency": list(self.frequency)}


def reach(
    samples: Samples, creators: Sequence[str], *, rates: Mapping[str, float] | None = None, kind: Kind | None = None
) -> Reach:
    """People reached by a set of creators, Σ weight · worth · (1 − Π (1 − chance)), with an 80% interval.

    Doubt adds up from three sources: the spread between the variants of the audience; the sampling of the panel on
    rung 1, or `samples.error` below it; never less than `LEAST_DOUBT`. The interval stays between what logic allows:
    no less than the largest audience, no more than their sum or the universe.

    Parameters
    ----------
    creators
        Creator ids; one named twice counts once.
    rates
        Share of each creator's audience that is reached, 0 to 1; whole audiences where not given.
    kind
        What the figure is called; "delivered" with `rates`, else "potential".

    Raises
    ------
    NotFound
        A creator is not in these samples.
    BadInput
        A rate is missing or not a share.

    Examples
    --------
    >>> samples = Samples.from_followers(["ann", "bob", "bob"], ["x", "x", "y"])
    >>> reach(samples, ["x", "y"]).to_dict()
    {'people': 2.0, 'low': 2.0, 'high': 2.0, 'frequency': [1.0, 1.0], 'rung': 1, 'kind': 'potential'}
    """
    ids = list(dict.fromkeys(creators))
    chosen = samples.index(ids)
    multiplier = np.zeros(samples.n_creators)
    multiplier[chosen] = _rates(ids, rates)
    believed = by_variant(samples, multiplier)
    people = float(believed.sum())
    cap = people if samples.universe is None else min(people, samples.universe)
    low, high = _interval(samples, chosen, multiplier, believed, cap)
    times = frequency(samples, multiplier, classes=min(max(len(ids), 1), CLASSES))
    return Reach(
        people=cap,
        low=low,
        high=high,
        frequency=tuple((times * (cap / people if people else 1.0)).tolist()),
        rung=int(samples.rung[chosen].max(initial=1)),
        kind=kind or ("potential" if rates is None else "delivered"),
    )


def by_variant(samples: Samples, multiplier: Floats) -> Floats:
    """People reached according to each variant, shape (n_variants,); their sum is the reach.

    `multiplier` (n_creators,) is 0 for creators not chosen, 1 or a reach rate for the others.
    """
    return np.asarray(
        kernels.union_by_variant(
            samples.start,
            samples.link,
            samples.chance,
            multiplier,
            samples.weight * samples.worth,
            samples.variant,
            samples.n_variants,
        )
    )


def frequency(samples: Samples, multiplier: Floats, classes: int = CLASSES) -> Floats:
    """People reached exactly 1, 2, … times, the last class «or more», shape (classes,); see `by_variant`."""
    mass = samples.weight * samples.worth
    return np.asarray(kernels.frequency(samples.start, samples.link, samples.chance, multiplier, mass, max(classes, 1)))


def overlap_of(samples: Samples, creators: Sequence[str]) -> Floats:
    """People whom each two creators share, shape (n, n); the diagonal holds the audiences."""
    mass = samples.weight * samples.worth
    place = place_of(samples, samples.index(list(creators)))
    return np.asarray(kernels.shared(samples.start, samples.link, samples.chance, place, mass))


def _rates(ids: list[str], rates: Mapping[str, float] | None) -> Floats:
    if rates is None:
        return np.ones(len(ids))
    missing = [one for one in ids if one not in rates]
    if missing:
        raise BadInput(f"There is no reach rate for `{missing[0]}`.", "Give one for every creator of the set.")
    found = np.array([rates[one] for one in ids], dtype=float)
    if not ((found >= 0) & (found <= 1)).all():
        raise BadInput("A reach rate lies outside 0 to 1.", "Give shares of the audience: 0.25 for a quarter.")
    return found


def _interval(
    samples: Samples, chosen: NDArray[np.int32], multiplier: Floats, believed: Floats, people: float
) -> tuple[float, float]:
    """The 80% range around `people`; `believed` (n_variants,) adds up to them."""
    n = samples.n_variants
    alone = n * kernels.audiences_by_variant(
        samples.start,
        samples.link,
        samples.chance,
        multiplier,
        samples.weight * samples.worth,
        samples.variant,
        n,
    )
    rung = int(samples.rung[chosen].max(initial=1))
    drawn = sampling_error(samples, chosen, multiplier, samples.worth) if rung == 1 else samples.error * people
    models = float((n * believed).var(ddof=1)) if n > 1 else 0.0
    headroom = min(people - alone.mean(axis=0).max(initial=0.0), alone.mean(axis=0).sum() - people)
    half = max(Z * math.sqrt(models + drawn**2), LEAST_DOUBT[rung] * headroom)
    least, most = _logic(samples, alone, people)
    return max(people - half, least), min(people + half, most)


def _logic(samples: Samples, alone: Floats, people: float) -> tuple[float, float]:
    """The least and the most that any set can reach whose creators reach `alone` (n_variants, n_creators) people.

    Of whole audiences the sizes are known; how many of them are wanted is itself an estimate and proves nothing.
    """
    everybody = bool((samples.worth == 1).all())
    least = float(alone.max(axis=1).min()) if everybody and alone.size else 0.0
    most = float(alone.sum(axis=1).max()) if everybody and alone.size else math.inf
    universe = math.inf if samples.universe is None else samples.universe
    return min(least, people), max(min(most, universe), people)
