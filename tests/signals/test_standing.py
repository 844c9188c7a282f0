"""Where a creator stands among peers, judged by simulation with plain loops."""

import numpy as np
import pytest

from asterism.creators.tables import Tables
from asterism.priors.entries import number
from asterism.signals.lineup import Lineup, line_up
from asterism.signals.shrink import Evidence
from asterism.signals.standing import by_rate, by_share, overdispersion, say
from tests.signals.given import brief, creators

BELIEF = number("test", (0.2, 0.05, 0.6), unit="share")


def lineup(n: int, platform: str = "instagram") -> Lineup:
    who = creators(*({"creator_id": f"c{i:05}", "platform": platform, "followers": 10_000} for i in range(n)))
    return line_up(Tables(who), brief())


def test_the_score_is_the_chance_that_a_peer_is_below() -> None:
    rng = np.random.default_rng(0)
    true = rng.beta(2, 6, 3000)
    trials = rng.integers(1, 60, 3000).astype(float)
    found = by_share(lineup(3000), rng.binomial(trials.astype(int), true).astype(float), trials, BELIEF)
    place = np.array([np.mean(true < one) for one in true])
    assert np.mean(found.score - place) == pytest.approx(0.0, abs=0.01)
    assert np.mean((found.score - place) ** 2) == pytest.approx(np.mean(found.sd**2), rel=0.12)
    assert np.mean((found.low < true) & (true < found.high)) == pytest.approx(0.8, abs=0.03)
    assert np.mean((found.figure - true) ** 2) < 0.9 * np.mean((np.mean(true) - true) ** 2)


def test_nothing_observed_is_unknown_and_little_observed_is_near_one_half() -> None:
    hits, trials = np.array([0.0, 1.0, *[3.0] * 30]), np.array([0.0, 1.0, *[20.0] * 30])
    found = by_share(lineup(32), hits, trials, BELIEF)
    assert np.isnan(found.score[0])
    assert found.sd[1] > 0.2
    assert found.score[1] == pytest.approx(0.5, abs=0.35)


def test_platforms_are_judged_apart() -> None:
    who = creators(*({"creator_id": str(i), "platform": p, "followers": 9_000}
                     for i in range(60) for p in ("instagram", "youtube")))  # fmt: skip
    both = line_up(Tables(who), brief())
    hits = np.where(both.platform == "youtube", 90.0, 10.0)
    found = by_share(both, hits, np.full(120, 100.0), BELIEF)
    assert np.ptp(found.score) < 0.05


def test_a_rate_is_placed_by_its_logarithm_with_its_doubt() -> None:
    rng = np.random.default_rng(1)
    true = rng.normal(np.log(0.2), 0.6, 2000)
    n = rng.integers(1, 12, 2000).astype(float)
    mean = true + rng.normal(0, 0.7, 2000) / np.sqrt(n)
    var = np.where(n > 1, 0.49 * rng.chisquare(np.maximum(n - 1, 1)) / np.maximum(n - 1, 1), np.nan)
    found = by_rate(lineup(2000), Evidence(n, mean, var), BELIEF, 0.7)
    place = np.array([np.mean(true < one) for one in true])
    assert np.mean((found.score - place) ** 2) == pytest.approx(np.mean(found.sd**2), rel=0.1)
    assert np.mean((np.log(found.low) < true) & (true < np.log(found.high))) == pytest.approx(0.8, abs=0.03)
    assert np.allclose(found.turned().score, 1 - found.score)


def test_posts_that_agree_by_chance_are_not_overdispersed_and_posts_that_do_not_are() -> None:
    rng = np.random.default_rng(2)
    for spread, least, most in ((0.0, 1.0, 1.1), (0.35, 2.0, 12.0)):
        x = np.array([[rng.binomial(20, np.clip(0.5 + spread * rng.normal(), 0, 1)) for _ in range(5)]
                      for _ in range(400)], dtype=float)  # fmt: skip
        found = overdispersion(x.sum(axis=1), np.full(400, 100.0), (x**2 / 20).sum(axis=1), np.full(400, 5.0))
        assert least <= found <= most


def test_evidence_is_said_where_known_and_explained_where_not() -> None:
    said = say("{:,.0f} of {:,.0f}", (np.array([1.0, 2.0]), np.array([1000.0, 4.0])), np.array([True, False]), "none")
    assert said.tolist() == ["1 of 1,000", "none"]
