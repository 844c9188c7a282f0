"""What a campaign came to: cost beside credits, forecasts beside what came, what was left out and why."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from asterism.desk.studio.deals import Dealt, Purse, deals_of
from asterism.desk.studio.heard import heard_of
from asterism.desk.studio.lift_figures import lifts_of
from asterism.desk.studio.measured import Measured, economics_of, measured, rates_of
from asterism.desk.studio.people import People, people_of
from asterism.desk.studio.remembered import newest
from asterism.desk.studio.workspace import options_of
from asterism.measurement.crediting import CANCELLED, NO_RATE, RETURNING, SELF_ORDER, Attribution
from asterism.measurement.earned_media import earned_media
from asterism.measurement.ledger import Return
from asterism.measurement.returns import Terms, returns
from asterism.measurement.roi_of import Beside
from asterism.measurement.uplift import uplifts
from asterism.quantities import Interval
from asterism.reports.results import Aside, Clicks, Compared, Ledger, Results
from asterism.store.ledger.models import Campaign
from asterism.store.ledger.results import freshness
from asterism.store.ledger.seats import Seat

ASIDE: Final = {
    CANCELLED: "cancelled, or given back in full",
    NO_RATE: "in a currency without an exchange rate for the day",
    SELF_ORDER: "ordered by the creator",
    RETURNING: "of customers who had bought before",
}
"""Why an order counts for nobody, as people read it."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A campaign's results, the ledger of return they rest on, and the credits behind it.

    `people` are those whom its reach was counted on.
    """

    results: Results
    returned: Return
    attribution: Attribution
    people: People

    @property
    def people_due(self) -> bool:
        """Whether the worker would count reach on other people."""
        return self.people.due(self.returned)


def reckoned(seat: Seat, campaign: Campaign, stand: tuple[Any, ...] = ()) -> Reckoned:
    """The results of a campaign, remembered while nothing new came in; who asks has been let in already."""
    stand = stand or freshness(seat)
    people = people_of(seat, campaign)
    state = (stand, people.mark)
    return newest(seat, ("results", campaign.pk), state, lambda: _reckoned(seat, campaign, stand, people))


def with_media_value(results: Results, found: Reckoned) -> Results:
    """The results with their earned media value, its formula and version."""
    earned = earned_media(found.returned)
    return replace(results, media_value=(earned.cents, earned.sentence))


def _reckoned(seat: Seat, campaign: Campaign, stand: tuple[Any, ...], people: People) -> Reckoned:
    known = measured(seat, campaign.currency, stand)
    dealt = deals_of(seat, [campaign], Purse(campaign.currency, rates_of(seat)), known)
    returned = _reached(seat, campaign, _returned(seat, campaign, known, dealt), people)
    key, plan = str(campaign.pk), campaign.plan or {}
    results = Results(
        title=campaign.name,
        returned=Ledger.of(returned),
        brand=campaign.brand.name,
        agency=options_of(seat.workspace).agency,
        planned=plan.get("verdict", {}).get("sentence", ""),
        counted_on=people.says(returned),
        start=campaign.start,
        end=campaign.end,
        compared=compared(campaign, returned),
        aside=_aside(known, key),
        clicks=_clicks(known, key),
        leaks=tuple(leak for campaign_, leak in known.leaks if campaign_ == key),
    )
    return Reckoned(results, returned, _own(known.attribution, key), people)


def _returned(seat: Seat, campaign: Campaign, known: Measured, dealt: Dealt) -> Return:
    heard = heard_of(seat, campaign, known)
    beside = Beside(uplifts(heard.multipliers) if heard.answers else {}, lifts_of(seat, campaign))
    terms = Terms(economics_of(seat), dealt.own, False, beside, seat.today)
    made = returns(dealt.deals, known.attribution, terms)
    return replace(made, warnings=(*heard.says, *dealt.warnings, *made.warnings))


def _reached(seat: Seat, campaign: Campaign, made: Return, people: People) -> Return:
    """The ledger with people counted once; what counts them is heavy, so a page that asks no results never loads it."""
    from asterism.audience.ladder import beliefs
    from asterism.desk.studio.beliefs import priors_of
    from asterism.measurement.reached import Audience, with_reach

    universe = campaign.brief.get("universe")
    samples = people.kept.samples if people.kept else None
    return with_reach(made, Audience(samples, universe, beliefs(priors_of(seat))))


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
