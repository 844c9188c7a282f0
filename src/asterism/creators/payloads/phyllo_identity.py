"""Phyllo and InsightIQ: profiles of the identity interface, those whose owners gave access."""

import re
from collections.abc import Mapping
from typing import Any, Final

from asterism.creators import platforms
from asterism.creators.ingest import Ingested
from asterism.creators.payloads import reading
from asterism.creators.payloads.audience import CONTACT
from asterism.creators.payloads.reading import absent, at, listed
from asterism.creators.payloads.tabulate import From, Item, Layout, items_of, tabulated

_CHANNEL: Final = re.compile(r"/channel/(UC[\w-]{22})")


def channel_of(raw: Any) -> str | None:
    """The YouTube channel's id in a profile's address, or None."""
    found = _CHANNEL.search(reading.text(raw))
    return found[1] if found else None


_IDENTITY: Final = Layout(
    "creators",
    (
        From("platform_profile_id", "creator_id", reading.text, "the profile's id, a channel's on YouTube"),
        From("external_id", "creator_id", reading.text, "the owner's id on the platform"),
        From("platform_username", "handle", reading.handle),
        From("username", "handle", reading.handle),
        From("url", "handle", reading.handle, "in the profile's address"),
        From("full_name", "name", reading.text),
        From("platform_profile_name", "name", reading.text),
        From("work_platform.name", "platform", lambda raw: platforms.platform(reading.text(raw))),
        From("reputation.follower_count", "followers", reading.count),
        From("reputation.subscriber_count", "followers", reading.count, "subscribers"),
        From("reputation.following_count", "following", reading.count),
        From("reputation.content_count", "posts", reading.count),
        From("category", "niche", reading.word),
        From("country", "country", reading.country),
        From("introduction", "bio", reading.text),
        From("website", "links", reading.text),
        From("is_verified", "verified", reading.flag),
        From("updated_at", "as_of", reading.moment, "when the figures were read"),
    ),
    place="data[].",
    why={
        **dict.fromkeys(("emails", "phone_numbers", "addresses"), CONTACT),
        **dict.fromkeys(("date_of_birth", "gender", "first_name", "last_name", "nick_name"),
                        "of the creator as a person; no field of ours"),
        "user": "the vendor's own user", "account": "the vendor's own account", "image_url": "a picture",
        "work_platform.id": "the vendor's own number of the platform", "work_platform.logo_url": "a picture",
    },
)  # fmt: skip


def identities(source: str, document: Mapping[str, Any], vendor: str) -> Ingested:
    """The creators of a list of profiles, or of one alone."""
    values = [document] if "reputation" in document else listed(document, "data")
    return tabulated(source, _IDENTITY, _named(items_of(values), {"source": vendor}))


def _named(items: list[Item], known: Mapping[str, Any]) -> list[Item]:
    """The items with the handle in lower case as id, which counts only where the vendor tells none."""
    out = []
    for item in items:
        name = at(item.value, "platform_username") or at(item.value, "username")
        usable = not absent(name) and "@" not in str(name)
        out.append(Item(item.row, item.value, {**known, "creator_id": str(name).lower() if usable else None}))
    return out
