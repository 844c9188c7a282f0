"""A graph from a list of edges: what is kept, what is dropped and said so, what is refused."""

from dataclasses import fields

import numpy as np
import pytest

from asterism.audience.graph import MOST_ARCS, Graph, build_graph
from asterism.errors import BadInput
from tests.naive import cascade as naive


def arcs(graph: Graph) -> dict[tuple[int, int], float]:
    """The arcs of a graph by node code, with their chances."""
    found = {}
    for v in range(graph.n_nodes):
        row = range(int(graph.start[v]), int(graph.start[v + 1]))
        for i in row:
            if graph.probability is None:
                chance = 1.0 / len(row)
            else:
                chance = float(graph.probability[i if graph.probability.size > 1 else 0])
            arc = (int(graph.node[graph.source[i]]), int(graph.node[v]))
            assert arc not in found
            found[arc] = chance
    return found


def random_edges(rng: np.random.Generator, n: int, m: int) -> np.ndarray:
    """Edges between few nodes, so that loops and repetitions are many."""
    return rng.integers(0, n, (m, 2))


@pytest.mark.parametrize("undirected", [False, True], ids=["directed", "undirected"])
@pytest.mark.parametrize("weighted", [False, True], ids=["by degree", "own chances"])
@pytest.mark.parametrize("seed", range(6))
def test_a_graph_holds_each_arc_once(seed: int, weighted: bool, undirected: bool) -> None:
    rng = np.random.default_rng(seed)
    edges = random_edges(rng, 7, 30)
    own = rng.random(30).astype(np.float32) if weighted else None
    graph = build_graph(edges[:, 0], edges[:, 1], own, n_nodes=9, undirected=undirected)
    expected = naive.arcs_of(map(tuple, edges.tolist()), own, undirected)
    assert arcs(graph) == pytest.approx(expected)
    assert graph.self_loops == sum(a == b for a, b in edges.tolist())
    pairs = {frozenset(e) if undirected else tuple(e) for e in edges.tolist() if e[0] != e[1]}
    assert graph.duplicates == 30 - graph.self_loops - len(pairs)


def test_rows_stand_by_falling_out_degree() -> None:
    graph = build_graph([2, 2, 2, 1, 1, 0], [0, 1, 3, 0, 2, 3])
    assert graph.node.tolist() == [2, 1, 0, 3]
    assert graph.rows().tolist() == [2, 1, 0, 3]


def test_in_neighbours_stand_by_falling_chance() -> None:
    graph = build_graph([0, 1, 2, 3], [4, 4, 4, 4], [0.1, 0.9, 0.5, 0.5])
    assert graph.probability is not None
    assert graph.probability.tolist() == pytest.approx([0.9, 0.5, 0.5, 0.1])
    assert graph.node[graph.source].tolist() == [1, 2, 3, 0]


def test_one_chance_for_all_is_kept_as_one_number() -> None:
    graph = build_graph([0, 1], [1, 2], 0.25)
    assert graph.probability is not None
    assert graph.probability.tolist() == [0.25]


def test_a_graph_comes_back_equal_from_its_arrays(tmp_path) -> None:
    graph = build_graph([0, 1, 2], [1, 2, 2], [0.5, 0.25, 1.0])
    for name in ("start", "source", "probability", "node"):
        np.save(tmp_path / f"{name}.npy", getattr(graph, name))
        back = np.load(tmp_path / f"{name}.npy", mmap_mode="r")
        assert back.dtype == getattr(graph, name).dtype
        assert back.tolist() == getattr(graph, name).tolist()
    assert {f.name for f in fields(Graph)} == {
        "n_nodes", "start", "source", "probability", "node", "self_loops", "duplicates",
    }  # fmt: skip


def test_a_graph_of_loops_alone_has_nodes_and_no_arcs() -> None:
    graph = build_graph([0, 1], [0, 1])
    assert (graph.n_nodes, graph.n_arcs, graph.self_loops) == (2, 0, 2)


ONE = np.zeros(1, dtype=np.int64)
HUGE = np.broadcast_to(np.int32(0), MOST_ARCS)  # one number, seen 2³¹ times: no memory is taken


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (([], []), "no edges"),
        (([0, 1], [1]), "2 sources and 1 targets"),
        ((["a"], ["b"]), "not a list of whole numbers"),
        (([0.5], [1.0]), "not a list of whole numbers"),
        (([[0]], [[1]]), "not a list of whole numbers"),
        (([0], [-1]), "number -1"),
        (([0], [1], [0.5, 0.5, 0.5]), "3 probabilities for 1 edges"),
        (([0], [1], [-0.25]), r"probability is -0\.25"),
        (([0], [1], [1.5]), r"probability is 1\.5"),
        (([0], [1], [np.nan]), "probability is nan"),
        (([0], [1], ["half"]), "probability is not a number"),
        ((HUGE, HUGE), "2,147,483,648 edges"),
    ],
    ids=["empty", "lengths", "text", "fractions", "table", "negative node", "too many chances", "negative", "above 1",
         "nan", "no number", "2^31 edges"],
)  # fmt: skip
def test_an_unsound_list_of_edges_is_refused(given: tuple, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        build_graph(*given)


def test_half_as_many_undirected_edges_are_too_many() -> None:
    half = HUGE[: MOST_ARCS // 2]
    with pytest.raises(BadInput, match="an undirected one counts twice"):
        build_graph(half, half, undirected=True)


def test_more_nodes_can_be_named_than_edges_show_and_no_fewer() -> None:
    assert build_graph([0], [1], n_nodes=5).n_nodes == 5
    with pytest.raises(BadInput, match="number 1 of 1 nodes"):
        build_graph([0], [1], n_nodes=1)
