"""What a creator's niche and country say of the audience where nobody has counted it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.profiles import OTHER, Dimension, plain
from asterism.errors import BadInput
from asterism.quantities import Share

Floats = NDArray[np.float64]
Words = Sequence[str | None]

INTEREST: Final = "interest"
COUNTRY: Final = "country"
_OWN_NICHE: Final = Share(0.5)
_HOME: Final = Share(0.7)
_PEERS: Final = 3.0
"""How many profiles of peers weigh as much as the belief."""
_ELSEWHERE: Final = 0.1
"""Part of all people who live in none of the countries the creators come from."""


@dataclass(frozen=True, slots=True)
class NicheBeliefs:
    """What is believed of an audience nobody has counted.

    Parameters
    ----------
    own_niche
        Share of an audience whose main interest is the creator's own niche, at most: where the duplication believed
        in asks for less, the audience is spread wider.
    home
        Share of an audience that lives in the creator's own country.
    duplication
        Low, middle and high k of d = k·r₁·r₂, the share of people in two audiences of one niche and country;
        1 is random duplication (Goodhardt & Ehrenberg 1969, doi:10.1177/002224376900600201).
    dispersion
        Variance of activity around a mean of 1, light to heavy users, in the same three worlds.
    """

    own_niche: Share = _OWN_NICHE
    home: Share = _HOME
    duplication: tuple[float, float, float] = (1.0, 2.5, 6.0)
    dispersion: tuple[float, float, float] = (0.2, 1.0, 2.0)

    def __post_init__(self) -> None:
        for name, steps in (("duplication", self.duplication), ("dispersion", self.dispersion)):
            if list(steps) != sorted(steps) or min(steps) <= 0:
                raise BadInput(f"The {name} believed in must rise from low to high, above 0.")
        if self.duplication[0] < 1:
            raise BadInput("Audiences are never believed to overlap less than random ones.", "Use k of 1 or more.")


@dataclass(frozen=True, slots=True)
class NicheInput:
    """Ids, audience sizes (people) and, where known, niche and country of each creator, all in one order."""

    ids: Sequence[str]
    sizes: Floats
    niches: Words = ()
    countries: Words = ()

    def words(self, dimension: str) -> list[str]:
        """Each creator's own bucket of a dimension, "" where unknown: niche for interest, country for country."""
        given = {INTEREST: self.niches, COUNTRY: self.countries}.get(dimension, ())
        return [(word or "").strip() for word in given] or [""] * len(self.ids)


def with_own_buckets(dims: Sequence[Dimension], known: NicheInput) -> tuple[Dimension, ...]:
    """The dimensions, with interest and country among them as soon as one creator's niche or country is known.

    Niches and countries nobody's profile names become buckets; countries get a bucket for elsewhere.
    """
    named = {d.name: d for d in dims}
    for name in (INTEREST, COUNTRY):
        spelled = {plain(w): w for w in reversed(known.words(name)) if w}
        if spelled:
            named[name] = _widened(named.get(name), name, spelled, len(known.ids))
    return tuple(named[name] for name in sorted(named))


def _widened(dimension: Dimension | None, name: str, spelled: dict[str, str], n_creators: int) -> Dimension:
    old = dimension or Dimension(name, (), np.zeros((n_creators, 0)), np.zeros(n_creators, bool))
    have = {plain(b) for b in old.buckets}
    elsewhere = [OTHER] if name == COUNTRY else []
    new = [*sorted(word for key, word in spelled.items() if key not in have), *(o for o in elsewhere if o not in have)]
    share = np.concatenate([old.share, np.zeros((n_creators, len(new)))], axis=1)
    return Dimension(name, (*old.buckets, *new), share, old.known)


