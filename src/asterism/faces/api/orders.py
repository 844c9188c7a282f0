"""`/orders`, `/rates`, `/figures`: what was bought, what currencies were worth, and figures of posts from files."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile

from asterism.desk.studio import figure_files, order_files, rates
from asterism.desk.studio import orders as desk
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, page_of, paged

router = Router(tags=["Orders"])
all_rates = Router(tags=["Rates"])
post_figures = Router(tags=["Figures"])


class PlacedOut(Schema):
    """What became of one word on an order; `state` is taken, waiting or refused, `repeated` says it had come before."""

    order: str
    state: str
    why: str
    repeated: bool
    times: int


class OrderOut(Schema):
    """An order; money in cents of its currency, `kept_cents` after refunds and nothing where it was cancelled."""

    id: int
    shop_id: int
    key: str
    at: datetime
    currency: str
    cents: int
    refunded_cents: int
    kept_cents: int
    margin_cents: int | None
    codes: list[str]
    clicks: list[str]
    new_customer: bool | None
    referrer: str
    cancelled_at: datetime | None
    changed_at: datetime


class RevenueOut(Schema):
    """Orders in one currency, after refunds."""

    currency: str
    orders: int
    cents: int
    refunded_cents: int


class OrdersOut(Schema):
    """What orders came to, in a sentence and in figures; codes that are no promo code here, with their orders."""

    sentence: str
    orders: int
    cancelled: int
    with_code: int
    with_click: int
    waiting: int
    refused: int
    revenues: list[RevenueOut]
    unknown_codes: dict[str, int]


class RejectedOut(Schema):
    """A row of a file that was not taken."""

    row: int
    column: str
    value: str
    reason: str


class OrderFileOut(Schema):
    """What became of a file's rows; `columns` are pairs of the column's own name and what it was read as."""

    name: str
    shop: str
    rows: int
    taken: int
    repeated: int
    waiting: int
    items: int
    rejected: int
    columns: list[tuple[str, str]]
    rejects: list[RejectedOut]


class RateOut(Schema):
    """What one unit of a currency is worth in US dollars from a day on."""

    id: int
    currency: str
    on: date
    usd: Decimal


class RateFileOut(Schema):
    """What became of a table of rates."""

    taken: int
    rejected: int
    rejects: list[RejectedOut]


class FigureFileOut(Schema):
    """What became of rows of figures, and over how many posts."""

    taken: int
    repeated: int
    rejected: int
    posts: int
    rejects: list[RejectedOut]


class OfCampaign(Schema):
    """Whose posts they are."""

    campaign: Key


def brought(file: UploadedFile) -> Any:
    """A file as the desk takes it."""
    return file.name or "", file.chunks(), settings.HOSTING.largest_upload


def _out(one: desk.OrderRow) -> dict[str, Any]:
    names = [name for name in OrderOut.model_fields if name not in ("refunded_cents", "kept_cents")]
    return {name: getattr(one.row, name) for name in names} | {
        "refunded_cents": one.refunded, "kept_cents": one.kept,
    }  # fmt: skip


@router.get("", **asks("see", Page[OrderOut]))
def list_orders(request: Any, at: Query[At], wanted: Query[desk.OrderChoice]) -> Any:
    """Orders, the newest first."""
    seat = seat_of(request)
    query = desk.all_orders(seat, wanted)
    first = (at.page - 1) * at.size
    found = [_out(one) for one in desk.order_rows(seat, query[first : first + at.size])]
    return page_of(request, at, found, query.count())


@router.post("", **asks("import", list[PlacedOut]))
def bring_orders(request: Any, wish: desk.BroughtOrders) -> Any:
    """Send orders, refunds and cancellings, up to 1,000; the same again changes nothing."""
    return desk.bring_orders(seat_of(request), wish)


@router.get("/summary", **asks("see", OrdersOut))
def sum_up_orders(request: Any) -> Any:
    """What orders came to, and what waits."""
    shown = desk.orders_page(seat_of(request), desk.OrderFilter())
    counted = shown.counted
    return {
        "sentence": shown.sentence, "orders": counted.orders, "cancelled": counted.cancelled,
        "with_code": counted.with_code, "with_click": counted.with_click, "waiting": shown.n_waiting,
        "refused": shown.n_refused, "revenues": shown.revenues, "unknown_codes": dict(shown.unknown),
    }  # fmt: skip


@router.post("/files", **asks("import", OrderFileOut))
def bring_order_file(request: Any, file: UploadedFile = File(...), of: order_files.OfShop = Form(...)) -> Any:  # noqa: B008 — ninja reads them
    """Bring a table of orders; each row is taken, or told why not."""
    with file:
        return order_files.bring_file(seat_of(request), of.shop, brought(file))


@router.get("/{order}", **asks("see", OrderOut))
def read_order(request: Any, order: Key) -> Any:
    """One order."""
    return _out(desk.order_of(seat_of(request), order))


@all_rates.get("", **asks("see", Page[RateOut]))
def list_rates(request: Any, at: Query[At]) -> Any:
    """Exchange rates by currency, the newest first."""
    return paged(request, at, rates.all_rates(seat_of(request)))


@all_rates.post("", **asks("import", list[RateOut]))
def set_rates(request: Any, wish: rates.NewRates) -> Any:
    """Write down rates; one that stands for a day is replaced."""
    return rates.set_rates(seat_of(request), wish)


@all_rates.post("/files", **asks("import", RateFileOut))
def bring_rate_file(request: Any, file: UploadedFile = File(...)) -> Any:  # noqa: B008 — ninja reads it
    """Bring a table of rates with the columns currency, date and usd."""
    with file:
        return rates.bring_rates(seat_of(request), brought(file))


@post_figures.post("/files", **asks("import", FigureFileOut))
def bring_figure_file(request: Any, file: UploadedFile = File(...), of: OfCampaign = Form(...)) -> Any:  # noqa: B008 — ninja reads them
    """Bring a table of figures of a campaign's posts."""
    with file:
        return figure_files.bring_figures(seat_of(request), of.campaign, brought(file))


@post_figures.post("/{campaign}/catalogue", **asks("import", FigureFileOut))
def read_catalogue_figures(request: Any, campaign: Key) -> Any:
    """Take over what the catalogue knows of a campaign's posts."""
    return figure_files.read_from_catalogue(seat_of(request), campaign)
