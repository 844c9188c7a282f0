from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from asterism.creators.tables import OUTCOMES, POSTS
from asterism.creators.tiers import scheme
from asterism.measurement.kept import kept_posts
from asterism.measurement.scorecard import FORECASTS, NOTHING, Judged, Score, Scorecard, score, scorecard, wilson
from asterism.signals.forecasting.next_post import FORECAST

MADE = datetime(2026, 6, 1, tzinfo=UTC)
INDUSTRY = scheme("industry")


def forecasts(*given: dict[str, Any]) -> pa.Table:
    usual = {"made_at": MADE, "creator_id": "a", "platform": "instagram", "format": "reel", "what": "views",
             "mean": 100.0, "low": 50.0, "high": 200.0, "level": 0.8, "followers": 5e3}  # fmt: skip
    return pa.Table.from_pylist([{n: (usual | g).get(n) for n in FORECASTS.names} for g in given], FORECASTS.arrow)


def posts(*given: dict[str, Any]) -> pa.Table:
    usual = {"creator_id": "a", "platform": "instagram", "format": "reel", "views": 100}
    rows = [{"post_id": str(i), **usual, **g} for i, g in enumerate(given)]
    return pa.Table.from_pylist([{n: row.get(n) for n in POSTS.names} for row in rows], POSTS.arrow)


