import numpy as np
import pytest

from asterism.measurement.roi import FEWEST, Pace, Roi, counted, judged, needed, ratio
from asterism.quantities import Interval


@pytest.mark.parametrize(
    ("margin", "cost", "roi"),
    [
        pytest.param(15_000, 10_000, 0.5, id="half on top"),
        pytest.param(7_000, 10_000, -0.3, id="a loss is shown as such"),
        pytest.param(0, 10_000, -1.0, id="all lost"),
        pytest.param(-500, 10_000, -1.05, id="sold below cost"),
        pytest.param(15_000, 0, None, id="no cost, no return on it"),
        pytest.param(0, 0, None, id="nothing at all"),
    ],
)
def test_return_on_investment(margin, cost, roi):
    assert ratio(margin, cost) == roi


def test_the_range_of_counting_covers_the_rate_in_four_of_five_cases():
    """Orders are Poisson with gamma margins; exact limits cover a little more than 80%."""
    rng = np.random.default_rng(5)
    inside = 0
    for _ in range(2_000):
        n = max(rng.poisson(25), 1)
        margins = rng.gamma(2.0, 500.0, n)
        spread = margins.std() / margins.mean()
        found = counted(margins.sum(), 20_000, n, spread)
        inside += found.low <= (25 * 1_000 - 20_000) / 20_000 <= found.high
    assert 0.78 <= inside / 2_000 <= 0.88


def test_one_order_says_almost_nothing():
    found = counted(1_000, 1_000, 1)
    assert found.low < -0.85
    assert found.high > 2.5


@pytest.mark.parametrize(("cost", "orders"), [(0, 5), (100, 0)], ids=["no cost", "no orders"])
def test_without_cost_or_orders_there_is_no_range(cost, orders):
    assert counted(100, cost, orders) is None


def test_a_loss_on_every_order_keeps_its_range_in_order():
    found = counted(-1_000, 1_000, 20)
    assert found.low < -2 < found.high < -1


@pytest.mark.parametrize(
    ("ends", "orders", "verdict"),
    [
        ((0.2, 0.8), 40, "gains"),
        ((-0.8, -0.2), 40, "loses"),
        ((-0.1, 0.8), 40, "cannot tell yet"),
        ((0.2, 0.8), FEWEST - 1, "cannot tell yet"),
        ((-0.8, -0.2), FEWEST - 1, "cannot tell yet"),
        ((0.2, 0.8), FEWEST, "gains"),
    ],
    ids=["above", "below", "both sides", "too few though above", "too few though below", "just enough"],
)
def test_a_verdict_needs_one_side_and_enough_orders(ends, orders, verdict):
    assert judged(Interval(sum(ends) / 2, *ends), orders) == verdict


def test_nothing_known_is_no_verdict():
    assert judged(None, 1_000) == "cannot tell yet"


def roi(tracked, counting, adjusted=None, causal=None):
    return Roi(tracked, counting, adjusted, causal, "cannot tell yet")


def test_the_best_figure_is_causal_then_adjusted_then_tracked():
    some = Interval(0.1, 0.0, 0.2)
    assert roi(0.1, some, some, some).best[0] == "causal"
    assert roi(0.1, some, some).best[0] == "survey_adjusted"
    assert roi(0.1, some).best[0] == "counting"
    assert roi(0.1, None).best is None


def test_chance_widens_a_survey_as_much_as_it_widens_the_count():
    found = roi(0.0, Interval(0.0, -0.3, 0.4), Interval(1.0, 0.2, 2.0)).chance
    assert found.mean == 1.0
    assert found.low == pytest.approx(1.0 - np.hypot(0.8, 2 * 0.3))
    assert found.high == pytest.approx(1.0 + np.hypot(1.0, 2 * 0.4))


def test_what_it_takes_is_so_many_orders_that_the_range_leaves_break_even():
    """At 40 orders and 1.1 back per unit: (1.28 · 1.1 / 0.1)² = 199 orders, so 159 more, 4 weeks at 40 a week."""
    said = needed(roi(0.1, counted(1_100, 1_000, 40)), 0.0, Pace(40, 7))
    assert said == "about 159 more orders (about 4 weeks at the present pace) at the same cost per order"


@pytest.mark.parametrize(
    ("found", "orders", "words"),
    [
        (roi(0.5, counted(1_500, 1_000, 4)), 4, "at least 6 more orders: fewer than 10"),
        (roi(0.001, counted(1_001, 1_000, 50)), 50, "too close to break-even"),
        (roi(0.1, counted(1_100, 1_000, 40), Interval(0.1, -0.5, 0.9)), 40, "more survey answers"),
        (roi(0.1, counted(1_100, 1_000, 40), None, Interval(0.1, -0.5, 0.9)), 40, "larger lift test"),
        (roi(None, None), 0, ""),
    ],
    ids=["too few", "too close", "survey too small", "test too small", "nothing known"],
)
def test_what_it_takes_in_other_cases(found, orders, words):
    said = needed(found, 0.0, Pace(orders, 0))
    assert words in said
    assert bool(words) == bool(said)


def test_pace_is_not_told_from_a_few_days():
    assert Pace(40, 6).weeks(10) is None
    assert Pace(0, 60).weeks(10) is None
    assert Pace(70, 70).weeks(14) == pytest.approx(2)
