"""TikTok Research API: the requests that make up an account, and what its refusals mean.

For approved research only. One unit is one call of 1,000 a day. Videos are found by windows of 30 days, back to a year
ago; comments come without their authors and are left out. Sources: developers.tiktok.com/doc/research-api-specs-…
(query videos, query user info), as of September 2026.
"""

import re
from collections.abc import Generator
from datetime import timedelta
from typing import Any, Final

from asterism.errors import OutsideFailure
from asterism.store.settings import TIKTOK_KEY, TIKTOK_SECRET, Access
from asterism.store.sources.asking import Answer, Ask, Document, Judgement, Meaning, Note, Steps, by_status, short
from asterism.store.sources.handles import account_of
from asterism.store.sources.http import KEPT, Door
from asterism.store.sources.wanted import Source, Wanted

_HANDLE: Final = re.compile(r"[\w.]{1,30}", re.ASCII)
_PAGE: Final = 100
WINDOW: Final = 30
"""Days one query may span, the first and the last among them."""
WINDOWS: Final = 12
PROFILE: Final = (
    "display_name,bio_description,avatar_url,is_verified,follower_count,following_count,likes_count,video_count,bio_url"
)
VIDEOS: Final = (
    "id,video_description,create_time,region_code,share_count,view_count,like_count,comment_count,favorites_count,"
    "hashtag_names,username,video_duration"
)


def account(words: str) -> str:
    """`@handle` of the account that words or an address name; `WrongUsage` where they name none."""
    return account_of(words, _HANDLE, "TikTok")


def door(access: Access) -> Door:
    """Where TikTok is asked.

    Raises
    ------
    OutsideFailure
        There is no client key, or no secret to it.
    """
    for name, value in ((TIKTOK_KEY, access.key), (TIKTOK_SECRET, access.secret)):
        if not value:
            fix = "Set the client key and secret of your research project."
            raise OutsideFailure(f"There is no key for TikTok: {name} is not set.", fix)
    form = {"client_key": access.key, "client_secret": access.secret, "grant_type": "client_credentials"}
    return Door("TikTok", access.url, judge, sign_in=form, secrets=(access.key, access.secret))


def steps(account: str, wanted: Wanted) -> Steps:
    """The profile, and its videos window by window until there are enough."""
    name = account.removeprefix("@")
    answer = yield Ask(
        f"the account {account}", "research/user/info/", (("fields", PROFILE),), {"username": name},
        stage="profile", known={"username": name},
    )  # fmt: skip
    if answer.document is None:
        return ""
    profile = answer.document.get("data")
    published = profile.get("video_count") if isinstance(profile, dict) else None
    enough = min(wanted.posts, published) if isinstance(published, int) else wanted.posts
    found = 0
    for window in range(WINDOWS):
        if found >= enough:
            break
        found += yield from _window(account, wanted, window)
    return ""


def _window(account: str, wanted: Wanted, window: int) -> Generator[Ask | Note, Answer, int]:
    """How many videos one window holds; all its pages, as they come in no certain order."""
    last = wanted.since - timedelta(days=window * WINDOW)
    body: Document = {
        "query": {"and": [{"operation": "EQ", "field_name": "username", "field_values": [account.removeprefix("@")]}]},
        "start_date": f"{last - timedelta(days=WINDOW - 1):%Y%m%d}",
        "end_date": f"{last:%Y%m%d}",
        "max_count": _PAGE,
    }
    found = 0
    place: Document = {}
    while True:
        answer = yield Ask(
            f"the videos of {account}", "research/video/query/", (("fields", VIDEOS),), {**body, **place},
            stage="videos", share=0.1 + 0.9 * window / WINDOWS,
        )  # fmt: skip
        page = (answer.document or {}).get("data")
        if not isinstance(page, dict):
            return found
        found += len(videos) if isinstance(videos := page.get("videos"), list) else 0
        if not page.get("has_more"):
            return found
        place = {"cursor": page.get("cursor"), "search_id": page.get("search_id")}


def judge(status: int, document: Document) -> Judgement:
    """What TikTok's answer means, by the code of its error; signing in has a form of its own."""
    told: Any = document.get("error")
    if isinstance(told, str):
        why = short(document.get("error_description") or told)
        fix = f"Set {TIKTOK_KEY} and {TIKTOK_SECRET} to those of your research project."
        return by_status(status, why) if status >= 500 else Judgement(Meaning.BARRED, f"no token is given ({why})", fix)
    code = str(told.get("code") or "ok") if isinstance(told, dict) else "ok"
    why = short((told.get("message") if isinstance(told, dict) else "") or code)
    if code == "ok":
        return by_status(status)
    if code == "daily_quota_limit_exceeded":
        return Judgement(Meaning.SPENT, "the calls of today are used up", f"{KEPT} after midnight UTC.")
    if code == "access_token_invalid":
        return Judgement(Meaning.EXPIRED, why)
    if code in ("scope_not_authorized", "scope_permission_missed", "access_denied"):
        fix = "It needs the scope research.data.basic of an approved research project."
        return Judgement(Meaning.BARRED, f"the key may not do this ({why})", fix)
    if code == "rate_limit_exceeded":
        return Judgement(Meaning.SLOW, why)
    if re.search(r"(?i)not found|cannot be found|does not exist|not exist|is private|no such user|cannot find", why):
        return Judgement(Meaning.ABSENT, why)
    if code in ("internal_error", "timeout"):
        return Judgement(Meaning.BROKEN, why)
    return by_status(max(status, 400), why)


SOURCE: Final = Source("tiktok", "TikTok", 1_000, account, door, steps)
