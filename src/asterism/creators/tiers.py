"""Tier schemes, each with its source: authors disagree on what micro means, so a scheme is data."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from asterism.errors import BadInput, did_you_mean

UNTIERED: Final = "untiered"
ALWAYS: Final = ("nano", "micro", "macro", "mega")
"""The tiers every verdict speaks of, whether the scheme bounds them or not."""


@dataclass(frozen=True, slots=True)
class TierScheme:
    """Names and lower bounds in followers; a bound belongs to the tier above it.

    Below the lowest bound an account is `untiered`; a bound of 0 leaves nobody out.

    >>> scheme("industry").of([4_000, 10_000, 2_000_000]).tolist()
    ['nano', 'micro', 'mega']
    """

    name: str
    names: tuple[str, ...]
    bounds: tuple[float, ...]
    source: str

    def __post_init__(self) -> None:
        if not self.names or len(self.names) != len(self.bounds):
            raise BadInput(f"Tier scheme {self.name} needs one lower bound per tier.")
        if self.bounds[0] < 0 or any(b <= a for a, b in pairwise(self.bounds)):
            raise BadInput(f"The lower bounds of tier scheme {self.name} must rise from 0 or more.")

    def of(self, followers: ArrayLike) -> NDArray[np.str_]:
        """The tier of each follower count, shape (n,); NaN is untiered."""
        counts = np.nan_to_num(np.asarray(followers, dtype=float), nan=-1.0)
        at = np.searchsorted(self.bounds, counts, side="right")
        return np.asarray(np.array([UNTIERED, *self.names])[at])

    def describe(self, tier: str) -> str:
        """The tier with its bounds, as in `micro (10,000 to 100,000)`."""
        if tier not in self.names:
            return tier
        at = self.names.index(tier)
        low = f"{self.bounds[at]:,.0f}"
        if at + 1 == len(self.names):
            return f"{tier} (from {low})"
        return f"{tier} ({low} to {self.bounds[at + 1]:,.0f})"


_INDUSTRY = ("nano", "micro", "macro", "mega")
PRESETS: Final[dict[str, TierScheme]] = {
    s.name: s
    for s in (
        TierScheme("industry", _INDUSTRY, (0, 10_000, 100_000, 1_000_000), "industry usage"),
        TierScheme(
            "industry5",
            ("nano", "micro", "mid", "macro", "mega"),
            (0, 10_000, 100_000, 500_000, 1_000_000),
            "industry usage, five steps",
        ),
        TierScheme("a", ("nano", "micro", "macro"), (0, 3_000, 100_000), "«Which influencer fits you»"),
        TierScheme("b", ("micro", "macro"), (1_000, 100_000), "«Micro and macro»"),
        TierScheme("c", ("nano", "micro", "macro"), (0, 5_000, 100_000), "«Strategic duel»; mega marked by hand"),
        TierScheme("e", ("micro", "macro", "mega"), (10_000, 100_000, 300_000), "«What's the difference»"),
    )
}


def scheme(choice: str | Mapping[str, float]) -> TierScheme:
    """The preset of that name, or the user's own from `{tier: lower bound}`.

    Raises
    ------
    BadInput
        No preset has that name, or the bounds do not rise.
    """
    if isinstance(choice, str):
        if choice not in PRESETS:
            raise BadInput(f"There is no tier scheme `{choice}`.", did_you_mean(choice, list(PRESETS)))
        return PRESETS[choice]
    ordered = sorted(choice.items(), key=lambda item: item[1])
    return TierScheme("own", tuple(n for n, _ in ordered), tuple(float(b) for _, b in ordered), "the brief")
