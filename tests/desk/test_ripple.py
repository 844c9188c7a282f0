"""A ripple from files: what the options mean, and that real graphs come out as an independent count says."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from asterism.audience.cascade import Ask
from asterism.desk.node_tables import RippleFiles
from asterism.desk.ripple import Edging, RippleAnswer, ripple_files
from asterism.errors import BadInput, NotFound, WrongUsage
from asterism.store.settings import settings

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="needs shared/data beside the repository")
STAR = "hub,a\nhub,b\nhub,c\nrim,a\n"


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data directory of the test's own, where graphs are kept."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ASTERISM_HOME", str(folder))
    settings.cache_clear()
    yield folder
    settings.cache_clear()


def written(path: Path, content: str) -> str:
    path.write_text(content, encoding="utf-8")
    return str(path)


def simulated(path: str, answer: RippleAnswer, undirected: bool, runs: int = 250) -> tuple[float, float]:
    """Mean spread of the seeds and its standard error, by running the weighted cascade forward on the file's edges."""
    # the header holds no numbers, and a first line of counts names as many edges as follow
    rows = [line.replace(",", " ").split()[:2] for line in Path(path).read_text().splitlines()]
    pairs = {(a, b) for a, b in rows if a != b and a.isdigit() and len(rows) - 1 != int(b)}
    if undirected:
        pairs |= {(b, a) for a, b in pairs}
    follows: dict[str, list[str]] = {}
    into: dict[str, int] = {}
    for a, b in sorted(pairs):
        follows.setdefault(a, []).append(b)
        into[b] = into.get(b, 0) + 1
    rng = np.random.default_rng(0)
    counts = []
    for _ in range(runs):
        reached = set(answer.ripple.seeds)
        waiting = list(reached)
        while waiting:
            followers = follows.get(waiting.pop(), [])
            for follower, u in zip(followers, rng.random(len(followers)), strict=True):
                if follower not in reached and u < 1 / into[follower]:
                    reached.add(follower)
                    waiting.append(follower)
        counts.append(len(reached))
    return float(np.mean(counts)), float(np.std(counts) / np.sqrt(runs))


REAL = {
    "grqc": ("grqc/GrQc.txt", True, 5_242),
    "musae tvshow": ("musae/facebook_page_page/tvshow/tvshow_edges.csv", True, 3_892),
    "musae tvshow, one way": ("musae/facebook_page_page/tvshow/tvshow_edges.csv", False, 3_892),
}


@needs_shared
@pytest.mark.parametrize(("name", "undirected", "n_nodes"), REAL.values(), ids=list(REAL))
def test_real_graphs_spread_as_a_forward_count_says(name: str, undirected: bool, n_nodes: int) -> None:
    path = str(SHARED / name)
    answer = ripple_files(RippleFiles(path), Edging(undirected=undirected), Ask(k=10))
    mean, error = simulated(path, answer, undirected)
    assert answer.worth == n_nodes
    assert answer.ripple.lower - 4 * error <= mean <= answer.ripple.upper
    assert answer.ripple.spread == pytest.approx(mean, rel=0.1)


@needs_shared
def test_a_retweet_network_cut_into_edges_and_costs_is_paid_within_its_budget(tmp_path: Path) -> None:
    lines = (SHARED / "bimp_twitter" / "twitter_10000_cost.txt").read_text().splitlines()
    n_nodes, n_edges = map(int, lines[0].split()[:2])
    edges = [line.split() for line in lines[1 : n_edges + 1]]
    nodes = list(dict.fromkeys(node for edge in edges for node in edge))
    costs = dict(zip(nodes, map(float, lines[n_edges + 1 :]), strict=False))
    graph = written(tmp_path / "edges.tsv", "".join(f"{a}\t{b}\n" for a, b in edges))
    table = written(
        tmp_path / "costs.csv", "node,cost\n" + "".join(f"{node},{cost:g}\n" for node, cost in costs.items())
    )
    answer = ripple_files(RippleFiles(graph, costs=table), Edging(undirected=True), Ask(budget=10_000))
    facts = answer.to_dict()["graph"]
    assert (facts["nodes"], facts["edges_listed"]) == (n_nodes, n_edges) == (54_836, 96_704)
    assert answer.ripple.cost == sum(costs[seed] for seed in answer.ripple.seeds) <= 10_000
    assert facts["duplicates"] + facts["self_loops"] >= 7_645
    assert answer.ripple.spread > 30_000


