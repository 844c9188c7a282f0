"""Traits that fees depend on: size, platform, niche, country, engagement against peers, verified; as columns."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.priors.entries import TIER_MEDIANS
from asterism.signals.lineup import Lineup
from asterism.signals.peers import percentiles
from asterism.signals.rates import PRIOR, UNKNOWN_SIZE, Rates

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LOG_SD: Final = {
    "market": 0.3, "size": 0.2, "platform": 0.2, "niche": 0.2, "country": 0.2, "engagement": 0.4, "verified": 0.15,
}  # fmt: skip
"""How far each effect may lie from none before any price is seen, as log-sd (assumptions); of engagement, from the
lowest to the highest of the peers."""
_KNOTS: Final = np.log((1e3, *TIER_MEDIANS))


@dataclass(frozen=True, slots=True)
class Traits:
    """What fees depend on besides format, (n,) each.

    `size` in followers; `niche` and `country` in lower case, "" where unknown; `engagement` the percentile among peers,
    NaN where unknown; `verified` 0 or 1.
    """

    platform: NDArray[np.object_]
    size: Floats
    niche: NDArray[np.object_]
    country: NDArray[np.object_]
    engagement: Floats
    verified: Floats

    @classmethod
    def of(cls, lineup: Lineup, followers: Floats, engagement: Rates) -> "Traits":
        """The traits of the creators considered."""
        size = np.where(np.isfinite(followers), followers, UNKNOWN_SIZE)
        verified = pc.cast(pc.fill_null(lineup.creators["verified"], False), pa.float64()).to_numpy()
        percentile = engagement_percentile(engagement, lineup.platform, followers)
        return cls(lineup.platform, size, lineup.texts("niche"), lineup.texts("country"), percentile, verified)


def engagement_percentile(engagement: Rates, platform: NDArray[np.object_], followers: Floats) -> Floats:
    """Where each creator's engagement stands among peers, 0 to 1, the mean over its formats with figures of their own.

    NaN where a creator has none, or too few peers do.
    """
    rate = np.where(engagement.source == PRIOR, np.nan, engagement.posterior.typical.median)
    some = np.flatnonzero(np.isfinite(rate).any(axis=0))
    if not some.size:
        return np.full(followers.size, np.nan)
    each = np.stack([percentiles(rate[:, kind], platform, followers) for kind in some], axis=1)
    known = np.isfinite(each)
    return np.where(known.any(axis=1), np.nansum(each, axis=1) / np.maximum(known.sum(axis=1), 1), np.nan)


@dataclass(frozen=True, slots=True)
class Columns:
    """The traits as columns of a regression, each times the log-sd of its effect.

    Parameters
    ----------
    effect
        Which effect each column belongs to, (p,).
    codes
        Per listed trait the column of each creator's value, −1 where it has none of its own, (n,).
    """

    traits: Traits
    effect: NDArray[np.str_]
    codes: dict[str, Ints]

    @classmethod
    def of(cls, traits: Traits, priced: Ints) -> "Columns":
        """Columns for the platforms, niches and countries of the creators `priced`; others' effects stay unknown."""
        names, codes = ["market", *["size"] * _KNOTS.size, "engagement", "verified"], {}
        for name in ("platform", "niche", "country"):
            values = getattr(traits, name).astype(str)
            listed = np.unique(values[priced])
            listed = listed[listed != ""]
            at = np.minimum(np.searchsorted(listed, values), max(listed.size - 1, 0))
            found = listed[at] == values if listed.size else np.zeros(values.size, dtype=bool)
            codes[name] = np.where(found, len(names) + at, -1)
            names += [name] * listed.size
        return cls(traits, np.array(names), codes)

    def matrix(self, rows: Ints) -> Floats:
        """The columns of some creators, (n_rows, p)."""
        traits, made = self.traits, np.zeros((rows.size, self.effect.size))
        made[:, 0] = LOG_SD["market"]
        made[:, 1 : 1 + _KNOTS.size] = LOG_SD["size"] * _hats(np.log(traits.size[rows]))
        made[:, 1 + _KNOTS.size] = LOG_SD["engagement"] * np.nan_to_num(traits.engagement[rows] - 0.5)
        made[:, 2 + _KNOTS.size] = LOG_SD["verified"] * traits.verified[rows]
        for name, code in self.codes.items():
            has = np.flatnonzero(code[rows] >= 0)
            made[has, code[rows[has]]] = LOG_SD[name]
        return made

    def unlisted(self, rows: Ints) -> Floats:
        """Variance of the effects that no column stands for, as of a niche that nobody priced, (n_rows,)."""
        traits = {name: getattr(self.traits, name)[rows] != "" for name in self.codes}
        return np.asarray(sum(LOG_SD[n] ** 2 * (stated & (self.codes[n][rows] < 0)) for n, stated in traits.items()))


def _hats(log_size: Floats) -> Floats:
    """Weights of the knots in a log–log interpolation, (n, n_knots); they add up to 1, also beyond the ends."""
    inside = np.clip(log_size, _KNOTS[0], _KNOTS[-1])
    return np.stack([np.interp(inside, _KNOTS, unit) for unit in np.eye(_KNOTS.size)], axis=1)
