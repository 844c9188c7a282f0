"""`Samples`: people × creators. Counting people once, frequency, overlap and spread are all arithmetic on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from asterism.audience.incidence import Incidence
from asterism.errors import BadInput


@dataclass(frozen=True, slots=True)
class Samples(Incidence):
    """An incidence of people and creators, with the part of each person that is in the target audience.

    Parameters
    ----------
    worth
        Part of each sampled person that is wanted, float64 (n_people,), 0 to 1; everybody where not given.
    """

    worth: NDArray[np.float64] = field(default_factory=lambda: np.ones(0))

    def __post_init__(self) -> None:
        Incidence.__post_init__(self)
        if self.worth.size != self.n_people:
            raise BadInput("Samples need one worth per person.")

    @classmethod
    def of(cls, incidence: Incidence, worth: NDArray[np.float64] | None = None) -> "Samples":
        """The samples of an incidence; everybody is wanted unless `worth` (n_people,) says otherwise."""
        parts = {f.name: getattr(incidence, f.name) for f in fields(Incidence)}
        return cls(**parts, worth=np.ones(incidence.n_people) if worth is None else worth)

    @classmethod
    def from_followers(
        cls,
        people: Any,
        creators: Any,
        *,
        k: int = 1024,
        seed: int = 0,
        sizes: Mapping[Any, float] | ArrayLike | None = None,
        universe: float | None = None,
    ) -> "Samples":
        """The samples behind pairs of (person, creator) ids; see `panel.from_followers`.

        >>> Samples.from_followers(["ann", "bob", "bob"], ["x", "x", "y"]).sizes.tolist()
        [2.0, 1.0]
        """
        from asterism.audience.panel import from_followers

        return cls.of(from_followers(people, creators, k=k, seed=seed, sizes=sizes, universe=universe))

    @classmethod
    def from_overlaps(
        cls,
        sizes: Mapping[Any, float],
        pairs: Mapping[tuple[Any, Any], float],
        *,
        universe: float | None = None,
        censored_below: tuple[float, float] | None = None,
        seed: int = 0,
    ) -> "Samples":
        """The samples behind audience sizes and pairwise overlaps; see `overlap.from_overlaps`.

        >>> Samples.from_overlaps({"ann": 100, "bob": 80}, {("ann", "bob"): 20}, universe=1_000).sizes.tolist()
        [100.0, 80.0]
        """
        from asterism.audience.overlap import from_overlaps

        return cls.of(from_overlaps(sizes, pairs, universe=universe, censored_below=censored_below, seed=seed))

    @classmethod
    def from_profiles(cls, sizes: Mapping[Any, float], profiles: Any, *, universe: float | None = None) -> "Samples":
        """The samples behind audience sizes and profiles; see `segments.from_profiles`.

        >>> rows = {"creator_id": ["ann"], "dimension": ["country"], "bucket": ["FR"], "share": [1.0]}
        >>> Samples.from_profiles({"ann": 100, "bob": 80}, rows, universe=1_000).rung.tolist()
        [3, 4]
        """
        from asterism.audience.segments import from_profiles

        return cls.of(from_profiles(sizes, profiles, universe=universe).incidence)

    @classmethod
    def from_cascade(
        cls,
        sources: Any,
        targets: Any,
        probabilities: Any = None,
        model: Literal["ic", "lt"] = "ic",
        weights: Any = None,
        *,
        eligible: Any = None,
        undirected: bool = False,
        sets: int | None = None,
        seed: int = 0,
    ) -> "Samples":
        """The samples behind a follow graph, reached directly or through others; see `influence.from_cascade`.

        >>> samples = Samples.from_cascade(["ann", "bob"], ["bob", "cem"], 1.0, eligible=["ann", "cem"])
        >>> float(samples.sizes[0]), samples.creators
        (3.0, ('ann', 'cem'))
        """
        from asterism.audience.influence import from_cascade

        given = (sources, targets, probabilities, model, weights)
        return cls.of(from_cascade(*given, eligible=eligible, undirected=undirected, sets=sets, seed=seed))

    def only(self, columns: NDArray[np.integer[Any]]) -> "Samples":
        """The same creators with the links of some columns alone; people none of them can reach are left out."""
        wanted = np.zeros(self.n_creators, dtype=bool)
        wanted[columns] = True
        stays = wanted[self.link]
        kept = np.concatenate([[0], np.cumsum(stays)])
        count = kept[self.start[1:]] - kept[self.start[:-1]]
        people = np.flatnonzero(count)
        return replace(
            self,
            weight=self.weight[people],
            worth=self.worth[people],
            variant=self.variant[people],
            start=np.concatenate([[0], np.cumsum(count[people])]).astype(np.int64),
            link=self.link[stays],
            chance=self.chance[stays],
        )

    def with_worth(self, worth: NDArray[np.float64]) -> "Samples":
        """The same people with another target audience, `worth` (n_people,)."""
        return replace(self, worth=np.clip(worth, 0.0, 1.0))
