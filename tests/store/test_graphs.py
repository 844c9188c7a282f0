"""Graphs from files: the same whatever the format, kept between runs, and never from a damaged copy."""

import os
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from asterism.audience.graph import build_graph
from asterism.errors import BadInput, MissingColumns, UnreadableFile
from asterism.store.graphs.cells import Bounds
from asterism.store.graphs.files import GraphFile, Reading, open_graph
from asterism.store.graphs.kept import Kept, keep, load
from asterism.store.graphs.layouts import NODE, PROBABILITY, SOURCE, TARGET, find_layout
from asterism.store.graphs.node_ids import NodeIds
from asterism.store.graphs.node_values import read_labels, read_node_values, read_nodes
from tests.naive import store as naive

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="needs shared/data beside the repository")


def written(path: Path, content: str) -> str:
    path.write_text(content, encoding="utf-8")
    return str(path)


def same(a: GraphFile, b: GraphFile) -> None:
    for name in ("start", "source", "node", "probability"):
        ours, theirs = getattr(a.graph, name), getattr(b.graph, name)
        assert (ours is None) == (theirs is None), name
        assert ours is None or np.array_equal(ours, theirs), name
    assert a.ids.names() == b.ids.names()
    assert np.array_equal(a.leads_to, b.leads_to)
    ours, theirs = (
        (each.labels, each.n_edges, each.undirected, each.warnings, each.graph.self_loops, each.graph.duplicates)
        for each in (a, b)
    )
    assert ours == theirs


def arcs(opened: GraphFile) -> set[tuple[str, str]]:
    """The arcs of a graph by the names of their nodes."""
    graph, name = opened.graph, opened.ids.name
    return {
        (name(int(graph.node[u])), name(int(graph.node[v])))
        for v in range(graph.n_nodes)
        for u in graph.source[graph.start[v] : graph.start[v + 1]]
    }


ODDITIES = {
    "plain": "1 2\n3 4\n",
    "a comment among the edges": "1 2\n# said\n3 4\n",
    "more columns": "1 2 9 x\n3 4 9 y\n",
    "runs of blanks": "  1   2\n3 \t 4  \n",
    "Windows line ends": "1 2\r\n3 4\r\n",
    "no last newline": "1 2\n3 4",
    "blank lines": "\n1 2\n\n\n3 4\n\n",
    "a percent sign": "%%MatrixMarket\n1 2\n3 4\n",
}


@pytest.mark.parametrize("content", ODDITIES.values(), ids=list(ODDITIES))
def test_numbers_are_read_however_they_stand(tmp_path: Path, content: str) -> None:
    opened = open_graph(written(tmp_path / "g", content))
    assert arcs(opened) == {("1", "2"), ("3", "4")}
    assert opened.n_edges == 2


IDS = {
    "zeros in front": ("007 7\n7 08\n", {("007", "7"), ("7", "08")}),
    "more digits than fit": ("99999999999999999999 1\n1 2\n", {("99999999999999999999", "1"), ("1", "2")}),
    "large numbers": ("9007199254740993 9007199254740992\n", {("9007199254740993", "9007199254740992")}),
    "letters of all kinds": ("Zoë,中国\nZoë,b c\n", {("Zoë", "中国"), ("Zoë", "b c")}),
    "quotes": ('"a, b","c ""d"""\n"a, b",e\n', {("a, b", 'c "d"'), ("a, b", "e")}),
    "a name that is a number": ('x,1984\ny,"z"\n', {("x", "1984"), ("y", "z")}),
    "a quoted word among numbers": ("1,2\n2,3\n3,4\n4,\"five\"\n", {("1", "2"), ("2", "3"), ("3", "4"), ("4", "five")}),
    "a hash in quotes": ('"#food","#vegan"\n', {("#food", "#vegan")}),
    "numbers with a point": ("1.0 2.0\n", {("1.0", "2.0")}),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), IDS.values(), ids=list(IDS))
def test_ids_stay_as_they_are_written(tmp_path: Path, content: str, expected: set[tuple[str, str]]) -> None:
    assert arcs(open_graph(written(tmp_path / "g", content))) == expected


