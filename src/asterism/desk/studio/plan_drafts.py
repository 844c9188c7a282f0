"""Plans that are tried: what is locked, excluded or swapped, what that would come to, and one draft beside another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, Field

from asterism.campaigns.course import AMENDABLE, CAMPAIGN
from asterism.errors import BadInput, Conflict, NotFound
from asterism.quantities import figure
from asterism.store.ledger import campaigns as asked
from asterism.store.ledger.jobs import enqueue
from asterism.store.ledger.models import Campaign, Collaboration, Job, PlanDraft
from asterism.store.ledger.places import has_creators
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

GONE: Final = ("declined", "cancelled")
"""States of a collaboration whose creator does not come back into an amended plan."""
NO_CREATORS: Final = ("There are no creators to plan with.", "Bring some first: a table of yours, or a sample.")

Ids = list[str]


class Change(BaseModel):
    """What is different in the next draft, by creator id; `draft` is the one it starts from, none for a plain plan."""

    draft: int | None = Field(default=None, ge=0, lt=2**31)
    lock: Ids = Field(default=[], max_length=200)
    unlock: Ids = Field(default=[], max_length=200)
    exclude: Ids = Field(default=[], max_length=200)
    allow: Ids = Field(default=[], max_length=200)
    swap: str = Field(default="", max_length=200)
    to: str = Field(default="", max_length=200)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom the next draft must and must not hold."""

    locked: tuple[str, ...]
    excluded: tuple[str, ...]


def start_plan(seat: Seat, key: int, change: Change | None = None) -> Job:
    """The job that makes the next draft of a campaign's plan.

    Raises
    ------
    Conflict
        The campaign is over.
    NotFound
        The workspace has no creators, or the draft to start from is not there.
    """
    seat.insist("plan")
    campaign = find(seat, Campaign, key, "brand")
    if campaign.state not in (CAMPAIGN.start, *AMENDABLE):
        raise Conflict(f"This campaign is {campaign.state}: its plan is history.", "Make a new campaign.")
    if not has_creators(seat.workspace):
        raise NotFound(*NO_CREATORS)
    wish = change or Change()
    base = None if wish.draft is None else find_draft(seat, campaign, wish.draft)
    wanted = _with_standing(seat, campaign, changed(base, wish))
    asks = {
        "locked": list(wanted.locked), "excluded": list(wanted.excluded), "base": wish.draft,
        "why": _why(wish, _known(base)), "estimate": estimate(base, wish),
    }  # fmt: skip
    return enqueue(seat, "plan", asks, campaign)


def find_draft(seat: Seat, campaign: Campaign, number: int) -> PlanDraft:
    """The draft of a number, with everything.

    Raises
    ------
    NotFound
        The campaign has none of that number.
    """
    found = asked.draft(seat, campaign, number) if 0 <= number < 2**31 else None
    if found is None:
        raise NotFound("There is no such draft of this plan.", "Choose one from the list of drafts.")
    return found


def changed(base: PlanDraft | None, wish: Change) -> Wanted:
    """The locks and exclusions of a draft with a change to them: what is asked last holds."""
    if bool(wish.swap) != bool(wish.to):
        raise BadInput("A swap names who goes and who comes.", "Choose a replacement.", "to")
    locked = dict.fromkeys(base.locked if base else ())
    excluded = dict.fromkeys(base.excluded if base else ())
    for who in (*wish.lock, *filter(None, [wish.to])):
        locked[who] = None
        excluded.pop(who, None)
    for who in (*wish.exclude, *filter(None, [wish.swap])):
        excluded[who] = None
        locked.pop(who, None)
    for kept, taken in ((locked, wish.unlock), (excluded, wish.allow)):
        for who in taken:
            kept.pop(who, None)
    return Wanted(tuple(locked), tuple(excluded))


def _with_standing(seat: Seat, campaign: Campaign, wanted: Wanted) -> Wanted:
    """The same, and in a signed campaign those with whom work began stay, and those who said no stay away."""
    if campaign.state not in AMENDABLE:
        return wanted
    works = rows(seat, Collaboration).filter(campaign=campaign).exclude(state="shortlisted")
    standing = list(works.values_list("creator__creator_id", "state"))
    away = [who for who, state in standing if state in GONE]
    stay = [who for who, state in standing if state not in GONE]
    locked = [who for who in dict.fromkeys((*wanted.locked, *stay)) if who not in away]
    excluded = [who for who in dict.fromkeys((*wanted.excluded, *away)) if who not in stay]
    return Wanted(tuple(locked), tuple(excluded))


