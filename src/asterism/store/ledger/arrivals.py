"""What shops said: kept first, understood after, in one transaction, so that nothing is lost and nothing done twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.db.models import Count, F

from asterism.measurement.shops.said import Said, read_back, written
from asterism.measurement.shops.standing import Standing, stand
from asterism.store.ledger.models import Arrival, Rate, Shop, Workspace
from asterism.store.ledger.orders import put
from asterism.store.ledger.scope import lock, rows, together
from asterism.store.ledger.seats import Seat

LONGEST: Final = 120
"""Letters of a delivery's name; where it comes again with another body, the body's digest follows."""
AT_ONCE: Final = 500
"""Orders that are settled together."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One word of a shop under the name of its delivery; `said` is None where it was not understood, `why` says so."""

    key: str
    topic: str
    digest: str
    said: Said | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a delivery: its row as it stands now, and whether it had come before."""

    row: Arrival
    repeated: bool


def shop_at(key: str) -> Shop | None:
    """The open shop that calls an address; None where there is none, or it was closed."""
    found = Shop.objects.select_related("workspace").filter(key=key, revoked_at=None).exclude(kind="file")
    return found.first() if key and len(key) <= 40 and key.isprintable() else None


def keep(seat: Seat, shop: Shop, deliveries: Sequence[Delivery]) -> list[Outcome]:
    """Write deliveries down and do what they say, all of them or none.

    A delivery that came before is counted and changes nothing. One shop's deliveries wait for each other, so that of
    two about one order neither is overlooked.
    """
    with together():
        lock(seat, Shop, shop.pk)
        fresh, outcomes = _sorted_out(seat, shop, deliveries)
        _count(outcomes)
        _settle(seat, shop, {row.order_key for row in fresh if row.order_key}, fresh)
    return outcomes


def settle(seat: Seat, shop: Shop, orders: Iterable[str]) -> None:
    """Work out anew what was said of some orders."""
    wanted = sorted({order for order in orders if order})
    for first in range(0, len(wanted), AT_ONCE):
        with together():
            lock(seat, Shop, shop.pk)
            _settle(seat, shop, wanted[first : first + AT_ONCE], ())


def settle_waiting(seat: Seat) -> int:
    """Work out anew what waits in a workspace, as after a rate was added; how many words do not wait any more."""
    waiting = rows(seat, Arrival).filter(state="waiting")
    before = waiting.count()
    by_shop: defaultdict[int, list[str]] = defaultdict(list)
    for shop, order in waiting.values_list("shop_id", "order_key"):
        by_shop[shop].append(order)
    for shop in rows(seat, Shop).filter(pk__in=by_shop):
        settle(seat, shop, by_shop[shop.pk])
    return int(before - waiting.count())


def states(seat: Seat, shop: Shop | None = None) -> dict[str, int]:
    """State → how many words of the workspace's shops, or of one of them, are in it."""
    found = rows(seat, Arrival) if shop is None else rows(seat, Arrival).filter(shop=shop)
    counted = found.order_by().values("state").annotate(n=Count("pk"))
    return {one["state"]: one["n"] for one in counted}


def note_stranger(seat: Seat, shop: Shop, name: str, why: str) -> None:
    """Count a delivery that was not signed as it should be; nothing of what it said is kept."""
    with together():
        lock(seat, Shop, shop.pk)
        standing = rows(seat, Arrival).filter(shop=shop, key=f"unsigned:{name}")
        if not standing.update(times=F("times") + 1, why=why[:300], made_at=seat.now):
            Arrival.objects.bulk_create([_row(seat, shop, f"unsigned:{name}", Delivery("", "unsigned", "", None, why))])


def forget_visitors(workspace: Workspace, before: datetime) -> int:
    """Empty the hashes of visitors in what shops of a workspace said before a time; how many were emptied."""
    old = Arrival.objects.filter(workspace=workspace, made_at__lt=before, said__order__visitor__gt="").order_by("pk")
    forgotten = 0
    while done := _forgotten(old):
        forgotten += done
    return forgotten


def _forgotten(old: Any) -> int:
    """Empty some of them; they are held meanwhile, so that nothing else of what was said is written back as it was."""
    with together():
        batch = list(old.select_for_update()[:AT_ONCE])
        for row in batch:
            row.said["order"]["visitor"] = ""
        return int(Arrival.objects.bulk_update(batch, ["said"]))


