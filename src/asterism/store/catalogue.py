"""`Catalogue`: the large tables, one Delta table per kind, every version of each still readable."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake import Schema as DeltaSchema
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from asterism.creators.rows import told_apart
from asterism.creators.schema import Schema
from asterism.creators.tables import SNAPSHOTS
from asterism.errors import NotFound, OutsideFailure, WrongUsage
from asterism.store.failures import failing_as
from asterism.store.kinds import KINDS, schema_of, snapshots
from asterism.store.locks import held
from asterism.store.room import insist_on_room, most
from asterism.store.upserts import assignments, conform, newest_per_key, same_key

_CONFIGURATION: Final = {"delta.enableExpiredLogCleanup": "false"}
"""A plan names the versions it was made from and can be made again: no version may expire by itself."""

_ATTEMPTS: Final = 60
_PAUSE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Version:
    """One commit to a table: its number, when it happened (UTC) and what it did."""

    number: int
    at: datetime
    operation: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The tables under one folder; the folder is made by the first write.

    A write is one atomic commit: readers and a killed writer leave the last committed state. Writers that meet
    each other try again on the newer state, so none of their rows is lost.

    Parameters
    ----------
    path
        The folder; each kind of table is a Delta table in a folder of its name.
    """

    path: Path

    def upsert(self, kind: str, table: pa.Table) -> int:
        """The version of the table of a kind once it holds these rows.

        One row per key of the schema, null being a value; of two rows the newer one speaks, by `schema.newest`, and the
        older fills what the newer leaves blank. Dated creators are also kept in `snapshots`, which goes first:
        a crash in between leaves a snapshot too many, which the next import writes again, and never one too few.

        Raises
        ------
        NotFound
            There is no such kind.
        MissingColumns
            A column the schema does not know, or none of its key.
        OutsideFailure
            Disk or permission; the table is as it was. Room is asked for first: on a full disk nothing is begun.
        """
        schema = schema_of(kind)
        rows = conform(schema, table)
        writes = {kind: rows}
        if kind == "creators" and (dated := snapshots(rows)).num_rows:
            writes = {SNAPSHOTS.name: dated, kind: rows}
        if not told_apart(rows[schema.key[0]]):
            writes = {name: newest_per_key(KINDS[name], each) for name, each in writes.items()}
        self._insist_on_room(writes)
        return [self._commit(name, partial(_meet, KINDS[name], newest)) for name, newest in writes.items()][-1]

    def replace(self, kind: str, column: str, value: str, table: pa.Table) -> int:
        """The version of the table once its rows with `value` in `column` are exactly these.

        Every row of `table` must hold `value` there; an empty table takes the old rows away.
        """
        rows = conform(schema_of(kind), table)
        quoted = value.replace("'", "''")

        def overwrite(standing: DeltaTable) -> None:
            write_deltalake(standing, rows, mode="overwrite", predicate=f"\"{column}\" = '{quoted}'")

        self._insist_on_room({kind: rows})
        return self._commit(kind, overwrite)

    def rewrite(self, kind: str, sift: Callable[[pa.Table], pa.Table]) -> int:
        """The version of the table once all its rows went through `sift`, a batch at a time; older versions stay."""
        schema = schema_of(kind).arrow

        def sifted(standing: DeltaTable) -> None:
            found = parquet_rows(self._paths(kind, standing), schema).to_batches()
            rows = (each for batch in found for each in sift(pa.Table.from_batches([batch])).to_batches())
            reader = pa.RecordBatchReader.from_batches(schema, rows)
            write_deltalake(standing, reader, mode="overwrite", predicate="true")

        self._insist_on_room({kind: schema.empty_table()})
        return self._commit(kind, sifted)

    def read(self, kind: str, version: int | datetime | None = None) -> pa.Table:
        """The table of a kind, in the schema's columns and in the order of its key.

        Parameters
        ----------
        version
            A version's number, or a time with zone: the table as it stood then; the newest where not given.

        Raises
        ------
        NotFound
            There is no such kind, or no such version.
        """
        schema = schema_of(kind)
        with self._failing("cannot be read", kind):
            files = self.files(kind, version)
            found = parquet_rows(files, schema.arrow).to_table() if files else schema.empty()
        return found.sort_by([(name, "ascending") for name in schema.key])

    def files(self, kind: str, version: int | datetime | None = None) -> list[str]:
        """The Parquet files that make up the table of a kind at a version, for engines that read them themselves."""
        schema_of(kind)
        with self._failing("cannot be read", kind):
            standing = self._open(kind)
            if version is not None:
                if standing is None:
                    raise NotFound(f"The catalogue at {self.path} holds no {kind}.", "Import some first.")
                _travel(standing, kind, version)
            found = [] if standing is None else self._paths(kind, standing)
            if version is not None and not all(file.exists() for file in found):
                what = f"The rows of {kind} at version {version} are gone: the table was vacuumed since."
                raise NotFound(what, "Plan from a newer version, or bring the files back from a backup.")
            return [str(file) for file in found]

    def versions(self, at: datetime | None = None) -> dict[str, int]:
        """The current version of each kind that was ever written, or the one that stood at a time with zone."""
        with failing_as("cannot be read", self.path, DeltaError):
            standing = {kind: table for kind in KINDS if (table := self._open(kind)) is not None}
            if at is None:
                return {kind: int(table.version()) for kind, table in standing.items()}
            past = {
                kind: [each.number for each in _history(table) if each.at <= at] for kind, table in standing.items()
            }
        return {kind: max(numbers) for kind, numbers in past.items() if numbers}

    def history(self, kind: str) -> list[Version]:
        """Every commit to the table of a kind, the newest first."""
        schema_of(kind)
        with self._failing("cannot be read", kind):
            standing = self._open(kind)
            return [] if standing is None else _history(standing)

    def _commit(self, kind: str, write: Callable[[DeltaTable], None]) -> int:
        """The version that `write` committed; where another writer came first, once more on what it left."""
        with self._failing("cannot be written", kind), held(self.path):
            for attempt in range(_ATTEMPTS):
                standing = self._open(kind)
                try:
                    if standing is None:
                        standing = self._create(kind)
                    _add_new_fields(standing, schema_of(kind).arrow)
                    write(standing)
                    return int(standing.version())
                except CommitFailedError:
                    # Writers that wait equally long meet again: each process has its own pace.
                    time.sleep(_PAUSE * (1 + attempt) * (1 + os.getpid() % 5))
        raise OutsideFailure(
            f"Others kept writing {kind} at {self.path} for too long.", "Try again when their imports are done."
        )

    def _insist_on_room(self, writes: Mapping[str, pa.Table]) -> None:
        """Make sure that the disk has room for rows of several kinds, each beside all that stands of its kind."""
        with self._failing("cannot be written", list(writes)[-1]):
            # What stands is written anew with what it meets, in whatever order: it may not pack as well as it did.
            needed = sum(most(rows) + 2 * self._bytes(kind) for kind, rows in writes.items())
            self.path.mkdir(parents=True, exist_ok=True)
            insist_on_room(self.path, needed)

    def _bytes(self, kind: str) -> int:
        """The bytes on disk of the table of a kind."""
        standing = self._open(kind)
        return 0 if standing is None else sum(pa.table(standing.get_add_actions())["size_bytes"].to_pylist())

    def _paths(self, kind: str, standing: DeltaTable) -> list[Path]:
        """The Parquet files of a table as it was opened."""
        # file_uris() writes «%20» for a space in the folder's name; the tables are flat, so the names are enough.
        folder = (self.path / kind).absolute()
        return [folder / name for name in sorted(Path(uri).name for uri in standing.file_uris())]

    def _open(self, kind: str) -> DeltaTable | None:
        """The Delta table of a kind, or None where none was committed yet."""
        try:
            # deltalake says «not found» of a folder it may not enter; listing it says which of the two it is.
            begun = any((self.path / kind / "_delta_log").iterdir())
        except FileNotFoundError:
            return None
        try:
            return DeltaTable(self.path / kind) if begun else None
        except TableNotFoundError:
            return None

    def _create(self, kind: str) -> DeltaTable:
        """The table of a kind, made now or a moment ago by somebody else."""
        folder = self.path / kind
        folder.mkdir(parents=True, exist_ok=True)
        return DeltaTable.create(folder, schema_of(kind).arrow, mode="ignore", configuration=_CONFIGURATION)

    def _failing(self, what: str, kind: str) -> AbstractContextManager[None]:
        return failing_as(what, self.path / kind, DeltaError)


