"""Discover: the workspace's creators searched and narrowed by facets, from the kept index alone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from asterism.desk.studio.jobs import JobPage, shown
from asterism.desk.studio.kept import INDEXING, Standing, standing_index, work_again
from asterism.desk.studio.rows import Row, country_name, language_name, rows_from
from asterism.signals.finding.browse import FACETED, Browsed, browse
from asterism.signals.finding.search import UNSTATED, Facet, Filters
from asterism.store.ledger.creators import known, recorded
from asterism.store.ledger.models import Creator, Shortlist
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

SIZE: Final = 25
"""Creators on a page."""
Sort = Literal["followers", "-followers", "engagement", "real", "price", "-price"]
SORTS: Final = (
    ("followers", "Most followers"),
    ("-followers", "Fewest followers"),
    ("engagement", "Engagement, sure of it"),
    ("real", "Real followers, sure of it"),
    ("price", "Lowest fee"),
    ("-price", "Highest fee"),
)
"""Orders that are offered; by engagement and real followers the lower end of the range decides."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A facet as the address and the page have it: its field of `Search`, its label, a word of what it counts."""

    field: str
    label: str
    remark: str = ""


ASKED: Final = {
    "platform": Asked("platform", "Platform"),
    "tier": Asked("tier", "Tier"),
    "niche": Asked("niche", "Niche"),
    "country": Asked("country", "Country"),
    "language": Asked("language", "Language"),
    "followers_band": Asked("size", "Followers", "Potential, not reach."),
    "engagement_band": Asked("rate", "Engagement", "Of followers, or of views where the platform counts views."),
    "real_band": Asked("real", "Real followers", "The expected share; each creator's range stands in the list."),
}
"""Column of the index → how it is asked for."""

Values = list[str]


class Search(BaseModel):
    """What is looked for; the address of the page says the same."""

    q: str = Field(default="", max_length=200, description="Words of handle, name, niche or bio.")
    platform: Values = Field(default=[], max_length=30)
    tier: Values = Field(default=[], max_length=30)
    niche: Values = Field(default=[], max_length=30)
    country: Values = Field(default=[], max_length=30)
    language: Values = Field(default=[], max_length=30)
    size: Values = Field(default=[], max_length=30, description="Bands of followers.")
    rate: Values = Field(default=[], max_length=30, description="Bands of engagement.")
    real: Values = Field(default=[], max_length=30, description="Bands of the share of real followers.")
    most: float | None = Field(default=None, gt=0, allow_inf_nan=False, description="US dollars for one post, at most.")
    sort: Sort = "followers"
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, how many creators it would give, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A facet on the page: its field, label and remark, its choices, those not listed, those not stated."""

    field: str
    label: str
    remark: str
    choices: tuple[Choice, ...]
    others: int
    unstated: int
    open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that stands, and the query that leaves it out."""

    label: str
    without: str


@dataclass(frozen=True, slots=True)
class Result:
    """A creator found, and what the workspace knows of them already."""

    row: Row
    creator: Creator | None


@dataclass(frozen=True, slots=True)
class Discover:
    """`discover.html.j2`: the results, how to narrow them, and how old the figures are.

    Parameters
    ----------
    query, onward
        The address's query, and the same up to the number of a page.
    made_at, current, job
        When the index was made, whether it is of the catalogue as it is now, and the work that makes it anew.
    empty
        The catalogue holds no creators.
    recorded
        Creators of the workspace's own records whom the words name and the catalogue does not list.
    """

    search: Search
    results: tuple[Result, ...]
    total: int
    searched: int
    page: int
    pages: int
    offers: tuple[Offer, ...]
    chips: tuple[Chip, ...]
    sorts: tuple[tuple[str, str], ...]
    query: str
    onward: str
    made_at: datetime | None
    current: bool
    job: JobPage | None
    empty: bool
    recorded: tuple[Creator, ...]
    lists: tuple[Shortlist, ...]


