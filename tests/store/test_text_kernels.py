"""The kernels that read text, against their naive twins."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asterism.errors import BadInput
from asterism.store.graphs._kernels import read_integers, read_numbers
from asterism.store.graphs.cells import Block, Bounds, Text, blocks, numbers, words
from asterism.store.graphs.edge_lists import read_edge_list
from asterism.store.graphs.layouts import Layout
from asterism.store.graphs.numbering import Names
from tests.naive import store as naive

UNHURRIED = settings(deadline=None, max_examples=60)
"""The first call compiles."""
CELL = st.text(alphabet="ab01é.-", min_size=1, max_size=6)
QUOTED = st.text(alphabet='ab ,;\t"#é', max_size=6).map(lambda word: '"' + word.replace('"', '""') + '"')
LINE = st.one_of(
    st.lists(st.one_of(CELL, QUOTED), min_size=3, max_size=5), st.sampled_from([[], ["# said"], ["% said"]])
)
ENDS = st.sampled_from(["\n", "\r\n", " \n"])


def raw(text: str) -> np.ndarray:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def spans(cells: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Cells one after the other, and where each lies."""
    ends = np.cumsum([len(cell.encode()) for cell in cells])
    return raw("".join(cells)), np.column_stack([np.r_[0, ends[:-1]], ends]).astype(np.int64)


def text_of(content: str, delimiter: str, wanted: tuple[int, ...]) -> Text:
    return Text("it", raw(content), Layout(ord(delimiter), wanted, 3, (), 0, 1))


@UNHURRIED
@given(lines=st.lists(LINE, max_size=12), end=ENDS, delimiter=st.sampled_from(" ,;\t"))
@pytest.mark.parametrize("wanted", [(0, 1), (2, 0), (1,)])
def test_rows_are_cut_as_the_plain_loop_cuts_them(
    lines: list[list[str]], end: str, delimiter: str, wanted: tuple[int, ...]
) -> None:
    content = end.join(delimiter.join(cells) for cells in lines)
    text = text_of(content, delimiter, wanted)
    cut = [
        (int(line), words(text, cells))
        for block in blocks(text)
        for line, cells in zip(block.lines, block.cells, strict=True)
    ]
    expected = [(line, [c.replace('""', '"') for c in row]) for line, row in naive.rows(content, delimiter, wanted)]
    assert cut == expected


def test_blocks_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    content = "".join(f"{i} {i + 1}\n# {i}\n" for i in range(50))
    whole = [tuple(map(int, block.lines)) for block in blocks(text_of(content, " ", (0, 1)))]
    monkeypatch.setattr("asterism.store.graphs.cells.ROWS", 7)
    parts = [tuple(map(int, block.lines)) for block in blocks(text_of(content, " ", (0, 1)))]
    assert len(parts) == 8
    assert sum(parts, ()) == sum(whole, ()) == tuple(range(1, 101, 2))


WORDS = ["0", "7", "10", "9" * 19, "18446744073709551615", "007", "+1", "-1", "", "1e3", "1.0", "x", "１", "1 "]


@pytest.mark.parametrize("word", WORDS)
def test_a_number_is_what_people_write_plainly(word: str) -> None:
    content, cells = spans(["5", word, "6"])
    out = np.zeros(3, dtype=np.uint64)
    first = read_integers(content, cells, out)
    assert first == (-1 if naive.is_plain_integer(word) else 1)
    if first < 0:
        assert out.tolist() == [5, int(word), 6]


@UNHURRIED
@given(values=st.lists(st.one_of(st.decimals(0, 10, places=4), st.floats(0, 1e6), st.integers(0, 10**18))))
def test_decimals_are_read_to_the_last_bit(values: list[object]) -> None:
    written = [str(value) for value in values]
    content, cells = spans(written) if written else (raw(""), np.zeros((0, 2), dtype=np.int64))
    text = Text("it", content, Layout(ord(","), (0,), 1, (), 0, 1))
    block = Block(cells[:, None, :], np.arange(len(cells)))
    assert numbers(text, block, 0, Bounds("value", 0.0)).tolist() == [float(word) for word in written]


