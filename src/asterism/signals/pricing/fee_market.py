"""What known prices say of the market: effects of traits, formats, bundles and haggling, and how wide fees spread."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.priors import LogNormal, Priors
from asterism.priors.curves import Z
from asterism.quantities import LEVEL
from asterism.signals.pricing.hedonic import Learned, Observed, Scales, learn, noise_of, posterior
from asterism.signals.pricing.price import Quotes
from asterism.signals.pricing.traits import Columns, Traits

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BUNDLE_LOG_SD: Final = 0.1
"""How far the fee per post may change with e times as many posts, before any price is seen (an assumption)."""
LEAST_OWN: Final = 0.25
"""Least part of the usual variance between creators that no trait explains (an assumption)."""
FARTHEST: Final = 4.0
"""Usual log-sds from the usual fee beyond which a price teaches the market no more than one at this distance."""
ROUNDED: Final = 5 / 12**0.5
"""US dollars by which an ask is off for being round, one sd of steps of five: a small price says little of the fee."""
FOLDS: Final = 5
PRIOR_RANKS: Final = 30.0
"""How many sellers the normal curve weighs as much as, against the widths actually seen."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a price is compared with, and the columns that explain the difference.

    Parameters
    ----------
    usual
        Usual fee of one post per creator × format by the priors, (n, n_formats).
    spread
        Usual log-sd between creators of a size, (n,).
    columns
        The traits.
    haggling
        The prior share of an ask that is paid.
    """

    usual: LogNormal
    spread: Floats
    columns: Columns
    haggling: LogNormal

    @property
    def ratio(self) -> Floats:
        """Doubt of each format's fee against the platform's main one, log-sd, (n, n_formats)."""
        return np.sqrt(np.maximum(self.usual.log_sd**2 - self.spread[:, None] ** 2, 0.0))

    def sum_of(self, quotes: Quotes) -> Floats:
        """The usual fees of each package's posts, added up, (n_quotes,)."""
        return np.asarray((quotes.counts() * self.usual.median[quotes.creator]).sum(axis=1))

    def traits(self, rows: Ints) -> Floats:
        """The columns of some creators, together never in doubt by more than the usual spread allows, (n_rows, p)."""
        return self.columns.matrix(rows) * self._share(rows)[:, None]

    def unlisted(self, rows: Ints) -> Floats:
        """Variance of what no column stands for, (n_rows,)."""
        return self.columns.unlisted(rows) * self._share(rows) ** 2

    def own(self, rows: Ints) -> Floats:
        """Usual log-sd between creators alike in all columns, (n_rows,): with the columns' doubt it is `spread`."""
        return np.sqrt(self.spread[rows] ** 2 - self._explained(rows) * self._share(rows) ** 2)

    def _explained(self, rows: Ints) -> Floats:
        return np.asarray((self.columns.matrix(rows) ** 2).sum(axis=1) + self.columns.unlisted(rows))

    def _share(self, rows: Ints) -> Floats:
        return np.sqrt(np.minimum(1.0, (1 - LEAST_OWN) * self.spread[rows] ** 2 / self._explained(rows)))

    def rows(self, quotes: Quotes) -> Floats:
        """The columns of each price: traits, shares of formats, bundle, haggling; (n_quotes, p)."""
        counts = quotes.counts()
        share = counts * self.usual.median[quotes.creator] / self.sum_of(quotes)[:, None]
        bundle = BUNDLE_LOG_SD * np.log(counts.sum(axis=1))
        haggled = float(self.haggling.log_sd) * quotes.paid
        formats = share * self.ratio[quotes.creator]
        return np.column_stack([self.traits(quotes.creator), formats, bundle, haggled])

    def against(self, quotes: Quotes) -> Floats:
        """Log price of the posts alone against the usual one, haggling by the prior taken out, (n_quotes,)."""
        asked = quotes.plain / np.where(quotes.paid, float(self.haggling.median), 1.0)
        return np.log(np.maximum(asked, 1e-9) / self.sum_of(quotes))


@dataclass(frozen=True, slots=True)
class Fold:
    """The market as learned without some sellers: β's mean (p,) and covariance (p, p)."""

    without: NDArray[np.bool_]
    learned: Learned


@dataclass(frozen=True, slots=True)
class Market:
    """What was learned.

    Parameters
    ----------
    terms
        What prices are compared with.
    sellers
        Rows of the creators with known prices, ascending, (m,).
    learned
        The posterior.
    folds
        The same without each fifth of the sellers, to judge their prices by.
    width
        Log-sd between creators alike in all columns, calibrated, (n,).
    """

    terms: Terms
    sellers: Ints
    learned: Learned
    folds: tuple[Fold, ...]
    width: Floats

    @property
    def n_traits(self) -> int:
        """How many columns speak of creators; those of formats follow, then bundle and haggling."""
        return int(self.terms.columns.effect.size)

    @property
    def bundle(self) -> float:
        """Log change of the fee per post with e times as many posts."""
        return float(BUNDLE_LOG_SD * self.learned.mean[-2])

    @property
    def haggling(self) -> float:
        """Log of what is paid against what is asked."""
        return float(np.log(self.terms.haggling.median) + self.terms.haggling.log_sd * self.learned.mean[-1])


