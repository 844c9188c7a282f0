"""`Priors`: every benchmark by name, and the questions the rest of the system asks of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike
from scipy.special import betainc

from asterism.creators.schema import VIEWS_FIRST
from asterism.errors import NotFound, did_you_mean
from asterism.priors.curves import Benchmark, LogNormal, Rate
from asterism.priors.defaults import BENCHMARKS
from asterism.priors.read import read_entries
from asterism.quantities import LEVEL, Interval

MAIN_FORMAT: Final = {
    "tiktok": "video",
    "youtube": "video",
    "instagram": "post",
    "twitch": "video",
    "snapchat": "video",
}
"""The format a platform's benchmarks speak of; `post` elsewhere."""
STAND_IN: Final = {"twitch": "youtube", "snapchat": "tiktok"}
"""Whose curves serve a platform without figures of its own; Instagram's elsewhere."""
_TILT_RANGE: Final = (1e3, 1e7)
"""Followers between which the effect of price positioning grows; outside it stays."""


@dataclass(frozen=True, slots=True)
class Priors:
    """What is believed before any creator's own figures; every entry can be replaced by the user's.

    >>> round(float(Priors.default().fee("instagram", "post", 32_000).median))
    400
    """

    entries: Mapping[str, Benchmark]

    @classmethod
    def default(cls) -> "Priors":
        """The published benchmarks and stated assumptions of `priors.defaults`."""
        return cls({entry.name: entry for entry in BENCHMARKS})

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Priors":
        """The defaults with the entries of a parsed TOML or JSON document in their place.

        Raises
        ------
        BadInput
            An entry or field is unknown («did you mean»), or a value is unsound.
        """
        base = cls.default().entries
        return cls({**base, **read_entries(document, base)})

    @property
    def sponsored_effect(self) -> Interval:
        """Engagement of a sponsored post per engagement of an ordinary one."""
        return self.entry("sponsored_effect").interval

    @property
    def priming(self) -> Interval:
        """How much better a person reached before converts."""
        return self.entry("priming").interval

    @property
    def repeated_endorsement(self) -> Interval:
        """How much better the same creator's posts convert when they go on for months."""
        return self.entry("repeated_endorsement").interval

    @property
    def duplication(self) -> Interval:
        """k of d = k·r₁·r₂: how much two audiences share, against chance."""
        return self.entry("duplication").interval

    @property
    def platform_log_sd(self) -> float:
        """Spread of the factor that all creators of a platform share in one season, as a log-sd."""
        return self.entry("platform_log_sd").value

    def entry(self, name: str) -> Benchmark:
        """The benchmark of that name, with its range and source.

        Raises
        ------
        NotFound
            No entry has that name.
        """
        if name not in self.entries:
            raise NotFound(f"There is no prior `{name}`.", did_you_mean(name, list(self.entries)))
        return self.entries[name]

    def reach_rate(self, platform: str, format: str, followers: ArrayLike) -> LogNormal:  # noqa: A002
        """Unique people one post reaches per member of the audience; its mean never exceeds 1.

        On platforms watched by people who do not follow (`schema.VIEWS_FIRST`) the audience is everybody who watches
        the creator now and then, and the rate is the part of them that one usual video reaches, whatever the format.
        """
        if platform in VIEWS_FIRST:
            return self.entry("reach_rate.views_first").at(followers).capped(1.0)
        return self._curve("reach_rate", platform, format, followers).capped(1.0)

    def engagement_rate(self, platform: str, format: str, followers: ArrayLike) -> Rate:  # noqa: A002
        """Engagements of one post per follower, or per view on views-first platforms.

        Per member of a views-first audience (unique viewers) it is the rate by views divided by the unique share.
        """
        denominator = "views" if platform in VIEWS_FIRST else "followers"
        return Rate(self._curve("engagement_rate", platform, format, followers), denominator)

    def fee(self, platform: str, format: str, followers: ArrayLike) -> LogNormal:  # noqa: A002
        """US dollars asked for one sponsored post; plan with the mean, not the median."""
        return self._curve("fee", platform, format, followers)

    def click(self, format: str) -> LogNormal:  # noqa: A002
        """Share of the people reached who click through, as a scalar belief."""
        name = f"click.{format}"
        return self.entry(name if name in self.entries else "click.any").at(1.0)

    def convert(self, followers: ArrayLike, positioning: str | None = None) -> LogNormal:
        """Share of those who clicked who buy, by the creator's followers and the product's price positioning.

        The published conversion rate, tilted by (followers / 100,000)^e: e = −ε for `mass`, +ε for `luxury`, 0 for
        `premium` or None. ε is an assumption, and its doubt widens the belief away from 100,000 followers.
        """
        belief = self.entry("convert").at(followers)
        if positioning not in ("mass", "luxury"):
            return belief
        tilt, pivot = self.entry("positioning_elasticity"), self.entry("positioning_pivot").value
        distance = np.log(np.clip(np.asarray(followers, dtype=float), *_TILT_RANGE) / pivot)
        factor = np.exp(distance * (tilt.value if positioning == "luxury" else -tilt.value))
        return belief.times(LogNormal(factor, np.abs(distance) * tilt.sd))

    def leaning(self, measure: str, platform: str, niche: str | None) -> LogNormal:
        """How many times the usual `click` or `convert` of a platform and a niche are; 1 where nothing was learnt."""
        found = LogNormal(np.array(1.0), np.array(0.0))
        for name in (f"platform.{measure}.{platform}", f"niche.{measure}.{(niche or '').lower()}"):
            if name in self.entries:
                found = found.times(self.entries[name].at(1.0))
        return found

    def authentic(self) -> Interval:
        """Share of an audience that is real: one mixture of two clusters for accounts of every size.

        Fake share: weight w of Beta around a low mean, 1 − w around a high one; vendors contradict each other on
        tiers, so none enters. The interval is the mixture's central 80%.
        """
        from scipy.optimize import brentq

        weight, n = self.entry("fake.weight").value, self.entry("fake.concentration").value
        means = (self.entry("fake.low_cluster").value, self.entry("fake.high_cluster").value)

        def above(x: float, level: float) -> float:
            low, high = (float(betainc(n * m, n * (1 - m), x)) for m in means)
            return weight * low + (1 - weight) * high - level

        low, high = (float(brentq(above, 0.0, 1.0, args=(q,))) for q in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
        return Interval(1 - weight * means[0] - (1 - weight) * means[1], 1 - high, 1 - low)

    def sources(self) -> pa.Table:
        """Every entry as a row, with its unit, medians, 5–95% ranges, date, source and quality."""
        columns = ("name", "unit", "denominator", "followers", "median", "low", "high", "date", "source", "quality")
        return pa.table({c: [getattr(e, c) for e in self.entries.values()] for c in columns})

    def _curve(self, measure: str, platform: str, kind: str, followers: ArrayLike) -> LogNormal:
        """The platform's own curve, else its main format's times a factor, else the stand-in's, widened."""
        exact, main = f"{measure}.{platform}.{kind}", f"{measure}.{platform}.{MAIN_FORMAT.get(platform, 'post')}"
        if exact in self.entries:
            return self.entries[exact].at(followers)
        if main in self.entries:
            return self.entries[main].at(followers).times(self._format_factor(measure, kind))
        stand_in = STAND_IN.get(platform, "instagram")
        return self._curve(measure, stand_in, kind, followers).widened(self.entry("stand_in_log_sd").value)

    def _format_factor(self, measure: str, kind: str) -> LogNormal:
        name = f"format.{measure}.{kind}"
        return self.entry(name if name in self.entries else "format.other").at(1.0)
