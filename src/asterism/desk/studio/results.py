"""What a campaign came to: cost beside credits, forecasts beside what came, what was left out and why."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from asterism.desk.studio.deals import Dealt, Purse, deals_of
from asterism.desk.studio.measured import Measured, economics_of, measured, rates_of
from asterism.desk.studio.remembered import newest
from asterism.desk.studio.workspace import options_of
from asterism.measurement.crediting import CANCELLED, NO_RATE, RETURNING, SELF_ORDER, Attribution
from asterism.measurement.earned_media import earned_media
from asterism.measurement.events import WINDOW
from asterism.measurement.ledger import Return
from asterism.measurement.reached import Audience, with_reach
from asterism.measurement.returns import Terms, returns
from asterism.measurement.roi import Z
from asterism.measurement.roi_of import Beside
from asterism.measurement.survey import SurveyAnswer, multipliers
from asterism.measurement.uplift import uplifts
from asterism.quantities import Interval
from asterism.reports.results import Aside, Clicks, Compared, Ledger, Results
from asterism.store.ledger.models import Campaign, LiftStudy, Survey
from asterism.store.ledger.results import freshness
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

ASIDE: Final = {
    CANCELLED: "cancelled, or given back in full",
    NO_RATE: "in a currency without an exchange rate for the day",
    SELF_ORDER: "ordered by the creator",
    RETURNING: "of customers who had bought before",
}
"""Why an order counts for nobody, as people read it."""
_QUANTILES: Final = {0.8: 1.0, 0.9: Z / 1.6448536269514722, 0.95: Z / 1.959963984540054}
"""What an interval of a level is narrowed by to hold the truth in 80% of cases, if its doubt is normal."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A campaign's results, the ledger of return they rest on, and the credits behind it."""

    results: Results
    returned: Return
    attribution: Attribution


def results_of(seat: Seat, key: int, media_value: bool = False) -> Results:
    """What a campaign came to; with `media_value` also its earned media value, which nobody gets unasked."""
    seat.insist("see")
    found = reckoned(seat, find(seat, Campaign, key, "brand"))
    return with_media_value(found.results, found) if media_value else found.results


def reckoned(seat: Seat, campaign: Campaign, stand: tuple[Any, ...] = ()) -> Reckoned:
    """The results of a campaign, remembered while nothing new came in; who asks has been let in already."""
    stand = stand or freshness(seat)
    return newest(seat, ("results", campaign.pk), stand, lambda: _reckoned(seat, campaign, stand))


def with_media_value(results: Results, found: Reckoned) -> Results:
    """The results with their earned media value, its formula and version."""
    earned = earned_media(found.returned)
    return replace(results, media_value=(earned.cents, earned.sentence))


def _reckoned(seat: Seat, campaign: Campaign, stand: tuple[Any, ...]) -> Reckoned:
    known = measured(seat, campaign.currency, stand)
    dealt = deals_of(seat, [campaign], Purse(campaign.currency, rates_of(seat)), known.clicks)
    returned = _returned(seat, campaign, known, dealt)
    key, plan = str(campaign.pk), campaign.plan or {}
    results = Results(
        title=campaign.name,
        returned=Ledger.of(returned),
        brand=campaign.brand.name,
        agency=options_of(seat.workspace).agency,
        planned=plan.get("verdict", {}).get("sentence", ""),
        start=campaign.start,
        end=campaign.end,
        compared=compared(campaign, returned),
        aside=_aside(known, key),
        clicks=_clicks(known, key),
        leaks=tuple(leak for campaign_, leak in known.leaks if campaign_ == key),
    )
    return Reckoned(results, returned, _own(known.attribution, key))


def _returned(seat: Seat, campaign: Campaign, known: Measured, dealt: Dealt) -> Return:
    beside = Beside(_uplifts(seat, campaign, known), _lifts(seat, campaign))
    terms = Terms(economics_of(seat), dealt.own, False, beside, seat.today)
    made = returns(dealt.deals, known.attribution, terms)
    made = replace(made, warnings=(*dealt.warnings, *made.warnings))
    return with_reach(made, Audience())


def _own(attribution: Attribution, key: str) -> Attribution:
    """The part of an attribution that speaks of one campaign."""
    aside = tuple(one for one in attribution.set_aside if one.campaign == key)
    return Attribution(attribution.rule, attribution.currency, attribution.of_campaign(key), aside)


def _aside(known: Measured, key: str) -> tuple[Aside, ...]:
    n: Counter[str] = Counter()
    cents: defaultdict[str, int] = defaultdict(int)
    for one in known.attribution.set_aside:
        if one.campaign == key:
            n[one.why] += 1
            cents[one.why] += one.revenue_cents or 0
    return tuple(Aside(ASIDE.get(why, why.replace("_", " ")), n[why], cents[why]) for why in sorted(n))


