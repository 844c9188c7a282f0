"""Quotes of the creators in the line-up, readable and in US dollars, and the fees that are usual at their size."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.creators.schema import FORMATS, VIEWS_FIRST
from asterism.creators.tables import Tables
from asterism.errors import BadInput
from asterism.priors import LogNormal, Priors
from asterism.signals.lineup import Lineup
from asterism.signals.pricing.add_ons import Package, add_on_words, read_package, together
from asterism.signals.pricing.price import Quotes, days, in_dollars
from asterism.signals.rates import UNKNOWN_SIZE


def known_prices(tables: Tables, lineup: Lineup, brief: Brief, priors: Priors) -> tuple[Quotes, list[str]]:
    """The quotes and paid fees of the creators considered, and a word on the rows that could not be used.

    A row without a package buys one post of the platform's main format; one without a kind is a quote; one without a
    currency is in the brief's.

    Raises
    ------
    UnknownCurrency
        A price is in a currency without a rate.
    """
    rates = tables.rates
    position = lineup.positions(rates["creator_id"])
    price = rates["price"].to_numpy().astype(float)
    use = (position >= 0) & (price > 0)
    rates, creator = rates.filter(pa.array(use)), lineup.first_rows()[position[use]] if use.any() else position[use]
    if not rates.num_rows:
        return Quotes.none(), []
    bought, unread = _packages(rates, ["1 video" if p in VIEWS_FIRST else "1 post" for p in lineup.platform[creator]])
    good = np.array([one is not None for one in bought])
    kept, packages = rates.filter(pa.array(good)), [one for one in bought if one is not None]
    fee = in_dollars(kept, tables.fx, brief.exchange, brief.budget.currency)
    source = tuple("paid" if kind == "paid" else "quote" for kind in kept["kind"].to_pylist())
    quotes = Quotes(
        creator[good], tuple(one.parts for one in packages), fee, source, days(kept["date"]),
        tuple(add_on_words(one.add_ons) for one in packages), _factors(packages, priors),
    )  # fmt: skip
    return quotes, [*unread, *_unstated(kept, brief)]


def _factors(packages: list[Package], priors: Priors) -> LogNormal:
    known = {one.add_ons: together(one.add_ons, priors) for one in packages}
    each = [known[one.add_ons] for one in packages]
    return LogNormal(np.array([float(f.median) for f in each]), np.array([float(f.log_sd) for f in each]))


def _packages(rates: pa.Table, main: list[str]) -> tuple[list[Package | None], list[str]]:
    texts = [text or usual for text, usual in zip(rates["package"].to_pylist(), main, strict=True)]
    known: dict[str, Package | None] = {}
    first = ""
    for text in dict.fromkeys(texts):
        try:
            known[text] = read_package(text)
        except BadInput as error:
            known[text] = None
            first = first or str(error)
    lost = sum(known[text] is None for text in texts)
    return [known[text] for text in texts], [f"{lost:,} prices were not used: {first}"] if lost else []


def _unstated(rates: pa.Table, brief: Brief) -> list[str]:
    count = rates["currency"].null_count
    return [f"{count:,} prices have no currency: taken to be in {brief.budget.currency}."] if count else []


def usual_fees(
    lineup: Lineup, followers: NDArray[np.float64], priors: Priors
) -> tuple[LogNormal, NDArray[np.float64]]:  # fmt: skip
    """The usual fee of one post per creator × format, (n, n_formats), and the spread between creators, (n,)."""
    n = len(lineup)
    size = np.where(np.isfinite(followers), followers, UNKNOWN_SIZE)
    median, log_sd, spread = np.ones((n, len(FORMATS))), np.ones((n, len(FORMATS))), np.ones(n)
    for platform in set(lineup.platform):
        rows = np.flatnonzero(lineup.platform == platform)
        for column, kind in enumerate(FORMATS):
            fee = priors.fee(platform, kind, size[rows])
            median[rows, column], log_sd[rows, column] = fee.median, fee.log_sd
        spread[rows] = priors.fee(platform, "video" if platform in VIEWS_FIRST else "post", size[rows]).log_sd
    return LogNormal(median, log_sd), spread
