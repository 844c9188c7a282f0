"""What tests of finding creators share: a workspace whose kept index holds a few creators known by hand."""

import pyarrow as pa

from asterism.creators.tables import CREATORS
from asterism.desk.kept_profiles import keep_profiles
from asterism.desk.studio.kept import INDEXING
from asterism.quantities import Interval
from asterism.signals.finding.index import INDEX
from asterism.signals.finding.shelf import shelved
from asterism.signals.profile import FormatReading, PartReading, Profile, Reading
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.places import catalogue_of, shelf_of
from asterism.store.shelves import standing_edition

FOUR = (
    {"creator_id": "c-ana", "platform": "instagram", "handle": "ana", "name": "Ana Ray", "tier": "micro",
     "followers": 42_000, "niche": "beauty", "country": "DE", "language": "de", "bio": "Skin and mornings in Berlin",
     "posts": 9, "engagement": 0.031, "engagement_low": 0.027, "engagement_high": 0.036, "engagement_of": "followers",
     "real": 0.86, "real_low": 0.7, "real_high": 0.95, "fee": 512.0, "fee_low": 431.0, "fee_high": 623.0,
     "fee_source": "quote", "format": "reel"},
    {"creator_id": "c-ben", "platform": "tiktok", "handle": "ben", "name": "Ben", "tier": "macro",
     "followers": 400_000, "niche": "Food", "country": "US", "language": "en", "bio": "I cook",
     "posts": 0, "engagement": 0.09, "engagement_low": 0.02, "engagement_high": 0.3, "engagement_of": "views",
     "real": 0.62, "real_low": 0.4, "real_high": 0.8, "fee": 4_000.0, "fee_low": 2_000.0, "fee_high": 8_000.0,
     "fee_source": "prior", "format": "video"},
    {"creator_id": "c-cyd", "platform": "instagram", "handle": "cyd.travels", "name": "", "tier": "nano",
     "followers": 4_000, "niche": "travel", "country": "DE", "language": "de", "bio": "",
     "posts": 3, "engagement": 0.05, "engagement_low": 0.03, "engagement_high": 0.08, "engagement_of": "followers",
     "real": 0.75, "real_low": 0.5, "real_high": 0.9, "fee": 90.0, "fee_low": 50.0, "fee_high": 150.0,
     "fee_source": "prior", "format": "post"},
    {"creator_id": "c-dee", "platform": "youtube", "handle": "", "name": "Dee", "tier": "micro",
     "followers": None, "niche": "food", "country": None, "language": None, "bio": "food for thought",
     "posts": 0, "engagement": None, "engagement_low": None, "engagement_high": None, "engagement_of": None,
     "real": None, "real_low": None, "real_high": None, "fee": None, "fee_low": None, "fee_high": None,
     "fee_source": None, "format": None},
)  # fmt: skip
"""Four creators: a quoted one with posts, a large one without, a nano, and one of whom hardly anything is known."""


def tables(people=FOUR):
    """The index and the creators' table of some creators."""
    index = pa.Table.from_pylist([{name: row.get(name) for name in INDEX.names} for row in people], INDEX)
    known = [{k: v for k, v in row.items() if k in CREATORS.arrow.names} for row in people]
    return index, pa.Table.from_pylist(known, CREATORS.arrow)


def kept(people=FOUR):
    """The kept index of some creators."""
    return shelved(*tables(people))


def with_index(seat, people=FOUR):
    """The seat, its workspace's catalogue now holding some creators, with the index that goes with it."""
    catalogue = Catalogue(catalogue_of(seat.workspace))
    catalogue.upsert("creators", tables(people)[1])
    shelf_of(seat.workspace).put(INDEXING, standing_edition(catalogue), kept(people), seat.now)
    return seat


def with_profile(seat, edition=None, **fields):
    """The seat, its workspace now keeping a profile of ana."""
    current = standing_edition(Catalogue(catalogue_of(seat.workspace)))
    keep_profiles(shelf_of(seat.workspace), edition or current, [profile(**fields)])
    return seat


def profile(**fields):
    """A profile of ana."""
    parts = (PartReading("replies", 1.0, 0.4, "share", 0.5, "12 of 30 comments"),)
    reading = Reading("connection", "1", Interval(0.5, 0.4, 0.6), 1.0, None, "replies", parts)
    reel = FormatReading(
        "reel",
        9,
        Interval(0.031, 0.027, 0.036),
        "followers",
        "own posts",
        0.7,
        Interval(512, 431, 623),
        "quote",
        "asked",
    )
    given = {
        "creator_id": "c-ana", "handle": "ana", "name": "Ana Ray", "platform": "instagram", "tier": "micro",
        "niche": "beauty", "country": "DE", "language": "de", "followers": 42_000.0, "audience": 42_000.0,
        "audience_source": "followers", "real": Interval(0.86, 0.7, 0.95), "real_source": "profiles",
        "on_target": Interval(1, 1, 1), "on_target_source": "nobody asked for", "record": "", "as_of": None,
        "formats": (reel,), "readings": (reading,), "remarks": ("Words a brand may mind: «gin».",),
    }  # fmt: skip
    return Profile(**{**given, **fields})
