"""Follows: the right number of different people, drawn by activity, interest and nearness."""

from dataclasses import replace

import numpy as np
import pytest

from asterism.market import MarketOptions
from asterism.market.follows import Follows, draw_follows
from asterism.market.people import draw_people
from asterism.market.roster import draw_roster

OPTIONS = MarketOptions()
PEOPLE = draw_people(np.random.default_rng(0), 6_000, OPTIONS)
OF_THE_DRAW = ("niche", "place", "local", "abroad", "appeal")
ROSTER = draw_roster(np.random.default_rng(1), 60, OPTIONS)


def drawn(counts, focus=0.7, roster=ROSTER, seed=2) -> Follows:
    return draw_follows(np.random.default_rng(seed), PEOPLE, roster, np.asarray(counts), focus)


@pytest.mark.parametrize("count", [1, 7, 300, 1_500], ids=lambda count: f"{count} followers")
def test_every_creator_gets_exactly_the_followers_asked_for_and_nobody_twice(count):
    follows = drawn(np.full(60, count))
    assert follows.counts.tolist() == [count] * 60
    for creator in range(60):
        fans = follows.of(creator).tolist()
        assert fans == sorted(set(fans))
        assert 0 <= fans[0] <= fans[-1] < PEOPLE.size


def weights(creator: int, focus: float) -> np.ndarray:
    """The weight of each person, written out person by person."""
    home, found = PEOPLE.places[ROSTER.place[creator]], []
    for person in range(PEOPLE.size):
        place = PEOPLE.places[PEOPLE.cell[person] // 12]
        near = 1.0 if place.country == home.country else ROSTER.abroad[creator]
        near *= 1.0 if place.language == home.language else 0.08
        near *= ROSTER.local[creator] if place.city == home.city != "" else 1.0
        strength = PEOPLE.interest[person, ROSTER.niche[creator]]
        alike = ROSTER.appeal[creator][PEOPLE.cell[person] % 12]
        found.append((PEOPLE.activity[person] + 1e-3) * ((1 - focus) + focus * 12 * strength) * near * alike)
    return np.array(found)


@pytest.mark.parametrize("focus", [0.3, 0.85])
def test_people_are_drawn_in_proportion_to_their_weight(focus):
    creator = 11
    copies = {part: np.repeat(getattr(ROSTER, part)[[creator]], 4_000, axis=0) for part in OF_THE_DRAW}
    follows = drawn(np.ones(4_000, dtype=int), focus, replace(ROSTER, **copies))
    drawn_people = np.bincount(follows.person, minlength=PEOPLE.size)
    expected = weights(creator, focus)
    expected *= drawn_people.sum() / expected.sum()
    group = np.argsort(np.argsort(expected)) * 12 // PEOPLE.size  # twelve groups of rising weight
    found, wanted = np.bincount(group, drawn_people), np.bincount(group, expected)
    assert np.allclose(found, wanted, atol=4 * np.sqrt(wanted) + 4)


def test_heavier_users_follow_more():
    degree = np.bincount(drawn(np.full(60, 300)).person, minlength=PEOPLE.size)
    heavy = PEOPLE.activity > np.quantile(PEOPLE.activity, 0.9)
    light = PEOPLE.activity < np.quantile(PEOPLE.activity, 0.5)
    assert degree[heavy].mean() > 4 * degree[light].mean()


def test_focus_decides_how_much_interest_matters():
    means = []
    for focus in (0.0, 0.5, 0.9):
        follows = drawn(np.full(60, 200), focus)
        own = [PEOPLE.interest[follows.of(c), ROSTER.niche[c]].mean() for c in range(60)]
        means.append(np.mean(own))
    assert means == sorted(means)
    assert means[2] > 2 * means[0]
