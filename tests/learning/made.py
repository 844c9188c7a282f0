"""Small evidence made by hand: creators, outcomes and prices whose truth is known."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa

from asterism.creators.tables import CREATORS, OUTCOMES, POSTS, RATES
from asterism.learning.evidence import Evidence

START = datetime(2026, 1, 5, tzinfo=UTC)


def table(rows, schema):
    return pa.Table.from_pylist([{f.name: row.get(f.name) for f in schema.fields} for row in rows], schema.arrow)


def creators(n, platform="instagram", niche=None, first=0, followers=None):
    sizes = followers or np.geomspace(3e3, 2e6, n).round().astype(int).tolist()
    return [
        {"creator_id": f"{platform[:2]}{first + i}", "platform": platform, "followers": sizes[i], "niche": niche}
        for i in range(n)
    ]


def outcome(who, campaign, **figures):
    week = int(campaign.split()[-1])
    return {"creator_id": who["creator_id"], "campaign": campaign, "currency": "USD",
            "date": START + timedelta(days=7 * week), **figures}  # fmt: skip


def paid(who, package, price, week=0):
    return {"creator_id": who["creator_id"], "package": package, "price": price, "currency": "USD", "kind": "paid",
            "date": START + timedelta(days=7 * week - 10)}  # fmt: skip


def quote(who, package, price):
    return {**paid(who, package, price), "kind": "quote"}


def evidence(who, outcomes=(), rates=(), posts=(), **more):
    return Evidence(table(who, CREATORS), table(outcomes, OUTCOMES), table(rates, RATES), table(posts, POSTS), **more)


def campaigns(rng, who, n, *, reach=0.15, click=0.018, convert=0.02, per=8):
    """Outcomes of so many campaigns with these rates; nothing but counting scatters."""
    found = []
    for number in range(n):
        for i in rng.choice(len(who), per, replace=False).tolist():
            reached = int(rng.binomial(who[i]["followers"], reach))
            clicks = int(rng.binomial(reached, click))
            orders = int(rng.binomial(clicks, convert))
            found.append(outcome(who[i], f"campaign {number}", reach=reached, clicks=clicks, orders=orders,
                                 revenue=50.0 * orders, cost=100.0))  # fmt: skip
    return found
