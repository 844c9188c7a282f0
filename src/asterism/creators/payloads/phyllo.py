"""Phyllo and InsightIQ: profile analytics; profiles of the identity interface stand apart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import pyarrow as pa

from asterism.creators import platforms
from asterism.creators.ingest import Ingested
from asterism.creators.payloads import reading
from asterism.creators.payloads.audience import (
    CONTACT,
    ESTIMATED,
    SPECIAL,
    Audience,
    Dimension,
    audience,
    credibility_explained,
    kinds_of,
    rate_explained,
)  # fmt: skip
from asterism.creators.payloads.contents import Lists, captioned, format_of, merged, told
from asterism.creators.payloads.phyllo_identity import channel_of, identities
from asterism.creators.payloads.reading import absent, at, listed
from asterism.creators.payloads.tabulate import Around, From, Item, Layout, Said, items_of, tabulated
from asterism.creators.schema import PLATFORMS
from asterism.creators.tables import Reject

_OTHERS: Final = "other accounts than this one"
_AUDIENCES: Final = Audience(
    place="profile.audience.",
    lists=(
        Dimension("countries", "country", "code", reading.country),
        Dimension("states", "region", "name", reading.text),
        Dimension("cities", "city", "name", reading.text),
        Dimension("languages", "language", "code", reading.language_or_word),
        Dimension("interests", "interest", "name", reading.lowered, "one person may have several"),
    ),
    share="value",
    unit=reading.percent,
    cross="gender_age_distribution",
    cells=lambda cell: [(at(cell, "age_range"), at(cell, "gender"), at(cell, "value"))],
)
_PROFILE: Final = Layout(
    "creators",
    (
        From("profile.platform_username", "handle", reading.handle),
        From("profile.full_name", "name", reading.text),
        From("profile.follower_count", "followers", reading.count),
        From("profile.subscriber_count", "followers", reading.count, "subscribers"),
        From("profile.content_count", "posts", reading.count),
        From("profile.top_interests", "niche", reading.first_word, "the first of the profile's interests"),
        From("profile.location.country", "country", reading.country),
        From("profile.location.state", "region", reading.text),
        From("profile.location.city", "city", reading.text),
        From("profile.language", "language", reading.language),
        From("profile.introduction", "bio", reading.text),
        From("profile.introduction", "links", reading.addresses, "addresses in the introduction"),
        From("profile.is_verified", "verified", reading.flag),
        From("profile.average_views", "avg_views", reading.figure),
        From("profile.average_reels_views", "avg_views", reading.figure, "of reels, where no other views are told"),
        From("profile.average_likes", "avg_likes", reading.figure),
        From("profile.average_comments", "avg_comments", reading.figure),
        From("profile.engagement_rate", "engagement_rate", reading.figure,
             "a fraction: 1.91 is 191%; usual likes over followers, comments left out, as the vendor's figures show"),
        From("profile.audience.credibility_score", "credible", reading.figure, "a fraction, by its own reckoning"),
        From("profile.updated_at", "as_of", reading.moment, "when the figures were read"),
        From("profile.report_generated_at", "as_of", reading.moment, "when the report was made"),
    ),
    why={
        "id": "the vendor's own number of the report", "work_platform.id": "the vendor's own number of the platform",
        "work_platform.logo_url": "a picture", "profile.image_url": "a picture",
        "profile.url": "the profile's address; read where it holds the channel's id",
        "profile.contact_details": CONTACT + "; accounts on platforms we know are links",
        "profile.gender": "of the creator as a person; no field of ours",
        "profile.age_group": "of the creator as a person; no field of ours",
        "profile.audience.ethnicities": SPECIAL, "profile.audience_likers.ethnicities": SPECIAL,
        "profile.audience_commenters.ethnicities": SPECIAL,
        "profile.audience_likers": "who likes, not who follows: another audience than that of our table",
        "profile.audience_commenters": "who comments, not who follows: another audience than that of our table",
        "profile.audience.gender_distribution": "again what age and gender tell together",
        "profile.audience.follower_types": "kinds of followers by the vendor's reckoning; told as a remark",
        "profile.audience.follower_reachability": "how many accounts followers follow; no field of ours",
        "profile.audience.brand_affinity": "brands, by the vendor's reckoning; no field of ours",
        "profile.audience.lookalikes": _OTHERS, "profile.audience.significant_followers": _OTHERS,
        "profile.lookalikes": _OTHERS, "profile.engagement_rate_histogram": _OTHERS,
        "profile.audience.credibility_score_band": _OTHERS,
        "profile.top_hashtags": "tags; read from captions where needed",
        "profile.top_mentions": "accounts named in captions; no field of ours",
        "pricing": ESTIMATED, "price_explanations": ESTIMATED,
    },
    elsewhere=(
        "work_platform.name", "profile.external_id", "profile.reputation_history", "profile.top_contents",
        "profile.recent_contents", "profile.sponsored_contents",
        *(f"profile.audience.{one.name}" for one in _AUDIENCES.lists), "profile.audience.gender_age_distribution",
    ),
)  # fmt: skip
_HISTORY: Final = Layout(
    "snapshots",
    (
        From("month", "as_of", reading.month, "the month's first day: the vendor tells the month only"),
        From("follower_count", "followers", reading.count),
        From("subscriber_count", "followers", reading.count, "subscribers"),
        From("following_count", "following", reading.count),
        From("average_likes", "avg_likes", reading.figure),
        From("average_views", "avg_views", reading.figure),
        From("average_comments", "avg_comments", reading.figure),
    ),
    place="profile.reputation_history[].",
    why={"total_views": "a total, not a figure per post", "total_likes": "a total, not a figure per post"},
)
_LISTS: Final = Lists(
    names=("top_contents", "recent_contents", "sponsored_contents"),
    paid="sponsored_contents",
    key="url",
    figures=tuple(f"engagement.{n}_count" for n in ("like", "comment", "share", "save", "view", "play")),
    type="type",
)
_CONTENTS: Final = Layout(
    "posts",
    (
        From("url", "post_id", lambda raw: platforms.post_of_address(reading.text(raw)), "the id in its address"),
        From("type", "format", format_of),
        From("published_at", "posted_at", reading.moment),
        From("", "caption", captioned, "title and description", "description"),
        From("engagement.like_count", "likes", reading.count),
        From("engagement.comment_count", "comments", reading.count),
        From("engagement.share_count", "shares", reading.count),
        From("engagement.save_count", "saves", reading.count),
        From("engagement.view_count", "views", reading.count),
        From("engagement.play_count", "views", reading.count, "plays, where no views are told"),
    ),
    place="profile.*_contents[].",
    why={
        "thumbnail_url": "a picture",
        "mentions": "accounts named in the caption: a brand among them need not have paid",
    },
    elsewhere=("title",),
    origins={"sponsored": "profile.sponsored_contents", "seen_at": "profile.updated_at"},
)
_LINKS: Final = Layout(
    "links",
    (From("type", "other_platform", lambda raw: platforms.platform(reading.text(raw))),
     From("value", "other_handle", reading.handle)),
    place="profile.contact_details[].",
    why={"label": CONTACT, "verified": "of the contact"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose report it is: the creator's id and platform, the vendor, and when its figures were read."""

    creator_id: str | None
    platform: str | None
    vendor: str
    as_of: Any
    origin: str


