"""HypeAuditor: search results of its discovery interface (`auditor.search`, fields as of 2025)."""

from collections.abc import Mapping
from typing import Any, Final

from asterism.creators import platforms
from asterism.creators.ingest import Ingested
from asterism.creators.payloads import reading
from asterism.creators.payloads.audience import rate_explained
from asterism.creators.payloads.reading import absent, at, listed
from asterism.creators.payloads.tabulate import Around, From, Item, Layout, Said, items_of, tabulated
from asterism.creators.schema import VIEWS_FIRST

SOURCE: Final = "hypeauditor"
_INSTAGRAM: Final = ("real_subscribers_count", "reels_video_views_avg")
"""Metrics that only results on Instagram have."""


def _credible(one: Any) -> float | None:
    real, whole = (at(one, f"metrics.{name}.value") for name in ("real_subscribers_count", "subscribers_count"))
    if absent(real):
        return None
    if absent(whole) or not reading.figure(whole):
        raise ValueError("no number of all subscribers to take a share of")
    return reading.figure(real) / reading.figure(whole)


_RESULTS: Final = "result.search_results[]."
_CREATORS: Final = Layout(
    "creators",
    (
        From("basic.id", "creator_id", reading.text),
        From("basic.username", "handle", reading.handle),
        From("basic.title", "name", reading.text),
        From("metrics.subscribers_count.value", "followers", reading.count),
        From("metrics.views_avg.value", "avg_views", reading.figure),
        From("metrics.reels_video_views_avg.value", "avg_views", reading.figure, "of reels"),
        From("metrics.comments_avg.value", "avg_comments", reading.figure),
        From("metrics.shares_avg.value", "avg_shares", reading.figure),
        From("metrics.er.value", "engagement_rate", reading.percent, "per cent: 20.99 is 0.2099"),
        From("", "credible", _credible, "real over all subscribers, by the vendor's own reckoning",
             "metrics.real_subscribers_count.value"),
    ),
    place=_RESULTS,
    why={
        "basic.avatar_url": "a picture",
        "metrics.likes_count": "a total over all posts, not a figure per post",
        "features.aqs": "a vendor's score whose parts are not stated; not trusted, not used",
        "features.cqs": "a vendor's score whose parts are not stated; not trusted, not used",
        "features.search_content": "why the search found it",
    },
    elsewhere=("features.social_networks",),
)  # fmt: skip
_LINKS: Final = Layout(
    "links",
    (From("type", "other_platform", lambda raw: platforms.platform(reading.text(raw))),
     From("username", "other_handle", reading.handle)),
    place=f"{_RESULTS}features.social_networks[].",
    why={"title": "the account's name", "social_id": "the account's id", "avatar_url": "a picture",
         "subscribers_count": "a figure of the other account; import that account",
         "er": "a figure of the other account; import that account", "state": "whether the vendor has a report on it"},
)  # fmt: skip


def recognised(document: Any) -> bool:
    """Whether a document is an answer of HypeAuditor's search."""
    return any(
        isinstance(at(one, "basic"), Mapping) and isinstance(at(one, "metrics"), Mapping)
        for one in listed(document, "result.search_results")
    )


def read(source: str, document: Mapping[str, Any], around: Around) -> tuple[Ingested, ...]:
    """The creators of a page of results, and their accounts on other platforms."""
    items = [_known(item, around) for item in items_of(listed(document, "result.search_results"))]
    lacking = sum(item.known["platform"] is None for item in items)
    said = [f"{lacking} results do not say on which platform they are: pass --platform."] if lacking else []
    said += [word for item in items for word in _odd(item.value)]
    links = [
        Item(row, other, {k: item.known[k] for k in ("creator_id", "platform", "source")})
        for item in items
        for row, other in enumerate(listed(item.value, "features.social_networks"), start=1)
        if not _same(other, item)
    ]
    creators = tabulated(source, _CREATORS, items, Said((), tuple(said)))
    return (creators, tabulated(source, _LINKS, links)) if links else (creators,)


def _known(item: Item, around: Around) -> Item:
    platform = around.platform or _platform(item.value)
    known = {
        "creator_id": reading.own_id([at(item.value, "basic.id")], at(item.value, "basic.username")),
        "platform": platform,
        "source": SOURCE,
    }
    if not absent(at(item.value, "metrics.er.value")):
        known["engagement_denominator"] = "views" if platform in VIEWS_FIRST else "followers"
    return Item(item.row, item.value, known)


def _platform(one: Any) -> str | None:
    """The platform: by metrics only Instagram has, else by the listed account of the same name."""
    metrics = at(one, "metrics")
    if isinstance(metrics, Mapping) and any(name in metrics for name in _INSTAGRAM):
        return "instagram"
    same = [other for other in listed(one, "features.social_networks") if _name(other) == _name(at(one, "basic"))]
    for other in same if len(same) == 1 else ():
        try:
            return platforms.platform(str(at(other, "type")))
        except ValueError:
            continue
    return None


def _name(value: Any) -> str:
    return str(at(value, "username")).lower()


def _same(other: Any, item: Item) -> bool:
    """Whether a listed account is the one the result is about."""
    try:
        there = platforms.platform(str(at(other, "type")))
    except ValueError:
        return False
    return there == item.known["platform"] and _name(other) == _name(at(item.value, "basic"))


def _odd(one: Any) -> list[str]:
    """What explains a rate above 100%."""
    names = ("er", "likes_avg", "comments_avg", "subscribers_count", "views_avg")
    rate, likes, comments, followers, views = (at(one, f"metrics.{name}.value") for name in names)
    try:
        share = None if absent(rate) else reading.percent(rate)
    except ValueError:
        return []
    return rate_explained(share, likes, comments, followers, views)