def _known(base: PlanDraft | None) -> dict[str, str]:
    """Handles by creator id, as far as a draft speaks of them."""
    if base is None:
        return {}
    picks = base.page.get("picks", ())
    swaps = (each for pick in picks for each in pick.get("swaps", ()))
    return {**base.page.get("names", {}), **{one["creator_id"]: one["handle"] for one in (*picks, *swaps)}}


def _why(wish: Change, known: Mapping[str, str]) -> str:
    """What was changed, in words that fit a line."""
    if wish.swap:
        return f"{known.get(wish.to, wish.to)} in the place of {known.get(wish.swap, wish.swap)}"[:200]
    said = {"With": wish.lock, "No longer insisting on": wish.unlock, "Without": wish.exclude, "Open to": wish.allow}
    return "; ".join(f"{word} {_names(who, known)}" for word, who in said.items() if who)[:200]


def _names(who: Iterable[str], known: Mapping[str, str]) -> str:
    return ", ".join(known.get(each, each) for each in who)


def estimate(base: PlanDraft | None, wish: Change) -> str:
    """What a draft would come to with one change and nothing else, at once and roughly; empty where that says nothing.

    The new plan also spends what becomes free, so it is worth about this much at least where nothing else binds.
    """
    if base is None or not base.sums:
        return ""
    picks = {pick["creator_id"]: pick for pick in base.page.get("picks", ())}
    out = [picks[who] for who in (*wish.exclude, *filter(None, [wish.swap])) if who in picks]
    if not out:
        return ""
    come = [each for each in out[0]["swaps"] if wish.swap and each["creator_id"] == wish.to]
    value, spent = (
        base.sums[total] - sum(pick[part] for pick in out) + sum(each[part] for each in come)
        for total, part in (("value", "gain"), ("spent", "cost"))
    )
    unit, money = base.sums["unit"], base.sums["currency"]
    return f"That alone comes to about {figure(value)} {unit} for {spent:,.0f} {money}; the new plan uses what is free."


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of two drafts, and by how much the second differs."""

    label: str
    before: str
    after: str
    change: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`plan_compare.html.j2`: two drafts of a campaign side by side."""

    campaign: Campaign
    first: PlanDraft
    second: PlanDraft
    lines: tuple[Line, ...]
    only_first: list[dict[str, Any]]
    only_second: list[dict[str, Any]]
    both: list[dict[str, Any]]


def compare(seat: Seat, key: int, first: int, second: int) -> Comparison:
    """Two drafts of a campaign side by side: figures, and who is in one, the other, or both."""
    seat.insist("see")
    campaign = find(seat, Campaign, key, "brand")
    a, b = find_draft(seat, campaign, first), find_draft(seat, campaign, second)
    ours, theirs = (_by_account(one) for one in (a, b))
    return Comparison(
        campaign, a, b, differences(a.sums, b.sums),
        [pick for who, pick in ours.items() if who not in theirs],
        [pick for who, pick in theirs.items() if who not in ours],
        [pick for who, pick in theirs.items() if who in ours],
    )  # fmt: skip


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Line, ...]:
    """The figures by which two drafts are told apart; values of two goals or currencies have no difference."""
    if not before or not after:
        return ()
    shown = (
        (after["unit"], "value", after["unit"]), ("to spend", "spent", after["currency"]),
        ("people reached", "reach", ""), ("creators", "creators", ""),
    )  # fmt: skip
    alike = before["goal"] == after["goal"] and before["currency"] == after["currency"]
    lines = [
        Line(label, before[f"{name}_text"], after[f"{name}_text"], _signed(after[name] - before[name], unit))
        for label, name, unit in shown
        if alike or name not in ("value", "spent")
    ]
    return (*lines, Line("answer", before["winner"], after["winner"], ""))


def _signed(change: float, unit: str) -> str:
    if abs(change) < 0.5:
        return "the same"
    return f"{'+' if change > 0 else '−'}{figure(abs(change))} {unit}".strip()


def _by_account(draft: PlanDraft) -> dict[tuple[str, str, str], dict[str, Any]]:
    """The picks by account and phase."""
    picks = draft.page.get("picks", ())
    return {(pick["platform"], pick["creator_id"], " ".join(pick["phase"])): pick for pick in picks}
