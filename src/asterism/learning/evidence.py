"""Evidence: what came of campaigns, prices and posts, each row joined with who made it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.schema import NUMBER, TEXT, Field, Schema
from asterism.creators.tables import FX, OUTCOMES, POSTS, RATES
from asterism.errors import BadInput
from asterism.quantities import Exchange
from asterism.signals.pricing.price import days, in_dollars, parse_package

Floats = NDArray[np.float64]

PHASES: Final = Schema(
    "phases",
    (
        Field("creator_id", TEXT, "id", "the creator"),
        Field("campaign", TEXT, "name", "the campaign"),
        Field("primed", NUMBER, "share", "part of the people reached whom an earlier phase had reached", low=0, high=1),
    ),
    key=("creator_id", "campaign"),
    needs=(("creator_id",), ("campaign",), ("primed",)),
)
"""Who of a campaign followed after an opening; collaborations that are not named met nobody a second time."""
FAKES: Final = Schema(
    "fakes",
    (
        Field("creator_id", TEXT, "id", "the creator"),
        Field("share", NUMBER, "share", "part of the followers held to be fake", low=0, high=1),
    ),
    key=("creator_id",),
    needs=(("creator_id",), ("share",)),
)
"""Fake shares as an audit or a vendor found them."""
DAY: Final = 86_400.0
NEAR_DAYS: Final = 120.0
"""Days between a fee paid and the end of the campaign within which they may be of the same work."""

LEAST_FEE: Final = 0.5
"""Part of a collaboration's full cost that its fee is at least, where it is not known to be all of it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The tables learning reads; those not given are empty. Columns as in their schemas.

    `currency` is that of amounts without one.
    """

    creators: pa.Table
    outcomes: pa.Table = field(default_factory=OUTCOMES.empty)
    rates: pa.Table = field(default_factory=RATES.empty)
    posts: pa.Table = field(default_factory=POSTS.empty)
    fx: pa.Table = field(default_factory=FX.empty)
    phases: pa.Table = field(default_factory=PHASES.empty)
    fakes: pa.Table = field(default_factory=FAKES.empty)
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class Who:
    """A creator as results are read: where, how large, about what."""

    creator_id: str
    platform: str
    followers: float
    niche: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One collaboration and what came of it; None is not known.

    `format` and `posts` say what was bought, where one format was; `primed` is the part of its people whom an earlier
    phase had reached; `cost` is in US dollars.
    """

    who: Who
    campaign: str
    at: datetime | None = None
    format: str | None = None
    posts: int | None = None
    cost: float | None = None
    reach: float | None = None
    engagements: float | None = None
    clicks: float | None = None
    orders: float | None = None
    revenue: float | None = None
    primed: float = 0.0


@dataclass(frozen=True, slots=True)
class Priced:
    """One price: of whom, for what, in US dollars, asked or paid."""

    who: Who
    package: tuple[tuple[str, int], ...]
    dollars: float
    paid: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Posted:
    """Log ratios of one creator's posts in one format, paid or not: how many, their mean, squared distances."""

    who: Who
    format: str
    sponsored: bool
    n: int
    mean: float
    squares: float
    at: datetime | None


def known(creators: pa.Table) -> dict[str, Who]:
    """Every creator of whom platform and followers are known, by id; the largest account of an id speaks for it."""
    found: dict[str, Who] = {}
    for row in creators.select(["creator_id", "platform", "followers", "niche"]).to_pylist():
        size = float(row["followers"] or 0)
        before = found.get(row["creator_id"])
        if size > 0 and (before is None or size > before.followers):
            platform = row["platform"] or "instagram"
            found[row["creator_id"]] = Who(row["creator_id"], platform, size, (row["niche"] or "").lower())
    return found


def works(evidence: Evidence) -> list[Work]:
    """Every collaboration of a known creator, with its package where a fee paid tells it."""
    people, primed = known(evidence.creators), _primed(evidence.phases)
    rows = [row for row in evidence.outcomes.to_pylist() if row["creator_id"] in people]
    packages = _paid_packages(evidence.rates)
    factor = _dollars_per_unit(evidence)
    return [_work(people[row["creator_id"]], row, packages, factor, primed) for row in rows]


def left_out(evidence: Evidence) -> tuple[str, ...]:
    """What of the tables nothing is learnt from, counted: rows of creators of unknown size, packages nobody can read.

    Rows of creators who are in no table of creators are told of where tables are read.
    """
    told = set(evidence.creators["creator_id"].to_pylist()) - set(known(evidence.creators))
    said = []
    for name in ("outcomes", "rates", "posts"):
        whose = getattr(evidence, name)["creator_id"].to_pylist()
        n = sum(who in told for who in whose)
        said += [f"{n:,} of {len(whose):,} {name} are of creators whose followers nobody knows."] * (n > 0)
    packages = evidence.rates["package"].to_pylist()
    n = sum(not _parsed(package or "") for package in packages)
    return (*said, *[f"{n:,} of {len(packages):,} rates name no package that can be read."] * (n > 0))


def _work(
    who: Who, row: Mapping[str, Any], packages: Mapping[str, list[dict[str, Any]]], factor: Mapping[str, float],
    primed: Mapping[tuple[str, str], float],
) -> Work:  # fmt: skip
    bought = _package_of(row, packages.get(who.creator_id, []))
    unit = factor.get((row["currency"] or "").upper(), 1.0)
    cost, revenue = (None if row[name] is None else row[name] * unit for name in ("cost", "revenue"))
    counts = {name: row[name] for name in ("reach", "engagements", "clicks", "orders")}
    return Work(
        who, row["campaign"], row["date"], *bought, cost, **counts, revenue=revenue,
        primed=primed.get((who.creator_id, row["campaign"]), 0.0),
    )  # fmt: skip