def _clicks(known: Measured, key: str) -> Clicks | None:
    counted = sum(n for (_, campaign), n in known.clicks.items() if campaign == key)
    filtered = known.filtered.get(key, {})
    return Clicks(counted, tuple(sorted(filtered.items()))) if counted or filtered else None


def _uplifts(seat: Seat, campaign: Campaign, known: Measured) -> dict[str, Any]:
    """What each tier truly sold per what was tracked, by the campaign's survey; empty without answers."""
    found = [
        SurveyAnswer(
            one.key, one.at, one.channel, "" if one.collaboration_id is None else str(one.collaboration_id), one.tier,
            known.shop_keys.get(one.order_key, one.order_key),
        )
        for one in rows(seat, Survey).filter(campaign=campaign)
    ]  # fmt: skip
    if not found:
        return {}
    partners = [partner for partner in known.partners.values() if partner.campaign == str(campaign.pk)]
    customers = max(_customers(seat, campaign, known.attribution), len(found))
    return uplifts(multipliers(found, known.attribution, partners, customers))


def _customers(seat: Seat, campaign: Campaign, attribution: Attribution) -> int:
    """Orders of the shop while the campaign ran and as long after it as a click counts, credited or not."""
    zone = ZoneInfo(seat.workspace.timezone)
    first = campaign.start and datetime.combine(campaign.start, time.min, zone)
    last = campaign.end and datetime.combine(campaign.end, time.max, zone) + WINDOW
    times = {c.order: c.at for c in attribution.credits} | {u.order: u.at for u in attribution.unattributed}
    return sum((first is None or at >= first) and (last is None or at <= last) for at in times.values())


def _lifts(seat: Seat, campaign: Campaign) -> dict[str, Interval]:
    """Incremental revenue in cents per tier by the campaign's own studies of revenue, the newest of each tier."""
    found: dict[str, Interval] = {}
    for study in rows(seat, LiftStudy).filter(campaign=campaign, measure="revenue").order_by("pk"):
        result: Mapping[str, Any] = study.result
        if "incremental" in result and study.currency in ("", campaign.currency):
            found[study.tier or "all"] = _at_80(result)
    return found


def _at_80(result: Mapping[str, Any]) -> Interval:
    mean, factor = result["incremental"], _QUANTILES.get(round(result.get("level", 0.8), 2), 1.0)
    low, high = (mean + factor * (result[end] - mean) for end in ("incremental_low", "incremental_high"))
    return Interval(100 * mean, 100 * low, 100 * high)


def compared(campaign: Campaign, returned: Return) -> tuple[Compared, ...]:
    """The forecasts of the signed plan beside what came; empty where no plan was signed."""
    plan = campaign.plan or {}
    said = {name: Interval(**value) for name, value in plan.get("forecast", {}).items() if _is_interval(value)}
    if not said:
        return ()
    total, late = returned.total, _late(campaign)
    reach, note = _on_target(returned)
    came, tracked = total.delivered, total.tracked
    found = [
        Compared("reach", said.get("reach"), reach, "people", note),
        Compared("impressions", said.get("impressions"), _known(came.impressions), note=""),
        Compared("engagements", said.get("engagements"), _known(came.engagements)),
        Compared("conversions", said.get("conversions"), Interval.exactly(tracked.orders), note="tracked orders only"),
        Compared("cost", _spent(plan), Interval.exactly(total.costs.total / 100), "money", late),
    ]
    if "profit" in said and total.roi.tracked is not None:
        profit = (tracked.margin - total.costs.total) / 100
        found.append(Compared("profit", said["profit"], Interval.exactly(profit), "money", "tracked orders only"))
    return tuple(found)


def _is_interval(value: object) -> bool:
    return isinstance(value, dict) and {"mean", "low", "high"} == set(value)


def _late(campaign: Campaign) -> str:
    if campaign.signed_at is None or campaign.start is None or campaign.signed_at.date() <= campaign.start:
        return ""
    return f"as signed on {campaign.signed_at.date().isoformat()}, after the start"


def _on_target(returned: Return) -> tuple[Interval | None, str]:
    """Reach as forecasts mean it: people in the target audience, where their share is known."""
    once = returned.total.reach
    if once is None:
        return None, "nobody says whom the posts reached"
    if once.on_target is None:
        return once.people, "everybody; the forecast speaks of people on target"
    return once.people.times(once.on_target), "people on target"


def _known(value: int | None) -> Interval | None:
    return None if value is None else Interval.exactly(value)


def _spent(plan: Mapping[str, Any]) -> Interval | None:
    """What the plan would spend; the doubts of fees are taken for apart from each other."""
    if "spent" not in plan:
        return None
    prices = [pick["price"] for pick in plan.get("picks", ())]
    below = sum((price["mean"] - price["low"]) ** 2 for price in prices) ** 0.5
    above = sum((price["high"] - price["mean"]) ** 2 for price in prices) ** 0.5
    return Interval(plan["spent"], plan["spent"] - below, plan["spent"] + above)
