"""Keep out whoever was erased: rows that name them become rejects, and neither rejects nor remarks name them again."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa

from asterism.creators.ingest import Ingested
from asterism.creators.tables import Reject
from asterism.store.naming import ACCOUNT, PERSON
from asterism.store.tombstones import MASK, Mark, Tombstones

MASKED: Final = "•••"
"""What a reject shows in place of a value that names somebody erased."""
_PART: Final = re.compile(r"[^\s/]+")


def withheld(one: Ingested, stones: Tombstones) -> Ingested:
    """The table without rows of those who were erased, each a reject; mentions of them in others' words are struck out.

    A value of such a row that was refused for another reason is masked too.
    """
    one = replace(one, file=unnamed(one.file, stones))
    marks = stones.marked(one.kind, one.table)
    kept = _staying(one.table, marks)
    table, _ = stones.struck(one.kind, one.table.filter(kept))
    refused = _rejects(one, marks)
    rows = {reject.row for reject in refused}
    rejects = (*(_masked(reject, stones, reject.row in rows) for reject in one.rejects), *refused)
    return replace(
        one,
        table=table,
        rejects=tuple(sorted(rejects, key=lambda reject: reject.row)),
        warnings=tuple(stones.masked(warning) for warning in one.warnings),
        accepted=one.accepted - len(marks),
        lines=None if one.lines is None else one.lines.filter(kept),
    )


def _rejects(one: Ingested, marks: Mapping[int, Mark]) -> list[Reject]:
    lines = range(1, one.table.num_rows + 1) if one.lines is None else one.lines.to_pylist()
    return [Reject(one.file, lines[row], mark.column, MASKED, mark.stone.sentence) for row, mark in marks.items()]


def _masked(reject: Reject, stones: Tombstones, of_erased: bool) -> Reject:
    hidden = of_erased or any(stones.on(what, reject.value) for what in (ACCOUNT, PERSON))
    value = MASKED if hidden and reject.value else stones.masked(reject.value)
    return replace(reject, file=unnamed(reject.file, stones), value=value, reason=stones.masked(reject.reason))


def unnamed(source: str, stones: Tombstones) -> str:
    """Where rows came from, without the name of somebody erased: a fetched account, a file called after them."""
    folder, slash, last = source.rpartition("/")
    return folder + slash + _PART.sub(lambda part: MASK if _is_erased(part[0], stones) else part[0], last)


def _is_erased(part: str, stones: Tombstones) -> bool:
    names = {part, part.rpartition(".")[0], part.rstrip(",")}
    return any(name and stones.on(ACCOUNT, name) for name in names)


def without_erased_rows(stones: Tombstones, kind: str, table: pa.Table) -> pa.Table:
    """The rows of a table of our own making that name nobody who was erased."""
    return table.filter(_staying(table, stones.marked(kind, table)))


def _staying(table: pa.Table, marks: Mapping[int, Mark]) -> pa.Array:
    staying = np.ones(table.num_rows, dtype=bool)
    staying[list(marks)] = False
    return pa.array(staying)
