"""What tracking sees of a simulated campaign: clicks, codes and orders as events, without their truth."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.market.amounts import Amounts
from asterism.market.campaign_options import CampaignOptions
from asterism.market.clicks import FILTERS, Clicks
from asterism.market.collaborations import Collaboration
from asterism.market.currencies import DAY, seconds
from asterism.market.leaks import TAIL
from asterism.market.sales import CAMPAIGN, LEAKED, NOBODY, Sales
from asterism.measurement.events import Click, Code, Order, Refund, Seen
from asterism.quantities import Money

COUPON_SITES: Final = ("https://www.retailmenot.com/", "https://couponfollow.com/", "https://www.coupons.com/")
ELSEWHERE: Final = ("", "", "https://www.google.com/")
"""Where other orders come from; most do not say."""
_HOME: Final = {
    "instagram": "https://l.instagram.com/",
    "tiktok": "https://www.tiktok.com/",
    "youtube": "https://www.youtube.com/",
}
_PER_REFUND: Final = 2_000
"""A partial refund above so many cents comes in two."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A simulated campaign before it is written down; `last` is the last click of each order, or −1."""

    collaborations: Sequence[Collaboration]
    sales: Sales
    amounts: Amounts
    clicks: Clicks
    last: NDArray[np.int64]
    words: tuple[str, ...]


def written(rng: np.random.Generator, drawn: Drawn, options: CampaignOptions) -> Seen:
    """Everything that tracking would have written down."""
    return Seen(
        partners=tuple(c.partner for c in drawn.collaborations),
        clicks=_clicks(drawn, options),
        codes=_codes(drawn.collaborations, options),
        orders=_orders(rng, drawn, options),
    )


def instant(at: int) -> datetime:
    """A time in seconds since 1970, as a time of day in UTC."""
    return datetime.fromtimestamp(at, UTC)


def order_key(options: CampaignOptions, at: int) -> str:
    """The key of the order at a position."""
    return f"{options.slug}-o{at:06d}"


def _visitor(person: int) -> str:
    """A keyed hash stands here in the studio; this one only has to tell people apart."""
    return f"{(person + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF:016x}"


def _clicks(drawn: Drawn, options: CampaignOptions) -> tuple[Click, ...]:
    partners, clicks = [c.partner for c in drawn.collaborations], drawn.clicks
    keys, homes = [p.key for p in partners], [_HOME.get(p.platform, "") for p in partners]
    rows = zip(
        *(column.tolist() for column in (clicks.partner, clicks.person, clicks.at, clicks.filtered)), strict=True
    )
    return tuple(
        Click(
            key=f"{options.slug}-k{i:06d}",
            at=datetime.fromtimestamp(at, UTC),
            partner=keys[partner] if partner >= 0 else "",
            campaign=options.name,
            visitor=_visitor(person),
            referrer=homes[partner] if partner >= 0 else "",
            filtered=FILTERS[filtered - 1] if filtered else "",
        )
        for i, (partner, person, at, filtered) in enumerate(rows)
    )


def _codes(collaborations: Sequence[Collaboration], options: CampaignOptions) -> tuple[Code, ...]:
    starts = instant(seconds(options.start))
    ends = starts + timedelta(days=options.days + TAIL)
    own = (Code(c.code, c.partner.key, options.name, starts, ends) for c in collaborations)
    return (Code(_sitewide(options), "", options.name, starts, ends), *own)


def _sitewide(options: CampaignOptions) -> str:
    return f"WELCOME{options.name[:2].upper()}"


def _orders(rng: np.random.Generator, drawn: Drawn, options: CampaignOptions) -> tuple[Order, ...]:
    """Orders by link carry the click's key or the visitor; all others come from a browser that clicked nowhere."""
    sales, n = drawn.sales, drawn.sales.size
    kept = rng.random(n) < options.keys_kept
    referrers = _referrers(rng, sales.kind, options)
    sitewide, buyers = _sitewide(options), _buyers(drawn)
    orders = []
    for i in range(n):
        linked, code = bool(sales.link[i] != NOBODY), int(sales.code[i])
        person = int(sales.person[i])
        orders.append(
            Order(
                key=order_key(options, i),
                at=instant(int(sales.at[i])),
                amount=_money(drawn, i, int(drawn.amounts.cents[i])),
                codes=() if code == NOBODY else (sitewide if code == CAMPAIGN else drawn.collaborations[code].code,),
                clicks=(f"{options.slug}-k{int(drawn.last[i]):06d}",) if linked and kept[i] else (),
                visitor=_visitor(person if linked else ~person),
                customer=buyers[i],
                new_customer=(False, True, None)[int(drawn.amounts.new[i])],
                margin=_money(drawn, i, int(drawn.amounts.margin[i])),
                referrer=referrers[i],
                cancelled=bool(drawn.amounts.cancelled[i]),
                refunds=_refunds(drawn, i),
            )
        )
    return tuple(orders)


def _buyers(drawn: Drawn) -> list[str]:
    """Who ordered: creators who use their own codes are known again."""
    rows = zip(drawn.sales.owner.tolist(), drawn.sales.person.tolist(), strict=True)
    return [f"buyer-{p}" if own == NOBODY else drawn.collaborations[own].partner.customer for own, p in rows]


def _referrers(rng: np.random.Generator, kind: NDArray[np.int64], options: CampaignOptions) -> list[str]:
    coupon = (kind == LEAKED) & (rng.random(kind.size) < options.strangers)
    site, other = rng.integers(0, len(COUPON_SITES), kind.size), rng.integers(0, len(ELSEWHERE), kind.size)
    return [COUPON_SITES[s] if c else ELSEWHERE[o] for c, s, o in zip(coupon.tolist(), site, other, strict=True)]


def _money(drawn: Drawn, i: int, cents: int) -> Money:
    return Money(Decimal(cents) / 100, drawn.words[int(drawn.amounts.currency[i])])


def _refunds(drawn: Drawn, i: int) -> tuple[Refund, ...]:
    back = int(drawn.amounts.refunded[i])
    if not back:
        return ()
    parts = (back,) if back < _PER_REFUND or back == drawn.amounts.cents[i] else (back // 3, back - back // 3)
    at = int(drawn.sales.at[i])
    return tuple(
        Refund(f"r{i:06d}-{turn}", instant(at + (4 + 3 * turn) * DAY), _money(drawn, i, part))
        for turn, part in enumerate(parts)
    )
