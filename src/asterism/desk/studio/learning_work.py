"""The worker's part of learning: a new version of beliefs, and the next wave of a test that grows."""

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asterism.desk.learn import Asked, judged_of, state_of
from asterism.desk.studio.beliefs import LEARNING
from asterism.desk.studio.learning_evidence import RESULTS, evidence_of, tables_of, versions_of
from asterism.desk.studio.waves import USUAL, WAVE, WaveWish, per_dollar
from asterism.errors import NotFound
from asterism.learning.evidence import Evidence
from asterism.learning.updating import Learned, Update, learn
from asterism.learning.waves import Rules, next_wave
from asterism.priors import Priors
from asterism.store.ledger.beliefs import next_belief
from asterism.store.ledger.jobs import Finish, Work, register
from asterism.store.ledger.models import Belief, Closing
from asterism.store.ledger.places import catalogue_of
from asterism.store.ledger.scope import add, rows
from asterism.store.ledger.trail import record

NOTHING = ("There are no results to learn from.", "Close the books of a campaign, or import outcomes, rates or posts.")


@register(LEARNING)
def learn_beliefs(work: Work) -> Finish:
    """Learn from all results, always from the shipped priors: learning from what was learnt would count them twice."""
    seat = work.seat
    seat.insist("plan")
    work.tell("Reading the catalogue", 0.05)
    versions = versions_of(seat)
    tables = tables_of(seat, versions)
    evidence = evidence_of(seat, tables)
    judged = judged_of(catalogue_of(seat.workspace), tables)
    work.tell("Learning", 0.3)
    found = learn(Priors.default(), evidence, judged)
    if not found.updates:
        raise NotFound(*NOTHING)
    closings = rows(seat, Closing).count()
    told = {**_told(found, evidence), "tables": versions, "closings": closings}

    def finish() -> dict[str, Any]:
        fields = {"entries": found.document, "evidence": told, "by": work.job.by}
        made = add(seat, Belief, number=next_belief(seat), **fields)
        record(seat, "belief.learnt", made, number=made.number, entries=len(found.document))
        return {"belief": made.number}

    return finish


def _told(found: Learned, evidence: Evidence) -> dict[str, Any]:
    """What a version was learnt from, and what became of each entry: counts and days, and nobody's name."""
    return {
        "campaigns": len(pc.unique(evidence.outcomes["campaign"])),
        "creators": max(update.creators for update in found.updates),
        "prices": evidence.rates.num_rows,
        "posts": evidence.posts.num_rows,
        "updates": [_update(update) for update in found.updates],
        "widths": [width.sentence for width in found.widths],
    }


def _update(update: Update) -> dict[str, Any]:
    """What became of an entry at the size most creators are near."""
    whole = update.to_dict()
    kept = ("name", "unit", "results", "creators", "campaigns", "first", "last", "weight", "used")
    size = update.typical
    return {
        **{name: whole[name] for name in kept}, "evidence": update.evidence, "followers": size.followers,
        "before": size.before.to_dict(), "after": size.after.to_dict(),
    }  # fmt: skip


@register(WAVE)
def make_wave(work: Work) -> Finish:
    """Plan the next wave from all results and the shipped priors; the results themselves speak for who has some."""
    seat = work.seat
    seat.insist("plan")
    wish = WaveWish(**work.asks)
    work.tell("Reading the catalogue", 0.05)
    tables = tables_of(seat, versions_of(seat, RESULTS))
    work.tell("Weighing creators", 0.3)
    rate = per_dollar(seat)
    handling = USUAL[1] if wish.handling is None else wish.handling / rate
    asked = Asked(wish.budget / rate, replace(Rules(), waves=wish.waves), wish.done, handling)
    state = state_of(evidence_of(seat, tables), Priors.default(), asked).told_in(seat.workspace.currency, rate)
    wave = next_wave(state, wish.budget, np.random.default_rng([0, wish.done])).to_dict()
    names = _names(tables.creators, [one["creator_id"] for one in wave["allocations"]])
    wave["allocations"] = [{**one, **names.get(one["creator_id"], {})} for one in wave["allocations"]]
    return lambda: wave


def _names(creators: pa.Table, wanted: list[str]) -> dict[str, dict[str, str]]:
    """The handle and platform of some creators by their id."""
    mine = creators.filter(pc.is_in(creators["creator_id"], pa.array(wanted, pa.string())))
    return {
        row["creator_id"]: {"handle": row["handle"] or row["creator_id"], "platform": row["platform"] or "instagram"}
        for row in mine.select(["creator_id", "handle", "platform"]).to_pylist()
    }
