"""Forecasts as they are kept: what was said, of whom, when, on what evidence; the scorecard reads them later."""

from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from asterism.measurement.scorecard import FORECASTS
from asterism.planning.plan import Plan
from asterism.quantities import LEVEL, Interval

_NAMES = {"engagement": "engagements", "views": "views", "reach": "reach"}


def kept_posts(forecast: pa.Table, creators: pa.Table, made_at: datetime) -> pa.Table:
    """The rows of `FORECASTS` of a forecast of next posts (`next_post.FORECAST`), where a range was given.

    `creators` has creator_id, platform and followers; what a creator has now decides its tier for ever.
    """
    keys = ["creator_id", "platform"]
    sizes = creators.select([*keys, "followers"]).group_by(keys).aggregate([("followers", "max")])
    sized = forecast.join(sizes.rename_columns([*keys, "followers"]), keys)
    return pa.concat_tables([_long(sized, column, made_at) for column in _NAMES])


def _long(sized: pa.Table, column: str, made_at: datetime) -> pa.Table:
    rows = sized.filter(pc.is_valid(sized[f"{column}_mean"]))
    given = {
        **{name: rows[name] for name in ("creator_id", "platform", "format", "followers")},
        **{end: rows[f"{column}_{end}"] for end in ("mean", "low", "high")},
        "made_at": made_at,
        "what": _NAMES[column],
        "level": LEVEL,
        "source": "next post",
    }
    return pa.table([_column(given.get(f.name), f.type, rows.num_rows) for f in FORECASTS.fields], FORECASTS.arrow)


def kept_plan(plan: Plan, made_at: datetime) -> pa.Table:
    """The rows of `FORECASTS` of a plan: reach, engagements and conversions of the campaign, and each pick's price."""
    about = {"made_at": made_at, "campaign": plan.name, "level": LEVEL, "rung": plan.rung, "source": "plan"}
    said = plan.forecast
    whole = (("reach", said.reach), ("engagements", said.engagements), ("conversions", said.conversions))
    rows = [about | {"what": what} | _ends(interval) for what, interval in whole]
    rows += [
        about
        | {"what": "price", "creator_id": p.creator_id, "platform": p.platform, "followers": p.followers}
        | _ends(p.price.interval)
        for p in plan.picks
    ]
    return pa.Table.from_pylist([{f.name: row.get(f.name) for f in FORECASTS.fields} for row in rows], FORECASTS.arrow)


def _ends(interval: Interval) -> dict[str, float]:
    return {"mean": interval.mean, "low": interval.low, "high": interval.high}


def _column(value: object, kind: pa.DataType, n: int) -> pa.Array | pa.ChunkedArray:
    if isinstance(value, pa.ChunkedArray):
        return value.cast(kind)
    return pa.nulls(n, kind) if value is None else pa.repeat(pa.scalar(value, kind), n)
