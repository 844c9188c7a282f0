"""Deals from rows: full costs to the cent, what was delivered, codes; costs that are the campaign's own."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final

from asterism.creators.tables import Reject
from asterism.creators.tiers import UNTIERED, TierScheme
from asterism.errors import AsterismError
from asterism.measurement.costs import Costs
from asterism.measurement.delivered import Delivered
from asterism.measurement.events import Code, Partner
from asterism.measurement.exchange import DatedRates
from asterism.measurement.ledger import Deal
from asterism.measurement.sheets.naming import bare
from asterism.measurement.sheets.reading import Row, Sheet
from asterism.quantities import Money

_COSTS: Final = ("fee", "product", "shipping", "usage_rights", "boost", "platform_fee", "other")
_FIGURES: Final = (
    "impressions", "views", "reach", "engagements", "clicks", "auto_initiated", "filtered_invalid", "posts",
)  # fmt: skip
SAID: Final = 10
"""Rows named in one sentence; of more the number is said."""
NO_RATE: Final = "no hourly_rate says what an hour costs, so these hours stand in no cost"


@dataclass(frozen=True, slots=True)
class Setting:
    """What rows are read by: the ledger's currency, rates, tiers, and the day for amounts without one."""

    currency: str
    rates: DatedRates
    tiers: TierScheme
    day: date

    def cents(self, amount: float, currency: str | None, day: date | None) -> int:
        """An amount of a row in cents of the ledger's currency, at the rate of its day."""
        money = Money(Decimal(str(amount)), currency or self.currency)
        return self.rates.convert(money, self.currency, day or self.day).cents


@dataclass(frozen=True, slots=True)
class Deals:
    """The collaborations of a file, their codes, the costs of each campaign itself, and what was refused."""

    deals: tuple[Deal, ...]
    codes: tuple[Code, ...] = ()
    own_costs: Mapping[str, Costs] = field(default_factory=dict)
    rejects: tuple[Reject, ...] = ()
    warnings: tuple[str, ...] = ()


def deals_of(sheet: Sheet, setting: Setting, tiers: Mapping[str, str] | None = None) -> Deals:
    """The deals of a sheet; a row that names nobody is a cost of its campaign.

    `tiers` name the tier of a creator where the row does not.
    """
    found: dict[str, Deal] = {}
    codes: list[Code] = []
    own: defaultdict[str, Costs] = defaultdict(Costs)
    rejects, nameless = [*sheet.rejects], []
    names = Counter(_name(row) for row in sheet.rows)
    for row in sheet.rows:
        try:
            deal = _deal(row, setting, names, tiers or {})
        except AsterismError as error:
            rejects.append(sheet.refuse(row.line, getattr(error, "field", "") or "currency", "", error.what))
            continue
        if row["hours"] and row["hourly_rate"] is None and row["hours_cost"] is None:
            rejects.append(sheet.refuse(row.line, "hours", f"{row['hours']:g}", NO_RATE))
        if not deal.partner.key:
            own[deal.partner.campaign] += deal.costs
            nameless.append(str(row.line))
        elif deal.partner.key in found:
            rejects.append(
                sheet.refuse(row.line, "key", deal.partner.key, "a collaboration with this key stands above")
            )
        else:
            found[deal.partner.key] = deal
            codes += _codes(row, deal)
    return Deals(tuple(found.values()), tuple(codes), dict(own), tuple(rejects), _said(nameless))


def _said(nameless: list[str]) -> tuple[str, ...]:
    if not nameless:
        return ()
    more = f" and {len(nameless) - SAID} more" if len(nameless) > SAID else ""
    if len(nameless) == 1:
        return (f"Row {nameless[0]} of the deals names no creator: it is a cost of the campaign itself.",)
    rows = ", ".join(nameless[:SAID])
    return (f"Rows {rows}{more} of the deals name no creator: they are costs of the campaign itself.",)


def _deal(row: Row, setting: Setting, names: Counter[str], tiers: Mapping[str, str]) -> Deal:
    name, phase, platform = _name(row), row["phase"] or "", row["platform"] or ""
    campaign = row["campaign"] or ""
    key = row["key"] or name
    if not row["key"] and name and names[name] > 1:
        key = "/".join(part for part in (name, campaign, phase, platform) if part)
    tier = tier_of(row, setting.tiers) or tiers.get(bare(name), "")
    partner = Partner(key, campaign, row["creator_id"] or name, platform, tier, phase)
    handle = row["handle"] or row["creator_id"] or key
    return Deal(partner, handle, costs_of(row, setting), delivered_of(row))


def _name(row: Row) -> str:
    return str(row["creator_id"] or (row["handle"] or "").lower() or row["key"] or "")


def tier_of(row: Row, tiers: TierScheme) -> str:
    """The tier a row states, else the one of its followers; empty where it says neither."""
    if row["tier"]:
        return str(row["tier"]).strip().lower()
    if row["followers"] is None:
        return ""
    found = str(tiers.of([row["followers"]])[0])
    return "" if found == UNTIERED else found


def costs_of(row: Row, setting: Setting) -> Costs:
    """The full cost of a row by kind; hours at their hourly rate."""
    day = row["date"].date() if row["date"] else None

    def cents(amount: float | None) -> int:
        return setting.cents(amount, row["currency"], day) if amount else 0

    hours = cents(row["hours_cost"]) + cents((row["hours"] or 0) * (row["hourly_rate"] or 0))
    return replace(Costs(**{kind: cents(row[kind]) for kind in _COSTS}), hours=hours)


def delivered_of(row: Row) -> Delivered:
    """What a row says was delivered."""
    return Delivered(**{name: row[name] for name in _FIGURES}, origin=row["origin"] or "measured")


def _codes(row: Row, deal: Deal) -> list[Code]:
    words = [word.strip().upper() for word in (row["code"] or "").replace(";", ",").split(",")]
    return [Code(word, deal.partner.key, deal.partner.campaign) for word in words if word]
