"""Fees: what each creator will ask per post and format, why, and how dear a price is among comparable asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from asterism.creators.schema import FORMATS
from asterism.priors import LogNormal, Priors
from asterism.quantities import Interval
from asterism.signals.pricing.fee_market import Market, learn_market
from asterism.signals.pricing.price import Quotes
from asterism.signals.pricing.traits import Traits

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEWEST: Final = 10
"""Creators with known prices on a platform from which on the market speaks and not the prior alone."""
DEAR: Final = 0.9
"""The percentile above which a price is called dear."""
_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that moves a fee, and the factor by which it does."""

    name: str
    factor: float

    def __str__(self) -> str:
        return f"{self.name} {100 * (self.factor - 1):+.0f}%"


@dataclass(frozen=True, slots=True)
class FeeBreakdown:
    """The expected fee of one post of one creator, in US dollars, and how it came about.

    Parameters
    ----------
    fee
        The mean with its 80% range.
    median
        `usual` times the factors of all `effects`.
    usual
        The benchmarks' median at this size, platform and format.
    effects
        What moves it, as learned; "own prices" last.
    source
        "quote" or "paid" where this format has an own price, else "market", or "prior" where few prices are known.
    prices
        Known prices of this creator behind it.
    """

    fee: Interval
    median: float
    usual: float
    effects: tuple[Effect, ...]
    source: str
    prices: int

    def __str__(self) -> str:
        moved = ", ".join(str(e) for e in self.effects if abs(e.factor - 1) >= 0.005)
        return f"usually {self.usual:,.0f} USD{f'; {moved}' if moved else ''}"


@dataclass(frozen=True, slots=True)
class Fees:
    """The fee of one post per creator and format of `tables.FORMATS`.

    Parameters
    ----------
    belief
        What the creator will ask, (n, n_formats).
    source
        "quote", "paid" or "prior", (n, n_formats).
    comparable
        What creators like it ask, its own prices left aside, (n, n_formats).
    usual
        By the benchmarks, (n, n_formats).
    effects
        Log effect of each trait, (n,) each; `format` (n, n_formats); `own` prices (n,).
    prices
        Known prices per creator, (n,).
    learned
        Where the market speaks, not the prior alone, (n,).
    bundle, haggling
        Log change of the fee per post with e times as many posts; log of what is paid against what is asked.
    """

    belief: LogNormal
    source: NDArray[np.object_]
    comparable: LogNormal
    usual: LogNormal
    effects: dict[str, Floats]
    format: Floats
    own: Floats
    prices: Ints
    learned: NDArray[np.bool_]
    bundle: float
    haggling: float

    def breakdown(self, row: int, kind: str) -> FeeBreakdown:
        """The fee of one creator (row) and format, with its parts."""
        column = FORMATS.index(kind)
        moved = {**{n: e[row] for n, e in self.effects.items()}, "format": self.format[row, column]}
        effects = [Effect(name, float(np.exp(log))) for name, log in {**moved, "own prices": self.own[row]}.items()]
        mean, low, high = (float(getattr(self.belief, end)[row, column]) for end in ("mean", "low", "high"))
        source = str(self.source[row, column])
        return FeeBreakdown(
            Interval(mean, min(low, mean), max(high, mean)),
            float(self.belief.median[row, column]),
            float(self.usual.median[row, column]),
            tuple(effects),
            "market" if source == "prior" and self.learned[row] else source,
            int(self.prices[row]),
        )


