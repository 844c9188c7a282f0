"""The market as a whole: one seed, one market; followers are links × scale + fakes; niches share people."""

import itertools

import numpy as np
import pytest

from asterism.creators.tables import FOLLOWERS, OVERLAPS, SCHEMAS
from asterism.errors import BadInput, WrongUsage
from asterism.market import MarketOptions, simulate

TABLES = ("creators", "posts", "audiences", "rates", "outcomes")


def test_the_same_seed_gives_the_same_bytes(small):
    again = simulate(40, 3_000, seed=5, options=MarketOptions(with_quotes=1.0, with_profiles=1.0))
    for name in SCHEMAS:
        assert getattr(again.tables, name).equals(getattr(small.tables, name))
    assert again.truth.follows.person.tobytes() == small.truth.follows.person.tobytes()
    assert again.truth.rates.act.tobytes() == small.truth.rates.act.tobytes()
    assert again.followers(fakes=True).equals(small.followers(fakes=True))


def test_another_seed_gives_another_market(small):
    other = simulate(40, 3_000, seed=6, options=MarketOptions(with_quotes=1.0, with_profiles=1.0))
    assert not other.tables.creators.equals(small.tables.creators)


@pytest.mark.parametrize(
    ("options", "same"),
    [
        (MarketOptions(priming=1.8), TABLES),
        (MarketOptions(fees={"mega": 3.0}), ("creators", "posts", "audiences")),
        (MarketOptions(with_profiles=0.1), ("creators", "posts", "rates", "outcomes")),
        (MarketOptions(with_quotes=0.9), ("creators", "posts", "audiences")),
    ],
    ids=["priming", "fees", "profiles", "quotes"],
)
def test_a_knob_leaves_the_luck_of_other_steps_alone(options, same):
    plain, turned = simulate(30, 2_000, seed=3), simulate(30, 2_000, seed=3, options=options)
    for name in same:
        assert getattr(turned.tables, name).equals(getattr(plain.tables, name))


def test_followers_are_links_times_scale_plus_fakes(market):
    truth = market.truth
    shown = market.tables.creators["followers"].to_numpy()
    assert np.array_equal(shown, np.rint(np.diff(truth.follows.start) * (20_000_000 / 60_000)) + truth.fakes)


def test_followers_shown_are_near_the_size_drawn(market):
    ratio = market.truth.followers / market.truth.roster.drawn
    assert np.median(ratio) == pytest.approx(1, abs=0.01)
    large = market.truth.roster.drawn > 30_000
    assert np.allclose(ratio[large], 1, atol=0.06)


def test_fakes_are_the_share_drawn(market):
    assert np.allclose(market.truth.fake_share, market.truth.roster.fake, atol=0.001)


def test_a_market_without_fakes_shows_real_followers_only():
    truth = simulate(30, 2_000, options=MarketOptions(fake_factor=0.0)).truth
    assert not truth.fakes.any()
    assert np.allclose(truth.followers, truth.audience, atol=0.5)


def duplication(truth, a, b):
    """How many times more people two creators share than two random sets of their size would in the country."""
    home = truth.people.wanted({"country": ["US"]}).sum() * truth.scale
    return truth.overlap(a, b) * home / (truth.audience[truth.column(a)] * truth.audience[truth.column(b)])


def test_creators_of_one_niche_share_more_people_than_chance_and_than_others_do(market):
    truth, same, other = market.truth, [], []
    places = truth.people.places
    large = [c for c in range(400) if truth.follows.counts[c] > 250 and places[truth.roster.place[c]].country == "US"]
    for a, b in itertools.combinations(large[:50], 2):
        found = same if truth.roster.niche[a] == truth.roster.niche[b] else other
        found.append(duplication(truth, truth.roster.ids[a], truth.roster.ids[b]))
    assert np.median(same) > 1.8
    assert np.median(other) > 1.0
    assert np.median(same) > 1.5 * np.median(other)


def test_small_creators_are_local_and_large_ones_are_not(market):
    truth, shares = market.truth, {"small": [], "large": []}
    cities, codes = truth.people.buckets("city"), truth.people.codes("city")
    for creator in range(400):
        city = truth.people.places[truth.roster.place[creator]].city
        if city and not 1e4 < truth.roster.drawn[creator] < 3e5:
            near = (codes[truth.follows.of(creator)] == cities.index(city)).mean()
            shares["small" if truth.roster.drawn[creator] < 1e4 else "large"].append(near)
    assert np.median(shares["small"]) > 0.35 > 0.2 > np.median(shares["large"])


def test_overlaps_are_those_of_the_truth(small):
    ids = small.truth.roster.ids[:10]
    table = small.overlaps(ids)
    assert table.schema == OVERLAPS.arrow
    assert table.num_rows == 45
    for row in table.to_pylist():
        assert row["shared"] == pytest.approx(small.truth.overlap(row["a"], row["b"]), abs=0.51)


def test_overlaps_below_the_least_are_left_out(small):
    whole = small.overlaps()
    cut = small.overlaps(least=20_000)
    assert 0 < cut.num_rows < whole.num_rows
    assert cut.num_rows == sum(row["shared"] >= 20_000 for row in whole.to_pylist())


def test_follower_ids_are_the_people_who_follow(small):
    table = small.followers()
    assert table.schema == FOLLOWERS.arrow
    lists = {}
    for row in table.to_pylist():
        lists.setdefault(row["creator_id"], set()).add(row["person"])
    for a, b in itertools.combinations(small.truth.roster.ids, 2):
        shared = len(lists[a] & lists[b]) * small.truth.scale
        assert shared == pytest.approx(small.truth.overlap(a, b))
    assert sum(map(len, lists.values())) == table.num_rows == small.truth.follows.person.size


def test_fake_ids_follow_one_creator_only(small):
    real, whole = small.followers(), small.followers(fakes=True)
    engaged = set(real["person"].to_pylist())
    fakes = [person for person in whole["person"].to_pylist() if person not in engaged]
    assert len(fakes) == len(set(fakes)) == whole.num_rows - real.num_rows > 0
    assert len(fakes) * small.truth.scale == pytest.approx(small.truth.fakes.sum(), rel=0.1)


def test_followers_of_some_creators_only(small):
    chosen = list(small.truth.roster.ids[3:5])
    assert set(small.followers(chosen)["creator_id"].to_pylist()) == set(chosen)
    assert small.followers([]).num_rows == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"focus": 1.0}, "`focus` is 1.0. Give a number from 0 to below 1"),
        ({"with_quotes": 1.5}, "`with_quotes` is 1.5. Give a share"),
        ({"universe": 0}, "`universe` is 0. Give a number above 0"),
        ({"fees": {"mid": 2.0}}, "`fees` names .'mid'.. Name nano"),
        ({"niches": ()}, "at least one country and one niche"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_unsound_options_are_refused(wrong, said):
    with pytest.raises(BadInput, match=said):
        MarketOptions(**wrong)


def test_a_market_of_nobody_is_refused():
    with pytest.raises(WrongUsage, match="make no market"):
        simulate(0, 50)
