import numpy as np
import pytest
from scipy.stats import betabinom

from asterism.measurement.multiplier import Trust
from asterism.measurement.roi import Z
from asterism.measurement.survey import multipliers
from asterism.measurement.uplift import Part, Uplift, lifted, uplifts
from asterism.quantities import Interval
from tests.measurement.test_survey import NANO, PARTNERS, SEARCH, TWENTY, answers


def test_a_survey_lifts_margin_as_it_lifts_revenue():
    """A tenth of 1,000 orders against 20 tracked: 80 more orders of the tier, each worth the usual."""
    told = multipliers(answers((40, NANO), (360, SEARCH)), TWENTY, PARTNERS, 1000, Trust(cap=9))
    nano = next(each for each in told if each.tier == "nano")
    found = uplifts(told)["nano"]
    assert found.factor.mean == pytest.approx(nano.revenue_cents.mean / 1000_00)
    assert (found.tracked, found.more) == (20, pytest.approx(80, rel=0.05))


def test_above_the_cap_nothing_is_lifted():
    """80 of 100 answers name nano creators, forty times what was tracked; five times is believed."""
    found = uplifts(multipliers(answers((80, NANO), (20, SEARCH)), TWENTY, PARTNERS, 1000))["nano"]
    assert (found.factor, found.more) == (None, 0)
    assert "more than the 5 times that are believed" in found.why


def test_what_too_few_say_lifts_nothing_and_says_why():
    found = uplifts(multipliers(answers((1, NANO), (9, SEARCH)), TWENTY, PARTNERS, 1000))["nano"]
    assert found.factor is None
    assert lifted({"nano": Part(1_000, 10)}, {"nano": found}) == found.why
    assert "Cannot tell yet" in found.why


def test_a_whole_tier_has_the_doubt_of_its_answers_alone():
    known = {"nano": Uplift(Interval(3.0, 2.5, 3.6), 40, 80)}
    found = lifted({"nano": Part(4_000, 40)}, known)
    assert (found.mean, found.low, found.high) == pytest.approx((12_000, 10_000, 14_400))


def test_a_part_of_a_tier_does_not_know_whose_the_others_orders_were():
    """10 of 40 tracked orders; of 80 more its own are beta-binomial, each worth 100 cents."""
    found = lifted({"nano": Part(1_000, 10)}, {"nano": Uplift(Interval.exactly(3.0), 40, 80)})
    drawn = betabinom(80, 10, 30).rvs(200_000, random_state=np.random.default_rng(1))
    assert found.mean == 1_000 + 100 * 20
    assert (found.high - found.mean) / Z == pytest.approx(100 * drawn.std(), rel=0.01)


def test_doubts_of_tiers_add_up_in_squares():
    known = {tier: Uplift(Interval(2.0, 2.0 - off, 2.0 + off), 10, 10) for tier, off in (("nano", 0.3), ("micro", 0.4))}
    found = lifted({tier: Part(1_000, 10) for tier in known}, known)
    assert (found.mean, found.low, found.high) == pytest.approx((4_000, 3_500, 4_500))