def outcomes(*given: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist([{n: g.get(n) for n in OUTCOMES.names} for g in given], OUTCOMES.arrow)


def after(days: float) -> datetime:
    return MADE + timedelta(days=days)


def only(card: Scorecard) -> Score:
    return card.scores[0]


def test_the_first_post_after_the_forecast_answers_it() -> None:
    seen = posts({"posted_at": after(9), "views": 900}, {"posted_at": after(2), "views": 120})
    found = scorecard(forecasts({}), seen, OUTCOMES.empty(), INDUSTRY)
    assert (only(found).n, only(found).coverage.mean, found.waiting) == (1, 1.0, 0)


@pytest.mark.parametrize(
    "post",
    [
        {"posted_at": after(-1)},
        {"posted_at": MADE},
        {"posted_at": after(1), "creator_id": "b"},
        {"posted_at": after(1), "format": "post"},
        {"posted_at": after(1), "platform": "tiktok"},
        {"posted_at": after(1), "seen_at": after(1.1)},
        {"posted_at": None},
    ],
    ids=[
        "before",
        "at the moment",
        "another creator",
        "another format",
        "another platform",
        "still growing",
        "undated",
    ],
)
def test_what_does_not_answer_a_forecast_leaves_it_waiting(post: dict[str, Any]) -> None:
    found = scorecard(forecasts({}), posts(post), OUTCOMES.empty(), INDUSTRY)
    assert (found.scores, found.waiting, found.sentence) == ((), 1, NOTHING)


def test_a_post_beyond_the_horizon_answers_nothing() -> None:
    found = scorecard(forecasts({"horizon": 7.0}), posts({"posted_at": after(8)}), OUTCOMES.empty(), INDUSTRY)
    assert found.scores == ()


def test_of_several_forecasts_of_one_post_the_last_counts() -> None:
    early = {"made_at": after(-3), "low": 1.0, "high": 2.0}
    found = scorecard(forecasts(early, {}), posts({"posted_at": after(1)}), OUTCOMES.empty(), INDUSTRY)
    assert (only(found).n, only(found).coverage.mean) == (1, 1.0)


def test_engagements_are_likes_comments_and_shares() -> None:
    seen = posts({"posted_at": after(1), "likes": 60, "comments": None, "shares": 50})
    given = forecasts({"what": "engagements", "low": 105.0, "high": 115.0})
    assert only(scorecard(given, seen, OUTCOMES.empty(), INDUSTRY)).coverage.mean == 1.0


@pytest.mark.parametrize(
    ("what", "who", "came"),
    [("conversions", None, 7.0), ("engagements", None, 70.0), ("reach", None, None), ("reach", "a", 100.0),
     ("price", "a", 300.0)],
    ids=["orders add up", "engagements add up", "reach does not", "one creator's reach", "one creator's fee"],
)  # fmt: skip
def test_campaigns_are_answered_by_their_outcomes(what: str, who: str | None, came: float | None) -> None:
    rows = [
        {
            "creator_id": c,
            "campaign": "x",
            "orders": o,
            "engagements": e,
            "reach": 100,
            "cost": 300.0,
            "date": after(30),
        }
        for c, o, e in (("a", 3, 30), ("b", 4, 40))
    ]
    given = forecasts(
        {"what": what, "campaign": "x", "creator_id": who, "low": (came or 0) - 1e-9, "high": came or 1.0}
    )
    found = scorecard(given, POSTS.empty(), outcomes(*rows), INDUSTRY)
    assert [s.coverage.mean for s in found.scores if s.tier == "all"] == ([] if came is None else [1.0])


def test_a_campaign_that_ended_before_the_forecast_is_no_answer() -> None:
    rows = outcomes({"creator_id": "a", "campaign": "x", "orders": 3, "date": after(-1)})
    given = forecasts({"what": "conversions", "campaign": "x", "creator_id": None})
    assert scorecard(given, POSTS.empty(), rows, INDUSTRY).waiting == 1


def test_scores_come_for_all_and_by_tier() -> None:
    given = forecasts({}, {"creator_id": "b", "followers": 5e4}, {"creator_id": "c", "followers": None})
    seen = posts(*({"creator_id": c, "posted_at": after(1)} for c in "abc"))
    found = scorecard(given, seen, OUTCOMES.empty(), INDUSTRY)
    assert [(s.tier, s.n) for s in found.scores] == [("all", 3), ("micro", 1), ("nano", 1), ("untiered", 1)]


def judged(inside: int, n: int) -> Judged:
    came = np.where(np.arange(n) < inside, 100.0, 500.0)
    flat = np.full(n, "views", dtype=object)
    return Judged(flat, np.full(n, "all", dtype=object), np.full(n, 50.0), np.full(n, 200.0), came)


@pytest.mark.parametrize(
    ("inside", "n", "verdict"),
    [(334, 412, "trustworthy"), (250, 412, "too narrow"), (400, 412, "too wide"), (20, 29, "too few to say"),
     (24, 30, "trustworthy")],
    ids=["right", "narrow", "wide", "few", "just enough"],
)  # fmt: skip
def test_the_verdict_follows_from_coverage_and_number(inside: int, n: int, verdict: str) -> None:
    assert only(score(judged(inside, n))).verdict == verdict


def test_the_sentence_says_how_many_and_how_sure() -> None:
    found = score(judged(334, 412))
    assert found.sentence == ("Of 412 forecasts of views, 81% came inside their 80% range (77–85%): trustworthy.")
    assert found.to_dict()["scores"][0]["verdict"] == "trustworthy"


def test_wilsons_interval_solves_its_equation() -> None:
    for inside, n in ((3, 10), (80, 100), (0, 5), (7, 7)):
        found = wilson(inside, n)
        for end in (found.low, found.high):
            if 0 < end < 1:
                assert abs(inside / n - end) == pytest.approx(1.959964 * np.sqrt(end * (1 - end) / n), rel=1e-6)


def test_scores_agree_with_their_definitions() -> None:
    rng = np.random.default_rng(3)
    low = rng.lognormal(4, 1, 40)
    high, came = low * rng.uniform(1.5, 6, 40), low * rng.lognormal(0.5, 1, 40)
    flat = np.full(40, "views", dtype=object)
    found = only(score(Judged(flat, np.full(40, "all", dtype=object), low, high, came)))
    interval, crps = [], []
    for below, above, value in zip(np.log(low + 0.5), np.log(high + 0.5), np.log(came + 0.5), strict=True):
        outside = max(below - value, 0) + max(value - above, 0)
        interval.append(above - below + 2 / 0.2 * outside)
        behind = norm((below + above) / 2, (above - below) / 2 / norm.ppf(0.9))
        left = quad(lambda x, b=behind: b.cdf(x) ** 2, value - 40, value)[0]
        right = quad(lambda x, b=behind: b.sf(x) ** 2, value, value + 40)[0]
        crps.append(left + right)
    assert found.interval_score == pytest.approx(np.mean(interval))
    assert found.crps == pytest.approx(np.mean(crps), rel=1e-4)
    assert found.sharpness == pytest.approx(np.median(np.log((high + 0.5) / (low + 0.5))))


def test_an_honest_forecaster_is_trusted_and_a_bold_one_is_not() -> None:
    rng = np.random.default_rng(8)
    middle = rng.normal(6, 1, 2_000)
    came = np.exp(middle + rng.normal(0, 0.6, 2_000))
    flat, tier = np.full(2_000, "reach", dtype=object), np.full(2_000, "all", dtype=object)
    cards = [
        score(Judged(flat, tier, np.exp(middle - 1.2816 * sd), np.exp(middle + 1.2816 * sd), came))
        for sd in (0.6, 0.3, 1.2)
    ]
    assert [only(card).verdict for card in cards] == ["trustworthy", "too narrow", "too wide"]
    assert only(cards[0]).interval_score < min(only(card).interval_score for card in cards[1:])
    assert only(cards[0]).crps < min(only(card).crps for card in cards[1:])


def test_forecasts_are_kept_with_the_size_of_their_creator() -> None:
    row = {"creator_id": "a", "platform": "tiktok", "format": "video", "n_posts": 3, "views_mean": 9.0,
           "views_low": 5.0, "views_high": 14.0}  # fmt: skip
    made = pa.Table.from_pylist([{n: row.get(n) for n in FORECAST.names}], FORECAST)
    who = pa.table({"creator_id": ["a"], "platform": ["tiktok"], "followers": [700]})
    (kept,) = kept_posts(made, who, MADE).to_pylist()
    assert kept["what"] == "views"
    assert (kept["low"], kept["high"], kept["followers"], kept["level"]) == (5.0, 14.0, 700.0, 0.8)
    assert kept["campaign"] is None
