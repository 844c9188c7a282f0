"""TikTok Research API v2: videos of a query, and a user's figures; by its documentation, untried on live answers."""

from collections.abc import Mapping
from typing import Any, Final

from asterism.creators.ingest import Ingested
from asterism.creators.payloads import reading
from asterism.creators.payloads.reading import absent, at, listed
from asterism.creators.payloads.tabulate import Around, From, Item, Layout, Said, items_of, tabulated

SOURCE: Final = "tiktok research api"
UNTRIED: Final = "Read by the documentation of TikTok's Research API v2; untried on live documents."
_VIDEOS: Final = Layout(
    "posts",
    (
        From("id", "post_id", reading.text),
        From("username", "creator_id", lambda raw: reading.handle(raw).lower(), "the handle in lower case"),
        From("create_time", "posted_at", reading.epoch, "seconds since 1970, as documented"),
        From("like_count", "likes", reading.count),
        From("comment_count", "comments", reading.count),
        From("share_count", "shares", reading.count),
        From("favorites_count", "saves", reading.count),
        From("view_count", "views", reading.count),
        From("video_description", "caption", reading.text),
    ),
    place="data.videos[].",
    why={
        "region_code": "where the account was registered; import the user for its figures",
        "hashtag_names": "tags; read from the caption where needed",
        "hashtag_info_list": "tags; read from the caption where needed",
        "music_id": "about the sound, not about the post or its creator",
        "effect_ids": "effects of the video", "playlist_id": "the playlist", "video_duration": "length of the video",
        "voice_to_text": "what is said in the video; no field of ours", "video_id": "the id again",
    },
)  # fmt: skip
_USER: Final = Layout(
    "creators",
    (
        From("username", "handle", reading.handle),
        From("display_name", "name", reading.text),
        From("follower_count", "followers", reading.count),
        From("following_count", "following", reading.count),
        From("video_count", "posts", reading.count),
        From("bio_description", "bio", reading.text),
        From("bio_url", "links", reading.text),
        From("is_verified", "verified", reading.flag),
    ),
    place="data.",
    why={"likes_count": "a total over all videos, not a figure per post", "avatar_url": "a picture"},
)


def recognised(document: Any) -> bool:
    """Whether a document is an answer of the Research API: videos, or a user."""
    found = at(document, "data")
    if not isinstance(found, Mapping):
        return False
    videos = listed(found, "videos")
    if "videos" in found:
        return "cursor" in found or any(not absent(at(v, "id")) and not absent(at(v, "create_time")) for v in videos)
    return "follower_count" in found and ("likes_count" in found or "display_name" in found)


def read(source: str, document: Mapping[str, Any], _around: Around) -> tuple[Ingested, ...]:
    """The posts or the creator of an answer."""
    if "videos" in document["data"]:
        items = items_of(listed(document, "data.videos"), {"platform": "tiktok", "format": "video"})
        return (tabulated(source, _VIDEOS, items, Said((), (UNTRIED,))),)
    user = document["data"]
    name = next((at(user, key) for key in ("username", "display_name") if not absent(at(user, key))), None)
    known = {
        "creator_id": None if name is None else str(name).strip().lstrip("@").lower(),
        "platform": "tiktok",
        "source": SOURCE,
    }
    said = [UNTRIED]
    if absent(at(user, "username")):
        said.append("The answer does not repeat the username it was asked for: the creator goes by the display name; "
                    "add `username` inside `data` to join it with its videos.")  # fmt: skip
    return (tabulated(source, _USER, [Item(1, user, known)], Said((), tuple(said))),)
