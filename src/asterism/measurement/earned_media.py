"""Earned media value: what exposure would have cost as advertising, by stated rates; never a return."""

from dataclasses import dataclass
from typing import Any, Final

from asterism.measurement.delivered import Delivered, impressions_of
from asterism.measurement.ledger import Return

FORMULA: Final = "impressions / 1,000 × rate per 1,000 + engagements × rate per engagement"


@dataclass(frozen=True, slots=True)
class Rates:
    """Cents that exposure is valued at; another rate is another version.

    The two ends stand for how far vendors' published rates lie apart; the middle is our assumption.
    """

    version: str = "1"
    per_mille: int = 650
    per_engagement: int = 10

    def to_dict(self) -> dict[str, Any]:
        """The rates as plain values."""
        return {"version": self.version, "per_mille": self.per_mille, "per_engagement": self.per_engagement}


@dataclass(frozen=True, slots=True)
class EarnedMedia:
    """What the exposure of a ledger would have cost as advertising, in cents, with what it was reckoned by."""

    cents: int
    currency: str
    rates: Rates
    of: int
    lacking: int
    formula: str = FORMULA

    @property
    def sentence(self) -> str:
        """The figure with its formula, version and rates, and what it is not."""
        counted = f"{self.of} collaborations" + (f", {self.lacking} without figures left out" if self.lacking else "")
        rates = f"{self.rates.per_mille / 100:.2f} and {self.rates.per_engagement / 100:.2f} {self.currency}"
        return (
            f"Earned media value {self.cents / 100:,.2f} {self.currency} over {counted}: {self.formula}, "
            f"version {self.rates.version}, at {rates}. It is a price of advertising, not a return."
        )

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain values."""
        return {"cents": self.cents, "currency": self.currency, "formula": self.formula, **self.rates.to_dict(),
                "collaborations": self.of, "lacking": self.lacking, "sentence": self.sentence}  # fmt: skip


def earned_media(result: Return, rates: Rates | None = None) -> EarnedMedia:
    """The earned media value of a ledger, only for those who ask for it."""
    rates = rates or Rates()
    found = [_value(line.delivered, rates) for line in result.lines if line.partner.key]
    known = [cents for cents in found if cents is not None]
    return EarnedMedia(round(sum(known)), result.currency, rates, len(known), len(found) - len(known))


def _value(delivered: Delivered, rates: Rates) -> float | None:
    shown = impressions_of(delivered)
    if shown is None and delivered.engagements is None:
        return None
    return (shown[0] if shown else 0) / 1_000 * rates.per_mille + (delivered.engagements or 0) * rates.per_engagement
