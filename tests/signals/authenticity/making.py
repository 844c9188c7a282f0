"""Creators with histories, comments and sampled accounts, for tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import ibis
import pyarrow as pa

from asterism.brief import Brief
from asterism.creators.schema import Schema
from asterism.creators.tables import SCHEMAS, Tables
from asterism.priors import Priors
from asterism.signals.lineup import Lineup, line_up
from asterism.signals.statistics import TRUST, SufficientStatistics

PRIORS = Priors.default()
START = datetime(2026, 1, 5, tzinfo=UTC)
Row = dict[str, Any]


def rows(schema: Schema, given: list[Row]) -> pa.Table:
    return pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in given], schema=schema.arrow)


def tables(**given: list[Row]) -> Tables:
    made = {kind: rows(SCHEMAS[kind], rows_) for kind, rows_ in given.items()}
    return Tables(made.pop("creators", rows(SCHEMAS["creators"], [creator()])), **made)


def creator(name: str = "a", **fields: Any) -> Row:
    return {"creator_id": name, "platform": "instagram", "followers": 10_000, **fields}


def lineup(given: Tables) -> Lineup:
    return line_up(given, Brief(goal="awareness", budget="1000 USD"))


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def weekly(followers: list[int], name: str = "a", **series: list[Any]) -> list[Row]:
    """Snapshots a week apart."""
    return [
        {
            "creator_id": name, "platform": "instagram", "as_of": day(7 * week), "followers": count,
            **{field: values[week] for field, values in series.items()},
        }
        for week, count in enumerate(followers)
    ]  # fmt: skip


def statistics(given: Tables) -> SufficientStatistics:
    if not given.posts.num_rows + given.comments.num_rows:
        return SufficientStatistics.none()
    duck = ibis.duckdb.connect(threads=1)
    comments, posts, creators = (ibis.memtable(t) for t in (given.comments, given.posts, given.creators))
    rates = SufficientStatistics.of(duck.to_pyarrow, posts, creators)
    found = replace(rates, **{name: duck.to_pyarrow(what(comments, posts, creators)) for name, what in TRUST.items()})
    duck.disconnect()
    return found
