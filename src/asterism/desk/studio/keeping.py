"""What the worker keeps in the catalogue for the scorecard and for learning: forecasts as signed, results as closed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from asterism.creators.tables import OUTCOMES
from asterism.desk.studio import closings
from asterism.desk.studio.results import reckoned
from asterism.desk.studio.signing import FORECASTS as FORECASTING
from asterism.desk.withheld import without_erased_rows
from asterism.measurement.kept import kept_plan
from asterism.measurement.ledger import Line, Return
from asterism.measurement.scorecard import FORECASTS
from asterism.planning.reread import plan_of
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.jobs import Finish, Work, register
from asterism.store.ledger.models import Campaign, Closing, Creator
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
    """Keep what came of each creator of a closed campaign; who was erased is left out."""
    seat = work.seat
    seat.insist("run")
    closing = find(seat, Closing, work.asks["closing"], "campaign__brand")
    campaign = closing.campaign
    returned = reckoned(seat, campaign).returned
    erased = set(rows(seat, Creator).exclude(erased_at=None).values_list("creator_id", flat=True))
    kept = _kept(seat, OUTCOMES.name, outcomes(returned, called(campaign), closing.made_at, erased))
    return lambda: {"kept": kept}


def called(campaign: Campaign) -> str:
    """What the catalogue calls a campaign: two of one name are told apart by their numbers."""
    return f"{campaign.name} ({campaign.pk})"


def outcomes(returned: Return, campaign: str, at: datetime, without: set[str]) -> pa.Table:
    """The rows of `OUTCOMES` of a ledger, one per creator; money in whole units.

    Fees that nobody agreed on teach nothing, so whose fee is a planned one is left out.
    """
    by: defaultdict[str, list[Line]] = defaultdict(list)
    for line in returned.lines:
        if line.partner.key and not line.planned and line.partner.creator_id and line.partner.creator_id not in without:
            by[line.partner.creator_id].append(line)
    about = {"campaign": campaign, "currency": returned.currency, "date": at}
    found = [{"creator_id": who, **_sums(lines), **about} for who, lines in by.items()]
    return pa.Table.from_pylist([{f.name: row.get(f.name) for f in OUTCOMES.fields} for row in found], OUTCOMES.arrow)


def _sums(lines: Sequence[Line]) -> dict[str, Any]:
    reach, engaged, clicks = (_known(lines, name) for name in ("reach", "engagements", "clicks"))
    return {
        "cost": sum(line.costs.total for line in lines) / 100,
        "reach": max(reach) if reach else None,
        "engagements": sum(engaged) if engaged else None,
        "clicks": sum(clicks) if clicks else None,
        "orders": round(sum(line.tracked.orders for line in lines)),
        "revenue": sum(line.tracked.kept for line in lines) / 100,
    }


def _known(lines: Sequence[Line], name: str) -> list[int]:
    found = [getattr(line.delivered, name) for line in lines]
    return [value for value in found if value is not None]


def _kept(seat: Seat, table: str, made: pa.Table) -> int:
    store = Catalogue(catalogue_of(seat.workspace))
    with guarded(store) as stones:
        own = without_erased_rows(stones, table, made)
        if own.num_rows:
            store.upsert(table, own)
    return int(own.num_rows)
