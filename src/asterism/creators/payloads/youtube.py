"""YouTube Data API v3: channels, videos, playlist items and comment threads."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from asterism.creators.ingest import Ingested
from asterism.creators.payloads import reading
from asterism.creators.payloads.reading import absent, at, listed
from asterism.creators.payloads.tabulate import Around, From, Item, Layout, Said, items_of, nothing, tabulated
from asterism.creators.payloads.youtube_comments import comments
from asterism.creators.tables import Reject
from asterism.errors import UnreadableFile

SOURCE: Final = "youtube data api"
SHORT_SECONDS: Final = 60
"""A video up to this long is read as a short; since October 2024 upright ones of three minutes are shorts too."""
_TEXT: Final = "number, written as text"
_PRIVATE: Final = ("private video", "deleted video")
_DURATION: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def _caption(value: Mapping[str, Any]) -> str | None:
    parts = [at(value, "snippet.title"), at(value, "snippet.description")]
    return "\n".join(reading.text(part) for part in parts if not absent(part)) or None


def _format(video: Mapping[str, Any]) -> str | None:
    """live, short, video, or None where the answer holds no duration."""
    if at(video, "snippet.liveBroadcastContent") in ("live", "upcoming") or "liveStreamingDetails" in video:
        return "live"
    duration = at(video, "contentDetails.duration")
    if absent(duration):
        return None
    found = _DURATION.fullmatch(str(duration))
    if not found:
        raise ValueError("its duration is no ISO 8601 duration")
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return "short" if ((days * 24 + hours) * 60 + minutes) * 60 + seconds <= SHORT_SECONDS else "video"


def _topic(raw: Any) -> str | None:
    """The name at the end of the first topic's address: `…/wiki/Lifestyle_(sociology)` is lifestyle."""
    first = raw[0] if isinstance(raw, list) and raw else None
    if absent(first):
        return None
    return reading.word(re.sub(r"\(.*\)", "", str(first).rsplit("/", 1)[-1]).replace("_", " "))


