"""The metrics of a campaign: what each counts, per what, and their values; None where there is nothing to divide by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from asterism.measurement.delivered import Delivered, impressions_of
from asterism.measurement.tracked import Tracked

Row = tuple[int, Delivered, bool]
"""Cost in cents, figures delivered, and whether it is a collaboration (not a campaign's own costs)."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One entry of the dictionary: `per` names the denominator, as the association of advertisers does (ANA, 2022)."""

    name: str
    label: str
    definition: str
    unit: str
    per: str

    def to_dict(self) -> dict[str, Any]:
        """The entry as plain values."""
        return {"name": self.name, "label": self.label, "definition": self.definition, "unit": self.unit,
                "per": self.per}  # fmt: skip


DICTIONARY: Final[tuple[Metric, ...]] = (
    Metric("cpm", "CPM", "full cost / impressions × 1,000", "money", "1,000 impressions"),
    Metric("cpe", "CPE", "full cost / engagements", "money", "engagement"),
    Metric("cpc", "CPC", "full cost / clicks of persons", "money", "click"),
    Metric("cpa", "CPA", "full cost / tracked orders", "money", "order"),
    Metric("cac", "cost per new customer", "full cost / tracked orders of new customers", "money", "new customer"),
    Metric("roas", "ROAS", "tracked revenue after refunds / full cost", "ratio", "unit of cost"),
    Metric("order_value", "order value", "tracked revenue after refunds / tracked orders", "money", "order"),
    Metric("engagement_rate", "engagement rate", "engagements / impressions", "share", "impression"),
    Metric("click_rate", "click rate", "clicks of persons / impressions", "share", "impression"),
    Metric("conversion_rate", "conversion rate", "tracked orders / clicks of persons", "share", "click"),
    Metric("refund_rate", "refund rate", "refunds / tracked revenue", "share", "unit of revenue"),
)
"""Every metric by its name. Costs are full costs; a cost metric counts only collaborations whose figure is known."""

OF_IMPRESSIONS: Final = ("cpm", "engagement_rate", "click_rate")
"""Metrics per impression."""


def divided(what: float, by: float) -> float | None:
    """A quotient; None where there is nothing to divide by, never infinite.

    >>> divided(1, 0) is None
    True
    """
    return what / by if by else None


def metrics_of(rows: Sequence[Row], tracked: Tracked) -> dict[str, float | None]:
    """The metrics of some lines of the ledger by name, money in whole units.

    >>> [round(metrics_of([(50_000, Delivered(impressions=1_500_000), True)], Tracked())["cpm"] * 1_000)]
    [333]
    """
    cost, new = sum(cost for cost, _, _ in rows), float(tracked.new_customers)
    impressions, engagements, clicks = (_known(rows, read) for read in (_impressions, _engagements, _clicks))
    return {
        "cpm": _times(divided(impressions.cost, 100 * impressions.n), 1_000),
        "cpe": divided(engagements.cost, 100 * engagements.n),
        "cpc": divided(clicks.cost, 100 * clicks.n),
        "cpa": None if tracked.unstated else divided(cost, 100 * tracked.orders),
        "cac": None if tracked.unstated or tracked.told < tracked.shares else divided(cost, 100 * new),
        "roas": None if tracked.unstated or tracked.without_revenue else divided(tracked.kept, cost),
        "order_value": None if tracked.without_revenue else divided(tracked.kept, 100 * tracked.orders),
        "engagement_rate": _rate(rows, _engagements, _impressions),
        "click_rate": _rate(rows, _clicks, _impressions),
        "conversion_rate": divided(tracked.orders, clicks.n) if clicks.all and not tracked.unstated else None,
        "refund_rate": divided(tracked.refunds, tracked.revenue),
    }


def modelled(rows: Sequence[Row]) -> tuple[str, ...]:
    """The metrics that stand on estimated figures, in part at least."""
    deals = [delivered for _, delivered, deal in rows if deal]
    shown = [found for found in map(impressions_of, deals) if found is not None]
    return OF_IMPRESSIONS if any(origin == "modelled" for _, origin in shown) else ()


@dataclass(frozen=True, slots=True)
class _Known:
    """A figure summed over the collaborations that have it, and what they and the campaign itself cost."""

    n: int
    cost: int
    all: bool


Reading = Callable[[Delivered], int | None]


def _known(rows: Sequence[Row], read: Reading) -> _Known:
    found = [(cost, read(delivered)) for cost, delivered, deal in rows if deal]
    own = sum(cost for cost, _, deal in rows if not deal)
    counted = [(cost, n) for cost, n in found if n is not None]
    return _Known(sum(n for _, n in counted), own + sum(c for c, _ in counted), len(counted) == len(found))


def _rate(rows: Sequence[Row], what: Reading, per: Reading) -> float | None:
    both = [(what(delivered), per(delivered)) for _, delivered, deal in rows if deal]
    pairs = [(a, b) for a, b in both if a is not None and b is not None]
    return divided(sum(a for a, _ in pairs), sum(b for _, b in pairs))


def _impressions(delivered: Delivered) -> int | None:
    found = impressions_of(delivered)
    return found[0] if found else None


def _engagements(delivered: Delivered) -> int | None:
    return delivered.engagements


def _clicks(delivered: Delivered) -> int | None:
    return delivered.clicks


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor
