"""What the worker does with a brief: a plan from the catalogue, kept as a draft with its words and pictures."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from asterism.brief import Brief
from asterism.desk.plan import Evidence, plan_with_spares
from asterism.desk.stored import load_catalogue
from asterism.desk.studio.beliefs import believed
from asterism.desk.studio.plan_drafts import NO_CREATORS
from asterism.errors import NotFound
from asterism.planning.plan import Pick, Plan
from asterism.planning.spares import Spare
from asterism.reports.grid import Cell, tint
from asterism.reports.page import plan_view
from asterism.reports.sections import plan_sections
from asterism.reports.words import RESULTS, Words, certificate, spoken
from asterism.store.ledger.campaigns import next_number
from asterism.store.ledger.jobs import Finish, Work, register
from asterism.store.ledger.models import Campaign, PlanDraft
from asterism.store.ledger.places import catalogue_of, has_creators
from asterism.store.ledger.scope import add, find
from asterism.store.ledger.trail import record

WORDS: Final = Words(thin=True)
SWAPS: Final = 4
"""Replacements offered for a pick."""
KEPT_REJECTS: Final = 200


@register("plan")
def make_draft(work: Work) -> Finish:
    """Plan a campaign's brief with what is locked and excluded, as its next draft."""
    seat, asks = work.seat, work.asks
    seat.insist("plan")
    campaign = find(seat, Campaign, work.job.campaign_id)
    if not has_creators(seat.workspace):
        raise NotFound(*NO_CREATORS)
    work.tell("Reading the catalogue", 0.0)
    try:
        loaded = load_catalogue(catalogue_of(seat.workspace))
    except NotFound:
        raise NotFound(*NO_CREATORS) from None
    document = bound(campaign.brief, asks.get("locked", ()), asks.get("excluded", ()))
    known = believed(seat)
    evidence = Evidence(loaded.tables, known.priors, {**loaded.versions, **known.versions})
    plan, spares = plan_with_spares(evidence, Brief(**document), tell=work.tell)
    work.tell("Drawing the pictures", 0.97)
    names = _names(loaded.tables.creators, (*asks.get("locked", ()), *asks.get("excluded", ())))
    fields = {
        "locked": asks.get("locked", []), "excluded": asks.get("excluded", []), "why": asks.get("why", ""),
        "brief": document, "plan": plan.to_dict(), "page": {**page_of(plan, spares), "names": names},
        "sums": sums_of(plan),
    }  # fmt: skip

    def finish() -> dict[str, Any]:
        draft = add(seat, PlanDraft, campaign=campaign, number=next_number(seat, campaign), by=work.job.by, **fields)
        record(seat, "plan.drafted", draft, number=draft.number, spent=plan.spent, picks=len(plan.picks))
        return {"draft": draft.number, "sentence": plan.verdict.sentence}

    return finish


def bound(document: Mapping[str, Any], locked: Iterable[str], excluded: Iterable[str]) -> dict[str, Any]:
    """The document of a brief that also insists on some creators and leaves others out; what is newer wins."""
    limits = dict(document.get("limits", {}))
    out = dict.fromkeys((*_many(limits.get("exclude", ())), *excluded))
    inside = dict.fromkeys((*_many(limits.get("include", ())), *locked))
    limits["include"] = [who for who in inside if who not in set(excluded)]
    limits["exclude"] = [who for who in out if who not in set(locked)]
    return {**document, "limits": {name: value for name, value in limits.items() if value not in ([], ())}}


