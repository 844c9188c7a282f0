"""One creator of the index as pages and lists show them, figures with their ranges."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from math import isfinite
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from asterism.quantities import Interval
from asterism.store.ledger.creators import Account
from asterism.store.ledger.models import Creator
from asterism.store.shelves import Kept

FEE_SOURCES: Final = {"quote": "quoted", "paid": "paid before", "prior": "typical fee, an assumption"}
"""Where a fee comes from → how it is said."""


@dataclass(frozen=True, slots=True)
class Row:
    """A creator of the index; a figure is None where it is not known.

    Parameters
    ----------
    followers
        Potential, never called reach.
    engagement, engagement_of, posts
        Engagements of a usual post per `engagement_of`, and the own posts behind the figure: 0 means from peers.
    real
        Share of real followers.
    fee, fee_source
        US dollars of one post in the creator's main format.
    """

    platform: str
    creator_id: str
    handle: str
    name: str
    tier: str
    niche: str
    country: str
    language: str
    followers: int | None
    engagement: Interval | None
    engagement_of: str
    posts: int
    real: Interval | None
    fee: Interval | None
    fee_source: str
    format: str
    as_of: datetime | None

    @property
    def called(self) -> str:
        """What people call the creator."""
        return f"@{self.handle}" if self.handle else self.name or self.creator_id

    @property
    def account(self) -> str:
        """Platform and id in one word, as forms send it."""
        return f"{self.platform}:{self.creator_id}"

    def kept_as(self, source: str) -> Account:
        """The account as the ledger first keeps it."""
        texts = {name: getattr(self, name) for name in ("handle", "name", "tier", "niche", "country", "language")}
        return Account(self.platform, self.creator_id, **texts, followers=self.followers, source=source)

    def figures(self) -> dict[str, Any]:
        """The figures as plain values, as a list keeps them."""
        spans = {name: _plain(getattr(self, name)) for name in ("engagement", "real", "fee")}
        told = {name: getattr(self, name) for name in ("engagement_of", "posts", "fee_source", "format", "followers")}
        return {**spans, **told, "as_of": self.as_of and self.as_of.date().isoformat()}


def _plain(value: Interval | None) -> dict[str, float] | None:
    return None if value is None else value.to_dict()


def rows_from(table: pa.Table) -> list[Row]:
    """The creators of some rows of the index."""
    return [_row(each) for each in table.to_pylist()]


def rows_of(kept: Kept | None, accounts: list[tuple[str, str]]) -> dict[tuple[str, str], Row]:
    """The creators of the index that some accounts (platform, creator id) name."""
    if kept is None or not accounts:
        return {}
    ids = pa.array([creator_id for _, creator_id in accounts], pa.string())
    found = rows_from(kept.table.filter(pc.is_in(kept.table["creator_id"], ids)))
    wanted = set(accounts)
    return {key: each for each in found if (key := (each.platform, each.creator_id)) in wanted}


def row_of_ledger(creator: Creator) -> Row:
    """A creator whom only the ledger knows."""
    texts: dict[str, Any] = {name: getattr(creator, name) for name in _TEXTS[:-1]}
    unknown: dict[str, Any] = {
        "engagement": None,
        "engagement_of": "",
        "posts": 0,
        "real": None,
        "fee": None,
        "fee_source": "",
    }
    own: dict[str, Any] = {"followers": creator.followers, "format": "", "as_of": None}
    return Row(creator.platform, creator.creator_id, **texts, **unknown, **own)


_TEXTS: Final = ("handle", "name", "tier", "niche", "country", "language", "format")


def _row(each: dict[str, Any]) -> Row:
    texts: dict[str, Any] = {name: each[name] or "" for name in _TEXTS}
    spans: dict[str, Any] = {name: _interval(each, name) for name in ("engagement", "real", "fee")}
    rest: dict[str, Any] = {"engagement_of": each["engagement_of"] or "", "fee_source": each["fee_source"] or ""}
    followers = each["followers"]
    return Row(
        each["platform"] or "",
        each["creator_id"],
        **texts,
        **spans,
        **rest,
        followers=int(followers) if followers is not None and isfinite(followers) else None,
        posts=each["posts"] or 0,
        as_of=each["as_of"],
    )


def _interval(each: dict[str, Any], name: str) -> Interval | None:
    ends = (each[name], each[f"{name}_low"], each[f"{name}_high"])
    if any(end is None or not isfinite(end) for end in ends) or ends[1] > ends[2]:
        return None
    return Interval(*ends)


@lru_cache(maxsize=512)
def country_name(code: str) -> str:
    """A country by name, as in `Germany` for `DE`; an unknown code stands for itself."""
    from babel import Locale

    return str(Locale("en").territories.get(code.upper(), code))


@lru_cache(maxsize=512)
def language_name(code: str) -> str:
    """A language by name, as in `German` for `de`."""
    from babel import Locale

    return str(Locale("en").languages.get(code.lower(), code))
