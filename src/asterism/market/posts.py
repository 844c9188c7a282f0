"""The posts a user would see: heavy-tailed figures around the true rates, captions, dates, sponsors."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.creators.tables import POSTS
from asterism.market.options import MarketOptions
from asterism.market.rates import ACT_SPREAD, CRAFTS, FORMATS, POST_SPREAD, UNIQUE_VIEWS
from asterism.market.truth import Truth

TODAY: Final = np.datetime64("2026-11-01", "us")
"""The day on which the market is looked at; nothing here asks a clock."""
DAYS_BACK: Final = 90
SPONSORS: Final = ("Norrvik", "Pelmora", "Castel & Ruhe", "Tamsin Foods", "Okuri", "Brightloam", "Vantelle", "Halden")
OPENINGS: Final = ("My {} this week", "All about {}", "{}, honestly", "Trying a new {}", "You asked about {}", "{} day")
DISCLOSED: Final = 0.9
"""Part of the sponsored posts that say so."""
_PARTS: Final = {"instagram": (0.035, 0.03, 0.03), "tiktok": (0.02, 0.05, 0.06), "youtube": (0.07, 0.0, 0.0)}
"""Comments, shares and saves as parts of all engagements; the rest are likes."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Posts before they become a table: positions and figures, one entry per post."""

    creator: NDArray[np.int64]
    format: NDArray[np.int64]
    sponsored: NDArray[np.bool_]
    reach: NDArray[np.float64]
    engagements: NDArray[np.float64]


def draw_posts(rng: np.random.Generator, truth: Truth, options: MarketOptions) -> Drawn:
    """Recent posts of every creator with the reach and engagement each one had.

    Reach is real followers × rate × noise of mean 1, engagement is reach × chance of acting × noise; both log-normal.
    """
    creator = np.repeat(np.arange(truth.roster.size), np.maximum(rng.poisson(options.posts, truth.roster.size), 3))
    made = _draw_formats(rng, truth, creator)
    sponsored = rng.random(creator.size) < rng.beta(2, 8, truth.roster.size)[creator]
    spread = np.array([POST_SPREAD[p] for p in truth.roster.platforms])[creator]
    audience = truth.audience[creator]
    reach = np.minimum(audience * truth.rates.reach[creator, made] * _noise(rng, spread), audience)
    act = truth.rates.act[creator, made] * np.where(sponsored, truth.rates.sponsored[creator], 1.0)
    engagements = rng.poisson(reach * np.minimum(act * _noise(rng, np.full(creator.size, ACT_SPREAD)), 0.9))
    return Drawn(creator, made, sponsored, np.floor(reach), engagements.astype(float))


def _noise(rng: np.random.Generator, spread: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.exp(spread * rng.normal(size=spread.size) - spread**2 / 2))


def _draw_formats(rng: np.random.Generator, truth: Truth, creator: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each creator has an own mix of the platform's formats."""
    usual = np.zeros((truth.roster.size, len(FORMATS)))
    for row, platform in enumerate(truth.roster.platforms):
        for name, craft in CRAFTS[platform].items():
            usual[row, FORMATS.index(name)] = craft.usual
    mix = rng.gamma(6 * usual + 1e-9) * (usual > 0)
    upto = np.cumsum(mix / mix.sum(axis=1, keepdims=True), axis=1)[creator]
    return np.asarray((rng.random(creator.size)[:, None] > upto[:, :-1]).sum(axis=1))


def posts_table(
    rng: np.random.Generator, truth: Truth, drawn: Drawn, connected: NDArray[np.bool_], options: MarketOptions
) -> pa.Table:
    """The posts as the platforms show them, in the schema `POSTS`.

    Creators who are `connected` (n_creators,) share what only they can see: reach, saves, stories and their views.
    """
    seen = connected[drawn.creator] | (drawn.format != FORMATS.index("story"))
    kept = Drawn(*(getattr(drawn, part)[seen] for part in Drawn.__slots__))
    platforms = np.array(truth.roster.platforms)[kept.creator]
    figures = _figures(rng, kept, platforms, connected[kept.creator])
    posted = TODAY - rng.integers(3 * 24, DAYS_BACK * 24, kept.creator.size) * np.timedelta64(3_600_000_000, "us")
    sponsor = pa.array(rng.choice(SPONSORS, kept.creator.size), mask=~kept.sponsored)
    columns = {
        "post_id": [f"p{i:07d}" for i in range(1, kept.creator.size + 1)],
        "creator_id": np.array(truth.roster.ids)[kept.creator],
        "platform": platforms,
        "format": np.array(FORMATS)[kept.format],
        "posted_at": posted,
        "seen_at": np.full(posted.size, TODAY),
        **figures,
        "caption": _captions(rng, truth, kept, options),
        "sponsored": kept.sponsored,
        "sponsor": sponsor,
    }
    return pa.table([pa.array(columns[name]).cast(POSTS.arrow.field(name).type) for name in POSTS.names], POSTS.arrow)


def _figures(
    rng: np.random.Generator, drawn: Drawn, platforms: NDArray[np.str_], connected: NDArray[np.bool_]
) -> dict[str, pa.Array]:
    parts = np.array([_PARTS[platform] for platform in platforms.tolist()]).reshape(-1, 3)
    parts = parts * rng.lognormal(0, 0.3, parts.shape)
    total = drawn.engagements.astype(np.int64)
    comments, shares, saves = np.rint(parts * total[:, None]).astype(np.int64).T
    story = drawn.format == FORMATS.index("story")
    video = np.isin(drawn.format, [FORMATS.index(name) for name in ("reel", "short", "video")])
    unique = np.array([UNIQUE_VIEWS[platform] for platform in platforms.tolist()])
    counts = {
        "likes": (np.maximum(total - comments - shares - saves, 0), ~story),
        "comments": (comments, ~story),
        "shares": (shares, ~story & (platforms != "youtube")),
        "saves": (saves, ~story & ((platforms == "tiktok") | (connected & (platforms == "instagram")))),
        "views": (np.rint(drawn.reach / unique).astype(np.int64), video | (story & connected)),
        "reach": (drawn.reach.astype(np.int64), connected),
    }
    return {name: pa.array(values, mask=~shown) for name, (values, shown) in counts.items()}


def _captions(rng: np.random.Generator, truth: Truth, drawn: Drawn, options: MarketOptions) -> list[str]:
    niche = truth.roster.niche[drawn.creator].tolist()
    opening = rng.integers(0, len(OPENINGS), len(niche)).tolist()
    word = rng.random((len(niche), 2)).tolist()
    tagged = (drawn.sponsored & (rng.random(len(niche)) < DISCLOSED)).tolist()
    captions = []
    for about, start, (one, two), paid in zip(niche, opening, word, tagged, strict=True):
        field = options.niches[about]
        first, second = (field.words[int(at * len(field.words))] for at in (one, two))
        text = OPENINGS[start].format(first)
        captions.append(
            f"{text[:1].upper()}{text[1:]}. #{field.name} #{second.replace(' ', '')}{' #ad' if paid else ''}"
        )
    return captions
