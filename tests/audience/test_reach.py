"""People counted once: the kernels against plain loops, and what reach may never do."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asterism.audience import _kernels as kernels
from asterism.audience.reach import LEAST_DOUBT, Z, by_variant, frequency, overlap_of, reach
from asterism.audience.samples import Samples
from asterism.audience.sampling import sampling_error
from asterism.errors import BadInput, NotFound
from tests.naive import audience as naive

N_CREATORS = 6


@st.composite
def samples(draw, certain: bool = False) -> Samples:
    """Up to a dozen people in up to three variants, each with links to some of six creators."""
    rows = draw(st.lists(st.sets(st.integers(0, N_CREATORS - 1)), min_size=1, max_size=12))
    rng = np.random.default_rng(draw(st.integers(0, 9999)))
    n_variants = draw(st.integers(1, 3))
    links = [c for row in rows for c in sorted(row)]
    return Samples(
        creators=tuple("abcdef"),
        weight=rng.uniform(1, 9, len(rows)),
        start=np.cumsum([0, *map(len, rows)]).astype(np.int64),
        link=np.array(links, np.int32),
        chance=np.ones(len(links)) if certain else rng.choice([1.0, 0.5, 0.25, rng.uniform(0.01, 1)], len(links)),
        rung=rng.integers(1, 5, N_CREATORS).astype(np.int8),
        sizes=np.ones(N_CREATORS),
        variant=rng.integers(0, n_variants, len(rows)).astype(np.int16),
        n_variants=n_variants,
        error=0.03,
        worth=rng.choice([0.0, 0.4, 1.0], len(rows)),
    )


multipliers = st.lists(st.sampled_from([0.0, 0.2, 0.7, 1.0]), min_size=N_CREATORS, max_size=N_CREATORS).map(np.array)
sets = st.lists(st.sampled_from("abcdef"), unique=True)


def rows_of(people: Samples) -> list[list[tuple[int, float]]]:
    return [
        list(zip(people.link[a:b].tolist(), people.chance[a:b].tolist(), strict=True))
        for a, b in zip(people.start[:-1], people.start[1:], strict=True)
    ]


def mass(people: Samples) -> list[float]:
    return (people.weight * people.worth).tolist()


@given(samples(), multipliers)
@settings(deadline=None)
def test_the_union_equals_its_naive_twin(people, multiplier):
    twin = naive.union_by_variant(rows_of(people), multiplier, mass(people), people.variant.tolist(), people.n_variants)
    assert by_variant(people, multiplier) == pytest.approx(twin)


@given(samples(), multipliers, st.integers(1, 8))
@settings(deadline=None)
def test_the_frequency_equals_its_naive_twin(people, multiplier, classes):
    twin = naive.frequency(rows_of(people), multiplier, mass(people), classes)
    assert frequency(people, multiplier, classes) == pytest.approx(twin, abs=1e-9)


@given(samples(), multipliers)
@settings(deadline=None)
def test_single_audiences_equal_their_naive_twin(people, multiplier):
    weight = np.array(mass(people))
    found = kernels.audiences_by_variant(
        people.start, people.link, people.chance, multiplier, weight, people.variant, people.n_variants
    )
    twin = naive.audiences_by_variant(
        rows_of(people), multiplier, mass(people), people.variant.tolist(), people.n_variants
    )
    assert found == pytest.approx(np.array(twin))


@given(samples(), sets)
@settings(deadline=None)
def test_shared_people_equal_their_naive_twin(people, chosen):
    twin = naive.shared(rows_of(people), ["abcdef".index(c) for c in chosen], mass(people))
    assert overlap_of(people, chosen) == pytest.approx(np.array(twin).reshape(len(chosen), len(chosen)))


@given(samples(), sets.filter(bool), st.sampled_from([0.3, 1.0]))
@settings(deadline=None)
def test_the_sampling_error_is_that_of_a_regression_written_out(people, chosen, rate):
    columns = people.index(chosen)
    multiplier = np.zeros(N_CREATORS)
    multiplier[columns] = rate
    twin = naive.residual_variance(rows_of(people), columns.tolist(), multiplier, people.weight, people.worth)
    assert sampling_error(people, columns, multiplier, people.worth) ** 2 == pytest.approx(twin, abs=1e-6)


@given(samples(), sets, st.sampled_from("abcdef"))
@settings(deadline=None)
def test_reach_never_falls_when_a_creator_is_added(people, chosen, more):
    assert reach(people, [*chosen, more]).people >= reach(people, chosen).people


@given(samples(), sets.filter(bool))
@settings(deadline=None)
def test_reach_lies_between_the_largest_audience_and_the_sum_of_audiences(people, chosen):
    alone = [reach(people, [one]).people for one in chosen]
    together = reach(people, chosen)
    assert max(alone) <= together.people * (1 + 1e-12)
    assert together.people <= sum(alone) * (1 + 1e-12)
    assert together.low <= together.people <= together.high


@given(samples(), sets, st.floats(1, 30))
@settings(deadline=None)
def test_neither_reach_nor_its_interval_exceeds_a_known_universe(people, chosen, universe):
    found = reach(replace(people, universe=universe), chosen)
    assert max(found.people, found.high) <= universe


@given(samples(), sets, st.one_of(st.none(), st.floats(1, 30)))
@settings(deadline=None)
def test_frequencies_add_up_to_the_people_reached(people, chosen, universe):
    found = reach(replace(people, universe=universe), chosen)
    assert sum(found.frequency) == pytest.approx(found.people)


@given(samples(), sets)
@settings(deadline=None)
def test_a_set_stands_on_the_rung_of_its_weakest_creator(people, chosen):
    assert reach(people, chosen).rung == max((people.rung["abcdef".index(c)] for c in chosen), default=1)


def two_people(rung: int = 1, n_variants: int = 1, error: float = 0.0, weight: float = 10.0) -> Samples:
    """One person follows a, the other a and b; each variant has both."""
    return Samples(
        creators=("a", "b"),
        weight=np.full(2 * n_variants, weight / n_variants),
        start=(np.array([0, *(i for v in range(n_variants) for i in (3 * v + 1, 3 * v + 3))])),
        link=np.array([0, 0, 1] * n_variants, np.int32),
        chance=np.ones(3 * n_variants),
        rung=np.full(2, rung, np.int8),
        sizes=np.array([2 * weight, weight]),
        variant=np.repeat(np.arange(n_variants, dtype=np.int16), 2),
        n_variants=n_variants,
        error=error,
        worth=np.ones(2 * n_variants),
    )


def test_a_person_reached_twice_counts_once():
    assert reach(two_people(), ["a", "b"]).people == 20
    assert reach(two_people(), ["a", "b"]).frequency == (10, 10)


def test_a_creator_named_twice_counts_once():
    assert reach(two_people(), ["b", "b"]) == reach(two_people(), ["b"])


def test_nobody_is_reached_by_nobody():
    assert reach(two_people(), []).to_dict() == {
        "people": 0.0, "low": 0.0, "high": 0.0, "frequency": [0.0], "rung": 1, "kind": "potential",
    }  # fmt: skip


def test_a_reach_rate_makes_the_reach_delivered():
    found = reach(two_people(), ["a", "b"], rates={"a": 0.5, "b": 0.2})
    assert found.kind == "delivered"
    assert found.people == pytest.approx(10 * 0.5 + 10 * (1 - 0.5 * 0.8))


def test_only_people_who_are_wanted_count():
    assert reach(two_people().with_worth(np.array([1.0, 0.25])), ["a", "b"]).people == 12.5


def test_the_reach_of_one_creator_whose_size_is_known_is_beyond_doubt():
    alone = reach(two_people(rung=2, error=0.1), ["a"])
    assert (alone.low, alone.people, alone.high) == (20, 20, 20)


def test_how_many_of_a_known_audience_are_wanted_stays_in_doubt():
    alone = reach(two_people(rung=2, error=0.1).with_worth(np.array([1.0, 0.25])), ["a"])
    assert alone.low < alone.people < alone.high


def spread_of(found) -> float:
    return max(found.people - found.low, found.high - found.people)


def three_of(rung: int, error: float) -> Samples:
    """Five people, three creators of two people each who share one person: reach lies well within 20 and 60."""
    return Samples(
        creators=("a", "b", "c"),
        weight=np.full(4, 10.0),
        start=np.array([0, 3, 4, 5, 6]),
        link=np.array([0, 1, 2, 0, 1, 2], np.int32),
        chance=np.ones(6),
        rung=np.full(3, rung, np.int8),
        sizes=np.full(3, 20.0),
        variant=np.zeros(4, np.int16),
        error=error,
        worth=np.ones(4),
    )


@pytest.mark.parametrize("rung", [2, 3, 4])
def test_below_rung_one_the_stated_error_widens_the_interval(rung):
    assert spread_of(reach(three_of(rung, 0.25), "abc")) == pytest.approx(0.25 * 40 * Z)


@pytest.mark.parametrize("rung", [1, 2, 3, 4])
def test_an_interval_is_never_narrower_than_its_rung_allows(rung):
    drawn_for_certain = replace(three_of(rung, 0.0), weight=np.ones(4))
    assert spread_of(reach(drawn_for_certain, "abc")) == pytest.approx(LEAST_DOUBT[rung] * 2)  # 4 of 2 to 6 people


def test_variants_that_disagree_widen_the_interval():
    apart = replace(
        two_people(rung=2, n_variants=2),
        start=np.array([0, 1, 3, 5, 7]),
        link=np.array([0, 0, 1, 0, 1, 0, 1], np.int32),
        chance=np.array([1, 1, 1, 0.5, 0.5, 0.5, 0.5]),
        worth=np.array([1, 1, 1, 0.999]),
    )
    believed = 2 * np.array([10.0, 0.75 * 5 * 1.999])
    assert spread_of(reach(apart, ["a", "b"])) == pytest.approx(Z * believed.std(ddof=1))


@pytest.mark.parametrize(
    ("creators", "rates", "error", "words"),
    [
        (["x"], None, NotFound, "no creator `x`"),
        (["a"], {"b": 0.5}, BadInput, "no reach rate for `a`"),
        (["a"], {"a": 1.5}, BadInput, "outside 0 to 1"),
        (["a"], {"a": float("nan")}, BadInput, "outside 0 to 1"),
    ],
    ids=["unknown creator", "missing rate", "rate above one", "rate that is no number"],
)
def test_a_call_that_cannot_be_answered_says_why(creators, rates, error, words):
    with pytest.raises(error, match=words):
        reach(two_people(), creators, rates=rates)
