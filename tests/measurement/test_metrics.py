from fractions import Fraction

import pytest

from asterism.measurement.delivered import Delivered
from asterism.measurement.metrics import DICTIONARY, metrics_of, modelled
from asterism.measurement.tracked import Tracked


def metrics(*rows, **tracked):
    return metrics_of([(cost, delivered, True) for cost, delivered in rows], Tracked(**tracked))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cpm", 500 / 1_500 * 1_000),
        ("cpe", 500 / 75),
        ("cpc", 500 / 30),
        ("cpa", 500 / 4),
        ("cac", 500 / 3),
        ("roas", 380 / 500),
        ("order_value", 95.0),
        ("engagement_rate", 75 / 1_500),
        ("click_rate", 30 / 1_500),
        ("conversion_rate", 4 / 30),
        ("refund_rate", 20 / 400),
    ],
)
def test_each_metric_by_hand(name, value):
    """500 dollars for 1,500 impressions: 333 a thousand, where a vendor's page prints 300."""
    figures = Delivered(impressions=1_500, engagements=75, clicks=30)
    four, new = Fraction(4), Fraction(3)
    found = metrics((50_000, figures), shares=four, told=four, new_customers=new, revenue=40_000, refunds=2_000)
    assert found[name] == pytest.approx(value)


def test_a_thousand_impressions_cost_333_and_not_300():
    assert round(metrics((50_000, Delivered(impressions=1_500)))["cpm"]) == 333


def test_every_metric_stands_in_the_dictionary_with_its_denominator():
    assert [metric.name for metric in DICTIONARY] == list(metrics())
    assert all(metric.definition and metric.per and metric.unit in ("money", "ratio", "share") for metric in DICTIONARY)


def test_without_a_denominator_there_is_no_metric():
    assert set(metrics((0, Delivered())).values()) == {None}
    zero = metrics((50_000, Delivered(impressions=0, engagements=0, clicks=0)))
    assert {zero[name] for name in ("cpm", "cpe", "cpc", "cpa")} == {None}
    assert zero["roas"] == 0


def test_a_cost_counts_only_where_its_figure_is_known():
    known, unknown = (10_000, Delivered(impressions=1_000)), (90_000, Delivered(clicks=9))
    assert metrics(known, unknown)["cpm"] == pytest.approx(100)
    assert metrics(known, unknown)["cpc"] == pytest.approx(100)


def test_a_price_per_new_customer_needs_to_know_of_every_order():
    """With one order in four told, 500 for one new customer would be four times too dear, or so."""
    orders = {"shares": Fraction(4), "new_customers": Fraction(1)}
    assert metrics((50_000, Delivered()), told=Fraction(1), **orders)["cac"] is None
    assert metrics((50_000, Delivered()), told=Fraction(4), **orders)["cac"] == pytest.approx(500)


def test_costs_of_the_campaign_itself_are_part_of_every_price():
    rows = [(10_000, Delivered(impressions=1_000), True), (5_000, Delivered(), False)]
    assert metrics_of(rows, Tracked())["cpm"] == pytest.approx(150)


def test_a_rate_of_clicks_needs_the_clicks_of_all():
    part = metrics((1, Delivered(clicks=10)), (1, Delivered()), shares=Fraction(5))
    assert part["conversion_rate"] is None


def test_prices_by_impressions_estimated_from_reach_are_marked():
    rows = [(1, Delivered(reach=100), True), (1, Delivered(views=5), True)]
    assert "cpm" in modelled(rows)
    assert modelled(rows[1:]) == ()


@pytest.mark.parametrize(
    ("unknown", "names"),
    [({"unstated": 1}, ("cpa", "cac", "roas")), ({"without_revenue": Fraction(1)}, ("roas", "order_value"))],
    ids=["orders", "revenue"],
)
def test_what_nobody_states_is_not_taken_for_nothing(unknown, names):
    found = metrics((100, Delivered()), shares=Fraction(2), new_customers=Fraction(1), revenue=5, **unknown)
    assert {found[name] for name in names} == {None}
