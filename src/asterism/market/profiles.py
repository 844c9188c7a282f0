"""What users know of creators and their audiences: the creators table and audience profiles."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.tables import AUDIENCES, CREATORS
from asterism.market.niches import Niche
from asterism.market.options import MarketOptions
from asterism.market.posts import TODAY
from asterism.market.truth import Truth

PROFILED: Final = ("country", "age", "gender", "interest")
PROFILE_SAMPLE: Final = 400
"""A profile is as noisy as if a vendor had classified so many followers."""


def creators_table(rng: np.random.Generator, truth: Truth, posts: pa.Table, options: MarketOptions) -> pa.Table:
    """The creators as the platforms show them, in the schema `CREATORS`; averages come from their posts."""
    roster, followers = truth.roster, truth.followers
    home = [truth.people.places[place] for place in roster.place]
    niches = [options.niches[at] for at in roster.niche]
    columns = {
        "creator_id": roster.ids,
        "handle": roster.handles,
        "name": [_name(handle) for handle in roster.handles],
        "platform": roster.platforms,
        "followers": followers,
        "following": rng.lognormal(6.3, 0.7, roster.size).astype(np.int64),
        "posts": rng.lognormal(6.0, 0.8, roster.size).astype(np.int64) + 10,
        "niche": [niche.name for niche in niches],
        "country": [place.country for place in home],
        "region": [None] * roster.size,
        "city": [place.city or None for place in home],
        "language": [place.language for place in home],
        "bio": [_bio(niche, place.city, i) for i, (niche, place) in enumerate(zip(niches, home, strict=True))],
        "verified": rng.random(roster.size) < np.clip((np.log10(followers) - 4) / 2.2, 0.01, 0.97),
        **_averages(truth, posts),
        "as_of": np.full(roster.size, TODAY),
    }
    arrays = [
        pa.array(columns[f.name], from_pandas=True).cast(f.type) if f.name in columns else pa.nulls(roster.size, f.type)
        for f in CREATORS.fields
    ]
    return pa.table(arrays, CREATORS.arrow)


def _name(handle: str) -> str:
    return " ".join(word.capitalize() for word in handle.replace("_", ".").split("."))


def _bio(niche: Niche, city: str, at: int) -> str:
    words = niche.words
    first, second = words[at % len(words)], words[(at // len(words) + 1 + at) % len(words)]
    topics = f"{first.capitalize()} and {second}" if first != second else first.capitalize()
    return f"{topics}{f', from {city}' if city else ''}. {niche.name.capitalize()} every week."


def _averages(truth: Truth, posts: pa.Table) -> dict[str, NDArray[np.float64] | list[str]]:
    """Mean figures per creator over posts that show them; NaN where none does.

    The engagement rate is the trade's: median per follower on Instagram, mean per mean view elsewhere (Modash).
    """
    row = np.array([int(c) for c in pc.index_in(posts["creator_id"], pa.array(truth.roster.ids)).to_pylist()])
    figures = {name: posts[name].to_numpy().astype(float) for name in ("views", "likes", "comments", "shares", "saves")}
    means = {f"avg_{name}": _mean_by(row, values, truth.roster.size) for name, values in figures.items()}
    acted = np.nansum([means["avg_likes"], means["avg_comments"], means["avg_shares"], means.pop("avg_saves")], axis=0)
    acted[np.isnan(means["avg_likes"])] = np.nan
    typical = _median_acted(row, figures, truth.roster.size)
    by_views = np.array([platform != "instagram" for platform in truth.roster.platforms])
    return {
        **means,
        "avg_engagements": acted,
        "engagement_rate": np.where(by_views, acted / means["avg_views"], typical / truth.followers),
        "engagement_denominator": ["views" if viewed else "followers" for viewed in by_views],
    }


def _mean_by(row: NDArray[np.int64], values: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    known = ~np.isnan(values)
    count = np.bincount(row[known], minlength=n)
    total = np.bincount(row[known], values[known], minlength=n)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _median_acted(row: NDArray[np.int64], figures: Mapping[str, NDArray[np.float64]], n: int) -> NDArray[np.float64]:
    acted = np.nansum([figures["likes"], figures["comments"], figures["shares"], figures["saves"]], axis=0)
    liked = ~np.isnan(figures["likes"])
    order = np.lexsort((acted[liked], row[liked]))
    sorted_acts, start = acted[liked][order], np.searchsorted(row[liked][order], np.arange(n + 1))
    count = np.diff(start)
    low, high = start[:-1] + (count - 1) // 2, start[:-1] + count // 2
    padded = np.append(sorted_acts, np.nan)
    middle = (padded[np.minimum(low, sorted_acts.size)] + padded[np.minimum(high, sorted_acts.size)]) / 2
    return np.where(count > 0, middle, np.nan)


def audiences_table(rng: np.random.Generator, truth: Truth, known: NDArray[np.bool_]) -> pa.Table:
    """Audience profiles of the creators `known` (n_creators,), in the schema `AUDIENCES`.

    Shares per country, age, gender and strongest interest, each dimension summing to 1, and the home city's share;
    all with the noise of a sample of `PROFILE_SAMPLE` followers. The fake followers are not in it.
    """
    creators = np.flatnonzero(known)
    parts = [_dimension(rng, truth, dimension, creators) for dimension in PROFILED]
    return pa.concat_tables([*parts, _home_cities(rng, truth, creators)])


def _dimension(rng: np.random.Generator, truth: Truth, dimension: str, creators: NDArray[np.int64]) -> pa.Table:
    buckets, codes = truth.people.buckets(dimension), truth.people.codes(dimension)
    counts = np.array([np.bincount(codes[truth.follows.of(c)], minlength=len(buckets)) for c in creators.tolist()])
    counts = counts.reshape(creators.size, len(buckets))
    seen = rng.multinomial(PROFILE_SAMPLE, counts / counts.sum(axis=1, keepdims=True)) / PROFILE_SAMPLE
    row, bucket = np.nonzero(seen)
    return _rows(truth, creators[row], [dimension] * row.size, [buckets[b] for b in bucket], seen[row, bucket])


def _home_cities(rng: np.random.Generator, truth: Truth, creators: NDArray[np.int64]) -> pa.Table:
    codes, buckets = truth.people.codes("city"), truth.people.buckets("city")
    settled = [c for c in creators.tolist() if truth.people.places[truth.roster.place[c]].city]
    homes = [truth.people.places[truth.roster.place[c]].city for c in settled]
    shares = [(codes[truth.follows.of(c)] == buckets.index(h)).mean() for c, h in zip(settled, homes, strict=True)]
    seen = rng.binomial(PROFILE_SAMPLE, np.array(shares, dtype=float)) / PROFILE_SAMPLE
    return _rows(truth, np.array(settled, dtype=np.int64), ["city"] * len(settled), homes, seen)


def _rows(
    truth: Truth, creators: NDArray[np.int64], dimensions: list[str], buckets: list[str], shares: NDArray[np.float64]
) -> pa.Table:
    ids = [truth.roster.ids[c] for c in creators.tolist()]
    return pa.table([ids, dimensions, buckets, shares], schema=AUDIENCES.arrow)
