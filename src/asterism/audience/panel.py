"""Rung 1: from follower or engager ids to a panel, by coordinated bottom-k samples of every audience."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, hstack

from asterism.audience._kernels import distinct, grouped, hashed_numbers, hashed_text, links_to, transposed
from asterism.audience.calibrate import calibrate, follower_weights
from asterism.audience.incidence import Incidence
from asterism.audience.sampling import typical_error
from asterism.errors import BadInput, WrongUsage

TOP: Final = float(2**64)
Sizes = Mapping[Any, float] | ArrayLike


@dataclass(frozen=True, slots=True)
class Panel:
    """People by ascending hash, their links, and how many people each of them was drawn to stand for.

    `start` and `link` are CSR people → creators, as in `Incidence`; `weight` is (n_people,) before calibration.
    """

    people: NDArray[np.uint64]
    start: NDArray[np.int64]
    link: NDArray[np.int32]
    weight: NDArray[np.float64]

    def links(self, n_creators: int) -> csr_array:
        """People × creators, 1 where there is a link."""
        ones = np.ones(self.link.size)
        return csr_array((ones, self.link, self.start), shape=(self.weight.size, n_creators))


def from_followers(
    people: Any,
    creators: Any,
    *,
    k: int = 1024,
    seed: int = 0,
    sizes: Sizes | None = None,
    universe: float | None = None,
) -> Incidence:
    """A calibrated panel of the people behind pairs of (person, creator) ids.

    Each person gets one hash u in (0, 1). A creator's threshold θ is the (k + 1)-th smallest hash among its people,
    or 1 where it has no more than k. Whoever lies under the largest θ of the creators they follow stays, with *all*
    their links, and stands for 1 / max θ people. Weights are then calibrated to the audience sizes. At most k people
    per creator stay, whatever the population, and the same ids and seed give the same panel in any order.

    Parameters
    ----------
    people, creators
        Two arrays of ids of one length, text or whole numbers; NumPy, Arrow, pandas, Polars or lists. A pair that
        occurs twice counts once.
    k
        People kept per creator at most.
    seed
        Another seed draws another panel.
    sizes
        Known audience sizes, {creator id: people} or an array in the order of the sorted creator ids; the number of
        distinct ids where not given. A size above the number of ids says that the ids are a *sample of the
        followers*: each follower of that creator was drawn with the same chance, and everything else a drawn person
        follows is in the data too. A size below the number of ids is raised to it: the ids are the better evidence.
    universe
        How many people there are, if known: the panel never stands for more.

    Raises
    ------
    BadInput
        Ids of two lengths, missing ids, ids that are neither text nor whole numbers, impossible sizes.

    References
    ----------
    Cohen and Kaplan (2007), doi:10.1145/1281100.1281133; Cohen (1997), doi:10.1006/jcss.1997.1534.

    Examples
    --------
    >>> panel = from_followers(["ann", "bob", "bob", "bob"], ["x", "x", "y", "y"])
    >>> panel.creators, panel.sizes.tolist(), panel.n_people
    (('x', 'y'), [2.0, 1.0], 2)
    """
    if k < 1:
        raise WrongUsage(f"k is {k}, and a panel keeps at least one person per creator.", "Give k ≥ 1.")
    hashes, (names, column) = hashed(people, seed), _columns(creators)
    if hashes.size != column.size:
        what = f"There are {hashes.size} people for {column.size} creators; each pair needs one of each."
        raise BadInput(what, "Give two parallel arrays.")
    if not hashes.size:
        raise BadInput("There are no followers in this table.", "Give at least one pair of person and creator.")
    begin, ids = _distinct_people(hashes, column, len(names))
    given = np.diff(begin).astype(float)
    known = _known_sizes(sizes, names, given, universe)
    panel = _sampled(begin, ids, k, known) if (known > given).any() else _bottom(begin, ids, k)
    return incidence_of(panel, names, known, universe)


def incidence_of(panel: Panel, names: tuple[str, ...], sizes: NDArray[np.float64], universe: float | None) -> Incidence:
    """The panel with weights calibrated to the audience sizes (n_creators,), within the universe if known."""
    weight = _weights(panel, sizes, universe)
    incidence = Incidence(
        creators=names,
        weight=weight,
        start=panel.start,
        link=panel.link,
        chance=np.ones(panel.link.size),
        rung=np.ones(len(names), np.int8),
        sizes=sizes,
        variant=np.zeros(weight.size, np.int16),
        universe=universe,
    )
    return replace(incidence, error=typical_error(incidence))


def hashed(ids: Any, seed: int) -> NDArray[np.uint64]:
    """One well-mixed 64-bit hash per id, shape (n,), the same on every machine and in any order.

    Whole numbers never collide; texts do with a chance of n² / 2⁶⁵, 0.03% for a hundred million people.

    >>> hashed(["ann", "bob", "ann"], seed=0)[[0, 2]].tolist() == [hashed(["ann"], seed=0)[0]] * 2
    True
    """
    array, salt = _array(ids, "person"), np.uint64(seed % 2**64)
    if pa.types.is_integer(array.type):
        numbers = array.to_numpy(zero_copy_only=False)
        return np.asarray(hashed_numbers(numbers.astype(np.int64, copy=False).view(np.uint64), salt))
    text = array.cast(pa.large_string())
    _, offsets, letters = text.buffers()
    offset = np.frombuffer(offsets, np.int64)[text.offset : text.offset + len(text) + 1]
    return np.asarray(hashed_text(offset, np.frombuffer(letters or b"", np.uint8), salt))


def _array(ids: Any, what: str) -> pa.Array:
    """The ids as one Arrow array of text or whole numbers."""
    try:
        found = pa.chunked_array(ids) if hasattr(ids, "__arrow_c_stream__") else pa.array(ids)
    except (pa.ArrowInvalid, pa.ArrowTypeError, TypeError, ValueError):
        raise BadInput(f"The {what} ids mix text and numbers.", "Give all of them as text.") from None
    flat = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    flat = flat.dictionary_decode() if pa.types.is_dictionary(flat.type) else flat
    if flat.null_count:
        raise BadInput(f"{flat.null_count} {what} ids are missing.", "Drop these rows first.")
    if not (pa.types.is_integer(flat.type) or _is_text(flat.type) or not len(flat)):
        raise BadInput(f"The {what} ids are of type {flat.type}.", "Ids are text or whole numbers.")
    return flat if len(flat) else pa.array([], pa.string())


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _columns(creators: Any) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The creators' ids as sorted text, and each pair's position among them."""
    coded = _array(creators, "creator").dictionary_encode()
    names = coded.dictionary.cast(pa.string()).to_pylist()
    order = sorted(range(len(names)), key=names.__getitem__)
    place = np.empty(len(names), np.int32)
    place[order] = np.arange(len(names), dtype=np.int32)
    return tuple(names[i] for i in order), place[coded.indices.to_numpy(zero_copy_only=False)]


