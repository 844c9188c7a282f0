"""Who follows whom: heavier users follow more, and people follow what is near, alike and of interest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asterism.market.people import People
from asterism.market.roster import Roster

ABROAD_LANGUAGE = 0.08
"""How willingly people follow a creator whose language is not theirs."""


@dataclass(frozen=True, slots=True)
class Follows:
    """Real followers per creator, CSR creators → people.

    `person[start[c] : start[c + 1]]` are the followers of creator c, ascending; `start` int64 (n_creators + 1,),
    `person` int32 (n_links,).
    """

    start: NDArray[np.int64]
    person: NDArray[np.int32]

    def of(self, creator: int) -> NDArray[np.int32]:
        """The people who follow one creator, ascending."""
        return self.person[self.start[creator] : self.start[creator + 1]]

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many simulated people follow each creator, (n_creators,)."""
        return np.diff(self.start)


def draw_follows(
    rng: np.random.Generator, people: People, roster: Roster, counts: NDArray[np.int64], focus: float
) -> Follows:
    """Follows with `counts` (n_creators,) followers each.

    A person's weight for a creator is activity × interest × affinity of the person's cell, where interest is
    (1 − focus) + focus · n_niches · strength. Followers are drawn without replacement.
    """
    bounds = np.searchsorted(people.cell, np.arange(people.n_cells + 1))
    found: list[NDArray[np.int32]] = [np.empty(0, dtype=np.int32)] * counts.size
    for niche in range(len(people.niches)):
        interest = (1 - focus) + focus * len(people.niches) * people.interest[:, niche].astype(float)
        mass = np.concatenate(([0.0], np.cumsum((people.activity + 1e-3) * interest)))
        for creator in np.flatnonzero(roster.niche == niche):
            affinity = _affinity(people, roster, int(creator))
            found[creator] = _draw_distinct(rng, mass, _Cells(bounds, affinity), int(counts[creator]))
    return Follows(np.concatenate(([0], np.cumsum(counts))), np.concatenate(found))


@dataclass(frozen=True, slots=True)
class _Cells:
    bounds: NDArray[np.int64]
    affinity: NDArray[np.float64]


def _affinity(people: People, roster: Roster, creator: int) -> NDArray[np.float64]:
    home = people.places[roster.place[creator]]
    per_place = np.array(
        [
            (1.0 if place.country == home.country else roster.abroad[creator])
            * (1.0 if place.language == home.language else ABROAD_LANGUAGE)
            * (roster.local[creator] if place.city and place.city == home.city else 1.0)
            for place in people.places
        ]
    )
    return np.outer(per_place, roster.appeal[creator]).ravel()


def _draw_distinct(rng: np.random.Generator, mass: NDArray[np.float64], cells: _Cells, count: int) -> NDArray[np.int32]:
    """The first `count` different people of an endless series of draws: sampling without replacement by weight."""
    chosen = np.empty(0, dtype=np.int32)
    while chosen.size < count:
        missing = count - chosen.size
        person, turn = _draw(rng, mass, cells, int(1.2 * missing) + 16)
        fresh = _absent(person, chosen)
        person, turn = person[fresh], turn[fresh]
        if person.size > missing:
            person = person[np.argpartition(turn, missing - 1)[:missing]]
        chosen = np.sort(np.concatenate((chosen, person)))
    return chosen


def _draw(
    rng: np.random.Generator, mass: NDArray[np.float64], cells: _Cells, tries: int
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The different people of `tries` draws, ascending, and the turn at which each was first drawn.

    The draws are sorted to keep the look-ups near each other in memory; their turns are dealt out at random.
    """
    at_bounds = mass[cells.bounds]
    upto = np.cumsum(np.diff(at_bounds) * cells.affinity)
    drawn = np.sort(rng.random(tries)) * upto[-1]
    cell = np.minimum(np.searchsorted(upto, drawn, side="right"), upto.size - 1)
    inside = (drawn - upto[cell]) / cells.affinity[cell] + at_bounds[cell + 1]
    person = np.searchsorted(mass, inside, side="right") - 1
    person = np.clip(person, cells.bounds[cell], cells.bounds[cell + 1] - 1)
    first = np.flatnonzero(np.concatenate(([True], person[1:] != person[:-1])))
    return person[first].astype(np.int32), np.minimum.reduceat(rng.random(tries), first)


def _absent(person: NDArray[np.int32], among: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which people are not among others; both ascending."""
    if among.size == 0:
        return np.ones(person.size, dtype=bool)
    at = np.minimum(np.searchsorted(among, person), among.size - 1)
    return np.asarray(among[at] != person)
