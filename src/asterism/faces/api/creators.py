"""`/creators`: search with facets, one creator in full, and what the workspace keeps about them."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from asterism.desk.studio import creators as desk
from asterism.desk.studio.discover import SIZE, Search, discover
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import asks
from asterism.store.ledger.models import Creator

router = Router(tags=["Creators"])

Platform = Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[a-z_]+$")]
CreatorId = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Range(Schema):
    """A figure with its 80% range."""

    mean: float
    low: float
    high: float


class CreatorRow(Schema):
    """A creator of the catalogue; a figure is null where it is not known. Followers are potential, never reach."""

    platform: str
    creator_id: str
    handle: str
    name: str
    tier: str
    niche: str
    country: str
    language: str
    followers: int | None
    engagement: Range | None = Field(description="Engagements of a usual post, per `engagement_of`.")
    engagement_of: str
    posts: int = Field(description="Own posts behind the engagement; 0 means it is that of peers.")
    real: Range | None = Field(description="Share of real followers.")
    fee: Range | None = Field(description="US dollars of one post.")
    fee_source: str
    as_of: datetime | None


class FacetValue(Schema):
    """A value, and how many creators it would give with every other filter kept."""

    value: str
    label: str
    count: int
    chosen: bool


class FacetOut(Schema):
    """A facet: the field of the search that it is chosen by, its values, those not listed and not stated."""

    field: str
    label: str
    choices: list[FacetValue]
    others: int
    unstated: int


class Found(Schema):
    """One page of the creators found; `current` is false while the index of a changed catalogue is being made."""

    items: list[CreatorRow]
    page: int
    size: int
    pages: int
    total: int
    searched: int
    facets: list[FacetOut]
    read_at: datetime | None
    current: bool


class RecordOut(Schema):
    """What the workspace keeps about a creator beside the catalogue."""

    id: int
    platform: str
    creator_id: str
    handle: str
    name: str
    email: str
    phone: str
    country: str
    language: str
    lawful_basis: str
    source: str
    source_at: date | None
    notice_due: date | None
    notice_sent_at: datetime | None
    opted_out_at: datetime | None
    erased_at: datetime | None


class NoteOut(Schema):
    """A note on a creator."""

    id: int
    creator_id: int = Field(description="The number of the workspace's record.")
    text: str
    made_at: datetime


class CreatorOut(Schema):
    """A creator: the catalogue's figures, every signal once it was read, the workspace's record, notes.

    `profile` is null until the signals were read; asking for the creator asks for that too.
    """

    row: CreatorRow
    in_catalogue: bool
    profile: dict[str, Any] | None
    profile_current: bool
    record: RecordOut | None
    notes: list[NoteOut]


class Whom(Schema):
    """An account."""

    platform: Platform
    creator_id: CreatorId


class NoteFor(Whom, desk.NewNote):
    """A note on an account."""


class ContactFor(Whom, desk.Contact):
    """How an account's owner is reached; where the data come from stands beside it."""


class ObjectionOf(Whom, desk.Objection):
    """Whether an account's owner may be written to, and how they said so."""


@router.get("", **asks("search", Found))
def search_creators(request: Any, wanted: Query[Search]) -> Any:
    """Creators that pass every filter, best first, with facets."""
    found = discover(seat_of(request), wanted)
    return {
        "items": [each.row for each in found.results],
        "page": found.page,
        "size": SIZE,
        "pages": found.pages,
        "total": found.total,
        "searched": found.searched,
        "facets": found.offers,
        "read_at": found.made_at,
        "current": found.current,
    }


@router.get("/{platform}/{path:creator_id}", **asks("see", CreatorOut))
def read_creator(request: Any, platform: Platform, creator_id: CreatorId) -> Any:
    """One creator in full."""
    found = desk.creator_page(seat_of(request), platform, creator_id)
    return {
        "row": found.row,
        "in_catalogue": found.in_catalogue,
        "profile": found.told,
        "profile_current": found.told is not None and found.dated,
        "record": found.creator,
        "notes": found.notes,
    }


@router.post("/notes", **asks("plan", NoteOut, 201))
def note_creator(request: Any, wish: NoteFor) -> Any:
    """Write a note on a creator."""
    return desk.add_note(seat_of(request), wish.platform, wish.creator_id, wish)


@router.put("/contact", **asks("write", RecordOut))
def set_contact(request: Any, wish: ContactFor) -> Creator:
    """Change how a creator is reached."""
    return desk.set_contact(seat_of(request), wish.platform, wish.creator_id, wish)


@router.post("/opt-out", **asks("write", RecordOut))
def close_channels(request: Any, wish: ObjectionOf) -> Creator:
    """Note that a creator wants no messages: every channel is closed."""
    return desk.opt_out(seat_of(request), wish.platform, wish.creator_id, wish)


@router.post("/opt-in", **asks("write", RecordOut))
def open_channels(request: Any, wish: ObjectionOf) -> Creator:
    """Note that a creator may be written to again."""
    return desk.opt_in(seat_of(request), wish.platform, wish.creator_id, wish)