def _distinct_people(
    hashes: NDArray[np.uint64], column: NDArray[np.int32], n_creators: int
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Each creator's people as sorted hashes, every person once."""
    begin, ids = grouped(hashes, column, n_creators)
    for first, last in pairwise(begin):
        ids[first:last].sort()
    kept, people = distinct(begin, ids)
    return kept, people


def _everybody(begin: NDArray[np.int64], ids: NDArray[np.uint64], people: NDArray[np.uint64]) -> Panel:
    """All links of `people`, some of the sorted distinct hashes, with weight 1."""
    by_creator, person = links_to(people, begin, ids)
    start, link, _ = transposed(by_creator, person, np.ones(person.size), people.size)
    return Panel(people, start, link, np.ones(people.size))


def _bottom(begin: NDArray[np.int64], ids: NDArray[np.uint64], k: int) -> Panel:
    """The people under the largest threshold of the creators they follow, with all their links."""
    # whoever is among the k smallest of one creator lies under that creator's threshold, and nobody else does
    panel = _everybody(begin, ids, once(np.concatenate([ids[a : min(a + k, b)] for a, b in pairwise(begin)])))
    beyond = np.minimum(begin[:-1] + k, ids.size - 1)
    return drawn(panel, np.where(np.diff(begin) > k, ids[beyond] / TOP, 1.0))


def drawn(panel: Panel, threshold: NDArray[np.float64]) -> Panel:
    """The panel whose people each stand for 1 / the largest threshold of the creators they follow."""
    return replace(panel, weight=1.0 / np.maximum.reduceat(threshold[panel.link], panel.start[:-1]))


def _sampled(begin: NDArray[np.int64], ids: NDArray[np.uint64], k: int, sizes: NDArray[np.float64]) -> Panel:
    """The same of a sample of followers, whose people stand for unequal numbers h: the hash is divided by h.

    Somebody stays with chance min(1, h · max θ) and stands for max(h, 1 / max θ) people: nobody is counted as a crowd
    who need not be (priority sampling: Duffield, Lund and Thorup, 2007, doi:10.1145/1314690.1314696).
    """
    everybody = _everybody(begin, ids, once(ids.copy()))
    links = everybody.links(sizes.size)
    stands_for = follower_weights(links, sizes, sizes <= np.diff(begin))
    rank = everybody.people / TOP / stands_for
    by_creator = links.tocsc()
    threshold = np.array([_next_smallest(rank[by_creator.indices[a:b]], k) for a, b in pairwise(by_creator.indptr)])
    largest = np.maximum.reduceat(threshold[everybody.link], everybody.start[:-1])
    stays = rank < largest
    kept = links[stays]
    weight = np.maximum(stands_for, 1.0 / largest)[stays]
    return Panel(everybody.people[stays], kept.indptr.astype(np.int64), kept.indices.astype(np.int32), weight)


def once(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The distinct hashes in ascending order; sorts in place, which beats `np.unique` by half."""
    hashes.sort()
    return np.asarray(hashes[np.append(True, hashes[1:] != hashes[:-1])])


def _next_smallest(rank: NDArray[np.float64], k: int) -> float:
    """The (k + 1)-th smallest, infinite where there are no more than k."""
    return float(np.partition(rank, k)[k]) if rank.size > k else np.inf


def _weights(panel: Panel, sizes: NDArray[np.float64], universe: float | None) -> NDArray[np.float64]:
    """How many real people each of the panel stands for: calibrated to the sizes, within the universe."""
    if universe is not None and panel.people.size > universe:
        what = f"The ids name more than {universe:,.0f} people, which is the universe."
        raise BadInput(what, "Give a larger universe, or leave it out.")
    links = panel.links(sizes.size)
    weight = calibrate(links, panel.weight, sizes)
    return weight if universe is None or weight.sum() <= universe else _within(links, panel.weight, sizes, universe)


def _within(
    links: csr_array, drawn: NDArray[np.float64], sizes: NDArray[np.float64], universe: float
) -> NDArray[np.float64]:
    """Weights calibrated to the sizes and to a universe that would otherwise be too small for them."""
    everybody = csr_array(np.ones((drawn.size, 1)))
    held = calibrate(csr_array(hstack([links, everybody])), drawn, np.append(sizes, universe))
    return np.asarray(held * min(1.0, universe / held.sum()))


def _known_sizes(
    sizes: Sizes | None, names: tuple[str, ...], given: NDArray[np.float64], universe: float | None
) -> NDArray[np.float64]:
    """The audience size of each creator: as stated, never below the number of its ids."""
    if isinstance(sizes, Mapping):
        stated = {str(one): float(size) for one, size in sizes.items()}
        known = np.array([stated.get(one, n) for one, n in zip(names, given.tolist(), strict=True)])
    else:
        known = given if sizes is None else np.asarray(sizes, dtype=float)
    if known.shape != given.shape:
        what = f"There are {known.size} sizes for {given.size} creators."
        raise BadInput(what, "Give one size per creator, in the order of the sorted ids, or a mapping.")
    if not np.isfinite(known).all() or (known < 0).any():
        raise BadInput("An audience size is negative or not a number.", "Sizes are counts of people.")
    known = np.asarray(np.maximum(known, given))
    if universe is not None and not universe >= known.max():
        what = f"The universe of {universe:,.0f} people is smaller than an audience of {known.max():,.0f}."
        raise BadInput(what, "Give a larger universe, or leave it out.")
    return known
