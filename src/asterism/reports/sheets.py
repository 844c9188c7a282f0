"""Tables as CSV that a spreadsheet opens without running anything."""

import io

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from asterism.reports.spreadsheet_safety import inert


def table_csv(table: pa.Table) -> bytes:
    """The table as UTF-8 CSV, every text that a spreadsheet would run as a formula made harmless.

    Columns without any value are left out; times are written in ISO 8601.
    """
    told = [name for name in table.column_names if table[name].null_count < table.num_rows]
    columns = [_plain(table[name]) for name in told]
    buffer = io.BytesIO()
    pyarrow.csv.write_csv(pa.table(columns, names=[inert(name) for name in told]), buffer)
    return buffer.getvalue()


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column, format="%Y-%m-%dT%H:%M:%SZ")
    if pa.types.is_dictionary(column.type):
        return _plain(column.cast(column.type.value_type))
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
        return pa.array([None if text is None else inert(text) for text in column.to_pylist()], pa.string())
    return column
