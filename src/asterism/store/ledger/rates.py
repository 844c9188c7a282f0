"""Exchange rates as they are written down: many at once, one per currency and day."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from asterism.store.ledger.models import Rate
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

AT_ONCE: Final = 1_000
"""Rates in one statement: nobody who writes beside it waits for thousands of them."""


def put_rates(seat: Seat, wanted: Sequence[tuple[str, date, Decimal]]) -> list[Rate]:
    """The rates of currencies and days as they stand now, each named once; the last that names a day holds."""
    asked = {(currency, on): usd for currency, on, usd in wanted}
    standing = _standing(seat, asked)
    changed = [
        Rate(workspace=seat.workspace, made_at=seat.now, currency=key[0], on=key[1], usd=usd, by=seat.user)
        for key, usd in asked.items()
        if key not in standing or standing[key].usd != usd
    ]
    same = ("workspace", "currency", "on")
    Rate.objects.bulk_create(
        changed, AT_ONCE, update_conflicts=True, unique_fields=same, update_fields=("usd", "by"),
    )  # fmt: skip
    standing = _standing(seat, asked) if changed else standing
    return [standing[key] for key in asked]


def _standing(seat: Seat, asked: dict[tuple[str, date], Decimal]) -> dict[tuple[str, date], Rate]:
    days = [on for _, on in asked]
    if not days:
        return {}
    found = rows(seat, Rate).filter(currency__in={currency for currency, _ in asked}, on__range=(min(days), max(days)))
    return {(one.currency, one.on): one for one in found}
