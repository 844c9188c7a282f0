"""What is left of an order after the goods: its margin, by the best that is known of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from asterism.errors import BadInput
from asterism.measurement.crediting import Credit
from asterism.measurement.sharing import dealt
from asterism.quantities import Money

WRITE: Final = "Write `40%` of revenue, or `6 USD` per sale."


@dataclass(frozen=True, slots=True)
class Economics:
    """What a sale leaves: an amount per sale, or a share of its revenue; neither where nothing is known.

    Of an order the margin that the shop states comes first, then `per_sale`, then `share`. A partial refund takes the
    same part of `per_sale` as of the amount.
    """

    per_sale: Money | None = None
    share: Fraction | None = None

    def __post_init__(self) -> None:
        if self.share is not None and not -1 <= self.share <= 1:
            raise BadInput(f"A margin of {float(self.share):.0%} of revenue cannot be.", "Give 40% for two fifths.")

    @classmethod
    def parse(cls, text: str | None) -> "Economics":
        """The margin as people write it: `40%` of revenue, or `6 USD` per sale.

        >>> Economics.parse("40%").share
        Fraction(2, 5)
        """
        written = (text or "").strip()
        if not written.endswith("%"):
            return cls(per_sale=_per_sale(written)) if written else cls()
        try:
            return cls(share=Fraction(written.rstrip("% ").replace(",", ".")) / 100)
        except (ValueError, ZeroDivisionError):
            raise BadInput(f"`{written}` is no margin.", WRITE) from None

    def margins(self, parts: Sequence[Credit], currency: str) -> list[int | None]:
        """Cents left per credit of one order after goods and refunds; None where nothing is known.

        Raises
        ------
        BadInput
            The margin per sale is in another currency than the credits.
        """
        if all(credit.margin_cents is not None for credit in parts):
            return [credit.margin_cents for credit in parts]
        if self.per_sale is not None and self.per_sale.currency != currency:
            what = f"The margin per sale is in {self.per_sale.currency}, the ledger in {currency}."
            raise BadInput(what, f"Give the margin in {currency}, or as a share of revenue: `40%`.")
        gross, kept = sum(c.gross_cents for c in parts), sum(c.revenue_cents for c in parts)
        shares = [credit.share for credit in parts]
        if self.per_sale is not None:
            left = Fraction(kept, gross) if gross else Fraction(1)
            return [*dealt(round(self.per_sale.cents * left * sum(shares)), shares)]
        if self.share is not None:
            return [*dealt(round(kept * self.share), [Fraction(credit.revenue_cents) for credit in parts])]
        return [None] * len(parts)


def _per_sale(written: str) -> Money:
    """An amount; a figure alone says neither of which currency nor whether it is a share."""
    try:
        return Money.parse(written)
    except BadInput:
        if re.search(r"\d", written) and re.search(r"[^\W\d_]|[$€£¥₹]", written):
            raise
        raise BadInput(f"`{written}` is no margin.", WRITE) from None
