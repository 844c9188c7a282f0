"""Common draws: each fixes one rate per creator × format, one price per offer, one factor per platform.

A creator's draw depends on the seed, the creator and the format alone, so two alternatives that share a creator share
its luck, and the difference between them is not noise.
"""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.planning.offers import Offers
from asterism.priors import Priors
from asterism.signals.price import parse_package
from asterism.signals.table import Signals

N_DRAWS: Final = 256
SHARED: Final = 0.5
"""Part of a prior's variance that all creators share: a benchmark that is off is off for everybody (an assumption)."""
Z80: Final = 1.2815515655446004
"""Standard normal quantile of 90%: an 80% interval is the mean ± this many standard deviations."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What the chosen offers do in each draw; every matrix (n_draws, n_chosen).

    `exposures`, `act` and `buy` multiply the offer's own; `fee` is in cents; `variant` (n_draws,) is the model of the
    audience the draw believes in.
    """

    exposures: NDArray[np.float64]
    act: NDArray[np.float64]
    buy: NDArray[np.float64]
    fee: NDArray[np.float64]
    variant: NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Draws:
    """The common draws of one plan: `n` of them, from one seed."""

    signals: Signals
    priors: Priors
    brief: Brief
    seed: int = 0
    n: int = N_DRAWS

    def normal(self, *key: str) -> NDArray[np.float64]:
        """Standard normal numbers (n,) that belong to the key; their mean is 0 and their variance 1 over the draws."""
        digest = blake2b("\0".join(key).encode(), digest_size=8).digest()
        drawn = np.random.default_rng([self.seed, int.from_bytes(digest, "little")]).standard_normal(self.n)
        return np.asarray((drawn - drawn.mean()) / drawn.std())

    def rates(self, offers: Offers, chosen: NDArray[np.int64], n_variants: int = 1) -> Rates:
        """The draws of the chosen offers."""
        columns = [self._one(offers, int(o)) for o in chosen]
        stacked = [np.stack(parts, axis=1) if columns else np.ones((self.n, 0)) for parts in _columns(columns)]
        order = np.random.default_rng([self.seed, 1]).permutation(self.n)
        return Rates(*stacked, variant=(order % n_variants).astype(np.int16))

    def _one(self, offers: Offers, offer: int) -> tuple[NDArray[np.float64], ...]:
        creator = int(offers.creator[offer])
        who = self.signals.creators.slice(creator, 1).to_pylist()[0]
        name = parse_package(offers.package[offer])[0][0]
        rate = self._format(creator, name)
        platform = factor(self.normal("platform", who["platform"]), self.priors.platform_log_sd)
        key = (who["creator_id"], who["platform"])
        target = self._target(who)
        reach = factor(self.normal("reach", *key, name), rate["reach_log_sd"]) * platform * target
        act = factor(self.normal("act", *key, name), rate["engagement_log_sd"]) * platform * target
        fee = offers.fee[offer] * factor(self.normal("fee", *key), float(offers.fee_log_sd[offer]))
        return reach, act, reach * self._buy(key, rate["buy_log_sd"]), fee

    def _buy(self, key: tuple[str, str], log_sd: float) -> NDArray[np.float64]:
        everybody, own = self.normal("buy"), self.normal("buy", *key)
        return factor(np.sqrt(SHARED) * everybody + np.sqrt(1 - SHARED) * own, log_sd)

    def _target(self, who: dict[str, float | str]) -> NDArray[np.float64]:
        low, high = max(float(who["on_target_low"]), 1e-6), max(float(who["on_target_high"]), 1e-6)
        log_sd = np.log(high / low) / (2 * Z80)
        own = () if who["on_target_source"] != "profile" else (str(who["creator_id"]), str(who["platform"]))
        return factor(self.normal("target", *own), float(log_sd))

    def _format(self, creator: int, name: str) -> dict[str, float]:
        rows = self.signals.formats
        at = np.flatnonzero((rows["creator"].to_numpy() == creator))
        found = rows.take(at).to_pylist()
        return next(row for row in found if row["format"] == name)


def factor(normal: NDArray[np.float64], log_sd: float) -> NDArray[np.float64]:
    """Log-normal factors with mean 1 from standard normal numbers.

    >>> factor(np.array([0.0]), 0.5).round(4).tolist()
    [0.8825]
    """
    return np.asarray(np.exp(log_sd * normal - log_sd**2 / 2))


def _columns(columns: list[tuple[NDArray[np.float64], ...]]) -> list[list[NDArray[np.float64]]]:
    return [[column[i] for column in columns] for i in range(4)] if columns else [[], [], [], []]
