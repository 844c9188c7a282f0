"""The creators of the market: size, platform, niche, home, and the audience each appeals to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.market.niches import AGES, GENDERS
from asterism.market.options import TIERS, MarketOptions
from asterism.market.people import Place, places

SYLLABLES: Final = (
    "la",
    "mi",
    "ro",
    "vel",
    "za",
    "no",
    "ki",
    "ta",
    "lu",
    "fen",
    "dra",
    "sy",
    "ori",
    "bel",
    "qui",
    "ma",
)
ENDINGS: Final = ("", ".daily", "_studio", ".notes", "_online", ".life", "_hq", ".and.co")


@dataclass(frozen=True, slots=True)
class Roster:
    """All creators, one entry or row each.

    Parameters
    ----------
    ids, handles
        Creator ids in ascending order, and invented handles.
    platforms
        Platform names.
    drawn
        Followers as drawn, fake ones included, float64 (n_creators,).
    fake
        Share of fake followers as drawn, two clusters, float64 (n_creators,).
    niche, place
        Position of the niche in the options and of the home in `places(options)`, int64 (n_creators,).
    local
        How many times more the people of the home city are drawn to the creator, (n_creators,).
    abroad
        Affinity of people of other countries against 1 at home, (n_creators,).
    appeal
        Affinity per gender × age, (n_creators, 12).
    """

    ids: tuple[str, ...]
    handles: tuple[str, ...]
    platforms: tuple[str, ...]
    drawn: NDArray[np.float64]
    fake: NDArray[np.float64]
    niche: NDArray[np.int64]
    place: NDArray[np.int64]
    local: NDArray[np.float64]
    abroad: NDArray[np.float64]
    appeal: NDArray[np.float64]

    @property
    def size(self) -> int:
        """How many creators there are."""
        return len(self.ids)


def draw_roster(rng: np.random.Generator, n: int, options: MarketOptions) -> Roster:
    """`n` creators, many small and few large."""
    drawn = _draw_sizes(rng, n, options)
    niche = rng.choice(len(options.niches), n, p=_shares([niche.popularity for niche in options.niches]))
    platforms = rng.choice(list(options.platforms), n, p=_shares(list(options.platforms.values())))
    local, abroad = _draw_nearness(rng, drawn)
    return Roster(
        ids=tuple(f"c{i:0{max(4, len(str(n)))}d}" for i in range(1, n + 1)),
        handles=_draw_handles(rng, niche, options),
        platforms=tuple(platforms.tolist()),
        drawn=drawn,
        fake=_draw_fakes(rng, n) * options.fake_factor,
        niche=niche,
        place=_draw_homes(rng, n, places(options)),
        local=local,
        abroad=abroad,
        appeal=_draw_appeal(rng, niche, options),
    )


def _shares(parts: Sequence[float]) -> NDArray[np.float64]:
    weights = np.asarray(parts, dtype=float)
    return np.asarray(weights / weights.sum())


def _draw_sizes(rng: np.random.Generator, n: int, options: MarketOptions) -> NDArray[np.float64]:
    """Even steps through the distribution of sizes, shuffled: even a small market has every tier."""
    at = (rng.permutation(n) + rng.random(n)) / n
    steps = np.concatenate(([0.0], np.cumsum(_shares(options.tier_mix))))
    bounds = np.log([low for _, low, _ in TIERS] + [TIERS[-1][2]])
    return np.exp(np.interp(at, steps, bounds))


def _draw_fakes(rng: np.random.Generator, n: int) -> NDArray[np.float64]:
    """Three quarters around 0.14, a quarter around 0.55: the two clusters of SRF Data 2017."""
    return np.where(rng.random(n) < 0.75, rng.beta(1.7, 10.4, n), rng.beta(13.2, 10.8, n))


def _draw_homes(rng: np.random.Generator, n: int, where: tuple[Place, ...]) -> NDArray[np.int64]:
    """Creators live in cities more often than other people."""
    pull = _shares([place.share * (3.0 if place.city else 1.0) for place in where])
    return rng.choice(len(where), n, p=pull)


def _draw_nearness(
    rng: np.random.Generator, drawn: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The smaller a creator, the more local: about half of a nano's followers live in its city, a tenth of a mega's."""
    size = drawn / 10_000
    local = 1 + 8 * size**-0.55 * rng.lognormal(0, 0.6, drawn.size)
    abroad = np.clip(0.06 * size**0.25 * rng.lognormal(0, 0.6, drawn.size), 0.01, 0.8)
    return local, abroad


def _draw_appeal(rng: np.random.Generator, niche: NDArray[np.int64], options: MarketOptions) -> NDArray[np.float64]:
    peak = np.array([one.peak_age for one in options.niches])[niche] + rng.normal(0, 0.8, niche.size)
    lean = rng.normal(0, 0.5, niche.size)
    by_age = np.exp(-0.35 * abs(np.arange(len(AGES)) - peak[:, None]))
    by_gender = np.exp(np.column_stack((lean, -lean)))
    return (by_gender[:, :, None] * by_age[:, None, :]).reshape(niche.size, len(GENDERS) * len(AGES))


def _draw_handles(rng: np.random.Generator, niche: NDArray[np.int64], options: MarketOptions) -> tuple[str, ...]:
    stems = rng.integers(0, len(SYLLABLES), (niche.size, 3))
    ends = rng.integers(0, len(ENDINGS), niche.size)
    handles: dict[str, None] = {}
    for stem, end, about in zip(stems.tolist(), ends.tolist(), niche.tolist(), strict=True):
        topic = options.niches[about].words[stem[0] % len(options.niches[about].words)].split()[0].replace("-", "")
        handle = "".join(SYLLABLES[s] for s in stem) + (ENDINGS[end] or f".{topic}")
        handles[handle if handle not in handles else f"{handle}{len(handles)}"] = None
    return tuple(handles)
