"""Objects of a vendor's answer → one typed table, with every field named and every refused value listed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators.ingest import Ingested, MappedColumn, Unmapped
from asterism.creators.payloads import reading
from asterism.creators.payloads.reading import Reader, absent, at
from asterism.creators.rows import newest, usable
from asterism.creators.schema import TEXT, Field
from asterism.creators.tables import SCHEMAS, Reject
from asterism.creators.text import TextTable

NO_FIELD: Final = "no field of ours"
ONCE: Final = "told once for the whole answer"
DOCUMENTED: Final = "documented by the vendor"
_COUNTED: Final = ("likes", "comments", "shares", "saves", "views", "reach")
_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class From:
    """Where one field of ours stands in a vendor's object, how its value is read, and how we know.

    With an empty path the reader gets the whole object; `named` then says where it looks.
    """

    path: str
    field: str
    read: Reader
    how: str = DOCUMENTED
    named: str = ""

    @property
    def shown(self) -> str:
        """The path a person is told."""
        return self.named or self.path


@dataclass(frozen=True, slots=True)
class Item:
    """One row to be: its number in its list, counted from 1, the vendor's object, and fields known from around it."""

    row: int
    value: Any
    known: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """How the objects of one list become rows of one kind.

    Parameters
    ----------
    kind
        The kind of table.
    fields
        Where our fields stand; of several for one field, the first that says anything counts.
    place
        What stands before the paths when a person is told of them, as in `items[].`.
    why
        Paths that are no field of ours, and the reason.
    elsewhere
        Paths that are read by another layout.
    origins
        Where fields known from around the objects stand.
    """

    kind: str
    fields: tuple[From, ...]
    place: str = ""
    why: Mapping[str, str] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around an answer: the platform a person named, and whose posts are known from elsewhere."""

    platform: str | None = None
    owners: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """What a vendor's reader found before the rows were typed: things refused, and things a person must know.

    `gone` counts the rows that were refused as a whole.
    """

    rejects: tuple[Reject, ...] = ()
    warnings: tuple[str, ...] = ()
    gone: int = 0


def items_of(values: Iterable[Any], known: Mapping[str, Any] | None = None) -> list[Item]:
    """One item per value of a list, numbered from 1."""
    return [Item(row, value, known or {}) for row, value in enumerate(values, start=1)]


def tabulated(source: str, layout: Layout, items: Sequence[Item], said: Said | None = None) -> Ingested:
    """The rows of some objects as one kind of table; values that cannot be read are rejects, their rows stay.

    A row without what its kind needs, and one that is no object, is a reject as a whole.
    """
    before = said or Said()
    objects = [item for item in items if isinstance(item.value, Mapping)]
    strange = [
        Reject(source, item.row, layout.place.rstrip("."), _written(item.value), "not an object")
        for item in items
        if not isinstance(item.value, Mapping)
    ]
    rows, refused = [], []
    for item in objects:
        row, bad = _row(source, layout, item)
        rows.append(row)
        refused.extend(bad)
    schema = SCHEMAS[layout.kind]
    table = pa.Table.from_pylist(rows, schema=schema.arrow)
    frame = TextTable(source, (), (), np.array([item.row for item in objects], dtype=np.int64))
    wanted, dropped = usable(schema, table, frame)
    kept, older, _ = newest(schema, table, wanted, frame, beside_posts=False)
    table = table.filter(pa.array(kept))
    rejects = (*before.rejects, *strange, *refused, *dropped, *older)
    return Ingested(
        file=source,
        kind=layout.kind,
        table=table,
        columns=_mapped(layout, objects),
        unmapped=_unmapped(layout, objects),
        rejects=tuple(sorted(rejects, key=lambda reject: reject.row)),
        warnings=(*before.warnings, *_remarks(layout.kind, table), *_redacted(objects, layout)),
        rows=len(items) + before.gone,
        accepted=table.num_rows,
        lines=pa.array(frame.rows[kept]),
    )


def _row(source: str, layout: Layout, item: Item) -> tuple[dict[str, Any], list[Reject]]:
    """The typed row of an object, and what of it was refused."""
    row: dict[str, Any] = {}
    rejects = []
    for part in layout.fields:
        raw = at(item.value, part.path)
        if absent(raw) or row.get(part.field) is not None:
            continue
        try:
            row[part.field] = _within(part.read(raw), SCHEMAS[layout.kind].field(part.field))
        except ValueError as refusal:
            rejects.append(_refused(source, layout, item, part, refusal))
    around, unsound = _around(source, layout, item)
    known = {name: value for name, value in around.items() if row.get(name) is None}
    return {**row, **known}, rejects + [refused for name, refused in unsound.items() if row.get(name) is None]


def _around(source: str, layout: Layout, item: Item) -> tuple[dict[str, Any], dict[str, Reject]]:
    """The fields known from around an object, and of those that should be texts and are none the rejects."""
    known = dict(item.known)
    rejects = {}
    for name, value in item.known.items():
        if value is not None and SCHEMAS[layout.kind].field(name).type == TEXT:
            try:
                known[name] = reading.text(value)
            except ValueError as refusal:
                place = layout.origins.get(name, name)
                rejects[name] = Reject(source, item.row, place, _written(known.pop(name)), str(refusal))
    return known, rejects


def _refused(source: str, layout: Layout, item: Item, part: From, refusal: ValueError) -> Reject:
    raw = at(item.value, part.shown)
    return Reject(source, item.row, layout.place + part.shown, _written(raw), str(refusal))


def _within(value: Any, target: Field) -> Any:
    """The value, inside what its field may hold."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return value
    if target.low is not None and value < target.low:
        raise ValueError(f"below {target.low:g}")
    if target.high is not None and value > target.high + 1e-9:
        raise ValueError(f"above {target.high:g}")
    return value if target.high is None else min(value, target.high)


