"""YouTube Data API v3: comment threads and replies, their authors hashed."""

from collections.abc import Mapping
from typing import Any, Final

from asterism.creators.ingest import Ingested
from asterism.creators.payloads import reading
from asterism.creators.payloads.reading import absent, at, count, listed
from asterism.creators.payloads.tabulate import From, Item, Layout, Said, tabulated
from asterism.creators.tables import Reject

_GONE: Final = "the author's account is gone: nobody to count"
_COMMENTS: Final = Layout(
    "comments",
    (
        From("snippet.videoId", "post_id", reading.text),
        From("snippet.authorChannelId.value", "person", reading.hashed, "SHA-256 of the channel's id, 16 figures"),
        From("snippet.publishedAt", "posted_at", reading.moment),
        From("id", "comment_id", reading.text),
        From("snippet.parentId", "parent_id", reading.text),
        From("snippet.textOriginal", "text", reading.text, "as written"),
        From("snippet.textDisplay", "text", reading.plain, "HTML read as text"),
        From("snippet.textOriginal", "length", lambda raw: len(reading.text(raw)), "characters of the text"),
        From("snippet.textDisplay", "length", lambda raw: len(reading.plain(raw)), "characters of the text"),
    ),
    place="items[] comment.",
    why={
        "etag": "the interface's mark of a version", "kind": "what the object is",
        "snippet.authorDisplayName": "a person's name is never kept",
        "snippet.authorProfileImageUrl": "a person's picture is never kept",
        "snippet.authorChannelUrl": "a person's address is never kept",
        "snippet.authorChannelId": "a person's id, kept only as a hash",
        "snippet.likeCount": "likes of a comment",
        "snippet.updatedAt": "when it was edited",
    },
    origins={"creator_id": "items[].snippet.channelId"},
)  # fmt: skip


def comments(source: str, items: list[Item]) -> Ingested:
    """The comments and replies of some threads, or of a list of replies."""
    found = [Item(item.row, one, _known(one, item.value)) for item in items for one in _of(item.value)]
    there = [item for item in found if not _authorless(item)]
    rejects = tuple(
        Reject(source, item.row, "items[] comment.snippet.authorChannelId", str(at(item.value, "id")), _GONE)
        for item in found
        if _authorless(item)
    )
    if not items:
        return tabulated(source, _COMMENTS, [], Said((), ("No comments: there are none, or they are disabled.",)))
    return tabulated(source, _COMMENTS, there, Said(rejects, tuple(_missing(items, there)), len(rejects)))


def _authorless(item: Item) -> bool:
    return absent(at(item.value, "snippet.authorChannelId.value"))


def _of(thread: Any) -> list[Any]:
    """A thread's comment and its replies; a comment by itself is one."""
    top = at(thread, "snippet.topLevelComment")
    return [thread] if top is None else [top, *listed(thread, "replies.comments")]


def _known(comment: Any, thread: Any) -> Mapping[str, Any]:
    channel = at(thread, "snippet.channelId") or at(comment, "snippet.channelId")
    if absent(channel):
        return {"post_id": at(thread, "snippet.videoId")}
    author = at(comment, "snippet.authorChannelId.value")
    return {"creator_id": channel, "by_creator": author == channel, "post_id": at(thread, "snippet.videoId")}


def _missing(items: list[Item], there: list[Item]) -> list[str]:
    """Replies and channels that the answer speaks of without telling."""
    said = []
    counted = sum(_number(at(item.value, "snippet.totalReplyCount")) for item in items)
    told = sum(len(listed(item.value, "replies.comments")) for item in items)
    if counted > told:
        said.append(f"{counted - told} replies are not in the answer: ask for part=snippet,replies, or `comments`.")
    if there and not any("creator_id" in item.known for item in there):
        said.append("No channel is told, so the creator's own replies cannot be known from the others'.")
    return said


def _number(raw: Any) -> int:
    """A count that only serves a remark: 0 where it cannot be read."""
    try:
        return 0 if absent(raw) else count(raw)
    except ValueError:
        return 0
