"""Modash: influencer reports (Discovery API v1); by its documentation, untried on live answers."""

from collections.abc import Mapping
from typing import Any, Final

from asterism.creators import platforms
from asterism.creators.ingest import Ingested
from asterism.creators.payloads import reading
from asterism.creators.payloads.audience import (
    CONTACT,
    SPECIAL,
    Audience,
    Dimension,
    audience,
    credibility_explained,
    kinds_of,
    rate_explained,
)  # fmt: skip
from asterism.creators.payloads.contents import Lists, format_of, merged, told
from asterism.creators.payloads.reading import absent, at, listed
from asterism.creators.payloads.tabulate import Around, From, Item, Layout, Said, items_of, tabulated
from asterism.creators.schema import VIEWS_FIRST

SOURCE: Final = "modash"
UNTRIED: Final = "Read by the documentation of Modash's report, version 1; untried on live documents."
_OTHERS: Final = "other accounts than this one"
_AUDIENCES: Final = Audience(
    place="profile.audience.",
    lists=(
        Dimension("geoCountries", "country", "code", reading.country),
        Dimension("geoStates", "region", "name", reading.text),
        Dimension("geoCities", "city", "name", reading.text),
        Dimension("languages", "language", "code", reading.language_or_word),
        Dimension("ages", "age", "code", reading.age),
        Dimension("genders", "gender", "code", reading.gender),
        Dimension("interests", "interest", "name", reading.lowered, "one person may have several"),
    ),
    share="weight",
    unit=reading.figure,
    cross="",
    cells=lambda _cell: [],
)
_PROFILE: Final = Layout(
    "creators",
    (
        From("profile.profile.username", "handle", reading.handle),
        From("profile.profile.fullname", "name", reading.text),
        From("profile.profile.followers", "followers", reading.count),
        From("profile.postsCount", "posts", reading.count),
        From("profile.interests", "niche", reading.first_word, "the first of the profile's interests"),
        From("profile.country", "country", reading.country),
        From("profile.state", "region", reading.text),
        From("profile.city", "city", reading.text),
        From("profile.language.code", "language", reading.language),
        From("profile.bio", "bio", reading.text),
        From("profile.bio", "links", reading.addresses, "addresses in the biography"),
        From("profile.isVerified", "verified", reading.flag),
        From("profile.avgViews", "avg_views", reading.figure),
        From("profile.avgReelsPlays", "avg_views", reading.figure, "of reels, where no other views are told"),
        From("profile.avgLikes", "avg_likes", reading.figure),
        From("profile.avgComments", "avg_comments", reading.figure),
        From("profile.avgShares", "avg_shares", reading.figure),
        From("profile.profile.engagements", "avg_engagements", reading.figure),
        From("profile.profile.engagementRate", "engagement_rate", reading.figure,
             "a fraction; Instagram: median likes over followers, TikTok and YouTube: usual likes over views"),
        From("profile.audience.credibility", "credible", reading.figure, "a fraction, by the vendor's own reckoning"),
    ),
    why={
        "error": "whether the answer is an error", "profile.profile.picture": "a picture",
        "profile.contacts": CONTACT, "profile.audience.ethnicities": SPECIAL, "profile.audienceExtra": _OTHERS,
        "profile.audience.gendersPerAge": "again what ages and genders tell",
        "profile.audience.notable": "followers with many followers; no field of ours",
        "profile.audience.notableUsers": _OTHERS, "profile.audience.audienceLookalikes": _OTHERS,
        "profile.lookalikes": _OTHERS,
        "profile.audience.audienceTypes": "kinds of followers by the vendor's reckoning; told as a remark",
        "profile.audience.audienceReachability": "how many accounts followers follow; no field of ours",
        "profile.audience.brandAffinity": "brands, by the vendor's reckoning; no field of ours",
        "profile.gender": "of the creator as a person; no field of ours",
        "profile.ageGroup": "of the creator as a person; no field of ours",
        "profile.hashtags": "tags; read from captions where needed",
        "profile.mentions": "accounts named in captions; no field of ours",
        "profile.stats": "the usual figures again, against a month before",
    },
    elsewhere=(
        "profile.userId", "profile.profile.userId", "profile.profile.url", "profile.statHistory",
        "profile.recentPosts", "profile.popularPosts", "profile.sponsoredPosts",
        *(f"profile.audience.{one.name}" for one in _AUDIENCES.lists),
    ),
)  # fmt: skip
_HISTORY: Final = Layout(
    "snapshots",
    (
        From("month", "as_of", reading.month, "the month's first day: the vendor tells the month only"),
        From("followers", "followers", reading.count),
        From("following", "following", reading.count),
        From("avgLikes", "avg_likes", reading.figure),
        From("avgViews", "avg_views", reading.figure),
        From("avgComments", "avg_comments", reading.figure),
        From("avgShares", "avg_shares", reading.figure),
    ),
    place="profile.statHistory[].",
)
_LISTS: Final = Lists(
    names=("popularPosts", "recentPosts", "sponsoredPosts"),
    paid="sponsoredPosts",
    key="id",
    figures=("likes", "comments", "shares", "saves", "views", "plays"),
    type="type",
)
_POSTS: Final = Layout(
    "posts",
    (
        From("id", "post_id", reading.text),
        From("type", "format", format_of),
        From("created", "posted_at", reading.moment, "ISO 8601; a bare number is refused, as its unit is not told"),
        From("text", "caption", reading.text),
        From("likes", "likes", reading.count),
        From("comments", "comments", reading.count),
        From("shares", "shares", reading.count),
        From("saves", "saves", reading.count),
        From("views", "views", reading.count),
        From("plays", "views", reading.count, "plays, where no views are told"),
    ),
    place="profile.*Posts[].",
    why={"url": "the post's address; the id says the same", "thumbnail": "a picture", "image": "a picture",
         "mentions": "accounts named in the caption", "hashtags": "tags; read from the caption where needed"},
    origins={"sponsored": "profile.sponsoredPosts"},
)  # fmt: skip


