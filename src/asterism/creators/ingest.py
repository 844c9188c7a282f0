"""Any table of the trade → one of ours, with every column and every refused value accounted for."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.assign import Assignment, Evidence, assign, guess_kind, meets
from asterism.creators.columns import tokens
from asterism.creators.convert import convert
from asterism.creators.derive import Derived, Setting, complete
from asterism.creators.evidence import content
from asterism.creators.readers import Converted
from asterism.creators.rows import newest, usable
from asterism.creators.schema import PLATFORMS, TEXT, Field, Schema
from asterism.creators.synonyms import ADDRESS, PROFILE
from asterism.creators.tables import SCHEMAS, Reject, missing
from asterism.creators.text import TextTable, clean
from asterism.errors import BadInput, MissingColumns, WrongUsage, did_you_mean

BESIDE_POSTS: Final = frozenset(
    {"creator_id", "handle", "name", "platform", "followers", "following", "verified", "bio", "niche", "country",
     "language", "as_of", PROFILE}
)  # fmt: skip
"""Fields of creators believed in a table of posts; its likes and views belong to the posts."""


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column we use: its name in the file, our field, the unit, and how we know and read it."""

    source: str
    field: str
    unit: str
    how: str


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A column we do not use, and why."""

    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """One table after reading: typed rows, what each column became, and everything that was refused.

    `table` has the columns of `SCHEMAS[kind]`; `rows` counts the file's rows, `accepted` those in the table. `lines`
    has the file's row of each row of the table, None where several lists became one.
    """

    file: str
    kind: str
    table: pa.Table
    columns: tuple[MappedColumn, ...]
    unmapped: tuple[Unmapped, ...]
    rejects: tuple[Reject, ...]
    warnings: tuple[str, ...]
    rows: int
    accepted: int
    lines: pa.Array | None = None


def ingest(
    text: TextTable, kind: str | None = None, platform: str | None = None, mapping: Mapping[str, str] | None = None
) -> Ingested:
    """The table as one kind: the given one, or the one whose needs its columns meet best.

    Raises
    ------
    MissingColumns
        No kind, or not the given one, can be made of these columns.
    WrongUsage
        The kind or platform is unknown.
    BadInput
        The mapping names a column or a field that is not there.
    """
    evidence = _evidence(text, kind, mapping)
    return _typed(evidence, _assignment(evidence, kind), known_platform(platform))


def ingest_all(
    text: TextTable, kind: str | None = None, platform: str | None = None, mapping: Mapping[str, str] | None = None
) -> tuple[Ingested, ...]:
    """Every kind the table carries: posts with their creators' followers are both posts and creators."""
    evidence = _evidence(text, kind, mapping)
    found = _assignment(evidence, kind)
    first = _typed(evidence, found, known_platform(platform))
    if kind is None and found.kind == "posts":
        creators = _beside_posts(evidence)
        if "followers" in creators.chosen and meets(creators):
            return first, _typed(evidence, creators, known_platform(platform))
    return (first,)


def known_platform(platform: str | None) -> str | None:
    """The platform a person named, or None; raises `WrongUsage` where there is none of that name."""
    if platform is not None and platform not in PLATFORMS:
        raise WrongUsage(f"There is no platform `{platform}`.", did_you_mean(platform, list(PLATFORMS)))
    return platform


def _evidence(text: TextTable, kind: str | None, mapping: Mapping[str, str] | None) -> Evidence:
    if kind is not None and kind not in SCHEMAS:
        raise WrongUsage(f"There is no kind of table `{kind}`.", did_you_mean(kind, list(SCHEMAS)))
    text = clean(text)
    return Evidence(text, [content(column) for column in text.columns], _by_place(text, kind, mapping or {}))


