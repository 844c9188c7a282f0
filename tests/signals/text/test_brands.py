from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from asterism.creators.tables import POSTS, Tables
from asterism.signals.text.brand_table import LUXURY, MASS, PREMIUM
from asterism.signals.text.brands import EXCLUSIVITY_DAYS, conflicts, known_brands, squash
from asterism.signals.text.terms.language import split
from tests.signals.given import brief, creators, rows

WHO = creators({"creator_id": "ann"}, {"creator_id": "bob"})


def posted(*given: dict[str, Any]) -> Tables:
    filled = [
        {"post_id": str(i), "creator_id": "ann", "posted_at": datetime(2026, 6, 1, tzinfo=UTC), **row}
        for i, row in enumerate(given)
    ]
    return Tables(WHO, posts=rows(POSTS, *filled))


@pytest.mark.parametrize(
    ("caption", "competitor", "named"),
    [
        ("with @rival today", "@rival", True),
        ("my #Rival bag", "@rival", True),
        ("a rival of mine", "@rival", False),
        ("@rivalry and @my.rival", "@rival", False),
        ("I love Rival Cola.", "Rival Cola", True),
        ("#rivalcola forever", "Rival Cola", True),
        ("thanks @rival_cola", "Rival Cola", True),
        ("Rivals cola", "Rival Cola", False),
        ("my arrival cola", "Rival Cola", False),
        ("Crème Brûlée by Nestle!", "Nestlé", True),
        ("axb", "a+b", False),
    ],
    ids=["mention", "hashtag", "plain word", "inside a name", "name", "run together", "underscore", "other word",
         "end of a word", "accents", "signs"],
)  # fmt: skip
def test_a_competitor_is_named_by_mention_hashtag_or_name(caption: str, competitor: str, named: bool) -> None:
    assert bool(conflicts(posted({"caption": caption}), brief(competitors=[competitor]))) is named


@pytest.mark.parametrize(
    ("post", "how"),
    [
        ({"sponsor": "Rival"}, "sponsor"),
        ({"sponsor": "other, @RIVAL"}, "sponsor"),
        ({"caption": "@rival #ad"}, "paid post"),
        ({"caption": "[Werbung] @rival"}, "paid post"),
        ({"caption": "@rival", "sponsored": True}, "paid post"),
        ({"caption": "@rival #adventure"}, "mention"),
    ],
    ids=["sponsor", "one of two sponsors", "#ad", "Werbung", "flag", "not paid"],
)
def test_a_conflict_says_how_it_was_found(post: dict[str, Any], how: str) -> None:
    (conflict,) = conflicts(posted(post), brief(competitors=["@rival"]))
    assert (conflict.how, conflict.paid) == (how, how != "mention")
    assert (conflict.creator_id, conflict.post_id, conflict.competitor) == ("ann", "0", "@rival")
    assert conflict.day == datetime(2026, 6, 1, tzinfo=UTC)


def test_a_sponsor_of_a_longer_name_is_another_brand() -> None:
    for sponsor in ("rival sports", "my rival", "other, my rival"):
        assert conflicts(posted({"sponsor": sponsor}), brief(competitors=["@rival"])) == ()


@pytest.mark.parametrize(
    ("start", "day", "counts"),
    [
        (date(2026, 6, 1), datetime(2026, 3, 3, tzinfo=UTC), True),
        (date(2026, 6, 1), datetime(2026, 3, 2, 23, tzinfo=UTC), False),
        (date(2026, 6, 1), datetime(2026, 7, 1, tzinfo=UTC), True),
        (date(2026, 6, 1), None, True),
        (None, datetime(2026, 3, 3, tzinfo=UTC), True),
        (None, datetime(2026, 3, 2, tzinfo=UTC), False),
    ],
    ids=[
        "90 days before",
        "91 days before",
        "later",
        "undated",
        "90 days before the newest",
        "91 days before the newest",
    ],
)
def test_only_the_window_counts(start: date | None, day: datetime | None, counts: bool) -> None:
    assert EXCLUSIVITY_DAYS == 90
    tables = posted(
        {"caption": "@rival", "posted_at": day}, {"caption": "newest", "posted_at": datetime(2026, 6, 1, tzinfo=UTC)}
    )
    assert bool(conflicts(tables, brief(competitors=["@rival"], start=start))) is counts


@pytest.mark.parametrize(
    ("read_at", "seen_at", "counts"),
    [
        (datetime(2026, 6, 2, tzinfo=UTC), None, False),
        (None, datetime(2026, 6, 2, tzinfo=UTC), False),
        (None, None, True),
    ],
    ids=["creators were read", "posts were seen", "nobody says"],
)
def test_a_date_in_the_future_does_not_move_the_window(
    read_at: datetime | None, seen_at: datetime | None, counts: bool
) -> None:
    wrong = {"caption": "@rival", "posted_at": datetime(2099, 1, 1, tzinfo=UTC)}
    old = {"caption": "@rival", "posted_at": datetime(2026, 5, 1, tzinfo=UTC)}
    newest = {"caption": "newest", "seen_at": seen_at}
    tables = replace(posted(wrong, old, newest), creators=creators({"creator_id": "ann", "as_of": read_at}))
    days = [c.day.year for c in conflicts(tables, brief(competitors=["@rival"])) if c.day]
    assert (days == [2099]) is counts


def test_a_window_can_be_shorter() -> None:
    tables = posted({"caption": "@rival", "posted_at": datetime(2026, 5, 1, tzinfo=UTC)})
    asked = brief(competitors=["@rival"], start=date(2026, 6, 1))
    assert (len(conflicts(tables, asked, days=31)), conflicts(tables, asked, days=30)) == (1, ())


def test_conflicts_come_by_creator_newest_first() -> None:
    tables = posted(
        {"creator_id": "bob", "caption": "@rival"},
        {"caption": "@rival", "posted_at": datetime(2026, 5, 1, tzinfo=UTC)},
        {"caption": "@rival @other", "posted_at": datetime(2026, 5, 2, tzinfo=UTC)},
        {"caption": "@rival", "posted_at": None},
    )
    found = conflicts(tables, brief(competitors=["@rival", "@other"], start=date(2026, 6, 1)))
    assert [(c.creator_id, c.post_id, c.competitor) for c in found] == [
        ("ann", "3", "@rival"), ("ann", "2", "@rival"), ("ann", "2", "@other"), ("ann", "1", "@rival"),
        ("bob", "0", "@rival"),
    ]  # fmt: skip


def test_without_competitors_or_posts_there_is_no_conflict() -> None:
    assert conflicts(posted({"caption": "@rival"}), brief()) == ()
    assert conflicts(posted({"caption": "@rival"}), brief(competitors=["@"])) == ()
    assert conflicts(Tables(WHO), brief(competitors=["@rival"])) == ()


def test_about_a_hundred_and_fifty_brands_are_known_each_in_one_class() -> None:
    names = [entry.partition("=")[0] for listed in (MASS, PREMIUM, LUXURY) for entry in split(listed)]
    assert len(names) == len(set(names)) >= 150
    spelled = [
        squash(s) for listed in (MASS, PREMIUM, LUXURY) for e in split(listed) for s in e.replace("=", ",").split(",")
    ]
    per_entry = [
        {squash(s) for s in e.replace("=", ",").split(",")} for listed in (MASS, PREMIUM, LUXURY) for e in split(listed)
    ]
    assert sum(map(len, per_entry)) == len(set(spelled))
    assert known_brands()["hm"].name == "H&M"
    assert known_brands()["louisvuitton"].price_class == "luxury"
