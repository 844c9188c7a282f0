"""A plan of a small market, made once for all tests that only need one to stand there."""

import copy
from functools import cache

from asterism.brief import Brief
from asterism.desk.demo import BRIEF
from asterism.desk.documents import parse
from asterism.desk.plan import Evidence, plan_with_spares
from asterism.desk.studio.campaigns import plain
from asterism.desk.studio.planner import page_of, sums_of
from asterism.market import simulate
from asterism.store.ledger.models import PlanDraft
from asterism.store.ledger.scope import add
from tests.studio import campaign

DOCUMENT = plain(Brief(**parse(BRIEF, "brief")))
CREATORS = 60


@cache
def market():
    """The tables of a small market."""
    return simulate(CREATORS, 6_000, seed=2).tables


@cache
def planned():
    """The plan of the sample brief on that market, and its spares."""
    evidence = Evidence(market(), versions={"creators": "delta:1"})
    return plan_with_spares(evidence, Brief(**DOCUMENT))


@cache
def _told():
    plan, spares = planned()
    return plan.to_dict(), page_of(plan, spares), sums_of(plan)


def planning(seat, name="Spring launch", **fields):
    """A campaign in planning with the sample brief."""
    return campaign(seat, name, state="planning", brief=DOCUMENT, **fields)


def drafted(seat, of, number=1, **fields):
    """A draft of a campaign's plan, as the worker would have made it."""
    plan, page, sums = copy.deepcopy(_told())
    given = {"brief": of.brief, "plan": plan, "page": page, "sums": sums, "by": seat.user, **fields}
    return add(seat, PlanDraft, campaign=of, number=number, **given)
