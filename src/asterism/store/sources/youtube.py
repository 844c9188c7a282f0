"""YouTube Data API v3: the requests that make up a channel, and what its refusals mean.

Every list costs 1 unit a page, `videos.list` 1 per 50 ids; `search.list` (100 units) is never used. A key has 10,000
units a day, from midnight Pacific time. Sources: developers.google.com/youtube/v3/determine_quota_cost and
…/v3/docs/errors, as of 2026.
"""

import re
from collections.abc import Generator
from typing import Any, Final

from asterism.creators.platforms import handle
from asterism.errors import OutsideFailure, WrongUsage
from asterism.store.settings import YOUTUBE_KEY, Access
from asterism.store.sources.asking import Answer, Ask, Document, Judgement, Meaning, Note, Steps, by_status, short
from asterism.store.sources.http import KEPT, Door
from asterism.store.sources.wanted import Source, Wanted

_Ids = Generator[Ask | Note, Answer, list[str]]
_CHANNEL_ID: Final = re.compile(r"UC[\w-]{22}")
_HANDLE: Final = re.compile(r"[\w.·-]{1,60}")
_PAGE: Final = 50
_COMMENTS: Final = 100
_SPENT: Final = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_SLOW: Final = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
_OFF: Final = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
_WRONG: Final = frozenset({"keyInvalid", "keyExpired", "API_KEY_INVALID", "authError", "required"})
_TIED: Final = frozenset(
    {"ipRefererBlocked", "API_KEY_SERVICE_BLOCKED", "API_KEY_IP_ADDRESS_BLOCKED", "API_KEY_HTTP_REFERRER_BLOCKED"}
)
_PRIVATE: Final = frozenset({"forbidden", "channelForbidden", "playlistItemsNotAccessible", "playlistForbidden"})


def account(words: str) -> str:
    """`@handle` or the id of the channel that words or an address name.

    Raises
    ------
    WrongUsage
        They name no channel.
    """
    try:
        name = handle(words)
    except ValueError:
        name = ""
    if _CHANNEL_ID.fullmatch(name):
        return name
    if not _HANDLE.fullmatch(name):
        raise WrongUsage(f"`{words}` names no YouTube channel.", "Write it as @handle, or as the id that begins UC.")
    return f"@{name.lower()}"


def door(access: Access) -> Door:
    """Where YouTube is asked.

    Raises
    ------
    OutsideFailure
        There is no key.
    """
    if not access.key:
        what = f"There is no key for YouTube: {YOUTUBE_KEY} is not set."
        raise OutsideFailure(what, "Make an API key in the Google Cloud console and set it.")
    return Door("YouTube", access.url, judge, {"X-Goog-Api-Key": access.key}, secrets=(access.key,))


def steps(account: str, wanted: Wanted) -> Steps:
    """The channel, its latest uploads, their figures, and the latest comments under each."""
    who = ("id", account) if account.startswith("UC") else ("forHandle", account)
    parts = ("part", "snippet,statistics,contentDetails,topicDetails")
    answer = yield Ask(f"the channel {account}", "channels", (parts, who), stage="channel")
    if answer.document is None:
        return ""
    if not (items := _items(answer)):
        return f"there is no channel {account}: deleted, closed, or written differently"
    uploads = _at(items[0], "contentDetails", "relatedPlaylists", "uploads")
    ids = (yield from _uploads(account, str(uploads), wanted.posts)) if uploads and wanted.posts else []
    commented = yield from _videos(account, ids)
    if wanted.comments:
        yield from _comments(account, commented, wanted.comments)
    return ""


def _uploads(account: str, playlist: str, posts: int) -> _Ids:
    ids: list[str] = []
    token = ""
    while len(ids) < posts:
        query = (("part", "contentDetails"), ("playlistId", playlist), *_page(_PAGE, token))
        answer = yield Ask(f"the uploads of {account}", "playlistItems", query, share=0.1)
        ids += [video for item in _items(answer) if (video := _video(item))]
        token = str((answer.document or {}).get("nextPageToken") or "")
        if not token:
            break
    return list(dict.fromkeys(ids))[:posts]


