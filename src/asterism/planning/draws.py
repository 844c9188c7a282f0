"""Common draws: each fixes one rate per creator × format, one price per offer, one factor per platform.

The rate of a draw is that of the posts bought, not of all a creator will ever publish: the luck of few posts is in it.

A creator's draw depends on the seed, the creator and the format alone, so two alternatives that share a creator share
its luck, and the difference between them is not noise.
"""

import math
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.planning.objective import Draws
from asterism.planning.offers import Offers, seen_at_least_once
from asterism.priors import Priors
from asterism.priors.curves import Z
from asterism.signals.pricing.price import parse_package
from asterism.signals.table import Signals

N_DRAWS: Final = 256
_RATES: Final = ("reach", "engagement")


@dataclass(frozen=True, slots=True)
class CommonDraws:
    """The common draws of one plan: `n` of them, from one seed."""

    signals: Signals
    priors: Priors
    brief: Brief
    seed: int = 0
    n: int = N_DRAWS
    drawn: dict[tuple[str, ...], NDArray[np.float64]] = field(default_factory=dict, repr=False, compare=False)

    def normal(self, *key: str) -> NDArray[np.float64]:
        """Standard normal numbers (n,) that belong to the key; their mean is 0 and their variance 1 over the draws."""
        if key not in self.drawn:
            self.drawn[key] = self._normal(key)
        return self.drawn[key]

    def _normal(self, key: tuple[str, ...]) -> NDArray[np.float64]:
        digest = blake2b("\0".join(key).encode(), digest_size=8).digest()
        drawn = np.random.default_rng([self.seed, int.from_bytes(digest, "little")]).standard_normal(self.n)
        return np.asarray((drawn - drawn.mean()) / drawn.std())

    def of(self, offers: Offers, chosen: NDArray[np.int64], n_variants: int) -> Draws:
        """The multipliers of the chosen offers, and the variant of the audience each draw believes."""
        drawn = [self._one(offers, int(o)) for o in chosen]
        exposures, act, buy, fee = (np.stack(m, axis=1) if drawn else np.ones((self.n, 0)) for m in _columns(drawn))
        order = np.random.default_rng([self.seed, 1]).permutation(self.n)
        reach = self._reach(offers, chosen, exposures)
        return Draws(reach, act, reach * buy, exposures, fee, (order % n_variants).astype(np.int16))

    def _reach(self, offers: Offers, chosen: NDArray[np.int64], exposures: NDArray[np.float64]) -> NDArray[np.float64]:
        """More exposures saturate: the factor on reach follows from that on exposures."""
        posts = offers.posts[chosen].astype(float)
        seen = np.minimum(offers.exposures[chosen] * exposures, posts)
        return seen_at_least_once(posts, seen) / offers.reach[chosen]

    def _one(self, offers: Offers, offer: int) -> tuple[NDArray[np.float64], ...]:
        creator = int(offers.creator[offer])
        who = self.signals.creators.slice(creator, 1).to_pylist()[0]
        name = parse_package(offers.package[offer])[0][0]
        rate, posts = self._format(creator, name), float(offers.posts[offer])
        platform = factor(self.normal("platform", who["platform"]), self.priors.entry("platform_log_sd").value)
        key = (who["creator_id"], who["platform"])
        target = self._target(who)
        doubt = {w: math.hypot(rate[f"{w}_log_sd"], of_mean(rate[f"{w}_post_log_sd"], posts)) for w in _RATES}
        saturation = self.priors.entry("saturation_log_sd").value * math.log2(posts)
        doubt["reach"] = math.hypot(doubt["reach"], saturation)
        seen = factor(self.normal("reach", *key, name), doubt["reach"]) * platform * target
        act = factor(self.normal("act", *key, name), doubt["engagement"]) * platform * target
        fee = factor(self.normal("fee", *key), float(offers.fee_log_sd[offer]))
        return seen, act, self._buy(key, rate), fee

    def _buy(self, key: tuple[str, str], rate: dict[str, float]) -> NDArray[np.float64]:
        """A level that is off is off for everybody; the rest is each creator's own."""
        log_sd, common = rate["buy_log_sd"], rate["buy_common_log_sd"] or 0.0
        own = math.sqrt(max(log_sd**2 - common**2, 0.0))
        return factor(self.normal("buy"), common) * factor(self.normal("buy", *key), own)

    def _target(self, who: dict[str, float | str]) -> NDArray[np.float64]:
        low, high = max(float(who["on_target_low"]), 1e-6), max(float(who["on_target_high"]), 1e-6)
        log_sd = np.log(high / low) / (2 * Z)
        own = () if who["on_target_source"] != "profile" else (str(who["creator_id"]), str(who["platform"]))
        return factor(self.normal("target", *own), float(log_sd))

    def _format(self, creator: int, name: str) -> dict[str, float]:
        rows = self.signals.formats
        own = rows.take(np.flatnonzero(rows["creator"].to_numpy() == creator)).to_pylist()
        return next(row for row in own if row["format"] == name)


def of_mean(post_log_sd: float | None, posts: float) -> float:
    """The log-sd of the mean of so many posts that scatter log-normally, √log(1 + (exp(s²) − 1) / n); 0 if unknown.

    >>> round(of_mean(0.5, 4), 3)
    0.262
    """
    return 0.0 if post_log_sd is None else math.sqrt(math.log1p(math.expm1(post_log_sd**2) / posts))


def factor(normal: NDArray[np.float64], log_sd: float) -> NDArray[np.float64]:
    """Log-normal factors with mean 1 from standard normal numbers.

    >>> factor(np.array([0.0]), 0.5).round(4).tolist()
    [0.8825]
    """
    return np.asarray(np.exp(log_sd * normal - log_sd**2 / 2))


def _columns(drawn: list[tuple[NDArray[np.float64], ...]]) -> list[list[NDArray[np.float64]]]:
    return [[one[i] for one in drawn] for i in range(4)]
