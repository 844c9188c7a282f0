"""Signing a plan: what was decided is frozen, and the work with each creator begins on the shortlist."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from asterism.brief import Brief
from asterism.campaigns.course import AMENDABLE, CAMPAIGN
from asterism.campaigns.deadlines import Terms
from asterism.campaigns.steps import TEAM, take
from asterism.desk.studio.plan_drafts import find_draft
from asterism.errors import Conflict
from asterism.planning.plan import Flight, Pick, Plan
from asterism.planning.reread import plan_of
from asterism.store.ledger import campaigns as asked
from asterism.store.ledger.accounts import Account, accounts_of
from asterism.store.ledger.jobs import enqueue
from asterism.store.ledger.models import Campaign, Collaboration, Creator, Deliverable, Phase, PlanDraft
from asterism.store.ledger.scope import add, lock, move, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

USUAL: Final = Terms()
FORECASTS: Final = "forecasts"
"""The work that keeps what a signed plan forecast, for the scorecard."""
Who = tuple[str, str]
"""Platform and creator id."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What signing or amending came to: how many joined the shortlist, left it, or stay though not picked."""

    campaign: Campaign
    added: int
    removed: int
    kept: int


def sign(seat: Seat, key: int, number: int) -> Signed:
    """The campaign, signed with a draft: brief, plan, hash and versions frozen, everybody picked on the shortlist.

    Raises
    ------
    IllegalStep, Conflict
        The campaign is signed already, or over; of two who sign at once one wins.
    """
    seat.insist("run")
    with together():
        campaign = lock(seat, Campaign, key, "brand")
        target = take(CAMPAIGN, campaign.state, "sign", TEAM)
        draft = find_draft(seat, campaign, number)
        plan = plan_of(draft.plan)
        move(seat, campaign, CAMPAIGN.start, target, **_frozen(seat, draft))
        phases = {phase.name: _phase(seat, campaign, at, phase) for at, phase in enumerate(plan.phases)}
        _shortlist(seat, campaign, phases, plan, _by_account(plan))
        record(seat, "campaign.signed", campaign, draft=number, hash=campaign.plan_hash, spent=plan.spent,
               creators=len(_by_account(plan)))  # fmt: skip
        enqueue(seat, FORECASTS, {"hash": campaign.plan_hash}, campaign)
    return Signed(campaign, len(_by_account(plan)), 0, 0)


def amend(seat: Seat, key: int, number: int) -> Signed:
    """The signed campaign with another draft: who is only shortlisted comes and goes, who was written to stays.

    Raises
    ------
    Conflict
        Nothing is signed yet, the campaign is over, or this draft is what was signed.
    """
    seat.insist("run")
    with together():
        campaign = lock(seat, Campaign, key, "brand")
        if campaign.state not in AMENDABLE:
            what = f"A campaign that is {campaign.state} is not amended."
            raise Conflict(what, "Sign the draft." if campaign.state == CAMPAIGN.start else "Make a new campaign.")
        draft = find_draft(seat, campaign, number)
        if draft.sums.get("hash") == campaign.plan_hash:
            raise Conflict("This draft is the plan that was signed.", "Change it first: lock, exclude or swap.")
        plan, before = plan_of(draft.plan), campaign.plan_hash
        picked = _by_account(plan)
        standing = _standing(seat, campaign)
        free = [row for who, row in standing.items() if who not in picked and row.state == "shortlisted"]
        removed = asked.drop(seat, [row.pk for row in free])
        phases = _phases_again(seat, campaign, plan)
        new = {who: mine for who, mine in picked.items() if who not in standing}
        _shortlist(seat, campaign, phases, plan, new)
        save(seat, campaign, **_frozen(seat, draft))
        kept = sum(who not in picked for who in standing) - removed
        record(seat, "campaign.amended", campaign, draft=number, before=before, after=campaign.plan_hash,
               added=len(new), removed=removed, kept=kept)  # fmt: skip
    return Signed(campaign, len(new), removed, kept)


def _frozen(seat: Seat, draft: PlanDraft) -> dict[str, Any]:
    """The fields of a campaign that say what was signed, by whom and when."""
    brief = Brief(**draft.brief)
    return {
        "brief": draft.brief, "plan": draft.plan, "plan_hash": draft.sums["hash"],
        "versions": draft.plan["versions"], "signed_at": seat.now, "signed_by": seat.user,
        "goal": brief.goal, "currency": brief.budget.currency, "budget_cents": brief.budget.cents,
    }  # fmt: skip


