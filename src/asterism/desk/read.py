"""Read the tables a user brings: creators and what stands beside them, joined by the creators' ids."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators.claims import placed, resolve
from asterism.creators.columns import meanings
from asterism.creators.evidence import content
from asterism.creators.identity import Decision
from asterism.creators.ingest import Ingested, ingest, ingest_all, known_platform
from asterism.creators.payloads import Around, read_payloads
from asterism.creators.synonyms import IDENTITY, PROFILE
from asterism.creators.tables import SCHEMAS, Reject, Tables
from asterism.creators.text import TextTable, clean
from asterism.errors import BadInput, MissingColumns
from asterism.store.contents import STANDARD_INPUT, named, read_bytes
from asterism.store.encodings import decode
from asterism.store.files import Opened, open_tables

REFERRING: Final = ("posts", "audiences", "followers", "rates", "comments", "outcomes")
"""Kinds of tables that name creators by `creator_id`."""
NAMING: Final = frozenset({"creator_id", "handle", "name", IDENTITY, PROFILE})
"""Fields and roles that say who a row is about."""


@dataclass(frozen=True, slots=True)
class Creators:
    """A table of creators (columns of `CREATORS`), what was refused of it, and the file it came from."""

    table: pa.Table
    rejects: tuple[Reject, ...] = ()
    warnings: tuple[str, ...] = ()
    file: str = ""
    version: str = ""

    def __len__(self) -> int:
        return int(self.table.num_rows)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a plan, by what they hold; only creators are needed.

    `more` are further tables of any kind, told apart by content, or named as in `comments=FILE`.
    """

    creators: str
    posts: str | None = None
    audiences: str | None = None
    followers: str | None = None
    overlaps: str | None = None
    rates: str | None = None
    fx: str | None = None
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """The tables of some files, and the version (SHA-256 of the bytes) of each file by kind.

    `claims` are the creators as each source tells them, `decisions` what people decided on who is one person.
    """

    tables: Tables
    versions: dict[str, str]
    claims: pa.Table
    decisions: tuple[Decision, ...] = ()


def read_creators(
    path: str | Path, *, platform: str | None = None, mapping: str | Path | Mapping[str, str] | None = None
) -> Creators:
    """The creators of a file (or of standard input for `-`), rejects and warnings kept beside them.

    `mapping` names columns the file calls otherwise: {column: field}, or a file that holds such pairs.

    Raises
    ------
    NotFound, UnreadableFile, OutsideFailure
        The file cannot be read.
    MissingColumns
        No column names a creator.
    """
    opened = open_tables(str(path))
    read = _merged(opened, "creators", platform, pairs_of(mapping))
    return Creators(sourced(read.table, str(path)), read.rejects, read.warnings, str(path), opened.version)


def read_tables(
    files: Files, platform: str | None = None, mapping: str | Path | Mapping[str, str] | None = None
) -> Loaded:
    """The typed tables of all files, ids joined across them, and the files' versions; raises as `read_creators`."""
    creators = read_creators(files.creators, platform=platform, mapping=mapping)
    tables: dict[str, pa.Table] = {"creators": creators.table}
    versions = {"creators": creators.version}
    rejects, warnings = creators.rejects, creators.warnings
    for version, read in _beside(files, platform):
        table, said = joined(read.table, read.kind, creators.table)
        standing = tables.get(read.kind)
        tables[read.kind] = table if standing is None else pa.concat_tables([standing, table])
        versions.setdefault(read.kind, version)
        rejects, warnings = (*rejects, *read.rejects), (*warnings, *read.warnings, *said)
    claims = placed(tables["creators"])
    tables["creators"] = resolve(claims)
    return Loaded(Tables(**tables, rejects=rejects, warnings=warnings), versions, claims)


def _beside(files: Files, platform: str | None) -> Iterator[tuple[str, Ingested]]:
    """What stands beside the creators: the version of each file and the tables read of it."""
    for kind in ("posts", "audiences", "followers", "overlaps", "rates", "fx"):
        path = getattr(files, kind)
        if path is not None:
            opened = open_tables(path)
            yield opened.version, _merged(opened, kind, platform, {})
    for named_ in files.more:
        kind, equals, path = named_.partition("=")
        kind, path = (kind, path) if equals and kind in SCHEMAS else ("", named_)
        opened = open_tables(path)
        for read in [_merged(opened, kind, platform, {})] if kind else told_apart(opened, platform):
            yield opened.version, read


def told_apart(opened: Opened, platform: str | None = None) -> list[Ingested]:
    """Every table of a file as the kind its content shows.

    Raises
    ------
    MissingColumns
        Nothing in it is a table of ours.
    """
    if opened.documents:
        return [one for one in answers_of(opened, platform) if one.accepted]
    found: list[Ingested] = []
    errors: list[BadInput] = []
    for text in opened.tables:
        try:
            found.extend(ingest_all(text, platform=platform))
        except BadInput as error:
            errors.append(explained(error, text))
    if not found:
        raise errors[0]
    return found


def _merged(opened: Opened, kind: str, platform: str | None, mapping: Mapping[str, str]) -> Ingested:
    """All tables of one file as one kind; sheets that are no such table are said and left."""
    if opened.documents:
        return _answered(opened, kind, platform)
    read: list[Ingested] = []
    errors: list[BadInput] = []
    for table in opened.tables:
        try:
            read.append(ingest(table, kind, platform, mapping))
        except BadInput as error:
            errors.append(explained(error, table))
    if not read:
        raise errors[0]
    said = tuple(str(error) for error in errors)
    first = replace(read[0], warnings=(*read[0].warnings, *said))
    if len(read) == 1:
        return first
    table = pa.concat_tables([one.table for one in read])
    return replace(
        first,
        table=table,
        rejects=tuple(reject for one in read for reject in one.rejects),
        warnings=(*first.warnings, *(warning for one in read[1:] for warning in one.warnings)),
        rows=sum(one.rows for one in read),
        accepted=table.num_rows,
    )