def test_text_that_is_not_utf8_is_read_and_said(tmp_path: Path) -> None:
    (tmp_path / "g").write_bytes("Zoë,Åsa\nZoë,Ida\n".encode("utf-16"))
    assert arcs(open_graph(str(tmp_path / "g"))) == {("Zoë", "Åsa"), ("Zoë", "Ida")}


HEADERS = {
    "known names": ("source,target\na,b\n", "ab"),
    "known names, other order": ("to,from\nb,a\n", "ab"),
    "who follows": ("follower,followed\nb,a\n", "ab"),
    "Gephi's own export": ("Source;Target;Type;Id;Label;Weight\na;b;Directed;0;;1.0\n", "ab"),
    "words above numbers": ("left,right\n1,2\n", "12"),
    "no header, single letters": ("a,b\n", "ab"),
    "a number in the first row": ("1 x\n", "1x"),
}


@pytest.mark.parametrize(("content", "expected"), HEADERS.values(), ids=list(HEADERS))
def test_a_header_is_told_from_an_edge(tmp_path: Path, content: str, expected: str) -> None:
    opened = open_graph(written(tmp_path / "g", content))
    assert (arcs(opened), opened.n_edges) == ({tuple(expected)}, 1)


def test_edges_that_a_header_turns_round_are_said(tmp_path: Path) -> None:
    opened = open_graph(written(tmp_path / "g", "follower,followed\nbob,ann\n"))
    assert any("run from `followed` to `follower`" in warning for warning in opened.warnings)


def test_reverse_turns_every_edge_round(tmp_path: Path) -> None:
    path = written(tmp_path / "g", "bob,ann\ncid,ann\n")
    assert arcs(open_graph(path, Reading(reverse=True))) == {("ann", "bob"), ("ann", "cid")}


COUNTS = {
    "as many edges follow": ("3 2\n0 1\n1 2\n", 2),
    "with a third column": ("3 2\n0 1 .5\n1 2 .5\n", 2),
    "more nodes than it says": ("2 3\n0 1\n1 2\n2 3\n", 4),
    "another number of edges": ("3 4\n0 1\n1 2\n", 3),
}


@pytest.mark.parametrize(("content", "n_edges"), COUNTS.values(), ids=list(COUNTS))
@pytest.mark.parametrize("column", [False, True])
def test_a_line_of_counts_is_no_edge(tmp_path: Path, content: str, n_edges: int, column: bool) -> None:
    if column and ".5" not in content:
        content = content.replace("\n", " .5\n")
    opened = open_graph(written(tmp_path / "g", content), Reading(column=column))
    assert opened.n_edges == n_edges
    counted = [warning for warning in opened.warnings if "number of nodes and edges" in warning]
    assert len(counted) == int(n_edges == 2)


