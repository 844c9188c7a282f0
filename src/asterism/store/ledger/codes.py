"""Promo codes in the ledger: how often each was used, and codes that name somebody who was erased."""

from collections.abc import Collection
from typing import Final

from django.db import connection

from asterism.store.ledger.arrivals import rename_codes
from asterism.store.ledger.models import Creator, Order, PromoCode
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

_EACH: Final = {"sqlite": "json_each(o.codes)", "postgresql": "jsonb_array_elements_text(o.codes) AS used(value)"}
_USES: Final = (
    "SELECT value, COUNT(*) FROM ledger_order AS o, {each} "
    "WHERE o.workspace_id = %s AND o.cancelled_at IS NULL AND value IN ({marks}) GROUP BY value"
)


def uses_of(seat: Seat, words: Collection[str]) -> dict[str, int]:
    """Word → how many orders of the workspace carry it, cancelled ones left out."""
    if not words:
        return {}
    asked = _USES.format(each=_EACH[connection.vendor], marks=", ".join(["%s"] * len(words)))
    with connection.cursor() as cursor:
        cursor.execute(asked, [seat.workspace.pk, *words])
        return {word: int(n) for word, n in cursor.fetchall()}


def taken_of(seat: Seat) -> set[str]:
    """Every word that stands in the workspace."""
    return set(rows(seat, PromoCode).values_list("word", flat=True))


def words_of(seat: Seat, creator: Creator) -> tuple[str, ...]:
    """The codes of a creator's collaborations, the longest first."""
    words = rows(seat, PromoCode).filter(collaboration__creator=creator).values_list("word", flat=True)
    return tuple(sorted(words, key=len, reverse=True))


def neutralise(seat: Seat, creator: Creator, gone: str) -> int:
    """How many codes of a creator got a word that names nobody, in the orders that carry them too.

    One word takes the place of one word, so that orders are credited as before.
    """
    new = {one.word: f"{gone.upper()}-{one.pk}" for one in rows(seat, PromoCode).filter(collaboration__creator=creator)}
    for word, neutral in new.items():
        rows(seat, PromoCode).filter(word=word).update(word=neutral, discount="")
    if new:
        for order in rows(seat, Order).exclude(codes=[]).only("codes").iterator(chunk_size=2_000):
            after = [new.get(word, word) for word in order.codes]
            if after != order.codes:
                rows(seat, Order).filter(pk=order.pk).update(codes=after)
        rename_codes(seat, new)
    return len(new)