def answers_of(opened: Opened, platform: str | None = None, owners: Mapping[str, str] | None = None) -> list[Ingested]:
    """The tables of the vendors' answers a file holds, one per kind; `owners` say whose posts are known: {post: id}."""
    read = read_payloads(opened.source, opened.documents, Around(known_platform(platform), owners or {}))
    return [replace(one, warnings=(*opened.warnings, *one.warnings)) for one in read]


def _answered(opened: Opened, kind: str, platform: str | None) -> Ingested:
    """The one kind asked for of a vendor's answer."""
    found = answers_of(opened, platform)
    wanted = next((one for one in found if one.kind == kind), None)
    if wanted is None:
        held = " and ".join(one.kind for one in found)
        raise BadInput(f"{opened.source} is a vendor's answer and holds {held}, no {kind}.", f"Name one with {kind}.")
    if not wanted.accepted:
        why = next(iter((*wanted.warnings, *(reject.reason for reject in wanted.rejects))), "it has no rows")
        raise BadInput(f"No row of {kind} in {opened.source} can be used: {why}", "Fetch it again with what it lacks.")
    return wanted


def sourced(creators: pa.Table, path: str) -> pa.Table:
    """The creators with the file's name as `source` where nothing names one, so that two files stand side by side."""
    name = named(path) if path == STANDARD_INPUT else Path(path).name
    at = creators.schema.get_field_index("source")
    return creators.set_column(at, creators.schema.field(at), pc.fill_null(creators["source"], name))


def explained(error: BadInput, table: TextTable) -> BadInput:
    """The error, or a plainer one where the table has the column asked for and nothing stands in it.

    A column without a single value is no evidence of what it holds, so reading leaves it out; whoever wrote its header
    is helped by neither «no column names a creator» nor a mapping file.
    """
    if not isinstance(error, MissingColumns) or not NAMING.intersection(error.columns):
        return error
    bare = clean(table)
    pairs = zip(bare.header, bare.columns, strict=True)
    empty = [f"`{name}`" for name, column in pairs if _is_naming(name) and not content(column).n]
    if not empty:
        return error
    what = (
        f"{table.source} names nobody: {' and '.join(empty)} {'is' if len(empty) == 1 else 'are'} empty in every row."
    )
    return MissingColumns(what, "Fill in the creators' handles or ids.", error.columns)


def _is_naming(header: str) -> bool:
    return any(meaning.field in NAMING for meaning in meanings(header, "creators"))


def joined(table: pa.Table, kind: str, creators: pa.Table) -> tuple[pa.Table, tuple[str, ...]]:
    """The table with creators named by their ids where it names them by handle, and a word on strangers.

    A handle counts whatever its case. Tables of kinds that name no creators come back as they are.
    """
    said: list[str] = []
    for name in ("a", "b") if kind == "overlaps" else ("creator_id",) if kind in REFERRING else ():
        ids = _ids(table[name].combine_chunks(), creators)
        table = table.set_column(table.schema.get_field_index(name), SCHEMAS[kind].arrow.field(name), ids)
        strangers = len(ids) - (pc.sum(pc.is_in(ids, creators["creator_id"].combine_chunks())).as_py() or 0)
        if strangers:
            said.append(f"{strangers} of {len(ids)} rows of {kind} name a creator (`{name}`) unknown to the creators.")
    return table, tuple(said)


def _ids(named: pa.Array, creators: pa.Table) -> pa.Array:
    """Each name as a creator_id: itself where it is one, else that of the creator with this handle, else itself."""
    known = creators["creator_id"].combine_chunks()
    lowered = pc.utf8_lower(named)
    out = pc.if_else(pc.is_in(named, known, skip_nulls=True), named, pa.scalar(None, pa.string()))
    for column in (pc.utf8_lower(known), pc.utf8_lower(creators["handle"].combine_chunks())):
        out = pc.coalesce(out, known.take(pc.index_in(lowered, column, skip_nulls=True)))
    return pc.coalesce(out, named)


def pairs_of(mapping: str | Path | Mapping[str, str] | None) -> dict[str, str]:
    """A mapping of columns to fields, from a mapping or from a TOML, JSON or two-column CSV file."""
    if mapping is None or isinstance(mapping, Mapping):
        return dict(mapping or {})
    return read_mapping(str(mapping))


def read_mapping(path: str) -> dict[str, str]:
    """{column: field} of a mapping file: TOML or JSON pairs, or a table of two columns.

    Raises
    ------
    BadInput
        The file holds no such pairs.
    """
    text = decode(path, read_bytes(path)).text
    pairs = _json_or_none(text)
    if pairs is None:
        try:
            pairs = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            columns = open_tables(path).tables[0].columns
            pairs = (
                dict(zip(columns[0].to_pylist(), columns[-1].to_pylist(), strict=True)) if len(columns) == 2 else None
            )
    if isinstance(pairs, Mapping) and len(pairs) == 1 and isinstance(next(iter(pairs.values())), Mapping):
        pairs = next(iter(pairs.values()))
    if not isinstance(pairs, Mapping) or not all(isinstance(field, str | None) for field in pairs.values()):
        raise BadInput(f"{path} is no mapping.", 'Write pairs of column and field, as in `"Abonnés" = "followers"`.')
    return {str(source).strip(): (field or "").strip() for source, field in pairs.items()}


def _json_or_none(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return None
