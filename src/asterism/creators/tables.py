"""The one schema: every table Asterism knows, with types, units and meanings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

TEXT, COUNT, NUMBER, FLAG = pa.string(), pa.int64(), pa.float64(), pa.bool_()
TIME = pa.timestamp("us", tz="UTC")

PLATFORMS: Final = ("instagram", "tiktok", "youtube", "facebook", "x", "linkedin", "twitch", "pinterest", "snapchat")
VIEWS_FIRST: Final = ("tiktok", "youtube", "twitch", "snapchat")
"""Platforms where people watch what they do not follow: the audience is the usual unique viewers."""
FORMATS: Final = ("post", "carousel", "reel", "story", "short", "video", "live", "podcast", "blog")
DENOMINATORS: Final = ("followers", "views", "reach")


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type, unit, meaning, and the values it may hold."""

    name: str
    type: pa.DataType
    unit: str
    meaning: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """One kind of table: its fields, the key that makes a row one thing, and what a usable row needs.

    `needs` is a conjunction of alternatives: `(("creator_id", "handle"), ("followers",))` reads
    «an id or a handle, and followers». `newest` is the field that says which of two rows with one key is newer.
    """

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    newest: str | None = None

    @property
    def arrow(self) -> pa.Schema:
        """The Arrow schema, columns in order; all nullable."""
        return pa.schema([(f.name, f.type) for f in self.fields])

    @property
    def names(self) -> list[str]:
        """The field names in order."""
        return [f.name for f in self.fields]

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(f for f in self.fields if f.name == name)

    def empty(self) -> pa.Table:
        """A table of no rows."""
        return self.arrow.empty_table()


_ID = Field("creator_id", TEXT, "id", "the creator on one platform; the handle in lower case where a file gives none")
_PLATFORM = Field("platform", TEXT, "name", "where the creator publishes", choices=PLATFORMS)
_AS_OF = Field("as_of", TIME, "time", "when the figures were read")
_CURRENCY = Field("currency", TEXT, "ISO 4217", "the currency of the amount")


def _count(name: str, meaning: str, unit: str = "count") -> Field:
    return Field(name, COUNT, unit, meaning, low=0)


def _average(name: str, meaning: str) -> Field:
    return Field(name, NUMBER, "per post", meaning, low=0)


