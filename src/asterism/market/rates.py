"""What one post of a creator truly does, and costs: reach, engagement, clicks, sales and fees.

The medians are the benchmark figures of the field, written down apart from `asterism.priors`, so that a wrong prior
cannot confirm itself in a simulation.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from asterism.market.options import TIERS, MarketOptions
from asterism.market.roster import Roster

ANCHORS: Final = (4e3, 32e3, 224e3, 707e3, 3e6)
"""Followers at which the medians below hold; between them they are read log–log."""
FORMATS: Final = ("post", "carousel", "reel", "story", "short", "video")
"""Columns of every array per creator × format."""
USUAL_REAL: Final = 0.75
"""Usual share of real followers, between mean log and median of the mixture: the benchmarks count every follower."""
UNIQUE_VIEWS: Final = {"instagram": 0.8, "tiktok": 0.68, "youtube": 0.75}
"""Unique viewers per view (Stellar); on Instagram impressions are 1.25 × reach."""
POST_SPREAD: Final = {"instagram": 0.35, "tiktok": 0.75, "youtube": 0.6}
"""Log standard deviation of reach from post to post."""
ACT_SPREAD: Final = 0.35
"""Log standard deviation from post to post of engagement per person reached."""


@dataclass(frozen=True, slots=True)
class Craft:
    """A format on a platform: reach at the anchors, engagement and fee against the platform's plain post, how usual."""

    reach: tuple[float, ...]
    engagement: float
    fee: float
    usual: float


_FEED = (0.25, 0.18, 0.14, 0.12, 0.09)
CRAFTS: Final[dict[str, dict[str, Craft]]] = {
    "instagram": {
        "post": Craft(_FEED, 0.9, 1.0, 0.3),
        "carousel": Craft(_FEED, 1.0, 1.1, 0.2),
        "reel": Craft(tuple(1.5 * r for r in _FEED), 1.1, 1.4, 0.35),
        "story": Craft((0.075, 0.05, 0.043, 0.04, 0.03), 0.1, 0.35, 0.15),
    },
    "tiktok": {"video": Craft((0.42, 0.34, 0.28, 0.24, 0.18), 1.0, 0.25, 1.0)},
    "youtube": {
        "video": Craft((0.3, 0.24, 0.19, 0.16, 0.12), 1.0, 0.53, 0.7),
        "short": Craft((0.34, 0.28, 0.23, 0.2, 0.15), 1.0, 0.17, 0.3),
    },
}
ENGAGEMENT: Final = {
    "instagram": (0.025, 0.015, 0.012, 0.010, 0.007),
    "tiktok": (0.09, 0.07, 0.05, 0.04, 0.035),
    "youtube": (0.032, 0.021, 0.015, 0.012, 0.009),
}
"""Median engagements per follower on Instagram, per view on TikTok and YouTube."""
FEES: Final = (75.0, 400.0, 2_200.0, 9_000.0, 35_000.0)
CONVERSION: Final = (0.0241, 0.0218, 0.018, 0.0142, 0.0091)
CLICK: Final = 0.018


def curve(followers: ArrayLike, medians: tuple[float, ...], beyond: float) -> NDArray[np.float64]:
    """The medians read log–log at any follower count, (n,).

    Below the first anchor the first slope goes on; above the last one the value grows as followers ** `beyond`.

    >>> curve([4_000, 3_000_000, 6_000_000], FEES, 1.0).round().tolist()
    [75.0, 35000.0, 70000.0]
    """
    x, at, y = np.log(np.asarray(followers, dtype=float)), np.log(ANCHORS), np.log(medians)
    first = (y[1] - y[0]) / (at[1] - at[0])
    outside = first * np.minimum(x - at[0], 0) + beyond * np.maximum(x - at[-1], 0)
    return np.asarray(np.exp(np.interp(x, at, y) + outside))


@dataclass(frozen=True, slots=True)
class Rates:
    """The truth about posts, float64 (n_creators, n_formats) with NaN where a platform lacks the format.

    Parameters
    ----------
    reach
        Mean share of the real followers that one post reaches.
    act
        Mean engagements per person reached by one organic post.
    fee
        Median fee of one post in US dollars.
    sponsored
        Factor of sponsorship on engagement, (n_creators,).
    click, convert
        Chance that a reached person clicks, and that one who clicked buys something of the creator's niche,
        (n_creators,).
    """

    reach: NDArray[np.float64]
    act: NDArray[np.float64]
    fee: NDArray[np.float64]
    sponsored: NDArray[np.float64]
    click: NDArray[np.float64]
    convert: NDArray[np.float64]


def draw_rates(rng: np.random.Generator, roster: Roster, options: MarketOptions) -> Rates:
    """The true rates of every creator: the benchmark at its size, with a log-normal spread between creators."""
    n, size = roster.size, roster.drawn
    talent, bond, asking = rng.normal(0, 0.3, n), rng.normal(0, 0.5, n), rng.normal(0, 1, n)
    reach = np.clip(_medians(roster, "reach") / USUAL_REAL * np.exp(talent)[:, None], 0, 0.9)
    engagement = _medians(roster, "engagement") / USUAL_REAL * np.exp(0.9 * talent + bond)[:, None]
    factor = np.array([options.fees.get(tier, 1.0) for tier, _, _ in TIERS])
    tier = np.clip(np.searchsorted([low for _, low, _ in TIERS], size, side="right") - 1, 0, len(TIERS) - 1)
    fee = _medians(roster, "fee") * (np.exp(np.where(size >= 1e6, 1.0, 0.8) * asking) * factor[tier])[:, None]
    return Rates(
        reach=reach,
        act=np.clip(engagement / reach, 0, 0.6),
        fee=fee,
        sponsored=rng.lognormal(np.log(0.95), 0.2, n),
        click=np.clip(rng.lognormal(np.log(CLICK), 0.33, n), 0, 0.2),
        convert=np.clip(curve(size, CONVERSION, -0.15) * rng.lognormal(0, 0.4, n), 0, 0.3),
    )


def _medians(roster: Roster, what: str) -> NDArray[np.float64]:
    """Benchmark medians per creator × format: of reach and engagement per follower, or of the fee."""
    table = np.full((roster.size, len(FORMATS)), np.nan)
    platforms = np.array(roster.platforms)
    for platform, crafts in CRAFTS.items():
        rows = np.flatnonzero(platforms == platform)
        for name, craft in crafts.items():
            table[rows, FORMATS.index(name)] = _MEDIAN[what](platform, craft, roster.drawn[rows])
    return table


def _reach(platform: str, craft: Craft, followers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Instagram's figures are medians of posts, the others' are means."""
    over_median = np.exp(POST_SPREAD[platform] ** 2 / 2) if platform == "instagram" else 1.0
    return np.asarray(curve(followers, craft.reach, -0.15) * over_median)


def _engagement(platform: str, craft: Craft, followers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Per follower; Instagram's figures are medians of posts, the others' are means."""
    medians = curve(followers, ENGAGEMENT[platform], -0.15) * craft.engagement
    if platform == "instagram":
        return np.asarray(medians * np.exp((POST_SPREAD[platform] ** 2 + ACT_SPREAD**2) / 2))
    return np.asarray(medians * _reach(platform, craft, followers) / UNIQUE_VIEWS[platform])


def _fee(_: str, craft: Craft, followers: NDArray[np.float64]) -> NDArray[np.float64]:
    return curve(followers, FEES, 1.0) * craft.fee


_MEDIAN: Final = {"reach": _reach, "engagement": _engagement, "fee": _fee}
