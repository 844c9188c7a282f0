"""What can be bought: creator × package, with its price and what it does to one member of the audience."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from asterism.errors import BadInput


@dataclass(frozen=True, slots=True)
class Offers:
    """Offers in rows; at most one offer per creator is ever bought.

    Parameters
    ----------
    creator
        Column of the creator in `Samples`, int32 (n_offers,), ascending.
    package
        What is bought, as `2 reel + 1 story`, one text per offer.
    posts
        Number of posts in the package, int16 (n_offers,), ≥ 1.
    cost
        Full cost in cents of the brief's currency: fee + handling, int64 (n_offers,), > 0.
    fee
        The fee alone, with the add-ons the brief asks for, in cents, int64 (n_offers,).
    fee_log_sd
        Log-normal doubt of the fee; 0 for a quote. (n_offers,)
    fee_source
        "quote", "paid" or "prior" per offer.
    reach, act, buy
        Chance that a member of the audience is reached, acts, buys, float64 (n_offers,), 0 to 1; multiplies the
        link's chance in `Samples`.
    exposures
        Mean number of the package's posts a member of the audience sees, float64 (n_offers,), ≤ posts.
    tier, platform
        Small integers int16 (n_offers,): positions in `tiers` and `platforms`.
    """

    creator: NDArray[np.int32]
    package: tuple[str, ...]
    posts: NDArray[np.int16]
    cost: NDArray[np.int64]
    fee: NDArray[np.int64]
    fee_log_sd: NDArray[np.float64]
    fee_source: tuple[str, ...]
    reach: NDArray[np.float64]
    act: NDArray[np.float64]
    buy: NDArray[np.float64]
    exposures: NDArray[np.float64]
    tier: NDArray[np.int16]
    platform: NDArray[np.int16]
    tiers: tuple[str, ...]
    platforms: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.creator.size and bool((np.diff(self.creator) < 0).any()):
            raise BadInput("Offers must be sorted by creator.")
        if self.cost.size and int(self.cost.min()) <= 0:
            raise BadInput("Every offer must cost something.", "A free collaboration still takes handling time.")

    def __len__(self) -> int:
        return int(self.creator.size)

    def only(self, rows: NDArray[np.int64]) -> "Offers":
        """The offers in `rows`, ascending; creators keep their columns."""
        listed = rows.tolist()
        return replace(
            self,
            creator=self.creator[rows],
            package=tuple(self.package[i] for i in listed),
            posts=self.posts[rows],
            cost=self.cost[rows],
            fee=self.fee[rows],
            fee_log_sd=self.fee_log_sd[rows],
            fee_source=tuple(self.fee_source[i] for i in listed),
            reach=self.reach[rows],
            act=self.act[rows],
            buy=self.buy[rows],
            exposures=self.exposures[rows],
            tier=self.tier[rows],
            platform=self.platform[rows],
        )


def seen_at_least_once(posts: NDArray[np.float64], exposures: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of an audience that sees at least one of `posts` when its mean number seen is `exposures`.

    The one-point saturation curve of Goerg with the whole audience as its limit: m / (1 − r + m) with
    m = exposures and r = m / posts. It is also 1 − P(0) of the beta-binomial(posts, 1, (1 − r) / r), whose other
    probabilities give the frequency, so both curves are one assumption.

    >>> seen_at_least_once(np.array([1.0, 3.0]), np.array([0.2, 0.6])).round(3).tolist()
    [0.2, 0.429]
    """
    mean = np.asarray(exposures, dtype=float)
    return np.asarray(mean / (1.0 - mean / posts + mean))
