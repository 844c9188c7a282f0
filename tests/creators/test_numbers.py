"""Columns of numbers: the fast path must say what the readable parser says, and the mark follows the evidence."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asterism.creators.numbers import by_distinct, decimal_mark, numbers
from asterism.creators.values import number

COLUMNS = [
    (["48.5M", "1.2K", "29.0b", "0.89k", "7"], True, [48_500_000, 1_200, 29e9, 890, 7]),
    (["1,234", "12,345,678", "5"], True, [1_234, 12_345_678, 5]),
    (["1.234", "12.345.678", "7"], True, [1_234, 12_345_678, 7]),
    (["1.234", "3.5"], True, [1.234, 3.5]),
    (["1.234,5", "3,4", "1 234"], False, [1_234.5, 3.4, 1_234]),
    (["1.234", "3,4"], False, [1_234, 3.4]),
    (["1,234", "3,4"], False, [1.234, 3.4]),
    (["1,5M", "2,25K", "3"], True, [1_500_000, 2_250, 3]),
    (["2.28E+11", "5"], True, [2.28e11, 5]),
    (["304.9K", "1991", None], True, [304_900, 1_991, None]),
    (["1.234", "0.5"], False, [1.234, 0.5]),
]


@pytest.mark.parametrize(("cells", "whole", "expected"), COLUMNS, ids=[str(c[0]) for c in COLUMNS])
def test_a_column_is_read_by_the_evidence_of_all_its_cells(
    cells: list[str | None], whole: bool, expected: list[float | None]
) -> None:
    read = numbers(pa.array(cells), whole)
    assert read.reasons == {}
    assert read.values.to_pylist() == [pytest.approx(v) if v is not None else None for v in expected]


def test_a_cell_that_is_no_number_is_refused_and_the_others_kept() -> None:
    read = numbers(pa.array(["5", "abc", None, "10-20K", "inf", "-3"]))
    assert read.values.to_pylist() == [5, None, None, None, None, -3]
    assert read.reasons == {1: "not a number", 3: "a range, not a number", 4: "not a number"}


def test_infinity_alone_is_no_figure() -> None:
    assert numbers(pa.array(["inf", "1"])).reasons == {0: "not a number"}


@given(
    st.lists(
        st.one_of(
            st.integers(-(10**12), 10**12).map(str),
            st.floats(0, 1e9, allow_nan=False).map(lambda v: f"{v:.2f}"),
            st.integers(1, 9_999).map(lambda v: f"{v / 10:.1f}K"),
            st.integers(10**3, 10**12).map(lambda v: f"{v:,}"),
            st.sampled_from(["2.28E+11", "12 345", "3 videos", "x", "1.2.3"]),
        ),
        max_size=30,
    )
)
def test_the_fast_reader_says_what_the_readable_one_says(cells: list[str]) -> None:
    column = pa.array(cells, pa.string())
    mark = decimal_mark(column, whole=False)
    read = numbers(column)
    for at, cell in enumerate(cells):
        expected, reason = _one(cell, mark)
        assert read.values[at].as_py() == (None if expected is None else pytest.approx(expected, rel=1e-12))
        assert read.reasons.get(at) == reason


def _one(cell: str, mark: str) -> tuple[float | None, str | None]:
    try:
        return number(cell, mark), None
    except ValueError as refusal:
        return None, str(refusal)


def test_each_distinct_text_is_read_once() -> None:
    seen: list[str] = []
    read = by_distinct(pa.array(["a", "b", "a", None]), lambda text: seen.append(text) or text.upper(), pa.string())
    assert read.values.to_pylist() == ["A", "B", "A", None]
    assert seen == ["a", "b"]
