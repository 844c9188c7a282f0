"""The proof put to the test where the optimum is known, and the spread where it can be simulated forwards."""

from pathlib import Path

import numpy as np
import pytest

from asterism.audience.cascade import Ask, Ripple, spread_from
from asterism.audience.graph import Graph, build_graph
from asterism.audience.reach import reach
from asterism.audience.samples import Samples
from tests.naive import cascade as naive

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
N = 8
DELTA = 0.1
"""A risk that a thousand runs can see."""
CASES = {
    "cascade": Ask(k=2),
    "threshold": Ask(k=2, model="lt"),
    "weighted": Ask(k=2, weights=np.array([0, 1, 2, 3, 0.5, 4, 0, 1])),
    "eligible": Ask(k=2, eligible=np.arange(N) % 2 == 1),
    "budgeted": Ask(costs=np.array([1.0, 2, 3, 1, 2, 3, 1, 2]), budget=4.0),
    "budgeted threshold": Ask(k=3, model="lt", costs=np.array([3.0, 2, 1, 3, 2, 1, 3, 2]), budget=5.0),
}


def small(seed: int) -> tuple[Graph, dict[tuple[int, int], float]]:
    """A graph small enough for every outcome to be counted."""
    edges = np.random.default_rng(seed).integers(0, N, (11, 2))
    graph = build_graph(edges[:, 0], edges[:, 1], n_nodes=N)
    return graph, naive.arcs_of(map(tuple, edges.tolist()))


