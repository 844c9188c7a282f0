"""Creators: many small and few large, every tier there, homes near, fakes in two clusters."""

import numpy as np
import pytest

from asterism.creators.tiers import scheme
from asterism.market import MarketOptions
from asterism.market.roster import draw_roster

MANY = draw_roster(np.random.default_rng(2), 4_000, MarketOptions())
TIER = scheme("industry").of(MANY.drawn)


@pytest.mark.parametrize(("tier", "share"), [("nano", 0.45), ("micro", 0.32), ("macro", 0.18), ("mega", 0.05)])
def test_tiers_have_the_shares_asked_for(tier, share):
    assert (tier == TIER).mean() == pytest.approx(share, abs=0.002)


def test_even_a_small_market_has_every_tier():
    few = draw_roster(np.random.default_rng(4), 20, MarketOptions())
    assert set(scheme("industry").of(few.drawn)) == {"nano", "micro", "macro", "mega"}


def test_sizes_stay_between_a_thousand_and_five_million():
    assert MANY.drawn.min() >= 1e3
    assert MANY.drawn.max() <= 5e6


@pytest.mark.parametrize(("platform", "share"), [("instagram", 0.5), ("tiktok", 0.3), ("youtube", 0.2)])
def test_platforms_have_the_shares_asked_for(platform, share):
    assert MANY.platforms.count(platform) / MANY.size == pytest.approx(share, abs=0.03)


def test_fakes_come_in_two_clusters():
    low, valley, high = ((MANY.fake > a) & (MANY.fake < a + 0.06) for a in (0.08, 0.34, 0.52))
    assert low.sum() > high.sum() > 1.5 * valley.sum()
    assert MANY.fake.mean() == pytest.approx(0.75 * 0.14 + 0.25 * 0.55, abs=0.01)


def test_ids_ascend_and_handles_are_all_different():
    assert list(MANY.ids) == sorted(set(MANY.ids))
    assert len(set(MANY.handles)) == MANY.size


def test_the_smaller_a_creator_the_more_local():
    medians = [np.median(MANY.local[tier == TIER]) for tier in ("nano", "micro", "macro", "mega")]
    assert medians == sorted(medians, reverse=True)
    assert medians[0] > 10 * (medians[-1] - 1)