def learn_market(usual: LogNormal, spread: Floats, quotes: Quotes, traits: Traits, priors: Priors) -> Market:
    """The market of the known prices: at none it is the priors, with many it is what they show.

    The width between creators is calibrated: sellers in turn are left out, and the range that should hold four in five
    of them is stretched until it does, per platform, a few sellers moving it little.
    """
    sellers, seller = np.unique(quotes.creator, return_inverse=True)
    terms = Terms(usual, spread, Columns.of(traits, sellers), priors.entry("paid_to_quote").at(1.0))
    own = terms.own(np.arange(spread.size))
    limit = FARTHEST * spread[quotes.creator]
    away = np.clip(terms.against(quotes), -limit, limit)
    seen = Observed(seller.astype(np.int64), away, terms.rows(quotes), quotes.paid, _unsaid(quotes), own[sellers])
    scatter = priors.entry("fee_log_sd_of_quotes").value
    learned = learn(seen, Scales(1.0, scatter, scatter))
    learned = posterior(seen, _rescaled(seen, learned))
    stretch = _stretch(seen, learned, traits.platform, sellers)
    wider = replace(seen, spread=seen.spread * stretch[sellers])
    exact = replace(wider, y=terms.against(quotes))
    folds = tuple(_folds(wider, learned.scales))
    again = posterior(wider, learned.scales)
    mine = replace(again.sellers, total=posterior(exact, learned.scales).sellers.total)
    return Market(terms, sellers, replace(again, sellers=mine), folds, own * learned.scales.between * stretch)


def _unsaid(quotes: Quotes) -> Floats:
    """Variance of the log of a price that its rounding and its add-ons leave, (n_quotes,)."""
    return np.asarray((ROUNDED / np.maximum(quotes.plain, 1e-9)) ** 2 + quotes.factor.log_sd**2)


def _folds(seen: Observed, scales: Scales) -> Iterator[Fold]:
    for fold in range(min(FOLDS, seen.spread.size)):
        out = np.arange(seen.spread.size) % FOLDS == fold
        yield Fold(out, posterior(seen.of(~out), scales))


def _rescaled(seen: Observed, learned: Learned) -> Scales:
    """The scales with the scatter of asks and of fees paid stretched until each price lies where the others say."""
    mine, who, noise = learned.sellers, seen.seller, noise_of(seen, learned.scales)
    rest = seen.y - seen.x @ learned.mean
    own = 1.0 / mine.weight[who] - 1.0 / noise
    others = (mine.total - mine.sums @ learned.mean)[who] - rest / noise
    surprise = np.abs(rest - others / own) / np.sqrt(noise + 1.0 / own)
    several = np.bincount(who)[who] > 1
    asked, paid = (_widths_off(surprise[several & (seen.paid == kind)], 1.0) for kind in (False, True))
    return replace(learned.scales, asked=learned.scales.asked * asked, paid=learned.scales.paid * paid)


def _stretch(seen: Observed, learned: Learned, platform: NDArray[np.object_], sellers: Ints) -> Floats:
    """Factor on the width between creators, by platform, so that left-out sellers lie inside as often as said, (n,)."""
    surprise = np.abs(_surprise(seen, learned))
    whole, found = _widths_off(surprise, 1.0), np.empty(platform.size)
    for name in set(platform):
        found[platform == name] = _widths_off(surprise[platform[sellers] == name], whole)
    return found


def _widths_off(surprise: Floats, usual: float) -> float:
    """How many times farther out than the normal curve has it the 80% point lies, drawn towards `usual`."""
    if not surprise.size:
        return usual
    seen = max(float(np.quantile(surprise, LEVEL)) / Z, 0.05)
    return float(usual * (seen / usual) ** (surprise.size / (surprise.size + PRIOR_RANKS)))


def _surprise(seen: Observed, learned: Learned) -> Floats:
    """How many predicted deviations each seller lies from what the others say of it, (m,)."""
    found, scales, mine = np.zeros(seen.spread.size), learned.scales, learned.sellers
    width = (scales.between * seen.spread) ** 2
    count = 1.0 / mine.weight - 1.0 / width
    y, x = mine.total / count, mine.sums / count[:, None]
    for fold in _folds(seen, scales):
        out, others = fold.without, fold.learned
        doubt = np.einsum("ij,jk,ik->i", x[out], others.covariance, x[out])
        found[out] = (y[out] - x[out] @ others.mean) / np.sqrt(width[out] + 1.0 / count[out] + doubt)
    return found
