"""Results as tables for spreadsheets and programs: collaborations, tiers, credited orders, clicks."""

from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa

from asterism.measurement.crediting import Attribution
from asterism.measurement.ledger import NAMELESS, OWN, Group, Line
from asterism.reports.results import Ledger, Results
from asterism.reports.results_lessons import line_return
from asterism.reports.sheets import table_csv


def collaborations_csv(result: Ledger) -> bytes:
    """A row per collaboration, and one for what is the campaign's own; money in whole units."""
    return _csv([_line(line, result) for line in result.lines], _COLLABORATION)


def tiers_csv(result: Ledger) -> bytes:
    """A row per tier and phase with its three returns, never added, and a row for the whole."""
    groups = [*result.by("tier", "phase"), *result.by("tier"), result.total]
    return _csv([_group(group, result) for group in groups], _GROUP)


def orders_csv(attribution: Attribution, lines: Sequence[Line]) -> bytes:
    """A row per credit and per order that was set aside: whose, why, how much; `lines` name the collaborations."""
    names = {"": OWN, **{line.partner.key: line.who.removeprefix("@") for line in lines if line.partner.key}}
    credited = [
        {
            "order": c.order, "at": c.at, "credited_to": names.get(c.partner, NAMELESS),
            "collaboration": c.partner, "by": c.why,
            "evidence": c.evidence, "share": float(c.share), "revenue": c.gross_cents / 100,
            "refunded": c.refunded_cents / 100, "kept": c.revenue_cents / 100, "new_customer": c.new_customer,
            "currency": attribution.currency, "rule": attribution.rule.label,
        }
        for c in attribution.credits
    ]  # fmt: skip
    aside = [
        {
            "order": one.order, "at": one.at, "set_aside": one.says, "currency": attribution.currency,
            "kept": None if one.revenue_cents is None else one.revenue_cents / 100, "rule": attribution.rule.label,
        }
        for one in attribution.set_aside
    ]  # fmt: skip
    return _csv([*credited, *aside], _ORDER)


def clicks_csv(results: Results) -> bytes:
    """Clicks per collaboration, and how many were filtered by which rule."""
    rows: list[dict[str, Any]] = [
        {
            "whose": line.who.removeprefix("@"),
            "counted": line.delivered.clicks,
            "filtered": None,
            "rule": None,
        }
        for line in results.returned.lines
    ]
    if results.clicks is not None:
        rows += [{"whose": "all links", "filtered": n, "rule": rule} for rule, n in results.clicks.filtered]
        rows.append({"whose": "all links", "counted": results.clicks.counted})
    return _csv(rows, _CLICK)


_COLLABORATION: Final = (
    "creator", "creator_id", "platform", "tier", "phase", "cost", "fee_is", "impressions", "reach", "engagements",
    "clicks", "figures_from", "orders", "new_customers", "revenue", "refunds", "kept", "margin", "roi_tracked",
    "currency", "rule",
)  # fmt: skip
_GROUP: Final = (
    "tier", "phase", "collaborations", "cost", "orders", "kept", "margin", "cpm", "cpe", "cpc", "cpa", "roas",
    *(f"roi_{name}{end}" for name in ("tracked", "survey_adjusted", "causal") for end in ("", "_low", "_high")),
    "verdict", "needs", "currency", "rule",
)  # fmt: skip
_ORDER: Final = (
    "order", "at", "credited_to", "collaboration", "by", "evidence", "share", "revenue", "refunded", "kept",
    "new_customer", "set_aside",
    "currency", "rule",
)  # fmt: skip
_CLICK: Final = ("whose", "counted", "filtered", "rule")


def _line(line: Line, result: Ledger) -> dict[str, Any]:
    came, tracked, partner = line.delivered, line.tracked, line.partner
    known = not tracked.without_margin
    return {
        "creator": line.who.removeprefix("@"), "creator_id": partner.creator_id,
        "platform": partner.platform,
        "tier": partner.tier, "phase": partner.phase, "cost": line.costs.total / 100,
        "fee_is": "planned" if line.planned else "" if not partner.key else "agreed", "impressions": came.impressions,
        "reach": came.reach, "engagements": came.engagements, "clicks": came.clicks, "figures_from": came.origin,
        "orders": tracked.orders, "new_customers": float(tracked.new_customers), "revenue": tracked.revenue / 100,
        "refunds": tracked.refunds / 100, "kept": tracked.kept / 100, "margin": tracked.margin / 100 if known else None,
        "roi_tracked": line_return(line) if line.costs.total and known else None, "currency": result.currency,
        "rule": result.rule,
    }  # fmt: skip


def _group(group: Group, result: Ledger) -> dict[str, Any]:
    tier, phase = (*group.names, "all", "all")[:2] if group.names else ("all", "all")
    roi, tracked = group.roi, group.tracked
    returns = {
        "roi_tracked": roi.tracked,
        "roi_tracked_low": roi.counting and roi.counting.low,
        "roi_tracked_high": roi.counting and roi.counting.high,
    }
    for name, found in (("survey_adjusted", roi.survey_adjusted), ("causal", roi.causal)):
        for end, key in (("", "mean"), ("_low", "low"), ("_high", "high")):
            returns[f"roi_{name}{end}"] = None if found is None else getattr(found, key)
    return {
        "tier": tier, "phase": phase, "collaborations": group.lines, "cost": group.costs.total / 100,
        "orders": tracked.orders, "kept": tracked.kept / 100,
        "margin": None if tracked.without_margin else tracked.margin / 100,
        **{name: group.metrics.get(name) for name in ("cpm", "cpe", "cpc", "cpa", "roas")}, **returns,
        "verdict": roi.verdict, "needs": roi.needs, "currency": result.currency, "rule": result.rule,
    }  # fmt: skip


def _csv(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> bytes:
    return table_csv(pa.table({name: pa.array([row.get(name) for row in rows]) for name in columns}))
