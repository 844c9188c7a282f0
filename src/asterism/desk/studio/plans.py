"""A campaign's plan as a page: the verdict, the picks one can change, what changed, and files to take away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from asterism.campaigns.course import AMENDABLE, CAMPAIGN, TONES
from asterism.campaigns.steps import Step
from asterism.creators.tables import Reject
from asterism.desk.studio.campaigns import open_steps
from asterism.desk.studio.jobs import JobPage, shown
from asterism.desk.studio.plan_drafts import Line, differences, find_draft
from asterism.errors import BadInput
from asterism.planning.plan import Plan
from asterism.planning.reread import plan_of
from asterism.store.ledger import campaigns as asked
from asterism.store.ledger.jobs import open_jobs
from asterism.store.ledger.models import Campaign, Job, PlanDraft
from asterism.store.ledger.places import has_creators
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

KINDS: Final = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
}
"""What a plan can be taken away as."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A creator the draft insists on, or leaves out."""

    creator_id: str
    handle: str


@dataclass(frozen=True, slots=True)
class PlanRoom:
    """`plan.html.j2`: a draft of a campaign's plan, or the way to the first one.

    Parameters
    ----------
    draft, told, sections
        The draft shown, its words, and the HTML of its sections by name; None and empty where there is none.
    changes
        What differs from the draft before.
    job, estimate
        A plan that is being made, and what the change comes to at once.
    failed
        The last attempt, where it failed and nothing came after it.
    signed
        Number of the draft that was signed; None before.
    may_amend
        Whether this draft could replace the signed plan.
    """

    campaign: Campaign
    tone: str
    draft: PlanDraft | None
    told: Mapping[str, Any]
    sections: Mapping[str, Markup]
    locked: tuple[Choice, ...]
    excluded: tuple[Choice, ...]
    changes: tuple[Line, ...]
    before: int | None
    history: list[PlanDraft]
    job: JobPage | None
    estimate: str
    failed: JobPage | None
    signed: int | None
    may_sign: bool
    may_amend: bool
    steps: tuple[Step, ...]
    any_creators: bool
    kinds: tuple[str, ...]


def plan_room(seat: Seat, key: int, number: int | None = None) -> PlanRoom:
    """The newest draft of a campaign's plan, or the one of a number."""
    seat.insist("see")
    campaign = find(seat, Campaign, key, "brand")
    history = asked.drafts(seat, campaign)
    newest = history[0].number if history else None
    wanted = number if number is not None else newest
    draft = None if wanted is None else find_draft(seat, campaign, wanted)
    before = next((one for one in history if draft and one.number < draft.number), None)
    running, failed = _jobs(seat, campaign, history)
    told = draft.page if draft else {}
    return PlanRoom(
        campaign=campaign,
        tone=TONES[campaign.state],
        draft=draft,
        told=told,
        sections={name: Markup(html) for name, html in told.get("sections", {}).items()},  # noqa: S704 — our own
        locked=_choices(draft, "locked"),
        excluded=_choices(draft, "excluded"),
        changes=differences(before.sums, draft.sums) if draft and before else (),
        before=before.number if before else None,
        history=history,
        job=running and shown(running, seat.now),
        estimate=running.asks.get("estimate", "") if running else "",
        failed=failed and shown(failed, seat.now),
        signed=signed_number(campaign, history),
        may_sign=draft is not None and campaign.state == CAMPAIGN.start,
        may_amend=draft is not None and campaign.state in AMENDABLE and draft.sums.get("hash") != campaign.plan_hash,
        steps=open_steps(campaign),
        any_creators=has_creators(seat.workspace),
        kinds=tuple(KINDS),
    )


def signed_number(campaign: Campaign, history: list[PlanDraft]) -> int | None:
    """The number of the draft that a campaign was signed with."""
    if not campaign.plan_hash:
        return None
    return next((one.number for one in history if one.sums.get("hash") == campaign.plan_hash), None)


def drafted(seat: Seat, key: int, number: int) -> PlanDraft:
    """One draft with everything, for programs."""
    seat.insist("see")
    return find_draft(seat, find(seat, Campaign, key), number)


def plan_drafts_of(seat: Seat, key: int) -> list[PlanDraft]:
    """The drafts of a campaign's plan in short, the newest first."""
    seat.insist("see")
    return asked.drafts(seat, find(seat, Campaign, key))


def exported(seat: Seat, key: int, number: int, kind: str) -> tuple[str, Plan]:
    """The plan of a draft to be written as a file of a kind, with a name for it."""
    seat.insist("see")
    campaign = find(seat, Campaign, key)
    draft = find_draft(seat, campaign, number)
    if kind not in KINDS:
        raise BadInput(f"A plan cannot be taken away as `{kind}`.", f"Known: {', '.join(KINDS)}.")
    rejects = [Reject(**each) for each in draft.page.get("rejects", ())]
    return f"{campaign.name} draft {number}", plan_of(draft.plan, rejects)


def written(plan: Plan, kind: str, now: datetime) -> bytes:
    """The plan as a page, a PDF, a workbook, the contract's JSON, or a calendar."""
    import json

    from asterism.desk.report import report_bytes
    from asterism.reports.calendar import plan_calendar

    if kind == "json":
        return json.dumps(plan.to_dict(), indent=1).encode()
    if kind == "ics":
        return plan_calendar(plan, now).encode()
    return report_bytes(plan, kind)


def _choices(draft: PlanDraft | None, field: str) -> tuple[Choice, ...]:
    if draft is None:
        return ()
    names = draft.page.get("names", {})
    return tuple(Choice(who, names.get(who, who)) for who in getattr(draft, field))


def _jobs(seat: Seat, campaign: Campaign, history: list[PlanDraft]) -> tuple[Job | None, Job | None]:
    """The plan that is being made, else the last attempt if it failed after the newest draft."""
    running = next((job for job in open_jobs(seat, campaign) if job.kind == "plan"), None)
    last = None if running else rows(seat, Job).filter(campaign=campaign, kind="plan").first()
    if last is None or last.state != "failed" or (history and history[0].made_at > last.made_at):
        return running, None
    return running, last
