"""Import files into the catalogue, and load from it what a plan is made from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from asterism.creators.ingest import Ingested, ingest_all
from asterism.creators.tables import SCHEMAS, Reject, Tables
from asterism.desk.read import Loaded, explained, joined, pairs_of
from asterism.errors import BadInput, NotFound
from asterism.store.catalogue import Catalogue
from asterism.store.contents import STANDARD_INPUT
from asterism.store.files import open_tables
from asterism.store.kinds import REJECTS, REMARKS, schema_of
from asterism.store.settings import settings

Tell = Callable[[str, float], None]
STAMP: Final = "delta:"
"""What stands before a table's version in a plan's list of versions."""
KEPT: Final = (*SCHEMAS, REJECTS.name, REMARKS.name)
"""The tables a plan is made from: the data, what of it could not be used, and what was said of it."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user says of the files: kind, platform, a mapping of columns, and where the catalogue is."""

    kind: str | None = None
    platform: str | None = None
    mapping: str | Path | Mapping[str, str] | None = None
    catalogue: str | Path | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one table of a file: rows accepted and rejected, and the version that holds them."""

    file: str
    kind: str
    rows: int
    accepted: int
    rejected: int
    version: int
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, as plain values."""
        return {**asdict(self), "warnings": list(self.warnings)}


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read and understood but not yet written."""

    source: str
    found: tuple[Ingested, ...]
    said: tuple[str, ...]


def quietly(_what: str, _share: float) -> None:
    """Tell nobody how far the work is."""


def import_files(paths: Sequence[str], choices: Choices | None = None, tell: Tell = quietly) -> list[Imported]:
    """What became of each table of each file, now in the catalogue.

    Every file is read before any is written, so a bad one stops the import with nothing changed. What could not be
    used goes to the catalogue's `rejects` first, which hold the last import of each file; repeating an import that
    was cut short completes it and doubles nothing.

    Raises
    ------
    NotFound, UnreadableFile, MissingColumns, BadInput
        A file is missing, no table, or holds nothing that can be used.
    OutsideFailure
        The catalogue cannot be written; each table is as it was before its file.
    """
    chosen = choices or Choices()
    pairs = pairs_of(chosen.mapping)
    read: list[_Read] = []
    for at, path in enumerate(paths):
        tell(f"Reading {Path(path).name}", at / (2 * len(paths)))
        read.append(_read(str(path), chosen, pairs))
    catalogue = open_catalogue(chosen.catalogue)
    done: list[Imported] = []
    for at, one in enumerate(read):
        tell(f"Writing {Path(one.source).name}", (at + len(paths)) / (2 * len(paths)))
        done.extend(_write(catalogue, one))
    return done


def open_catalogue(path: str | Path | None = None) -> Catalogue:
    """The catalogue of a folder, or that of the data directory; nothing is made yet."""
    return Catalogue(settings().catalogue if path is None else Path(path).expanduser())


def load_catalogue(path: str | Path | None = None, versions: Mapping[str, str] | None = None) -> Loaded:
    """The catalogue's tables, ids joined across them, with the version of each, as `delta:5`.

    `versions`, those of an earlier plan, brings back the tables it was made from.

    Raises
    ------
    NotFound
        The catalogue holds no creators, or no such version.
    OutsideFailure
        The catalogue cannot be read.
    """
    catalogue = open_catalogue(path)
    pinned = _numbers(versions) if versions is not None else catalogue.versions()
    # The versions are fixed before the first table is read: an import in between changes nothing of this plan.
    tables = {kind: catalogue.read(kind, pinned[kind]) for kind in KEPT if kind in pinned}
    if "creators" not in tables or tables["creators"].num_rows == 0:
        fix = "Import some with `asterism import FILE`, or name a table with --creators FILE."
        raise NotFound(f"The catalogue at {catalogue.path} holds no creators.", fix)
    filled = {kind: table for kind, table in tables.items() if table.num_rows}
    stamps = {kind: f"{STAMP}{pinned[kind]}" for kind in filled}
    rejects, remarks = (filled.pop(kind.name, None) for kind in (REJECTS, REMARKS))
    linked = {kind: joined(table, kind, filled["creators"]) for kind, table in filled.items()}
    said = (*_remarks(remarks), *(word for _, words in linked.values() for word in words))
    tables = {kind: table for kind, (table, _) in linked.items()}
    return Loaded(Tables(**tables, rejects=_rejects(rejects), warnings=said), stamps)


def _numbers(versions: Mapping[str, str]) -> dict[str, int]:
    for kind, stamp in versions.items():
        if not stamp.removeprefix(STAMP).isdecimal():
            raise BadInput(f"`{stamp}` is no version of {kind} in a catalogue.", f"Write it as in `{STAMP}5`.")
    return {kind: int(stamp.removeprefix(STAMP)) for kind, stamp in versions.items()}


def _read(path: str, choices: Choices, pairs: Mapping[str, str]) -> _Read:
    """What a file holds; sheets that are no table of ours are said, and refused only where there is nothing else."""
    found: list[Ingested] = []
    errors: list[BadInput] = []
    for text in open_tables(path).tables:
        try:
            found.extend(ingest_all(text, choices.kind, choices.platform, pairs))
        except BadInput as error:
            errors.append(explained(error, text))
    if not found:
        raise errors[0]
    if not any(one.accepted for one in found):
        first = next((reject.reason for one in found for reject in one.rejects), "it has no rows")
        raise BadInput(f"No row of {path} can be used: {first}.", f"See `asterism check {path}` for every row.")
    source = path if path == STANDARD_INPUT else str(Path(path).absolute())
    return _Read(source, tuple(found), tuple(str(error) for error in errors))


def _write(catalogue: Catalogue, read: _Read) -> list[Imported]:
    catalogue.replace(REJECTS.name, "source", read.source, _as_rejects(read))
    catalogue.replace(REMARKS.name, "source", read.source, _as_remarks(read))
    return [
        Imported(
            one.file,
            one.kind,
            one.rows,
            one.accepted,
            one.rows - one.accepted,
            catalogue.upsert(one.kind, one.table),
            (*one.warnings, *read.said),
        )
        for one in read.found
        if one.accepted
    ]


def _as_rejects(read: _Read) -> pa.Table:
    now = datetime.now(UTC)
    rows = [
        {"source": read.source, "kind": one.kind, "at": now, **asdict(reject)}
        for one in read.found
        for reject in one.rejects
    ]
    return pa.Table.from_pylist(rows, schema=schema_of(REJECTS.name).arrow)


def _as_remarks(read: _Read) -> pa.Table:
    now = datetime.now(UTC)
    said = [(one.file, word) for one in read.found for word in (*one.warnings, *read.said)]
    rows = [{"source": read.source, "file": file, "text": word, "at": now} for file, word in dict.fromkeys(said)]
    return pa.Table.from_pylist(rows, schema=schema_of(REMARKS.name).arrow)


def _rejects(kept: pa.Table | None) -> tuple[Reject, ...]:
    rows = [] if kept is None else kept.select(["file", "row", "column", "value", "reason"]).to_pylist()
    return tuple(dict.fromkeys(Reject(**row) for row in rows))


def _remarks(kept: pa.Table | None) -> tuple[str, ...]:
    return () if kept is None else tuple(dict.fromkeys(kept["text"].to_pylist()))
