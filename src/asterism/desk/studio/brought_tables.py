"""Tables that somebody brings: screened, their columns known by name, their cells read as amounts or times."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators.numbers import decimal_mark
from asterism.creators.text import TextTable
from asterism.creators.times import day_first
from asterism.creators.values import moment, money, number
from asterism.errors import AsterismError, BadInput, MissingColumns, TooLarge, UnreadableFile
from asterism.store.archives import Limits
from asterism.store.files import open_tables
from asterism.store.ledger.places import uploads_of
from asterism.store.ledger.seats import Seat
from asterism.store.uploads import receive

Brought = tuple[str, Iterable[bytes], int]
"""A file as it comes: its name, its bytes, and how many it may have."""
ROWS: Final = 50_000
"""Rows of a file at most."""
SHOWN: Final = 200
"""Rejects that are told; the file has the rest."""
_ZONED: Final = re.compile(r":\d{2}.*?(Z|UTC|GMT|[+-]\d{2}:?\d{2})(\s\d{4})?$")
_MARKS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken: its line in the file, the column, the value and why."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: where it stands in the file, and its filled cells by field."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose columns are known.

    Parameters
    ----------
    source
        Field → the column's own name.
    lines
        The rows with at least one known cell.
    marks
        Field → the decimal mark of its column.
    days_first
        Field → whether 05/06 is the 5th of June in its column.
    spoiled
        Rows that the reader could not put into the columns.
    """

    source: Mapping[str, str]
    lines: tuple[Line, ...]
    marks: Mapping[str, str]
    days_first: Mapping[str, bool]
    spoiled: tuple[Rejected, ...]

    def rejected(self, line: Line, error: BadInput) -> Rejected:
        """A row that was refused, by the field that an error names."""
        field = error.field.partition(".")[0]
        why = f"{error.what} {error.fix}".strip()
        return Rejected(line.number, self.source.get(field, field), line.cells.get(field, "")[:120], why)

    def amount(self, line: Line, field: str) -> tuple[str, str]:
        """The amount of a cell as digits with a point, and the currency that stands beside it, if one does."""
        try:
            value, currency = money(line.cells[field], self.marks[field])
        except ValueError as error:
            raise BadInput(f"This is {error}.", "Write it as in 49.90.", field) from None
        return f"{value:.4f}", currency or ""

    def time(self, line: Line, field: str) -> datetime:
        """The time of a cell; without a zone where none is stated."""
        text = line.cells[field].strip()
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
        try:
            read = moment(text, self.days_first[field])
        except ValueError as error:
            raise BadInput(f"This is {error}.", "Write it as in 2026-12-01 09:30.", field) from None
        return read if _ZONED.search(text) else read.replace(tzinfo=None)


def read_sheet(seat: Seat, brought: Brought, known: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Sheet:
    """The table of a file that was brought.

    Parameters
    ----------
    known
        Field → the names under which it is written, without marks and capitals.
    needed
        Fields without which nothing can be done; of a group `a|b` one is enough.

    Raises
    ------
    BadInput
        It is no table, holds what could do harm, or lacks a column that is needed.
    TooLarge
        It has more than `ROWS` rows.
    """
    name, chunks, largest = brought
    with _opened(seat, name, chunks, largest) as table:
        if len(table) > ROWS:
            raise TooLarge(f"{name} has {len(table):,} rows.", f"Bring at most {ROWS:,} at once.")
        at = columns_of(table.header, known, needed, name)
        columns = {field: table.columns[place].combine_chunks() for field, place in at.items()}
        spoiled = tuple(Rejected(one.row, one.column, one.value, one.reason) for one in table.rejects)
        return Sheet(
            source={field: table.header[place] for field, place in at.items()},
            lines=tuple(_lines(table, columns)),
            marks={field: decimal_mark(column, False) for field, column in columns.items()},
            days_first={field: day_first(column)[0] for field, column in columns.items()},
            spoiled=spoiled,
        )


def columns_of(
    header: Sequence[str], known: Mapping[str, Sequence[str]], needed: Sequence[str], name: str
) -> dict[str, int]:
    """Field → the place of its column; of several that would do, the one whose name comes first in the list."""
    places = {_plain(column): place for place, column in reversed(list(enumerate(header)))}
    found = {
        field: next(places[each] for each in names if each in places)
        for field, names in known.items()
        if any(each in places for each in names)
    }
    missing = tuple(group for group in needed if not any(field in found for field in group.split("|")))
    if missing:
        asked = ", ".join(group.replace("|", " or ") for group in missing)
        named = ", ".join(f"`{names[0]}`" for field, names in known.items() if field in " ".join(missing).split("|"))
        what = f"{name} has no column for: {asked}."
        raise MissingColumns(what, f"Name one {named or asked}. It has: {', '.join(header)[:200]}.", missing)
    return found


def _lines(table: TextTable, columns: Mapping[str, pa.Array]) -> Iterator[Line]:
    cells = {field: pc.utf8_trim_whitespace(column).to_pylist() for field, column in columns.items()}
    for place, line in enumerate(table.rows):
        filled = {field: values[place] for field, values in cells.items() if values[place]}
        if filled:
            yield Line(int(line), filled)


@contextmanager
def _opened(seat: Seat, name: str, chunks: Iterable[bytes], largest: int) -> Iterator[TextTable]:
    """The table of a stranger's file, screened first; nothing of the file stays."""
    received = receive(chunks, name, uploads_of(seat.workspace), Limits(size=largest))
    try:
        tables = open_tables(str(received.path)).tables
        if not tables:
            raise UnreadableFile(f"{name} holds no table.", "Give a table with a header line and at least one row.")
        yield tables[0]
    except AsterismError as error:
        for hidden in (str(received.path), received.path.name):
            error.what, error.fix = error.what.replace(hidden, name), error.fix.replace(hidden, name)
        raise
    finally:
        received.path.unlink(missing_ok=True)


def _plain(column: str) -> str:
    return _MARKS.sub(" ", column).strip().lower()


def whole(text: str, field: str) -> int:
    """A figure of a cell, whole and not below zero.

    >>> whole("1,200", "likes")
    1200
    """
    try:
        value: Any = number(text)
    except ValueError as error:
        raise BadInput(f"This is {error}.", "Write it as in 1200.", field) from None
    if not 0 <= value <= 10**12:
        raise BadInput("This figure cannot be.", "Write it as in 1200.", field)
    found: int = round(value)
    return found
