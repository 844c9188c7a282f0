"""From signals to offers: which packages each creator could be bought in, what they cost and what they do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from asterism.brief import AddOns, Brief
from asterism.creators.tiers import UNTIERED
from asterism.errors import Infeasible
from asterism.planning.flights import most_posts
from asterism.planning.offers import Offers, seen_at_least_once
from asterism.priors import Priors
from asterism.signals.pricing.add_ons import read_package, together
from asterism.signals.pricing.price import package_name
from asterism.signals.table import Signals

Parts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """Signals as arrays, one slot per creator × format, ready to be combined into packages.

    `slot[creator, format]` is the row of `Signals.formats`, −1 where the creator does not offer the format.
    """

    formats: tuple[str, ...]
    slot: NDArray[np.int64]
    column: dict[str, NDArray[np.float64]]
    source: NDArray[np.str_]

    @classmethod
    def of(cls, signals: Signals) -> "Menu":
        """The menu of all creators; formats in the order of their first appearance."""
        names = signals.formats["format"].to_pylist()
        formats = tuple(dict.fromkeys(names))
        slot = np.full((signals.creators.num_rows, len(formats)), -1, dtype=np.int64)
        position = {name: i for i, name in enumerate(formats)}
        creator = signals.formats["creator"].to_numpy()
        slot[creator, [position[name] for name in names]] = np.arange(len(names))
        numbers = ("reach", "engagement", "click", "convert", "fee", "fee_log_sd")
        column = {name: signals.formats[name].to_numpy().astype(float) for name in numbers}
        return cls(formats, slot, column, np.array(signals.formats["fee_source"].to_pylist(), dtype=str))

    def having(self, parts: Parts) -> NDArray[np.int64]:
        """Rows of the creators that offer every format of the package."""
        wanted = [self.formats.index(name) for name, _ in parts]
        return np.flatnonzero((self.slot[:, wanted] >= 0).all(axis=1))

    def total(self, name: str, parts: Parts, creators: NDArray[np.int64]) -> NDArray[np.float64]:
        """Σ count × value over the package's formats, per creator."""
        each = [n * self.column[name][self.slot[creators, self.formats.index(f)]] for f, n in parts]
        return np.asarray(np.sum(each, axis=0))


def packages_of(formats: Sequence[str], most_posts: int) -> list[Parts]:
    """Every package of one or two formats with at most `most_posts` posts in all.

    >>> [package_name(p) for p in packages_of(["reel", "story"], 2)]
    ['1 reel', '2 reel', '1 story', '2 story', '1 reel + 1 story']
    """
    single = [((f, n),) for f in formats for n in range(1, most_posts + 1)]
    pairs = [
        ((a, n), (b, m))
        for a, b in combinations(formats, 2)
        for n in range(1, most_posts)
        for m in range(1, most_posts - n + 1)
    ]
    return [*single, *pairs]


