"""Rung 1 where the ids are too many to hold: a panel from audiences that come by one at a time, twice."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asterism.audience._kernels import transposed
from asterism.audience.incidence import Incidence
from asterism.audience.panel import TOP, Panel, drawn, hashed, incidence_of, once
from asterism.errors import BadInput, WrongUsage

Audiences = Callable[[], Iterable[tuple[str, Any]]]
"""Hands over every creator's id with the ids of its audience, one creator after the other; the same each time."""

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Lowest:
    """What a first look at one audience leaves: its size, its k smallest hashes and its threshold θ."""

    size: int
    hashes: Hashes
    threshold: float


def from_audiences(audiences: Audiences, *, k: int = 1024, seed: int = 0, universe: float | None = None) -> Incidence:
    """The panel that `from_followers` makes of the same ids, with memory for one audience at a time.

    The first pass keeps each creator's k smallest hashes and the next one, its threshold; the second finds all links of
    the people kept. Never more than k · creators people and one audience are held, whatever the population.

    Parameters
    ----------
    audiences
        Called twice. Ids are as in `from_followers`; one that occurs twice in an audience counts once.
    k, seed, universe
        As in `from_followers`.

    Raises
    ------
    BadInput
        No audience, an audience without ids, a creator twice, or other creators at the second pass.

    Examples
    --------
    >>> panel = from_audiences(lambda: [("x", ["ann", "bob"]), ("y", ["bob"])])
    >>> panel.creators, panel.sizes.tolist(), panel.n_people
    (('x', 'y'), [2.0, 1.0], 2)
    """
    if k < 1:
        raise WrongUsage(f"k is {k}, and a panel keeps at least one person per creator.", "Give k ≥ 1.")
    lowest = _lowest(audiences, k, seed)
    names = tuple(sorted(lowest))
    people = once(np.concatenate([lowest[name].hashes for name in names]))
    panel = _linked(audiences, people, names, seed)
    threshold = np.array([lowest[name].threshold for name in names])
    sizes = np.array([lowest[name].size for name in names], dtype=float)
    return incidence_of(drawn(panel, threshold), names, sizes, universe)


def _lowest(audiences: Audiences, k: int, seed: int) -> dict[str, _Lowest]:
    found: dict[str, _Lowest] = {}
    for name, ids in audiences():
        if name in found:
            raise BadInput(f"The audience of `{name}` came twice.", "Hand over each creator once.")
        everybody = hashed(ids, seed)
        if not everybody.size:
            raise BadInput(f"The audience of `{name}` is empty.", "Leave such a creator out.")
        hashes = once(everybody)
        threshold = float(hashes[k] / TOP) if hashes.size > k else 1.0
        found[name] = _Lowest(hashes.size, hashes[:k].copy(), threshold)
    if not found:
        raise BadInput("There is no audience here.", "Hand over at least one creator with ids.")
    return found


def _linked(audiences: Audiences, people: Hashes, names: tuple[str, ...], seed: int) -> Panel:
    """All links of `people`, ascending hashes, found among the audiences once more."""
    found: dict[str, NDArray[np.int32]] = {}
    for name, ids in audiences():
        hashes = hashed(ids, seed)
        near = hashes[hashes <= people[-1]]
        at = np.searchsorted(people, near)
        found[name] = np.unique(at[people[at] == near]).astype(np.int32)
    if tuple(sorted(found)) != names:
        raise BadInput("The second pass names other creators than the first.", "Hand over the same audiences twice.")
    begin = np.concatenate([[0], np.cumsum([found[name].size for name in names])]).astype(np.int64)
    person = np.concatenate([found[name] for name in names])
    start, link, _ = transposed(begin, person, np.ones(person.size), people.size)
    return Panel(people, start, link, np.ones(people.size))
