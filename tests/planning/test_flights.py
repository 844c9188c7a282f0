from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from asterism.brief import Brief
from asterism.errors import Infeasible
from asterism.planning.flights import divisions, flights, free_days, most_posts, phase_weeks, room_for_posts, spread
from asterism.planning.plan import Phase, Pick, Price
from asterism.priors import Priors
from asterism.quantities import Interval

PRIORS = Priors.default()
START = date(2026, 12, 1)


def brief(**more) -> Brief:
    return Brief(**{"goal": "conversions", "budget": "5000 USD", "start": START, **more})


def pick(name: str, package: str, phase: str = "campaign") -> Pick:
    price = Price(Interval.exactly(1.0), "quote")
    return Pick(name, f"@{name}", "tiktok", "micro", phase, package, price, 1.0, 3, ())


def whole(wanted: Brief) -> tuple[Phase, ...]:
    return (Phase("campaign", None, None, "conversions", 1.0, ("micro",), (1, wanted.weeks)),)


def naive_room(free) -> int:
    """The most posts by trying: from every day on, one may go out or not."""
    best = [0] * (len(free) + 8)
    for day in reversed(range(len(free))):
        best[day] = max(best[day + 1], 1 + best[day + 7] if free[day] else 0)
    return best[0]


@pytest.mark.parametrize("seed", range(20))
def test_as_many_posts_fit_as_can_be_a_week_apart(seed: int):
    rng = np.random.default_rng(seed)
    free = rng.random(int(rng.integers(1, 50))) < rng.choice([0.1, 0.4, 0.9])
    assert room_for_posts(free) == naive_room(free)


@pytest.mark.parametrize("seed", range(20))
def test_posts_are_a_week_apart_on_free_days_and_all_of_them_go_out(seed: int):
    rng = np.random.default_rng(seed)
    free = rng.random(int(rng.integers(7, 80))) < rng.choice([0.2, 0.5, 1.0])
    for posts in range(1, room_for_posts(free) + 1):
        days = spread(free, posts, float(rng.random())).tolist()
        assert len(days) == posts
        assert all(free[day] for day in days)
        assert all(b - a >= 7 for a, b in pairwise(days))


def test_posts_are_spread_evenly_and_creators_begin_on_different_days():
    wanted = brief(weeks=8)
    found = flights(wanted, whole(wanted), [pick(name, "2 video") for name in "abcd"])
    gaps = [(f.posts[1].day - f.posts[0].day).days for f in found]
    assert gaps == [28] * 4
    assert len({f.posts[0].day for f in found}) == 4
    assert [p.week for p in found[0].posts] == [1, 5]


def test_blackout_dates_carry_no_posts():
    shut = [{"from": "2026-12-05", "to": "2026-12-20"}, "2026-12-24"]
    wanted = brief(weeks=6, blackout=shut)
    found = flights(wanted, whole(wanted), [pick(name, "1 video + 2 reel") for name in "abcdefg"])
    days = [post.day for f in found for post in f.posts]
    assert len(days) == 21
    assert not any(date(2026, 12, 5) <= day <= date(2026, 12, 20) or day == date(2026, 12, 24) for day in days)
    assert all(START <= day < START + timedelta(weeks=6) for day in days)
    assert [post.format for post in found[0].posts] == ["reel", "reel", "video"]


def test_a_blackout_outside_the_campaign_changes_nothing():
    assert free_days(brief(blackout=["2026-11-30", {"from": "2027-06-01", "to": "2027-07-01"}])).all()
    assert not free_days(brief(blackout={"from": "2026-11-01", "to": "2026-12-01"}))[0]


def test_blackouts_leave_room_for_fewer_posts():
    assert most_posts(brief(weeks=3, blackout={"from": "2026-12-01", "to": "2026-12-10"})) == 2


def test_a_blackout_of_the_whole_campaign_is_infeasible():
    with pytest.raises(Infeasible, match="covers all 2 weeks from 2026-12-01"):
        most_posts(brief(weeks=2, blackout={"from": "2026-11-01", "to": "2027-01-01"}))


def test_without_a_start_posts_have_weeks():
    wanted = brief(start=None, weeks=4)
    (found,) = flights(wanted, whole(wanted), [pick("a", "2 reel")])
    assert [(post.week, post.day) for post in found.posts] == [(1, None), (3, None)]


def test_each_phase_keeps_to_its_own_weeks():
    wanted = brief(weeks=8)
    phases = tuple(
        Phase(name, None, None, "x", 1.0, (), weeks)
        for name, weeks in zip(("open", "follow"), phase_weeks(wanted, 3), strict=True)
    )
    first, second = flights(wanted, phases, [pick("a", "3 reel", "open"), pick("b", "3 reel", "follow")])
    assert [post.week for post in first.posts] == [1, 2, 3]
    assert all(4 <= post.week <= 8 for post in second.posts)


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"weeks": 8}, {(3, 5, (3, 3))}),
        ({"weeks": 4}, {(3, 1, (3, 1)), (2, 2, (2, 2)), (1, 3, (1, 3))}),
        ({"weeks": 2}, {(1, 1, (1, 1))}),
        ({"weeks": 1}, set()),
        ({"weeks": 8, "occasion": "launch"}, {(2, 6, (2, 3))}),
        ({"weeks": 8, "limits": {"posts_per_creator": 1}}, {(3, 5, (1, 1))}),
        ({"weeks": 8, "blackout": {"from": "2026-12-01", "to": "2026-12-18"}}, {(5, 3, (3, 3))}),
        ({"weeks": 2, "blackout": {"from": "2026-12-01", "to": "2026-12-07"}}, set()),
    ],
    ids=["usual", "short", "two weeks", "one week", "launch", "one post", "late start", "nothing left to open"],
)
def test_the_weeks_are_divided_in_every_way_that_makes_a_difference(more, found):
    ways = divisions(brief(**more), PRIORS)
    assert {(way.opening, way.following, way.posts) for way in ways} == found
