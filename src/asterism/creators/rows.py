"""Which rows stay: those with what their kind needs, and of rows with one key the newest."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.schema import Schema
from asterism.creators.tables import Reject
from asterism.creators.text import TextTable


def usable(schema: Schema, table: pa.Table, text: TextTable) -> tuple[NDArray[np.bool_], list[Reject]]:
    """Rows that have what the schema needs; the others as rejects."""
    wanted = np.ones(table.num_rows, dtype=bool)
    out: list[Reject] = []
    for alternatives in schema.needs:
        known = np.zeros(table.num_rows, dtype=bool)
        for name in alternatives:
            known |= np.asarray(table[name].is_valid())
        lacking = wanted & ~known
        reason = f"row has no {' or '.join(alternatives)}"
        out.extend(
            Reject(text.source, int(text.rows[at]), alternatives[0], "", reason) for at in np.flatnonzero(lacking)
        )
        wanted &= known
    if schema.name == "overlaps" and table.num_rows:
        same = wanted & np.asarray(pc.fill_null(pc.equal(table["a"], table["b"]), False))
        out.extend(
            Reject(text.source, int(text.rows[at]), "b", table["b"][int(at)].as_py(), "a creator's overlap with itself")
            for at in np.flatnonzero(same)
        )
        wanted &= ~same
    return wanted, out


def newest(
    schema: Schema, table: pa.Table, wanted: NDArray[np.bool_], text: TextTable, beside_posts: bool
) -> tuple[NDArray[np.bool_], list[Reject], list[str]]:
    """Of rows with one key the newest (else the last) stays; the others as rejects, or counted where rows are posts."""
    if told_apart(table[schema.key[0]]):
        return wanted, [], []
    codes = _codes(schema, table)
    time = np.zeros(table.num_rows, dtype=np.int64)
    if schema.newest is not None:
        time = np.asarray(table[schema.newest].combine_chunks().cast(pa.int64()).fill_null(-(2**62)))
    order = np.lexsort((np.arange(codes.size), time, codes, ~wanted))
    order = order[: int(wanted.sum())]
    last = np.r_[codes[order][1:] != codes[order][:-1], True] if order.size else np.zeros(0, dtype=bool)
    kept = np.zeros(table.num_rows, dtype=bool)
    kept[order[last]] = True
    older = np.sort(order[~last])
    if beside_posts and older.size:
        said = (
            f"One row per post: the newest of each creator is used, {older.size} others of the same creators are not."
        )
        return kept, [], [said]
    winner = dict(zip(codes[order[last]].tolist(), order[last].tolist(), strict=True)) if older.size else {}
    return kept, [_duplicate(schema, table, text, int(at), winner[int(codes[at])]) for at in older], []


def told_apart(ids: pa.ChunkedArray) -> bool:
    """Whether no two rows have one id, null being an id; rising ones at a glance."""
    return bool(pc.all(pc.less(ids[:-1], ids[1:]), skip_nulls=False).as_py()) or len(pc.unique(ids)) == len(ids)


def _codes(schema: Schema, table: pa.Table) -> NDArray[np.int64]:
    """One number per key, equal where the keys are; nulls equal each other."""
    codes = np.zeros(table.num_rows, dtype=np.int64)
    for name in schema.key:
        indices = table[name].combine_chunks().dictionary_encode().indices.fill_null(-1)
        part = np.asarray(indices, dtype=np.int64) + 1
        codes = codes * (int(part.max(initial=0)) + 1) + part
        codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
    return codes


def _duplicate(schema: Schema, table: pa.Table, text: TextTable, at: int, winner: int) -> Reject:
    name = schema.key[0]
    reason = f"duplicate of row {text.rows[winner]}, older"
    return Reject(text.source, int(text.rows[at]), name, table[name][at].as_py() or "", reason)
