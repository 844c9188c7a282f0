"""Where Ibis expressions run: DuckDB, in memory, over Arrow tables or over the catalogue's Parquet files."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from asterism.store.kinds import schema_of
from asterism.store.settings import settings

if TYPE_CHECKING:
    from asterism.store.catalogue import Catalogue


def run(build: Callable[..., ibis.Table], **tables: pa.Table) -> pa.Table:
    """What the expression `build(**tables)` comes to.

    `build` is handed an Ibis table for each Arrow table, by name, and returns one unexecuted expression. The
    connection lives in memory for this one run; times are UTC.

    >>> likes = run(lambda posts: posts.aggregate(sum=posts.likes.sum()), posts=pa.table({"likes": [1, 2]}))
    >>> likes["sum"].to_pylist()
    [3]
    """
    with engine() as duck:
        return duck.run(build(**{name: duck.table(table) for name, table in tables.items()}))


@dataclass(frozen=True, slots=True)
class Engine:
    """An open DuckDB that reads Arrow tables and the catalogue's files, and runs Ibis expressions over both.

    DuckDB's own reader of Delta tables has to be downloaded; so it is given the files that make up a version.
    """

    connection: Any

    def table(self, table: pa.Table) -> ibis.Table:
        """The Ibis table of an Arrow table; nothing is copied."""
        return ibis.memtable(table)

    def stored(self, catalogue: "Catalogue", kind: str, version: int | datetime | None = None) -> ibis.Table:
        """The Ibis table of a kind in the catalogue, at a version; its rows stand in no order.

        Columns that older files lack are null. Raises as `Catalogue.read`.
        """
        schema = schema_of(kind)
        files = catalogue.files(kind, version)
        if not files:
            return self.table(schema.empty())
        found = self.connection.read_parquet(files, union_by_name=True)
        types = ibis.Schema.from_pyarrow(schema.arrow)
        present = [name for name in schema.names if name in found.columns]
        absent = {name: ibis.null(types[name]) for name in schema.names if name not in found.columns}
        return found.select(present).mutate(absent).select(schema.names) if absent else found.select(schema.names)

    def run(self, expression: ibis.Table) -> pa.Table:
        """What an expression comes to, as an Arrow table."""
        return self.connection.to_pyarrow(expression)


@contextmanager
def engine(threads: int | None = None) -> Iterator[Engine]:
    """An engine with nothing in it, closed after use; `threads` as in the settings where not given."""
    connection = ibis.duckdb.connect(threads=threads or settings().threads)
    try:
        connection.raw_sql("SET TimeZone = 'UTC'")
        yield Engine(connection)
    finally:
        connection.disconnect()
