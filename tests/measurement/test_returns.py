"""One campaign worked by hand: three collaborations, six orders, a refund, two currencies, costs of its own."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from asterism.errors import BadInput
from asterism.measurement.attribution import attribute
from asterism.measurement.costs import Costs
from asterism.measurement.crediting import Attribution, Credit, Rule
from asterism.measurement.delivered import Delivered
from asterism.measurement.economics import Economics
from asterism.measurement.events import Click, Code, Order, Partner, Refund, Seen
from asterism.measurement.exchange import DatedRates
from asterism.measurement.ledger import OWN, Deal
from asterism.measurement.returns import REPORTED, Terms, reported, returns
from asterism.measurement.roi_of import Beside
from asterism.measurement.uplift import Uplift
from asterism.quantities import Interval, Money

ANN = Partner("1", "spring", "ann", "instagram", "micro", "open")
BOB = Partner("2", "spring", "bob", "tiktok", "macro", "open")
CEM = Partner("3", "spring", "cem", "instagram", "micro", "follow")
CODES = (Code("ANN", "1", "spring"), Code("BOB", "2", "spring"), Code("CEM", "3", "spring"))
RATES = DatedRates.of([("EUR", date(2026, 1, 1), Decimal("1.10")), ("EUR", date(2026, 5, 3), Decimal("1.25"))])
FORTY = Economics(share=Fraction(2, 5))


def at(day, hour=12):
    return datetime(2026, 5, day, hour, tzinfo=UTC)


def order(key, day, amount, *codes, **more):
    return Order(key, at(day), Money.parse(amount), codes=codes, **more)


ORDERS = (
    order("a", 1, "100 EUR", "ANN", refunds=(Refund("r", at(4), Money.parse("25 EUR")),), new_customer=True),
    order("b", 2, "110 USD", "ANN", new_customer=False),  # 100.00 EUR at 1.10
    order("c", 3, "110 USD", "CEM"),  # 88.00 EUR at 1.25
    order("d", 3, "50 EUR", "BOB", margin=Money.parse("12.34 EUR"), new_customer=True),
    order("e", 4, "30 EUR", clicks=("k",)),  # the campaign's own link
    order("f", 5, "999 EUR"),  # nobody's
)
SEEN = Seen((ANN, BOB, CEM), (Click("k", at(4, 9), "", "spring"),), CODES, ORDERS)
DEALS = (
    Deal(ANN, "@ann", Costs(fee=10_000, product=1_999), Delivered(impressions=20_000, engagements=600, clicks=50)),
    Deal(BOB, "@bob", Costs(fee=30_000), Delivered(views=100_000)),
    Deal(CEM, "@cem", Costs(fee=2_000)),
)


def ledger(deals=DEALS, **terms):
    usual = {"economics": FORTY, "campaign_costs": {"spring": Costs(boost=1_001)}, "as_of": date(2026, 5, 20)}
    return returns(deals, attribute(SEEN, Rule(), "EUR", RATES), Terms(**(usual | terms)))


def groups(result, *dimensions):
    return {group.names: group for group in result.by(*dimensions)}


# By hand


@pytest.mark.parametrize(
    ("names", "cost", "revenue", "refunds", "margin", "orders"),
    [
        (("ann",), 11_999, 20_000, 2_500, 7_000, 2),
        (("bob",), 30_000, 5_000, 0, 1_234, 1),
        (("cem",), 2_000, 8_800, 0, 3_520, 1),
        ((OWN,), 1_001, 3_000, 0, 1_200, 1),
    ],
    ids=["refund and two currencies", "the order's own margin", "at the day's rate", "the campaign's own link"],
)
def test_each_line_is_right_to_the_cent(names, cost, revenue, refunds, margin, orders):
    group = groups(ledger(), "creator")[names]
    found = group.tracked
    assert (group.costs.total, found.revenue, found.refunds, found.margin, found.orders) == (
        cost, revenue, refunds, margin, orders
    )  # fmt: skip


def test_the_whole_is_right_to_the_cent():
    total = ledger().total
    assert (total.costs.total, total.tracked.kept, total.tracked.margin) == (45_000, 34_300, 12_954)
    assert total.roi.tracked == (12_954 - 45_000) / 45_000
    assert (total.lines, ledger().unattributed, ledger().rule, ledger().currency) == (3, 1, "last_click 1", "EUR")


def test_tiers_and_phases_hold_their_lines():
    by = groups(ledger(), "tier", "phase")
    assert {names: group.costs.total for names, group in by.items()} == {
        ("micro", "open"): 11_999, ("macro", "open"): 30_000, ("micro", "follow"): 2_000,
        (OWN, OWN): 1_001,
    }  # fmt: skip


@pytest.mark.parametrize("phase", ["campaign", OWN], ids=["a plan's only phase", "its very words"])
def test_a_phase_of_any_name_is_not_what_is_the_campaigns_own(phase):
    deals = tuple(replace(deal, partner=replace(deal.partner, phase=phase)) for deal in DEALS)
    by = groups(ledger(deals), "phase")
    assert len(by) == 2
    assert by[OWN,].costs.total == 1_001
    assert by[OWN,].lines == 0


def test_a_good_tier_beside_a_bad_one():
    by = groups(ledger(), "tier")
    assert by["micro",].roi.tracked == pytest.approx((10_520 - 13_999) / 13_999)
    assert by["macro",].roi.tracked == pytest.approx((1_234 - 30_000) / 30_000)
    assert by["micro",].metrics["roas"] == pytest.approx(26_300 / 13_999)


def test_new_customers_are_counted_where_the_shop_tells_them():
    tracked = groups(ledger(), "creator")["ann",].tracked
    assert (tracked.told, tracked.new_customers) == (2, 1)
    assert groups(ledger(), "creator")["cem",].tracked.to_dict()["new_customers"] is None


# Costs of the campaign itself


def test_costs_of_the_campaign_stand_in_a_line_of_their_own():
    own = groups(ledger(), "tier")[OWN,]
    assert (own.lines, own.costs, own.tracked.orders) == (0, Costs(boost=1_001), 1)


def test_costs_of_the_campaign_are_shared_by_fee_on_request():
    shared = ledger(share_costs=True)
    assert [line.costs.boost for line in shared.lines] == [238, 715, 48, 0]
    assert shared.total.costs == ledger().total.costs


def test_a_cost_that_brings_no_orders_of_its_own_has_no_return():
    quiet = returns(DEALS, Attribution(Rule(), "EUR"), Terms(campaign_costs={"spring": Costs(other=5)}))
    own = groups(quiet, "tier")[OWN,]
    assert own.roi.tracked is None
    assert "no orders of its own" in own.roi.why["tracked"]
    assert own.roi.needs == ""


# What cannot be said


def test_without_a_margin_there_is_no_return_and_the_reason_is_given():
    roi = ledger(economics=Economics()).total.roi
    assert (roi.tracked, roi.counting, roi.survey_adjusted) == (None, None, None)
    assert roi.why["tracked"] == "the margin of some orders is not known"
    assert roi.needs.startswith("a margin for orders")


def test_who_cost_nothing_has_no_return_and_is_pointed_at():
    result = ledger((Deal(ANN), *DEALS[1:]))
    assert groups(result, "creator")["ann",].roi.tracked is None
    assert groups(result, "creator")["ann",].metrics["roas"] is None
    assert any("1 collaboration has no cost" in warning for warning in result.warnings)


def test_no_order_at_all_is_all_lost_and_cannot_be_told_yet():
    roi = returns(DEALS, Attribution(Rule(), "EUR"), Terms()).total.roi
    assert (roi.tracked, roi.verdict) == (-1.0, "cannot tell yet")
    assert "at least 10 more orders" in roi.needs


def many(n, amount="20 EUR", word="ANN"):
    orders = tuple(order(f"{word}{i}", 1 + i % 28, amount, word) for i in range(n))
    return attribute(Seen((ANN, BOB, CEM), (), CODES, orders), Rule(), "EUR", RATES)


@pytest.mark.parametrize(
    ("orders", "verdict"),
    [(5, "cannot tell yet"), (15, "cannot tell yet"), (20, "loses"), (80, "gains")],
    ids=["too few", "near break-even", "a loss", "a gain"],
)
def test_a_verdict_waits_for_enough_orders(orders, verdict):
    """Each order leaves 8 euros; cost is 119.99 for 15 and 80 orders, 400 for 20."""
    deal = Deal(ANN, costs=Costs(fee=40_000 if orders == 20 else 11_999))
    roi = returns([deal], many(orders), Terms(FORTY, as_of=date(2026, 5, 28))).total.roi
    assert roi.verdict == verdict
    assert bool(roi.needs) == (verdict == "cannot tell yet")


# Who belongs to the ledger


def test_somebody_credited_without_a_deal_gets_a_line_without_cost_and_a_warning():
    result = ledger(DEALS[:2])
    assert result.total.tracked == ledger().total.tracked
    assert any("1 credited partner without a deal" in warning and "3" in warning for warning in result.warnings)


def test_credits_of_another_campaign_are_left_to_it():
    other = Credit("z", "9", "autumn", at(1), "code", "Z", Fraction(1), 5_000, 0, 5_000)
    both = attribute(SEEN, Rule(), "EUR", RATES)
    both = Attribution(both.rule, "EUR", (*both.credits, other))
    assert returns(DEALS, both, Terms(FORTY)).total.tracked == ledger().total.tracked


def test_an_order_shared_with_another_campaign_brings_each_its_part():
    half = Fraction(1, 2)
    parts = (
        Credit("z", "1", "spring", at(1), "link", "k", half, 51, 0, 51),
        Credit("z", "9", "autumn", at(1), "link", "l", half, 50, 0, 50),
    )
    found = returns(DEALS, Attribution(Rule("linear"), "EUR", parts), Terms(Economics.parse("50%"))).total.tracked
    assert (found.orders, found.revenue, found.margin) == (0.5, 51, 25)


@pytest.mark.parametrize(
    ("deals", "word"),
    [((DEALS[0], DEALS[0]), "Two collaborations have the key `1`"), ((Deal(Partner("", "c", "x")),), "has no key")],
    ids=["twice", "nameless"],
)
def test_collaborations_need_keys_of_their_own(deals, word):
    with pytest.raises(BadInput, match=word):
        ledger(deals)


# Survey and lift stand beside


UP = {"micro": Uplift(Interval(2.0, 1.5, 3.0), 3, 3), "macro": Uplift(Interval(4.0, 2.0, 6.0), 1, 3)}


def test_the_survey_multiplies_the_margin_of_its_tier():
    roi = groups(ledger(beside=Beside(UP)), "tier")["micro",].roi
    mean, low, high = ((10_520 * factor - 13_999) / 13_999 for factor in (2.0, 1.5, 3.0))
    assert (roi.survey_adjusted.mean, roi.survey_adjusted.low, roi.survey_adjusted.high) == pytest.approx(
        (mean, low, high)
    )
    assert roi.tracked == pytest.approx((10_520 - 13_999) / 13_999)


def test_a_part_of_a_tier_is_less_sure_than_the_tier():
    by = groups(ledger(beside=Beside(UP)), "creator")
    found = by["ann",].roi.survey_adjusted
    assert found.mean == pytest.approx((7_000 * 2 - 11_999) / 11_999)
    assert found.high > (7_000 * 3.0 - 11_999) / 11_999
    assert found.low < (7_000 * 1.5 - 11_999) / 11_999


def test_the_whole_is_its_tiers_with_doubts_in_squares_and_nothing_for_its_own_link():
    found = ledger(beside=Beside(UP)).total.roi.survey_adjusted
    margin = 10_520 * 2 + 1_234 * 4
    low = margin - ((10_520 * 0.5) ** 2 + (1_234 * 2) ** 2) ** 0.5
    assert found.mean == pytest.approx((margin - 45_000) / 45_000)
    assert found.low == pytest.approx((low - 45_000) / 45_000)


@pytest.mark.parametrize(
    ("uplifts", "why"),
    [
        ({}, "no survey was asked"),
        ({"micro": UP["micro"]}, "no survey answers tell of macro"),
        ({**UP, "macro": Uplift(None, 1, why="three answers are too few")}, "three answers are too few"),
    ],
    ids=["none", "not of a tier", "too few"],
)
def test_a_survey_that_says_nothing_of_a_tier_says_nothing_of_the_whole(uplifts, why):
    roi = ledger(beside=Beside(uplifts)).total.roi
    assert (roi.survey_adjusted, roi.why["survey_adjusted"]) == (None, why)


LIFTS = {"micro": Interval(20_000, 10_000, 40_000), "macro": Interval(10_000, -5_000, 30_000)}


def test_a_lift_becomes_a_return_by_the_margin_of_its_tier():
    roi = groups(ledger(beside=Beside(lifts=LIFTS)), "tier")["micro",].roi
    share = 10_520 / 26_300
    assert roi.causal.mean == pytest.approx((20_000 * share - 13_999) / 13_999)
    assert roi.causal.high == pytest.approx((40_000 * share - 13_999) / 13_999)
    assert roi.verdict == "cannot tell yet"
    assert roi.needs == "a longer or larger lift test"


def test_lifts_of_all_tiers_add_up_for_the_whole_with_doubts_in_squares():
    found = ledger(beside=Beside(lifts=LIFTS)).total.roi.causal
    micro, macro = 10_520 / 26_300, 1_234 / 5_000
    mean = 20_000 * micro + 10_000 * macro
    low = mean - ((10_000 * micro) ** 2 + (15_000 * macro) ** 2) ** 0.5
    assert found.mean == pytest.approx((mean - 45_000) / 45_000)
    assert found.low == pytest.approx((low - 45_000) / 45_000)


def test_a_lift_of_everybody_serves_the_whole_alone():
    result = ledger(beside=Beside(lifts={"all": Interval(30_000, 20_000, 40_000)}))
    assert result.total.roi.causal.mean == pytest.approx((30_000 * 12_954 / 34_300 - 45_000) / 45_000)
    assert groups(result, "tier")["micro",].roi.why["causal"] == "no lift was measured for micro"


def test_a_part_of_a_tier_has_no_causal_figure():
    roi = groups(ledger(beside=Beside(lifts=LIFTS)), "creator")["ann",].roi
    assert (roi.causal, roi.why["causal"]) == (None, "lift was measured per tier, and this is only a part of one")


def test_who_has_every_order_of_a_tier_is_still_only_a_part_of_it():
    """Nobody buys through Dan: Ann and Cem hold all orders of their tier, and none of them holds the tier."""
    dan = Deal(Partner("4", "spring", "dan", "instagram", "micro", "follow"), "@dan", Costs(fee=500))
    deals, beside = (*DEALS, dan), Beside(lifts=LIFTS)
    by = groups(ledger(deals, beside=beside), "phase")
    assert by["open",].roi.causal is by["follow",].roi.causal is None
    pair = groups(returns(deals[1:], attribute(SEEN, Rule(), "EUR", RATES), Terms(FORTY, beside=beside)), "creator")
    assert pair["cem",].roi.causal is pair["dan",].roi.causal is None


def test_the_three_figures_are_nowhere_added():
    plain, beside = ledger().total, ledger(beside=Beside(UP, LIFTS)).total
    assert beside.roi.tracked == plain.roi.tracked
    assert beside.tracked == plain.tracked
    assert beside.metrics == plain.metrics


# Reported by somebody else


def test_a_ledger_of_reported_lines_names_no_rule():
    result = reported(ledger().lines[:3], "EUR", Terms(FORTY))
    assert (result.rule, result.total.tracked.margin) == (REPORTED, 11_754)


def test_plain_values_hold_every_grouping():
    found = ledger().to_dict()
    assert set(found["by"]) == {"tier", "phase", "platform", "creator", "campaign", "tier × phase"}
    assert found["total"]["costs"]["total"] == 45_000
    assert found["total"]["roi"]["why"]["causal"] == "no lift was measured"
