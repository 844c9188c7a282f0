"""Instagram Graph API: business discovery, users and media; insights stand apart."""

import re
from collections.abc import Mapping
from typing import Any, Final

from asterism.creators.ingest import Ingested
from asterism.creators.payloads import reading
from asterism.creators.payloads.instagram_insights import ASK, INSIGHTS, insights, is_insights, owned
from asterism.creators.payloads.reading import absent, at, listed
from asterism.creators.payloads.tabulate import Around, From, Item, Layout, Said, items_of, tabulated

SOURCE: Final = "instagram graph api"
_FORMATS: Final = {"REELS": "reel", "STORY": "story", "CAROUSEL_ALBUM": "carousel", "VIDEO": "video", "IMAGE": "post"}
_MEDIA: Final = ("IMAGE", "VIDEO", "CAROUSEL_ALBUM", "REELS", "STORY")


def _format(media: Mapping[str, Any]) -> str | None:
    """The format: what Instagram shows it as comes before what it is made of."""
    kinds = [str(media.get(name) or "") for name in ("media_product_type", "media_type")]
    return next((_FORMATS[kind] for kind in kinds if kind in _FORMATS), None)


_USERS: Final = Layout(
    "creators",
    (
        From("id", "creator_id", reading.text, "the account's id in the Graph API"),
        From("username", "handle", reading.handle),
        From("name", "name", reading.text),
        From("followers_count", "followers", reading.count),
        From("follows_count", "following", reading.count),
        From("media_count", "posts", reading.count),
        From("biography", "bio", reading.text),
        From("website", "links", reading.text),
    ),
    why={
        "profile_picture_url": "a picture",
        "ig_id": "the id of the older interface",
        "media.paging": "where the next page is; nothing is fetched",
    },
    elsewhere=("media.data",),
)
_POSTS: Final = Layout(
    "posts",
    (
        From("id", "post_id", reading.text, "the media's id in the Graph API"),
        From("owner.id", "creator_id", reading.text),
        From("username", "creator_id", lambda raw: reading.handle(raw).lower(), "the handle in lower case"),
        From("", "format", _format, "from `media_product_type` and `media_type`", "media_type"),
        From("timestamp", "posted_at", reading.moment),
        From("caption", "caption", reading.text),
        From("like_count", "likes", reading.count, "absent where the owner hides them"),
        From("comments_count", "comments", reading.count),
        From("view_count", "views", reading.count),
        *INSIGHTS,
    ),
    why={
        "media_url": "the picture or film itself", "thumbnail_url": "a picture",
        "permalink": "the post's address; the id says the same", "shortcode": "the post's address again",
        "children": "the pictures of a carousel; they have no figures of their own",
        "is_comment_enabled": "a setting", "alt_text": "a description of the picture",
        "insights": "figures of the post; views, reach, shares and saves are read",
    },
    elsewhere=("media_product_type",),
)  # fmt: skip


def recognised(document: Any) -> bool:
    """Whether a document is an answer of the Instagram Graph API: a user, media, or insights."""
    if not isinstance(document, Mapping):
        return False
    if isinstance(document.get("business_discovery"), Mapping) or _is_user(document) or _is_media(document):
        return True
    values = _values(document)
    return bool(values) and (is_insights(document) or any(map(_is_media, values)) or any(map(_is_user, values)))


def read(source: str, document: Mapping[str, Any], around: Around) -> tuple[Ingested, ...]:
    """The creators, posts or audience an answer holds."""
    if is_insights(document):
        return insights(source, document, around)
    found = document.get("business_discovery")
    if isinstance(found, Mapping):
        return _discovered(source, found)
    if _is_user(document):
        return _user(source, document, "")
    values = [document] if _is_media(document) else _values(document)
    place = "" if _is_media(document) else "data[]." if "data" in document else "[id]."
    if any(map(_is_user, values)):
        return (_creators(source, items_of(values), place),)
    return (_posts(source, items_of(values), place, around),)


def _discovered(source: str, user: Mapping[str, Any]) -> tuple[Ingested, ...]:
    if any(name in user for name in ("username", "name", "followers_count")):
        return _user(source, user, "business_discovery.")
    return (_media(source, user, "business_discovery."),)


def _user(source: str, user: Mapping[str, Any], place: str) -> tuple[Ingested, ...]:
    creators = _creators(source, items_of([user]), place)
    return (creators, _media(source, user, place)) if "media" in user else (creators,)


def _creators(source: str, items: list[Item], place: str) -> Ingested:
    known = [Item(item.row, item.value, {"platform": "instagram", "source": SOURCE}) for item in items]
    return tabulated(source, _placed(_USERS, place), known)


def _media(source: str, user: Mapping[str, Any], place: str) -> Ingested:
    """The posts that stand inside a user."""
    known = {"creator_id": user.get("id"), "platform": "instagram"}
    layout = _placed(_POSTS, f"{place}media.data[].", {"creator_id": f"{place}id"})
    items = items_of(listed(user, "media.data"), known)
    return tabulated(source, layout, items, Said((), tuple(_hidden(items))))


def _posts(source: str, items: list[Item], place: str, around: Around) -> Ingested:
    """Posts that stand alone; whose they are is told only if it was asked for, or known from elsewhere."""
    known = [Item(item.row, item.value, owned(at(item.value, "id"), around)) for item in items]
    lacking = sum(_ownerless(item) for item in known)
    said = [*_hidden(items), f"{lacking} posts do not say whose they are: {ASK}."] if lacking else _hidden(items)
    return tabulated(source, _placed(_POSTS, place), known, Said((), tuple(said)))


def _ownerless(item: Item) -> bool:
    return "creator_id" not in item.known and all(absent(at(item.value, path)) for path in ("owner.id", "username"))


def _hidden(items: list[Item]) -> list[str]:
    media = [item.value for item in items if isinstance(item.value, Mapping)]
    n = sum(absent(one.get("like_count")) for one in media)
    return [f"{n} posts state no likes, as the owner hides them or they were not asked for: not 0."] if n else []


def _placed(layout: Layout, place: str, origins: Mapping[str, str] | None = None) -> Layout:
    return Layout(layout.kind, layout.fields, place, layout.why, layout.elsewhere, origins or {})


def _values(document: Mapping[str, Any]) -> list[Any]:
    """The objects of an answer: those of `data`, or those filed by their ids."""
    if "data" in document:
        return listed(document, "data")
    filed = [value for key, value in document.items() if re.fullmatch(r"\d{6,}(_\d+)?", str(key))]
    return filed if len(filed) == len(document) else []


def _is_user(value: Any) -> bool:
    if not isinstance(value, Mapping) or absent(value.get("id")) or absent(value.get("username")):
        return False
    named = ("profile_picture_url" in value) + ("followers_count" in value) + ("media_count" in value)
    return "media_type" not in value and (named >= 2 or "ig_id" in value)


def _is_media(value: Any) -> bool:
    return at(value, "media_type") in _MEDIA and not absent(at(value, "id"))