def recognised(document: Any) -> bool:
    """Whether a document is a Modash report."""
    profile = at(document, "profile.profile")
    return isinstance(profile, Mapping) and "followers" in profile and "engagementRate" in profile


def read(source: str, document: Mapping[str, Any], around: Around) -> tuple[Ingested, ...]:
    """The creator, history, audience and posts of a report."""
    platform = around.platform or platforms.platform_of_address(str(at(document, "profile.profile.url")))
    own = [at(document, path) for path in ("profile.userId", "profile.profile.userId")]
    creator = reading.own_id(own, at(document, "profile.profile.username"))
    known = {"creator_id": creator, "platform": platform}
    posts = merged(_LISTS, document["profile"], known)
    found = [
        _creator(source, document, known),
        tabulated(source, _HISTORY, items_of(listed(document, "profile.statHistory"), known)),
        audience(source, _AUDIENCES, at(document, "profile.audience"), creator or ""),
        tabulated(source, _POSTS, posts.items, Said((), tuple(told(posts.doubled)))),
    ]
    return tuple(one for one in found if one.rows)


def _creator(source: str, document: Mapping[str, Any], known: Mapping[str, Any]) -> Ingested:
    rated = not absent(at(document, "profile.profile.engagementRate"))
    whole = "views" if known["platform"] in VIEWS_FIRST else "followers"
    around = {**known, "source": SOURCE, "engagement_denominator": whole if rated else None}
    said = [UNTRIED, "The report does not say when its figures were read: they stay undated."]
    if known["platform"] is None:
        said.append("The report does not say on which platform it is: pass --platform.")
    layout = Layout("creators", _PROFILE.fields, "", _PROFILE.why, _PROFILE.elsewhere, {"creator_id": "profile.userId"})
    return tabulated(source, layout, [Item(1, document, around)], Said((), (*said, *_explained(document))))


def _explained(document: Mapping[str, Any]) -> list[str]:
    """What of the figures looks wrong and is not, or is the vendor's opinion; what cannot be read explains nothing."""
    paths = ("profile.engagementRate", "audience.credibility")
    shares = [_share(at(document, f"profile.{path}")) for path in paths]
    names = ("avgLikes", "avgComments", "profile.followers", "avgViews")
    likes, comments, followers, views = (at(document, f"profile.{name}") for name in names)
    kinds = kinds_of(at(document, "profile.audience"), "audienceTypes", "code", _AUDIENCES)
    return [
        *rate_explained(shares[0], likes, comments, followers, views),
        *credibility_explained(SOURCE, shares[1], kinds),
    ]


def _share(raw: Any) -> float | None:
    try:
        return None if absent(raw) else reading.figure(raw)
    except ValueError:
        return None
