"""Price: packages as people write them, and known prices in US dollars."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.schema import FORMATS
from asterism.errors import BadInput, UnknownCurrency, did_you_mean
from asterism.priors import LogNormal
from asterism.quantities import Exchange

Parts = tuple[tuple[str, int], ...]

RATES_NEED: Final = ("creator_id", "package", "price", "currency", "date", "kind")
SYNONYMS: Final = {
    "photo": "post", "image": "post", "picture": "post", "static": "post", "feed": "post", "tweet": "post",
    "pin": "post", "album": "carousel", "slideshow": "carousel", "livestream": "live", "stream": "live",
    "integration": "video", "dedicated": "video", "clip": "video", "episode": "podcast", "article": "blog",
    "stories": "story",
}  # fmt: skip
"""Words of price lists and the formats they mean."""
_IDLE: Final = frozenset((
    "a", "an", "and", "the", "with", "of", "x", "per", "set", "in",
    "on", "instagram", "ig", "insta", "tiktok", "tt", "youtube", "yt", "facebook", "fb",
    "twitter", "sponsored", "paid", "brand", "mention", "frame", "frames", "piece", "pieces",
))  # fmt: skip
_WORD: Final = re.compile(r"\d+|[a-z]+")


def parse_package(text: str) -> Parts:
    """The formats and counts of a package, in canonical order.

    >>> parse_package("1 story + 2x Reels")
    (('reel', 2), ('story', 1))
    >>> parse_package("post")
    (('post', 1),)

    Raises
    ------
    BadInput
        A word is no format, or nothing is bought.
    """
    counts: dict[str, int] = {}
    for part in re.split(r"[+,;&/]|\band\b|\bplus\b", text.lower()):
        for kind, count in _items(part, text):
            counts[kind] = counts.get(kind, 0) + count
    if not counts or min(counts.values()) < 1:
        raise BadInput(f"`{text}` is not a package.", "Write it as in `2 reel + 1 story`.")
    return tuple(sorted(counts.items(), key=lambda item: FORMATS.index(item[0])))


def _items(part: str, text: str) -> Iterable[tuple[str, int]]:
    count, kind = 1, None
    for word in _WORD.findall(part):
        if word.isdigit():
            if kind:
                yield kind, count
                kind = None
            count = int(word)
        elif word not in _IDLE:
            kind = _format(word, text) if kind in (None, "post") else kind
    if kind:
        yield kind, count


def _format(word: str, text: str) -> str:
    for candidate in (word, word.removesuffix("s")):
        if candidate in FORMATS:
            return candidate
        if candidate in SYNONYMS:
            return SYNONYMS[candidate]
    raise BadInput(f"The package `{text}` has an unknown format `{word}`.", did_you_mean(word, list(FORMATS)))


def package_name(parts: Iterable[tuple[str, int]]) -> str:
    """The canonical text of a package, formats in the order of `tables.FORMATS`.

    >>> package_name((("story", 1), ("reel", 2)))
    '2 reel + 1 story'
    """
    ordered = sorted(parts, key=lambda item: FORMATS.index(item[0]))
    return " + ".join(f"{count} {kind}" for kind, count in ordered)


@dataclass(frozen=True, slots=True)
class Quotes:
    """Known prices in rows.

    Parameters
    ----------
    creator
        Row of the creators, (n_quotes,).
    parts
        The posts of each package.
    fee
        The price as it was asked or paid, add-ons included, in US dollars, (n_quotes,).
    source, as_of
        "quote" or "paid", and when.
    add_ons
        What else the price buys, in canonical words; "" for nothing.
    factor
        What the add-ons do to the price, (n_quotes,); 1 where there are none.
    """

    creator: NDArray[np.int64]
    parts: tuple[Parts, ...]
    fee: NDArray[np.float64]
    source: tuple[str, ...]
    as_of: NDArray[np.datetime64]
    add_ons: tuple[str, ...]
    factor: LogNormal

    @classmethod
    def none(cls) -> "Quotes":
        """No prices."""
        empty = np.zeros(0)
        return cls(np.zeros(0, np.int64), (), empty, (), np.zeros(0, "datetime64[us]"), (), LogNormal(empty, empty))

    @property
    def plain(self) -> NDArray[np.float64]:
        """The price of the posts alone, add-ons taken out, in US dollars, (n_quotes,)."""
        return np.asarray(self.fee / self.factor.median)

    @property
    def paid(self) -> NDArray[np.bool_]:
        """Which prices were paid, not only asked, (n_quotes,)."""
        return np.array([source == "paid" for source in self.source], dtype=bool)

    def name(self, row: int) -> str:
        """The package of a price with its add-ons, as `1 reel + 6 months of usage rights`."""
        return " + ".join([package_name(self.parts[row]), *([self.add_ons[row]] if self.add_ons[row] else [])])

    def counts(self) -> NDArray[np.float64]:
        """How many posts of each of `tables.FORMATS` each package holds, (n_quotes, n_formats)."""
        counts = np.zeros((len(self.parts), len(FORMATS)))
        for row, parts in enumerate(self.parts):
            for kind, count in parts:
                counts[row, FORMATS.index(kind)] = count
        return counts

    def newest(self) -> NDArray[np.int64]:
        """Rows of the latest price of each creator and package with its add-ons.

        A quote comes before a paid fee of the same day.
        """
        when = np.where(np.isnat(self.as_of), np.datetime64(0, "us"), self.as_of)
        order = np.lexsort((~self.paid, when, self.creator))
        last = {(int(self.creator[i]), self.name(i)): int(i) for i in order.tolist()}
        return np.array(sorted(last.values(), key=lambda i: (self.creator[i], self.name(i))), dtype=np.int64)


def in_dollars(rates: pa.Table, fx: pa.Table, exchange: Exchange, unstated: str) -> NDArray[np.float64]:
    """The price of each row of `rates` in US dollars, at the latest rate on or before its date.

    A price without a date takes the latest rate of all; the brief's own rates serve currencies, or days, that `fx`
    does not cover. A price without a currency is in `unstated`.

    Raises
    ------
    UnknownCurrency
        Neither knows the currency on that day: an exchange rate is never guessed.
    """
    price = rates["price"].to_numpy().astype(float)
    currency = np.array([(c or unstated).upper() for c in rates["currency"].to_pylist()], dtype=object)
    when = days(rates["date"])
    table = {name: _series(fx, name) for name in set(currency) - {"USD"}}
    factor = [
        1.0 if name == "USD" else _on_day(table[name], day, str(name), exchange)
        for name, day in zip(currency, when, strict=True)
    ]
    return np.asarray(price * np.array(factor, dtype=float))


def days(column: pa.ChunkedArray) -> NDArray[np.datetime64]:
    """A column of times as NumPy times, NaT where null."""
    plain = pc.cast(column, pa.timestamp("us"))
    return np.asarray(plain.to_numpy(), dtype="datetime64[us]")


def _series(fx: pa.Table, currency: str) -> tuple[NDArray[np.datetime64], NDArray[np.float64]]:
    mine = fx.filter(pc.equal(pc.utf8_upper(fx["currency"]), currency)) if fx.num_rows else fx
    when = days(mine["date"])
    when = np.where(np.isnat(when), np.datetime64("0001-01-01", "us"), when)
    order = np.argsort(when, kind="stable")
    return when[order], mine["usd"].to_numpy().astype(float)[order]


def _on_day(
    series: tuple[NDArray[np.datetime64], NDArray[np.float64]], day: np.datetime64, currency: str, exchange: Exchange
) -> float:
    when, usd = series
    at = when.size if np.isnat(day) else int(np.searchsorted(when, day, side="right"))
    if at > 0:
        return float(usd[at - 1])
    try:
        return exchange.factor(currency, "USD")
    except UnknownCurrency as error:
        if when.size:
            first = f"The exchange rates of {currency} start on {str(when[0])[:10]}, after a price of {str(day)[:10]}."
            raise UnknownCurrency(first, "Add an earlier rate.", currency) from None
        raise error from None