def rename_codes(seat: Seat, new: Mapping[str, str]) -> int:
    """Put other words in the place of promo codes in what was said, so that no replay brings them back; how many."""
    renamed = 0
    for row in rows(seat, Arrival).exclude(order_key="").only("said").iterator(chunk_size=2_000):
        codes = row.said.get("order", {}).get("codes", [])
        if any(word in new for word in codes):
            row.said["order"]["codes"] = [new.get(word, word) for word in codes]
            renamed += rows(seat, Arrival).filter(pk=row.pk).update(said=row.said)
    return renamed


def _sorted_out(seat: Seat, shop: Shop, deliveries: Sequence[Delivery]) -> tuple[list[Arrival], list[Outcome]]:
    """The rows that are new, and the outcome of each delivery in the order given."""
    names = [(one.key[:LONGEST], f"{one.key[:LONGEST]}#{one.digest[:32]}") for one in deliveries]
    found = rows(seat, Arrival).filter(shop=shop, key__in={name for pair in names for name in pair})
    standing: dict[str, Arrival] = {row.key: row for row in found}
    fresh, outcomes = [], []
    for one, (name, other) in zip(deliveries, names, strict=True):
        earlier = standing.get(name)
        if earlier is not None and earlier.digest != one.digest:
            name, earlier = other, standing.get(other)
        if earlier is None:
            earlier = standing[name] = _row(seat, shop, name, one)
            fresh.append(earlier)
            outcomes.append(Outcome(earlier, False))
        else:
            earlier.times += 1
            outcomes.append(Outcome(earlier, True))
    return fresh, outcomes


def _row(seat: Seat, shop: Shop, name: str, one: Delivery) -> Arrival:
    kept: dict[str, Any] = {} if one.said is None else written(one.said)
    return Arrival(
        workspace=seat.workspace, made_at=seat.now, shop=shop, key=name, topic=one.topic[:60], digest=one.digest,
        said=kept, state="refused" if one.said is None else "waiting", why=_one_line(one.why),
        order_key="" if one.said is None else one.said.order,
    )  # fmt: skip


def _one_line(why: str) -> str:
    """A reason as it can be kept: it may quote what came, and that may hold half a letter or a zero."""
    return "".join(letter if letter.isprintable() else "?" for letter in why)[:300]


def _count(outcomes: Sequence[Outcome]) -> None:
    """Write down how often deliveries came that stood already."""
    again = {one.row.pk: one.row for one in outcomes if one.repeated and one.row.pk is not None}
    Arrival.objects.bulk_update(again.values(), ["times"], batch_size=AT_ONCE)


def _settle(seat: Seat, shop: Shop, orders: Iterable[str], fresh: Sequence[Arrival]) -> None:
    """Make the tables of some orders what everything said of them comes to; `fresh` rows are not written yet."""
    told: defaultdict[str, list[Arrival]] = defaultdict(list)
    for row in (*rows(seat, Arrival).filter(shop=shop, order_key__in=orders).order_by("id"), *fresh):
        if row.order_key:
            told[row.order_key].append(row)
    known = _known_currencies(seat)
    standing = {order: stand([read_back(row.said) for row in words], known) for order, words in told.items()}
    earlier = [row for row in _judged(told, standing) if row.pk is not None]
    Arrival.objects.bulk_update(earlier, ["state", "why"], batch_size=AT_ONCE)
    Arrival.objects.bulk_create(fresh, batch_size=AT_ONCE)
    put(seat, shop, standing)


def _judged(told: Mapping[str, Sequence[Arrival]], standing: Mapping[str, Standing]) -> list[Arrival]:
    """The rows whose verdict is another one now, changed."""
    changed = []
    for order, words in told.items():
        for row, verdict in zip(words, standing[order].verdicts, strict=True):
            if (row.state, row.why) != (verdict.state, verdict.why[:300]):
                row.state, row.why = verdict.state, verdict.why[:300]
                changed.append(row)
    return changed


def _known_currencies(seat: Seat) -> Callable[[str], bool]:
    """Whether a currency is one of ISO 4217, or has a rate in the workspace."""
    known = _iso()

    @cache
    def is_known(code: str) -> bool:
        return code in known or bool(rows(seat, Rate).filter(currency=code).exists())

    return is_known


@cache
def _iso() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())