_ALWAYS: Final = {
    "etag": "the interface's mark of a version", "kind": "what the object is", "snippet.thumbnails": "pictures",
    "snippet.localized": "title and description again", "player": "the player's HTML",
}  # fmt: skip
_CHANNELS: Final = Layout(
    "creators",
    (
        From("id", "creator_id", reading.text),
        From("snippet.customUrl", "handle", reading.handle),
        From("snippet.title", "name", reading.text),
        From("statistics.subscriberCount", "followers", reading.count, f"{_TEXT}; YouTube rounds it to three figures"),
        From("statistics.videoCount", "posts", reading.count, f"{_TEXT}; public videos"),
        From("topicDetails.topicCategories", "niche", _topic, "the first topic's name"),
        From("snippet.country", "country", reading.country),
        From("snippet.defaultLanguage", "language", reading.language),
        From("brandingSettings.channel.defaultLanguage", "language", reading.language),
        From("snippet.description", "bio", reading.text),
        From("snippet.description", "links", reading.addresses, "addresses in the description"),
    ),
    place="items[].",
    why={
        **_ALWAYS,
        "statistics.viewCount": "a total over all videos, not a figure per post",
        "statistics.commentCount": "a total over all videos, not a figure per post",
        "statistics.hiddenSubscriberCount": "says whether subscribers are hidden; then they are not stated",
        "snippet.publishedAt": "a date of the account, not of the figures",
        "contentDetails": "ids of the channel's playlists",
        "status": "settings of the channel",
        "brandingSettings": "title and description again, pictures and keywords",
        "topicDetails.topicIds": "the topics again, as ids",
    },
)
_VIDEOS: Final = Layout(
    "posts",
    (
        From("id", "post_id", reading.text),
        From("snippet.channelId", "creator_id", reading.text),
        From("snippet.publishedAt", "posted_at", reading.moment),
        From(
            "",
            "format",
            _format,
            "from `duration`: up to 60 seconds a short, else a video",
            "contentDetails.duration",
        ),
        From("", "caption", _caption, "title and description", "snippet.title"),
        From("statistics.likeCount", "likes", reading.count, f"{_TEXT}; absent where the owner hides them"),
        From("statistics.commentCount", "comments", reading.count, f"{_TEXT}; absent where comments are disabled"),
        From("statistics.viewCount", "views", reading.count, _TEXT),
        From("paidProductPlacementDetails.hasPaidProductPlacement", "sponsored", reading.flag, "the creator's label"),
    ),
    place="items[].",
    why={
        **_ALWAYS,
        "snippet.channelTitle": "the channel's name; import the answer of `channels` for its figures",
        "snippet.tags": "tags; read from the caption where needed",
        "snippet.categoryId": "YouTube's own shelf for one video, not what the channel is about",
        "snippet.defaultLanguage": "language of the title; posts have no such field",
        "snippet.defaultAudioLanguage": "language of the sound; posts have no such field",
        "statistics.favoriteCount": "no longer counted by YouTube: always 0",
        "statistics.dislikeCount": "shown to the owner only; no field of ours",
        "contentDetails": "definition, captions and rights of the video",
        "status": "upload, licence and embedding; private and deleted videos are rejects",
        "topicDetails": "topics of one video, not of the channel",
        "liveStreamingDetails": "times of the broadcast; only that it is one is used",
    },
    elsewhere=("snippet.description", "snippet.liveBroadcastContent"),
)
_PLAYLIST: Final = Layout(
    "posts",
    (
        From("snippet.resourceId.videoId", "post_id", reading.text),
        From("contentDetails.videoId", "post_id", reading.text),
        From("snippet.videoOwnerChannelId", "creator_id", reading.text, "the video's own channel"),
        From("snippet.channelId", "creator_id", reading.text, "the playlist's channel, where the video's is not told"),
        From("contentDetails.videoPublishedAt", "posted_at", reading.moment),
        From("", "caption", _caption, "title and description", "snippet.title"),
    ),
    place="items[].",
    why={
        **_ALWAYS,
        "id": "the place in the playlist, not the video",
        "snippet.publishedAt": "when the video was put into the playlist, not when it was published",
        "snippet.playlistId": "the playlist",
        "snippet.position": "the place in the playlist",
        "snippet.channelTitle": "the channel's name",
        "snippet.videoOwnerChannelTitle": "the channel's name",
        "snippet.resourceId": "what kind of thing the item is",
    },
    elsewhere=("snippet.description",),
)


def recognised(document: Any) -> bool:
    """Whether a document is an answer of the YouTube Data API, or one object of it."""
    return str(at(document, "kind") or "").startswith("youtube#")


def read(source: str, document: Mapping[str, Any], _around: Around) -> tuple[Ingested, ...]:
    """The tables an answer holds.

    Raises
    ------
    UnreadableFile
        It is an answer of a kind that tells nothing of creators.
    """
    what = str(document["kind"]).removeprefix("youtube#").removesuffix("ListResponse")
    if what not in _READ:
        known = ", ".join(_READ)
        raise UnreadableFile(f"{source} is YouTube's answer on `{what}`, which we do not use.", f"We read: {known}.")
    alone = what if str(document["kind"]).endswith("ListResponse") else ""
    values = listed(document, "items") if alone else [document]
    return (_READ[what](source, items_of(values)),)


def _channels(source: str, items: list[Item]) -> Ingested:
    shown = [Item(item.row, _without_hidden(item.value), {"platform": "youtube", "source": SOURCE}) for item in items]
    hidden = sum(at(item.value, "statistics.hiddenSubscriberCount") is True for item in items)
    said = [f"{hidden} channels hide their subscribers: not stated, which is not 0."] if hidden else []
    return tabulated(source, _CHANNELS, shown, _said(source, items, "channel", said))


def _without_hidden(channel: Any) -> Any:
    """The channel without the 0 that stands for hidden subscribers."""
    if at(channel, "statistics.hiddenSubscriberCount") is not True:
        return channel
    return {**channel, "statistics": {**channel["statistics"], "subscriberCount": None}}