def _phase(seat: Seat, campaign: Campaign, at: int, phase: Any) -> Phase:
    return add(
        seat, Phase, campaign=campaign, position=at, name=phase.name, goal=phase.goal,
        budget_cents=round(100 * phase.budget), tiers=list(phase.tiers), start=phase.start, end=phase.end,
    )  # fmt: skip


def _phases_again(seat: Seat, campaign: Campaign, plan: Plan) -> dict[str, Phase]:
    """The phases as the new plan has them; those it has no more stay as long as work stands in them."""
    standing = {phase.name: phase for phase in rows(seat, Phase).filter(campaign=campaign)}
    for at, phase in enumerate(plan.phases):
        if phase.name not in standing:
            standing[phase.name] = _phase(seat, campaign, at, phase)
            continue
        fields = {"budget_cents": round(100 * phase.budget), "tiers": list(phase.tiers), "goal": phase.goal}
        save(seat, standing[phase.name], position=at, start=phase.start, end=phase.end, **fields)
    return standing


def _by_account(plan: Plan) -> dict[Who, list[Pick]]:
    """The picks by account, in the order of the plan: who is picked for two phases has two."""
    found: dict[Who, list[Pick]] = {}
    for pick in plan.picks:
        found.setdefault((pick.platform, pick.creator_id), []).append(pick)
    return found


def _standing(seat: Seat, campaign: Campaign) -> dict[Who, Collaboration]:
    works = rows(seat, Collaboration).filter(campaign=campaign).select_related("creator")
    return {(work.creator.platform, work.creator.creator_id): work for work in works}


def _shortlist(
    seat: Seat, campaign: Campaign, phases: Mapping[str, Phase], plan: Plan, picked: Mapping[Who, list[Pick]]
) -> None:
    """A collaboration with its deliverables for each account, and the creator's own row where there is none yet."""
    known = asked.creators_of(seat, list(picked))
    accounts = accounts_of(seat.workspace, [creator_id for _, creator_id in picked], plan.versions)
    flights: dict[Who, list[Flight]] = {}
    for flight in plan.flights:
        flights.setdefault((flight.platform, flight.creator_id), []).append(flight)
    for who, picks in picked.items():
        creator = known.get(who) or _creator(seat, picks[0], accounts.get(who))
        work = _collaboration(seat, campaign, phases.get(picks[0].phase), creator, picks)
        _deliverables(seat, work, flights.get(who, []))


def _creator(seat: Seat, pick: Pick, account: Account | None) -> Creator:
    """The row of a creator the workspace takes up: where the figures came from, and when they must be told of it."""
    known = account or Account()
    return add(
        seat, Creator, creator_id=pick.creator_id, platform=pick.platform, handle=pick.handle.lstrip("@"),
        name=known.name, tier=pick.tier, niche=pick.niche or "", country=known.country, language=known.language,
        followers=None if pick.followers is None else int(pick.followers), lawful_basis="legitimate_interests",
        source=known.source or "catalogue", source_at=known.as_of or seat.today,
        notice_due=a_month_after(seat.today),
    )  # fmt: skip


def _collaboration(
    seat: Seat, campaign: Campaign, phase: Phase | None, creator: Creator, picks: Sequence[Pick]
) -> Collaboration:
    said = [{"gain": p.gain, "reasons": list(p.reasons), "phase": p.phase, "price": p.price.to_dict()} for p in picks]
    return add(
        seat, Collaboration, campaign=campaign, phase=phase, creator=creator, state_since=seat.now,
        tier=picks[0].tier, package=" then ".join(p.package for p in picks)[:120],
        currency=campaign.currency, fee_cents=round(100 * sum(p.price.interval.mean for p in picks)),
        pick={**said[0], "parts": said},
    )  # fmt: skip


def _deliverables(seat: Seat, work: Collaboration, flights: Sequence[Flight]) -> None:
    """A deliverable per post in the order they go out, its draft due the usual days before."""
    posts = [(post.week, post.day, flight.platform, post.format) for flight in flights for post in flight.posts]
    for at, (_, day, platform, kind) in enumerate(sorted(posts, key=lambda post: (post[0], post[1] or date.max))):
        due = day and USUAL.after(day, -USUAL.draft_lead)
        add(seat, Deliverable, collaboration=work, position=at, platform=platform, format=kind, live_on=day,
            draft_due=due)  # fmt: skip


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last: within it people must be told that data on them is held.

    >>> a_month_after(date(2027, 1, 31))
    datetime.date(2027, 2, 28)
    """
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
