"""The people of the market: where they live, who they are, what interests them, how much they use the platforms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asterism.errors import WrongUsage, did_you_mean
from asterism.market.niches import AGES, GENDERS
from asterism.market.options import MarketOptions

AGE_SHARES = (0.09, 0.26, 0.29, 0.18, 0.11, 0.07)
ELSEWHERE = ""
"""The city of people who live in none of the named ones."""


@dataclass(frozen=True, slots=True)
class Place:
    """A country, a city in it and a language spoken there: what people of one place have in common."""

    country: str
    city: str
    language: str
    share: float


def places(options: MarketOptions) -> tuple[Place, ...]:
    """Every place of the market with its share of the people; shares sum to 1."""
    found = []
    for country in options.countries:
        rest = 1.0 - sum(share for _, share in country.cities)
        for city, part in (*country.cities, (ELSEWHERE, rest)):
            for language, spoken in country.languages:
                found.append(Place(country.code, city, language, country.share * part * spoken))
    total = sum(place.share for place in found)
    return tuple(Place(p.country, p.city, p.language, p.share / total) for p in found)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in the market, sorted by cell: place, then gender, then age.

    Parameters
    ----------
    places
        The places cells are made of.
    cell
        Cell of each person, ascending, int64 (n_people,): (place · 2 + gender) · 6 + age.
    interest
        Strength of each interest, rows summing to 1, float32 (n_people, n_niches).
    activity
        How much each person uses the platforms, mean 1, float64 (n_people,).
    niches
        Names of the columns of `interest`.
    """

    places: tuple[Place, ...]
    cell: NDArray[np.int64]
    interest: NDArray[np.float32]
    activity: NDArray[np.float64]
    niches: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many people were simulated."""
        return int(self.cell.size)

    @property
    def n_cells(self) -> int:
        """How many cells there are, empty ones included."""
        return len(self.places) * len(GENDERS) * len(AGES)

    def buckets(self, dimension: str) -> tuple[str, ...]:
        """The values a dimension can take: country, city, language, age, gender or interest."""
        fixed = {"age": AGES, "gender": GENDERS, "interest": self.niches}
        if dimension in fixed:
            return fixed[dimension]
        if dimension not in ("country", "city", "language"):
            known = ["country", "city", "language", *fixed]
            raise WrongUsage(f"People have no `{dimension}` here.", did_you_mean(dimension, known))
        return tuple(dict.fromkeys(getattr(place, dimension) for place in self.places))

    def codes(self, dimension: str) -> NDArray[np.int64]:
        """Position of each person in `buckets(dimension)`, (n_people,); the interest is the strongest one."""
        if dimension == "interest":
            return np.asarray(self.interest.argmax(axis=1), dtype=np.int64)
        return np.asarray(self.cell_codes(dimension)[self.cell])

    def cell_codes(self, dimension: str) -> NDArray[np.int64]:
        """Position of each cell in `buckets(dimension)`, (n_cells,)."""
        cells = np.arange(self.n_cells)
        if dimension == "age":
            return cells % len(AGES)
        if dimension == "gender":
            return cells // len(AGES) % len(GENDERS)
        at = {bucket: i for i, bucket in enumerate(self.buckets(dimension))}
        of_place = np.array([at[getattr(place, dimension)] for place in self.places])
        return np.asarray(of_place[cells // (len(AGES) * len(GENDERS))])

    def wanted(self, target: Mapping[str, Sequence[str]]) -> NDArray[np.bool_]:
        """Who is in the target: one of the buckets in every dimension it names, (n_people,)."""
        inside = np.ones(self.size, dtype=bool)
        for dimension, buckets in target.items():
            known = np.array(self.buckets(dimension))
            inside &= np.isin(known, list(buckets))[self.codes(dimension)]
        return inside


def draw_people(rng: np.random.Generator, n: int, options: MarketOptions) -> People:
    """`n` people of the countries, ages and genders of the market, with interests and activity."""
    where = places(options)
    place = rng.choice(len(where), n, p=[p.share for p in where])
    gender = rng.choice(len(GENDERS), n, p=[0.52, 0.48])
    age = rng.choice(len(AGES), n, p=AGE_SHARES)
    cell = np.sort((place * len(GENDERS) + gender) * len(AGES) + age)
    activity = rng.gamma(1 / options.dispersion, options.dispersion, n)
    interest = _draw_interests(rng, cell, options)
    return People(where, cell, interest, activity, tuple(niche.name for niche in options.niches))


def _draw_interests(rng: np.random.Generator, cell: NDArray[np.int64], options: MarketOptions) -> NDArray[np.float32]:
    gender, age = cell // len(AGES) % len(GENDERS), cell % len(AGES)
    strength = np.empty((cell.size, len(options.niches)), dtype=np.float32)
    for column, niche in enumerate(options.niches):
        appeal = np.exp(np.where(gender == 0, niche.female_lean, -niche.female_lean) - 0.2 * abs(age - niche.peak_age))
        strength[:, column] = rng.standard_gamma((0.3 * niche.popularity * appeal).astype(np.float32), dtype=np.float32)
    strength += np.float32(1e-6)  # a gamma of small shape can underflow to 0 in every column
    strength /= strength.sum(axis=1, keepdims=True)
    return strength