def discover(seat: Seat, wanted: Search) -> Discover:
    """What a search finds in the workspace's catalogue.

    Raises
    ------
    NotAllowed
        The role does not reach.
    """
    seat.insist("search")
    standing = standing_index(seat)
    found = _browsed(standing, wanted)
    rows_found = rows_from(found.rows) if found else []
    kept = known(seat, [(each.platform, each.creator_id) for each in rows_found])
    pages = max(1, -(-(found.total if found else 0) // SIZE))
    return Discover(
        search=wanted,
        results=tuple(Result(each, kept.get((each.platform, each.creator_id))) for each in rows_found),
        total=found.total if found else 0,
        searched=found.searched if found else 0,
        page=min(wanted.page, pages),
        pages=pages,
        offers=tuple(_offers(found.facets, wanted)) if found else (),
        chips=tuple(_chips(wanted)),
        sorts=SORTS,
        query=query_of(wanted),
        onward=_onward(wanted),
        made_at=standing.kept.made_at if standing.kept else None,
        current=standing.current,
        job=shown(standing.job, seat.now) if standing.job else None,
        empty=not standing.edition,
        recorded=_recorded(seat, wanted, rows_found),
        lists=tuple(rows(seat, Shortlist).select_related("campaign")[:30]) if seat.may("plan") else (),
    )


def make_again(seat: Seat) -> None:
    """Ask once more for the index, after making it failed."""
    standing = standing_index(seat)
    if standing.edition and not standing.current:
        work_again(seat, INDEXING, {"edition": standing.edition})


def filters_of(wanted: Search) -> Filters:
    """The filters that a search stands for."""
    chosen: dict[str, Any] = {field: tuple(getattr(wanted, ASKED[column].field)) for column, field in FACETED.items()}
    return replace(Filters(words=wanted.q, max_price=wanted.most), **chosen)


def query_of(wanted: Search) -> str:
    """The search as the query of an address, without what is usual."""
    return urlencode(wanted.model_dump(exclude_defaults=True, exclude_none=True), doseq=True)


def _browsed(standing: Standing, wanted: Search) -> Browsed | None:
    if standing.kept is None:
        return None
    filters = filters_of(wanted)
    found = browse(standing.kept.table, filters, wanted.sort, (wanted.page - 1) * SIZE, SIZE)
    if found.total and not found.rows.num_rows:  # beyond the last page: the last one
        last = (found.total - 1) // SIZE
        return browse(standing.kept.table, filters, wanted.sort, last * SIZE, SIZE)
    return found


def _recorded(seat: Seat, wanted: Search, found: list[Row]) -> tuple[Creator, ...]:
    if not wanted.q.strip():
        return ()
    listed = {(each.platform, each.creator_id) for each in found}
    own = recorded(seat, wanted.q)
    return tuple(each for each in own if (each.platform, each.creator_id) not in listed)


def _offers(facets: tuple[Facet, ...], wanted: Search) -> Iterable[Offer]:
    for facet in facets:
        asked = ASKED[facet.name]
        chosen = {value.lower() for value in getattr(wanted, asked.field)}
        stated = [(value, n) for value, n in facet.counts if value != UNSTATED]
        unstated = dict(facet.counts).get(UNSTATED, 0)
        made = [Choice(value, label_of(asked.field, value), n, value.lower() in chosen) for value, n in stated]
        there = {each.value.lower() for each in made}
        made += [
            Choice(value, label_of(asked.field, value), 0, chosen=True)
            for value in getattr(wanted, asked.field)
            if value.lower() not in there
        ]
        opened = bool(chosen) or asked.field in ("platform", "tier")
        yield Offer(asked.field, asked.label, asked.remark, tuple(made), facet.others, unstated, opened)


def _chips(wanted: Search) -> Iterable[Chip]:
    if wanted.q:
        yield Chip(f"“{wanted.q}”", query_of(wanted.model_copy(update={"q": "", "page": 1})))
    for asked in ASKED.values():
        values = getattr(wanted, asked.field)
        for value in values:
            rest = {asked.field: [each for each in values if each != value], "page": 1}
            yield Chip(f"{asked.label}: {label_of(asked.field, value)}", query_of(wanted.model_copy(update=rest)))
    if wanted.most is not None:
        label = f"At most {wanted.most:,.0f} USD a post"
        yield Chip(label, query_of(wanted.model_copy(update={"most": None, "page": 1})))


def label_of(field: str, value: str) -> str:
    """A value of a facet in words."""
    name = {"country": country_name, "language": language_name}.get(field)
    return name(value) if name else value


def _onward(wanted: Search) -> str:
    query = query_of(wanted.model_copy(update={"page": 1}))
    return f"?{query}&page=" if query else "?page="
