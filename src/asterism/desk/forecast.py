"""Forecast: the next post of each creator and format, from posts and, better, the creators table too."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators.schema import Schema
from asterism.creators.tables import CREATORS, POSTS
from asterism.desk.documents import document_from
from asterism.desk.loading import Sources, load
from asterism.desk.read import Files
from asterism.errors import BadInput, MissingColumns, NotFound, WrongUsage, did_you_mean
from asterism.priors import Priors
from asterism.signals.forecasting.next_post import Asked, next_posts
from asterism.signals.forecasting.selection import selection_trap
from asterism.signals.forecasting.trend import SCATTER, history
from asterism.signals.lineup import DEFAULT_PLATFORM, with_platforms
from asterism.store.engines import engine

_NEEDED: Final = ("creator_id",)


@dataclass(frozen=True, slots=True)
class Forecasts:
    """The next post of each creator and format (columns of `next_post.FORECAST`), of whom, and what had to be said.

    `creators` has the columns of `CREATORS`, every platform filled in.
    """

    table: pa.Table
    creators: pa.Table
    warnings: tuple[str, ...] = ()

    def only(self, names: Sequence[str]) -> "Forecasts":
        """The forecasts of some creators, by id or handle whatever its case; everybody's where none is named.

        Raises
        ------
        NotFound
            Nobody has that name.
        """
        if not names:
            return self
        known: dict[str, str] = {}
        for creator, handle in zip(*(self.creators[c].to_pylist() for c in ("creator_id", "handle")), strict=True):
            known.setdefault((handle or creator).lstrip("@").lower(), creator)
            known[creator.lower()] = creator
        wanted = [name.lstrip("@").lower() for name in names]
        for name in wanted:
            if name not in known:
                raise NotFound(f"There is no creator `{name}`.", did_you_mean(name, list(known)))
        chosen = pa.array([known[name] for name in wanted], pa.string())
        return replace(self, table=self.table.filter(pc.is_in(self.table["creator_id"], chosen)))

    def to_dict(self) -> dict[str, Any]:
        """The forecasts as plain values."""
        return {"forecasts": self.table.to_pylist(), "warnings": list(self.warnings)}


def forecast_files(
    posts: str | None, creators: str | None, sources: Sources, sponsored: bool | None = None
) -> Forecasts:
    """The forecast from a file of posts and one of creators, or from the catalogue where neither is named.

    Raises
    ------
    WrongUsage
        Only one of the two files is named.
    NotFound
        The catalogue holds no posts.
    """
    if (posts is None) != (creators is None):
        raise WrongUsage("A forecast from files needs posts and creators.", "Name both --posts and --creators.")
    loaded = load(None if creators is None else Files(creators, posts), sources)
    if not loaded.tables.posts.num_rows:
        raise NotFound("There are no posts to forecast from.", "Import some with `asterism import FILE --as posts`.")
    found = forecasts(loaded.tables.posts, loaded.tables.creators, Asked(priors_of(sources), sponsored))
    return replace(found, warnings=(*loaded.tables.warnings, *found.warnings))


def priors_of(sources: Sources) -> Priors:
    """The user's own priors where a file is named, else the defaults."""
    return Priors.read(document_from(sources.priors)) if sources.priors else Priors.default()


def forecast(posts: Any, creators: Any = None, *, sponsored: bool | None = None) -> pa.Table:
    """What the next post of each creator and format will get, with 80% intervals.

    Columns: creator_id, platform, format, n_posts, engagement_mean, _low, _high (likes, comments and shares, a count),
    views_mean, _low, _high, reach_mean, _low, _high. With `creators` (creator_id, followers, niche) peers of the same
    size are known, and creators without posts are forecast from them; without, the creators at hand are each other's
    peers. Posts read while they still grew (`seen_at`) count as grown; later posts weigh more (`posted_at`).

    Parameters
    ----------
    posts, creators
        Arrow, pandas or Polars tables, or mappings from column to values; ids may be text or integers.
    sponsored
        Whether the next post is paid for; None for each creator's own mix.

    Raises
    ------
    MissingColumns
        There is no `creator_id`, or neither likes nor views.
    BadInput
        A column holds values of another type.
    """
    return forecasts(posts, creators, Asked(Priors.default(), sponsored)).table


def forecasts(posts: Any, creators: Any, asked: Asked) -> Forecasts:
    """The forecast of `forecast`, with its warnings."""
    seen = _typed(posts, POSTS, "posts")
    if seen["likes"].null_count == seen["views"].null_count == seen.num_rows > 0:
        raise MissingColumns(
            "The posts have neither likes nor views.", "Add a column `likes` or `views`.", ("likes", "views")
        )
    known = _settled(_of_posts(seen) if creators is None else _typed(creators, CREATORS, "creators"), seen)
    with engine() as duck:
        read = duck.table(seen), duck.table(known)
        found = {what: duck.run(history(*read, what, asked.priors)) for what in SCATTER}
    return Forecasts(next_posts(found, known, asked), known, _warnings(found["views"], known))


def _warnings(views: pa.Table, creators: pa.Table) -> tuple[str, ...]:
    sized = views.join(creators.select(["creator_id", "platform", "followers"]), ["creator_id", "platform"])
    said = selection_trap(*(np.asarray(sized[name].to_numpy(), dtype=float) for name in ("mean_log", "followers")))
    return () if said is None else (said,)


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
