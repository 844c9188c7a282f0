"""JSON and JSON lines → the answers of vendors' interfaces as they are, anything else as all-text tables.

A table has one row per object, nested fields with dotted names.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from asterism.creators.payloads import is_answer
from asterism.creators.tables import Reject
from asterism.creators.text import TextTable
from asterism.errors import UnreadableFile

_DEPTH: Final = 4
"""How deep an object may lie inside another to be taken apart."""


def starts_as_json(text: str) -> bool:
    """Whether a text begins as JSON does."""
    return text.lstrip()[:1] in ("{", "[")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a JSON text holds: tables, or documents that vendors' interfaces answered, numbers as they were written."""

    tables: tuple[TextTable, ...] = ()
    documents: tuple[Any, ...] = ()


def read_json(source: str, text: str) -> Parsed:
    """The answers of a text (one, a list of them, or one per line), or its table.

    The table is that of one object per line, of an array of objects, or of the longest such array inside an object.

    Raises
    ------
    UnreadableFile
        The JSON is broken or holds no objects.
    """
    lines = _lines(text)
    if lines:
        if is_answer(lines[0][1]):
            return Parsed(documents=tuple(found for _, found, _ in lines))
        return Parsed((_table_of_lines(source, lines),))
    document = _document(source, text)
    if is_answer(document):
        return Parsed(documents=(document,))
    if isinstance(document, list) and document and is_answer(document[0]):
        return Parsed(documents=tuple(document))
    return Parsed((_table_of(source, document),))


def _lines(text: str) -> list[tuple[int, Any, str]]:
    """Number, value and text of each line; empty where the first is not an object of its own, or is the only one."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) < 2 or not isinstance(_parsed(lines[0][1]), Mapping):
        return []
    return [(number, _parsed(line), line) for number, line in lines]


def _table_of_lines(source: str, lines: list[tuple[int, Any, str]]) -> TextTable:
    sound = [(number, found) for number, found, _ in lines if isinstance(found, Mapping)]
    rejects = tuple(
        Reject(source, number, "", line.strip()[:80], "not a JSON object")
        for number, found, line in lines
        if not isinstance(found, Mapping)
    )
    return _table(source, [found for _, found in sound], [number for number, _ in sound], rejects)


def _document(source: str, text: str) -> Any:
    try:
        return _load(text)
    except json.JSONDecodeError as error:
        what = f"{source} is broken JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        raise UnreadableFile(what, "Mend it there, or export it again: it may have been cut off.") from None
    except RecursionError:
        raise UnreadableFile(f"{source} is JSON nested too deep to be a table.", "Give an array of objects.") from None


def _table_of(source: str, document: Any) -> TextTable:
    found = max(_arrays(document, 0), key=len, default=None)
    if found is None and isinstance(document, Mapping) and document:
        found = [document]
    if not found:
        raise UnreadableFile(f"{source} is JSON without a list of objects.", "Give an array of objects, one per row.")
    records = [record for record in found if isinstance(record, Mapping)]
    rejects = tuple(
        Reject(source, at, "", json.dumps(record)[:80], "not a JSON object")
        for at, record in enumerate(found, start=1)
        if not isinstance(record, Mapping)
    )
    rows = [at for at, record in enumerate(found, start=1) if isinstance(record, Mapping)]
    return _table(source, records, rows, rejects)


def _load(text: str) -> Any:
    """The document with its numbers as they were written, so that no long id is rounded."""
    return json.loads(text, parse_int=_Written, parse_float=_Written, parse_constant=_Written)


class _Written(str):
    """A number as it was written."""

    __slots__ = ()


def _parsed(line: str) -> Any:
    try:
        return _load(line)
    except (json.JSONDecodeError, RecursionError):
        return None


def _arrays(document: Any, depth: int) -> Iterator[list[Any]]:
    """Every array of objects in a document, not inside another."""
    if isinstance(document, list) and any(isinstance(item, Mapping) for item in document):
        yield document
    elif isinstance(document, Mapping) and depth < _DEPTH:
        for part in document.values():
            yield from _arrays(part, depth + 1)


def _table(source: str, records: list[Mapping[str, Any]], rows: list[int], rejects: tuple[Reject, ...]) -> TextTable:
    flat = [dict(_flat(record, "", 0)) for record in records]
    names = list(dict.fromkeys(name for record in flat for name in record))
    columns = tuple(pa.chunked_array([pa.array([record.get(name) for record in flat], pa.string())]) for name in names)
    return TextTable(source, tuple(names), columns, np.array(rows, dtype=np.int64), rejects)


def _flat(record: Mapping[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, str | None]]:
    """Field names and texts of an object, those of inner objects with dotted names."""
    for name, value in record.items():
        if isinstance(value, Mapping) and value and depth < _DEPTH:
            yield from _flat(value, f"{prefix}{name}.", depth + 1)
        else:
            yield f"{prefix}{name}", as_text(value)


def as_text(value: Any) -> str | None:
    """One value of a typed file as text; lists of plain values with commas between."""
    if value is None or isinstance(value, str):
        return None if value is None else str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)) and not any(isinstance(part, (Mapping, list)) for part in value):
        return ", ".join(as_text(part) or "" for part in value)
    if isinstance(value, (Mapping, list, tuple)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
