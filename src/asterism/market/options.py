"""What kind of market is simulated: its countries, niches, tiers, and how much of it can be seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from asterism.errors import BadInput
from asterism.market.niches import NICHES, Niche


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its part of the people, its languages and its cities, each with their share of it."""

    code: str
    share: float
    languages: tuple[tuple[str, float], ...]
    cities: tuple[tuple[str, float], ...]


COUNTRIES: Final = (
    Country(
        "US",
        0.56,
        (("en", 0.86), ("es", 0.14)),
        (("New York", 0.08), ("Los Angeles", 0.06), ("Chicago", 0.04), ("Austin", 0.03)),
    ),
    Country("GB", 0.16, (("en", 1.0),), (("London", 0.2), ("Manchester", 0.07), ("Glasgow", 0.04))),
    Country("DE", 0.12, (("de", 1.0),), (("Berlin", 0.08), ("Hamburg", 0.05), ("Munich", 0.05))),
    Country("FR", 0.09, (("fr", 1.0),), (("Paris", 0.18), ("Lyon", 0.05), ("Marseille", 0.04))),
    Country("ES", 0.07, (("es", 1.0),), (("Madrid", 0.14), ("Barcelona", 0.11), ("Valencia", 0.04))),
)
"""The countries of the default market; one dominates."""

TIERS: Final = (("nano", 1e3, 1e4), ("micro", 1e4, 1e5), ("macro", 1e5, 1e6), ("mega", 1e6, 5e6))
"""Bounds in followers between which sizes are drawn, evenly in the logarithm."""


@dataclass(frozen=True, slots=True)
class MarketOptions:
    """Everything about a market except its seed and its size.

    Parameters
    ----------
    universe
        Real people the market stands for; each simulated person is `universe / n_people` of them.
    focus
        How far interest in the niche decides whom people follow: 0 not at all, towards 1 entirely.
    dispersion
        Variance of people's activity around a mean of 1: 0.2 all alike, 2 a few heavy users.
    tier_mix
        Shares of nano, micro, macro and mega creators.
    platforms
        Shares of creators per platform.
    posts
        Mean number of recent posts seen per creator.
    with_profiles, with_reach, with_quotes, with_campaigns
        Shares of creators whose audience profile is known, who share what only they can see (reach, saves, stories),
        who have quoted a price, who have worked in a past campaign.
    fees
        Factor on the true fees per tier, as `{"macro": 2.0}`; tiers left out keep theirs.
    priming
        How many times better a person converts who was reached in an earlier phase.
    fake_factor
        Factor on the drawn shares of fake followers; 0 for a market without any.
    """

    universe: float = 20_000_000
    focus: float = 0.7
    dispersion: float = 0.8
    tier_mix: tuple[float, float, float, float] = (0.45, 0.32, 0.18, 0.05)
    platforms: Mapping[str, float] = field(default_factory=lambda: {"instagram": 0.5, "tiktok": 0.3, "youtube": 0.2})
    posts: float = 12
    with_profiles: float = 0.6
    with_reach: float = 0.35
    with_quotes: float = 0.5
    with_campaigns: float = 0.25
    fees: Mapping[str, float] = field(default_factory=dict)
    priming: float = 1.3
    fake_factor: float = 1.0
    countries: tuple[Country, ...] = COUNTRIES
    niches: tuple[Niche, ...] = NICHES

    def __post_init__(self) -> None:
        for name in ("with_profiles", "with_reach", "with_quotes", "with_campaigns", "fake_factor"):
            if not 0 <= getattr(self, name) <= 1:
                raise BadInput(f"`{name}` is {getattr(self, name)}.", "Give a share from 0 to 1.")
        if not 0 <= self.focus < 1:
            raise BadInput(f"`focus` is {self.focus}.", "Give a number from 0 to below 1.")
        for name in ("universe", "dispersion", "posts", "priming"):
            if not getattr(self, name) > 0:
                raise BadInput(f"`{name}` is {getattr(self, name)}.", "Give a number above 0.")
        unknown = set(self.fees) - {tier for tier, _, _ in TIERS}
        if unknown:
            raise BadInput(f"`fees` names {sorted(unknown)}.", "Name nano, micro, macro or mega.")
        if not self.countries or not self.niches:
            raise BadInput("A market needs at least one country and one niche.")
