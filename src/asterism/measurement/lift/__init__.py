"""What would have come anyway: lift of places and days against synthetic controls, with placebos and power.

Knows panels of places and days; hands the ledger and the pages a `Lift`, which says itself how far to trust it.
"""

from asterism.measurement.lift.answer import How, lift_of, lift_of_posts, lifts_by_tier
from asterism.measurement.lift.estimate import Check, Lift
from asterism.measurement.lift.panel import Panel, panel_of
from asterism.measurement.lift.power import Power, power_of
from asterism.measurement.lift.trial import Trial, trial_of

__all__ = (
    "Check", "How", "Lift", "Panel", "Power", "Trial", "lift_of", "lift_of_posts", "lifts_by_tier", "panel_of",
    "power_of", "trial_of",
)  # fmt: skip