def expected_fees(usual: LogNormal, spread: Floats, quotes: Quotes, traits: Traits, priors: Priors) -> Fees:
    """What each creator will ask per post: the benchmarks, the market the known prices show, and its own prices.

    log fee = log usual + Σ effects of traits + format + u, u the creator's own, one for all formats. Without prices it
    is the benchmark with its spread; formats without an own price keep the doubt of their ratio to the main one.

    Parameters
    ----------
    usual
        Usual fee per creator × format, (n, n_formats).
    spread
        Log-sd between creators of a size, the platform's main format, (n,).
    """
    market = learn_market(usual, spread, quotes, traits, priors)
    parts = [_some(market, rows) for rows in np.array_split(np.arange(spread.size), -(-spread.size // _ROWS) or 1)]
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    effects = {name: whole.pop(name) for name in dict.fromkeys(market.terms.columns.effect.tolist())}
    platforms, count = np.unique(traits.platform[market.sellers].astype(str), return_counts=True)
    return Fees(
        belief=LogNormal(usual.median * np.exp(whole["shift"]), whole["sd"]),
        source=_sources(quotes, usual.median.shape),
        comparable=LogNormal(usual.median * np.exp(whole["alike"]), whole["alike_sd"]),
        usual=usual,
        effects=effects,
        format=whole["format"],
        own=whole["own"],
        prices=np.bincount(quotes.creator, minlength=spread.size),
        learned=np.isin(traits.platform.astype(str), platforms[count >= FEWEST]),
        bundle=market.bundle,
        haggling=market.haggling,
    )


def _some(market: Market, rows: Ints) -> dict[str, Floats]:
    """Effects, shifts and deviations of some creators, by name."""
    terms, beta, k = market.terms, market.learned.mean, market.n_traits
    traits, ratio, width = terms.traits(rows), terms.ratio[rows], market.width[rows]
    lost = terms.unlisted(rows)
    pulled, own, sd = _own(market, rows, width)
    kinds = ratio * beta[k : k + len(FORMATS)]
    by_effect = {n: traits @ np.where(terms.columns.effect == n, beta[:k], 0.0) for n in set(terms.columns.effect)}
    base = np.column_stack([traits, np.zeros((rows.size, beta.size - k))])
    doubt = _doubt(base - pulled, ratio, market.learned.covariance, k)
    alike, alike_doubt = traits @ beta[:k], _doubt(base, ratio, market.learned.covariance, k)
    alike_kinds = kinds.copy()
    for fold in market.folds:
        mine = np.flatnonzero(np.isin(rows, market.sellers[fold.without]))
        mean, covariance = fold.learned.mean, fold.learned.covariance
        alike[mine] = traits[mine] @ mean[:k]
        alike_kinds[mine] = ratio[mine] * mean[k : k + len(FORMATS)]
        alike_doubt[mine] = _doubt(base[mine], ratio[mine], covariance, k)
    return {
        **by_effect, "format": kinds, "own": own,
        "shift": (traits @ beta[:k] + own)[:, None] + kinds, "sd": np.sqrt(doubt + (sd**2 + lost)[:, None]),
        "alike": alike[:, None] + alike_kinds, "alike_sd": np.sqrt(alike_doubt + (width**2 + lost)[:, None]),
    }  # fmt: skip


def _own(market: Market, rows: Ints, width: Floats) -> tuple[Floats, Floats, Floats]:
    """What a creator's own prices take from β's doubt, (n_rows, p), and its own effect with its deviation."""
    mine, beta = market.learned.sellers, market.learned.mean
    pulled, own, sd = np.zeros((rows.size, beta.size)), np.zeros(rows.size), width.copy()
    if market.sellers.size:
        at = np.minimum(np.searchsorted(market.sellers, rows), market.sellers.size - 1)
        has = market.sellers[at] == rows
        at = at[has]
        pulled[has] = mine.weight[at, None] * mine.sums[at]
        own[has] = mine.weight[at] * (mine.total[at] - mine.sums[at] @ beta)
        sd[has] = mine.sd[at]
    return pulled, own, sd


def _doubt(base: Floats, ratio: Floats, covariance: Floats, k: int) -> Floats:
    """(b + r·e)' V (b + r·e) for the column e of each format, (n_rows, n_formats)."""
    through, kinds = base @ covariance, slice(k, k + len(FORMATS))
    whole = (through * base).sum(axis=1)[:, None]
    return np.asarray(whole + 2 * ratio * through[:, kinds] + ratio**2 * np.diag(covariance)[kinds])


def _sources(quotes: Quotes, shape: tuple[int, ...]) -> NDArray[np.object_]:
    source, counts = np.full(shape, "prior", dtype=object), quotes.counts()
    for kind, mine in (("paid", quotes.paid), ("quote", ~quotes.paid)):
        rows, formats = np.nonzero(counts * mine[:, None])
        source[quotes.creator[rows], formats] = kind
    return source


def percentile_of(quotes: Quotes, fees: Fees) -> Floats:
    """The share of comparable asks below each price, 0 to 1, (n_quotes,).

    Comparable are creators alike in all traits, for the same posts in one package; the creator's own prices, and those
    of a fifth of all sellers with it, have no part in it. Add-ons are taken out, and what was paid is compared with
    what is paid.
    """
    counts, rows = quotes.counts(), quotes.creator
    parts = counts * fees.comparable.median[rows]
    among = parts.sum(axis=1) * np.exp(fees.bundle * np.log(counts.sum(axis=1)) + fees.haggling * quotes.paid)
    spread = (parts * fees.comparable.log_sd[rows]).sum(axis=1) / parts.sum(axis=1)
    return np.asarray(ndtr(np.log(np.maximum(quotes.plain, 1e-9) / among) / np.hypot(spread, quotes.factor.log_sd)))


def dear(quotes: Quotes, fees: Fees, names: Sequence[str]) -> list[str]:
    """One line on the prices above the 90th percentile of comparable asks, dearest first; nothing where none is."""
    percentile = percentile_of(quotes, fees)
    over = np.flatnonzero(percentile > DEAR)
    if not over.size:
        return []
    over = over[np.argsort(-percentile[over], kind="stable")]
    shown = ", ".join(
        f"{names[quotes.creator[i]]} ({quotes.name(i)}: {quotes.fee[i]:,.0f} USD, {dearer(percentile[i])})"
        for i in over[:3]
    )
    return [f"{over.size} of {len(quotes.parts)} known prices are above the 90th percentile of usual fees: {shown}."]


def dearer(percentile: float) -> str:
    """A percentile in words.

    >>> dearer(0.943)
    'dearer than 94 of 100 comparable asks'
    """
    return f"dearer than {min(int(100 * percentile), 99)} of 100 comparable asks"
