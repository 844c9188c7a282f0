"""JSON and JSON lines → all-text tables: one row per object, nested fields with dotted names."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa

from asterism.creators.tables import Reject
from asterism.creators.text import TextTable
from asterism.errors import UnreadableFile

_DEPTH: Final = 4
"""How deep an object may lie inside another to be taken apart."""


def starts_as_json(text: str) -> bool:
    """Whether a text begins as JSON does."""
    return text.lstrip()[:1] in ("{", "[")


def read_json_lines(source: str, text: str) -> list[TextTable]:
    """The table of one object per line; nothing where the first line is not an object of its own."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    if not isinstance(_parsed(first), Mapping) or sum(bool(line.strip()) for line in lines) < 2:
        return []
    records, rows, rejects = [], [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        found = _parsed(line)
        if isinstance(found, Mapping):
            records.append(found)
            rows.append(number)
        else:
            rejects.append(Reject(source, number, "", line.strip()[:80], "not a JSON object"))
    return [_table(source, records, rows, tuple(rejects))]


def read_json(source: str, text: str) -> list[TextTable]:
    """The table of an array of objects, or of the longest such array inside an object.

    Raises
    ------
    UnreadableFile
        The JSON is broken or holds no objects.
    """
    try:
        document = _load(text)
    except json.JSONDecodeError as error:
        what = f"{source} is broken JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        raise UnreadableFile(what, "Mend it there, or export the table again.") from None
    except RecursionError:
        raise UnreadableFile(f"{source} is JSON nested too deep to be a table.", "Give an array of objects.") from None
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
    return [_table(source, records, rows, rejects)]


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
