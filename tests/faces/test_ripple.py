"""`asterism ripple`: files in, seeds out; every bad file and misuse is one line."""

import gzip
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import asterism as ast
from asterism.store.settings import settings
from tests.faces.asking import Run, forbidden, refused, tree

EDGES = "0 1\n0 2\n0 3\n1 4\n2 4\n5 6\n"
NAMED = "ann,bob\nann,cid\nann,dan\nbob,eve\ncid,eve\nfay,gil\n"
COSTS = "".join(f"{node},{cost}\n" for node, cost in enumerate([5, 1, 1, 1, 1, 2, 1]))
WEIGHTED = "".join(f"{edge} 0.5\n" for edge in EDGES.splitlines())


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data directory of the test's own, where graphs are kept."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ASTERISM_HOME", str(folder))
    settings.cache_clear()
    yield folder
    settings.cache_clear()


def parquet(**columns: list[object]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def gexf(edges: str, nodes: str = "") -> bytes:
    return f"<?xml version='1.0'?><gexf><graph><nodes>{nodes}</nodes>\n<edges>{edges}</edges></graph></gexf>".encode()


BOMB = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><gexf>&b;</gexf>"

GRAPHS = {
    "empty": (b"", "", "bad is empty"),
    "blank lines only": (b"\n \n\t\n", "", "bad is empty"),
    "comments only": (b"# nothing\n% here\n", "", "holds comments only"),
    "a header only": (b"source,target\n", "", "no edges"),
    "one column": (b"1\n2\n3\n", "", "has 1 column where 2 are needed"),
    "one column in one line": (b"0 1\n1 2\n7\n2 3\n", "", "bad, line 3: `7` has one column where 2 are needed"),
    "text among numbers": (b"0 1\n1 2\n2 x\n3 4\n", "", "bad, line 3: `x` stands where other ids are numbers"),
    "a number with a point": (b"0 1\n1 2.5\n2 3\n3 4\n", "", "line 2: `2.5` stands where other ids are numbers"),
    "an id that is missing": (b"a,b\nb,\nc,d\n", "", "line 2: an id is missing"),
    "nan among numbers": (b"0 1\n1 nan\n2 3\n3 4\n", "", "line 2: `nan`"),
    "a quote never closed": (b'a,b\n"c,d\n', "", "line 2: a quote is never closed"),
    "text for a probability": (b"# p\n0 1 .5\n1 2 high\n", "--weights column", "line 3: the probability is `high`"),
    "a negative probability": (b"0 1 .5\n1 2 -.5\n", "--weights column", "line 2: the probability is `-.5`"),
    "a probability above 1": (b"0 1 .5\n1 2 1.5\n", "--weights column", "line 2: the probability is `1.5`"),
    "no probability": (b"a,b,.5\nb,c,\n", "--weights column", "line 2: the probability is missing"),
    "probability nan": (b"0 1 .5\n1 2 nan\n", "--weights column", "line 2: the probability is `nan`"),
    "probability infinite": (b"0 1 .5\n1 2 1e999\n", "--weights column", "line 2: the probability is `1e999`"),
    "no third column": (b"0 1\n1 2\n", "--weights column", "has 2 columns where 3 are needed"),
    "binary": (bytes(range(256)) * 9, "", "binary data"),
    "an image": (b"\x89PNG\r\n\x1a\n\x00\x00", "", "it is an image"),
    "damaged gzip": (b"\x1f\x8b\x08nothing", "", "packed with gzip and damaged"),
    "JSON": (b'{"a": 1}', "", "it is JSON"),
    "damaged Parquet": (b"PAR1nothing", "", "no sound Parquet"),
    "Parquet of one column": (parquet(a=[1, 2]), "", "has 1 column where 2 are needed"),
    "Parquet with a gap": (parquet(a=["x", None], b=["y", "z"]), "", "row 2: an id is missing"),
    "Parquet of fractions": (parquet(a=[1.5, 2.0], b=[1.0, 2.0]), "", "not whole"),
    "Parquet of truths": (parquet(a=[True], b=[False]), "", "bool holds no ids"),
    "Parquet without rows": (parquet(a=[], b=[]), "", "holds no rows"),
    "Parquet, p above 1": (parquet(a=[1], b=[2], p=[3.0]), "--weights column", "row 1: the probability is 3"),
    "Parquet, p of words": (parquet(a=[1], b=[2], p=["high"]), "--weights column", "not numbers"),
    "broken GEXF": (b"<?xml version='1.0'?>\n<gexf><graph>", "", "bad, line 2: broken XML"),
    "XML of another kind": (b"<?xml version='1.0'?><svg/>", "", "XML but no GEXF"),
    "GEXF without edges": (gexf("", "<node id='a'/>"), "", "has no edges"),
    "GEXF, an edge to nowhere": (gexf("<edge source='a'/>"), "", "line 2: an edge without target"),
    "GEXF, a weight of words": (
        gexf("<edge source='a' target='b' weight='x'/>"), "--weights column", "line 2: the weight of an edge is `x`",
    ),
    "GEXF that is a bomb": (BOMB, "", "defines a document type"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "options", "words"), GRAPHS.values(), ids=list(GRAPHS))
def test_a_file_that_is_no_graph_is_refused_in_one_line(
    folder: Path, asterism: Run, home: Path, content: bytes, options: str, words: str
) -> None:
    (folder / "bad").write_bytes(content)
    refused(asterism(f"ripple bad -k 1 {options}"), 3, words)
    assert tree(home) == {}


CALLS = {
    "no such file": ("ripple nowhere.txt", 3, "There is no file nowhere.txt"),
    "a folder": ("ripple .", 3, "is a folder"),
    "k larger than the graph": ("ripple edges.txt -k 8", 3, "8 seeds"),
    "k of 0": ("ripple edges.txt -k 0", 2, "-k"),
    "k below 0": ("ripple edges.txt -k -3", 2, "-k"),
    "k of words": ("ripple edges.txt -k many", 2, "-k"),
    "a probability of 2": ("ripple edges.txt -k 1 --weights 2", 2, "A probability of 2 cannot be"),
    "a probability of nan": ("ripple edges.txt -k 1 --weights nan", 2, "A probability of nan cannot be"),
    "weights that are no file": ("ripple edges.txt -k 1 --weights vc", 3, "There is no file vc"),
    "an epsilon of 0": ("ripple edges.txt -k 1 --epsilon 0", 2, "An epsilon of 0"),
    "an epsilon of nan": ("ripple edges.txt -k 1 --epsilon nan", 2, "An epsilon of nan"),
    "a delta of 1": ("ripple edges.txt -k 1 --delta 1", 2, "A delta of 1"),
    "no threads": ("ripple edges.txt -k 1 --threads 0", 2, "--threads"),
    "another model": ("ripple edges.txt --model sir", 2, "sir"),
    "costs without a budget": ("ripple edges.txt --costs costs.csv", 2, "Add --budget"),
    "a budget without costs": ("ripple edges.txt --budget 9", 2, "Add --costs"),
    "a budget of 0": ("ripple edges.txt --costs costs.csv --budget 0", 2, "A budget of 0"),
    "a budget of nan": ("ripple edges.txt --costs costs.csv --budget nan", 2, "A budget of nan"),
    "standard input twice": ("ripple - --costs - --budget 5", 2, "named twice"),
    "in-weights above 1": ("ripple edges.txt -k 1 --model lt --weights 0.9", 3, "1.8"),
}


@pytest.mark.parametrize(("command", "code", "words"), CALLS.values(), ids=list(CALLS))
def test_a_call_that_cannot_be_is_refused_in_one_line(
    folder: Path, asterism: Run, command: str, code: int, words: str
) -> None:
    (folder / "edges.txt").write_text(EDGES)
    (folder / "costs.csv").write_text(COSTS)
    refused(asterism(command), code, words)


NODES = {
    "costs missing": ("0,5\n1,1\n5,2\n", "--costs f --budget 9", "f names no cost of `2` and 3 more"),
    "one cost missing": (COSTS.replace("4,1\n", ""), "--costs f --budget 9", "f names no cost of `4`."),
    "a negative cost": (COSTS.replace("4,1", "4,-1"), "--costs f --budget 9", "f, line 5: the cost is `-1`"),
    "a cost of words": (COSTS.replace("4,1", "4,free"), "--costs f --budget 9", "f, line 5: the cost is `free`"),
    "a cost of nan": (COSTS.replace("4,1", "4,nan"), "--costs f --budget 9", "f, line 5: the cost is `nan`"),
    "no cost column": ("0\n1\n", "--costs f --budget 9", "has 1 column where 2 are needed"),
    "no costs": ("", "--costs f --budget 9", "f is empty"),
    "targets that are strangers": ("x,1\ny,1\n", "--targets f", "no node of the graph a weight above 0"),
    "targets worth nothing": ("0,0\n1,0\n", "--targets f", "no node of the graph a weight above 0"),
    "a negative target": ("0,1\n1,-2\n", "--targets f", "f, line 2: the weight is `-2`"),
    "eligible strangers": ("x\ny\n", "--eligible f", "f names no node of the graph"),
    "an edge without weight": ("0 1 .5\n0 2 .5\n", "--weights f", "the edge from `0` to `3`, nor of 3 more"),
    "weights of strangers": ("x y .5\n", "--weights f", "None of the weights"),
    "a weight above 1": (WEIGHTED.replace("0.5", "5"), "--weights f", "f, line 1: the probability is `5`"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "options", "words"), NODES.values(), ids=list(NODES))
def test_a_file_about_nodes_or_edges_that_cannot_be_used_is_refused(
    folder: Path, asterism: Run, content: str, options: str, words: str
) -> None:
    (folder / "edges.txt").write_text(EDGES)
    (folder / "f").write_text(content)
    refused(asterism(f"ripple edges.txt -k 1 {options}"), 3, words)


def test_a_budget_below_the_cheapest_is_refused_in_one_line(folder: Path, asterism: Run) -> None:
    (folder / "edges.txt").write_text(EDGES)
    (folder / "costs.csv").write_text(COSTS)
    code, out, err = asterism("ripple edges.txt --costs costs.csv --budget 0.5")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "0.5" in err


def test_what_may_not_be_read_is_said_so(folder: Path, asterism: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "edges.txt").write_text(EDGES)
    monkeypatch.setattr(Path, "open", forbidden)
    refused(asterism("ripple edges.txt -k 1 --no-cache"), 4, "may not be read", "permission")


def test_a_graph_of_too_many_edges_is_refused(folder: Path, asterism: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "edges.txt").write_text(EDGES)
    monkeypatch.setattr("asterism.store.graphs.edges.MOST_ARCS", 6)
    refused(asterism("ripple edges.txt -k 1"), 3, "edges.txt has 6 edges or more", "fewer than 6")


def answer(asterism: Run, command: str) -> dict[str, object]:
    """What a command answers as JSON, with nothing on standard error."""
    code, out, err = asterism(f"{command} --json")
    assert (code, err) == (0, "")
    return json.loads(out)


def crowd(n: int = 300, m: int = 1500) -> tuple[np.ndarray, np.ndarray]:
    """A random graph without loops and repeats, every node in it."""
    rng = np.random.default_rng(7)
    pairs = {(int(a), int(b)) for a, b in rng.integers(0, n, (m, 2)) if a != b} | {(i, (i + 1) % n) for i in range(n)}
    sources, targets = np.array(sorted(pairs)).T
    return sources, targets


FIELDS = ("seeds", "spread", "lower", "upper", "guarantee", "rr_sets", "cost")


def same(told: dict[str, object], found: ast.AsterismError) -> None:
    """The answer of the command line is that of the front door, ids being text in the one."""
    expected = found.to_dict() | {"seeds": [str(seed) for seed in found.seeds]}
    assert {name: told[name] for name in FIELDS} == {name: expected[name] for name in FIELDS}


def test_the_command_gives_what_the_front_door_gives(folder: Path, asterism: Run) -> None:
    sources, targets = crowd()
    (folder / "edges.txt").write_text("".join(f"{a} {b}\n" for a, b in zip(sources, targets, strict=True)))
    same(answer(asterism, "ripple edges.txt -k 5 --seed 3"), ast.ripple(sources, targets, k=5, seed=3))


def test_names_give_what_the_front_door_gives(folder: Path, asterism: Run) -> None:
    sources, targets = (np.array([f"@{node}" for node in nodes]) for nodes in crowd())
    (folder / "edges.csv").write_text("".join(f"{a},{b}\n" for a, b in zip(sources, targets, strict=True)))
    same(answer(asterism, "ripple edges.csv -k 5"), ast.ripple(sources, targets, k=5))


def test_costs_targets_and_eligible_nodes_reach_the_search(folder: Path, asterism: Run) -> None:
    sources, targets = crowd()
    costs = {node: 1 + node % 7 for node in range(300)}
    weights = {node: float(node % 3) for node in range(300)}
    eligible = [node for node in range(300) if node % 2]
    (folder / "edges.txt").write_text("".join(f"{a}\t{b}\n" for a, b in zip(sources, targets, strict=True)))
    (folder / "costs.csv").write_text("node,cost\n" + "".join(f"{node},{cost}\n" for node, cost in costs.items()))
    (folder / "weights.csv").write_text("".join(f"{node};{weight}\n" for node, weight in weights.items() if weight))
    (folder / "eligible.txt").write_text("".join(f"{node}\n" for node in eligible))
    files = "--costs costs.csv --targets weights.csv --eligible eligible.txt"
    told = answer(asterism, f"ripple edges.txt {files} --budget 20")
    same(told, ast.ripple(sources, targets, costs=costs, budget=20, weights=weights, eligible=eligible))
    assert told["cost"] == sum(costs[int(seed)] for seed in told["seeds"]) <= 20
    assert all(int(seed) % 2 for seed in told["seeds"])
    assert told["worth"] == sum(weights.values())


def test_probabilities_come_as_a_number_a_column_or_a_file(folder: Path, asterism: Run) -> None:
    sources, targets = crowd()
    chance = np.round(np.random.default_rng(1).uniform(0.05, 0.5, sources.size), 3)
    rows = [f"{a},{b},{p}\n" for a, b, p in zip(sources, targets, chance, strict=True)]
    (folder / "graph.csv").write_text("source,target,probability\n" + "".join(rows))
    (folder / "shuffled.csv").write_text("".join(rows[::-1]))
    found = ast.ripple(sources, targets, chance, k=4)
    same(answer(asterism, "ripple graph.csv -k 4 --weights column"), found)
    same(answer(asterism, "ripple graph.csv -k 4 --weights shuffled.csv"), found)
    same(answer(asterism, "ripple graph.csv -k 4 --weights .1"), ast.ripple(sources, targets, 0.1, k=4))
    unused = answer(asterism, "ripple graph.csv -k 4")
    assert any("third column" in warning for warning in unused["warnings"])


@pytest.mark.parametrize("model", ["ic", "lt"])
def test_undirected_and_reversed_edges_are_what_they_say(folder: Path, asterism: Run, model: str) -> None:
    sources, targets = crowd()
    (folder / "edges.txt").write_text("".join(f"{a} {b}\n" for a, b in zip(sources, targets, strict=True)))
    both = np.concatenate([sources, targets]), np.concatenate([targets, sources])
    told = answer(asterism, f"ripple edges.txt -k 4 --model {model} --undirected")
    same(told, ast.ripple(*both, k=4, model=model))
    same(
        answer(asterism, f"ripple edges.txt -k 4 --model {model} --reverse"),
        ast.ripple(targets, sources, k=4, model=model),
    )


FORMATS = {
    "spaces": EDGES.encode(),
    "tabs, with a header": b"from\tto\n" + EDGES.replace(" ", "\t").encode(),
    "commas, header, comments": b"# a graph\nid_1,id_2\n" + EDGES.replace(" ", ",").encode() + b"% the end",
    "semicolons, quoted": EDGES.replace(" ", '";"').replace("\n", '"\n"').rstrip('"').join(['"', ""]).encode(),
    "columns the other way round": b"target,source\n" + EDGES[::-1].strip().replace(" ", ",").encode(),
    "Windows line ends and a mark": b"\xef\xbb\xbf" + EDGES.replace("\n", "\r\n").encode(),
    "old Macintosh line ends": EDGES.replace("\n", "\r").encode(),
    "UTF-16": EDGES.encode("utf-16"),
    "gzip": gzip.compress(EDGES.encode()),
    "counts in the first line": b"7 6\n" + EDGES.encode(),
    "Parquet of numbers": parquet(source=[0, 0, 0, 1, 2, 5], target=[1, 2, 3, 4, 4, 6]),
    "Parquet of text": parquet(source=list("000125"), target=list("123446")),
    "Parquet of whole fractions": parquet(source=[0.0, 0, 0, 1, 2, 5], target=[1.0, 2, 3, 4, 4, 6]),
    "GEXF": gexf("".join(f"<edge source='{e[0]}' target='{e[2]}'/>" for e in EDGES.splitlines())).replace(
        b"<graph>", b"<graph defaultedgetype='directed'>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("content", FORMATS.values(), ids=list(FORMATS))
def test_a_graph_is_the_same_in_every_format(folder: Path, asterism: Run, content: bytes) -> None:
    (folder / "edges.txt").write_text(EDGES)
    (folder / "graph").write_bytes(content)
    told, plain = answer(asterism, "ripple graph -k 2"), answer(asterism, "ripple edges.txt -k 2")
    assert plain["seeds"] == ["0", "5"]
    assert {name: told[name] for name in (*FIELDS, "graph")} == {name: plain[name] for name in (*FIELDS, "graph")}


def test_a_graph_may_come_from_standard_input(folder: Path, asterism: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NAMED.encode())))
    assert answer(asterism, "ripple - -k 2")["seeds"] == ["ann", "fay"]


def test_a_graph_in_pieces_is_fine(folder: Path, asterism: Run) -> None:
    (folder / "edges.txt").write_text("0 1\n2 3\n4 5\n")
    assert sorted(answer(asterism, "ripple edges.txt -k 3")["seeds"]) == ["0", "2", "4"]


def test_loops_and_repeats_are_left_out_and_said(folder: Path, asterism: Run) -> None:
    (folder / "edges.txt").write_text(EDGES + "0 0\n5 5\n0 1\n")
    told = answer(asterism, "ripple edges.txt -k 2")
    facts = {"nodes": 7, "edges": 6, "edges_listed": 9, "self_loops": 2, "duplicates": 1, "undirected": False}
    assert told["graph"] == facts
    assert "2 edges from a node to itself were left out." in told["warnings"]
    assert "1 edge listed again counts once." in told["warnings"]


def test_strangers_in_a_cost_file_are_said_and_do_no_harm(folder: Path, asterism: Run) -> None:
    (folder / "edges.txt").write_text(EDGES)
    (folder / "costs.csv").write_text(COSTS + "70,1\n0,5\n")
    told = answer(asterism, "ripple edges.txt --costs costs.csv --budget 5")
    assert told["warnings"] == [
        "1 row of costs.csv name nodes that are not in the graph.",
        "1 row of costs.csv name a node again: the last row of each counts.",
    ]


def test_the_sentence_says_what_a_marketer_asks(folder: Path, asterism: Run) -> None:
    (folder / "edges.txt").write_text(NAMED)
    (folder / "names.csv").write_text('handle,page_name\nann,"Ann & Friends, Inc."\nfay,Fay\n')
    code, out, err = asterism("ripple edges.txt -k 2 --names names.csv")
    assert (code, err) == (0, "")
    said = " ".join(out.split())
    assert said.startswith("Seeding these 2 of 7 reaches about ")
    assert "No 2 could reach more than" in said
    assert "Ann & Friends, Inc." in said


def test_a_kept_graph_gives_the_same_answer(folder: Path, asterism: Run, home: Path) -> None:
    (folder / "edges.txt").write_text(NAMED)
    first = answer(asterism, "ripple edges.txt -k 2")
    assert len(tree(home)) == 1
    second = answer(asterism, "ripple edges.txt -k 2")
    ours = {"seconds", "load_seconds"}
    assert {k: v for k, v in first.items() if k not in ours} == {k: v for k, v in second.items() if k not in ours}
    answer(asterism, "ripple edges.txt -k 2 --undirected --no-cache")
    assert len(tree(home)) == 1


def test_every_option_is_explained_in_the_how_to(asterism: Run) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "howto" / "find-whom-to-seed.md").read_text(encoding="utf-8")
    options = set(re.findall(r"--[a-z-]+", asterism("ripple --help")[1])) - {"--json", "--help"}
    assert len(options) >= 14
    assert {option for option in options if f"{option}" not in page} == set()
