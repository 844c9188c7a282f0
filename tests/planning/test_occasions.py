"""Each occasion changes what is bought or when, and nothing else does."""

from datetime import date

import numpy as np
import pytest

from asterism.brief import Brief
from asterism.planning.flights import flights, most_posts
from asterism.planning.occasions import suited
from asterism.planning.packages import make_offers
from asterism.planning.plan import Phase
from asterism.priors import Priors
from tests.planning.making import Creator, signals_of
from tests.planning.test_flights import pick

PRIORS = Priors.default()
CREATORS = [Creator("small", fee=300.0), Creator("dear", followers=900_000, fee=6_000.0), Creator("other", fee=200.0)]


def brief(occasion: str | None, **more) -> Brief:
    return Brief(**{"goal": "conversions", "budget": "20000 USD", "occasion": occasion, **more})


@pytest.mark.parametrize(
    ("occasion", "more", "posts"),
    [
        (None, {}, 3),
        ("launch", {}, 3),
        ("local", {}, 3),
        ("test", {}, 1),
        ("test", {"limits": {"posts_per_creator": 2}}, 2),
        ("always_on", {"weeks": 4}, 3),
        ("always_on", {"weeks": 10}, 5),
        ("always_on", {"weeks": 52}, 6),
        ("always_on", {"weeks": 52, "limits": {"posts_per_creator": 3}}, 3),
    ],
    ids=str,
)
def test_an_occasion_suggests_how_many_posts_and_the_brief_has_the_last_word(occasion, more, posts: int):
    assert most_posts(brief(occasion, **more)) == posts


def test_a_number_of_posts_from_the_occasion_is_no_default_of_ours():
    assert "limits.posts_per_creator" in brief("launch").defaults_used
    assert "limits.posts_per_creator" not in brief("test").defaults_used
    assert "limits.posts_per_creator" not in brief("always_on").defaults_used


def test_a_test_makes_no_bet_above_a_tenth_of_the_budget():
    offers = make_offers(signals_of(CREATORS), brief("test"), PRIORS)
    stay = suited(offers, brief("test"), np.ones(3))
    assert stay.any()
    assert (offers.cost[stay] <= 200_000).all()
    assert (offers.cost[~stay] > 200_000).all()


@pytest.mark.parametrize(
    ("target", "near"),
    [([0.3, 0.01, 0.02], [True, False, False]), ([0.5, 0.5, 0.5], [True, True, True])],
    ids=["one is near", "nobody is nearer"],
)
def test_local_means_those_whose_audience_lives_there(target: list[float], near: list[bool]):
    offers = make_offers(signals_of(CREATORS), brief("local"), PRIORS)
    stay = suited(offers, brief("local"), np.array(target))
    assert [bool(stay[offers.creator == c].all()) for c in range(3)] == near


@pytest.mark.parametrize("occasion", [None, "launch", "always_on"])
def test_other_occasions_leave_every_offer(occasion: str | None):
    offers = make_offers(signals_of(CREATORS), brief(occasion), PRIORS)
    assert suited(offers, brief(occasion), np.array([0.3, 0.01, 0.02])).all()


def test_the_opening_of_a_launch_goes_out_at_once_and_of_others_day_by_day():
    phases = (Phase("open", None, None, "awareness", 1.0, (), (1, 2)),)
    picks = [pick(name, "1 video", "open") for name in "abc"]
    begun = {}
    for occasion in ("launch", None):
        wanted = brief(occasion, start=date(2026, 12, 1))
        begun[occasion] = {f.posts[0].day for f in flights(wanted, phases, picks)}
    assert begun["launch"] == {date(2026, 12, 1)}
    assert len(begun[None]) == 3
