"""A workspace that has results to learn from: a few creators with what campaigns brought and cost."""

from datetime import UTC, datetime
from functools import cache

import pyarrow as pa

from asterism.creators.tables import CREATORS, OUTCOMES, RATES
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.models import Belief
from asterism.store.ledger.places import catalogue_of
from asterism.store.ledger.scope import add

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}\"'"
UPDATE = {
    "name": "click.any", "unit": "share", "results": 38, "creators": 20, "campaigns": 6, "first": "2026-01-05",
    "last": "2026-09-22", "weight": 0.74, "used": True, "evidence": "38 results of 20 creators in 6 campaigns",
    "followers": None, "before": {"mean": 0.018, "low": 0.012, "high": 0.028},
    "after": {"mean": 0.0252, "low": 0.02, "high": 0.03},
}  # fmt: skip
CLICKS = {"click": {"any": {"median": [0.0252], "low": [0.018], "high": [0.035], "source": "learnt: 38 results"}}}


@cache
def few():
    """Creators of three sizes, what one or two campaigns with each of them brought, and what was paid for it."""
    creators, outcomes, rates = [], [], []
    for n in range(24):
        who, size = f"k-{n:02d}", (6_000, 40_000, 300_000)[n % 3]
        about = {"platform": "instagram", "followers": size + 100 * n, "niche": ("beauty", "food")[n % 2]}
        creators.append(
            {"creator_id": who, "handle": f"kind.{n:02d}", "name": f"Kind {n:02d}", "country": "US", **about}
        )
        for k, day in enumerate((datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))):
            if n >= 12 and not k:  # those who may be booked again: nobody is in more than two of three waves
                continue
            fee, reach, clicks = 60.0 + size / 90 + n, round(size * 0.4), round(size * (0.011 + 0.0004 * n))
            orders = round(clicks * (0.05 if n % 4 else 0.005))
            paid = {"creator_id": who, "currency": "USD", "date": day}
            rates.append({**paid, "package": "2 post", "price": fee, "kind": "paid"})
            outcomes.append({
                **paid, "campaign": f"Season {k}", "cost": fee, "reach": reach, "engagements": reach // 20,
                "clicks": clicks, "orders": orders, "revenue": 40.0 * orders,
            })  # fmt: skip
    made = {"creators": (creators, CREATORS), "outcomes": (outcomes, OUTCOMES), "rates": (rates, RATES)}
    return {kind: pa.Table.from_pylist(_whole(found, of), of.arrow) for kind, (found, of) in made.items()}


def _whole(found, of):
    return [{name: row.get(name) for name in of.arrow.names} for row in found]


def taught(seat, **more):
    """The seat, its workspace's catalogue now holding results; `more` are tables in the place of these."""
    catalogue = Catalogue(catalogue_of(seat.workspace))
    for kind, table in {**few(), **more}.items():
        if isinstance(table, pa.Table) and table.num_rows:
            catalogue.upsert(kind, table)
    return seat


def version(seat, number=1, entries=CLICKS, **fields):
    """A version of beliefs as the worker makes it."""
    told = {"campaigns": 6, "creators": 20, "closings": 0, "updates": [UPDATE], "widths": []}
    given = {"entries": entries, "evidence": {**told, **fields.pop("told", {})}, "by": seat.user, **fields}
    return add(seat, Belief, number=number, **given)
