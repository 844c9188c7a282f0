"""Campaigns: the list, a new one, its brief as a form or a file, and its course from planning to its end."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from pydantic import BaseModel, Field

from asterism.brief import Brief
from asterism.campaigns.course import CAMPAIGN, TONES
from asterism.campaigns.disclosure.rules import JURISDICTIONS
from asterism.campaigns.steps import TEAM, Step, allowed, take
from asterism.creators.schema import FORMATS, PLATFORMS
from asterism.creators.tiers import PRESETS
from asterism.desk.documents import parse
from asterism.desk.studio.briefs import BriefForm, checked, document_of, form_of
from asterism.desk.toml import toml_of
from asterism.errors import BadBrief, Conflict
from asterism.store.ledger.campaigns import listed, per_state
from asterism.store.ledger.models import Brand, Campaign
from asterism.store.ledger.places import has_creators
from asterism.store.ledger.scope import add, find, lock, move, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

PER_PAGE: Final = 25
LARGEST_BRIEF: Final = 100_000
"""Bytes of a brief that is brought as a file."""


class Reason(BaseModel):
    """Why a step is taken; a cancelled campaign says so."""

    reason: str = Field(default="", max_length=300)


class BriefWish(BaseModel):
    """A brief as a document (fields as in a brief's file), whose it is, and whose law its audience is under."""

    brief: dict[str, Any]
    brand: int | None = Field(default=None, ge=1, lt=2**63)
    new_brand: str = Field(default="", max_length=120)
    jurisdiction: Literal["US", "UK", "FR", "DE", "EU"] = "US"


@dataclass(frozen=True, slots=True)
class CampaignList:
    """`campaigns.html.j2`: a page of campaigns, how many are in each state, and what was asked for."""

    campaigns: list[Campaign]
    states: tuple[tuple[str, int], ...]
    state: str
    query: str
    number: int
    pages: int
    found: int
    tones: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BriefPage:
    """`brief.html.j2`: the fields as they stand, the campaign if there is one, and what can be chosen."""

    campaign: Campaign | None
    values: dict[str, Any]
    brands: list[Brand]
    fixed: bool
    any_creators: bool
    choices: Mapping[str, tuple[str, ...]]


CHOICES: Final = {
    "platforms": PLATFORMS,
    "formats": FORMATS,
    "jurisdictions": tuple(JURISDICTIONS),
    "tier_schemes": tuple(PRESETS),
}
"""What can be chosen in the form of a brief."""


def campaign_list(seat: Seat, state: str = "", query: str = "", number: int = 1) -> CampaignList:
    """A page of the workspace's campaigns, the newest first."""
    seat.insist("see")
    state, query = state if state in CAMPAIGN.states else "", query.strip()[:100]
    counted = per_state(seat)
    found = listed(seat, state, query)
    total = found.count() if query else counted.get(state, 0) if state else sum(counted.values())
    pages = max(math.ceil(total / PER_PAGE), 1)
    number = min(max(number, 1), pages)
    shown = list(found[(number - 1) * PER_PAGE : number * PER_PAGE])
    states = tuple((name, counted.get(name, 0)) for name in CAMPAIGN.states)
    return CampaignList(shown, states, state, query, number, pages, total, TONES)


def new_brief_page(seat: Seat, document: Mapping[str, Any] | None = None) -> BriefPage:
    """An empty brief, or one that starts from a document."""
    seat.insist("plan")
    values = form_of(document or {})
    values["currency"] = values["currency"] or seat.workspace.currency
    values["jurisdiction"] = seat.workspace.options.get("jurisdiction", "US")
    return BriefPage(None, values, _brands(seat), False, has_creators(seat.workspace), CHOICES)


def brief_page(seat: Seat, key: int) -> BriefPage:
    """The brief of a campaign as a form; once the plan is signed it is shown and no longer changed."""
    seat.insist("see")
    campaign = find(seat, Campaign, key, "brand")
    values = form_of(campaign.brief)
    values |= {"brand": campaign.brand_id, "jurisdiction": campaign.jurisdiction}
    values["currency"] = values["currency"] or campaign.currency
    fixed = campaign.state != CAMPAIGN.start
    return BriefPage(campaign, values, _brands(seat), fixed, has_creators(seat.workspace), CHOICES)


def new_campaign(seat: Seat, form: BriefForm) -> Campaign:
    """A campaign in planning from a form."""
    seat.insist("plan")
    return make_campaign(seat, _wish(form))


def change_brief(seat: Seat, key: int, form: BriefForm) -> Campaign:
    """The campaign with the brief of a form, while nothing is signed."""
    seat.insist("plan")
    return put_brief(seat, key, _wish(form))


def make_campaign(seat: Seat, wish: BriefWish) -> Campaign:
    """A campaign in planning, with a brief that is sound."""
    seat.insist("plan")
    brief = checked(wish.brief)
    with together():
        brand = _brand(seat, wish.brand, wish.new_brand)
        campaign = add(seat, Campaign, brand=brand, **_columns(brief), jurisdiction=wish.jurisdiction)
        record(seat, "campaign.made", campaign, goal=campaign.goal, budget_cents=campaign.budget_cents)
    return campaign


def put_brief(seat: Seat, key: int, wish: BriefWish) -> Campaign:
    """The campaign with another brief, while nothing is signed."""
    seat.insist("plan")
    with together():
        campaign = lock(seat, Campaign, key, "brand")
        if campaign.state != CAMPAIGN.start:
            what = f"The brief stands as it was signed: this campaign is {campaign.state}."
            raise Conflict(what, "Lock, exclude or swap creators in a new draft, then amend the plan with it.")
        brief = checked(wish.brief)
        brand = _brand(seat, wish.brand or campaign.brand_id, wish.new_brand)
        save(seat, campaign, brand=brand, **_columns(brief), jurisdiction=wish.jurisdiction)
        record(seat, "brief.changed", campaign, goal=campaign.goal, budget_cents=campaign.budget_cents)
    return campaign


def all_campaigns(seat: Seat, state: str = "", query: str = "") -> Any:
    """The campaigns of a state whose name or brand holds some words, the newest first."""
    seat.insist("see")
    return listed(seat, state, query.strip()[:100])


def campaign_of(seat: Seat, key: int) -> Campaign:
    """One campaign with its brand."""
    seat.insist("see")
    return find(seat, Campaign, key, "brand")


def import_brief(seat: Seat, content: bytes, brand: int | None = None) -> Campaign:
    """A campaign in planning from a brief as a TOML or JSON file."""
    seat.insist("plan")
    if len(content) > LARGEST_BRIEF:
        raise BadBrief("That file is too long for a brief.", "Choose the TOML or JSON file of a brief.", "file")
    try:
        document = parse(content.decode("utf-8-sig"), "The file")
    except UnicodeDecodeError:
        raise BadBrief("That file is not text in UTF-8.", "Choose the TOML or JSON file of a brief.", "file") from None
    jurisdiction = seat.workspace.options.get("jurisdiction", "US")
    return make_campaign(seat, BriefWish(brief=document, brand=brand, jurisdiction=jurisdiction))


def export_brief(seat: Seat, key: int) -> tuple[str, str]:
    """A campaign's brief as TOML, and the campaign's name for the file."""
    seat.insist("see")
    campaign = find(seat, Campaign, key)
    return campaign.name, toml_of(campaign.brief)


def step(seat: Seat, key: int, name: str, wish: Reason) -> Campaign:
    """The campaign after `start`, `finish` or `cancel`; signing has its own way."""
    seat.insist("run")
    find(seat, Campaign, key)
    if name == "sign":
        raise Conflict("A plan is signed by its draft.", "Open the draft, and sign it there.")
    if name == "cancel" and not wish.reason.strip():
        raise BadBrief("A campaign is not cancelled without a reason.", "Say why, in a few words.", "reason")
    with together():
        campaign = lock(seat, Campaign, key)
        source = campaign.state
        move(seat, campaign, source, take(CAMPAIGN, source, name, TEAM), remark=wish.reason.strip()[:300])
        record(seat, f"campaign.{name}", campaign, before=source)
    return campaign


def open_steps(campaign: Campaign) -> tuple[Step, ...]:
    """The steps a campaign's state allows, but for signing."""
    return tuple(each for each in allowed(CAMPAIGN, campaign.state) if each.name != "sign")


def plain(brief: Brief) -> dict[str, Any]:
    """The brief as plain values, only what was said."""
    return _plain(brief)  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        said = {name: getattr(value, name) for name in value.model_fields_set}
        fields = type(value).model_fields
        return {fields[name].alias or name: _plain(said[name]) for name in fields if name in said}
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _wish(form: BriefForm) -> BriefWish:
    return BriefWish.model_validate(
        {
            "brief": document_of(form),
            "brand": form.brand,
            "new_brand": form.new_brand,
            "jurisdiction": form.jurisdiction,
        }
    )


def _columns(brief: Brief) -> dict[str, Any]:
    """What of a brief stands in columns of its own, to be listed and sorted by."""
    end: date | None = brief.start and brief.start + timedelta(weeks=brief.weeks) - timedelta(days=1)
    return {"name": brief.name, "goal": brief.goal, "currency": brief.budget.currency,
            "budget_cents": brief.budget.cents, "start": brief.start, "end": end, "brief": plain(brief)}  # fmt: skip


def _brands(seat: Seat) -> list[Brand]:
    return list(rows(seat, Brand).order_by("name")[:200])


def _brand(seat: Seat, key: int | None, name: str) -> Brand:
    """The brand chosen or named; the workspace's own where neither is."""
    if key is not None and not name.strip():
        return find(seat, Brand, key)
    wanted = name.strip() or seat.workspace.name
    standing = rows(seat, Brand).filter(name=wanted).first()
    return standing or add(seat, Brand, name=wanted)