def filled(dimension: Dimension, known: NicheInput, beliefs: NicheBeliefs) -> Dimension:
    """The dimension with every row filled, (n_creators, n_buckets).

    A creator without a profile has the average profile of the peers (same country for the dimension country, same
    niche for all others), the belief weighing as much as three of them. The belief puts `own_niche` or `home` into
    the creator's own bucket and spreads the rest as everybody's; where the own bucket is unknown, all is spread so.
    """
    own = _own_buckets(dimension, known)
    everybody = _everybody(dimension, own, known.sizes)
    inside = {INTEREST: beliefs.own_niche, COUNTRY: beliefs.home}.get(dimension.name, Share(0.0)).value
    belief = _belief(everybody, own, inside)
    peers = _groups(known.words(COUNTRY if dimension.name == COUNTRY else INTEREST))
    rows = _averages(dimension, peers, belief)
    share = np.where(dimension.known[:, None], dimension.share, rows)
    return Dimension(dimension.name, dimension.buckets, share, dimension.known)


def _own_buckets(dimension: Dimension, known: NicheInput) -> NDArray[np.int64]:
    column = {plain(b): i for i, b in enumerate(dimension.buckets)}
    return np.array([column.get(plain(w), -1) if w else -1 for w in known.words(dimension.name)], dtype=np.int64)


def _everybody(dimension: Dimension, own: NDArray[np.int64], sizes: Floats) -> Floats:
    told = dimension.known
    mass = sizes[told] @ dimension.share[told]
    guessed = ~told & (own >= 0)
    mass = mass + np.bincount(own[guessed], weights=sizes[guessed], minlength=len(dimension.buckets))
    if dimension.name == COUNTRY and not told.any():
        mass[[plain(b) for b in dimension.buckets].index(OTHER)] += _ELSEWHERE / (1 - _ELSEWHERE) * mass.sum()
    return np.asarray(mass / mass.sum()) if mass.sum() else np.full(mass.size, 1.0 / mass.size)


def _belief(everybody: Floats, own: NDArray[np.int64], inside: float) -> Floats:
    rows = np.tile(everybody, (own.size, 1))
    has = np.flatnonzero(own >= 0)
    inside_own = np.maximum(inside, everybody[own[has]])
    rest = np.maximum(1.0 - everybody[own[has]], 1e-12)
    rows[has] *= ((1.0 - inside_own) / rest)[:, None]
    rows[has, own[has]] = inside_own
    return np.asarray(rows / rows.sum(axis=1, keepdims=True))


def _groups(words: list[str]) -> NDArray[np.int64]:
    return np.unique([plain(w) for w in words], return_inverse=True)[1].astype(np.int64)


def _averages(dimension: Dimension, peers: NDArray[np.int64], belief: Floats) -> Floats:
    n_groups = int(peers.max()) + 1
    told = dimension.known
    total = np.zeros((n_groups, len(dimension.buckets)))
    np.add.at(total, peers[told], dimension.share[told])
    count = np.bincount(peers[told], minlength=n_groups)[peers][:, None]
    return np.asarray((total[peers] + _PEERS * belief) / (count + _PEERS))


def widened(dimension: Dimension, known: NicheInput, excess: float) -> Floats:
    """The shares with uncounted rows moved toward everybody's, (n_creators, n_buckets), to a believed duplication.

    With the part o of an audience in a bucket that holds the part π of all people, two such audiences duplicate
    1 + (o − π)² / (π (1 − π)) times as much as random ones; `excess` is that factor less 1. Counted rows stay.
    """
    own = np.maximum(_own_buckets(dimension, known), 0)
    everybody = known.sizes @ dimension.share / max(known.sizes.sum(), 1e-300)
    there = np.clip(everybody[own], 1e-6, 1.0 - 1e-6)
    inside = np.take_along_axis(dimension.share, own[:, None], axis=1)[:, 0]
    asked = np.sqrt(excess * there * (1.0 - there))
    keep = np.where(dimension.known, 1.0, np.clip(asked / np.maximum(inside - there, 1e-12), 0.0, 1.0))
    return np.asarray(everybody + keep[:, None] * (dimension.share - everybody))
