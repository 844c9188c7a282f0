"""Attribution: who is credited with which order, by one named rule over everything that was seen."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from itertools import groupby
from typing import Final, TypeVar

from asterism.errors import BadInput, UnknownCurrency
from asterism.measurement.crediting import (
    BY_CODE,
    CANCELLED,
    COUNTED,
    LINEAR,
    NO_RATE,
    RETURNING,
    SELF_ORDER,
    SET_ASIDE,
    Attribution,
    Credit,
    Note,
    Rule,
    SetAside,
    Unattributed,
)
from asterism.measurement.events import Click, Code, Order, Partner, Seen
from asterism.measurement.exchange import DatedRates
from asterism.measurement.instants import instant
from asterism.measurement.redemptions import NOTHING, Redeemed, redemptions
from asterism.measurement.sharing import deal
from asterism.measurement.touches import Clicks, Touch, touches
from asterism.quantities import Money

_T = TypeVar("_T", Click, Code, Order, Partner)
_WHOLE: Final = Fraction(1)
_SAYS: Final = {
    CANCELLED: "The order was cancelled.",
    SELF_ORDER: "The customer is the creator whose code or link was used.",
    RETURNING: "The customer bought before, and the rule counts new customers only.",
}


@dataclass(frozen=True, slots=True)
class _Worth:
    """An order in cents of the currency that is reported; None without a rate, and `says` why."""

    revenue: int | None
    refunded: int = 0
    margin: int | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """What every order is held against."""

    partners: Mapping[str, Partner]
    clicks: Clicks
    redeemed: Mapping[str, Redeemed]
    rule: Rule


def attribute(seen: Seen, rule: Rule, currency: str, rates: DatedRates) -> Attribution:
    """Who is credited with which order, in cents of a currency; the order in which things are given does not matter.

    A partner's code that counts goes before any click; of several the first in the shop's order counts, or with
    `linear` all of them alike. Else clicks decide, by the rule. An order is converted at the rate of its day in UTC.

    Raises
    ------
    BadInput
        One key stands for two different things, or a time has no offset.
    """
    orders = _once(seen.orders, lambda order: order.key, "order")
    timely = sorted(orders.values(), key=_when)
    codes = _once(seen.codes, lambda code: code.word.strip().upper(), "code")
    known = _Known(
        _once(seen.partners, lambda partner: partner.key, "partner"),
        Clicks.of(_once(seen.clicks, lambda click: click.key, "click")),
        redemptions(timely, codes),
        rule,
    )
    result = _Lists()
    for order in timely:
        _place(order, known, _worth(order, currency, rates), result)
    return result.attribution(rule, currency)


class _Lists:
    """The lists that fill up while orders are placed one by one."""

    def __init__(self) -> None:
        self.credits: list[Credit] = []
        self.set_aside: list[SetAside] = []
        self.unattributed: list[Unattributed] = []
        self.notes: list[Note] = []

    def attribution(self, rule: Rule, currency: str) -> Attribution:
        """The lists as they are handed on."""
        lists = tuple(self.credits), tuple(self.set_aside), tuple(self.unattributed), tuple(self.notes)
        return Attribution(rule, currency, *lists)


def _place(order: Order, known: _Known, worth: _Worth, into: _Lists) -> None:
    """Write one order into exactly one of the lists."""
    own = _own(order, known)
    found, notes = _found(order, known, own)
    into.notes += notes
    at = instant(order.at, f"the order `{order.key}`")
    why = _aside(order, found, worth, known.rule, own)
    if why:
        first = found[0] if found else None
        where = (first.partner, _campaign(first, known.partners)) if first else ("", "")
        cents = 0 if why == CANCELLED else worth.revenue
        into.set_aside.append(SetAside(order.key, at, why, _SAYS.get(why) or worth.says, *where, cents))
    elif found:
        into.credits += _credits(order, found, worth, known.partners)
    else:
        into.unattributed.append(Unattributed(order.key, at, worth.revenue or 0, order.new_customer))


def _own(order: Order, known: _Known) -> Callable[[str], bool]:
    """Whether a partner is the order's customer, where the rule asks."""
    if known.rule.self_orders == COUNTED or not order.customer:
        return lambda _: False
    return lambda key: key in known.partners and known.partners[key].customer == order.customer