def recognised(document: Any) -> bool:
    """Whether a document is a Phyllo or InsightIQ report, or a list of their profiles."""
    if isinstance(at(document, "work_platform"), Mapping):
        return isinstance(at(document, "profile"), Mapping) or isinstance(at(document, "reputation"), Mapping)
    return any(isinstance(at(one, "reputation"), Mapping) and recognised(one) for one in listed(document, "data"))


def vendor_of(document: Any) -> str:
    """insightiq or phyllo: the same company before and after 2024, told apart by where its logos lie."""
    first = document if at(document, "work_platform") else next(iter(listed(document, "data")), None)
    return "insightiq" if "insightiq" in str(at(first, "work_platform.logo_url")).lower() else "phyllo"


def read(source: str, document: Mapping[str, Any], _around: Around) -> tuple[Ingested, ...]:
    """The creator, history, audience, posts and links of a report, or the creators of a list of profiles."""
    if not isinstance(at(document, "profile"), Mapping):
        return (identities(source, document, vendor_of(document)),)
    profile = _profile(document)
    if profile.platform not in PLATFORMS:
        return (_elsewhere(source, document),)
    found = [
        _creator(source, document, profile),
        _history(source, document, profile),
        audience(source, _AUDIENCES, at(document, "profile.audience"), profile.creator_id or ""),
        _posts(source, document, profile),
        _links(source, document, profile),
    ]
    return tuple(one for one in found if one.rows)


