"""The index: one row per creator with what people filter and sort by."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.schema import TIME
from asterism.creators.tiers import TierScheme
from asterism.signals.table import Signals

Floats = NDArray[np.float64]

INDEX: Final = pa.schema(
    [
        ("creator_id", pa.string()),
        ("handle", pa.string()),
        ("name", pa.string()),
        ("platform", pa.string()),
        ("tier", pa.string()),
        ("followers", pa.float64()),
        ("niche", pa.string()),
        ("country", pa.string()),
        ("language", pa.string()),
        ("format", pa.string()),  # the format that the rate and the fee speak of: the one with most own posts
        ("posts", pa.int64()),  # own posts behind the engagement rate, 0 = from peers
        ("engagement", pa.float64()),  # engagements of a usual post per denominator
        ("engagement_low", pa.float64()),
        ("engagement_high", pa.float64()),
        ("engagement_of", pa.string()),
        ("real", pa.float64()),  # share of real followers
        ("real_low", pa.float64()),
        ("real_high", pa.float64()),
        ("connection", pa.float64()),  # null unless asked for
        ("connection_low", pa.float64()),
        ("fee", pa.float64()),  # expected fee of one post, US dollars
        ("fee_low", pa.float64()),
        ("fee_high", pa.float64()),
        ("fee_source", pa.string()),
        ("on_target", pa.float64()),  # share of the audience in the brief's target
        ("match", pa.float64()),  # how far the creator's words fit the niche asked for, 0–1; null unless asked for
        ("similar", pa.float64()),  # likeness to the creator asked about, 0–1; null unless asked for
        ("as_of", TIME),
    ]
)
"""Columns of the index; rows are the creators of `Signals`, in their order."""

ADDED: Final = ("connection", "connection_low", "match", "similar")
"""Columns that cost time, and are filled only where somebody asks for them."""


def index_of(signals: Signals, scheme: TierScheme) -> pa.Table:
    """The index of all creators of some signals, the columns of `ADDED` still null."""
    creators, n = signals.creators, signals.creators.num_rows
    formats = signals.formats.take(main_formats(signals))
    followers = np.asarray(pc.fill_null(creators["followers"], np.nan).to_numpy(), dtype=float)
    columns: dict[str, object] = {name: creators[name] for name in INDEX.names if name in creators.schema.names}
    columns |= {"tier": pa.array(scheme.of(followers).astype(object), pa.string())}
    columns |= {name: pa.nulls(n, pa.float64()) for name in ADDED}
    columns |= {f"real{end}": creators[f"authentic{end}"] for end in ("", "_low", "_high")}
    columns |= {f"engagement{end}": formats[f"engagement_rate{end}"] for end in ("", "_low", "_high")}
    columns |= {"engagement_of": formats["engagement_denominator"], "posts": formats["posts"]}
    columns |= {"format": formats["format"], "fee": formats["fee"], "fee_source": formats["fee_source"]}
    columns |= _fee_range(formats)
    return pa.table([columns[f.name] for f in INDEX], names=INDEX.names).cast(INDEX)


def with_column(index: pa.Table, name: str, values: Floats) -> pa.Table:
    """The index with one of its `ADDED` columns filled, NaN as null."""
    at = index.schema.get_field_index(name)
    return index.set_column(at, index.schema.field(at), pa.array(values, pa.float64(), from_pandas=True))


def main_formats(signals: Signals) -> pa.Array:
    """The row of `Signals.formats` that speaks for each creator: most own posts, then the first, (n_creators,)."""
    creator, posts = signals.formats["creator"].to_numpy(), signals.formats["posts"].to_numpy()
    order = np.lexsort((np.arange(creator.size), -posts, creator))
    first = np.unique(creator[order], return_index=True)[1]
    return pa.array(order[first])


def _fee_range(formats: pa.Table) -> dict[str, Floats]:
    """The 80% range of the expected fee: its mean is exp(σ²/2) above the median."""
    from asterism.priors.curves import LogNormal

    spread = formats["fee_log_sd"].to_numpy()
    belief = LogNormal(formats["fee"].to_numpy() * np.exp(-0.5 * spread**2), spread)
    return {"fee_low": belief.low, "fee_high": belief.high}
