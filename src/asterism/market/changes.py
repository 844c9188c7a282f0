"""One thing changed in the tables a user has: dearer tiers, a moved audience, fakes, twins. Nothing else moves."""

from collections.abc import Callable, Collection
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators.tables import AUDIENCES, FOLLOWERS, OVERLAPS, Tables
from asterism.creators.tiers import scheme
from asterism.errors import BadInput, NotFound, did_you_mean

ACTED = ("likes", "comments", "shares", "saves", "views", "reach")
USUAL = ("avg_views", "avg_likes", "avg_comments", "avg_shares", "avg_engagements")


def with_fees(tables: Tables, tiers: Collection[str], factor: float, tier_scheme: str = "industry") -> Tables:
    """The tables with every known fee of some tiers multiplied by `factor`.

    Only fees in the rates table can change: a creator without one keeps the prior's price.
    """
    if not factor > 0:
        raise BadInput(f"A fee cannot be multiplied by {factor}.", "Give a factor above 0.")
    chosen = scheme(tier_scheme)
    for tier in tiers:
        if tier not in chosen.names:
            raise BadInput(f"Tier scheme {tier_scheme} has no `{tier}`.", did_you_mean(tier, list(chosen.names)))
    inside = np.isin(chosen.of(tables.creators["followers"].to_numpy()), list(tiers))
    ids = tables.creators["creator_id"].filter(pa.array(inside))
    rows = pc.is_in(tables.rates["creator_id"], ids)
    return replace(tables, rates=_change(tables.rates, "price", rows, lambda price: pc.multiply(price, factor)))


def with_audience_moved(tables: Tables, creator_id: str, country: str, share: float = 0.95) -> Tables:
    """The tables with `share` of one creator's audience living in `country`, and the creator too.

    The audiences elsewhere keep their proportions; the home city is no longer known.
    """
    row = _row(tables, creator_id)
    own = pc.equal(tables.audiences["creator_id"], creator_id)
    placed = pc.and_(own, pc.is_in(tables.audiences["dimension"], pa.array(["country", "region", "city"])))
    countries = tables.audiences.filter(pc.and_(own, pc.equal(tables.audiences["dimension"], "country")))
    others = countries.filter(pc.not_equal(countries["bucket"], country))
    rest = others["share"].to_numpy()
    moved = [
        {"creator_id": creator_id, "dimension": "country", "bucket": country, "share": share if rest.size else 1.0}
    ]
    for bucket, part in zip(others["bucket"].to_pylist(), rest / max(rest.sum(), 1e-12) * (1 - share), strict=True):
        moved.append({"creator_id": creator_id, "dimension": "country", "bucket": bucket, "share": float(part)})
    kept = tables.audiences.filter(pc.invert(placed))
    creators = _change(tables.creators, "country", row, lambda _: pa.scalar(country))
    creators = _change(creators, "city", row, lambda _: pa.scalar(None, pa.string()))
    audiences = pa.concat_tables([kept, pa.Table.from_pylist(moved, AUDIENCES.arrow)])
    return replace(tables, creators=creators, audiences=audiences)


def with_fakes(tables: Tables, creator_id: str, share: float) -> Tables:
    """The tables with `share` of one creator's real followers replaced by fakes that do nothing.

    Followers stay as they are; reach, views, engagement and the ids of real people shrink by the share.
    """
    if not 0 <= share < 1:
        raise BadInput(f"A share of fakes cannot be {share}.", "Give a share from 0 to below 1.")
    row, real = _row(tables, creator_id), 1 - share
    own = pc.equal(tables.posts["creator_id"], creator_id)
    posts, creators = tables.posts, tables.creators
    for name in ACTED:
        posts = _change(posts, name, own, lambda count: pc.round(pc.multiply(count, real)).cast(pa.int64()))
    for name in USUAL:
        creators = _change(creators, name, row, lambda mean: pc.multiply(mean, real))
    if creators["engagement_denominator"].filter(row)[0].as_py() == "followers":
        creators = _change(creators, "engagement_rate", row, lambda rate: pc.multiply(rate, real))
    followers = _part(tables.followers, creator_id, real)
    return replace(tables, posts=posts, creators=creators, followers=followers)


def with_twins(tables: Tables, a: str, b: str, share: float = 0.95) -> Tables:
    """The tables with `share` of the smaller of two audiences shared by both.

    Sizes stay. `b` takes the audience profile of `a`; overlaps state the pair; where follower ids are known, `share`
    of the shorter list is made the same people.
    """
    sizes = {one: tables.creators["followers"].filter(_row(tables, one))[0].as_py() for one in (a, b)}
    profile = tables.audiences.filter(pc.equal(tables.audiences["creator_id"], a))
    copied = profile.set_column(0, AUDIENCES.arrow.field(0), pa.array([b] * profile.num_rows, pa.string()))
    others = tables.audiences.filter(pc.not_equal(tables.audiences["creator_id"], b))
    pair = pc.and_(pc.is_in(tables.overlaps["a"], pa.array([a, b])), pc.is_in(tables.overlaps["b"], pa.array([a, b])))
    stated = pa.table([[a], [b], [round(share * min(sizes.values()))]], schema=OVERLAPS.arrow)
    return replace(
        tables,
        audiences=pa.concat_tables([others, copied]) if profile.num_rows else tables.audiences,
        overlaps=pa.concat_tables([tables.overlaps.filter(pc.invert(pair)), stated]),
        followers=_twin_ids(tables.followers, a, b, share),
    )


def _row(tables: Tables, creator_id: str) -> pa.ChunkedArray:
    row = pc.equal(tables.creators["creator_id"], creator_id)
    if not pc.any(row).as_py():
        known = tables.creators["creator_id"].to_pylist()
        raise NotFound(f"There is no creator `{creator_id}` in these tables.", did_you_mean(creator_id, known))
    return row


def _change(table: pa.Table, name: str, rows: pa.ChunkedArray, new: Callable[[pa.ChunkedArray], object]) -> pa.Table:
    """The table with one column changed in some rows."""
    at = table.schema.get_field_index(name)
    return table.set_column(at, table.schema.field(at), pc.if_else(rows, new(table[name]), table[name]))


def _spread(table: pa.Table, count: int) -> pa.Table:
    """`count` rows, evenly spread over the table: its order may mean something."""
    return table.take(pa.array(np.linspace(0, table.num_rows - 1, count).round().astype(np.int64)))


def _part(followers: pa.Table, creator_id: str, share: float) -> pa.Table:
    own = followers.filter(pc.equal(followers["creator_id"], creator_id))
    others = followers.filter(pc.not_equal(followers["creator_id"], creator_id))
    return pa.concat_tables([others, _spread(own, round(share * own.num_rows))])


def _twin_ids(followers: pa.Table, a: str, b: str, share: float) -> pa.Table:
    """`b` keeps its number of people, but `share` of the shorter list are people of `a`; more if more already were."""
    one, two = (followers.filter(pc.equal(followers["creator_id"], creator_id)) for creator_id in (a, b))
    if not one.num_rows or not two.num_rows:
        return followers
    known = pc.is_in(two["person"], one["person"].combine_chunks())
    common = max(round(share * min(one.num_rows, two.num_rows)), pc.sum(known).as_py())
    strangers = _spread(two.filter(pc.invert(known)), two.num_rows - common)["person"]
    people = pa.chunked_array([*_spread(one, common)["person"].chunks, *strangers.chunks], pa.string())
    others = followers.filter(pc.not_equal(followers["creator_id"], b))
    return pa.concat_tables([others, pa.table([pa.array([b] * len(people), pa.string()), people], FOLLOWERS.arrow)])
