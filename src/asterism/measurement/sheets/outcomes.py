"""A ledger from a table of outcomes alone: what each creator cost and brought, as somebody else reckoned it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from asterism.creators.tables import Reject
from asterism.errors import AsterismError
from asterism.measurement.costs import Costs
from asterism.measurement.economics import Economics
from asterism.measurement.events import Partner
from asterism.measurement.ledger import Line
from asterism.measurement.sheets.deals import Setting, delivered_of, tier_of
from asterism.measurement.sheets.naming import bare
from asterism.measurement.sheets.reading import Row, Sheet
from asterism.measurement.tracked import Tracked


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The lines of a ledger as a table of outcomes tells them, and what was refused."""

    lines: tuple[Line, ...]
    rejects: tuple[Reject, ...]


def outcomes_of(
    sheet: Sheet, setting: Setting, economics: Economics, tiers: Mapping[str, str] | None = None
) -> Outcomes:
    """A line per row; `tiers` name the tier of a creator where the row does not."""
    found: dict[str, Line] = {}
    rejects = [*sheet.rejects]
    for row in sheet.rows:
        try:
            line = _line(row, setting, economics, tiers or {})
        except AsterismError as error:
            rejects.append(sheet.refuse(row.line, "currency", str(row["currency"] or ""), error.what))
            continue
        if line.partner.key in found:
            reason = "this creator stands above with the same campaign, phase and platform"
            rejects.append(sheet.refuse(row.line, "creator_id", line.handle, reason))
        else:
            found[line.partner.key] = line
    return Outcomes(tuple(found.values()), tuple(rejects))


def _line(row: Row, setting: Setting, economics: Economics, tiers: Mapping[str, str]) -> Line:
    creator = row["creator_id"] or row["handle"].lower()
    platform, phase, campaign = (row[name] or "" for name in ("platform", "phase", "campaign"))
    key = "/".join(part for part in (creator, campaign, phase, platform) if part)
    tier = tier_of(row, setting.tiers) or tiers.get(bare(creator), "")
    day = row["date"].date() if row["date"] else None
    cost = setting.cents(row["cost"], row["currency"], day) if row["cost"] else 0
    partner = Partner(key, campaign, creator, platform, tier, phase)
    return Line(
        partner, row["handle"] or creator, Costs(fee=cost), _tracked(row, setting, economics), delivered_of(row)
    )


def _tracked(row: Row, setting: Setting, economics: Economics) -> Tracked:
    """Orders and revenue as stated; how much margins differ between orders is not known and taken for nothing."""
    if row["orders"] is None:
        return Tracked(unstated=1)
    orders, day = Fraction(str(row["orders"])), row["date"].date() if row["date"] else None
    revenue = None if row["revenue"] is None else setting.cents(row["revenue"], row["currency"], day)
    margin = _margin(orders, revenue, setting, economics)
    return Tracked(
        shares=orders,
        revenue=revenue or 0,
        margin=margin or 0,
        without_margin=orders if margin is None else Fraction(0),
        without_revenue=orders if revenue is None else Fraction(0),
        squares=float(Fraction((margin or 0) ** 2) / orders) if orders else 0.0,
    )


def _margin(orders: Fraction, revenue: int | None, setting: Setting, economics: Economics) -> int | None:
    if economics.per_sale is not None:
        each = setting.rates.convert(economics.per_sale, setting.currency, setting.day).cents
        return round(each * orders)
    return None if economics.share is None or revenue is None else round(revenue * economics.share)
