"""Tables with a few rows, for tests."""

from datetime import UTC, datetime
from typing import Any

import ibis
import pyarrow as pa

from asterism.brief import Brief
from asterism.creators.schema import Schema
from asterism.creators.tables import AUDIENCES, CREATORS, FX, POSTS, RATES, Tables
from asterism.priors import Priors
from asterism.signals.statistics import EXPRESSIONS, SufficientStatistics
from asterism.signals.table import Signals, build

PRIORS = Priors.default()


def rows(schema: Schema, *given: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in given], schema=schema.arrow)


def creators(*given: dict[str, Any]) -> pa.Table:
    return rows(CREATORS, *given)


def brief(**fields: Any) -> Brief:
    return Brief(**{"goal": "awareness", "budget": "10000 USD", **fields})


def statistics(tables: Tables) -> SufficientStatistics:
    duck = ibis.duckdb.connect(threads=1)
    posts, who = duck.create_table("p", tables.posts), duck.create_table("c", tables.creators)
    found = {name: duck.to_pyarrow(what(posts, who)) for name, what in EXPRESSIONS.items()}
    duck.disconnect()
    return SufficientStatistics(**found)


def signals(tables: Tables, priors: Priors = PRIORS, **fields: Any) -> Signals:
    stats = statistics(tables) if tables.posts.num_rows else SufficientStatistics.none()
    return build(tables, brief(**fields), priors, stats)


def post(who: str, number: int, **fields: Any) -> dict[str, Any]:
    return {
        "post_id": f"{who}{number}",
        "creator_id": who,
        "posted_at": datetime(2026, 1, number, tzinfo=UTC),
        **fields,
    }


__all__ = [
    "AUDIENCES",
    "CREATORS",
    "FX",
    "POSTS",
    "PRIORS",
    "RATES",
    "Tables",
    "brief",
    "creators",
    "post",
    "rows",
    "signals",
    "statistics",
]
