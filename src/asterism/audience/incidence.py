"""`Incidence`: who can be reached by whom, before anybody asks who is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from asterism.errors import BadInput, NotFound, did_you_mean

Kind = Literal["potential", "delivered"]

RUNGS: Final = {
    1: "follower or engager ids",
    2: "pairwise overlaps",
    3: "audience profiles",
    4: "niche and country only",
}


@dataclass(frozen=True, slots=True)
class Incidence:
    """Sampled people, whom each can be reached by, and how many real people each stands for.

    Parameters
    ----------
    creators
        Creator ids, in column order; `n_creators` of them.
    weight
        Real people each sampled person stands for, shape (n_people,), > 0.
    start, link, chance
        CSR people → creators: person p is reached by creator `link[i]` with chance `chance[i]` for
        `start[p] ≤ i < start[p + 1]`; `start` int64 (n_people + 1,), `link` int32 and `chance` float64 (n_links,),
        links of one person sorted by creator, chances in (0, 1].
    rung
        Step of the ladder of evidence per creator, int8 (n_creators,): 1 ids, 2 overlaps, 3 profiles, 4 prior.
    sizes
        Audience size of each creator in people, float64 (n_creators,): potential, never called reach.
    variant
        Which of `n_variants` equally believable models of the audience each sampled person belongs to, int16.
        All variants together stand for the people once: a figure is the sum over all people; its doubt is the
        spread of `n_variants ×` the figure within each variant.
    universe
        How many people there are, if known: no reach exceeds it.
    error
        Relative standard error of the reach of a typical set that the variants do not show (sampling).
    """

    creators: tuple[str, ...]
    weight: NDArray[np.float64]
    start: NDArray[np.int64]
    link: NDArray[np.int32]
    chance: NDArray[np.float64]
    rung: NDArray[np.int8]
    sizes: NDArray[np.float64]
    variant: NDArray[np.int16]
    n_variants: int = 1
    universe: float | None = None
    error: float = 0.0

    def __post_init__(self) -> None:
        n_people, n_creators = self.weight.size, len(self.creators)
        if self.start.size != n_people + 1 or self.variant.size != n_people:
            raise BadInput("Samples need one weight and variant per person, and one start more.")
        if self.rung.size != n_creators or self.sizes.size != n_creators:
            raise BadInput("Samples need one rung and one size per creator.")
        if self.link.size != self.chance.size or int(self.start[-1]) != self.link.size:
            raise BadInput("Samples need one chance per link, and as many links as `start` says.")
        if self.link.size and not 0 <= int(self.link.min()) <= int(self.link.max()) < n_creators:
            raise BadInput("A link names a creator that is not there.")

    @property
    def n_people(self) -> int:
        """How many people were sampled."""
        return int(self.weight.size)

    @property
    def n_creators(self) -> int:
        """How many creators are known."""
        return len(self.creators)

    def index(self, ids: Sequence[str]) -> NDArray[np.int32]:
        """Column of each creator id, shape (len(ids),); raises `NotFound` for an unknown one."""
        column = {c: i for i, c in enumerate(self.creators)}
        for one in ids:
            if one not in column:
                raise NotFound(f"There is no creator `{one}` in these samples.", did_you_mean(one, [*column][:200]))
        return np.array([column[one] for one in ids], dtype=np.int32)
