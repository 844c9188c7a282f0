"""How rows meet the rows that stand: one row per key, the newer one speaks, a blank never erases."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators.claims import PARTNERS
from asterism.creators.schema import Schema
from asterism.errors import MissingColumns, did_you_mean

_ROW: Final = "__row__"


def conform(schema: Schema, table: pa.Table) -> pa.Table:
    """The table with the schema's columns and types; columns it lacks are null.

    Raises
    ------
    MissingColumns
        A column stands in the table that the schema does not know, or a field of the key is not there.
    """
    for name in table.column_names:
        if name not in schema.names:
            raise MissingColumns(f"`{schema.name}` has no column `{name}`.", did_you_mean(name, schema.names), (name,))
    absent = tuple(name for name in schema.key[:1] if name not in table.column_names)
    if absent:
        raise MissingColumns(f"`{schema.name}` needs the column `{absent[0]}`.", "Name or map it.", absent)
    columns = [
        table[f.name].cast(f.type) if f.name in table.column_names else pa.nulls(table.num_rows, f.type)
        for f in schema.fields
    ]
    return pa.table(columns, schema=schema.arrow)


def newest_per_key(schema: Schema, table: pa.Table) -> pa.Table:
    """One row per key: the newest, of equally new ones the last; a null in the key is a value like any other.

    Rows keep their order. A row without a date is older than any dated one.
    """
    if table.num_rows == 0:
        return table
    numbered = table.select([*schema.key]).append_column(_ROW, pa.array(np.arange(table.num_rows)))
    if schema.newest:
        numbered = numbered.take(_oldest_first(table[schema.newest]))
    last = numbered.group_by(list(schema.key), use_threads=False).aggregate([(_ROW, "last")])
    return table.take(np.sort(last[f"{_ROW}_last"].to_numpy()))


def _oldest_first(dates: pa.ChunkedArray) -> pa.Array:
    """The rows by date, undated ones first, equal ones in their order, shape (n_rows,)."""
    dated = pc.cast(pc.is_valid(dates), pa.int8())
    numbered = pa.table({"dated": dated, "date": dates, _ROW: np.arange(len(dates))})
    return pc.sort_indices(numbered, sort_keys=[(name, "ascending") for name in numbered.column_names])


def same_key(schema: Schema) -> str:
    """The condition that row `t`, which stands, and row `s`, which comes, are one thing; null equals null."""
    return " AND ".join(f'(t."{name}" IS NOT DISTINCT FROM s."{name}")' for name in schema.key)


def assignments(schema: Schema) -> dict[str, str]:
    """What each column of a standing row `t` becomes when row `s` with its key comes.

    The newer row's value, or the older one's where the newer is blank. Every matched row is assigned, if only to
    itself: a merge that skips matched rows takes ten times as long.
    """
    return {f'"{name}"': _assignment(schema, name) for name in schema.names if name not in schema.key}


def _assignment(schema: Schema, name: str) -> str:
    partner = PARTNERS.get(name, name)
    lead = partner if partner in schema.names and partner not in schema.key else name
    come, stand = f's."{name}"', f't."{name}"'
    newer = f'CASE WHEN s."{lead}" IS NOT NULL THEN {come} ELSE {stand} END'
    older = f'CASE WHEN t."{lead}" IS NOT NULL THEN {stand} ELSE {come} END'
    if schema.newest is None or schema.newest in schema.key:
        return newer
    date = f'"{schema.newest}"'
    return f"CASE WHEN t.{date} IS NULL OR s.{date} >= t.{date} THEN {newer} ELSE {older} END"