def test_the_answer_names_seeds_and_whom_they_lead(tmp_path: Path) -> None:
    names = written(tmp_path / "names.csv", "node,name\nhub,The Hub\n")
    answer = ripple_files(RippleFiles(written(tmp_path / "g", STAR), names=names), Edging(), Ask(k=1))
    (seed,) = answer.seeds
    assert (seed.id, seed.name, seed.leads_to, seed.cost) == ("hub", "The Hub", 3, None)
    assert answer.ripple.seeds == ("hub",)


def test_undirected_edges_lead_both_ways(tmp_path: Path) -> None:
    answer = ripple_files(RippleFiles(written(tmp_path / "g", STAR)), Edging(undirected=True), Ask(k=5))
    assert {seed.id: seed.leads_to for seed in answer.seeds} == {"hub": 3, "a": 2, "b": 1, "c": 1, "rim": 1}
    facts = answer.to_dict()["graph"]
    assert (facts["edges"], facts["undirected"]) == (4, True)


def test_weights_of_targets_are_the_units_of_the_spread(tmp_path: Path) -> None:
    targets = written(tmp_path / "t.csv", "a,10\nrim,5\n")
    answer = ripple_files(RippleFiles(written(tmp_path / "g", STAR), targets=targets), Edging("1"), Ask(k=1))
    assert answer.ripple.seeds == ("rim",)
    assert (answer.worth, answer.targeted) == (15.0, True)
    assert answer.ripple.spread == pytest.approx(15.0)


def test_a_certain_cascade_reaches_everything_downstream(tmp_path: Path) -> None:
    answer = ripple_files(RippleFiles(written(tmp_path / "g", STAR)), Edging("1.0"), Ask(k=1))
    assert answer.ripple.spread == pytest.approx(4.0, rel=0.1)
    none = ripple_files(RippleFiles(written(tmp_path / "h", STAR)), Edging("0"), Ask(k=2))
    assert none.ripple.spread == pytest.approx(2.0, rel=0.3)


def test_only_nodes_that_can_be_seeds_need_a_cost(tmp_path: Path) -> None:
    graph = written(tmp_path / "g", STAR)
    costs, eligible = written(tmp_path / "c", "hub,3\nrim,1\n"), written(tmp_path / "e", "hub\nrim\n")
    answer = ripple_files(RippleFiles(graph, costs=costs, eligible=eligible), Edging(), Ask(budget=3))
    assert answer.ripple.seeds == ("hub",)
    assert answer.ripple.cost == 3
    with pytest.raises(BadInput, match="names no cost of `a` and 2 more"):
        ripple_files(RippleFiles(graph, costs=costs), Edging(), Ask(budget=3))


def test_a_number_for_all_edges_needs_no_second_copy_of_the_graph(tmp_path: Path, home: Path) -> None:
    files = RippleFiles(written(tmp_path / "g", STAR))
    for weights in ("wc", "0.1", "0.5"):
        ripple_files(files, Edging(weights), Ask(k=1))
    assert len(list((home / "graphs").iterdir())) == 1


def test_the_same_seed_gives_the_same_answer_kept_or_not_on_any_threads(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    graph = written(tmp_path / "g", "".join(f"{a},{b}\n" for a, b in rng.integers(0, 200, (900, 2))))
    ripples = [
        ripple_files(RippleFiles(graph), Edging(keep=keep), Ask(k=5, seed=9, threads=threads)).ripple
        for keep, threads in ((False, 1), (True, 1), (True, 2), (False, 2))
    ]
    assert len({replace(each, seconds=0.0) for each in ripples}) == 1
    assert all(each.seconds > 0 for each in ripples)


MISUSES = {
    "costs without a budget": ({"costs": "c"}, {}, "belong together"),
    "a budget without costs": ({}, {"budget": 1.0}, "belong together"),
    "epsilon": ({}, {"epsilon": 1.0}, "An epsilon of 1 cannot be"),
    "delta": ({}, {"delta": 0.0}, "A delta of 0 cannot be"),
    "budget": ({"costs": "c"}, {"budget": -1.0}, "A budget of -1 cannot be"),
}


@pytest.mark.parametrize(("files", "asked", "words"), MISUSES.values(), ids=list(MISUSES))
def test_misuse_is_said_before_any_file_is_opened(files: dict[str, str], asked: dict[str, float], words: str) -> None:
    with pytest.raises(WrongUsage, match=words):
        ripple_files(RippleFiles("nowhere", **files), Edging(), Ask(**asked))


def test_a_word_for_weights_that_is_no_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file uniform"):
        ripple_files(RippleFiles(written(tmp_path / "g", STAR)), Edging("uniform"), Ask(k=1))