def _meet(schema: Schema, rows: pa.Table, standing: DeltaTable) -> None:
    """Merge rows, one per key, into those that stand, or put them where none stand yet."""
    if standing.file_uris():
        merger = standing.merge(rows, same_key(schema), source_alias="s", target_alias="t")
        merger.when_matched_update(assignments(schema)).when_not_matched_insert_all().execute()
        return
    # An append meets no conflict: two writers who both found the table empty would double their rows. What overwrites
    # every row there is conflicts with whatever was committed since the table was opened.
    write_deltalake(standing, rows, mode="overwrite", predicate="true")


def _add_new_fields(standing: DeltaTable, schema: pa.Schema) -> None:
    """Add the fields that the schema has learnt since the table was made; they are null in what stands."""
    known = {field.name for field in standing.schema().fields}
    new = pa.schema([field for field in schema if field.name not in known])
    if len(new):
        standing.alter.add_columns(list(DeltaSchema.from_arrow(new).fields))


def _travel(standing: DeltaTable, kind: str, version: int | datetime) -> None:
    """Turn the table back to a version or a time."""
    if isinstance(version, datetime) and version.tzinfo is None:
        raise WrongUsage(f"{version} names no time zone.", "Add one, as in `datetime(2026, 12, 1, tzinfo=UTC)`.")
    newest = int(standing.version())
    if isinstance(version, int):
        if not 0 <= version <= newest:
            raise NotFound(f"There is no version {version} of {kind}.", f"Versions run from 0 to {newest}.")
    else:
        # By the times of the commits, as `versions` has it: deltalake goes by when each log file reached the disk.
        history = _history(standing)
        past = [each.number for each in history if each.at <= version]
        if not past:
            first = f"It begins {history[-1].at:%Y-%m-%d %H:%M}."
            raise NotFound(f"Nothing was known of {kind} on {version:%Y-%m-%d %H:%M}.", first)
        version = max(past)
    standing.load_as_version(version)


def _history(standing: DeltaTable) -> list[Version]:
    return [
        Version(int(one["version"]), datetime.fromtimestamp(one["timestamp"] / 1000, UTC), one.get("operation", ""))
        for one in standing.history()
    ]


def parquet_rows(files: Sequence[Path | str], schema: pa.Schema) -> Any:
    """The rows of Parquet files, not read yet."""
    from pyarrow import dataset  # it loads pandas where that is installed: most of a second

    return dataset.dataset(files, schema=schema, format="parquet")