def _videos(source: str, items: list[Item]) -> Ingested:
    gone = [(item, why) for item in items if (why := _why_gone(item.value))]
    there = [item for item in items if not _why_gone(item.value)]
    counted = [item.value for item in there if isinstance(at(item.value, "statistics"), Mapping)]
    off = sum(absent(at(video, "statistics.commentCount")) for video in counted)
    liked = sum(absent(at(video, "statistics.likeCount")) for video in counted)
    said = [f"{off} videos state no comments, as they are disabled: not stated, which is not 0."] if off else []
    said += [f"{liked} videos hide their likes: not stated, which is not 0."] if liked else []
    if there and not any(at(item.value, "contentDetails.duration") for item in there):
        said.append("Nothing tells shorts from videos: ask for part=snippet,contentDetails,statistics.")
    found = _said(source, there, "video", said)
    rejects = tuple(Reject(source, item.row, "items[].id", str(at(item.value, "id")), why) for item, why in gone)
    known = [Item(item.row, item.value, {"platform": "youtube"}) for item in there]
    return tabulated(source, _VIDEOS, known, Said((*rejects, *found.rejects), found.warnings, len(gone)))


def _why_gone(video: Any) -> str:
    """Why a video is not to be seen; empty where it is."""
    if at(video, "status.privacyStatus") == "private":
        return "private: nobody sees it"
    upload = at(video, "status.uploadStatus")
    return f"{upload}: it is not there any more" if upload in ("deleted", "rejected", "failed") else ""


def _said(source: str, items: list[Item], noun: str, warnings: list[str]) -> Said:
    """What is missing from the answer: items at all, statistics of all or of some."""
    objects = [item for item in items if isinstance(item.value, Mapping)]
    bare = [item for item in objects if not isinstance(item.value.get("statistics"), Mapping)]
    if not items:
        return Said((), (*warnings, f"YouTube knows no such {noun}: the id may be wrong, or it is deleted or private."))
    if len(bare) == len(objects):
        if not bare:
            return Said((), tuple(warnings))
        return Said((), (*warnings, f"No {noun} comes with figures: ask for part=snippet,statistics."))
    reason = f"no statistics came with this {noun}: its figures are not stated"
    return Said(tuple(Reject(source, item.row, "items[].statistics", "", reason) for item in bare), tuple(warnings))


def _playlist(source: str, items: list[Item]) -> Ingested:
    titles = [str(at(item.value, "snippet.title")) for item in items]
    told = list(zip(items, titles, strict=True))
    there = [Item(i.row, i.value, {"platform": "youtube"}) for i, title in told if title.lower() not in _PRIVATE]
    rejects = tuple(
        Reject(source, item.row, "items[].snippet.title", title, "private or deleted")
        for item, title in told
        if title.lower() in _PRIVATE
    )
    said = ["Playlists tell which videos there are, no figures: import the answer of `videos` for these ids."]
    if any(absent(at(item.value, "snippet.videoOwnerChannelId")) for item in there):
        said.append("The playlist's channel is taken as that of its videos: right for a channel's own uploads.")
    return tabulated(source, _PLAYLIST, there, Said(rejects, tuple(said), len(rejects)))


def _subscriptions(source: str, items: list[Item]) -> Ingested:
    return nothing(
        source,
        "creators",
        len(items),
        "Subscriptions tell whom a channel follows, no figures of anybody: no row is used; import `channels`.",
    )


def _categories(source: str, items: list[Item]) -> Ingested:
    titles = [str(at(item.value, "snippet.title")) for item in items]
    shown = ", ".join(titles[:5])
    return nothing(source, "creators", len(items), f"Names of video categories ({shown} …), no creators: no row used.")


_READ: Final[Mapping[str, Callable[[str, list[Item]], Ingested]]] = {
    "channel": _channels, "video": _videos, "playlistItem": _playlist, "commentThread": comments, "comment": comments,
    "subscription": _subscriptions, "videoCategory": _categories,
}  # fmt: skip
