"""Attribution: who is credited with which order, by one named rule over everything that was seen."""

from asterism.measurement.crediting import Attribution, Rule
from asterism.measurement.events import Seen
from asterism.measurement.exchange import DatedRates


def attribute(seen: Seen, rule: Rule, currency: str, rates: DatedRates) -> Attribution:
    """Who is credited with which order, in cents of a currency."""
    raise NotImplementedError