def _written(raw: Any) -> str:
    """A value as a reject shows it: shortened, and without e-mail addresses, which are not kept."""
    shown = re.sub(reading.MAIL, "(an e-mail address)", str(raw))
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"


def _mapped(layout: Layout, objects: Sequence[Item]) -> tuple[MappedColumn, ...]:
    schema = SCHEMAS[layout.kind]
    read = [
        MappedColumn(layout.place + part.shown, part.field, schema.field(part.field).unit, part.how)
        for part in layout.fields
        if any(not absent(at(item.value, part.shown)) for item in objects)
    ]
    given = {name for item in objects for name, value in item.known.items() if value is not None}
    around = [
        MappedColumn(origin.rstrip("."), name, schema.field(name).unit, ONCE)
        for name, origin in layout.origins.items()
        if name in given
    ]
    return (*around, *read)


def _unmapped(layout: Layout, objects: Sequence[Item]) -> tuple[Unmapped, ...]:
    """Every path of the objects that nobody reads, with the reason; opened only where something inside is read."""
    used = {part.shown for part in layout.fields} | set(layout.elsewhere)
    inner = {path[:end] for path in (*used, *layout.why) for end, mark in enumerate(path) if mark == "."}
    found: dict[str, None] = {}
    for item in objects:
        found.update(dict.fromkeys(_left(item.value, "", used, inner)))
    named = dict.fromkeys(_explained(layout.why, path) for path in found)
    return tuple(Unmapped(layout.place + path, layout.why.get(path, NO_FIELD)) for path in named)


def _explained(why: Mapping[str, str], path: str) -> str:
    """The path, or what it lies in where the reason is given for that as a whole."""
    outer = path
    while outer and outer not in why:
        outer = outer.rpartition(".")[0]
    return outer or path


def _left(value: Mapping[str, Any], before: str, used: set[str], inner: set[str]) -> list[str]:
    out = []
    for name, part in value.items():
        path = before + name
        if path in inner and isinstance(part, Mapping):
            out.extend(_left(part, f"{path}.", used, inner))
        elif path not in used and path not in inner:
            out.append(path)
    return out


def _redacted(objects: Sequence[Item], layout: Layout) -> list[str]:
    raws = [at(item.value, path) for item in objects for path in {part.path for part in layout.fields if part.path}]
    n = sum(raw.strip() != "" for raw in raws if isinstance(raw, str) and absent(raw))
    return [f"Redacted before the file came here, and read as not stated: {n} of {len(raws)} values."] if n else []


def _remarks(kind: str, table: pa.Table) -> list[str]:
    """What is kept as it stands and looks odd: nobody follows, nobody watched."""
    if kind == "creators":
        n = pc.sum(pc.equal(table["followers"], 0)).as_py() or 0
        return [f"{n} creators have 0 followers: kept as it stands; a new or an emptied account."] if n else []
    if kind != "posts" or not table.num_rows:
        return []
    figures = np.column_stack([np.asarray(table[name].fill_null(-1)) for name in _COUNTED])
    n = int((figures.max(axis=1) == 0).sum())
    return [f"{n} posts have 0 in every figure: kept as they stand; just published, or not yet counted."] if n else []


def together(parts: Sequence[Ingested]) -> Ingested:
    """Tables of one kind as one, the newest of rows with one key; what was refused and said is kept from all."""
    first = parts[0]
    if len(parts) == 1:
        return first
    schema, table = SCHEMAS[first.kind], pa.concat_tables([part.table for part in parts])
    frame = TextTable(first.file, (), (), np.arange(1, table.num_rows + 1))
    kept, older, _ = newest(schema, table, np.ones(table.num_rows, dtype=bool), frame, beside_posts=False)
    doubled = [f"{len(older)} rows of {first.kind} stand there more than once: the newest counts."] if older else []
    columns = dict.fromkeys(column for part in parts for column in part.columns)
    unmapped = dict.fromkeys(one for part in parts for one in part.unmapped)
    return replace(
        first,
        table=table.filter(pa.array(kept)),
        columns=tuple(columns),
        unmapped=tuple(unmapped),
        rejects=tuple(reject for part in parts for reject in part.rejects),
        warnings=(*dict.fromkeys(word for part in parts for word in part.warnings), *doubled),
        rows=sum(part.rows for part in parts) - len(older),
        accepted=int(kept.sum()),
        lines=None,
    )


def nothing(source: str, kind: str, rows: int, *warnings: str) -> Ingested:
    """An answer that was recognised and holds no row of ours, with the reason."""
    return Ingested(source, kind, SCHEMAS[kind].empty(), (), (), (), warnings, rows, 0)
