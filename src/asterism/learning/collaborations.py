"""Collaborations: what priors say of one before it starts, in the figures it will be judged by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.learning.columns import views_first
from asterism.learning.evidence import Who
from asterism.learning.measures import of_mean
from asterism.measurement.scorecard import FORECASTS
from asterism.planning.offers import seen_at_least_once
from asterism.priors import LogNormal, Priors
from asterism.quantities import LEVEL
from asterism.signals.buying import SHARED

Floats = NDArray[np.float64]

SUMS: Final = ("engagements", "clicks", "conversions", "price")
"""What of several collaborations adds up; people reached would count twice."""
DRAWS: Final = 2000
GOLDEN: Final = 0.6180339887498949
RUNG: Final = 4
"""The rung of evidence that priors stand on."""


@dataclass(frozen=True, slots=True)
class Booked:
    """A collaboration that is about to start: so many posts of one format; `price` is None where none is agreed."""

    who: Who
    campaign: str
    format: str
    posts: int
    primed: float = 0.0


@dataclass(frozen=True, slots=True)
class Expected:
    """Beliefs about one collaboration before its luck: people reached, rates of clicks and purchases, the fee."""

    reach: LogNormal
    engagements: LogNormal
    click: LogNormal
    convert: LogNormal
    price: LogNormal


def expect(priors: Priors, booked: Booked) -> Expected:
    """What the priors alone say of a collaboration; the price in US dollars."""
    who = booked.who
    bought = priors.convert(who.followers).times(priors.leaning("convert", who.platform, who.niche))
    if booked.primed:
        entry = priors.entry("priming")
        bought = bought.times(LogNormal(np.array(entry.value**booked.primed), np.array(entry.sd * booked.primed)))
    return Expected(
        _reach(priors, booked),
        _engagements(priors, booked),
        priors.leaning("click", who.platform, who.niche).times(priors.click(booked.format)),
        bought,
        _price(priors, booked),
    )


def drawn(priors: Priors, booked: Sequence[Booked], rng: np.random.Generator, n: int = DRAWS) -> dict[str, Floats]:
    """Draws of each figure of collaborations of one campaign, (n, n_booked) by name: clicks and orders are counts.

    All share a season, and a part of the luck of clicks and of purchases, as in the planner.
    """
    each = [expect(priors, one) for one in booked]
    season = np.exp(priors.platform_log_sd * rng.standard_normal((n, 1)))
    reach, engagements, price = (
        np.stack([_luck(getattr(one, name), rng, n) for one in each], axis=1)
        for name in ("reach", "engagements", "price")
    )
    reach, engagements = reach * season, engagements * season
    click, convert = (_sharing([getattr(one, name) for one in each], rng, n) for name in ("click", "convert"))
    clicks = rng.poisson(reach * np.minimum(click, 1.0)).astype(float)
    orders = rng.binomial(clicks.astype(np.int64), np.minimum(convert, 1.0)).astype(float)
    return {"reach": reach, "engagements": engagements, "clicks": clicks, "conversions": orders, "price": price}


def _luck(belief: LogNormal, rng: np.random.Generator, n: int) -> Floats:
    return np.asarray(belief.median * np.exp(belief.log_sd * rng.standard_normal(n)))


def _sharing(beliefs: Sequence[LogNormal], rng: np.random.Generator, n: int) -> Floats:
    common = rng.standard_normal(n)
    own = [np.sqrt(1.0 - SHARED) * rng.standard_normal(n) + np.sqrt(SHARED) * common for _ in beliefs]
    return np.stack([b.median * np.exp(b.log_sd * z) for b, z in zip(beliefs, own, strict=True)], axis=1)


def _reach(priors: Priors, booked: Booked) -> LogNormal:
    """People who see at least one of the posts; the luck of few posts widens it."""
    who, posts = booked.who, booked.posts
    if views_first(who.platform):
        part = float(priors.reach_rate(who.platform, "video", 1.0).mean)
        unique = priors.entry(_named(priors, "unique_views", who.platform)).value
        watched = priors.entry(_named(priors, "views_rate", who.platform)).at(who.followers).scaled(who.followers)
        once = float(seen_at_least_once(np.array(float(posts)), np.array(part * posts)))
        luck = np.sqrt(of_mean(priors.entry("post_log_sd.views").value, posts))
        return watched.scaled(unique * once / part).widened(luck)
    rate = priors.reach_rate(who.platform, booked.format, who.followers)
    seen = np.minimum(rate.median, 0.95) * posts
    share = seen_at_least_once(np.array(float(posts)), seen)
    # Saturation damps doubt as it damps the mean: d log share / d log exposures.
    damped = 1.0 - share * (1.0 - 1.0 / posts)
    luck = np.sqrt(rate.log_sd**2 + of_mean(priors.entry("post_log_sd.reach").value, posts))
    return LogNormal(np.asarray(share * who.followers), np.asarray(luck * damped))


def _engagements(priors: Priors, booked: Booked) -> LogNormal:
    who, posts = booked.who, booked.posts
    rate = priors.engagement_rate(who.platform, booked.format, who.followers).belief
    paid = priors.entry("sponsored_effect").at(1.0)
    luck = np.sqrt(of_mean(priors.entry("post_log_sd").value, posts))
    if not views_first(who.platform):
        return rate.times(paid).scaled(who.followers * posts).widened(luck)
    views = priors.entry(_named(priors, "views_rate", who.platform)).at(who.followers)
    scatter = np.sqrt(of_mean(priors.entry("post_log_sd.views").value, posts))
    return rate.times(paid).times(views).scaled(who.followers * posts).widened(luck).widened(scatter)


def _price(priors: Priors, booked: Booked) -> LogNormal:
    paid = priors.entry("paid_to_quote").at(1.0)
    scatter = priors.entry("fee_log_sd_of_quotes").value
    fee = priors.fee(booked.who.platform, booked.format, booked.who.followers)
    return fee.times(paid).scaled(booked.posts).widened(scatter)


def _named(priors: Priors, measure: str, platform: str) -> str:
    name = f"{measure}.{platform}"
    return name if name in priors.entries else f"{measure}.youtube"


def kept_collaborations(priors: Priors, booked: Iterable[Booked], made_at: datetime, seed: int = 0) -> pa.Table:
    """The rows of `FORECASTS` of campaigns about to start: each collaboration, and what of a campaign adds up."""
    campaigns: dict[str, list[Booked]] = {}
    for one in booked:
        campaigns.setdefault(one.campaign, []).append(one)
    rows: list[dict[str, object]] = []
    for name, together in campaigns.items():
        about = {"made_at": made_at, "campaign": name, "level": LEVEL, "rung": RUNG, "source": "priors"}
        for what, draws in drawn(priors, together, np.random.default_rng(seed)).items():
            rows += [about | _of(b) | {"what": what} | _ends(draws[:, i]) for i, b in enumerate(together)]
            rows += [about | {"what": what} | _ends(draws.sum(axis=1))] if what in SUMS and len(together) > 1 else []
    return pa.Table.from_pylist([{f.name: row.get(f.name) for f in FORECASTS.fields} for row in rows], FORECASTS.arrow)


def _of(booked: Booked) -> dict[str, object]:
    who = booked.who
    return {"creator_id": who.creator_id, "platform": who.platform, "format": booked.format, "followers": who.followers}


def _ends(draws: Floats) -> dict[str, float]:
    """Mean and range; each draw stands for all values that round to it, or few orders would always be inside."""
    spread = (np.argsort(np.argsort(draws, kind="stable"), kind="stable") * GOLDEN) % 1.0 - 0.5
    low, high = np.quantile(draws + spread, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return {"mean": float(draws.mean()), "low": max(float(low), 0.0), "high": max(float(high), 0.0)}
