"""Care: a table of partners and what is suggested to whom, when, and why."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from asterism.campaigns.care import KINDS, Partner, care
from asterism.errors import BadInput
from asterism.planning.phases import opening_tiers

NOW = date(2026, 12, 1)
DAY = date(2026, 10, 1)


def after(days):
    return DAY + timedelta(days=days)


SMALL = Partner("@ana", "micro", collaborations=2)
LARGE = Partner("@star", "macro", collaborations=1)
TABLE = [
    ("an open question", SMALL, {"question": DAY}, [("answer", 1)]),
    ("an open question of a large one", LARGE, {"question": DAY}, [("answer", 1)]),
    ("a post not thanked for", SMALL, {"live": DAY}, [("thank-you", 7), ("honest review", 14)]),
    ("a post thanked for", SMALL, {"live": DAY, "thanked": DAY, "busy": True}, [("honest review", 14)]),
    ("thanked for an earlier post", SMALL, {"live": DAY, "thanked": after(-1), "busy": True},
     [("thank-you", 7), ("honest review", 14)]),
    ("an opinion asked for", SMALL, {"live": DAY, "opinion": after(2)}, [("thank-you", 7)]),
    ("an opinion asked for before", SMALL, {"live": DAY, "opinion": after(-2)},
     [("thank-you", 7), ("honest review", 14)]),
    ("a long-term partner", SMALL, {"last_contact": DAY}, [("check-in", 30)]),
    ("a partner of one collaboration", SMALL, {"last_contact": DAY, "collaborations": 1}, [("check-in", 60)]),
    ("nobody worked with yet", SMALL, {"last_contact": DAY, "collaborations": 0}, []),
    ("a collaboration under way", SMALL, {"last_contact": DAY, "busy": True}, []),
    ("a large partner after contact", LARGE, {"last_contact": DAY, "collaborations": 3}, []),
    ("a nano", replace(SMALL, tier="nano"), {"last_contact": DAY}, [("check-in", 30)]),
    ("paid, several times", SMALL, {"paid": DAY}, [("token", 14)]),
    ("paid, once", SMALL, {"paid": DAY, "collaborations": 1}, []),
    ("paid, large", LARGE, {"paid": DAY, "collaborations": 2}, [("token", 14)]),
    ("a token within half a year", SMALL, {"paid": DAY, "token": after(-180)}, []),
    ("a token before that", SMALL, {"paid": DAY, "token": after(-181)}, [("token", 14)]),
    ("an agreement that ends", SMALL, {"ends": date(2027, 1, 31)}, [("renewal", (date(2027, 1, 10) - DAY).days)]),
    ("an agreement that ended and was renewed", SMALL, {"ends": DAY, "agreed": DAY}, []),
    ("an agreement that ends, one collaboration", SMALL, {"ends": DAY, "collaborations": 1}, []),
    ("an agreement that ends, weak", SMALL, {"ends": DAY, "strength": 0.4}, []),
    ("thanked", SMALL, {"thanked": DAY}, [("renewal", 30)]),
    ("thanked, strong enough", SMALL, {"thanked": DAY, "strength": 0.5}, [("renewal", 30)]),
    ("thanked, weak", SMALL, {"thanked": DAY, "strength": 0.49}, []),
    ("thanked and busy again", SMALL, {"thanked": DAY, "busy": True}, []),
    ("thanked and agreed again", SMALL, {"thanked": DAY, "agreed": after(5)}, []),
    ("thanked and ending: the sooner of two", SMALL, {"thanked": DAY, "ends": after(30)}, [("renewal", 9)]),
    ("thanked four times", SMALL, {"thanked": DAY, "collaborations": 4}, [("renewal", 30), ("advocacy", 45)]),
    ("thanked four times and asked this year", SMALL, {"thanked": DAY, "collaborations": 4, "advocacy": after(-365)},
     [("renewal", 30)]),
    ("thanked four times and asked before", SMALL, {"thanked": DAY, "collaborations": 4, "advocacy": after(-366)},
     [("renewal", 30), ("advocacy", 45)]),
    ("terms agreed with a large one", LARGE, {"agreed": DAY, "busy": True}, [("expectation review", 3)]),
    ("terms agreed and gone through", LARGE, {"agreed": DAY, "reviewed": DAY}, []),
    ("terms agreed and live since", LARGE, {"agreed": DAY, "live": after(9)},
     [("thank-you", 16), ("expectation review", 30)]),
    ("terms agreed with a small one", SMALL, {"agreed": DAY}, []),
    ("a large post", LARGE, {"live": DAY}, [("thank-you", 7), ("expectation review", 21)]),
    ("a large post gone through", LARGE, {"live": DAY, "reviewed": after(3)}, [("thank-you", 7)]),
    ("a large one thanked", LARGE, {"thanked": DAY}, [("introduction", 14), ("renewal", 30)]),
    ("a large one that introduced somebody", LARGE, {"thanked": DAY, "introduced": after(1)}, [("renewal", 30)]),
    ("nothing known", SMALL, {}, []),
    ("a day ahead", SMALL, {"live": NOW + timedelta(days=1), "last_contact": NOW + timedelta(days=1)}, []),
    ("opted out", SMALL, {"opted_out": True, "live": DAY, "question": DAY, "last_contact": DAY}, []),
]  # fmt: skip


@pytest.mark.parametrize(("partner", "more", "want"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_is_suggested(partner, more, want):
    found = care(replace(partner, **more), NOW)
    assert [(one.kind, (one.due - DAY).days) for one in found] == want


def test_every_kind_of_care_is_tried():
    assert {kind for *_, want in TABLE for kind, _ in want} == set(KINDS)


def test_each_suggestion_names_the_creator_and_says_why_with_the_day():
    found = care(Partner("@{a}", "micro", 4, live=DAY, paid=DAY, last_contact=DAY), datetime(2026, 12, 1, tzinfo=UTC))
    assert len(found) == 4
    for one in found:
        assert "@{a}" in one.text
        assert "2026-10-01" in one.why
        assert one.why.endswith(".")


def test_what_counts_as_large_comes_from_the_scheme():
    from asterism.creators.tiers import scheme

    own = opening_tiers(scheme({"little": 0, "big": 50_000}))
    partner = Partner("@x", "big", 3, agreed=DAY, last_contact=DAY)
    assert [one.kind for one in care(partner, NOW)] == ["check-in"]
    assert [one.kind for one in care(partner, NOW, own)] == ["expectation review"]


@pytest.mark.parametrize("wrong", [{"collaborations": -1}, {"strength": 1.1}, {"strength": -0.1}])
def test_a_partner_is_checked(wrong):
    with pytest.raises(BadInput, match="strength from 0 to 1"):
        replace(SMALL, **wrong)
