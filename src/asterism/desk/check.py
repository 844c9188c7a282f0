"""What each file looks like to us: kind, columns, rows, rejects. Writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from asterism.creators.ingest import Ingested, ingest_all
from asterism.creators.tables import Reject
from asterism.creators.text import TextTable
from asterism.desk.read import answers_of, explained, pairs_of
from asterism.errors import AsterismError, MissingColumns
from asterism.measurement.sheets.likeness import likeness
from asterism.store.files import open_tables

Report = dict[str, Any]


def check(paths: Sequence[str], platform: str | None = None, mapping: str | Mapping[str, str] | None = None) -> Report:
    """The contract's `check --json`: one entry per file, or per sheet of a workbook that holds several.

    A file that cannot be read stands there with kind None, no rows, and the reason as a warning. A table of posts that
    also tells its creators' followers is one entry of kind posts that lists both. A vendor's answer is one entry per
    kind it holds.
    """
    pairs = pairs_of(mapping)
    return {"files": [entry for path in paths for entry in _entries(path, platform, pairs)]}


def usable(result: Report) -> bool:
    """Whether any row of any file can be used."""
    return any(entry["accepted"] for entry in result["files"])


def _entries(path: str, platform: str | None, mapping: Mapping[str, str]) -> list[Report]:
    try:
        opened = open_tables(path)
        if opened.documents:
            return [_both([one]) for one in answers_of(opened, platform)]
    except AsterismError as error:
        return [_unread(path, str(error))]
    return [_entry(table, platform, mapping) for table in opened.tables]


def _entry(table: TextTable, platform: str | None, mapping: Mapping[str, str]) -> Report:
    try:
        found = ingest_all(table, platform=platform, mapping=mapping)
    except MissingColumns as error:
        why = "no kind of table can be made of this file's columns"
        unmapped = [{"source": name, "why": why} for name in table.header]
        rows = len(table) + len(table.rejects)
        rejects = [_reject(reject) for reject in table.rejects]
        return {
            **_unread(table.source, *(_results(table) or [str(explained(error, table))])),
            "rows": rows,
            "rejected": rows,
            "unmapped": unmapped,
            "rejects": rejects,
        }
    entry = _both(found)
    return {**entry, "warnings": [*_results(table, len(entry["columns"])), *entry["warnings"]]}


def _results(table: TextTable, known: int = 0) -> list[str]:
    """That a table is rather one of results, where more of its columns say so than were known as anything else."""
    kind, n = likeness(table)
    looks = f"This looks like {'answers to a survey' if kind == 'survey' else kind}, which a return is reckoned from"
    return [f"{looks}: pass it as `asterism measure return --{kind} {table.source}`."] if n > known else []


def _unread(file: str, why: str) -> Report:
    return {"file": file, "kind": None, "rows": 0, "accepted": 0, "rejected": 0,
            "columns": [], "unmapped": [], "rejects": [], "warnings": [why]}  # fmt: skip


def _both(found: Sequence[Ingested]) -> Report:
    """One entry for everything a table carries; a column used by any of its kinds is not unmapped."""
    first = found[0]
    columns = list(dict.fromkeys(column for one in found for column in one.columns))
    seen: dict[str, Any] = {}
    for column in columns:
        seen.setdefault(f"{column.source}\n{column.field if len(found) == 1 else ''}", asdict(column))
    used = {column.source for one in found[1:] for column in one.columns}
    rejects = list(dict.fromkeys(reject for one in found for reject in one.rejects))
    return {
        "file": first.file,
        "kind": first.kind,
        "rows": first.rows,
        "accepted": first.accepted,
        "rejected": first.rows - first.accepted,
        "columns": list(seen.values()),
        "unmapped": [asdict(one) for one in first.unmapped if one.source not in used],
        "rejects": [_reject(reject) for reject in rejects],
        "warnings": list(dict.fromkeys([*_carries(found), *(warning for one in found for warning in one.warnings)])),
    }


def _carries(found: Sequence[Ingested]) -> list[str]:
    return [
        f"The file also tells of {one.accepted} {one.kind}: it can be passed as --{one.kind} too." for one in found[1:]
    ]


def _reject(reject: Reject) -> dict[str, Any]:
    return {"row": reject.row, "column": reject.column, "value": reject.value, "reason": reject.reason}
