"""What would have come anyway: lift of places and days against synthetic controls, with placebos and power.

Knows panels of places and days; hands the ledger and the pages a `Lift`, which says itself how far to trust it.
"""

from asterism.measurement.lift.estimate import Check, Lift

__all__ = ("Check", "Lift")
