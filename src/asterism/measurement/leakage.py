"""Leakage: codes that are used by people whom their creator never reached, with the evidence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from asterism.measurement.events import Seen

WITHOUT_CLICKS: Final = "without_clicks"
COUPON_SITES: Final = "coupon_sites"
SPIKE: Final = "spike"
FEW_NEW: Final = "few_new_customers"
ALARMS: Final = 0.05
"""How often an honest code may be found leaking, by any of the kinds."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A sign that a code leaked: `kind` is without_clicks, coupon_sites, spike or few_new_customers.

    `since` is the first order that the finding rests on, `strength` the chance of as much by accident (smaller is
    stronger), `says` the evidence with its figures in one sentence.
    """

    code: str
    kind: str
    since: datetime
    strength: float
    says: str


def leaks(seen: Seen) -> tuple[Leak, ...]:
    """The signs of leaking codes, by code, the strongest first; a code without a sign is absent."""
    raise NotImplementedError
