"""Price: packages as people write them, quotes in US dollars, and the fee to expect of each creator and format."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.schema import FORMATS
from asterism.errors import BadInput, UnknownCurrency, did_you_mean
from asterism.priors import LogNormal, Priors
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
    """Known prices in rows: creator (row of the creators), package, US dollars, quote or paid, and when."""

    creator: NDArray[np.int64]
    parts: tuple[Parts, ...]
    fee: NDArray[np.float64]
    source: tuple[str, ...]
    as_of: NDArray[np.datetime64]

    @classmethod
    def none(cls) -> "Quotes":
        """No prices."""
        return cls(np.zeros(0, np.int64), (), np.zeros(0), (), np.zeros(0, "datetime64[us]"))

    def counts(self) -> NDArray[np.float64]:
        """How many posts of each of `tables.FORMATS` each package holds, (n_quotes, n_formats)."""
        counts = np.zeros((len(self.parts), len(FORMATS)))
        for row, parts in enumerate(self.parts):
            for kind, count in parts:
                counts[row, FORMATS.index(kind)] = count
        return counts

    def newest(self) -> NDArray[np.int64]:
        """Rows of the latest price of each creator and package; a quote before a paid fee of the same day."""
        when = np.where(np.isnat(self.as_of), np.datetime64(0, "us"), self.as_of)
        quoted = np.array([s == "quote" for s in self.source], dtype=bool)
        order = np.lexsort((quoted, when, self.creator))
        last = {(int(self.creator[i]), self.parts[i]): int(i) for i in order}
        return np.array(
            sorted(last.values(), key=lambda i: (self.creator[i], package_name(self.parts[i]))), dtype=np.int64
        )


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


@dataclass(frozen=True, slots=True)
class Fees:
    """The fee of one post per creator and format of `tables.FORMATS`: belief and source, (n, n_formats) each."""

    belief: LogNormal
    source: NDArray[np.object_]


def expected(prior: LogNormal, base_log_sd: NDArray[np.float64], quotes: Quotes, priors: Priors) -> Fees:
    """What each creator will ask per post, from the prior and its own prices.

    A creator is dearer or cheaper than usual by one factor for all formats, log-normal with the prior's spread; every
    quote is the usual sum of its posts times that factor, within the scatter of quotes. Formats without an own price
    keep the doubt of their ratio to the main one.

    Parameters
    ----------
    prior
        Usual fee per creator × format, (n, n_formats).
    base_log_sd
        Spread between creators of a size, the platform's main format, (n,).
    """
    n = base_log_sd.size
    counts = quotes.counts()
    usual = (counts * prior.median[quotes.creator]).sum(axis=1)
    ratio = np.log(np.maximum(quotes.fee, 1e-9) / usual)
    noise = priors.entry("fee_log_sd_of_quotes").value ** 2
    own = np.bincount(quotes.creator, minlength=n)
    variance = 1.0 / (1.0 / base_log_sd**2 + own / noise)
    shift = variance * np.bincount(quotes.creator, ratio, minlength=n) / noise
    source, priced = _sources(quotes, counts, prior.median.shape)
    extra = np.where(priced, 0.0, np.maximum(prior.log_sd**2 - base_log_sd[:, None] ** 2, 0.0))
    median = prior.median * np.exp(shift)[:, None]
    return Fees(LogNormal(median, np.sqrt(variance[:, None] + extra)), source)


def _sources(
    quotes: Quotes, counts: NDArray[np.float64], shape: tuple[int, ...]
) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    source = np.full(shape, "prior", dtype=object)
    for kind in ("paid", "quote"):
        rows, formats = np.nonzero(counts * np.array([s == kind for s in quotes.source], dtype=float)[:, None])
        source[quotes.creator[rows], formats] = kind
    return source, source != "prior"


def dear(quotes: Quotes, prior: LogNormal, base_log_sd: NDArray[np.float64], names: Sequence[str]) -> list[str]:
    """One line on the quotes above the 90th percentile of usual fees, dearest first; nothing where none is."""
    usual = (quotes.counts() * prior.median[quotes.creator]).sum(axis=1)
    limit = usual * np.exp(1.2815515655446004 * base_log_sd[quotes.creator])
    over = np.flatnonzero(quotes.fee > limit)
    if not over.size:
        return []
    over = over[np.argsort(-quotes.fee[over] / limit[over], kind="stable")]
    shown = ", ".join(
        f"{names[quotes.creator[i]]} ({package_name(quotes.parts[i])}: {quotes.fee[i]:,.0f} USD, "
        f"nine in ten ask under {limit[i]:,.0f})" for i in over[:3]
    )  # fmt: skip
    return [f"{over.size} of {len(quotes.parts)} known prices are above the 90th percentile of usual fees: {shown}."]
