"""Creators by the names people give them: an id before a handle, and never one of several in silence."""

import pyarrow as pa
import pytest

from asterism.desk.naming import rows_named
from asterism.errors import NotFound, WrongUsage

THERE = pa.table({
    "creator_id": ["ana", "ana", "c1", "UCx", "Odd@tiktok"],
    "handle": ["Ana", "Ana", "@Ben", "ana", None],
    "platform": ["instagram", "tiktok", "instagram", "youtube", "youtube"],
})  # fmt: skip


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("@ana@instagram", 0), ("tiktok:@Ana", 1), ("youtube:ana", 3), ("ucX", 3), ("@ben", 2), (" C1 ", 2),
        ("odd@tiktok", 4),
    ],
)  # fmt: skip
def test_a_creator_has_several_names(name: str, row: int) -> None:
    assert rows_named([name, "c1"], THERE) == [row, 2]


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        pytest.param("@ana", WrongUsage, r"any of 2 accounts\. Name one of: instagram:ana, tiktok:ana\.", id="several"),
        pytest.param("@ana@twitch", NotFound, r"no creator `ana@twitch`", id="elsewhere"),
        pytest.param("bem", NotFound, r"no creator `bem`.*Did you mean `ben`\?", id="misspelt"),
        pytest.param("", NotFound, r"no creator ``", id="nothing"),
    ],
)
def test_a_name_that_is_nobodys_or_several_is_said_so(name: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        rows_named([name], THERE)