def _by_place(text: TextTable, kind: str | None, mapping: Mapping[str, str]) -> dict[int, str]:
    """The user's mapping by column number; an empty field leaves a column out."""
    known = {field for name, schema in SCHEMAS.items() if kind in (None, name) for field in schema.names}
    places: dict[int, str] = {}
    for source, field in mapping.items():
        at = [i for i, name in enumerate(text.header) if name == source or tokens(name) == tokens(source)]
        if not at:
            raise BadInput(
                f"The mapping names a column `{source}` that {text.source} does not have.",
                did_you_mean(source, list(text.header)),
            )
        if field and field not in known:
            raise BadInput(
                f"The mapping names a field `{field}` that does not exist.", did_you_mean(field, sorted(known))
            )
        places[at[0]] = field
    return places


def _assignment(evidence: Evidence, kind: str | None) -> Assignment:
    guessed = guess_kind(evidence)
    if kind is None:
        if guessed is None:
            raise _no_kind(evidence.text)
        return guessed[1]
    if kind == "creators" and guessed is not None and guessed[0] == "posts":
        found = _beside_posts(evidence)
    else:
        found = assign(evidence, kind)
    if not meets(found):
        raise _lacking(evidence.text, SCHEMAS[kind], found)
    return found


def _no_kind(text: TextTable) -> MissingColumns:
    fix = "Name one column `handle` (or `creator_id`), or pass a mapping file."
    return MissingColumns(
        f"{text.source} has no column that names a creator (columns: {_seen(text)}).", fix, ("creator_id",)
    )


def _lacking(text: TextTable, schema: Schema, found: Assignment) -> MissingColumns:
    present = [
        *found.chosen,
        *(["post_id"] if ADDRESS in found.chosen else []),
        *(["handle"] if PROFILE in found.chosen else []),
    ]
    lacks = [" or ".join(f"`{name}`" for name in alternatives) for alternatives in missing(schema, present)]
    lacking = " and none for ".join(lacks)
    what = f"{text.source} is no table of {schema.name}: it has no column for {lacking} (columns: {_seen(text)})."
    names = tuple(name for alternatives in missing(schema, present) for name in alternatives)
    return MissingColumns(what, "Rename the column, or pass a mapping file.", names)


def _seen(text: TextTable) -> str:
    return ", ".join(text.header[:12]) + (", …" if len(text.header) > 12 else "")


def _beside_posts(evidence: Evidence) -> Assignment:
    """The creators that a table of posts speaks of, one row per post."""
    found = assign(evidence, "creators")
    chosen = {name: choice for name, choice in found.chosen.items() if name in BESIDE_POSTS}
    dropped = {c.column: "belongs to the posts" for name, c in found.chosen.items() if name not in BESIDE_POSTS}
    return replace(found, chosen=chosen, unmapped={**found.unmapped, **dropped}, beside_posts=True)


def _typed(evidence: Evidence, found: Assignment, platform: str | None) -> Ingested:
    text, schema = evidence.text, SCHEMAS[found.kind]
    read = _read(text, schema, found)
    columns = {name: converted.values for name, converted in read.items()}
    extras = [converted.extra for converted in read.values() if converted.extra is not None]
    if extras:
        columns["currency of amounts"] = extras[0]
    headers = {name: text.header[choice.column] for name, choice in found.chosen.items()}
    derived = complete(found.kind, columns, headers, Setting(text.source, text.header, platform))
    table = _table(schema, derived.columns, len(text))
    refused = _refused_values(text, found, read)
    wanted, dropped = usable(schema, table, text)
    kept, older, doubled = newest(schema, table, wanted, text, found.beside_posts)
    return Ingested(
        file=text.source,
        kind=found.kind,
        table=table if kept.all() else table.filter(pa.array(kept)),
        columns=_mapped(evidence, found, read, derived),
        unmapped=_unmapped(evidence, found, derived),
        rejects=tuple(sorted((*text.rejects, *refused, *dropped, *older), key=lambda r: r.row)),
        warnings=(
            *text.warnings,
            *found.warnings,
            *_null_warnings(evidence, found, read),
            *derived.warnings,
            *doubled,
            *_nobody(table, kept),
        ),
        rows=len(text) + len(text.rejects),
        accepted=int(kept.sum()),
        lines=pa.array(text.rows[kept]),
    )