def _video(item: Document) -> str:
    """The id of the video a playlist's item stands for; older answers tell it in another place."""
    return str(_at(item, "contentDetails", "videoId") or _at(item, "snippet", "resourceId", "videoId") or "")


def _videos(account: str, ids: list[str]) -> _Ids:
    """Ask for the figures of all videos; returns those under which there may be comments."""
    commented: list[str] = []
    for at in range(0, len(ids), _PAGE):
        asked = ids[at : at + _PAGE]
        parts = ("part", "snippet,contentDetails,statistics,paidProductPlacementDetails")
        query = (parts, ("id", ",".join(asked)), ("maxResults", str(_PAGE)))
        answer = yield Ask(f"the videos of {account}", "videos", query, stage="videos", share=0.2)
        found = _items(answer)
        if answer.document is not None and (gone := len(asked) - len(found)) > 0:
            yield Note(f"{gone} of the videos of {account}", "deleted or private since they were listed")
        commented += [str(item["id"]) for item in found if item.get("id") and _commented(item)]
    return commented


def _commented(item: Document) -> bool:
    """Whether there may be comments under a video; a count that is not stated may be any."""
    return str(_at(item, "statistics", "commentCount")) != "0"


def _comments(account: str, videos: list[str], most: int) -> Steps:
    """The latest threads under each video with the replies that come with them, in pages of 100."""
    for at, video in enumerate(videos):
        token, had = "", 0
        while had < most:
            query = (("part", "snippet,replies"), ("videoId", video), ("order", "time"), *_page(_COMMENTS, token))
            what = f"the comments on {video} of {account}"
            answer = yield Ask(what, "commentThreads", query, stage="comments", share=0.3 + 0.7 * at / len(videos))
            had += len(_items(answer))
            token = str((answer.document or {}).get("nextPageToken") or "")
            if not token:
                break
    return ""


def judge(status: int, document: Document) -> Judgement:
    """What YouTube's answer means: its reasons tell apart what shares one status."""
    told = document.get("error")
    if not isinstance(told, dict):
        ours = status >= 300 or str(document.get("kind")).startswith("youtube#")
        return by_status(status) if ours else Judgement(Meaning.BROKEN, "something else than YouTube answers there")
    reasons, why = _reasons(told), short(re.sub(r"<[^>]+>", "", str(told.get("message") or status)))
    if reasons & _SPENT:
        what = "the key's quota is used up for today"
        return Judgement(Meaning.SPENT, what, f"{KEPT} after midnight Pacific time, when it starts afresh.")
    if reasons & _SLOW:
        return Judgement(Meaning.SLOW, why)
    if reasons & _OFF:
        what = "YouTube Data API v3 is not switched on for the key's project"
        return Judgement(Meaning.BARRED, what, "Enable it in the Google Cloud console, wait a minute, and try again.")
    if reasons & _TIED:
        fix = "Allow this machine and YouTube Data API v3 in the key's restrictions in the Google Cloud console."
        return Judgement(Meaning.BARRED, "the key is restricted to other machines or other interfaces", fix)
    if "commentsDisabled" in reasons:
        return Judgement(Meaning.ABSENT, "comments are switched off")
    if reasons & _PRIVATE and status == 403 and "unregistered callers" not in why:
        return Judgement(Meaning.ABSENT, "private, or not ours to read")
    if status in (401, 403) or reasons & _WRONG or "API key" in why:
        return Judgement(
            Meaning.BARRED, f"the key is not accepted ({why})", f"Set {YOUTUBE_KEY} to a key that is valid."
        )
    return by_status(status, why)


def _reasons(told: Document) -> set[str]:
    """Every reason an error states, in its old form and its new."""
    lists = [told[name] for name in ("errors", "details") if isinstance(told.get(name), list)]
    listed = [part for each in lists for part in each if isinstance(part, dict)]
    return {str(part["reason"]) for part in listed if part.get("reason")}


def _items(answer: Answer) -> list[Document]:
    items = (answer.document or {}).get("items")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _at(item: Document, *names: str) -> Any:
    found: Any = item
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _page(size: int, token: str) -> tuple[tuple[str, str], ...]:
    return (("maxResults", str(size)), *((("pageToken", token),) if token else ()))


SOURCE: Final = Source("youtube", "YouTube", 10_000, account, door, steps)
