"""How a text of rows is laid out: what parts its cells, whether a header names them, where the rows begin."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from asterism.errors import MissingColumns, UnreadableFile
from asterism.store.contents import Bytes

_DELIMITERS: Final = ("\t", ";", ",", " ")
_LOOKED_AT: Final = 262_144
_ROWS: Final = 100
_WORDS: Final = re.compile(r'"(?:[^"]|"")*"|\S+')
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")
_WHOLE: Final = re.compile(r"\d+$")

NODE: Final = ("node", "id", "name", "creator_id", "creator", "handle", "user", "user_id", "vertex", "label")
SOURCE: Final = (
    "source", "from", "src", "id_1", "id1", "node_1", "node1", "u", "a", "from_id", "source_id", "influencer",
    "followed", "from_node_id", "start", "tail",
)  # fmt: skip
TARGET: Final = (
    "target", "to", "dst", "id_2", "id2", "node_2", "node2", "v", "b", "to_id", "target_id", "destination", "follower",
    "to_node_id", "end", "head",
)  # fmt: skip
PROBABILITY: Final = ("probability", "p", "prob", "weight", "chance", "influence", "w")
COST: Final = ("cost", "costs", "price", "fee", "amount")
WEIGHT: Final = ("weight", "weights", "value", "worth", "share", "w")

Role = tuple[str, ...]
"""The names a column goes by in headers; columns without names stand in the order asked for."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the rows of a text begin and which of their cells are wanted.

    Parameters
    ----------
    delimiter
        One byte; a space stands for any run of blanks.
    columns
        The place of each wanted column, from 0.
    width
        How many columns most rows have.
    header
        The names of all columns, none where the file names none.
    begin, line
        The byte and the line, from 1, where rows begin.
    warnings
        What was assumed of the file.
    """

    delimiter: int
    columns: tuple[int, ...]
    width: int
    header: tuple[str, ...]
    begin: int
    line: int
    warnings: tuple[str, ...] = ()


def find_layout(source: str, text: Bytes, roles: Sequence[Role]) -> Layout:
    """The layout of a text whose rows hold these columns.

    Raises
    ------
    UnreadableFile
        It holds nothing, or comments only.
    MissingColumns
        Its rows are too narrow for the columns.
    """
    head = _head(text)
    if not head:
        what = "is empty" if not text.tobytes().strip() else "holds comments only"
        fix = "Give one row per line; put quotes around ids that begin with # or %."
        raise UnreadableFile(f"{source} {what}.", fix)
    delimiter = _delimiter([line for _, _, line in head])
    rows = [split(line, delimiter) for _, _, line in head]
    named = is_header(rows, roles)
    header = tuple(cell.strip() for cell in rows[0]) if named else ()
    width = _usual_width(rows[named:] or rows)
    columns = columns_of(source, header, width, roles)
    skipped, warnings = int(named), tuple[str, ...]()
    if (
        not named
        and len(rows) > 1
        and max(columns) >= len(rows[0]) == 2 < len(rows[1])
        and all(map(_is_whole, rows[0]))
    ):
        skipped, warnings = 1, (counts_read(source, head[0][1], rows[0]),)
    begin, line, _ = head[skipped] if skipped < len(head) else (int(text.size), head[-1][1] + 1, "")
    return Layout(ord(delimiter), columns, width, header, begin, line, warnings)


def counts_read(source: str, line: int, cells: Sequence[object]) -> str:
    """What is said of a first line that counts nodes and edges."""
    words = " ".join(map(str, cells))
    return f"{source}, line {line}: `{words}` is read as the number of nodes and edges, not as an edge."


def split(line: str, delimiter: str) -> list[str]:
    """The cells of a line, quotes taken off.

    >>> split('"Foo, Inc.",7', ",")
    ['Foo, Inc.', '7']
    """
    if delimiter == " ":
        return [word[1:-1].replace('""', '"') if word[0] == '"' == word[-1] else word for word in _WORDS.findall(line)]
    return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])


def is_header(rows: Sequence[Sequence[str]], roles: Sequence[Role]) -> bool:
    """Whether the first row names columns: by known names, or as words above numbers.

    Single letters alone prove nothing: `a,b` may well be an edge.
    """
    first = [_plain(cell) for cell in rows[0]]
    long = {name for name in first if len(name) > 1}
    if sum(not long.isdisjoint(role) for role in roles) >= min(2, len(roles)):
        return not any(map(_is_number, first))
    if any(map(_is_number, first)) or len(rows) < 2:
        return False
    below = [row for row in rows[1:6] if len(row) >= len(first)]
    return bool(below) and any(all(_is_number(row[i]) for row in below) for i in range(len(first)))


def columns_of(source: str, header: Sequence[str], width: int, roles: Sequence[Role]) -> tuple[int, ...]:
    """The place of each role: where the header names it, else in order.

    Raises
    ------
    MissingColumns
        There are fewer columns than roles.
    """
    if width < len(roles):
        have = f"{width} column" if width == 1 else f"{width} columns"
        wanted = ", ".join(role[0] for role in roles)
        raise MissingColumns(f"{source} has {have} where {len(roles)} are needed.", f"Give the columns {wanted}.")
    names = [_plain(name) for name in header]
    found = [next((i for known in role for i, name in enumerate(names) if name == known), None) for role in roles]
    taken = {place for place in found if place is not None}
    free = iter([i for i in range(width) if i not in taken])
    return tuple(next(free) if place is None else place for place in found)


def _head(text: Bytes) -> list[tuple[int, int, str]]:
    """(byte, line, text) of the first rows, comments and blank lines left out."""
    content = text[:_LOOKED_AT].tobytes()
    whole = len(content) == text.size
    found: list[tuple[int, int, str]] = []
    at = 0
    for number, line in enumerate(content.split(b"\n"), 1):
        cut_off = at + len(line) >= len(content) and not whole
        words = line.decode("utf-8", "replace").strip("\r ")
        if words.strip() and not words.lstrip().startswith(("#", "%")) and not (cut_off and found):
            found.append((at, number, words))
        if len(found) == _ROWS:
            break
        at += len(line) + 1
    return found


def _delimiter(lines: Sequence[str]) -> str:
    """The first delimiter that parts most lines, blanks coming last; one that parts half of them where none does."""
    parted = {mark: 2 * sum(len(split(line, mark)) > 1 for line in lines) for mark in _DELIMITERS}
    best = (mark for least in (1, 0) for mark, n in parted.items() if n >= len(lines) + least)
    return next(best, " ")


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    widths = [len(row) for row in rows]
    return max(set(widths), key=lambda width: (widths.count(width), width))


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.match(cell.strip()))


def _is_whole(cell: str) -> bool:
    return bool(_WHOLE.match(cell.strip()))