def test_the_graph_is_the_one_its_arrays_build(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    pairs = rng.integers(0, 50, (400, 2))
    chance = np.round(rng.uniform(0, 1, 400), 3)
    text = "".join(f"{a} {b} {p}\n" for (a, b), p in zip(pairs.tolist(), chance.tolist(), strict=True))
    path = written(tmp_path / "g", text)
    codes, ids = naive.edges(text)
    begin, end = np.array(codes).T
    for column, undirected in ((False, False), (True, False), (True, True)):
        opened = open_graph(path, Reading(undirected=undirected, column=column))
        graph = build_graph(begin, end, chance if column else None, n_nodes=len(ids), undirected=undirected)
        same(opened, replace(opened, graph=graph))
        assert opened.ids.names() == ids


def test_weights_of_their_own_find_their_edges(tmp_path: Path) -> None:
    graph = written(tmp_path / "g", "a,b\nb,c\nc,a\nc,c\n")
    weights = written(tmp_path / "w", "b,c,.2\na,b,.1\nc,a,.3\na,b,.4\nx,y,.9\na,c,.9\n")
    columns = written(tmp_path / "c", "a,b,.4\nb,c,.2\nc,a,.3\nc,c,0\n")
    opened = open_graph(graph, Reading(weights=weights))
    other = open_graph(columns, Reading(column=True))
    same(opened, replace(other, warnings=opened.warnings))
    assert opened.warnings == (f"2 edges of {weights} are not in the graph and were left out.",)


def test_weights_of_undirected_edges_may_stand_either_way(tmp_path: Path) -> None:
    graph = written(tmp_path / "g", "a,b\nb,c\n")
    one = open_graph(graph, Reading(undirected=True, weights=written(tmp_path / "w", "b,a,.1\nb,c,.2\n")))
    two = open_graph(graph, Reading(undirected=True, weights=written(tmp_path / "v", "a,b,.1\nc,b,.2\n")))
    same(one, two)
    with pytest.raises(BadInput, match="no probability of the edge from `a` to `b`"):
        open_graph(graph, Reading(weights=written(tmp_path / "u", "b,a,.1\nb,c,.2\n")))


def gexf(kind: str, edges: str) -> str:
    nodes = '<node id="n1" label="Ann"/><node id="n2" label="Bob"/><node id="n3"/>'
    body = f"<graph {kind}><nodes>{nodes}</nodes><edges>{edges}</edges></graph>"
    return f'<?xml version="1.0"?><gexf xmlns="http://gexf.net/1.3">{body}</gexf>'


EDGE = '<edge source="n1" target="n2" weight="0.5"/>'


def test_gexf_brings_labels_weights_and_its_own_direction(tmp_path: Path) -> None:
    opened = open_graph(written(tmp_path / "g", gexf('defaultedgetype="directed"', EDGE)), Reading(column=True))
    assert (arcs(opened), opened.labels, opened.undirected) == ({("n1", "n2")}, ("Ann", "Bob", "n3"), False)
    assert opened.graph.probability.tolist() == [0.5]
    both = open_graph(written(tmp_path / "h", gexf("", EDGE)))
    assert (arcs(both), both.undirected) == ({("n1", "n2"), ("n2", "n1")}, True)


def test_gexf_of_mixed_edges_says_how_they_were_taken(tmp_path: Path) -> None:
    mixed = EDGE + '<edge source="n2" target="n3" type="directed"/>'
    opened = open_graph(written(tmp_path / "g", gexf('defaultedgetype="undirected"', mixed)))
    assert "mixes directed and undirected edges" in opened.warnings[0]


KEPT = {
    "numbers": ("0 1\n1 2\n2 2\n0 1\n", Reading()),
    "names": ("ann,bob\nbob,Zoë\n", Reading(undirected=True)),
    "probabilities": ("a,b,.5\nb,c,.25\n", Reading(column=True)),
    "labels": (gexf("", EDGE), Reading()),
}


@pytest.mark.parametrize(("content", "reading"), KEPT.values(), ids=list(KEPT))
def test_a_kept_graph_comes_back_equal(tmp_path: Path, content: str, reading: Reading) -> None:
    path, home = written(tmp_path / "g", content), tmp_path / "home"
    first = open_graph(path, reading, home)
    assert len(list(home.iterdir())) == 1
    second = open_graph(path, reading, home)
    same(first, second)
    assert second.graph.source.base is not None
    (file,) = home.iterdir()
    sound = file.read_bytes()
    second.graph.start[:] = 7
    assert file.read_bytes() == sound
    same(first, open_graph(path, reading, home))


def test_a_graph_is_not_read_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, home = written(tmp_path / "g", "0 1\n"), tmp_path / "home"
    first = open_graph(path, None, home)
    monkeypatch.setattr("asterism.store.graphs.files.map_bytes", None)
    same(first, open_graph(path, None, home))


@pytest.mark.parametrize("small", [True, False], ids=["by content", "by size and times"])
def test_a_changed_file_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: bool) -> None:
    monkeypatch.setattr("asterism.store.graphs.kept._READ_WHOLE", 1 << 20 if small else 0)
    path, home = written(tmp_path / "g", "0 1\n"), tmp_path / "home"
    assert arcs(open_graph(path, None, home)) == {("0", "1")}
    written(tmp_path / "g", "0 2\n")
    assert arcs(open_graph(path, None, home)) == {("0", "2")}


