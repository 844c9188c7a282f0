"""Posts that are out: their day, their address, and the figures that creators or members supply."""

from typing import Final

from pydantic import AwareDatetime, BaseModel, Field, field_validator, model_validator

from asterism.campaigns.deliverables import DELIVERABLE
from asterism.campaigns.steps import TEAM, take
from asterism.desk.studio.addresses import web_address
from asterism.desk.studio.dates import GivenDate
from asterism.desk.studio.drafts import held_post
from asterism.desk.studio.following import follow
from asterism.errors import BadInput, NotFound
from asterism.store.ledger.models import Collaboration, Deliverable, Figures, LivePost
from asterism.store.ledger.scope import add, find, lock, move, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

MEASURES: Final = ("reach", "impressions", "views", "likes", "comments", "shares", "saves", "clicks")
"""What is counted of a post, in the order in which forms ask for it."""


FIRST_POSTS: Final = 2000
"""The year before which no post was out."""


class Day(BaseModel):
    """The day of a post."""

    day: GivenDate


class Published(BaseModel):
    """Where a post is seen, and since when."""

    url: str = Field(max_length=500)
    posted_at: AwareDatetime | None = None

    @field_validator("url")
    @classmethod
    def _web(cls, url: str) -> str:
        return web_address(url)


class Told(BaseModel):
    """Figures of a post as somebody reads them off the platform; what is not known is left out."""

    reach: int | None = Field(default=None, ge=0, le=10**11)
    impressions: int | None = Field(default=None, ge=0, le=10**12)
    views: int | None = Field(default=None, ge=0, le=10**12)
    likes: int | None = Field(default=None, ge=0, le=10**11)
    comments: int | None = Field(default=None, ge=0, le=10**11)
    shares: int | None = Field(default=None, ge=0, le=10**11)
    saves: int | None = Field(default=None, ge=0, le=10**11)
    clicks: int | None = Field(default=None, ge=0, le=10**11)

    @model_validator(mode="after")
    def _sound(self) -> "Told":
        if all(getattr(self, name) is None for name in MEASURES):
            raise ValueError("give at least one figure")
        if self.reach is not None and self.impressions is not None and self.reach > self.impressions:
            raise ValueError("reach counts people once, so it cannot be above impressions")
        return self

    @property
    def values(self) -> dict[str, int]:
        """The figures that were given."""
        return {name: value for name in MEASURES if (value := getattr(self, name)) is not None}


def set_day(seat: Seat, key: int, wish: Day, of: Collaboration | None = None) -> Deliverable:
    """Set the day on which a deliverable goes out; an approved one is scheduled by it."""
    if seat.party == TEAM:
        seat.insist("run")
    with together():
        post = held_post(seat, key, of)
        if post.state in ("live", "measured", "cancelled"):
            raise BadInput("This post is out, or called off: its day stays.", "Choose another deliverable.")
        save(seat, post, live_on=wish.day)
        if post.state == "approved":
            move(seat, post, post.state, take(DELIVERABLE, post.state, "schedule", seat.party))
        record(seat, "deliverable.day_set", post, day=wish.day.isoformat())
        follow(seat, post.collaboration, "schedule")
    return post


def go_live(seat: Seat, key: int, wish: Published, of: Collaboration | None = None) -> LivePost:
    """Record that a deliverable is out, with its address.

    Raises
    ------
    IllegalStep
        Its draft is not approved.
    Conflict
        The address is recorded already.
    """
    if seat.party == TEAM:
        seat.insist("run")
    with together():
        post = held_post(seat, key, of)
        at = wish.posted_at or seat.now
        if not at.year >= FIRST_POSTS or at > seat.now:
            raise BadInput("A post cannot be out after now, nor before there were any.", "Check the day.")
        move(seat, post, post.state, take(DELIVERABLE, post.state, "go_live", seat.party))
        made = add(seat, LivePost, deliverable=post, url=wish.url, posted_at=at, from_creator=seat.party != TEAM)
        record(seat, "post.live", made)
        follow(seat, post.collaboration, "go_live")
    return made


def supply(seat: Seat, key: int, wish: Told, of: Collaboration | None = None) -> Figures:
    """Figures of a live post, marked by who told them; a member's close the deliverable, a creator's do not."""
    if seat.party == TEAM:
        seat.insist("run")
    with together():
        live = find(seat, LivePost, key, "deliverable")
        if of is not None and live.deliverable.collaboration_id != of.pk:
            raise NotFound("There is no such post here.", "Go back to your page and choose one of yours.")
        post = held_post(seat, live.deliverable_id, of)
        source = "member" if seat.party == TEAM else "creator"
        made = add(seat, Figures, post=live, source=source, as_of=seat.now, values=wish.values)
        record(seat, "figures.supplied", live, source=source)
        if seat.party == TEAM and post.state == "live":
            move(seat, post, "live", take(DELIVERABLE, "live", "measure", TEAM))
            follow(seat, post.collaboration, "measure")
    return made


def miss(seat: Seat, key: int) -> Deliverable:
    """Mark a deliverable as missed: it did not come by its day."""
    seat.insist("run")
    with together():
        post = lock(seat, Deliverable, key)
        move(seat, post, post.state, take(DELIVERABLE, post.state, "miss", TEAM))
        record(seat, "deliverable.missed", post)
    return post


def newest_figures(seat: Seat, posts: list[LivePost]) -> dict[int, Figures]:
    """The newest figures of each post, by its key."""
    found = rows(seat, Figures).filter(post__in=posts).order_by("as_of", "id")
    return {each.post_id: each for each in found}
