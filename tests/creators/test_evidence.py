"""What a sample of a column's cells says of it."""

import contextlib
from collections.abc import Callable

import pyarrow as pa
import pytest

from asterism.creators import places, platforms, values
from asterism.creators.evidence import content

CELLS = (["US", "france", "12", "3.5", "US", "yes", "reel", "IG", "", "n/a", "German", "#5", "2026-01-02"] * 7)[:80]
READERS: dict[str, Callable[[str], object]] = {
    "country": places.country,
    "language": places.language,
    "platform": platforms.platform,
    "format": platforms.format_word,
    "truth": values.truth,
}


def share(cells: list[str], read: Callable[[str], object]) -> float:
    """The share of cells that can be read and do not say no, cell by cell."""
    good = 0
    for cell in cells:
        with contextlib.suppress(ValueError):
            good += read(cell) is not False
    return good / len(cells)


@pytest.mark.parametrize("name", ["country", "language", "platform", "format"])
def test_shares_are_those_of_all_cells_read_one_by_one(name: str) -> None:
    known = [cell for cell in CELLS if cell.lower() not in values.UNKNOWN]
    held = content(pa.chunked_array([pa.array(CELLS)]))
    assert held.n == len(known)
    assert getattr(held, name) == pytest.approx(share(known, READERS[name]))
    assert getattr(held, name) > 0


def test_letters_are_counted_in_cells_that_say_something() -> None:
    held = content(pa.chunked_array([pa.array(["a1", "22", "n/a", "ü", "3"])]))
    assert (held.n, held.letters) == (4, 0.5)


def test_a_column_that_holds_nothing_has_no_shares() -> None:
    held = content(pa.chunked_array([pa.array(["n/a", None, "-"])]))
    assert (held.n, held.country, held.letters, held.time) == (0, 0.0, 0.0, 0.0)