def _read(text: TextTable, schema: Schema, found: Assignment) -> dict[str, Converted]:
    """Each chosen column as its field asks; the columns know nothing of each other, so every processor takes some."""
    with ThreadPoolExecutor() as threads:
        read = threads.map(
            lambda item: convert(text.columns[item[1].column], _field(schema, item[0]), text.header[item[1].column]),
            found.chosen.items(),
        )
        return dict(zip(found.chosen, read, strict=True))


def _nobody(table: pa.Table, kept: NDArray[np.bool_]) -> list[str]:
    """A word on creators with zero followers: a new account, or a gap that the source writes as 0."""
    if "followers" not in table.column_names:
        return []
    zero = pc.sum(pc.fill_null(pc.equal(table["followers"].filter(pa.array(kept)), 0), False)).as_py() or 0
    who = f"{zero:,} creator{'s have' if zero != 1 else ' has'} zero followers"
    return [f"{who}: kept as stated, and not to be sized or planned until somebody follows."] if zero else []


def _field(schema: Schema, name: str) -> Field:
    return Field(name, TEXT, "address", name) if name in (PROFILE, ADDRESS) else schema.field(name)


def _table(schema: Schema, columns: Mapping[str, pa.Array], n_rows: int) -> pa.Table:
    blank = {f.type: pa.nulls(n_rows, f.type) for f in schema.fields if f.name not in columns}
    arrays = [columns[f.name].cast(f.type) if f.name in columns else blank[f.type] for f in schema.fields]
    return pa.Table.from_arrays(arrays, schema=schema.arrow)


def _refused_values(text: TextTable, found: Assignment, read: Mapping[str, Converted]) -> list[Reject]:
    """One reject per value that could not be read; its row is kept without it."""
    out = []
    for name, converted in read.items():
        at = found.chosen[name].column
        for row, reason in converted.reasons.items():
            value = text.columns[at][row].as_py() or ""
            out.append(Reject(text.source, int(text.rows[row]), text.header[at], value, reason))
    return out


def _mapped(
    evidence: Evidence, found: Assignment, read: Mapping[str, Converted], derived: Derived
) -> tuple[MappedColumn, ...]:
    out = []
    for name, choice in sorted(found.chosen.items(), key=lambda item: item[1].column):
        field = name if name not in (PROFILE, ADDRESS) else _told_by_address(found, derived)
        if field:
            how = "; ".join(word for word in (choice.how, read[name].how) if word)
            if name == "engagement_rate":
                how += f"; {derived.how.get('engagement_denominator', 'denominator in its own column')}"
            unit = SCHEMAS[found.kind].field(field).unit
            out.append(MappedColumn(evidence.text.header[choice.column], field, unit, how))
    return tuple(out)


def _told_by_address(found: Assignment, derived: Derived) -> str:
    """The first field that only the addresses tell; empty where they tell nothing new."""
    fields = ("handle", "post_id", "platform", "format")
    return next((f for f in fields if derived.how.get(f) == "from the addresses" and f not in found.chosen), "")


def _unmapped(evidence: Evidence, found: Assignment, derived: Derived) -> tuple[Unmapped, ...]:
    reasons = dict(found.unmapped)
    for role in (PROFILE, ADDRESS):
        if role in found.chosen and not _told_by_address(found, derived):
            reasons[found.chosen[role].column] = "an address that tells nothing the other columns do not"
    return tuple(Unmapped(evidence.text.header[at], why) for at, why in sorted(reasons.items()))


def _null_warnings(evidence: Evidence, found: Assignment, read: Mapping[str, Converted]) -> list[str]:
    """Per column, the words that were read as «not stated», counted."""
    out = []
    for name, converted in read.items():
        if converted.nulls:
            words: Sequence[str] = [f"{n} × {word}" for word, n in sorted(converted.nulls.items(), key=lambda p: -p[1])]
            out.append(f"{evidence.label(found.chosen[name].column)}: {', '.join(words[:6])} read as not stated.")
    return out
