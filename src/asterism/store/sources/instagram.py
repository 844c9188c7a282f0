"""Instagram Graph API: the requests that make up an account, and what its refusals mean.

Other people's accounts come through business discovery: business and creator accounts only, without reach, saves or
comments' text. The account the token belongs to also gives the insights of each post. One unit is one call; Meta
allows 200 an hour for each user of an app, and counts them itself. Sources: developers.facebook.com, IG User business
discovery, IG Media insights, rate limiting, as of August 2026 (v25.0).
"""

import re
from typing import Final

from asterism.errors import OutsideFailure
from asterism.store.settings import INSTAGRAM_TOKEN, INSTAGRAM_USER, Access
from asterism.store.sources.asking import Ask, Document, Judgement, Meaning, Steps, by_status, short
from asterism.store.sources.handles import account_of
from asterism.store.sources.http import KEPT, Door
from asterism.store.sources.wanted import Source, Wanted

_HANDLE: Final = re.compile(r"[A-Za-z0-9._]{1,30}")
_PAGE: Final = 50
_CURSOR: Final = re.compile(r"[\w=-]+")
PROFILE: Final = "id,username,name,biography,website,followers_count,follows_count,media_count"
MEDIA: Final = "id,caption,like_count,comments_count,media_type,media_product_type,permalink,timestamp"
INSIGHTS: Final = "reach,saved,shares,views"
_LIMITED: Final = frozenset({4, 17, 32, 613, 80001, 80002})
"""Codes for too many calls of an app, a user, a page, or an Instagram account; they last up to an hour."""
_NOBODY: Final = frozenset({2207013, 2207006})
"""Subcodes for an account or a post that is not there, or is a private person's."""


def account(words: str) -> str:
    """`@handle` of the account that words or an address name; `WrongUsage` where they name none."""
    return account_of(words, _HANDLE, "Instagram")


def door(access: Access) -> Door:
    """Where Instagram is asked.

    Raises
    ------
    OutsideFailure
        There is no token, or no account it belongs to.
    """
    for name, value in ((INSTAGRAM_TOKEN, access.key), (INSTAGRAM_USER, access.user)):
        if not value:
            fix = "It needs a token with instagram_basic and instagram_manage_insights, and the id of its account."
            raise OutsideFailure(f"There is no key for Instagram: {name} is not set.", fix)
    headers = {"Authorization": f"Bearer {access.key}"}
    return Door("Instagram", access.url, judge, headers, user=access.user, secrets=(access.key,))


def steps(account: str, wanted: Wanted) -> Steps:
    """The profile and its latest posts; of our own account also what insights say of each post."""
    ids: list[str] = []
    own, after = False, ""
    while True:
        answer = yield _page(account, wanted.posts, after)
        document = answer.document or {}
        found = _dict(document.get("business_discovery"))
        if not found:
            return f"there is no business or creator account {account}" if document else ""
        own = found.get("id") is not None and found.get("id") == document.get("id")
        ids += _ids(_dict(found.get("media")))
        after = _after(_dict(found.get("media")))
        if not after or len(ids) >= wanted.posts:
            break
    if own:
        yield from _insights(account, ids[: wanted.posts])
    return ""


def _page(account: str, posts: int, after: str) -> Ask:
    """The profile with the first posts, or the posts after those."""
    place = f".after({after})" if after else ""
    # `view_count` is there for reels, and only in business discovery.
    media = f",media{place}.limit({_PAGE}){{{MEDIA},view_count}}" if posts else ""
    fields = f"business_discovery.username({account.removeprefix('@')}){{{'id' if after else PROFILE}{media}}}"
    what = f"more posts of {account}" if after else f"the account {account}"
    return Ask(what, "{user}", (("fields", fields),), stage="posts", share=0.1)


def _insights(account: str, ids: list[str]) -> Steps:
    """What the platform itself counted of our own posts, with the posts, so that each says whose it is."""
    for at, post in enumerate(ids):
        query = (("fields", f"{MEDIA},owner,username,insights.metric({INSIGHTS})"),)
        what = f"the insights of {post} of {account}"
        yield Ask(what, post, query, stage="insights", share=0.3 + 0.7 * at / len(ids))
    return ""


def judge(status: int, document: Document) -> Judgement:
    """What Instagram's answer means, by the code and subcode of its error."""
    told = document.get("error")
    if not isinstance(told, dict):
        ours = status >= 300 or "id" in document
        return by_status(status) if ours else Judgement(Meaning.BROKEN, "something else than Instagram answers there")
    code, sub = told.get("code"), told.get("error_subcode")
    why = short(told.get("error_user_msg") or told.get("message") or status)
    if code in _LIMITED:
        return Judgement(Meaning.SPENT, f"the calls of this hour are used up ({why})", f"{KEPT} in an hour.")
    if code in (190, 102, 104, 463, 467) or status == 401:
        fix = f"Make a new one and set {INSTAGRAM_TOKEN}."
        return Judgement(Meaning.BARRED, f"the token is not accepted ({why})", fix)
    if sub in _NOBODY or code == 110:
        return Judgement(Meaning.ABSENT, "no business or creator account of that name: deleted, personal or age-gated")
    if code == 10 and "insights" in why.lower():
        return Judgement(Meaning.ABSENT, why)
    if code in (3, 10) or (isinstance(code, int) and 200 <= code <= 299):
        fix = f"Give the token of {INSTAGRAM_TOKEN} instagram_basic and instagram_manage_insights."
        return Judgement(Meaning.BARRED, f"the token may not do this ({why})", fix)
    if code == 100 and sub == 33:
        return Judgement(
            Meaning.ABSENT, f"deleted, or not ours to read; or {INSTAGRAM_USER} is not the token's account"
        )
    if code in (1, 2) or told.get("is_transient") is True:
        return Judgement(Meaning.BROKEN, why)
    if status == 403:
        return Judgement(Meaning.BARRED, f"the token may not do this ({why})", f"Set another {INSTAGRAM_TOKEN}.")
    return by_status(max(status, 400), why)


def _ids(page: Document) -> list[str]:
    listed = page.get("data")
    items = listed if isinstance(listed, list) else []
    ids = [str(item.get("id")) for item in items if isinstance(item, dict)]
    return [post for post in ids if post.isdecimal()]


def _after(page: Document) -> str:
    cursor = str(_dict(_dict(page.get("paging")).get("cursors")).get("after") or "")
    return cursor if _CURSOR.fullmatch(cursor) else ""


def _dict(part: object) -> Document:
    return part if isinstance(part, dict) else {}


SOURCE: Final = Source("instagram", "Instagram", 200, account, door, steps)
