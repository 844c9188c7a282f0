import numpy as np
import pytest

from asterism.audience.samples import Samples
from asterism.measurement.costs import Costs
from asterism.measurement.delivered import Delivered
from asterism.measurement.events import Partner
from asterism.measurement.ledger import Line, Return
from asterism.measurement.reached import BY_PRIOR, BY_SAMPLES, Audience, reach_once, with_reach
from asterism.measurement.tracked import Tracked

PEOPLE = [f"p{i}" for i in range(100)]
ANN, BOB = PEOPLE[:60], PEOPLE[40:]
"""Sixty people each, twenty of them both's."""
SAMPLES = Samples.from_followers([*ANN, *BOB], ["ann"] * 60 + ["bob"] * 60)


def line(creator, reach, key="", **more):
    figures = {"impressions": None if reach is None else 2 * reach, **more}
    partner = Partner(key or creator, "c", creator, "instagram", "micro" if creator == "ann" else "macro")
    return Line(partner, creator, Costs(), Tracked(), Delivered(reach=reach, **figures))


def once(*lines, **audience):
    return reach_once(lines, Audience(**audience))


def test_the_whole_audience_of_both_counts_its_twenty_shared_people_once():
    found = once(line("ann", 60), line("bob", 60), samples=SAMPLES)
    assert found.people.mean == pytest.approx(100)
    assert (found.rung, found.method, found.of, found.lacking) == (1, BY_SAMPLES, 2, 0)


def test_chances_are_scaled_so_that_each_reach_is_the_one_measured():
    """Half of each audience: 40 people alone at one half, 20 shared at three quarters, twice."""
    found = once(line("ann", 30), line("bob", 30), samples=SAMPLES)
    assert found.people.mean == pytest.approx(80 * 0.5 + 20 * 0.75)
    assert once(line("ann", 30), samples=SAMPLES).people.mean == pytest.approx(30)


def test_frequency_is_impressions_per_person():
    found = once(line("ann", 60), line("bob", 60), samples=SAMPLES)
    assert found.frequency.mean == pytest.approx(240 / 100)
    assert once(line("ann", 60, impressions=0), samples=SAMPLES).frequency.mean == 1


def test_on_target_is_the_wanted_part_of_those_reached():
    worth = np.isin(np.arange(SAMPLES.n_people), np.flatnonzero(np.diff(SAMPLES.start) == 2)).astype(float)
    found = once(line("ann", 60), line("bob", 60), samples=SAMPLES.with_worth(worth))
    assert found.on_target == pytest.approx(0.2)
    assert found.people.mean == pytest.approx(100)
    assert once(line("ann", 60), samples=SAMPLES).on_target is None


def test_two_collaborations_of_one_creator_meet_in_one_audience():
    found = once(line("ann", 30, "1"), line("ann", 30, "2"), samples=SAMPLES)
    assert found.people.mean == pytest.approx(60 * (1 - 0.5**2))
    assert found.people.low == pytest.approx(30)
    assert found.people.high <= 60


def test_people_beyond_the_audience_are_counted_with_their_doubt():
    found = once(line("ann", 90), line("bob", 60), samples=SAMPLES)
    assert found.people.low == pytest.approx(100)
    assert 100 < found.people.mean < found.people.high <= 150


def test_without_samples_the_prior_says_how_many_are_shared():
    found = once(line("ann", 6_000), line("bob", 6_000))
    assert (found.rung, found.method) == (4, BY_PRIOR)
    assert 6_000 <= found.people.low < found.people.mean < found.people.high <= 12_000


@pytest.mark.parametrize("universe", [7_000, 50_000, 5_000_000])
def test_nobody_is_reached_who_is_not_there(universe):
    found = once(line("ann", 6_000), line("bob", 6_000), universe=universe)
    assert found.people.high <= min(universe, 12_000)
    assert found.people.low >= 6_000


def test_samples_that_lack_somebody_serve_nobody():
    assert once(line("ann", 60), line("cem", 60), samples=SAMPLES).method == BY_PRIOR


def test_who_has_no_reach_is_left_out_and_counted():
    found = once(line("ann", 60), line("bob", None), samples=SAMPLES)
    assert (found.of, found.lacking) == (1, 1)
    assert once(line("bob", None), samples=SAMPLES) is None


def test_the_weakest_origin_is_said():
    assert once(line("ann", 60), line("bob", 60, origin="creator"), samples=SAMPLES).origin == "creator"


def test_a_ledger_carries_the_reach_of_all_and_of_each_tier_and_never_their_sum():
    result = Return("EUR", "last_click 1", None, (line("ann", 60), line("bob", 60)))
    found = with_reach(result, Audience(samples=SAMPLES))
    tiers = {group.names[0]: group.reach.people.mean for group in found.by("tier")}
    assert tiers == pytest.approx({"micro": 60, "macro": 60})
    assert found.total.reach.people.mean == pytest.approx(100)
    assert found.total.delivered.reach is None
    assert found.by("creator")[0].reach is None
    assert found.to_dict()["total"]["reach"]["people"]["mean"] == pytest.approx(100)


def test_a_ledger_without_any_reach_stays_as_it_is():
    result = Return("EUR", "last_click 1", None, (line("ann", None),))
    assert with_reach(result, Audience()) is result
