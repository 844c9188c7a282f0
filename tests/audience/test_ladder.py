from dataclasses import replace

import numpy as np
import pytest

from asterism.audience.ladder import climb, keys, second_panel
from asterism.audience.reach import reach
from asterism.brief import Brief
from asterism.creators.tables import Tables
from asterism.desk.loading import signals_of
from asterism.desk.plan import conformed
from asterism.market import simulate
from asterism.priors import Priors

MARKET = simulate(40, 4_000, seed=3)
BRIEF = Brief(goal="awareness", budget="9000 USD")
PRIORS = Priors.default()


def samples_of(tables: Tables, brief: Brief = BRIEF):
    signals = signals_of(tables, brief, PRIORS)
    found = climb(tables, signals, brief, PRIORS)
    return found.samples, found.warnings, signals


@pytest.mark.parametrize(
    ("tables", "rungs"),
    [
        (replace(MARKET.tables, followers=MARKET.followers()), {1}),
        (replace(MARKET.tables, overlaps=MARKET.overlaps()), {2}),
        (MARKET.tables, {3, 4}),
        (Tables(MARKET.tables.creators), {4}),
    ],
    ids=["ids", "overlaps", "some profiles", "niche and country"],
)
def test_the_strongest_evidence_that_covers_everybody_is_used(tables, rungs):
    samples, warnings, signals = samples_of(tables)
    assert set(samples.rung.tolist()) == rungs
    assert samples.creators == keys(signals)
    assert not warnings


def test_evidence_for_a_part_is_left_aside_and_said_so():
    some = MARKET.followers(MARKET.tables.creators["creator_id"].to_pylist()[:7])
    samples, warnings, _ = samples_of(replace(MARKET.tables, followers=some))
    assert 1 not in samples.rung
    assert "Follower ids cover 7 of 40 candidates" in warnings[0]


def test_every_rung_gives_a_creator_its_own_audience():
    for tables in (replace(MARKET.tables, followers=MARKET.followers()), MARKET.tables):
        samples, _, signals = samples_of(tables)
        sizes = signals.creators["audience"].to_numpy()
        for c in (0, 11, 39):
            assert reach(samples, [samples.creators[c]]).people == pytest.approx(sizes[c], rel=0.01)


def test_a_target_is_met_as_the_truth_has_it():
    brief = Brief(goal="awareness", budget="9000 USD", audience={"countries": ["US"]})
    samples, _, signals = samples_of(MARKET.tables, brief)
    ids, sizes = signals.creators["creator_id"].to_pylist(), signals.creators["audience"].to_numpy()
    found = np.array([reach(samples, [c]).people for c in samples.creators]) / sizes
    true = np.array([MARKET.truth.on_target(i, brief.audience.wanted) for i in ids])
    profiled = samples.rung == 3
    gap = np.abs(found - true)
    assert np.average(gap[profiled], weights=sizes[profiled]) < 0.03
    assert np.average(gap, weights=sizes) < 0.1


def test_a_dimension_nobody_was_asked_about_counts_as_one_share_for_all():
    tables = Tables(MARKET.tables.creators)
    some = samples_of(tables, Brief(goal="awareness", budget="9000 USD", audience={"ages": ["18-24"]}))[0]
    assert np.unique(some.worth.round(9)).size == 1
    assert 0.02 < some.worth[0] < 0.6


def test_a_universe_too_small_for_an_audience_is_said():
    _, warnings, _ = samples_of(MARKET.tables, Brief(goal="awareness", budget="9000 USD", universe=1_000))
    assert "cannot hold an audience" in warnings[0]


def test_two_platforms_may_share_an_id():
    creators = MARKET.tables.creators.slice(0, 2)
    twice = creators.set_column(0, creators.schema.field(0), [["same", "same"]])
    twice = twice.set_column(3, creators.schema.field(3), [["instagram", "tiktok"]])
    samples, _, _ = samples_of(Tables(twice))
    assert samples.creators == ("same@instagram", "same@tiktok")


def whole(followers, size):
    """A market whose audiences are as large as their lists of ids, each of `size` people."""
    ids = [f"c{c}" for c in range(followers)]
    rng = np.random.default_rng(0)
    lists = [rng.choice(6_000, size, replace=False) for _ in ids]
    creators = {
        "creator_id": ids,
        "handle": ids,
        "platform": ["instagram"] * followers,
        "followers": [size] * followers,
    }
    pairs = {"creator_id": np.repeat(ids, size), "person": np.concatenate(lists).astype(str)}
    return Tables(conformed("creators", creators), followers=conformed("followers", pairs))


def second_of(tables: Tables):
    return second_panel(tables, signals_of(tables, BRIEF, PRIORS), BRIEF, PRIORS)


def test_a_second_panel_holds_other_people_of_the_same_audiences():
    tables = whole(5, 3_000)
    first, second = samples_of(tables)[0], second_of(tables)
    assert second.creators == first.creators
    assert second.weight.size != first.weight.size or not np.array_equal(second.weight, first.weight)
    for name in second.creators:
        assert reach(second, [name]).people == pytest.approx(3_000, rel=1e-6)


@pytest.mark.parametrize(
    "tables",
    [
        whole(5, 900),
        replace(MARKET.tables, followers=MARKET.followers()),
        replace(MARKET.tables, followers=MARKET.followers(MARKET.tables.creators["creator_id"].to_pylist()[:7])),
        MARKET.tables,
    ],
    ids=["a panel of everybody", "a sample of the followers", "ids for a part", "no ids"],
)
def test_without_an_independent_panel_there_is_none(tables):
    assert second_of(tables) is None