def _found(order: Order, known: _Known, own: Callable[[str], bool]) -> tuple[list[Touch], list[Note]]:
    """What speaks for somebody: codes before clicks; what is the customer's own only where nothing else does."""
    redeemed = known.redeemed.get(order.key, NOTHING)
    by_code = [Touch(order.at, code.word.upper(), code.partner, code.campaign, BY_CODE) for code in redeemed.codes]
    others = [touch for touch in by_code if not own(touch.partner)]
    if others:
        return (others if known.rule.name == LINEAR else others[:1]), list(redeemed.notes)
    by_click, notes = touches(order, known.clicks, known.rule, own)
    if by_code and not any(not own(touch.partner) for touch in by_click):
        return by_code[:1], [*redeemed.notes, *notes]
    return by_click, [*redeemed.notes, *notes]


def _aside(order: Order, found: list[Touch], worth: _Worth, rule: Rule, own: Callable[[str], bool]) -> str:
    """Why an order is set aside, empty where it is not."""
    reasons = {
        CANCELLED: order.cancelled,
        NO_RATE: worth.revenue is None,
        SELF_ORDER: bool(found) and own(found[0].partner),
        RETURNING: bool(found) and rule.returning == SET_ASIDE and order.new_customer is False,
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _credits(order: Order, found: list[Touch], worth: _Worth, partners: Mapping[str, Partner]) -> list[Credit]:
    """The credits of one order: cents are dealt by shares, what is kept and what was given back each to the cent."""
    whose = _shares(found, partners)
    shares = [share for share, _, _ in whose]
    kept, back = deal(worth.revenue or 0, shares), deal(worth.refunded, shares)
    margin = [None] * len(shares) if worth.margin is None else deal(worth.margin, shares)
    at, new = instant(order.at, "an order"), order.new_customer
    return [
        Credit(
            *(order.key, touch.partner, campaign, at, touch.why, touch.evidence, share),
            *(kept[i] + back[i], back[i], kept[i], margin[i], new),
        )
        for i, (share, campaign, touch) in enumerate(whose)
    ]


def _shares(found: list[Touch], partners: Mapping[str, Partner]) -> list[tuple[Fraction, str, Touch]]:
    """Every touch gets the same; those of one partner and campaign are one, shown by the last of them."""
    if len(found) == 1:
        return [(_WHOLE, _campaign(found[0], partners), found[0])]
    keyed = sorted(((t.partner, _campaign(t, partners), t.at, t.evidence), t) for t in found)
    groups = (list(group) for _, group in groupby(keyed, key=lambda row: row[0][:2]))
    return [(Fraction(len(mine), len(keyed)), mine[-1][0][1], mine[-1][1]) for mine in groups]


def _campaign(touch: Touch, partners: Mapping[str, Partner]) -> str:
    return partners[touch.partner].campaign if touch.partner in partners else touch.campaign


def _worth(order: Order, currency: str, rates: DatedRates) -> _Worth:
    day = instant(order.at, f"the order `{order.key}`").date()
    try:
        gross = rates.convert(order.amount, currency, day).cents
        revenue = rates.convert(order.kept, currency, day).cents if order.refunds or order.cancelled else gross
        margin = None if order.margin is None else rates.convert(_margin(order, order.margin), currency, day).cents
    except UnknownCurrency as unknown:
        return _Worth(None, says=str(unknown))
    return _Worth(revenue, gross - revenue, margin)


def _margin(order: Order, margin: Money) -> Money:
    """The margin of what is left of an order: it shrinks as the amount does."""
    if not order.amount.amount or order.kept == order.amount:
        return margin
    return Money(margin.amount * order.kept.amount / order.amount.amount, margin.currency)


def _when(order: Order) -> tuple[datetime, str]:
    return instant(order.at, f"the order `{order.key}`"), order.key


def _once(rows: Iterable[_T], key: Callable[[_T], str], what: str) -> dict[str, _T]:
    """Things by their keys; the same twice counts once, two different ones under one key are a contradiction."""
    found: dict[str, _T] = {}
    for row in rows:
        before = found.setdefault(key(row), row)
        if before is not row and _plain(before) != _plain(row):
            raise BadInput(f"The {what} `{key(row)}` stands twice and differs.", "Send each once, as it stands now.")
    return found


def _plain(row: _T) -> _T:
    """A thing without what does not matter: in which order its refunds were given."""
    return replace(row, refunds=tuple(sorted(row.refunds, key=lambda r: r.key))) if isinstance(row, Order) else row
