"""`/campaigns`: campaigns and their briefs, drafts of their plans, and the signature."""

import base64
from datetime import date, datetime
from typing import Any, Literal

from ninja import Query, Router, Schema

from asterism.desk.studio import campaigns as desk
from asterism.desk.studio import plan_drafts, plans, signing
from asterism.faces.api.jobs import JobOut
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, page_of, paged

router = Router(tags=["Campaigns"])
Kind = Literal["html", "pdf", "xlsx", "json", "ics"]
Number = Key
"""The number of a draft within its campaign."""


class CampaignOut(Schema):
    """A campaign: `state` is planning, signed, running, done or cancelled; money is in cents."""

    id: int
    name: str
    brand: str
    state: str
    goal: str
    currency: str
    budget_cents: int
    start: date | None
    end: date | None
    jurisdiction: str
    plan_hash: str
    signed_at: datetime | None

    @staticmethod
    def resolve_brand(row: Any) -> str:
        """The brand's name."""
        return row.brand.name


class BriefOut(Schema):
    """A brief as a document, and as TOML."""

    brief: dict[str, Any]
    toml: str


class StepIn(desk.Reason):
    """A step of a campaign, and the reason where one is needed."""

    step: Literal["start", "finish", "cancel"]


class DraftLine(Schema):
    """A draft of a plan in short; `sums` are the figures by which drafts are told apart."""

    number: int
    why: str
    locked: list[str]
    excluded: list[str]
    sums: dict[str, Any]
    made_at: datetime


class PlanDraftOut(DraftLine):
    """A draft with its brief and its plan, as the contract has it."""

    brief: dict[str, Any]
    plan: dict[str, Any]


class LineOut(Schema):
    """One figure of two drafts, and the difference."""

    label: str
    before: str
    after: str
    change: str


class ComparisonOut(Schema):
    """Two drafts side by side: figures, and creators that only one of them has."""

    lines: list[LineOut]
    only_first: list[str]
    only_second: list[str]
    both: list[str]


class SignedOut(Schema):
    """A signed campaign, and how many joined the shortlist, left it, or stay though not picked."""

    campaign: CampaignOut
    added: int
    removed: int
    kept: int


class PlanFileOut(Schema):
    """A file: its name, its media type, and its bytes in base64."""

    name: str
    type: str
    content: str


class Wanted(At):
    """Which campaigns."""

    state: str = ""
    q: str = ""


@router.get("", **asks("see", Page[CampaignOut]))
def list_campaigns(request: Any, wish: Query[Wanted]) -> Any:
    """The campaigns of the workspace, the newest first, of one state and with some words in name or brand."""
    return paged(request, wish, desk.all_campaigns(seat_of(request), wish.state, wish.q))


@router.post("", **asks("plan", CampaignOut, 201))
def make_campaign(request: Any, wish: desk.BriefWish) -> Any:
    """A new campaign with a brief; ask for a draft to have it planned."""
    return desk.make_campaign(seat_of(request), wish)


@router.get("/{campaign}", **asks("see", CampaignOut))
def read_campaign(request: Any, campaign: Key) -> Any:
    """One campaign."""
    return desk.campaign_of(seat_of(request), campaign)


@router.get("/{campaign}/brief", **asks("see", BriefOut))
def read_brief(request: Any, campaign: Key) -> Any:
    """The brief of a campaign."""
    seat = seat_of(request)
    return {"brief": desk.campaign_of(seat, campaign).brief, "toml": desk.export_brief(seat, campaign)[1]}


@router.put("/{campaign}/brief", **asks("plan", BriefOut))
def put_brief(request: Any, campaign: Key, wish: desk.BriefWish) -> Any:
    """Another brief, while nothing is signed."""
    seat = seat_of(request)
    made = desk.put_brief(seat, campaign, wish)
    return {"brief": made.brief, "toml": desk.export_brief(seat, campaign)[1]}


@router.post("/{campaign}/steps", **asks("run", CampaignOut))
def step_campaign(request: Any, campaign: Key, wish: StepIn) -> Any:
    """Start, finish or cancel a campaign."""
    seat = seat_of(request)
    desk.step(seat, campaign, wish.step, wish)
    return desk.campaign_of(seat, campaign)


@router.get("/{campaign}/drafts", **asks("see", Page[DraftLine]))
def list_plan_drafts(request: Any, campaign: Key, at: Query[At]) -> Any:
    """The drafts of a campaign's plan, the newest first."""
    found = plans.plan_drafts_of(seat_of(request), campaign)
    return page_of(request, at, found[(at.page - 1) * at.size : at.page * at.size], len(found))


@router.post("/{campaign}/drafts", **asks("plan", JobOut, 201))
def start_draft(request: Any, campaign: Key, change: plan_drafts.Change) -> Any:
    """The next draft, with creators locked, excluded or swapped; the job's result names its number."""
    return plan_drafts.start_plan(seat_of(request), campaign, change)


@router.get("/{campaign}/drafts/{number}", **asks("see", PlanDraftOut))
def read_plan_draft(request: Any, campaign: Key, number: Number) -> Any:
    """One draft with its plan."""
    return plans.drafted(seat_of(request), campaign, number)


@router.get("/{campaign}/drafts/{number}/against/{other}", **asks("see", ComparisonOut))
def compare_drafts(request: Any, campaign: Key, number: Number, other: Number) -> Any:
    """Two drafts side by side."""
    found = plan_drafts.compare(seat_of(request), campaign, number, other)
    named = {name: [pick["handle"] for pick in getattr(found, name)] for name in ("only_first", "only_second", "both")}
    return {"lines": found.lines, **named}


@router.get("/{campaign}/drafts/{number}/as/{kind}", **asks("see", PlanFileOut))
def export_draft(
    request: Any, campaign: Key, number: Number, kind: Literal["html", "pdf", "xlsx", "json", "ics"]
) -> Any:
    """A draft as a page, a PDF, a workbook, the contract's JSON, or a calendar."""
    seat = seat_of(request)
    name, plan = plans.exported(seat, campaign, number, kind)
    content = base64.b64encode(plans.written(plan, kind, seat.now)).decode()
    return {"name": f"{name}.{kind}", "type": plans.KINDS[kind], "content": content}


@router.post("/{campaign}/drafts/{number}/sign", **asks("run", SignedOut))
def sign_plan(request: Any, campaign: Key, number: Number) -> Any:
    """Sign the plan with a draft: it is frozen, and everybody picked is on the shortlist."""
    return signing.sign(seat_of(request), campaign, number)


@router.post("/{campaign}/drafts/{number}/amend", **asks("run", SignedOut))
def amend_plan(request: Any, campaign: Key, number: Number) -> Any:
    """Amend the signed plan: who is only shortlisted comes and goes."""
    return signing.amend(seat_of(request), campaign, number)
