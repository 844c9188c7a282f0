"""Whom to seed: sets drawn with the right chances, greedy as greedy is, bounds that hold, and questions refused."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

import asterism as ast
from asterism.audience import opim, rr_sets
from asterism.audience._kernels import draws, reverse
from asterism.audience.cascade import Ask, spread_from
from asterism.audience.graph import Graph, build_graph
from asterism.audience.rr_sets import Collection, Drawing, bits_of, source_of, struck_by
from asterism.errors import BadInput, Infeasible
from tests.naive import cascade as naive

N = 7
CHANCES = {"by degree": None, "constant": 0.3, "each": "each"}


def small(seed: int, chances: str, model: str = "ic") -> tuple[Graph, dict[tuple[int, int], float]]:
    """A small random graph, and its arcs."""
    rng = np.random.default_rng(seed)
    edges = rng.integers(0, N, (11, 2))
    own = rng.random(11) / (4 if model == "lt" else 1) if chances == "each" else None
    if chances == "constant":
        own = np.full(11, 0.15 if model == "lt" else 0.3)
    graph = build_graph(edges[:, 0], edges[:, 1], own, n_nodes=N)
    if chances == "constant":
        graph = replace(graph, probability=graph.probability[:1])
    return graph, naive.arcs_of(map(tuple, edges.tolist()), own)


def drawn(graph: Graph, model: str, n_sets: int, weights=None, eligible=None) -> list[frozenset[int]]:
    """Sets as node codes."""
    collection = Collection(source_of(graph, model, weights, eligible, Drawing(seed=3)))
    collection.draw(n_sets)
    nodes = graph.node[collection.spots.row[collection.members]]
    return [frozenset(part.tolist()) for part in np.split(nodes, collection.end[:-1])]


def law_of_sets(arcs, model: str, weights) -> Counter:
    """Chance of every set: who reaches a root drawn by weight, by going through every outcome."""
    law: Counter = Counter()
    for chance, reach in naive.reach_table(arcs, N, model):
        for root in range(N):
            law[frozenset(np.flatnonzero(reach[:, root]).tolist())] += chance * weights[root] / weights.sum()
    return law


@pytest.mark.parametrize("weighted", [False, True], ids=["all alike", "weighted"])
@pytest.mark.parametrize("chances", CHANCES)
@pytest.mark.parametrize("model", ["ic", "lt"])
def test_sets_have_the_chances_that_all_outcomes_give_them(model: str, chances: str, weighted: bool) -> None:
    graph, arcs = small(4, chances, model)
    weights = np.arange(1.0, N + 1) if weighted else np.ones(N)
    n = 40_000
    seen = Counter(drawn(graph, model, n, weights if weighted else None))
    law = law_of_sets(arcs, model, weights)
    assert set(seen) <= {members for members, chance in law.items() if chance > 0}
    for members, chance in law.items():
        assert abs(seen[members] - n * chance) < 5 * np.sqrt(n * chance * (1 - chance)) + 1


def test_only_eligible_members_are_kept() -> None:
    graph, _ = small(4, "by degree")
    eligible = np.arange(N) % 2 == 0
    for whole, part in zip(drawn(graph, "ic", 500), drawn(graph, "ic", 500, eligible=eligible), strict=True):
        assert part == {v for v in whole if eligible[v]}


@pytest.mark.parametrize("model", ["ic", "lt"])
def test_sets_that_are_only_counted_have_the_chance_of_the_spread(model: str) -> None:
    graph, arcs = small(8, "each", model)
    table = naive.reach_table(arcs, N, model)
    source = source_of(graph, model, drawing=Drawing(seed=1))
    for seeds in ([0], [1, 4], [2, 3, 6]):
        share = naive.spread(table, seeds) / N
        hits = struck_by(source, graph.rows()[seeds], 20_000)
        assert abs(hits / 20_000 - share) < 5 * np.sqrt(share * (1 - share) / 20_000)


def test_a_hub_has_many_live_followers_at_once() -> None:
    """In-degree far above the table, where live arcs are drawn by the law itself."""
    n = 3_000
    graph = build_graph(np.arange(1, n), np.zeros(n - 1, dtype=int))
    sizes = [len(s) - 1 for s in drawn(graph, "ic", 1_000, weights=(np.arange(n) == 0).astype(float))]
    assert abs(np.mean(sizes) - 1) < 5 / np.sqrt(1_000)
    assert abs(np.var(sizes) - 1) < 0.35


def test_the_best_seeds_of_a_star_are_its_middle() -> None:
    found = spread_from(build_graph([3, 3, 3, 3, 0], [0, 1, 2, 4, 5], 1.0), Ask(k=1, delta=0.01))
    assert found.seeds == (3,)
    assert found.spread == found.upper == 6
    assert found.lower > 5.5


def test_the_same_seed_gives_the_same_answer() -> None:
    graph, _ = small(1, "by degree")
    first, again, other = (spread_from(graph, Ask(k=2, seed=s)) for s in (5, 5, 6))
    assert replace(first, seconds=0.0) == replace(again, seconds=0.0)
    assert first.spread != other.spread


def test_seconds_are_the_clock_s() -> None:
    ticks = iter([10.0, 12.5])
    assert spread_from(small(1, "by degree")[0], Ask(k=2), lambda: next(ticks)).seconds == 2.5


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (Ask(k=0), "0 seeds are asked of 7 nodes"),
        (Ask(k=8), "8 seeds are asked of 7 nodes that can be"),
        (Ask(k=3, eligible=np.arange(N) < 2), "3 seeds are asked of 2 nodes that can be"),
        (Ask(eligible=np.zeros(N, dtype=bool)), "No node can be a seed"),
        (Ask(eligible=np.ones(3, dtype=bool)), "not one yes or no per node"),
        (Ask(epsilon=0.0), "epsilon is 0"),
        (Ask(epsilon=0.7), r"epsilon is 0\.7"),
        (Ask(delta=1.0), "delta is 1"),
        (Ask(seed=-1), "seed is -1"),
        (Ask(budget=3.0), "Costs and a budget go together"),
        (Ask(costs=np.ones(N)), "Costs and a budget go together"),
        (Ask(costs=np.ones(3), budget=1.0), "3 costs for 7 nodes"),
        (Ask(costs=np.array([1, 2, np.nan, 1, 1, 1, 1]), budget=1.0), "no cost for node 2"),
        (Ask(costs=np.array([1, 2, -3, 1, 1, 1, 1]), budget=1.0), "cost of node 2 is -3"),
        (Ask(weights=np.full(N, -1.0)), "weight of node 0 is -1"),
        (Ask(weights=np.zeros(N)), "Every weight is 0"),
        (Ask(weights=np.full(N, np.inf)), "weight of node 0 is inf"),
        (Ask(model="sir"), "no model `sir`"),  # type: ignore[arg-type]
    ],
    ids=lambda value: None if isinstance(value, str) else "",
)
def test_an_unsound_question_is_refused(ask: Ask, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        spread_from(small(1, "by degree")[0], ask)


def test_a_budget_below_the_cheapest_is_an_answer() -> None:
    ask = Ask(costs=np.arange(5.0, 5.0 + N), budget=4.0, eligible=np.arange(N) > 0)
    with pytest.raises(Infeasible, match=r"below the cheapest node\. Raise it to 6"):
        spread_from(small(1, "by degree")[0], ask)


def test_threshold_weights_above_one_are_refused() -> None:
    for graph in (build_graph([0, 1, 2], [3, 3, 3], 0.4), build_graph([0, 1, 2], [3, 3, 3], [0.4, 0.4, 0.3])):
        with pytest.raises(BadInput, match=r"weights into node 3 add up to 1\.[12]"):
            spread_from(graph, Ask(k=1, model="lt"))


def test_nodes_apart_can_all_be_seeds() -> None:
    found = spread_from(build_graph([0, 2], [1, 3], n_nodes=10), Ask(k=10))
    assert sorted(found.seeds) == list(range(10))
    assert found.spread == 10


def crowd(n: int = 400, m: int = 4_000, seed: int = 0) -> Graph:
    """A random graph with some large sets."""
    edges = np.random.default_rng(seed).integers(0, n, (m, 2))
    return build_graph(edges[:, 0], edges[:, 1], n_nodes=n)


@pytest.mark.parametrize("stop", [[], [3, 17, 40]], ids=["whole", "cut short"])
def test_sets_drawn_in_waves_are_those_drawn_one_by_one(stop: list[int]) -> None:
    source = source_of(crowd(), "ic")
    collection = Collection(source, np.array(stop, dtype=np.uint32))
    collection.draw(3_000)
    marks = reverse.Marks(np.zeros(51, np.uint8), bits_of(collection.stop, 400))
    found, rows, struck = np.empty(1_000, np.uint32), collection.rows(), 0
    begin = 0
    for number, end in enumerate(collection.end.tolist()):
        state = np.uint64(reverse.generator_of(source.stream(0), number))
        size = reverse.spread_back(source.arcs, marks, state, found, 0)
        struck += size == reverse.STRUCK
        assert rows[begin:end].tolist() == found[: max(size, 0)].tolist()
        begin = end
    assert collection.struck == struck
    assert bool(stop) == (struck > 0)


def test_sets_too_large_for_a_wave_are_drawn_all_the_same() -> None:
    n = 6_000
    ring = np.arange(n)
    source = source_of(build_graph(ring, (ring + 1) % n), "ic")  # one follower each: every set is everybody
    collection = Collection(source)
    collection.draw(40)
    assert np.diff(collection.end).tolist() == [n] * 39
    assert source.n_nodes * 40 > rr_sets.ROOM // 8 > draws.CROWDED


def test_a_collection_grows_without_changing_its_sets() -> None:
    at_once, by_and_by = (Collection(source_of(crowd(), "ic")) for _ in range(2))
    at_once.draw(2_000)
    for n in (1, 7, 600, 601, 2_000):
        by_and_by.draw(n)
    assert at_once.rows().tolist() == by_and_by.rows().tolist()
    assert at_once.end.tolist() == by_and_by.end.tolist()
    assert at_once.spots.at_least[1:].tolist() == by_and_by.spots.at_least[1:].tolist()


@pytest.mark.parametrize(("model", "chance"), [("ic", None), ("ic", 0.05), ("lt", None)])
def test_any_number_of_threads_gives_the_same_answer(model, chance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rr_sets, "WORTH_A_THREAD", 64)
    monkeypatch.setattr(rr_sets, "BLOCK", 100)
    graph = crowd()
    if chance:
        graph = replace(graph, probability=np.array([chance], dtype=np.float32))
    answers = [replace(spread_from(graph, Ask(k=5, model=model, threads=t)), seconds=0.0) for t in (1, 2, 3, 7)]
    assert answers[0] == answers[1] == answers[2] == answers[3]


def test_the_sets_that_judge_are_not_those_that_chose() -> None:
    collection = Collection(source_of(crowd(), "ic"))
    collection.draw(400)
    sets = np.split(collection.rows(), collection.end[:-1])
    rows = [np.array([v, v + 1, v + 2], dtype=np.uint32) for v in range(0, 60, 3)]
    chose = [sum(bool(np.isin(part, some).any()) for part in sets) for some in rows]
    judged = [struck_by(collection.source, some, 400) for some in rows]
    assert np.mean([a == b for a, b in zip(chose, judged, strict=True)]) < 0.5


@pytest.mark.parametrize(("epsilon", "delta"), [(0.1, 0.05), (0.3, 0.1), (0.6, 0.5)])
def test_all_bounds_of_all_rounds_share_the_risk(epsilon: float, delta: float) -> None:
    proof = opim.proof_of(source_of(crowd(), "ic"), opim.Limits(3, 3.0), epsilon, delta)
    assert 2 * len(proof.sizes) * proof.risk <= delta * (1 + 1e-12)
    assert proof.wanted == pytest.approx(1 - 1 / np.e - epsilon)


def test_what_cannot_be_proven_ends_with_the_last_round() -> None:
    proof = opim.Proof(2.0, (64, 128), 0.01)
    found = opim.proven_seeds(source_of(crowd(), "ic"), opim.Limits(3, 3.0), proof)
    assert found.rr_sets <= 128 + 64 + 128
    assert found.lower < 2.0 * found.upper


def test_sentinels_leave_the_bounds_as_true_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = replace(crowd(), probability=np.array([0.15], dtype=np.float32))
    whole = spread_from(graph, Ask(k=8))
    monkeypatch.setattr(opim, "MANY", 2_000)
    short = spread_from(graph, Ask(k=8))
    for found in (whole, short):
        mean, error = naive.simulated_spread(graph, found.seeds, 600)
        assert found.lower <= mean + 4 * error
        assert abs(found.spread - mean) < 4 * error + 0.03 * mean
        assert found.upper >= whole.spread
    assert len(set(short.seeds)) == 8
    assert short.spread > 0.97 * whole.spread


def test_sentinels_keep_to_half_the_seeds_and_half_the_budget() -> None:
    collection = Collection(source_of(crowd(), "ic"))
    collection.draw(300)
    first = opim.sentinels(collection, opim.Limits(10, 10.0))
    assert first.size == 2
    again = Collection(collection.source, first)
    again.draw(300)
    assert opim.sentinels(again, opim.Limits(10, 10.0)).tolist()[:2] == first.tolist()
    assert opim.sentinels(again, opim.Limits(10, 10.0)).size == 5
    price = np.full(400, 3.0)
    assert opim.sentinels(collection, opim.Limits(10, 26.0, price)).size == 2
    assert opim.sentinels(collection, opim.Limits(10, 16.0, price)).size == 1


EDGES = [("ann", "bob"), ("ann", "cem"), ("bob", "dee"), ("cem", "dee"), ("eve", "ann"), ("dee", "eve")]
NUMBERS = {"ann": 3, "bob": 11, "cem": 12, "dee": 40, "eve": 70_000}


@pytest.mark.parametrize("numbered", [False, True], ids=["text", "numbers"])
def test_seeds_come_back_as_the_ids_given(numbered: bool) -> None:
    sources, targets = ([NUMBERS[e[i]] if numbered else e[i] for e in EDGES] for i in (0, 1))
    ids = sorted(NUMBERS.values()) if numbered else sorted(NUMBERS)
    found = ast.ripple(sources, targets, k=5)
    assert sorted(found.seeds) == ids
    assert [type(s) for s in found.seeds] == [int if numbered else str] * 5
    assert found.seconds > 0
    assert found.to_dict()["seeds"] == list(found.seeds)
    costs = dict.fromkeys(ids, 2.0) | {ids[4]: 1.0}
    for given in (costs, [costs[one] for one in ids]):
        assert ast.ripple(sources, targets, costs=given, budget=1.5).seeds == (ids[4],)
    assert ast.ripple(sources, targets, costs=costs, budget=1.5).cost == 1
    assert ast.ripple(sources, targets, k=1, eligible=[ids[2]]).seeds == (ids[2],)
    assert ast.ripple(sources, targets, k=1, weights={ids[1]: 4.0}).upper <= 4


def test_values_may_be_given_by_number() -> None:
    costs = np.full(6, 9.0)
    costs[5] = 1.0
    assert ast.ripple([1, 3], [3, 5], costs=costs, budget=2.0).seeds == (5,)


@pytest.mark.parametrize(
    ("given", "options", "said"),
    [
        (([1, "a"], [2, 3]), {}, "different kinds"),
        (([1.5], [2.0]), {}, "neither text nor a whole number"),
        (([None], ["a"]), {}, "neither text nor a whole number"),
        (([[1]], [[2]]), {}, "not a list"),
        (([], []), {}, "no edges"),
        ((["a"], ["b"]), {"k": 3}, "3 seeds are asked of 2 nodes"),
        ((["a"], ["b"]), {"costs": {"a": 1.0}, "budget": 2.0}, "no cost for node `?b`?"),
        ((["a"], ["b"]), {"costs": [1.0], "budget": 2.0}, "1 costs for 2 nodes"),
        ((["a"], ["b"]), {"eligible": ["zoe"]}, "`zoe` is no node"),
        ((["a"], ["b"]), {"eligible": [7]}, "`7` is no node"),
        (([1], [2]), {"eligible": [3]}, "`3` is no node"),
    ],
    ids=str,
)
def test_an_unsound_call_is_refused(given, options, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        ast.ripple(*given, **options)