def repeated(brief: Brief, priors: Priors, posts: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much better a package of several posts over months converts than one post.

    Grows from 1 at four weeks to the prior's factor at sixteen, and with the posts after the first: 1 + (f − 1) · t ·
    (1 − 1/n). An assumption, stated in the priors.
    """
    months = np.clip((brief.weeks - 4) / 12, 0.0, 1.0)
    return np.asarray(1.0 + (priors.entry("repeated_endorsement").value - 1.0) * months * (1.0 - 1.0 / posts))


def make_offers(signals: Signals, brief: Brief, priors: Priors) -> Offers:
    """Every package each sized creator could be bought in, sorted by creator.

    Raises
    ------
    Infeasible
        No creator can be sized and priced.
    """
    menu = Menu.of(signals)
    sized = np.isfinite(signals.creators["audience"].to_numpy().astype(float))
    having = [(parts, menu.having(parts)) for parts in packages_of(menu.formats, most_posts(brief))]
    rows = [_rows(menu, parts, creators[sized[creators]], brief, priors) for parts, creators in having]
    if not sum(r.creator.size for r in rows):
        raise Infeasible("No creator can be planned with.", "Add followers, or views on views-first platforms.")
    return _offers(_priced(_joined(rows), signals, brief, priors), signals, brief)


@dataclass(frozen=True, slots=True)
class _Rows:
    creator: NDArray[np.int64]
    package: NDArray[np.str_]
    posts: NDArray[np.float64]
    fee: NDArray[np.float64]
    fee_log_sd: NDArray[np.float64]
    source: NDArray[np.str_]
    exposures: NDArray[np.float64]
    act: NDArray[np.float64]
    buy: NDArray[np.float64]


def _joined(rows: Sequence[_Rows]) -> _Rows:
    whole = _Rows(*(np.concatenate([getattr(r, name) for r in rows]) for name in _Rows.__slots__))
    return _Rows(*(getattr(whole, name)[np.lexsort((whole.posts, whole.creator))] for name in _Rows.__slots__))


def _rows(menu: Menu, parts: Parts, creators: NDArray[np.int64], brief: Brief, priors: Priors) -> _Rows:
    count = float(sum(n for _, n in parts))
    posts = np.full(creators.size, count)
    exposures = np.minimum(menu.total("reach", parts, creators), posts)
    reach = seen_at_least_once(posts, exposures)
    act = seen_at_least_once(posts, np.minimum(menu.total("engagement", parts, creators), exposures))
    click = menu.total("click", parts, creators) / count
    convert = menu.total("convert", parts, creators) / count
    first = menu.slot[creators, menu.formats.index(parts[0][0])]
    return _Rows(
        creators,
        np.full(creators.size, package_name(parts)),
        posts,
        menu.total("fee", parts, creators),
        menu.column["fee_log_sd"][first],
        menu.source[first],
        exposures,
        np.minimum(act, reach),
        np.minimum(reach * click * convert * repeated(brief, priors, posts), reach),
    )


def _offers(rows: _Rows, signals: Signals, brief: Brief) -> Offers:
    factor = brief.exchange.factor("USD", brief.budget.currency)
    fee = np.rint(rows.fee * factor * 100).astype(np.int64)
    followers = signals.creators["followers"].to_numpy().astype(float)[rows.creator]
    tiers = (*brief.tiers.names, UNTIERED)
    names = signals.creators["platform"].to_pylist()
    platforms = tuple(dict.fromkeys(names))
    at = np.array([platforms.index(name) for name in names], dtype=np.int16)
    tier_at = np.array([tiers.index(t) for t in brief.tiers.names] + [len(tiers) - 1], dtype=np.int16)
    return Offers(
        creator=rows.creator.astype(np.int32),
        package=tuple(rows.package.tolist()),
        posts=rows.posts.astype(np.int16),
        cost=np.maximum(fee + handling_cents(brief), 1),
        fee=fee,
        fee_log_sd=rows.fee_log_sd,
        fee_source=tuple(rows.source.tolist()),
        reach=seen_at_least_once(rows.posts, rows.exposures),
        act=rows.act,
        buy=rows.buy,
        exposures=rows.exposures,
        tier=tier_at[_tier_of(followers, brief)],
        platform=at[rows.creator],
        tiers=tiers,
        platforms=platforms,
    )


def _tier_of(followers: NDArray[np.float64], brief: Brief) -> NDArray[np.int64]:
    known = np.nan_to_num(followers, nan=-1.0)
    return np.asarray(np.searchsorted(brief.tiers.bounds, known, side="right") - 1)


def handling_cents(brief: Brief) -> int:
    """What one collaboration costs besides the fee, in cents of the brief's currency."""
    handling = brief.economics.handling_per_creator
    return round(handling.cents * brief.exchange.factor(handling.currency, brief.budget.currency))


def _priced(rows: _Rows, signals: Signals, brief: Brief, priors: Priors) -> _Rows:
    """The rows with the brief's add-ons in every fee, and known prices in place of expected ones.

    A price that already buys just these add-ons stands as it is; one of the posts alone is raised like an expected fee.
    """
    known, factor = _known(signals, brief), together(brief.add_ons, priors)
    fee, sd, source = rows.fee.copy(), rows.fee_log_sd.copy(), rows.source.astype(object)
    raised = np.ones(fee.size, dtype=bool)
    for i, key in enumerate(zip(rows.creator.tolist(), rows.package.tolist(), strict=True) if known else ()):
        if key in known:
            fee[i], sd[i], source[i], raised[i] = known[key].fee, 0.0, known[key].source, known[key].plain
    return replace(
        rows,
        fee=np.where(raised, fee * factor.mean, fee),
        fee_log_sd=np.where(raised, np.hypot(sd, factor.log_sd), sd),
        source=source.astype(str),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    fee: float
    source: str
    plain: bool


def _known(signals: Signals, brief: Brief) -> dict[tuple[int, str], _Known]:
    """Prices of exact packages, with the brief's add-ons where such a price is known, else without any."""
    found: dict[tuple[int, str], _Known] = {}
    for row in signals.quotes.to_pylist():
        package = read_package(row["package"])
        key, nothing = (row["creator"], package_name(package.parts)), package.add_ons == AddOns()
        if package.add_ons == brief.add_ons or (nothing and key not in found):
            found[key] = _Known(row["fee"], row["source"], nothing)
    return found
