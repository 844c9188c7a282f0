"""Forecast: the next post of each creator and format, from posts and, better, the creators table too."""

from typing import Any, Final

import ibis
import pyarrow as pa

from asterism.creators.schema import Schema
from asterism.creators.tables import CREATORS, POSTS
from asterism.errors import BadInput, MissingColumns
from asterism.priors import Priors
from asterism.signals import engagement, views
from asterism.signals.lineup import DEFAULT_PLATFORM, with_platforms
from asterism.signals.next_post import next_posts
from asterism.store.engines import run

_NEEDED: Final = ("creator_id",)


def forecast(posts: Any, creators: Any = None) -> pa.Table:
    """What the next post of each creator and format will get, with 80% intervals.

    Columns: creator_id, platform, format, n_posts, engagement_mean, _low, _high (likes, comments and shares, a count),
    views_mean, _low, _high. With `creators` (creator_id, followers, niche) peers of the same size are known, and
    creators without posts are forecast from them; without, the creators at hand are each other's peers.

    Parameters
    ----------
    posts, creators
        Arrow, pandas or Polars tables, or mappings from column to values; ids may be text or integers.

    Raises
    ------
    MissingColumns
        There is no `creator_id`, or neither likes nor views.
    BadInput
        A column holds values of another type.
    """
    seen = _typed(posts, POSTS, "posts")
    if seen["likes"].null_count == seen["views"].null_count == seen.num_rows > 0:
        raise MissingColumns(
            "The posts have neither likes nor views.", "Add a column `likes` or `views`.", ("likes", "views")
        )
    known = _settled(_of_posts(seen) if creators is None else _typed(creators, CREATORS, "creators"), seen)
    found = {
        name: run(lambda posts, creators, what=what: what(posts, creators), posts=seen, creators=known)
        for name, what in (("engagement", _engagements), ("views", views.sufficient))
    }
    return next_posts(found["engagement"], found["views"], known, Priors.default())


def _engagements(posts: ibis.Table, creators: ibis.Table) -> ibis.Table:
    """Log engagements as counts: rates by one follower each."""
    return engagement.sufficient(posts, creators.mutate(followers=ibis.literal(1, "int64")))


def _settled(creators: pa.Table, posts: pa.Table) -> pa.Table:
    settled, _ = with_platforms(creators, posts, DEFAULT_PLATFORM)
    first = settled.append_column("row", pa.array(range(settled.num_rows))).group_by(["creator_id", "platform"])
    return settled.take(first.aggregate([("row", "min")])["row_min"])


def _of_posts(posts: pa.Table) -> pa.Table:
    """The creators the posts speak of, of unknown size."""
    return _shaped(posts.select(["creator_id", "platform"]), CREATORS)


def _typed(given: Any, schema: Schema, name: str) -> pa.Table:
    table = given if isinstance(given, pa.Table) else pa.table(given)
    lacking = tuple(column for column in _NEEDED if column not in table.column_names)
    if lacking:
        raise MissingColumns(
            f"The {name} have no column `{lacking[0]}`.", f"Columns are named as in {schema.names}.", lacking
        )
    return _shaped(table, schema)


def _shaped(table: pa.Table, schema: Schema) -> pa.Table:
    columns = [_column(table, field.name, field.type) for field in schema.fields]
    return pa.table(columns, schema=schema.arrow)


def _column(table: pa.Table, name: str, kind: pa.DataType) -> Any:
    if name not in table.column_names:
        return pa.nulls(table.num_rows, kind)
    try:
        return table[name].cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise BadInput(f"The column `{name}` does not hold {kind} values: {error}.", "Convert it first.") from None
