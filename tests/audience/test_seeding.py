"""Seeds chosen on a collection: greedy as the naive greedy is, bounds above every permitted choice."""

import numpy as np
import pytest
from scipy.stats import binom

from asterism.audience import seeding
from asterism.audience._kernels import cover
from asterism.audience.confidence import at_least, at_most
from asterism.audience.graph import build_graph
from asterism.audience.rr_sets import Collection, source_of
from asterism.audience.seeding import Limits, choose
from tests.naive import cascade as naive

N = 10


def collected(seed: int, n_sets: int = 40, stop=()) -> Collection:
    """Sets of a small random graph."""
    edges = np.random.default_rng(seed).integers(0, N, (24, 2))
    source = source_of(build_graph(edges[:, 0], edges[:, 1], n_nodes=N), "ic")
    collection = Collection(source, np.array(stop, dtype=np.uint32))
    collection.draw(n_sets)
    return collection


def sets_of(collection: Collection) -> list[list[int]]:
    """The members of each set, as rows."""
    return [part.tolist() for part in np.split(collection.rows(), collection.end[:-1])]


def prices(seed: int) -> np.ndarray:
    """Whole prices, so that ratios tie."""
    return np.random.default_rng(seed).integers(1, 6, N).astype(float)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("most", [1, 3, 6])
def test_seeds_are_those_of_the_naive_greedy(seed: int, most: int) -> None:
    collection = collected(seed)
    sets = sets_of(collection)
    picks, gains = naive.greedy_cover(sets, N, most)
    choice = choose(collection, Limits(most, float(most)))
    assert choice.rows[: len(picks)].tolist() == picks
    assert choice.covered == sum(gains) == naive.covered(sets, choice.rows.tolist())
    assert choice.rows.size == most


@pytest.mark.parametrize("seed", range(12))
def test_with_a_budget_greedy_goes_by_sets_per_cost(seed: int) -> None:
    collection, price = collected(seed), prices(seed)
    sets = sets_of(collection)
    picks, gains = naive.greedy_cover(sets, N, 4, price, 9.0)
    choice = choose(collection, Limits(4, 9.0, price))
    single = max(naive.covered(sets, [v]) for v in range(N))
    assert choice.covered == max(sum(gains), single)
    if sum(gains) >= single:
        assert choice.rows[: len(picks)].tolist() == picks
    assert price[choice.rows].sum() <= 9


def test_the_smallest_count_that_few_rows_have_is_found() -> None:
    collection = collected(3)
    times = np.bincount(np.concatenate(sets_of(collection)), minlength=N)
    for rows in range(N + 1):
        assert collection.least_count(rows) == next(c for c in range(1, 42) if (times >= c).sum() <= rows)


def test_one_dear_row_can_be_worth_more_than_a_cheap_one() -> None:
    """Greedy takes the bargain first, and then cannot pay for the hub."""
    source = source_of(build_graph([0] * 11, range(1, 12), 1.0), "ic")
    collection = Collection(source)
    collection.draw(200)
    price = np.full(12, 100.0)
    price[:2] = 10.0, 0.5
    picks, gains = naive.greedy_cover(sets_of(collection), 12, 12, price, 10.0)
    assert picks == [1]
    choice = choose(collection, Limits(12, 10.0, price))
    assert choice.rows.tolist() == [0]
    assert choice.covered == choice.upper == 200 > sum(gains)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("priced", [False, True], ids=["by number", "by budget"])
def test_nothing_permitted_covers_more_than_the_bound(seed: int, priced: bool) -> None:
    collection, price = collected(seed), prices(seed) if priced else None
    limits = Limits(3, 7.0 if priced else 3.0, price)
    best = naive.best_cover(sets_of(collection), N, 3, price, 7.0)
    choice = choose(collection, limits)
    assert choice.covered <= best <= choice.upper


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("priced", [False, True], ids=["by number", "by budget"])
def test_the_bound_allows_for_rows_left_out(seed: int, priced: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Collection, "least_count", lambda *_: 6)
    test_nothing_permitted_covers_more_than_the_bound(seed, priced)


@pytest.mark.parametrize("seed", range(6))
def test_starting_with_few_candidates_ends_with_the_same_seeds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    collection = collected(seed)
    all_at_once = choose(collection, Limits(5, 5.0)).rows.tolist()
    monkeypatch.setattr(Collection, "least_count", lambda *_: 30)
    assert choose(collection, Limits(5, 5.0)).rows.tolist() == all_at_once


@pytest.mark.parametrize("seed", range(10))
def test_stops_are_the_first_seeds_and_the_bound_still_holds(seed: int) -> None:
    """The same sets drawn whole say what sets cut short must still prove."""
    whole, cut = collected(seed), collected(seed, stop=[1, 4])
    sets = sets_of(whole)
    choice = choose(cut, Limits(3, 3.0))
    assert cut.struck == naive.covered(sets, [1, 4])
    assert choice.rows[:2].tolist() == [1, 4]
    assert choice.covered == naive.covered(sets, choice.rows.tolist())
    assert choice.upper >= naive.best_cover(sets, N, 3)


def test_places_left_over_go_to_the_largest_out_degrees() -> None:
    graph = build_graph([0, 0, 1, 2, 2, 2, 3], [5, 6, 5, 5, 6, 7, 8], 0.0)
    collection = Collection(source_of(graph, "ic", weights=(np.arange(9) == 8).astype(float)))
    collection.draw(10)
    assert graph.node[choose(collection, Limits(4, 4.0)).rows].tolist() == [8, 2, 0, 1]
    price = np.array([4.0, 1, 1, 1, 1, 1, 1, 1, 1])  # by row: node 2 is dear
    assert graph.node[choose(collection, Limits(9, 3.0, price)).rows].tolist() == [8, 0, 1]


def test_checks_only_tighten_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    collection = collected(3, 400)
    often = choose(collection, Limits(6, 6.0)).upper
    monkeypatch.setattr(seeding, "CHECKS", 1)
    assert choose(collection, Limits(6, 6.0)).upper >= often


@pytest.mark.parametrize("risk", [0.1, 1e-3, 1e-9])
@pytest.mark.parametrize(("hits", "of"), [(0, 10), (1, 10), (5, 10), (10, 10), (37, 512), (500, 512)])
def test_a_share_at_the_bound_leaves_the_count_just_credible(hits: int, of: int, risk: float) -> None:
    low, high = at_least(hits, of, risk), at_most(hits, of, risk)
    assert low <= hits / of <= high
    assert binom.sf(hits - 1, of, low) == pytest.approx(risk if hits else 1.0, rel=1e-6)
    assert binom.cdf(hits, of, high) == pytest.approx(risk if hits < of else 1.0, rel=1e-6)


def test_a_count_that_is_not_whole_counts_as_the_next_lower() -> None:
    assert at_most(7.9, 20, 0.01) == at_most(7, 20, 0.01)


def test_places_and_money_no_candidate_takes_count_at_the_best_of_the_rows_left_out() -> None:
    gain = np.array([7, 2])
    assert cover.largest(gain, 5, 3) == 7 + 4 * 3
    terms = cover.Terms(np.array([2.0, 2.0]), 10.0, 5, 10.0, 5, 1.5)
    assert cover.best_to_come(gain, terms) == 7 + 8 * 1.5
