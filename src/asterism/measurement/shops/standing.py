"""`stand`: what an order is when everything that was said of it is taken together, in whatever order it came."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from asterism.measurement.shops.said import CancelSaid, OrderSaid, RefundSaid, Said, rank

OLDER: Final = "Something newer stands: this changed nothing."
_Beyond = dict[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a word: taken, waiting or refused, and why in one line where there is something to say."""

    state: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """An order as it stands, None where nothing usable was said of it yet, its refunds, and a verdict per word."""

    order: OrderSaid | None
    refunds: tuple[RefundSaid, ...]
    verdicts: tuple[Verdict, ...]


def stand(said: Sequence[Said], known: Callable[[str], bool]) -> Standing:
    """What all words on one order come to; it depends on which words there are, not on when they came.

    The newest word on the order holds. Refunds come on top, each by its newest word, dealt out from the earliest on
    as long as they do not come to more than the order. Clicks that came with any word stay. Whether a customer is new
    holds as it was said first: a shop counts on, and would call a first order a later one.

    Parameters
    ----------
    known
        Whether a currency is one; an order in another waits.
    """
    sound = sorted((one for one in said if isinstance(one, OrderSaid) and known(one.currency)), key=rank)
    if not sound:
        return Standing(None, (), tuple(_waits(one) for one in said))
    newest = sound[-1]
    refunds, beyond = _dealt(newest, _newest_refunds(_told(sound), said))
    verdicts = tuple(_verdict(one, newest, refunds, beyond, known) for one in said)
    first_said = next((one.new_customer for one in sound if one.new_customer is not None), None)
    clicks = tuple(dict.fromkeys(key for one in sound for key in one.clicks))
    off = newest.cancelled_at or _cancelled(newest, said)
    order = replace(newest, new_customer=first_said, clicks=clicks, cancelled_at=off, refunds=())
    return Standing(order, refunds, verdicts)


def _cancelled(newest: OrderSaid, said: Sequence[Said]) -> datetime | None:
    """When the order was called off after its newest word; None where it was not."""
    ends = [one.at for one in said if isinstance(one, CancelSaid) and one.at >= newest.changed_at]
    return min(ends, default=None)


def _told(sound: Sequence[OrderSaid]) -> list[RefundSaid]:
    """The refunds told with the newest word on an order: a shop that took one back tells it no more.

    Each is dated as it was told first, for there are shops that tell no day and each update would move it.
    """
    days: dict[str, datetime] = {}
    for one in (refund for order in sound for refund in order.refunds):
        days[one.key] = min(one.at, days.get(one.key, one.at))
    return [replace(one, at=days[one.key]) for one in sound[-1].refunds]


def _newest_refunds(told: Sequence[RefundSaid], said: Sequence[Said]) -> list[RefundSaid]:
    """The newest word on each refund, from the earliest refund on."""
    found: dict[str, RefundSaid] = {}
    for one in (*(each for each in said if isinstance(each, RefundSaid)), *told):
        if one.key not in found or rank(one) > rank(found[one.key]):
            found[one.key] = one
    return sorted(found.values(), key=lambda one: (one.at, one.key))


def _dealt(order: OrderSaid, wanted: Sequence[RefundSaid]) -> tuple[tuple[RefundSaid, ...], _Beyond]:
    """The refunds that the order covers, and why each other one is left out."""
    fits, beyond, left = [], {}, order.cents
    for one in wanted:
        if one.currency not in ("", order.currency):
            beyond[one.key] = f"The refund `{one.key}` is in {one.currency}, its order in {order.currency}."
        elif one.cents > left:
            money = f"{one.cents / 100:,.2f} {order.currency}"
            beyond[one.key] = f"The refund `{one.key}` is {money}, and {left / 100:,.2f} of its order are left."
        else:
            fits.append(one)
            left -= one.cents
    return tuple(fits), beyond


def _verdict(
    one: Said, newest: OrderSaid, refunds: Sequence[RefundSaid], beyond: _Beyond, known: Callable[[str], bool]
) -> Verdict:
    if isinstance(one, OrderSaid):
        if not known(one.currency):
            return _waits(one)
        left_out = next((beyond[each.key] for each in one.refunds if each.key in beyond), "")
        return Verdict("taken", left_out if one == newest else OLDER)
    if isinstance(one, CancelSaid):
        return Verdict("taken", "" if one.at >= newest.changed_at else OLDER)
    if one.key in beyond:
        return Verdict("refused", beyond[one.key])
    return Verdict("taken", "" if one in refunds else OLDER)


def _waits(one: Said) -> Verdict:
    if isinstance(one, OrderSaid):
        return Verdict("waiting", f"{one.currency} is no currency we know: add a rate for it, or send the order again.")
    return Verdict("waiting", f"The order `{one.order}` has not come yet.")