def _primed(phases: pa.Table) -> dict[tuple[str, str], float]:
    return {(r["creator_id"], r["campaign"]): float(r["primed"]) for r in phases.to_pylist() if r["primed"] is not None}


def _paid_packages(rates: pa.Table) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rates.to_pylist():
        if row["kind"] == "paid" and row["package"]:
            found.setdefault(row["creator_id"], []).append(row)
    return found


def _package_of(outcome: Mapping[str, Any], paid: Iterable[Mapping[str, Any]]) -> tuple[str | None, int | None]:
    """What was bought for an outcome: the package for which its cost was paid, the nearest in time of several.

    A cost may hold product, shipping and hours: where no fee is the cost itself, the only one near that can be the
    greater part of it is taken.
    """
    near = [row for row in paid if row["price"] and _apart(row, outcome) <= NEAR_DAYS]
    cost = outcome["cost"] or 0.0
    same = [row for row in near if row["price"] == cost]
    within = [row for row in near if LEAST_FEE * cost <= row["price"] < cost]
    chosen = same or (within if len(within) == 1 else [])
    if not chosen:
        return None, None
    package = _parsed(min(chosen, key=lambda row: _apart(row, outcome))["package"])
    return package[0] if len(package) == 1 else (None, None)


def _apart(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    if a["date"] is None or b["date"] is None:
        return NEAR_DAYS
    return float(abs((a["date"] - b["date"]).total_seconds()) / DAY)


def _parsed(text: str) -> tuple[tuple[str, int], ...]:
    try:
        return parse_package(text)
    except BadInput:
        return ()


def _dollars_per_unit(evidence: Evidence) -> dict[str, float]:
    """US dollars per unit of each currency in the outcomes, by the newest rate."""
    units = sorted({(c or evidence.currency).upper() for c in evidence.outcomes["currency"].to_pylist()})
    one = [{"creator_id": "", "price": 1.0, "currency": unit} for unit in units]
    dollars = in_dollars(pa.Table.from_pylist(one, RATES.arrow), evidence.fx, Exchange({}), evidence.currency)
    found = dict(zip(units, dollars.tolist(), strict=True))
    return {"": found.get(evidence.currency, 1.0), **found}


def prices(evidence: Evidence) -> list[Priced]:
    """Every price above zero of a known creator whose package can be read."""
    people = known(evidence.creators)
    dollars = in_dollars(evidence.rates, evidence.fx, Exchange({}), evidence.currency)
    found = []
    for row, fee in zip(evidence.rates.to_pylist(), dollars.tolist(), strict=True):
        package = _parsed(row["package"] or "")
        if row["creator_id"] in people and package and fee > 0:
            found.append(Priced(people[row["creator_id"]], package, fee, row["kind"] == "paid", row["date"]))
    return found


def engaging(evidence: Evidence, views_first: Iterable[str]) -> list[Posted]:
    """Log of engagements per follower, or per view on the platforms named, of each creator's posts."""
    posts = evidence.posts
    counts = np.nansum([posts[c].to_numpy().astype(float) for c in ("likes", "comments", "shares")], axis=0)
    counts[posts["likes"].is_null().to_numpy()] = np.nan
    views = posts["views"].to_numpy().astype(float)
    people, where = known(evidence.creators), set(views_first)
    whose = posts["creator_id"].to_pylist()
    by_views = np.array([c in people and people[c].platform in where for c in whose], dtype=bool)
    return _posted(evidence, counts, np.where(by_views, views, np.nan), ~by_views)


def seen(evidence: Evidence, count: str) -> list[Posted]:
    """Log of `reach` or `views` per follower of each creator's posts."""
    posts = evidence.posts
    return _posted(evidence, posts[count].to_numpy().astype(float), np.full(posts.num_rows, np.nan),
                   np.ones(posts.num_rows, dtype=bool))  # fmt: skip


def _posted(evidence: Evidence, counts: Floats, over: Floats, by_followers: NDArray[np.bool_]) -> list[Posted]:
    people, groups = known(evidence.creators), dict[tuple[str, str, bool], list[int]]()
    posts = evidence.posts
    whose, kinds = posts["creator_id"].to_pylist(), posts["format"].to_pylist()
    paid = pc.fill_null(posts["sponsored"], False).to_pylist()
    size = np.array([people[c].followers if c in people else np.nan for c in whose], dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(counts / np.where(by_followers, size, over))
    for i in np.flatnonzero(np.isfinite(ratio) & np.isfinite(size)).tolist():
        groups.setdefault((whose[i], kinds[i] or "post", bool(paid[i])), []).append(i)
    when = days(posts["posted_at"])
    return [_one(people[who], kind, flag, ratio[at], when[at]) for (who, kind, flag), at in groups.items()]


def _one(who: Who, kind: str, sponsored: bool, ratios: Floats, when: NDArray[np.datetime64]) -> Posted:
    mean, dated = float(ratios.mean()), when[~np.isnat(when)]
    newest = dated.max().astype(object) if dated.size else None
    return Posted(who, kind, sponsored, ratios.size, mean, float(((ratios - mean) ** 2).sum()), newest)