def test_what_is_no_plain_decimal_is_left_for_a_closer_look() -> None:
    content, cells = spans(["0.5", "1e-3", "x", "", ".", "1.2.3", "1234567890123456", "-1"])
    out = np.zeros(len(cells))
    assert read_numbers(content, cells, out) == 7
    assert np.flatnonzero(np.isnan(out)).tolist() == [1, 2, 3, 4, 5, 6, 7]


@UNHURRIED
@given(names=st.lists(st.text(alphabet="abcé", min_size=1, max_size=4), min_size=1, max_size=60))
def test_names_are_numbered_in_order(names: list[str]) -> None:
    content, cells = spans(names)
    text = Text("it", content, Layout(ord(","), (0,), 1, (), 0, 1))
    known = Names(text)
    first = [known.add(Block(part[:, None, :], np.arange(len(part))), 1) for part in np.array_split(cells, 3)]
    codes, ids = known.in_order()
    assert ids.names() == sorted(set(names))
    assert codes[np.concatenate(first)].tolist() == [sorted(set(names)).index(name) for name in names]


def test_more_names_than_a_table_holds_at_first_are_all_found() -> None:
    names = [f"n{i}" for i in range(3_000)] * 2
    content, cells = spans(names)
    known = Names(Text("it", content, Layout(ord(","), (0,), 1, (), 0, 1)))
    first = [known.add(Block(part[:, None, :], np.arange(len(part))), 1) for part in np.array_split(cells, 40)]
    codes, ids = known.in_order()
    assert len(ids) == 3_000
    assert [ids.name(int(code)) for code in codes[np.concatenate(first)]] == names


NODE = st.one_of(st.integers(0, 30), st.sampled_from([10**12, 10**18])).map(str)
NAME = st.sampled_from(["ann", "bob", "007", "7", "Zoë", "a b", 'x"y', "#tag"])


@UNHURRIED
@given(pairs=st.lists(st.tuples(NODE, NODE), min_size=1, max_size=40))
def test_an_edge_list_of_numbers_is_read_as_the_plain_loop_reads_it(pairs: list[tuple[str, str]]) -> None:
    content = "x y\n" + "".join(f"{a} {b}\n" for a, b in pairs)
    edges = read_edge_list("it", raw(content), with_probability=False)
    codes, ids = naive.edges(content[4:])
    assert list(zip(edges.sources.tolist(), edges.targets.tolist(), strict=True)) == codes
    assert edges.ids.names() == ids


@UNHURRIED
@given(pairs=st.lists(st.tuples(NAME, NAME), min_size=1, max_size=40))
def test_an_edge_list_of_names_is_read_as_the_plain_loop_reads_it(pairs: list[tuple[str, str]]) -> None:
    quoted = [tuple('"' + name.replace('"', '""') + '"' for name in pair) for pair in pairs]
    content = "source,target\n" + "".join(f"{a},{b}\n" for a, b in quoted)
    edges = read_edge_list("it", raw(content), with_probability=False)
    codes, ids = naive.edges(content.split("\n", 1)[1], ",")
    found = [
        tuple(edges.ids.name(int(node)) for node in pair) for pair in zip(edges.sources, edges.targets, strict=True)
    ]
    assert found == pairs == [(ids[a], ids[b]) for a, b in codes]


def test_a_narrow_row_in_a_later_block_is_named_by_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asterism.store.graphs.cells.ROWS", 3)
    with pytest.raises(BadInput, match="line 8: `7` has one column where 2 are needed"):
        read_edge_list("it", raw("".join(f"{i} {i}\n" for i in range(7)) + "7\n8 8\n"), with_probability=False)
