"""An edge list as Parquet: columns of ids, text or whole numbers, and one of probabilities where it is asked for."""

from typing import TYPE_CHECKING, Any

import numpy as np

from asterism.errors import BadInput, UnreadableFile
from asterism.store.contents import Bytes
from asterism.store.graphs.cells import Bounds, Floats
from asterism.store.graphs.edges import CHANCE, Edges, refuse_too_many, roles
from asterism.store.graphs.layouts import Role, columns_of
from asterism.store.graphs.node_ids import NodeIds
from asterism.store.graphs.numbering import code_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

START = b"PAR1"


def read_edge_table(source: str, content: Bytes, with_probability: bool) -> Edges:
    """The edges of a Parquet file with one per row.

    Raises
    ------
    UnreadableFile, MissingColumns
        It is no Parquet, holds no rows, or too few columns.
    BadInput
        A cell is no id or no probability; the row is named.
    """
    columns = table_columns(source, content, roles(with_probability))
    refuse_too_many(source, len(columns[0]))
    begin, end = (id_column(source, column) for column in columns[:2])
    chance = number_column(source, columns[2], CHANCE).astype(np.float32) if with_probability else None
    both = _numbers(begin, end)
    if both is not None:
        codes, ids = code_numbers(both)
    else:
        codes, ids = _code_names(begin, end)
    return Edges(codes[: len(begin)], codes[len(begin) :], ids, chance)


def table_columns(source: str, content: Bytes, wanted: "Sequence[Role]") -> "list[pa.ChunkedArray]":
    """The wanted columns of a Parquet file: by name where known, else in order."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(content.data))
        names = file.schema_arrow.names
        places = columns_of(source, names, len(names), wanted)
        table = file.read(columns=[names[i] for i in places])
    except (pa.ArrowException, OSError) as error:
        told = " ".join(str(error).split())[:120].rstrip(".")
        raise UnreadableFile(f"{source} is no sound Parquet file: {told}.", "Write it again.") from None
    if not table.num_rows:
        raise UnreadableFile(f"{source} holds no rows.", "Give at least one.")
    return [table[names[i]] for i in places]


def id_column(source: str, column: "pa.ChunkedArray") -> Any:
    """A column of ids as one Arrow array: whole numbers or text.

    Raises
    ------
    BadInput
        A cell is empty, or a number that is not whole.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if column.null_count:
        row = pc.index(column.is_null(), True).as_py() + 1
        raise BadInput(f"{source}, row {row}: an id is missing.", "Fill it in or remove the row.")
    if pa.types.is_floating(column.type):
        column = _whole(source, column)
    if not (
        pa.types.is_integer(column.type) or pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    ):
        raise BadInput(f"{source}: a column of type {column.type} holds no ids.", "Give ids as text or whole numbers.")
    joined = column.combine_chunks()
    return joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined


def number_column(source: str, column: "pa.ChunkedArray", bounds: Bounds) -> Floats:
    """A column of numbers within bounds.

    Raises
    ------
    BadInput
        A number is out of bounds, and its row is named, or the column holds none.
    """
    import pyarrow as pa

    try:
        found: Floats = column.cast(pa.float64()).to_numpy()
    except pa.ArrowException:
        what = f"{source}: the {bounds.name} column holds {column.type} and not numbers."
        raise BadInput(what, f"Give {bounds.range} in each row.") from None
    sound = (found >= bounds.low) & (found <= bounds.high) & np.isfinite(found)
    if not sound.all():
        row = int(sound.argmin())
        raise BadInput(f"{source}, row {row + 1}: the {bounds.name} is {found[row]:g}.", f"Write {bounds.range} there.")
    return found


def _whole(source: str, column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """Numbers with a point are ids only where nothing stands behind it, as a table with gaps once wrote them."""
    import pyarrow as pa

    try:
        return column.cast(pa.int64(), safe=True)
    except pa.ArrowException:
        fix = "Give ids as text or whole numbers."
        raise BadInput(f"{source}: a column of ids holds numbers that are not whole.", fix) from None


def _numbers(begin: Any, end: Any) -> Any:
    """Both columns as one array of numbers, or nothing where one holds text or a negative number."""
    import pyarrow as pa

    if not (pa.types.is_integer(begin.type) and pa.types.is_integer(end.type)):
        return None
    both = np.concatenate([begin.to_numpy(), end.to_numpy()])
    return both.astype(np.uint64) if both.min() >= 0 else None


def _code_names(begin: Any, end: Any) -> tuple[Any, NodeIds]:
    import pyarrow as pa

    both = pa.chunked_array([begin.cast(pa.string()), end.cast(pa.string())]).combine_chunks()
    coded = both.dictionary_encode()
    names = coded.dictionary.to_pylist()
    order = sorted(range(len(names)), key=names.__getitem__)
    codes = np.empty(len(names), dtype=np.uint32)
    codes[order] = np.arange(len(names), dtype=np.uint32)
    return codes[coded.indices.to_numpy()], NodeIds.of_names([names[i] for i in order])
