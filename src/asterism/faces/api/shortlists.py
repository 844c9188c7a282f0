"""`/shortlists`: creators put forward, links for clients, and what clients answered."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from asterism.desk.studio import listing, sharing
from asterism.desk.studio import shortlists as desk
from asterism.faces.api.creators import Range
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

router = Router(tags=["Shortlists"])


class ShortlistOut(Schema):
    """A shortlist."""

    id: int
    name: str
    campaign_id: int | None
    made_at: datetime


class ShortlistRow(ShortlistOut):
    """A shortlist with how many creators and open links it has."""

    creators: int
    open_links: int


class EntryOut(Schema):
    """A creator on a shortlist with the figures of that day; `answer` is yes, no or empty."""

    id: int
    platform: str
    creator_id: str
    handle: str
    name: str
    tier: str
    followers: int | None
    engagement: Range | None
    engagement_of: str
    real: Range | None
    fee: Range | None
    fee_source: str
    currency: str
    remark: str
    answer: str


class PutOut(Schema):
    """What became of creators that were to be added."""

    shortlist: ShortlistOut
    added: int
    standing: int


class LinkOut(Schema):
    """A link without its secret."""

    id: int
    shortlist_id: int
    label: str
    fields: list[str]
    expires_at: datetime
    revoked_at: datetime | None
    opened: int
    last_opened_at: datetime | None


class MadeLink(Schema):
    """A new link; `secret` is its whole address, shown this once."""

    link: LinkOut
    secret: str


class AnswerOut(Schema):
    """What a client says of a creator over a link."""

    id: int
    link_id: int
    entry_id: int
    approved: bool
    reason: str
    name: str
    made_at: datetime


class OfPlan(Schema):
    """A plan: its campaign and number."""

    campaign: Key
    number: int = Field(ge=1, lt=2**31)


class WorkOut(Schema):
    """Work that was asked for; its result stands at `/jobs`."""

    id: int
    state: str


@router.get("", **asks("see", Page[ShortlistRow]))
def list_shortlists(request: Any, at: Query[At]) -> Any:
    """Shortlists, the newest first."""
    return paged(request, at, listing.all_shortlists(seat_of(request)))


@router.post("", **asks("plan", ShortlistOut, 201))
def add_shortlist(request: Any, wish: desk.NewShortlist) -> Any:
    """Make a shortlist."""
    return desk.make_shortlist(seat_of(request), wish)


@router.post("/of-plan", **asks("plan", ShortlistOut, 201))
def add_shortlist_of_plan(request: Any, wish: OfPlan) -> Any:
    """Make a shortlist of a plan's picks."""
    return desk.shortlist_of_plan(seat_of(request), wish.campaign, wish.number)


@router.post("/creators", **asks("plan", PutOut))
def put_on_shortlist(request: Any, wish: desk.Adding) -> Any:
    """Add creators to a shortlist, or to a new one."""
    return desk.add_creators(seat_of(request), wish)


@router.get("/{shortlist}", **asks("see", ShortlistOut))
def read_shortlist(request: Any, shortlist: Key) -> Any:
    """One shortlist."""
    return listing.shortlist_page(seat_of(request), shortlist).row


@router.patch("/{shortlist}", **asks("plan", ShortlistOut))
def change_shortlist(request: Any, shortlist: Key, wish: desk.Renaming) -> Any:
    """Change name and campaign."""
    return desk.rename(seat_of(request), shortlist, wish)


@router.delete("/{shortlist}", **asks("plan"))
def remove_shortlist(request: Any, shortlist: Key) -> Any:
    """Take a shortlist away, with its links and answers."""
    desk.drop_shortlist(seat_of(request), shortlist)


@router.get("/{shortlist}/creators", **asks("see", Page[EntryOut]))
def list_shortlisted(request: Any, shortlist: Key, at: Query[At]) -> Any:
    """The creators of a shortlist, in order."""
    found = listing.shortlist_page(seat_of(request), shortlist).entries
    return paged(request, at, [_entry(each) for each in found])


@router.patch("/entries/{entry}", **asks("plan"))
def remark_on_entry(request: Any, entry: Key, wish: desk.Remark) -> Any:
    """Say something of one creator on a shortlist."""
    desk.set_remark(seat_of(request), entry, wish)


@router.post("/entries/{entry}/move", **asks("plan"))
def move_entry(request: Any, entry: Key, wish: desk.Moving) -> Any:
    """Move one creator up, down, or to a place."""
    desk.move_entry(seat_of(request), entry, wish)


@router.delete("/entries/{entry}", **asks("plan"))
def remove_entry(request: Any, entry: Key) -> Any:
    """Take one creator off a shortlist."""
    desk.remove_entry(seat_of(request), entry)


@router.post("/{shortlist}/together", **asks("plan", WorkOut, 202))
def count_together(request: Any, shortlist: Key) -> Any:
    """Count how many people the creators reach together, each once."""
    return listing.count_together(seat_of(request), shortlist)


@router.get("/{shortlist}/links", **asks("see", Page[LinkOut]))
def list_links(request: Any, shortlist: Key, at: Query[At]) -> Any:
    """The links to a shortlist."""
    return paged(request, at, listing.links_of(seat_of(request), shortlist))


@router.post("/{shortlist}/links", **asks("share", MadeLink, 201))
def share_shortlist(request: Any, shortlist: Key, wish: sharing.NewLink) -> Any:
    """Make a link by which a client answers without a login."""
    link, secret = sharing.share(seat_of(request), shortlist, wish)
    address = request.build_absolute_uri(reverse("client", args=[secret]))
    return {"link": link, "secret": address}


@router.post("/links/{link}/revoke", **asks("share", LinkOut))
def revoke_link(request: Any, link: Key) -> Any:
    """Close a link at once."""
    return sharing.revoke(seat_of(request), link)


@router.get("/{shortlist}/answers", **asks("see", Page[AnswerOut]))
def list_answers(request: Any, shortlist: Key, at: Query[At]) -> Any:
    """What clients answered."""
    return paged(request, at, listing.answers_of(seat_of(request), shortlist))


def _entry(each: listing.Entry) -> dict[str, Any]:
    creator = each.row.creator
    texts = {name: getattr(creator, name) for name in ("platform", "creator_id", "handle", "name", "tier", "followers")}
    figures = {name: getattr(each, name) for name in ("engagement", "engagement_of", "real", "fee", "fee_source")}
    rest = {"currency": each.currency, "remark": each.row.remark, "answer": each.told}
    return {"id": each.row.pk, **texts, **figures, **rest}
