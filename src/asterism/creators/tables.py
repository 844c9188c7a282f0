"""Every table Asterism knows: one schema per kind, with types, units and meanings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from asterism.creators.schema import COUNT, DENOMINATORS, FLAG, FORMATS, NUMBER, PLATFORMS, TEXT, TIME, Field, Schema

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
        Field("links", TEXT, "addresses", "addresses the profile points to, with spaces between"),
        Field("verified", FLAG, "yes or no", "verified by the platform"),
        _average("avg_views", "usual views"),
        _average("avg_likes", "usual likes"),
        _average("avg_comments", "usual comments"),
        _average("avg_shares", "usual shares"),
        _average("avg_engagements", "usual likes, comments and the rest together, where a source gives only the total"),
        Field("engagement_rate", NUMBER, "share", "usual engagements per denominator", low=0),
        Field("engagement_denominator", TEXT, "word", "what the engagement rate is a share of", choices=DENOMINATORS),
        Field("credible", NUMBER, "share", "followers a vendor considers real, by its own reckoning", low=0, high=1),
        _AS_OF,
        Field("source", TEXT, "name", "who says so: a file, a vendor, a platform's interface"),
    ),
    key=("creator_id", "platform", "source"),
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
        Field("comment_id", TEXT, "id", "the comment"),
        Field("parent_id", TEXT, "id", "the comment it answers"),
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
_FIGURES: Final = (
    "followers", "following", "posts", "avg_views", "avg_likes", "avg_comments", "avg_shares", "avg_engagements",
    "engagement_rate", "engagement_denominator",
)  # fmt: skip
"""What of a creator moves with time."""
SNAPSHOTS: Final = Schema(
    "snapshots",
    tuple(CREATORS.field(name) for name in ("creator_id", "platform", "as_of", *_FIGURES)),
    key=("creator_id", "platform", "as_of"),
    needs=(("creator_id",), ("as_of",)),
)
"""A creator's figures at each time they were read: the past of `creators`, which holds the newest."""
ANNOTATIONS: Final = Schema(
    "annotations",
    (
        _ID,
        _PLATFORM,
        Field("date", TIME, "time", "when it happened, or began"),
        Field("until", TIME, "time", "when it was over; the same day where not given"),
        Field("text", TEXT, "text", "what happened: a television appearance, a giveaway, a viral post"),
    ),
    key=("creator_id", "platform", "date"),
    needs=(("creator_id",), ("date",), ("text",)),
)
"""What people know of a creator's history, and figures alone do not tell."""
ACCOUNTS: Final = Schema(
    "accounts",
    (
        _ID,
        Field("person", TEXT, "hashed id", "one follower or engager of the creator, hashed"),
        _count("followers", "followers of that person's account", "people"),
        _count("following", "accounts that person follows", "accounts"),
        _count("posts", "posts that person published"),
        Field("has_picture", FLAG, "yes or no", "the account has a profile picture"),
        Field("private", FLAG, "yes or no", "the account is private"),
        _count("bio_length", "length of the account's biography", "characters"),
        Field("digits", NUMBER, "share", "part of the username that is figures", low=0, high=1),
    ),
    key=("creator_id", "person"),
    needs=(("creator_id",), ("person",), ("followers", "following")),
)
"""A sample of the accounts that follow a creator, by what their profiles show."""
LINKS: Final = Schema(
    "links",
    (
        _ID,
        _PLATFORM,
        Field("other_platform", TEXT, "name", "where the other account is", choices=PLATFORMS),
        Field("other_handle", TEXT, "name", "the other account's handle or id"),
        Field("source", TEXT, "name", "who says that both are one person's"),
        _AS_OF,
    ),
    key=("creator_id", "platform", "other_platform", "other_handle"),
    needs=(("creator_id",), ("other_platform",), ("other_handle",)),
    newest="as_of",
)
"""Accounts on other platforms that a profile or a vendor calls the same person's."""
SCHEMAS: Final[dict[str, Schema]] = {
    s.name: s
    for s in (
        CREATORS, POSTS, AUDIENCES, FOLLOWERS, OVERLAPS, RATES, OUTCOMES, COMMENTS, FX,
        SNAPSHOTS, ANNOTATIONS, ACCOUNTS, LINKS,
    )
}  # fmt: skip


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
    snapshots: pa.Table = field(default_factory=SNAPSHOTS.empty)
    annotations: pa.Table = field(default_factory=ANNOTATIONS.empty)
    accounts: pa.Table = field(default_factory=ACCOUNTS.empty)
    links: pa.Table = field(default_factory=LINKS.empty)
    rejects: tuple[Reject, ...] = ()
    warnings: tuple[str, ...] = ()


def missing(schema: Schema, present: Iterable[str]) -> list[tuple[str, ...]]:
    """The needs of a schema that the present field names leave open."""
    have = set(present)
    return [alternatives for alternatives in schema.needs if not have.intersection(alternatives)]
