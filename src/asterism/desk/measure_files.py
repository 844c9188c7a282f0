"""Open the files a return is reckoned from: deals, orders, codes, clicks, answers, lifts, outcomes, rates."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from asterism.creators.columns import tokens
from asterism.creators.ingest import ingest
from asterism.creators.tables import SCHEMAS
from asterism.creators.tiers import TierScheme
from asterism.desk.read import pairs_of, read_creators
from asterism.errors import BadInput, NotFound, WrongUsage
from asterism.measurement.exchange import DatedRates
from asterism.measurement.sheets.deals import Setting
from asterism.measurement.sheets.kinds import KINDS
from asterism.measurement.sheets.naming import bare
from asterism.measurement.sheets.reading import Sheet, read_sheet, unknown_sources
from asterism.store.files import Opened, files_within, open_tables

_CODE: Final = re.compile(r"[A-Za-z]{3}")
UNUSED: Final = 20
"""Columns without a use that are named; of more the number is said."""


@dataclass(frozen=True, slots=True)
class ReturnFiles:
    """The files of a return, by what they hold: deals and orders, or outcomes; the others where there are any."""

    deals: str | None = None
    orders: str | None = None
    codes: str | None = None
    clicks: str | None = None
    survey: str | None = None
    lifts: str | None = None
    outcomes: str | None = None
    fx: str | None = None
    creators: str | None = None
    audiences: str | None = None
    followers: str | None = None
    overlaps: str | None = None

    def __post_init__(self) -> None:
        if self.outcomes and (self.deals or self.orders):
            raise WrongUsage("Outcomes and deals were named together.", "Give --outcomes, or --deals with --orders.")
        if not self.outcomes and not self.deals:
            raise WrongUsage("Nothing says what was spent.", "Name --deals FILE and --orders FILE, or --outcomes FILE.")
        beside = [name for name in ("codes", "clicks", "survey") if getattr(self, name)]
        if self.outcomes and beside:
            raise WrongUsage(f"--{beside[0]} says nothing of outcomes, which are credited already.", "Leave it out.")
        paths = [*self._paths()]
        if self.creators == "-":
            raise WrongUsage("Creators are read twice, and standard input (-) can be read once.", "Name a file.")
        if paths.count("-") > 1:
            raise WrongUsage("Standard input (-) was named twice, and can be read once.", "Name files for the others.")

    @classmethod
    def within(cls, folder: Path | None, named: Mapping[str, str | None]) -> "ReturnFiles":
        """The files named, and beside them those that bear the name of their kind in a folder: `deals.csv`.

        Outcomes are left where there are deals.

        Raises
        ------
        NotFound
            There is no such folder, or nothing in it to reckon from.
        """
        found = _by_kind(folder) if folder else {}
        wanted = {name: path for name, path in named.items() if path}
        given = {**found, **wanted}
        if "deals" in given and "outcomes" not in wanted:
            given.pop("outcomes", None)
        if folder and not {"deals", "outcomes"} & set(given):
            raise NotFound(f"There is no file deals or outcomes in {folder}.", "Name them --deals FILE, --orders FILE.")
        return cls(**given)

    def _paths(self) -> Iterator[str]:
        for name in (*KINDS, "fx", "creators", "audiences", "followers", "overlaps"):
            path = getattr(self, name)
            if path:
                yield path


def _by_kind(folder: Path) -> dict[str, str]:
    """The files of a folder that bear the name of a kind, by it."""
    kinds = {field.name for field in fields(ReturnFiles)}
    return {path.stem.lower(): str(path) for path in files_within(folder) if path.stem.lower() in kinds}


def open_sheets(files: ReturnFiles, mapping: Path | None) -> dict[str, Sheet]:
    """Each file as the rows of its kind; a mapping holds for all of them.

    Raises
    ------
    NotFound, UnreadableFile, MissingColumns, BadInput
        A file cannot be read, is of another kind, or the mapping names what is not there.
    """
    pairs = pairs_of(mapping)
    opened = {name: open_tables(path) for name in KINDS if (path := getattr(files, name))}
    headers = [name for one in opened.values() for table in one.tables for name in table.header]
    unknown_sources(pairs, headers, sorted({c.name for name in opened for c in KINDS[name].columns}))
    return {name: _sheet(one, name, pairs) for name, one in opened.items()}


def _sheet(opened: Opened, name: str, mapping: Mapping[str, str]) -> Sheet:
    """The first table of a file that is of the kind; of a workbook's other sheets a word is said."""
    if not opened.tables:
        raise BadInput(f"{opened.source} is a vendor's answer, no table of {name}.", "Give a table with a header line.")
    errors: list[BadInput] = []
    for at, table in enumerate(opened.tables):
        try:
            found = read_sheet(table, KINDS[name], mapping)
        except BadInput as error:
            errors.append(error)
            continue
        others = [each.source for i, each in enumerate(opened.tables) if i != at]
        said = (f"Of {opened.source} only {table.source} was read as {name}.",) if others else ()
        return replace(found, warnings=(*opened.warnings, *found.warnings, *said, *_unused(found, mapping)))
    raise errors[0]


