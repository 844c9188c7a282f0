"""Exchange rates with their days: written down one by one or brought as a table, never guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel, Field, field_validator

from asterism.desk.studio.brought_tables import SHOWN, Brought, Line, Rejected, Sheet, read_sheet
from asterism.desk.studio.dates import GivenDate
from asterism.errors import BadInput
from asterism.measurement.shops.generic import checked
from asterism.store.ledger.arrivals import settle_waiting
from asterism.store.ledger.models import Order, Rate
from asterism.store.ledger.rates import put_rates
from asterism.store.ledger.scope import rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

PER_PAGE: Final = 100
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "currency": ("currency", "currency code", "code", "iso"),
    "on": ("date", "on", "day", "as of"),
    "usd": ("usd", "rate", "usd per unit", "in usd", "us dollars"),
}


class NewRate(BaseModel):
    """What one unit of a currency is worth in US dollars from a day on."""

    currency: str = Field(min_length=3, max_length=3, pattern=r"^[A-Za-z]{3}$")
    on: GivenDate
    usd: Decimal = Field(gt=0, lt=10**9, description="US dollars per unit.")

    @field_validator("currency")
    @classmethod
    def _code(cls, code: str) -> str:
        if code.upper() == "USD":
            raise ValueError("a US dollar is always worth one US dollar")
        return code.upper()

    @field_validator("usd")
    @classmethod
    def _exact(cls, usd: Decimal) -> Decimal:
        kept = usd.quantize(Decimal("1e-10"))
        if not kept:
            raise ValueError("it is too small to be kept")
        return kept


class NewRates(BaseModel):
    """Rates, up to 1,000 at once."""

    rates: list[NewRate] = Field(min_length=1, max_length=1_000)


@dataclass(frozen=True, slots=True)
class RatesPage:
    """`orders_rates.html.j2`: the rates by currency, the newest first, and currencies of orders that lack any."""

    rates: tuple[Rate, ...]
    missing: tuple[str, ...]
    number: int
    of: int
    taken: int | None = None
    rejects: tuple[Rejected, ...] = ()
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class BroughtRates:
    """What became of a table of rates."""

    taken: int
    rejected: int
    rejects: tuple[Rejected, ...]


def rates_page(seat: Seat, number: int = 1, brought: BroughtRates | None = None) -> RatesPage:
    """One page of the rates."""
    query = all_rates(seat)
    of = max(1, -(-query.count() // PER_PAGE))
    number = min(max(number, 1), of)
    used = set(rows(seat, Order).order_by().values_list("currency", flat=True).distinct()) - {"USD"}
    rated = set(rows(seat, Rate).order_by().values_list("currency", flat=True).distinct())
    shown = tuple(query[(number - 1) * PER_PAGE : number * PER_PAGE])
    missing = tuple(sorted(used - rated))
    if brought is None:
        return RatesPage(shown, missing, number, of)
    return RatesPage(shown, missing, number, of, brought.taken, brought.rejects, brought.rejected)


def all_rates(seat: Seat) -> Any:
    """The rates as a query, by currency, the newest first."""
    seat.insist("see")
    return rows(seat, Rate).order_by("currency", "-on")


def set_rates(seat: Seat, wish: NewRates) -> list[Rate]:
    """Write down rates; one that stands for a day is replaced. Orders that waited for a currency are taken up."""
    seat.insist("import")
    return _put(seat, wish.rates)


def bring_rates(seat: Seat, brought: Brought) -> BroughtRates:
    """What became of a table of rates with the columns currency, date and usd.

    Raises
    ------
    BadInput
        It is no table, holds what could do harm, or lacks one of the columns.
    """
    seat.insist("import")
    sheet = read_sheet(seat, brought, COLUMNS, tuple(COLUMNS))
    rejects, read = list(sheet.spoiled), []
    for line in sheet.lines:
        try:
            read.append(_rate(sheet, line))
        except BadInput as error:
            rejects.append(sheet.rejected(line, error))
    _put(seat, read)
    return BroughtRates(len(read), len(rejects), tuple(sorted(rejects, key=lambda one: one.row)[:SHOWN]))


def _rate(sheet: Sheet, line: Line) -> NewRate:
    for needed in COLUMNS:
        if needed not in line.cells:
            raise BadInput("The cell is empty.", "Fill it in.", needed)
    words = {"currency": line.cells["currency"], "on": sheet.time(line, "on").date(), "usd": _number(sheet, line)}
    return checked(NewRate, words)


def _number(sheet: Sheet, line: Line) -> str:
    """The rate itself, to its last digit where it is written plainly."""
    text = line.cells["usd"]
    plain = text.replace(",", ".") if sheet.marks["usd"] == "," else text
    return plain if plain.replace(".", "", 1).isdigit() else sheet.amount(line, "usd")[0]


def _put(seat: Seat, wanted: Sequence[NewRate]) -> list[Rate]:
    """Write rates down, then take up what waited for them, part by part: what is not reached waits on."""
    with together():
        made = put_rates(seat, [(one.currency, one.on, one.usd) for one in wanted])
        record(seat, "rates.set", currencies=sorted({one.currency for one in made}), rates=len(made))
    settle_waiting(seat)
    return made
