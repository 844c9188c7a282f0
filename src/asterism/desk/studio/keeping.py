"""What the worker keeps in the catalogue for the scorecard and for learning: forecasts as signed, results as closed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from asterism.creators.tables import OUTCOMES
from asterism.desk.studio import closings
from asterism.desk.studio.signing import FORECASTS as FORECASTING
from asterism.desk.withheld import without_erased_rows
from asterism.measurement.kept import kept_plan
from asterism.measurement.scorecard import FORECASTS
from asterism.planning.reread import plan_of
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.jobs import Finish, Work, register
from asterism.store.ledger.models import Campaign, Closing, Collaboration
from asterism.store.ledger.places import catalogue_of
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat
from asterism.store.tombstones import guarded


@register(FORECASTING)
def keep_forecasts(work: Work) -> Finish:
    """Keep what the signed plan of a campaign forecast, dated on the day it was signed."""
    seat = work.seat
    seat.insist("run")
    campaign = find(seat, Campaign, work.job.campaign_id)
    if campaign.plan is None or campaign.signed_at is None:
        return lambda: {"kept": 0}
    plan = plan_of({**campaign.plan, "name": called(campaign)})
    kept = _kept(seat, FORECASTS.name, kept_plan(plan, campaign.signed_at))
    return lambda: {"kept": kept}


@register(closings.OUTCOMES)
def keep_outcomes(work: Work) -> Finish:
    """Keep what came of each creator of a closed campaign, as it was closed; who was erased is left out."""
    seat = work.seat
    seat.insist("run")
    closing = find(seat, Closing, work.asks["closing"], "campaign")
    known = rows(seat, Collaboration).filter(campaign=closing.campaign_id, creator__erased_at=None)
    who = {str(key): creator for key, creator in known.values_list("pk", "creator__creator_id")}
    kept = _kept(seat, OUTCOMES.name, outcomes(closing, called(closing.campaign), who))
    return lambda: {"kept": kept}


def called(campaign: Campaign) -> str:
    """What the catalogue calls a campaign: two of one name are told apart by their numbers."""
    return f"{campaign.name} ({campaign.pk})"


def outcomes(closing: Closing, campaign: str, who: Mapping[str, str]) -> pa.Table:
    """The rows of `OUTCOMES` of closed books, one per creator; money in whole units.

    `who` is the creator of each collaboration that may be learnt from. Fees that nobody agreed on teach nothing, so
    whose fee is a planned one is left out.
    """
    by: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for line in closing.figures["collaborations"]:
        if line["collaboration"] in who and not line["planned"]:
            by[who[line["collaboration"]]].append(line)
    about = {"campaign": campaign, "currency": closing.figures["currency"], "date": closing.made_at}
    found = [{"creator_id": creator, **_sums(lines), **about} for creator, lines in by.items()]
    return pa.Table.from_pylist([{f.name: row.get(f.name) for f in OUTCOMES.fields} for row in found], OUTCOMES.arrow)


def _sums(lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    reach, engaged, clicks = ([n for line in lines if (n := line[name]) is not None] for name in closings.DELIVERED)
    return {
        "cost": sum(line["cost"] for line in lines) / 100,
        "reach": max(reach) if reach else None,
        "engagements": sum(engaged) if engaged else None,
        "clicks": sum(clicks) if clicks else None,
        "orders": round(sum(line["orders"] for line in lines)),
        "revenue": sum(line["kept"] for line in lines) / 100,
    }


def _kept(seat: Seat, table: str, made: pa.Table) -> int:
    store = Catalogue(catalogue_of(seat.workspace))
    with guarded(store) as stones:
        own = without_erased_rows(stones, table, made)
        if own.num_rows:
            store.upsert(table, own)
    return int(own.num_rows)
