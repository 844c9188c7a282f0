"""The log of clicks of a campaign: page by page, and as a file; what was filtered stands in it with its rule."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import urlencode

import pyarrow as pa
from pydantic import BaseModel, Field

from asterism.measurement.addresses import slug
from asterism.measurement.visits import RULES, SAYS
from asterism.reports.sheets import table_csv
from asterism.store.ledger.links import address_of
from asterism.store.ledger.models import Campaign, Click
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

PER_PAGE: Final = 100
MOST: Final = 200_000
"""Clicks in a file at most, the newest; the API has all of them, page by page."""
_TOLD: Final = ("key", "at", "link", "creator", "handle", "platform", "referrer", "browser", "filtered")


class ClickFilter(BaseModel):
    """Which clicks: all, those that count, those left out, or those of one rule; of one link where it is named."""

    show: str = Field(default="all", max_length=24)
    link: int | None = Field(default=None, ge=1, lt=2**63)
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True, slots=True)
class ClickLine:
    """One click: its row, the name of the creator whose link it was, the link's address, and why it does not count."""

    row: Click
    name: str
    address: str
    says: str


@dataclass(frozen=True, slots=True)
class ClickPage:
    """`tracking_clicks.html.j2`: a page of the log, the newest first; `shows` are the choices of what is shown."""

    campaign: Campaign
    lines: tuple[ClickLine, ...]
    total: int
    filter: ClickFilter
    number: int
    of: int
    shows: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        """What stands behind the address of another page, up to its number."""
        asked = {"show": self.filter.show, "link": self.filter.link}
        return "?" + urlencode({name: value for name, value in asked.items() if value is not None}) + "&page="


def click_page(seat: Seat, key: int, wish: ClickFilter) -> ClickPage:
    """A page of the log of clicks."""
    seat.insist("see")
    campaign = find(seat, Campaign, key)
    query = clicks_of(seat, key, wish)
    total = query.count()
    pages = max(1, -(-total // PER_PAGE))
    number = min(wish.page, pages)
    shown = query[(number - 1) * PER_PAGE : number * PER_PAGE]
    choices = (("all", "all clicks"), ("counted", "those that count"), ("filtered", "those left out"))
    rules = tuple((rule.name, f"left out by {rule.name}") for rule in RULES)
    lines = tuple(_line(click) for click in shown)
    return ClickPage(campaign, lines, total, wish, number, pages, (*choices, *rules))


def clicks_of(seat: Seat, key: int, wish: ClickFilter) -> Any:
    """The clicks of a campaign, the newest first, as a query."""
    seat.insist("see")
    query = rows(seat, Click).filter(link__campaign=find(seat, Campaign, key)).order_by("-id")
    if wish.link is not None:
        query = query.filter(link=wish.link)
    if wish.show == "counted":
        query = query.filter(filtered="")
    elif wish.show == "filtered":
        query = query.exclude(filtered="")
    elif wish.show != "all":
        query = query.filter(filtered=wish.show)
    return query.select_related("link__collaboration__creator")


def _line(click: Click) -> ClickLine:
    return ClickLine(click, name_of(click), address_of(click.link.code), SAYS.get(click.filtered, click.filtered))


def name_of(click: Click) -> str:
    """Whose link was clicked."""
    work = click.link.collaboration
    return str(work.creator.name or work.creator.handle) if work else "the campaign itself"


def click_file(seat: Seat, key: int, kind: Literal["csv", "json"]) -> tuple[str, bytes]:
    """The name and the bytes of the log as a table, or as JSON, one object per click; the newest first."""
    seat.insist("see")
    campaign = find(seat, Campaign, key)
    lines = list(_plain(clicks_of(seat, key, ClickFilter())[:MOST]))
    name = f"{slug(campaign.name) or 'campaign'}-clicks.{kind}"
    if kind == "json":
        return name, json.dumps([dict(zip(_TOLD, line, strict=True)) for line in lines]).encode()
    columns = zip(*lines, strict=True) if lines else [()] * len(_TOLD)
    return name, table_csv(
        pa.table({head: pa.array(column, pa.string()) for head, column in zip(_TOLD, columns, strict=True)})
    )


def _plain(clicks: Any) -> Iterator[tuple[str, ...]]:
    """The clicks as texts; visitors are left out: their hashes are for joining, not for carrying away."""
    of = "link__collaboration__creator__"
    fields = ("key", "at", "link__code", f"{of}name", f"{of}handle", f"{of}platform", "referrer", "agent", "filtered")
    for key, at, code, *rest in clicks.values_list(*fields):
        yield (key, at.isoformat(), address_of(code), *(text or "" for text in rest))
