"""Which rows have an id of their own."""

import pyarrow as pa
import pytest

from asterism.creators.rows import told_apart


@pytest.mark.parametrize(
    ("ids", "apart"),
    [
        pytest.param([], True, id="no rows"),
        pytest.param(["a"], True, id="one row"),
        pytest.param(["a", "b", "c"], True, id="rising ids"),
        pytest.param(["c", "a", "b"], True, id="ids in no order"),
        pytest.param(["a", "a", "b"], False, id="a double beside its twin"),
        pytest.param(["a", "b", "a"], False, id="a double further on"),
        pytest.param(["a", None, "b"], True, id="one without an id"),
        pytest.param(["a", None, "b", None], False, id="two without an id"),
        pytest.param(["a", None, "a"], False, id="a double behind one without an id"),
        pytest.param([None, None], False, id="none with an id"),
    ],
)
@pytest.mark.parametrize("pieces", [1, 2], ids=["in one piece", "in two pieces"])
def test_ids_tell_rows_apart_only_if_none_stands_twice(ids: list[str | None], apart: bool, pieces: int) -> None:
    cut = len(ids) // pieces
    column = pa.chunked_array([pa.array(part, pa.string()) for part in (ids[:cut], ids[cut:])])
    assert told_apart(column) is apart