def plan_hash(document: Mapping[str, Any]) -> str:
    """The SHA-256 of a plan's JSON in one spelling, whatever the order of its names."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def page_of(plan: Plan, spares: Sequence[Spare]) -> dict[str, Any]:
    """The words and pictures of a plan, made once so that a page only lays them out."""
    view = plan_view(plan, WORDS)
    return {
        "about": view.about, "sentence": view.sentence, "doubt": view.doubt, "unspent": view.unspent,
        "figures": [asdict(each) for each in view.figures], "adding": view.adding, "rung": view.rung,
        "warned": view.warned if view.warnings else "", "sections": plan_sections(view),
        "picks": _picks(plan, view.picks.rows, spares), "rejects": [asdict(r) for r in plan.rejects[:KEPT_REJECTS]],
    }  # fmt: skip


def sums_of(plan: Plan) -> dict[str, Any]:
    """The few figures by which drafts are told apart."""
    winner = next(each for each in plan.verdict.alternatives if each.name == plan.verdict.winner)
    reach, unit = plan.forecast.reach, RESULTS[plan.goal][0]
    return {
        "goal": plan.goal, "unit": plan.currency if plan.goal == "profit" else unit, "currency": plan.currency,
        "value": winner.value.mean, "value_text": WORDS.result(winner.value, plan),
        "spent": plan.spent, "spent_text": WORDS.exact_money(plan.spent, plan.currency),
        "reach": reach.mean, "reach_text": WORDS.interval(reach),
        "creators": len(plan.picks), "creators_text": WORDS.whole(len(plan.picks)),
        "winner": spoken(plan.verdict.winner), "sentence": plan.verdict.sentence,
        "certificate": certificate(plan.bound, plan, WORDS), "hash": plan_hash(plan.to_dict()),
    }  # fmt: skip


def _picks(plan: Plan, grid: Sequence[tuple[Cell, ...]], spares: Sequence[Spare]) -> list[dict[str, Any]]:
    """The picks in words, each with what it costs and adds, and who could come in its place."""
    fees = sum(pick.price.interval.mean for pick in plan.picks)
    handling = (plan.spent - fees) / max(len(plan.picks), 1)
    return [_pick(plan, pick, cells, handling, spares) for pick, cells in zip(plan.picks, grid, strict=True)]


def _pick(plan: Plan, pick: Pick, cells: tuple[Cell, ...], handling: float, spares: Sequence[Spare]) -> dict[str, Any]:
    cost = pick.price.interval.mean + handling
    room = plan.budget - plan.spent + cost
    who, tier, _, fee, adds, why = cells
    return {
        "creator_id": pick.creator_id, "platform": pick.platform, "handle": who.text, "about": list(who.notes),
        "tier": pick.tier, "tint": tier.tint, "phase": list(tier.notes), "package": pick.package,
        "fee": fee.text, "fee_note": list(fee.notes), "adds": adds.text, "rung": list(adds.notes),
        "reasons": list(why.notes), "cost": cost, "gain": pick.gain,
        "swaps": [_swap(plan, each) for each in _fitting(spares, room)],
    }  # fmt: skip


def _fitting(spares: Sequence[Spare], room: float) -> list[Spare]:
    """The first spares, each creator once, that what becomes free can buy."""
    found: dict[str, Spare] = {}
    for spare in spares:
        if spare.cost <= room:
            found.setdefault(spare.creator_id, spare)
    return list(found.values())[:SWAPS]


def _swap(plan: Plan, spare: Spare) -> dict[str, Any]:
    size = [f"{WORDS.compact(spare.followers)} followers"] if spare.followers is not None else []
    about = " · ".join([spare.platform, spare.tier, *size, *([spare.niche] if spare.niche else [])])
    return {
        "creator_id": spare.creator_id, "platform": spare.platform, "handle": spare.handle, "about": about,
        "tint": tint(spare.tier), "package": spare.package, "fee": WORDS.money(spare.fee, plan.currency),
        "adds": WORDS.result_mean(spare.gain, plan), "gain": spare.gain, "cost": spare.cost,
    }  # fmt: skip


def _names(creators: pa.Table, wanted: Sequence[str]) -> dict[str, str]:
    """Handles of some creators by their id."""
    found = creators.filter(pc.is_in(creators["creator_id"], pa.array(list(wanted), pa.string())))
    pairs = zip(found["creator_id"].to_pylist(), found["handle"].to_pylist(), strict=True)
    return {who: f"@{handle.lstrip('@')}" if handle else who for who, handle in pairs}


def _many(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
