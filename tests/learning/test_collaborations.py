"""What priors say of a collaboration before it starts is kept, and judged by what came."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from asterism.creators.tables import OUTCOMES, POSTS
from asterism.creators.tiers import scheme
from asterism.learning.collaborations import Booked, drawn, expect, kept_collaborations
from asterism.learning.evidence import Who
from asterism.measurement.scorecard import scorecard
from asterism.priors import Priors
from tests.learning.made import table

SHIPPED = Priors.default()
NOW = datetime(2026, 3, 1, tzinfo=UTC)
ANA, BEN = Who("ana", "instagram", 32_000), Who("ben", "tiktok", 224_000)


def test_one_post_reaches_what_the_priors_say_and_three_reach_less_than_three_times():
    one, three = (expect(SHIPPED, Booked(ANA, "c", "post", n)).reach for n in (1, 3))
    assert float(one.median) == pytest.approx(0.18 * 32_000, rel=0.01)
    assert 1.5 < float(three.median / one.median) < 2.6
    assert float(three.log_sd) < float(one.log_sd)


def test_a_fee_grows_with_the_posts_and_is_less_than_what_is_asked():
    price = expect(SHIPPED, Booked(ANA, "c", "post", 2)).price
    assert float(price.median) == pytest.approx(2 * 400 * 0.95)


def test_people_met_before_buy_more_readily():
    cold, warm = (expect(SHIPPED, Booked(ANA, "c", "post", 1, primed)).convert for primed in (0.0, 1.0))
    assert float(warm.median / cold.median) == pytest.approx(1.3)


def test_orders_are_never_more_than_clicks_nor_clicks_than_people():
    found = drawn(SHIPPED, [Booked(ANA, "c", "post", 1), Booked(BEN, "c", "video", 2)], np.random.default_rng(1))
    assert (found["conversions"] <= found["clicks"]).all()
    assert found["clicks"].mean() < 0.1 * found["reach"].mean()
    assert found["reach"].shape == (2000, 2)


def test_a_season_is_shared_by_all_of_a_campaign():
    calm = Priors({**SHIPPED.entries, "platform_log_sd": Priors.read(
        {"platform_log_sd": {"median": 2.0, "low": 1.9, "high": 2.1}}).entry("platform_log_sd")})  # fmt: skip
    reach = drawn(calm, [Booked(ANA, "c", "post", 1), Booked(BEN, "c", "video", 1)], np.random.default_rng(1))["reach"]
    assert np.corrcoef(np.log(reach.T))[0, 1] > 0.7


def test_forecasts_kept_before_the_start_are_answered_by_the_outcomes():
    kept = kept_collaborations(SHIPPED, [Booked(ANA, "spring", "post", 1), Booked(BEN, "spring", "video", 1)], NOW)
    came = {"campaign": "spring", "reach": 5_800, "engagements": 400, "clicks": 90, "orders": 2, "cost": 420.0,
            "currency": "USD", "date": NOW + timedelta(days=30)}  # fmt: skip
    outcomes = table([{**came, "creator_id": "ana"}, {**came, "creator_id": "ben", "cost": 1e7}], OUTCOMES)
    card = scorecard(kept, POSTS.empty(), outcomes, scheme("industry"))
    counts = {(s.what, s.tier): s.n for s in card.scores}
    assert counts["clicks", "all"] == 3  # each creator's, and the campaign's
    assert counts["reach", "all"] == 2  # people reached do not add up
    assert counts["price", "micro"] == counts["price", "macro"] == 1
    (price,) = [s for s in card.scores if (s.what, s.tier) == ("price", "macro")]
    assert price.coverage.mean == 0.0


def test_a_forecast_made_after_the_campaign_is_held_against_nothing():
    kept = kept_collaborations(SHIPPED, [Booked(ANA, "spring", "post", 1)], NOW)
    old = table([{"creator_id": "ana", "campaign": "spring", "clicks": 5, "date": NOW - timedelta(days=1)}], OUTCOMES)
    assert scorecard(kept, POSTS.empty(), old, scheme("industry")).scores == ()


def test_a_range_of_few_orders_does_not_hold_everything():
    kept = kept_collaborations(SHIPPED, [Booked(BEN, "c", "video", 3)], NOW).to_pylist()
    (row,) = [r for r in kept if r["what"] == "conversions"]
    assert 0 <= row["low"] < row["mean"] < row["high"]