def failures(name: str, runs: int) -> int:
    """In how many runs a bound was wrong: the spread below `lower`, or the optimum above `upper`."""
    ask, failed = CASES[name], 0
    for graph_seed in range(4):
        graph, arcs = small(graph_seed)
        table = naive.reach_table(arcs, N, ask.model)
        best = naive.best_spread(
            table, k=ask.k, costs=ask.costs, budget=ask.budget, weights=ask.weights, eligible=ask.eligible
        )
        for seed in range(runs // 4):
            found = run(graph, ask, seed)
            true = naive.spread(table, found.seeds, ask.weights)
            assert true <= best + 1e-9
            failed += not (found.lower <= true + 1e-9 and found.upper >= best - 1e-9)
    return failed


def run(graph: Graph, ask: Ask, seed: int) -> Ripple:
    """One answer, its risk large enough to be seen and its ε so small that many rounds are tried."""
    fields = {name: getattr(ask, name) for name in ("k", "model", "costs", "budget", "weights", "eligible")}
    return spread_from(graph, Ask(**fields, epsilon=0.3, delta=DELTA, seed=seed))


@pytest.mark.parametrize("name", CASES)
def test_the_bounds_hold_as_often_as_they_say(name: str) -> None:
    assert failures(name, 100) <= 100 * DELTA


@pytest.mark.campaign
@pytest.mark.parametrize("name", CASES)
def test_the_bounds_hold_in_a_thousand_runs(name: str) -> None:
    assert failures(name, 1_000) <= 1_000 * DELTA


def needed(*parts: str) -> Path:
    """A file of real data, or a skip that says which."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return path


def edges_of(path: Path, separator: str | None, skip: int) -> np.ndarray:
    """The first two columns of an edge list."""
    return np.loadtxt(path, dtype=np.int64, delimiter=separator, skiprows=skip, usecols=(0, 1))


def agrees(graph: Graph, found: Ripple, runs: int, model: str = "ic") -> tuple[float, float]:
    """The spread simulated forwards; it must lie within the error of both, and inside the proven range."""
    mean, error = naive.simulated_spread(graph, found.seeds, runs, model=model)
    share = found.spread / graph.n_nodes
    own = graph.n_nodes * np.sqrt(share * (1 - share) / (found.rr_sets / 2))
    assert abs(found.spread - mean) < 4 * np.hypot(error, own)
    assert found.lower <= mean <= found.upper
    return mean, error


@pytest.mark.shared
@pytest.mark.parametrize("model", ["ic", "lt"])
@pytest.mark.parametrize("undirected", [False, True], ids=["directed", "undirected"])
@pytest.mark.parametrize(
    ("parts", "separator", "skip"),
    [
        (("grqc", "GrQc.txt"), None, 1),
        (("musae", "facebook_page_page", "food", "food_edges.csv"), ",", 1),
        (("musae", "facebook_page_page", "tvshow", "tvshow_edges.csv"), ",", 1),
        (("musae", "facebook_large", "facebook_edges.csv"), ",", 1),
    ],
    ids=["grqc", "food", "tvshow", "large"],
)
def test_spread_on_real_graphs_agrees_with_simulation(parts, separator, skip, undirected, model) -> None:
    edges = edges_of(needed(*parts), separator, skip)
    graph = build_graph(edges[:, 0], edges[:, 1], undirected=undirected)
    found = spread_from(graph, Ask(k=20, model=model, seed=1))
    agrees(graph, found, 100, model)
    assert found.guarantee >= 0.53


@pytest.mark.shared
def test_a_published_plan_on_a_retweet_network_is_beaten() -> None:
    """Budget 10,000 reaches 31,318 users in print."""
    lines = needed("bimp_twitter", "twitter_10000_cost.txt").read_text().split("\n")
    n, m, budget, _ = map(int, lines[0].split())
    edges = np.array([line.split() for line in lines[1 : m + 1]], dtype=np.int64)
    named, first = np.unique(edges.ravel(), return_index=True)
    code = np.empty(named.max() + 1, dtype=np.int64)
    code[named[np.argsort(first)]] = np.arange(n)  # costs follow the order of first appearance
    costs = np.array(" ".join(lines[m + 1 :]).split(), dtype=float)[:n]
    graph = build_graph(code[edges[:, 0]], code[edges[:, 1]], undirected=True)
    assert (graph.n_nodes, graph.n_arcs // 2, graph.duplicates) == (54_836, 89_059, 7_645)
    found = spread_from(graph, Ask(costs=costs, budget=budget))
    assert found.cost == costs[list(found.seeds)].sum() <= budget
    mean, error = agrees(graph, found, 150)
    assert mean - 3 * error >= 31_318


def test_reach_of_a_cascade_is_the_spread() -> None:
    rng = np.random.default_rng(3)
    edges = rng.integers(0, 300, (2_000, 2))
    samples = Samples.from_cascade(edges[:, 0], edges[:, 1], sets=20_000, eligible=np.arange(40))
    graph = build_graph(edges[:, 0], edges[:, 1], n_nodes=300)
    for seeds in ([0], [1, 2, 3], list(range(10))):
        found = reach(samples, [str(s) for s in seeds]).people
        mean, error = naive.simulated_spread(graph, seeds, 2_000)
        assert abs(found - mean) < 4 * np.hypot(error, 300 * 0.5 / np.sqrt(20_000))
    assert samples.universe == 300
    assert samples.n_creators == 40


@pytest.mark.parametrize("weighted", [False, True], ids=["all alike", "weighted"])
def test_samples_of_a_cascade_hold_each_creator_s_spread(weighted: bool) -> None:
    _, arcs = small(1)
    weights = np.arange(1.0, N + 1) if weighted else None
    sources, targets = np.array(list(arcs)).T
    there = np.union1d(sources, targets)
    given = None if weights is None else {int(v): weights[v] for v in there}
    samples = Samples.from_cascade(sources, targets, list(arcs.values()), weights=given, sets=40_000)
    table = naive.reach_table(arcs, N)
    only = np.isin(np.arange(N), there) * (np.ones(N) if weights is None else weights)
    for creator, size in zip(samples.creators, samples.sizes, strict=True):
        assert size == pytest.approx(naive.spread(table, [int(creator)], only), rel=0.06)
