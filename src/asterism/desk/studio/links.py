"""Short links: made for many creators at once, and ended."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

from pydantic import BaseModel, Field

from asterism.errors import BadInput
from asterism.measurement.addresses import slug, utm_of
from asterism.store.ledger.links import add_link, forget_way
from asterism.store.ledger.models import Campaign, Collaboration, Link
from asterism.store.ledger.scope import find, lock, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

MOST: Final = 2_000
"""Links or codes that are made at once at most."""
OUT: Final = ("declined", "cancelled")
"""States of collaborations that get neither link nor code with the others."""
Who = Literal["missing", "everyone", "campaign"]


class LinkWish(BaseModel):
    """Where links lead and for whom: who has none yet, everyone, the campaign itself, or one collaboration.

    In the UTM parameters `{platform}`, `{handle}`, `{campaign}`, `{brand}`, `{tier}` and `{phase}` are filled in.
    """

    target: str = Field(max_length=1000)
    who: Who = "missing"
    collaboration: int | None = Field(default=None, ge=1, lt=2**63)
    label: str = Field(default="", max_length=120)
    utm_source: str = Field(default="{platform}", max_length=120)
    utm_medium: str = Field(default="creator", max_length=120)
    utm_campaign: str = Field(default="{campaign}", max_length=120)
    utm_content: str = Field(default="{handle}", max_length=120)
    utm_term: str = Field(default="", max_length=120)

    @property
    def utm(self) -> dict[str, str]:
        """The UTM parameters with their words in braces."""
        return {name: getattr(self, name) for name in type(self).model_fields if name.startswith("utm_")}


def make_links(seat: Seat, key: int, wish: LinkWish) -> list[Link]:
    """New links of a campaign, one for each who is meant.

    Raises
    ------
    BadInput
        The target cannot be led to, or a UTM parameter is unsound; nothing is made then.
    """
    seat.insist("run")
    with together():
        campaign = lock(seat, Campaign, key, "brand")
        for_whom: Sequence[Collaboration | None] = [None] if wish.who == "campaign" else ()
        if wish.collaboration is not None:
            for_whom = [one_of(seat, campaign, wish.collaboration)]
        elif wish.who != "campaign":
            having = rows(seat, Link).filter(campaign=campaign, ended_at=None).values_list("collaboration", flat=True)
            for_whom = partners_of(seat, campaign, () if wish.who == "everyone" else having)
        made = [_make(seat, campaign, one, wish) for one in for_whom]
        if made:
            record(seat, "links.made", campaign, count=len(made))
    return made


def _make(seat: Seat, campaign: Campaign, work: Collaboration | None, wish: LinkWish) -> Link:
    utm = utm_of(wish.utm, facts_of(campaign, work))
    return add_link(seat, work or campaign, wish.target, utm, wish.label.strip())


def facts_of(campaign: Campaign, work: Collaboration | None) -> dict[str, str]:
    """What the words in braces stand for in the link of a collaboration, or of the campaign itself."""
    common = {"campaign": slug(campaign.name), "brand": slug(campaign.brand.name)}
    if work is None:
        return {**common, "platform": "", "handle": "", "tier": "", "phase": ""}
    handle = (work.creator.handle or work.creator.creator_id).lstrip("@")
    own = {"platform": work.creator.platform, "handle": handle, "tier": work.tier}
    return {**common, **own, "phase": slug(work.phase.name) if work.phase else ""}


def partners_of(seat: Seat, campaign: Campaign, having: Iterable[int | None]) -> list[Collaboration]:
    """Who works on a campaign and does not stand among `having`.

    Raises
    ------
    BadInput
        They are more than can be served at once.
    """
    query = rows(seat, Collaboration).filter(campaign=campaign, creator__erased_at=None).exclude(state__in=OUT)
    known = {key for key in having if key is not None}
    found = [one for one in query.select_related("creator", "phase").defer("pick") if one.pk not in known]
    if len(found) > MOST:
        raise BadInput(f"That would be {len(found):,} at once.", f"Make at most {MOST:,}, by the API for each.")
    return found


def one_of(seat: Seat, campaign: Campaign, key: int) -> Collaboration:
    """The collaboration of a key, which must be of that campaign."""
    work = find(seat, Collaboration, key, "creator", "phase")
    if work.campaign_id != campaign.pk:
        raise BadInput("That creator is not on this campaign.", "Choose one who is.", "collaboration")
    return work


def links_of(seat: Seat, key: int) -> Any:
    """The links of a campaign, the newest first, as a query."""
    seat.insist("see")
    campaign = find(seat, Campaign, key)
    return rows(seat, Link).filter(campaign=campaign).select_related("collaboration__creator", "campaign")


def link_of(seat: Seat, key: int) -> Link:
    """One link."""
    seat.insist("see")
    return find(seat, Link, key, "collaboration__creator", "campaign")


def end_link(seat: Seat, key: int) -> Link:
    """End a link: it still leads to its target, and its clicks are no longer counted."""
    seat.insist("run")
    with together():
        link = lock(seat, Link, key)
        if link.ended_at is None:
            save(seat, link, ended_at=seat.now)
            record(seat, "link.ended", link)
    forget_way(link.code)
    return link
