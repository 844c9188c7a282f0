"""Brands a creator shows: who paid, who is mentioned or tagged, and which of them the brief calls competitors."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asterism.brief import Brief
from asterism.creators.tables import Tables
from asterism.signals.text.brand_table import LUXURY, MASS, PREMIUM
from asterism.signals.text.corpus import fold, folded
from asterism.signals.text.terms.language import split

EXCLUSIVITY_DAYS: Final = 90
"""Days for which a brand expects a creator not to have shown its rival (an assumption, the long end of the usual)."""
PRICE_CLASSES: Final = {"mass": MASS, "premium": PREMIUM, "luxury": LUXURY}
PAID_WORDS: Final = (
    r"(?:^|[^\p{L}\p{N}])(?:#\s?ad|#\s?sponsored|#\s?werbung|#\s?anzeige|werbung|anzeige|#\s?publi(?:cidad|cite|cidade)?|"
    r"#\s?pub|#\s?sponsorizzato|#\s?adv|#\s?advertisement|#\s?paidpartnership|paid partnership|bezahlte partnerschaft|"
    r"partenariat remunere|sponsored by|gesponsert|#\s?gifted)(?:$|[^\p{L}\p{N}])"
)
"""Words, folded, by which a caption says that somebody paid."""


@dataclass(frozen=True, slots=True)
class Brand:
    """A well-known brand and its price class: mass, premium or luxury."""

    name: str
    price_class: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One post in which a creator shows a competitor.

    `how` is `sponsor` where the brand is named as the payer, `paid post` where the caption or the flag says that
    somebody paid, `mention` otherwise; `day` is None where the post has no date.
    """

    creator_id: str
    competitor: str
    post_id: str | None
    day: datetime | None
    how: str

    @property
    def paid(self) -> bool:
        """Whether somebody seems to have paid for it."""
        return self.how != "mention"


def squash(name: str) -> str:
    """A name as accounts and hashtags write it: no sign, no space, no accent, lower case.

    >>> squash("@Coca-Cola_"), squash("Nestlé")
    ('cocacola', 'nestle')
    """
    return re.sub(r"[^a-z0-9]", "", fold(name))


@cache
def known_brands() -> dict[str, Brand]:
    """The well-known brands by every squashed spelling."""
    found = {}
    for price_class, listed in PRICE_CLASSES.items():
        for entry in split(listed):
            name, _, others = entry.partition("=")
            for spelling in [name, *others.split(",")]:
                found[squash(spelling)] = Brand(name.strip(), price_class)
    return {spelling: brand for spelling, brand in found.items() if spelling}


@cache
def _pattern(competitor: str) -> str:
    """A mention, a hashtag or the plain name of a competitor in a folded caption.

    `@rival` is looked for as `@rival` and `#rival` only, `Rival Cola` as words too; between words may stand dots,
    hyphens, underscores or nothing.
    """
    words = re.findall(r"[^\W_]+", fold(competitor))
    name = r"[ ._'&-]*".join(map(re.escape, words))
    sign = "[@#]" if competitor.strip().startswith(("@", "#")) else "[@#]?"
    return rf"(?:^|[^\p{{L}}\p{{N}}@#_.]){sign}{name}(?:$|[^\p{{L}}\p{{N}}_])"


def conflicts(tables: Tables, brief: Brief, days: int = EXCLUSIVITY_DAYS) -> tuple[Conflict, ...]:
    """The posts that show one of the brief's competitors from `days` before its start on, by creator, newest first.

    Where the brief has no start, the newest post of all stands for today, dates after anything was read left aside. A
    post without a date counts: it may be recent. Arrow only: cheap enough for every plan.
    """
    posts, wanted = tables.posts, [name for name in brief.competitors if re.search(r"\w", fold(name))]
    if not wanted or not posts.num_rows:
        return ()
    posts = _recent(tables, brief, days)
    captions, sponsors = (folded(pc.fill_null(posts[name], "")) for name in ("caption", "sponsor"))
    squashed = pc.replace_substring_regex(sponsors, r"[^a-z0-9,;]", "")
    found = [c for name in wanted for c in _of(posts, captions, squashed, name)]
    return tuple(
        sorted(found, key=lambda c: (c.creator_id, -(c.day.timestamp() if c.day else np.inf), c.post_id or ""))
    )


def _recent(tables: Tables, brief: Brief, days: int) -> pa.Table:
    posts, day, when = tables.posts, brief.start, tables.posts["posted_at"]
    latest = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else pc.max(when.filter(_sound(tables))).as_py()
    if latest is None:
        return posts
    inside = pc.greater_equal(when, pa.scalar(latest - timedelta(days=days), when.type))
    return posts.filter(pc.or_(pc.fill_null(inside, True), pc.is_null(when)))


def _sound(tables: Tables) -> pa.ChunkedArray:
    """Which posts are dated before they were seen, or before anything was last read, give or take a day."""
    posts = tables.posts
    readings = (pc.max(posts["seen_at"]).as_py(), pc.max(tables.creators["as_of"]).as_py())
    last = pa.scalar(max(filter(None, readings), default=None), posts["seen_at"].type)
    seen = pc.add(pc.coalesce(posts["seen_at"], last), timedelta(days=1))
    return pc.fill_null(pc.less_equal(posts["posted_at"], seen), True)


def _of(posts: pa.Table, captions: pa.ChunkedArray, sponsors: pa.ChunkedArray, name: str) -> Iterable[Conflict]:
    """The conflicts with one competitor."""
    named = np.asarray(pc.match_substring_regex(captions, _pattern(name)), dtype=bool)
    payer = np.asarray(
        pc.match_substring_regex(sponsors, rf"(?:^|[,;]){re.escape(squash(name))}(?:$|[,;])"), dtype=bool
    )
    rows = np.flatnonzero(named | payer)
    told = np.asarray(is_paid(posts.take(pa.array(rows)), captions.take(pa.array(rows))), dtype=bool)
    shown = posts.select(["creator_id", "post_id", "posted_at"]).take(pa.array(rows)).to_pylist()
    for post, by_sponsor, paid in zip(shown, payer[rows], told, strict=True):
        how = "sponsor" if by_sponsor else "paid post" if paid else "mention"
        yield Conflict(post["creator_id"], name, post["post_id"], post["posted_at"], how)


def is_paid(posts: pa.Table, captions: pa.ChunkedArray) -> pa.ChunkedArray:
    """Which posts say that somebody paid: by the flag, a named sponsor, or words of the folded captions."""
    flagged = pc.or_(pc.fill_null(posts["sponsored"], False), pc.is_valid(posts["sponsor"]))
    return pc.or_(flagged, pc.match_substring_regex(captions, PAID_WORDS))
