"""Tables as the file wrote them: trimmed, and without what is no row."""

import random

import pytest

from asterism.creators.text import TextTable, clean

HEADER = ("Handle", "Niche", "Followers")
PIECES = ("", " ", "-", "--", "---", "===", "_", "_ana", "handle", "Niche", "followers", " ana ", "5", "\u00a0", "#")


def table(rows: list[tuple[str | None, ...]]) -> TextTable:
    return TextTable.of("it", {name: [row[at] for row in rows] for at, name in enumerate(HEADER)})


def cleaned(rows: list[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    return list(zip(*(column.to_pylist() for column in clean(table(rows)).columns), strict=True))


def plainly(rows: list[tuple[str | None, ...]]) -> tuple[list[tuple[str | None, ...]], list[tuple[int, str]]]:
    """The rows that stay, trimmed, and the line and reason of each that is refused."""
    kept, refused = [], []
    for line, row in enumerate(rows, start=2):
        cells = [(cell or "").strip() for cell in row]
        drawn = all(not cell.strip("=-_*~#+.|") for cell in cells)
        if not any(cells):
            continue
        if drawn and (cells[0] == "" or len(cells[0]) > 2):
            refused.append((line, "a separator line, not a row"))
        elif [cell.lower() for cell in cells] == [name.lower() for name in HEADER]:
            refused.append((line, "the header again, not a row"))
        else:
            kept.append(tuple(cell or None for cell in cells))
    return kept, refused


@pytest.mark.parametrize(
    ("row", "stays"),
    [
        pytest.param(("ana", "food", "5"), True, id="a row"),
        pytest.param((None, "food", "5"), True, id="no first cell"),
        pytest.param((None, None, None), False, id="blank"),
        pytest.param((" ", "\u00a0", ""), False, id="white space"),
        pytest.param(("---", "---", "---"), False, id="a line drawn through every cell"),
        pytest.param(("", "---", ""), False, id="a line drawn through some"),
        pytest.param(("-", "-", "-"), True, id="dashes for what is not stated"),
        pytest.param(("_", None, None), True, id="a handle that looks drawn"),
        pytest.param(("___", "food", None), True, id="a drawn handle with a niche"),
        pytest.param(("HANDLE", "niche ", "Followers"), False, id="the header again"),
        pytest.param(("handle", "food", "5"), True, id="somebody called as the header is"),
    ],
)
def test_what_holds_something_is_a_row(row: tuple[str | None, ...], stays: bool) -> None:
    assert len(cleaned([("bo", "art", "1"), row, ("cy", "art", "2")])) == 2 + stays


def test_rows_stay_and_go_as_in_a_plain_loop() -> None:
    draw = random.Random(2)
    rows = [tuple(draw.choice(PIECES) for _ in HEADER) for _ in range(3_000)]
    rows[7:7] = [HEADER, (None, None, None)]
    kept, refused = plainly(rows)
    assert cleaned(rows) == kept
    assert [(reject.row, reject.reason) for reject in clean(table(rows)).rejects] == refused


def test_a_table_without_rows_stays_empty() -> None:
    assert len(clean(table([]))) == 0