CREATORS: Final = Schema(
    "creators",
    (
        _ID,
        Field("handle", TEXT, "name", "the name behind the @"),
        Field("name", TEXT, "name", "the name people read"),
        _PLATFORM,
        _count("followers", "followers or subscribers: potential, never called reach", "people"),
        _count("following", "accounts the creator follows", "accounts"),
        _count("posts", "posts ever published"),
        Field("niche", TEXT, "word", "what the creator is about"),
        Field(
            "country",
            TEXT,
            "ISO 3166 alpha-2",
            "the creator's country, or the audience's main one if the source says so",
        ),
        Field("region", TEXT, "name", "region or state"),
        Field("city", TEXT, "name", "city"),
        Field("language", TEXT, "ISO 639-1", "language of the content"),
        Field("bio", TEXT, "text", "the profile's own words"),
        Field("verified", FLAG, "yes or no", "verified by the platform"),
        _average("avg_views", "usual views"),
        _average("avg_likes", "usual likes"),
        _average("avg_comments", "usual comments"),
        _average("avg_shares", "usual shares"),
        _average("avg_engagements", "usual likes, comments and the rest together, where a source gives only the total"),
        Field("engagement_rate", NUMBER, "share", "usual engagements per denominator", low=0),
        Field("engagement_denominator", TEXT, "word", "what the engagement rate is a share of", choices=DENOMINATORS),
        _AS_OF,
    ),
    key=("creator_id", "platform"),
    needs=(("creator_id", "handle", "name"),),
    newest="as_of",
)
POSTS: Final = Schema(
    "posts",
    (
        Field("post_id", TEXT, "id", "the post"),
        _ID,
        _PLATFORM,
        Field("format", TEXT, "word", "what kind of post", choices=FORMATS),
        Field("posted_at", TIME, "time", "when it was published"),
        Field("seen_at", TIME, "time", "when its figures were read"),
        _count("likes", "likes"),
        _count("comments", "comments"),
        _count("shares", "shares"),
        _count("saves", "saves"),
        _count("views", "views"),
        _count("reach", "people reached, as the platform counted them", "people"),
        Field("caption", TEXT, "text", "the caption"),
        Field("sponsored", FLAG, "yes or no", "paid for by a brand"),
        Field("sponsor", TEXT, "name", "the brand that paid"),
    ),
    key=("post_id", "platform"),
    needs=(("post_id",), ("creator_id",)),
    newest="seen_at",
)
AUDIENCES: Final = Schema(
    "audiences",
    (
        _ID,
        Field("dimension", TEXT, "word", "country, region, city, language, age, gender, interest"),
        Field("bucket", TEXT, "word", "one value of the dimension: US, 18-24, female, fashion"),
        Field("share", NUMBER, "share", "part of the audience in the bucket", low=0, high=1),
    ),
    key=("creator_id", "dimension", "bucket"),
    needs=(("creator_id",), ("dimension",), ("bucket",), ("share",)),
)
FOLLOWERS: Final = Schema(
    "followers",
    (_ID, Field("person", TEXT, "hashed id", "one follower or engager, hashed before it came here")),
    key=("creator_id", "person"),
    needs=(("creator_id",), ("person",)),
)
OVERLAPS: Final = Schema(
    "overlaps",
    (
        Field("a", TEXT, "id", "one creator"),
        Field("b", TEXT, "id", "another creator"),
        _count("shared", "people in both audiences", "people"),
    ),
    key=("a", "b"),
    needs=(("a",), ("b",), ("shared",)),
)
RATES: Final = Schema(
    "rates",
    (
        _ID,
        Field("package", TEXT, "package", "what is bought, as in `2 reel + 1 story`"),
        Field("price", NUMBER, "money", "the fee", low=0),
        _CURRENCY,
        Field("date", TIME, "time", "when it was quoted or paid"),
        Field("kind", TEXT, "word", "asked or paid", choices=("quote", "paid")),
    ),
    key=("creator_id", "package", "kind", "date"),
    needs=(("creator_id",), ("price",)),
    newest="date",
)
OUTCOMES: Final = Schema(
    "outcomes",
    (
        _ID,
        Field("campaign", TEXT, "name", "the campaign"),
        Field("cost", NUMBER, "money", "what was paid", low=0),
        _count("reach", "people reached", "people"),
        _count("engagements", "likes, comments, shares and saves"),
        _count("clicks", "clicks"),
        _count("orders", "orders"),
        Field("revenue", NUMBER, "money", "revenue of the orders", low=0),
        _CURRENCY,
        Field("date", TIME, "time", "when the campaign ended"),
    ),
    key=("creator_id", "campaign"),
    needs=(("creator_id",), ("campaign",)),
    newest="date",
)
COMMENTS: Final = Schema(
    "comments",
    (
        Field("post_id", TEXT, "id", "the post"),
        _ID,
        Field("person", TEXT, "hashed id", "who commented, hashed"),
        Field("posted_at", TIME, "time", "when"),
        Field("by_creator", FLAG, "yes or no", "the creator's own comment or reply"),
        Field("text", TEXT, "text", "the comment"),
        _count("length", "length of the comment", "characters"),
    ),
    key=("post_id", "person", "posted_at"),
    needs=(("post_id",), ("person",)),
)
FX: Final = Schema(
    "fx",
    (
        _CURRENCY,
        Field("date", TIME, "time", "day of the rate"),
        Field("usd", NUMBER, "US dollars", "what one unit is worth in US dollars", low=0),
    ),
    key=("currency", "date"),
    needs=(("currency",), ("usd",)),
    newest="date",
)
SCHEMAS: Final[dict[str, Schema]] = {
    s.name: s for s in (CREATORS, POSTS, AUDIENCES, FOLLOWERS, OVERLAPS, RATES, OUTCOMES, COMMENTS, FX)
}


@dataclass(frozen=True, slots=True)
class Reject:
    """One value or row that could not be used: where it stood and why. `row` counts the file's lines from 1."""

    file: str
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tables:
    """The typed tables a plan is made from; those not given are empty. Columns as in `SCHEMAS`."""

    creators: pa.Table
    posts: pa.Table = field(default_factory=POSTS.empty)
    audiences: pa.Table = field(default_factory=AUDIENCES.empty)
    followers: pa.Table = field(default_factory=FOLLOWERS.empty)
    overlaps: pa.Table = field(default_factory=OVERLAPS.empty)
    rates: pa.Table = field(default_factory=RATES.empty)
    outcomes: pa.Table = field(default_factory=OUTCOMES.empty)
    comments: pa.Table = field(default_factory=COMMENTS.empty)
    fx: pa.Table = field(default_factory=FX.empty)
    rejects: tuple[Reject, ...] = ()
    warnings: tuple[str, ...] = ()


def missing(schema: Schema, present: Iterable[str]) -> list[tuple[str, ...]]:
    """The needs of a schema that the present field names leave open."""
    have = set(present)
    return [alternatives for alternatives in schema.needs if not have.intersection(alternatives)]
