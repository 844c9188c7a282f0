"""Import files into the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from asterism.creators.ingest import Ingested, ingest_all
from asterism.desk.read import answers_of, explained, pairs_of, sourced
from asterism.desk.stored import open_catalogue
from asterism.desk.telling import Tell, quietly
from asterism.desk.withheld import unnamed, withheld
from asterism.errors import BadInput
from asterism.store.catalogue import Catalogue
from asterism.store.contents import STANDARD_INPUT
from asterism.store.files import Opened, open_tables
from asterism.store.kinds import REJECTS, REMARKS, schema_of
from asterism.store.tombstones import Tombstones, guarded, tombstones


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user says of the files: kind, platform, a mapping of columns, and where the catalogue is.

    `folder` is one that files were only put into for the import: nothing that is said of them names it.
    """

    kind: str | None = None
    platform: str | None = None
    mapping: str | Path | Mapping[str, str] | None = None
    catalogue: str | Path | None = None
    folder: Path | None = None


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
class Understood:
    """A file that was read and understood but not yet written; `opened` is kept of vendors' answers only."""

    source: str
    found: tuple[Ingested, ...]
    said: tuple[str, ...]
    path: str = ""
    opened: Opened | None = None


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
    read: list[Understood] = []
    for at, path in enumerate(paths):
        tell(f"Reading {Path(path).name}", at / (2 * len(paths)))
        read.append(_within(_read(str(path), chosen, pairs), chosen.folder))
    catalogue = open_catalogue(chosen.catalogue)
    stones = tombstones(catalogue)
    read = [_insisted(without_erased(one, stones)) for one in _owned(read, chosen, catalogue)]
    done: list[Imported] = []
    for at, one in enumerate(read):
        tell(f"Writing {Path(one.source).name}", (at + len(paths)) / (2 * len(paths)))
        done.extend(keep(catalogue, one))
    return done


def _read(path: str, choices: Choices, pairs: Mapping[str, str]) -> Understood:
    """What a file holds; sheets that are no table of ours are said, and refused only where there is nothing else."""
    opened = open_tables(path)
    source = path if path == STANDARD_INPUT else str(Path(path).absolute())
    if opened.documents:
        return Understood(source, _answers(opened, choices, {}), (), path, opened)
    found: list[Ingested] = []
    errors: list[BadInput] = []
    for text in opened.tables:
        try:
            found.extend(ingest_all(text, choices.kind, choices.platform, pairs))
        except BadInput as error:
            errors.append(explained(error, text))
    if not found:
        raise errors[0]
    return Understood(source, _sourced(found, path), tuple(str(error) for error in errors), path)


def _within(read: Understood, folder: Path | None) -> Understood:
    """What a file holds, told without the folder it lies in for the moment."""
    if folder is None:
        return read
    start = f"{folder}/"
    found = tuple(
        replace(
            one,
            file=one.file.removeprefix(start),
            rejects=tuple(replace(reject, file=reject.file.removeprefix(start)) for reject in one.rejects),
            warnings=tuple(warning.replace(start, "") for warning in one.warnings),
        )
        for one in read.found
    )
    return replace(read, found=found, said=tuple(word.replace(start, "") for word in read.said))


def _answers(opened: Opened, choices: Choices, owners: Mapping[str, str]) -> tuple[Ingested, ...]:
    """The tables of a vendor's answers, or the one kind of them that the user asked for."""
    found = answers_of(opened, choices.platform, owners)
    wanted = tuple(one for one in found if choices.kind in (None, one.kind))
    if not wanted:
        held = " and ".join(one.kind for one in found)
        raise BadInput(f"{opened.source} is a vendor's answer and holds {held}, no {choices.kind}.", "Leave out --as.")
    return wanted


def _sourced(found: Sequence[Ingested], path: str) -> tuple[Ingested, ...]:
    return tuple(replace(one, table=sourced(one.table, path)) if one.kind == "creators" else one for one in found)


def _owned(read: Sequence[Understood], choices: Choices, catalogue: Catalogue) -> list[Understood]:
    """The files, and those once more whose posts name no creator: whose they are is looked up among the posts known."""
    if not any(map(_ownerless, read)):
        return list(read)
    tables = [one.table for each in read for one in each.found if one.kind == "posts"]
    if "posts" in catalogue.versions():
        tables.append(catalogue.read("posts"))
    known = pa.concat_tables([table.select(["post_id", "creator_id"]) for table in tables])
    owners = dict(zip(known["post_id"].to_pylist(), known["creator_id"].to_pylist(), strict=True))
    return [
        replace(each, found=_answers(each.opened, choices, owners)) if each.opened and _ownerless(each) else each
        for each in read
    ]


def _ownerless(read: Understood) -> bool:
    """Whether an answer holds posts that were refused because nothing says whose they are."""
    rejects = (reject for one in read.found if one.kind == "posts" for reject in one.rejects)
    return read.opened is not None and any(reject.column == "creator_id" for reject in rejects)


def _insisted(read: Understood) -> Understood:
    """The file, if any row of it can be used."""
    if any(one.accepted for one in read.found):
        return read
    warned = (warning.rstrip(".") for one in read.found for warning in one.warnings if read.opened)
    refused = (reject.reason for one in read.found for reject in one.rejects)
    why = next(chain(warned, refused), "it has no rows")
    raise BadInput(f"No row of {read.path} can be used: {why}.", f"See `asterism check {read.path}` for every row.")


def without_erased(read: Understood, stones: Tombstones) -> Understood:
    """What a source holds without the rows of those who were erased: these are rejects that say so and name nobody."""
    if not stones.stones:
        return read
    found = tuple(withheld(one, stones) for one in read.found)
    return replace(read, found=found, source=unnamed(read.source, stones), said=tuple(map(stones.masked, read.said)))


def keep(catalogue: Catalogue, read: Understood) -> list[Imported]:
    """What became of the tables of one source, now in the catalogue; what could not be used goes first.

    Whoever was erased does not come back: their rows are rejects (`without_erased`).
    """
    with guarded(catalogue) as stones:
        return _kept(catalogue, without_erased(read, stones))


def _kept(catalogue: Catalogue, read: Understood) -> list[Imported]:
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


def _as_rejects(read: Understood) -> pa.Table:
    now = datetime.now(UTC)
    rows = [
        {"source": read.source, "kind": one.kind, "at": now, **asdict(reject)}
        for one in read.found
        for reject in one.rejects
    ]
    return pa.Table.from_pylist(rows, schema=schema_of(REJECTS.name).arrow)


def _as_remarks(read: Understood) -> pa.Table:
    now = datetime.now(UTC)
    said = [(one.file, word) for one in read.found for word in (*one.warnings, *read.said)]
    rows = [{"source": read.source, "file": file, "text": word, "at": now} for file, word in dict.fromkeys(said)]
    return pa.Table.from_pylist(rows, schema=schema_of(REMARKS.name).arrow)
