"""True rates: medians of the benchmarks at their sizes, read log–log between them, no step at a tier's bound."""

import numpy as np
import pytest

from asterism.market import MarketOptions
from asterism.market.rates import CRAFTS, ENGAGEMENT, FEES, FORMATS, curve, draw_rates
from asterism.market.roster import draw_roster

OPTIONS = MarketOptions(fake_factor=0.0)
ROSTER = draw_roster(np.random.default_rng(0), 6_000, OPTIONS)
RATES = draw_rates(np.random.default_rng(1), ROSTER, OPTIONS)
PLATFORM = np.array(ROSTER.platforms)
BANDS = {"4k": (3e3, 5.3e3), "32k": (2.4e4, 4.3e4), "224k": (1.5e5, 3.3e5), "3M": (2e6, 4.5e6)}


@pytest.mark.parametrize(
    ("followers", "fee"),
    [
        (1_000, 24.57),
        (4_000, 75),
        (32_000, 400),
        (224_000, 2_200),
        (707_000, 9_000),
        (3_000_000, 35_000),
        (6_000_000, 70_000),
    ],
)
def test_the_curve_passes_through_its_anchors_and_grows_on(followers, fee):
    assert curve([followers], FEES, 1.0)[0] == pytest.approx(fee, rel=1e-3)


def test_between_anchors_the_curve_is_straight_in_logarithms():
    middle = np.sqrt(4_000 * 32_000)
    assert curve([middle], FEES, 1.0)[0] == pytest.approx(np.sqrt(75 * 400))


def test_the_curve_has_no_step_at_a_bound_of_tiers():
    for bound in (1e4, 1e5, 1e6):
        below, above = curve([bound - 1, bound], ENGAGEMENT["instagram"], -0.15)
        assert above == pytest.approx(below, rel=1e-3)


@pytest.mark.parametrize("band", BANDS)
def test_fees_have_the_median_of_the_curve(band):
    low, high = BANDS[band]
    inside = (PLATFORM == "instagram") & (ROSTER.drawn > low) & (ROSTER.drawn < high)
    ratio = RATES.fee[inside, FORMATS.index("post")] / curve(ROSTER.drawn[inside], FEES, 1.0)
    assert abs(np.log(np.median(ratio))) < 4 * 1.0 / np.sqrt(inside.sum())


def test_fees_spread_between_creators_as_the_prior_says():
    inside = (PLATFORM == "tiktok") & (ROSTER.drawn < 1e6)
    spread = np.log(RATES.fee[inside, FORMATS.index("video")] / curve(ROSTER.drawn[inside], FEES, 1.0))
    assert spread.std() == pytest.approx(0.8, abs=0.05)


def test_a_format_the_platform_lacks_has_no_rate():
    for platform, crafts in CRAFTS.items():
        has = ~np.isnan(RATES.reach[platform == PLATFORM])
        for column, name in enumerate(FORMATS):
            assert has[:, column].all() == has[:, column].any() == (name in crafts)


def test_chances_are_chances():
    for values in (RATES.reach, RATES.act, RATES.click, RATES.convert):
        known = values[~np.isnan(values)]
        assert known.min() > 0
        assert known.max() < 1


def test_conversion_falls_with_size():
    medians = [np.median(RATES.convert[(ROSTER.drawn > low) & (ROSTER.drawn < high)]) for low, high in BANDS.values()]
    assert medians == sorted(medians, reverse=True)


def test_fees_of_a_tier_can_be_multiplied_without_touching_anything_else():
    dear = draw_rates(np.random.default_rng(1), ROSTER, MarketOptions(fake_factor=0.0, fees={"macro": 2.0}))
    macro = (ROSTER.drawn >= 1e5) & (ROSTER.drawn < 1e6)
    ratio = (dear.fee / RATES.fee)[:, FORMATS.index("video")]
    assert np.allclose(ratio[macro & (PLATFORM != "instagram")], 2)
    assert np.allclose(ratio[~macro & (PLATFORM != "instagram")], 1)
    assert np.array_equal(dear.act, RATES.act, equal_nan=True)
