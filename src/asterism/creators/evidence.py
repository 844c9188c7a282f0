"""What a column's content says it holds: evidence that overrules its header."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators import places, platforms, values
from asterism.creators.schema import COUNT, FLAG, NUMBER, TIME
from asterism.creators.synonyms import ADDRESS, IDENTITY, PROFILE
from asterism.creators.tables import SCHEMAS
from asterism.creators.times import times

SAMPLE: Final = 200
"""Cells looked at per column."""
ENOUGH: Final = 0.5
"""Share of cells that must fit a field for its header to be believed."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a sample of a column's cells holds; shares 0–1 of the `n` cells that are not null words."""

    n: int
    number: float
    percent: float
    plain: float
    middle: float
    country: float
    language: float
    truth: float
    time: float
    address: float
    platform: float
    format: float
    one_word: float
    lower: float
    letters: float

    @property
    def what(self) -> str:
        """In words, what the column holds."""
        kinds = (("country names", self.country), ("addresses", self.address), ("yes or no", self.truth),
                 ("numbers", self.number), ("dates", self.time))  # fmt: skip
        best, share = max(kinds, key=lambda kind: kind[1])
        if share < 0.8:
            return "text"
        return f"{best} ({share:.0%} of its cells)" if share < 1 else best


def sample(column: pa.ChunkedArray) -> list[str]:
    """Up to `SAMPLE` cells spread evenly over the column, null words left out."""
    step = max(len(column) // SAMPLE, 1)
    places_ = np.arange(0, len(column), step)
    cells = [cell for cell in column.take(pa.array(places_)).to_pylist() if cell is not None]
    found = [cell for cell in cells if cell.lower() not in values.ABSENT]
    if len(found) >= 20 or len(column) <= SAMPLE:
        return found
    known = column.filter(pc.invert(pc.is_in(pc.utf8_lower(column), pa.array([*values.ABSENT], column.type))))
    return [cell for cell in known.slice(0, SAMPLE).to_pylist() if cell is not None]


def content(column: pa.ChunkedArray) -> Content:
    """The evidence of a column."""
    cells = sample(column)
    known = [cell for cell in cells if cell.lower() not in values.UNKNOWN]
    words = [cell for cell in known if any(letter.isalpha() for letter in cell)]
    figures = [figure for figure in map(_number, known) if figure is not None]
    return Content(
        n=len(known),
        number=len(figures) / max(len(known), 1),
        percent=_share(known, lambda cell: cell.endswith("%")),
        plain=_share(known, lambda cell: cell.replace(".", "", 1).lstrip("-").isdigit()),
        middle=median(figures) if figures else float("nan"),
        country=_share(words, places.country, len(known)),
        language=_share(words, places.language, len(known)),
        truth=_share(known, lambda cell: values.truth(cell) is not None),
        time=_share_of_times(known),
        address=_share(known, _address),
        platform=_share(words, platforms.platform, len(known)),
        format=_share(words, platforms.format_word, len(known)),
        one_word=_share(cells, _one_word),
        lower=_share(cells, lambda cell: _one_word(cell) and cell == cell.lower()),
        letters=len(words) / max(len(known), 1),
    )


def _share(cells: Sequence[str], read: Callable[[str], object], among: int | None = None) -> float:
    """The share of the cells, or of `among` so many, that can be read; each distinct one is read once."""
    good = 0
    for cell, n in Counter(cells).items():
        try:
            good += n * (read(cell) is not False)
        except ValueError:
            continue
    return good / max(len(cells) if among is None else among, 1)


def _number(cell: str) -> float | None:
    try:
        return values.money(cell.rstrip("% "))[0]
    except ValueError:
        return None


def _share_of_times(cells: list[str]) -> float:
    read, _ = times(pa.array(cells, pa.string()))
    return 1 - read.values.null_count / len(cells) if cells else 0.0


def _address(cell: str) -> bool:
    return bool(platforms.platform_of_address(cell)) or cell.startswith(("http://", "https://", "www."))


def _one_word(cell: str) -> bool:
    """Written as handles are: no spaces, plain letters, figures, points, dashes."""
    bare = cell.removeprefix("@").replace(".", "").replace("_", "").replace("-", "")
    return bare.isascii() and bare.isalnum()


_TESTS: Final[dict[str, Callable[[Content], float]]] = {
    "country": lambda c: c.country,
    "language": lambda c: c.language,
    "platform": lambda c: c.platform,
    "format": lambda c: c.format,
    PROFILE: lambda c: c.address,
    ADDRESS: lambda c: c.address,
    "niche": lambda c: c.letters,
    "name": lambda c: 1 - c.address,
    "caption": lambda c: 1 - c.truth,
    "bio": lambda c: 1 - c.truth,
    "text": lambda c: 1 - c.truth,
    "dimension": lambda c: c.letters,
    "package": lambda c: c.letters,
    "currency": lambda c: c.letters,
    "sponsor": lambda c: 1 - c.truth,
    "handle": lambda c: 1 - c.truth * (c.plain < ENOUGH),
    IDENTITY: lambda c: 1 - c.address,
}
_MEANT: Final = {PROFILE: "addresses of profiles", ADDRESS: "addresses of posts", IDENTITY: "names"}


def contradiction(kind: str, field: str, held: Content) -> str:
    """Why a column's content cannot be the field its header names; empty where it can."""
    if held.n == 0:
        return "the column is empty"
    meant = _MEANT.get(field) or SCHEMAS[kind].field(field).meaning
    if _fit(kind, field, held) < ENOUGH:
        return f"holds {held.what}, not {meant}"
    if field == "engagement_rate" and held.middle > 100:
        return f"holds counts (the middle one is {held.middle:,.0f}), not a rate"
    if field == "avg_engagements" and (held.percent > 0 or held.middle <= 100):
        return "holds rates, not counts per post"
    if field == "shared" and held.middle <= 1:
        return "holds shares, not numbers of people"
    return ""


def _fit(kind: str, field: str, held: Content) -> float:
    """Share of the cells that the field could take."""
    if field in _TESTS:
        return _TESTS[field](held)
    if field in (PROFILE, ADDRESS, IDENTITY):
        return 1.0
    by_type = {COUNT: held.number - held.percent, NUMBER: held.number, FLAG: held.truth, TIME: held.time}
    return by_type.get(SCHEMAS[kind].field(field).type, 1.0)
