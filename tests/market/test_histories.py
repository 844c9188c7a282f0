"""Histories of simulated creators: they end today, grow smoothly, and step where the truth says."""

from datetime import timedelta

import numpy as np
import pytest

from asterism.creators.tables import ANNOTATIONS, SNAPSHOTS
from asterism.market.histories import WEEKS, Histories, draw_histories
from asterism.market.posts import TODAY
from asterism.market.simulation import Market, simulate


@pytest.fixture(scope="module")
def market() -> Market:
    return simulate(200, 2_000, seed=9)


@pytest.fixture(scope="module")
def past(market: Market) -> Histories:
    return draw_histories(np.random.default_rng(3), market.truth)


def gains(past: Histories) -> np.ndarray:
    return np.diff(np.log(past.snapshots["followers"].to_numpy().reshape(-1, WEEKS + 1)), axis=1)


def test_tables_are_in_their_schemas(past: Histories) -> None:
    assert past.snapshots.schema.equals(SNAPSHOTS.arrow)
    assert past.annotations.schema.equals(ANNOTATIONS.arrow)


def test_every_history_ends_today_with_the_followers_of_today(market: Market, past: Histories) -> None:
    followers = past.snapshots["followers"].to_numpy().reshape(-1, WEEKS + 1)
    assert followers[:, -1].tolist() == market.truth.followers.tolist()
    assert past.snapshots["as_of"][WEEKS].as_py().replace(tzinfo=None) == TODAY.astype(object)


def test_only_those_who_bought_or_jumped_ever_step(past: Histories) -> None:
    stepped = gains(past).max(axis=1) > 0.1
    assert not stepped[(past.bought == 0) & ~past.jumped].any()
    assert stepped[past.bought > 0].all()
    assert 0.02 < (past.bought > 0).mean() < 0.3


def test_a_step_brings_all_fake_followers_at_once(market: Market, past: Histories) -> None:
    followers = past.snapshots["followers"].to_numpy().reshape(-1, WEEKS + 1)
    bought = past.bought > 0
    assert np.diff(followers, axis=1).max(axis=1)[bought] == pytest.approx(market.truth.fakes[bought], rel=0.1)
    assert past.bought[bought] == pytest.approx(market.truth.fake_share[bought])


def test_every_other_honest_jump_has_an_annotation_in_its_week(market: Market, past: Histories) -> None:
    noted = {row["creator_id"]: row["date"] for row in past.annotations.to_pylist()}
    jumped = [name for name, jump in zip(market.truth.roster.ids, past.jumped, strict=True) if jump]
    assert set(noted) == set(jumped[1::2])
    times = past.snapshots["as_of"].to_pylist()
    for name, date in noted.items():
        row = market.truth.column(name)
        week = int(gains(past)[row].argmax())
        start = times[row * (WEEKS + 1) + week]
        assert start <= date <= start + timedelta(days=7)


def test_engagement_rises_with_honest_jumps_without_annotation_and_with_no_others(
    market: Market, past: Histories
) -> None:
    acts = np.log(past.snapshots["avg_engagements"].to_numpy().reshape(-1, WEEKS + 1))
    noted = np.isin(market.truth.roster.ids, past.annotations["creator_id"].to_pylist())
    week = gains(past).argmax(axis=1)
    rose = np.array([acts[r, w + 1 : w + 5].mean() - acts[r, max(w - 3, 0) : w + 1].mean() for r, w in enumerate(week)])
    size = gains(past).max(axis=1)
    quiet = past.jumped & ~noted
    assert (rose[quiet] / size[quiet]).mean() > 0.7
    for without in (past.bought > 0, noted):
        assert abs((rose[without] / size[without]).mean()) < 0.2