def _profile(document: Mapping[str, Any]) -> Profile:
    creator, origin = _identity(document)
    times = (at(document, "profile.updated_at"), at(document, "profile.report_generated_at"))
    return Profile(creator, _platform(document), vendor_of(document), _time(times), origin)


def _identity(document: Mapping[str, Any]) -> tuple[str | None, str]:
    """The creator's id and where it stands: the platform's own, the channel's in the address, or the handle."""
    own, handle = (at(document, f"profile.{name}") for name in ("external_id", "platform_username"))
    channel = channel_of(str(at(document, "profile.url")))
    if not absent(own):
        return str(own), "profile.external_id"
    if channel:
        return channel, "profile.url"
    return (None if absent(handle) else str(handle).lower()), "profile.platform_username"


def _platform(document: Mapping[str, Any]) -> str | None:
    try:
        return platforms.platform(str(at(document, "work_platform.name")))
    except ValueError:
        return None


def _time(raws: tuple[Any, ...]) -> Any:
    for raw in raws:
        try:
            return reading.moment(raw)
        except ValueError:
            continue
    return None


def _elsewhere(source: str, document: Mapping[str, Any]) -> Ingested:
    name = str(at(document, "work_platform.name"))
    reject = Reject(source, 1, "work_platform.name", name, "not a platform we know")
    return tabulated(source, _PROFILE, [], Said((reject,), (f"Reports on {name} are not used.",), 1))


def _creator(source: str, document: Mapping[str, Any], profile: Profile) -> Ingested:
    known = {
        "creator_id": profile.creator_id,
        "platform": profile.platform,
        "source": profile.vendor,
        "engagement_denominator": None if absent(at(document, "profile.engagement_rate")) else "followers",
    }
    origins = {"creator_id": profile.origin, "platform": "work_platform.name"}
    layout = Layout("creators", _PROFILE.fields, "", _PROFILE.why, _PROFILE.elsewhere, origins)
    found = tabulated(source, layout, [Item(1, document, known)])
    said = [*found.warnings, *_explained(document, found.table, profile.vendor)]
    if profile.as_of is None:
        said.append("The report does not say when its figures were read: they stay undated.")
    return _saying(found, said)


def _saying(found: Ingested, said: list[str]) -> Ingested:
    return replace(found, warnings=tuple(said))


def _explained(document: Mapping[str, Any], table: pa.Table, vendor: str) -> list[str]:
    """What of a creator's figures looks wrong and is not, or is the vendor's opinion."""
    row = (table.to_pylist() or [{}])[0]
    kinds = kinds_of(at(document, "profile.audience"), "follower_types", "name", _AUDIENCES)
    likes, comments, followers, views = (
        row.get(name) for name in ("avg_likes", "avg_comments", "followers", "avg_views")
    )
    return [
        *rate_explained(row.get("engagement_rate"), likes, comments, followers, views),
        *credibility_explained(vendor, row.get("credible"), kinds),
    ]


def _history(source: str, document: Mapping[str, Any], profile: Profile) -> Ingested:
    known = {"creator_id": profile.creator_id, "platform": profile.platform}
    return tabulated(source, _HISTORY, items_of(listed(document, "profile.reputation_history"), known))


def _posts(source: str, document: Mapping[str, Any], profile: Profile) -> Ingested:
    known = {"creator_id": profile.creator_id, "platform": profile.platform, "seen_at": profile.as_of}
    found = merged(_LISTS, at(document, "profile"), known)
    return tabulated(source, _CONTENTS, found.items, Said((), tuple(told(found.doubled))))


def _links(source: str, document: Mapping[str, Any], profile: Profile) -> Ingested:
    """Other accounts of the same person; the rest of the contact data is not looked at."""
    known = {
        "creator_id": profile.creator_id,
        "platform": profile.platform,
        "source": profile.vendor,
        "as_of": profile.as_of,
    }
    accounts = [one for one in listed(document, "profile.contact_details") if _is_account(one)]
    return tabulated(source, _LINKS, items_of(accounts, known))


def _is_account(one: Any) -> bool:
    return str(at(one, "type")).lower() in platforms.WORDS