def test_every_way_of_reading_is_kept_apart(tmp_path: Path) -> None:
    path, home = written(tmp_path / "g", "0 1 .5\n1 2 .25\n"), tmp_path / "home"
    weights = written(tmp_path / "w", "0 1 .1\n1 2 .2\n")
    ways = [Reading(), Reading(undirected=True), Reading(reverse=True), Reading(column=True), Reading(weights=weights)]
    opened = [open_graph(path, way, home) for way in ways]
    assert len(list(home.iterdir())) == len(ways)
    for way, first in zip(ways, opened, strict=True):
        same(open_graph(path, way, home), first)
    written(tmp_path / "w", "0 1 .3\n1 2 .2\n")
    changed = open_graph(path, Reading(weights=weights), home)
    assert sorted(changed.graph.probability.tolist()) == pytest.approx([0.2, 0.3])


def damage_flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0x40]) + content[at + 1 :]


DAMAGE = {
    "emptied": lambda _: b"",
    "half written": lambda content: content[: len(content) // 2],
    "a byte short": lambda content: content[:-1],
    "another beginning": lambda content: damage_flip(content, 3),
    "a header changed": lambda content: damage_flip(content, 60),
    "an array changed": lambda content: damage_flip(content, len(content) - 1),
    "its begin alone": lambda content: content[:40],
    "something else": lambda _: b"0 1\n" * 400,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=list(DAMAGE))
def test_a_damaged_copy_is_noticed_and_built_again(tmp_path: Path, damage) -> None:
    path, home = written(tmp_path / "g", "".join(f"{i} {i + 1}\n" for i in range(99))), tmp_path / "home"
    first = open_graph(path, None, home)
    (file,) = home.iterdir()
    sound = file.read_bytes()
    file.write_bytes(damage(sound))
    assert load(file) is None
    same(open_graph(path, None, home), first)
    assert file.read_bytes() == sound


def test_every_byte_of_a_copy_is_watched(tmp_path: Path) -> None:
    keep(tmp_path / "k", {"a": np.arange(5, dtype=np.uint32), "b": np.zeros(0)}, {"n": 1})
    sound = (tmp_path / "k").read_bytes()
    found = load(tmp_path / "k")
    assert isinstance(found, Kept)
    assert (found.arrays["a"].tolist(), found.arrays["b"].size, found.facts) == ([0, 1, 2, 3, 4], 0, {"n": 1})
    array = sound.index(found.arrays["a"].tobytes())
    for at in [*range(sound.rindex(b"}") + 1), *range(array, array + 20)]:
        (tmp_path / "k").write_bytes(damage_flip(sound, at))
        assert load(tmp_path / "k") is None, at


def test_writers_at_once_leave_one_sound_copy(tmp_path: Path) -> None:
    path, home = written(tmp_path / "g", "".join(f"{i} {i + 1}\n" for i in range(999))), tmp_path / "home"
    opened: list[GraphFile] = []
    threads = [threading.Thread(target=lambda: opened.append(open_graph(path, None, home))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 8
    for each in opened:
        same(each, opened[0])
    (file,) = home.iterdir()
    assert load(file) is not None


def test_the_graph_not_used_for_longest_is_forgotten_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asterism.store.graphs.kept._KEPT", 2)
    for i, name in enumerate("abc"):
        keep(tmp_path / f"{name}.graph", {"x": np.arange(3)}, {})
        if name != "c":
            os.utime(tmp_path / f"{name}.graph", (i, i))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["b.graph", "c.graph"]


def test_a_copy_that_cannot_be_kept_is_said_and_does_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path / "g", "0 1\n")
    opened = open_graph(path, None, Path(path) / "below")
    assert arcs(opened) == {("0", "1")}
    assert "could not be kept" in opened.warnings[0]


def test_ids_find_their_nodes_and_strangers_none() -> None:
    numbers = NodeIds.of_numbers(np.array([2, 5, 9], dtype=np.uint64))
    names = NodeIds.of_names(["", "Zoë", "ann"])
    assert numbers.codes_of(np.array([9, 3, 2, 10**18], dtype=np.uint64)).tolist() == [2, -1, 0, -1]
    assert numbers.codes(["5", "05"]).tolist() == [1, -1]
    assert names.codes(["ann", "", "Zoë", "bob"]).tolist() == [2, 0, 1, -1]
    assert names.codes_of(np.array([1], dtype=np.uint64)).tolist() == [-1]
    assert (len(numbers), len(names), names.names()) == (3, 3, ["", "Zoë", "ann"])


COST = Bounds("cost", 0.0)
VALUES = {
    "numbers": "2,1.5\n9,3\n",
    "a header": "node,cost\n2,1.5\n9,3\n",
    "columns the other way round": "cost;id\n1.5;2\n3;9\n",
    "a node twice, the last counts": "2,7\n9,3\n2,1.5\n",
    "a stranger": "2,1.5\n9,3\n11,8\n",
    "a stranger of letters": "2,1.5\n9,3\nann,8\n",
}


@pytest.mark.parametrize("content", VALUES.values(), ids=list(VALUES))
def test_values_find_their_nodes(tmp_path: Path, content: str) -> None:
    ids = NodeIds.of_numbers(np.array([2, 5, 9], dtype=np.uint64))
    read = read_node_values(written(tmp_path / "v", content), ids, ("cost",), COST)
    assert np.array_equal(read.values, [1.5, np.nan, 3], equal_nan=True)
    assert (read.strangers, read.twice) == (int("8" in content), int("7" in content))


def test_a_list_of_nodes_marks_them(tmp_path: Path) -> None:
    ids = NodeIds.of_names(["ann", "bob", "cid"])
    read = read_nodes(written(tmp_path / "v", "cid\nann\nzed\n"), ids)
    assert np.isfinite(read.values).tolist() == [True, False, True]
    assert read.strangers == 1


def test_labels_stand_beside_the_column_that_names_nodes(tmp_path: Path) -> None:
    ids = NodeIds.of_numbers(np.array([0, 1], dtype=np.uint64))
    table = written(tmp_path / "n", 'id,name,new_id\n901,"Ann, Inc.",1\n902,,0\n903,Zed,7\n')
    assert read_labels(table, ids) == ("0", "Ann, Inc.")


def test_a_layout_asks_for_as_many_columns_as_it_needs() -> None:
    text = np.frombuffer(b"a,b\nc,d\n", dtype=np.uint8)
    assert find_layout("it", text, [NODE]).columns == (0,)
    assert find_layout("it", text, [SOURCE, TARGET]).columns == (0, 1)
    with pytest.raises(MissingColumns, match="has 2 columns where 3 are needed"):
        find_layout("it", text, [SOURCE, TARGET, PROBABILITY])


REAL = {
    "grqc": ("grqc/GrQc.txt", 5242, 14496, 14496 - 12),
    "musae tvshow": ("musae/facebook_page_page/tvshow/tvshow_edges.csv", 3892, 17262, 17262 - 23),
    "musae facebook": ("musae/facebook_large/facebook_edges.csv", 22470, 171002, 171002 - 179),
    "musae twitch": ("musae/twitch/DE/DE_edges.csv", 9498, 153138, 153138),
    "twitch overlaps": ("twitch_overlap_it/twitch-graph_17-31_july.gexf", 566, 2454, 2 * 2454),
}


@needs_shared
@pytest.mark.parametrize(("name", "n_nodes", "n_edges", "n_arcs"), REAL.values(), ids=list(REAL))
def test_real_graphs_load_as_they_are(name: str, n_nodes: int, n_edges: int, n_arcs: int) -> None:
    opened = open_graph(str(SHARED / name))
    assert (opened.graph.n_nodes, opened.n_edges, opened.graph.n_arcs) == (n_nodes, n_edges, n_arcs)


@needs_shared
def test_costs_below_the_edges_of_one_file_are_no_graph() -> None:
    with pytest.raises(BadInput, match="line 96706: `66` has one column where 2 are needed"):
        open_graph(str(SHARED / "bimp_twitter" / "twitter_10000_cost.txt"))


def test_a_file_of_another_kind_is_no_graph(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="it is JSON"):
        open_graph(written(tmp_path / "g", '{"a": 1}'))
