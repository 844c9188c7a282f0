"""From a table of text to rows of one kind: headers matched, cells read, every refused one listed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from asterism.creators.columns import tokens
from asterism.creators.convert import convert
from asterism.creators.readers import CURRENCIES, Converted
from asterism.creators.schema import TEXT
from asterism.creators.tables import Reject
from asterism.creators.text import TextTable, clean
from asterism.errors import BadInput, MissingColumns, did_you_mean
from asterism.measurement.sheets.kinds import Column, Kind

SEEN: Final = 12
"""Headers an error lists at most."""


@dataclass(frozen=True, slots=True)
class Row:
    """One usable row: its place in the file, and what stands under each field; None where nothing does."""

    line: int
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table after reading: usable rows, the column of each field, those of none, and what was refused.

    `rows_seen` counts the file's rows, those refused too.
    """

    file: str
    kind: str
    rows: tuple[Row, ...]
    columns: Mapping[str, str]
    unmapped: tuple[str, ...]
    rejects: tuple[Reject, ...]
    warnings: tuple[str, ...] = ()
    rows_seen: int = 0

    def refuse(self, line: int, column: str, value: str, reason: str) -> Reject:
        """A row refused later on, named as the file names it."""
        return Reject(self.file, line, self.columns.get(column, column), value, reason)


def read_sheet(table: TextTable, kind: Kind, mapping: Mapping[str, str] | None = None) -> Sheet:
    """The rows of a table as one kind.

    A row goes where a cell of a strict column (money, times of orders) cannot be read, since a cost or an order left
    out of it would be a figure wrong in silence; another cell goes alone. Both are listed.

    Raises
    ------
    MissingColumns
        No column is called like what every row needs.
    BadInput
        The mapping names a column or a field that is not there.
    """
    text = clean(table)
    places = places_of(text, kind, mapping or {})
    _check_needs(text, kind, places)
    read = {name: convert(text.columns[at], kind.column(name).field, text.header[at]) for name, at in places.items()}
    refused = list(_refused(text, kind, places, read))
    gone = {reject.row for reject in refused if _strict(kind, places, text, reject.column)}
    columns = {name: converted.values.to_pylist() for name, converted in read.items()}
    extras = [converted.extra.to_pylist() for converted in read.values() if converted.extra is not None]
    rows: list[Row] = []
    for i, line in enumerate(text.rows.tolist()):
        if line in gone:
            continue
        found = {name: values[i] for name, values in columns.items()}
        reason = _unfit(kind, found, {extra[i] for extra in extras if extra[i]})
        if reason:
            field, *rest = reason
            refused.append(Reject(text.source, line, text.header[places[field]] if field in places else field, *rest))
        else:
            rows.append(Row(line, found))
    used = set(places.values())
    return Sheet(
        file=text.source,
        kind=kind.name,
        rows=tuple(rows),
        columns={name: text.header[at] for name, at in places.items()},
        unmapped=tuple(name for i, name in enumerate(text.header) if i not in used),
        rejects=tuple(sorted((*text.rejects, *refused), key=lambda reject: reject.row)),
        warnings=text.warnings,
        rows_seen=len(text) + len(text.rejects),
    )


def places_of(text: TextTable, kind: Kind, mapping: Mapping[str, str]) -> dict[str, int]:
    """The column of each field: as the mapping says, else the one whose header comes first among the field's words."""
    fixed = _mapped(text, kind, mapping)
    taken = {at for at, _ in fixed}
    places = {field: at for at, field in fixed if field}
    wishes = [
        (rank, order, at, column.name)
        for at, header in enumerate(text.header)
        if at not in taken
        for order, column in enumerate(kind.columns)
        if column.name not in places and (rank := _rank(header, column)) is not None
    ]
    for _, _, at, name in sorted(wishes):
        if at not in taken and name not in places:
            places[name] = at
            taken.add(at)
    return places


def _mapped(text: TextTable, kind: Kind, mapping: Mapping[str, str]) -> list[tuple[int, str]]:
    known = [column.name for column in kind.columns]
    found = []
    for source, field in mapping.items():
        at = [i for i, name in enumerate(text.header) if name == source or tokens(name) == tokens(source)]
        if at and field in ("", *known):
            found.append((at[0], field))
    return found


def _rank(header: str, column: Column) -> int | None:
    """How near a header is to a field's first name; None where it is none of its words."""
    words = [word for word in tokens(header) if word.upper() not in CURRENCIES] or tokens(header)
    known = ["".join(tokens(name)) for name in (column.name, *column.words.split(","))]
    bare = "".join(words)
    return known.index(bare) if bare in known else None


def _check_needs(text: TextTable, kind: Kind, places: Mapping[str, int]) -> None:
    for group in (*kind.needs, *kind.heads):
        if not set(group) & set(places):
            seen = ", ".join(text.header[:SEEN]) + (", …" if len(text.header) > SEEN else "")
            what = f"{text.source} is no table of {kind.name}: no column for {' or '.join(group)} (columns: {seen})."
            raise MissingColumns(what, "Rename the column, or pass a mapping file.", group)


def _refused(text: TextTable, kind: Kind, places: Mapping[str, int], read: Mapping[str, Converted]) -> Iterator[Reject]:
    for name, converted in read.items():
        at, field = places[name], kind.column(name).field
        for i, reason in converted.reasons.items():
            yield Reject(text.source, int(text.rows[i]), text.header[at], text.columns[at][i].as_py() or "", reason)
        if field.type == TEXT and field.choices and name != "platform":
            for i, value in enumerate(converted.values.to_pylist()):
                if value is not None and value not in field.choices:
                    reason = f"none of {', '.join(field.choices)}"
                    yield Reject(text.source, int(text.rows[i]), text.header[at], value, reason)


def _strict(kind: Kind, places: Mapping[str, int], text: TextTable, header: str) -> bool:
    return any(text.header[at] == header and kind.column(name).strict for name, at in places.items())


def _unfit(kind: Kind, found: dict[str, Any], currencies: set[str]) -> tuple[str, str, str] | None:
    """Column, value and reason of a row that cannot be used; a currency written in the cells is taken over."""
    for group in kind.needs:
        if all(found.get(name) is None for name in group):
            return group[0], "", f"row has no {' or '.join(group)}"
    stated = currencies | ({found["currency"]} if found.get("currency") else set())
    if len(stated) > 1:
        return "currency", ", ".join(sorted(stated)), "amounts of one row in several currencies"
    found["currency"] = next(iter(stated), None)
    for column in kind.columns:
        choices = column.field.choices
        if choices and column.name != "platform" and found.get(column.name) not in (None, *choices):
            found[column.name] = None
    return None


def unknown_sources(mapping: Mapping[str, str], headers: Sequence[str], fields: Sequence[str]) -> None:
    """Refuse a mapping that names a column or a field which none of the tables has.

    Raises
    ------
    BadInput
        Such a name stands in it.
    """
    seen = {"".join(tokens(header)) for header in headers}
    for source, field in mapping.items():
        if "".join(tokens(source)) not in seen:
            what = f"The mapping names a column `{source}` that no file has."
            raise BadInput(what, did_you_mean(source, list(headers)))
        if field and field not in fields:
            what = f"The mapping names a field `{field}` that does not exist."
            raise BadInput(what, did_you_mean(field, sorted(fields)))
