"""Who is booked for a simulated campaign: so many creators of each tier, drawn at random."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from asterism.creators.tiers import scheme
from asterism.errors import BadInput
from asterism.market.bookings import Booking
from asterism.market.rates import CRAFTS
from asterism.market.truth import Truth

OPENERS: Final = ("macro", "mega")
"""Tiers that open a campaign of two phases."""


def draw_bookings(
    rng: np.random.Generator, truth: Truth, per_tier: Mapping[str, int], *, two_phase: bool = True
) -> tuple[Booking, ...]:
    """Up to so many creators of each tier, with one to three posts of their platform's usual format.

    With `two_phase` macro and mega creators open and the others follow; without, all of them open.
    """
    tier, made = scheme("industry").of(truth.followers), []
    for name, count in per_tier.items():
        known = np.flatnonzero(tier == name)
        if not known.size:
            raise BadInput(f"Nobody in this market is {name}.", "Ask for nano, micro, macro or mega.")
        for creator in rng.choice(known, min(count, known.size), replace=False).tolist():
            crafts = CRAFTS[truth.roster.platforms[creator]]
            usual = max(crafts, key=lambda one: crafts[one].usual)
            phase = int(two_phase and name not in OPENERS)
            made.append(Booking(truth.roster.ids[creator], usual, int(rng.integers(1, 4)), phase))
    return tuple(made)