def _unused(sheet: Sheet, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """The columns nothing is read from, save those that a mapping leaves out: a cost among them would be missed."""
    left = {"".join(tokens(source)) for source, name in mapping.items() if not name}
    names = [f"`{name}`" for name in sheet.unmapped if "".join(tokens(name)) not in left]
    if not names:
        return ()
    more = f" and {len(names) - UNUSED} more" if len(names) > UNUSED else ""
    return (f"Not used of {Path(sheet.file).name}: column{'s' * (len(names) > 1)} {', '.join(names[:UNUSED])}{more}.",)


def open_rates(path: str | None) -> DatedRates:
    """The exchange rates of a file with their days; a rate without a day holds from the beginning."""
    if path is None:
        return DatedRates()
    table = ingest(open_tables(path).tables[0], "fx").table
    rows = zip(*(table[name].to_pylist() for name in SCHEMAS["fx"].names), strict=True)
    return DatedRates.of((c, d.date() if d else date.min, Decimal(str(usd))) for c, d, usd in rows)


def tiers_by_name(path: str | None, tiers: TierScheme) -> dict[str, str]:
    """The tier of each creator of a file, by id and by handle."""
    if path is None:
        return {}
    table = read_creators(path).table
    sized = tiers.of(table["followers"].to_numpy(zero_copy_only=False))
    found: dict[str, str] = {}
    for name in ("handle", "creator_id"):
        found |= {bare(who): str(tier) for who, tier in zip(table[name].to_pylist(), sized, strict=True) if who}
    return found


def check_any(values: Sequence[object], sheet: Sheet, setting: Setting | None = None) -> None:
    """Refuse a sheet of which nothing is left: by the currency that its rows could not be converted from, if it is so.

    Raises
    ------
    UnknownCurrency
        Its rows can be read, and no rate is known for their currency.
    BadInput
        Its rows cannot be read.
    """
    if values:
        return
    if setting is not None:
        for row in sheet.rows:
            setting.cents(1.0, row["currency"], row["date"].date() if row["date"] else None)
    first = next(iter(sheet.rejects), None)
    cell = f"`{first.value}` in column `{first.column}`: " if first and first.value else ""
    why = f" The first, row {first.row}: {cell}{first.reason}." if first else ""
    raise BadInput(f"No row of {sheet.file} can be used.{why}", "See the columns in docs/howto/measure-a-campaign.md.")


def currency_of(sheets: Mapping[str, Sheet], wanted: str | None) -> tuple[str, tuple[str, ...]]:
    """The ledger's currency, and a word where rows name none: the one asked for, else the only one there is.

    Raises
    ------
    BadInput
        The rows name several, or none; or what is asked for is none.
    """
    if wanted is not None and not _CODE.fullmatch(wanted.strip()):
        raise BadInput(
            f"`{wanted}` is no code of a currency.", "Write three letters, as in --currency EUR.", "currency"
        )
    first = sheets.get("deals") or sheets["outcomes"]
    check_any(first.rows, first)
    stated = {row["currency"] for row in first.rows if row["currency"]}
    stated = stated or {row["currency"] for sheet in sheets.values() for row in sheet.rows if row["currency"]}
    if wanted is None and len(stated) != 1:
        what = "several currencies: " + ", ".join(sorted(stated)) if stated else "no currency"
        raise BadInput(f"The costs name {what}.", "Say which the answer shall be in: --currency EUR.", "currency")
    currency = (wanted or next(iter(stated))).strip().upper()
    silent = sum(
        row["currency"] is None
        for name in ("deals", "orders", "outcomes")
        if name in sheets
        for row in sheets[name].rows
    )
    said = f"{silent} row{'s name' if silent != 1 else ' names'} no currency and count{'' if silent != 1 else 's'}"
    return currency, ((f"{said} as {currency}.",) if silent else ())


def last_day(sheets: Mapping[str, Sheet]) -> date:
    """The last day that orders, else costs or outcomes, speak of; today where none is stated."""
    for name, field in (("orders", "at"), ("outcomes", "date"), ("deals", "date")):
        days: list[date] = [row[field].date() for row in sheets[name].rows if row[field]] if name in sheets else []
        if days:
            return max(days)
    return datetime.now(UTC).date()
