"""Phyllo and InsightIQ: fractions stay fractions, opinions are named as theirs, and some things are never kept."""

from datetime import UTC, datetime

import pytest

from asterism.creators.payloads import read_payload, recognised

CHANNEL = "UC" + "x" * 22
LOGO = "https://cdn.{}/platforms_logo/logos/logo.png"


def content(number, likes, kind="VIDEO", **figures):
    counted = {"like_count": likes, "comment_count": 2, "play_count": None, **figures}
    return {"type": kind, "url": f"https://www.instagram.com/p/post{number}/", "title": None, "description": "bread",
            "engagement": counted, "published_at": "2026-02-03T04:05:06.000+00:00",
            "mentions": [{"name": "brand"}]}  # fmt: skip


def report(platform="Instagram", house="insightiq.ai", **profile):
    known = {
        "external_id": "77", "platform_username": "Ana", "full_name": "Ana B.", "follower_count": 1000,
        "average_likes": 1900, "average_comments": 100, "average_reels_views": 50_000, "engagement_rate": 1.9,
        "location": {"country": "Pakistan", "city": "Lahore"}, "top_interests": [{"name": "Music"}], "language": "en",
        "updated_at": "2026-03-04T00:00:00Z", **profile,
    }  # fmt: skip
    return {"work_platform": {"name": platform, "logo_url": LOGO.format(house)}, "profile": known}


def read(document):
    return {one.kind: one for one in read_payload("report.json", document)}


def test_a_rate_above_one_is_kept_and_explained():
    found = read(report())["creators"]
    (row,) = found.table.to_pylist()
    assert (row["engagement_rate"], row["engagement_denominator"]) == (1.9, "followers")
    assert (row["creator_id"], row["handle"], row["country"], row["niche"]) == ("77", "Ana", "PK", "music")
    assert (row["avg_views"], row["as_of"], row["source"]) == (50_000, datetime(2026, 3, 4, tzinfo=UTC), "insightiq")
    (said,) = found.warnings
    assert "engagement_rate of 190% is kept" in said
    assert "average likes (1,900) exceed followers (1,000)" in said
    assert "likes and comments are 4.00%" in said


def test_a_rate_that_its_own_figures_do_not_explain_is_doubted():
    (said,) = read(report(average_likes=10))["creators"].warnings
    assert "doubt it" in said


def test_a_usual_rate_needs_no_word():
    found = read(report(engagement_rate=0.04, average_likes=40))["creators"]
    assert found.warnings == ()


def test_a_rate_is_a_fraction_whatever_its_size():
    (row,) = read(report(engagement_rate=4e-6))["creators"].table.to_pylist()
    assert row["engagement_rate"] == 4e-6


def audience(**lists):
    return {"credibility_score": 0.468373, "follower_types": [{"name": "mass_followers", "value": 47.07}], **lists}


def test_credibility_is_the_vendors_own_reckoning():
    found = read(report(engagement_rate=None, audience=audience()))["creators"]
    (row,) = found.table.to_pylist()
    assert (row["credible"], row["engagement_rate"], row["engagement_denominator"]) == (0.468373, None, None)
    (said,) = found.warnings
    assert "credible 0.468 is insightiq's own reckoning" in said
    assert "47.1% mass followers" in said


def test_the_audience_is_shares_and_both_margins_of_age_and_gender():
    cells = [("FEMALE", "18-24", 30.0), ("FEMALE", "65-", 20.0), ("MALE", "18-24", 50.0)]
    lists = audience(
        countries=[{"code": "PK", "value": 63.72}, {"code": "Neverland", "value": 1.0}],
        languages=[{"code": "en", "value": 79.9}, {"code": "ckb", "value": 0.1}],
        cities=[{"name": "Lahore", "value": 15.0, "latitude": "31"}],
        interests=[{"name": "Camera & Photography", "value": 39.97}],
        gender_age_distribution=[{"gender": g, "age_range": a, "value": v} for g, a, v in cells],
        ethnicities=[{"name": "somebody's word", "value": 81.2}],
    )
    found = read(report(audience=lists))
    told = {(r["dimension"], r["bucket"]): round(r["share"], 9) for r in found["audiences"].table.to_pylist()}
    assert told == {
        ("country", "PK"): 0.6372, ("language", "en"): 0.799, ("language", "ckb"): 0.001, ("city", "Lahore"): 0.15,
        ("interest", "camera & photography"): 0.3997, ("gender", "female"): 0.5, ("gender", "male"): 0.5,
        ("age", "18-24"): 0.8, ("age", "65+"): 0.2,
    }  # fmt: skip
    assert [(r.row, r.value) for r in found["audiences"].rejects if r.value] == [(2, "Neverland")]
    why = {one.source: one.why for one in found["creators"].unmapped}
    assert "special category of personal data" in why["profile.audience.ethnicities"]
    assert "somebody's word" not in str([one.table.to_pylist() for one in found.values()])


def test_a_cell_that_cannot_be_read_is_named_and_the_margins_do_without():
    cells = [
        {"gender": "FEMALE", "age_range": "18-24", "value": 60.0},
        {"gender": "MALE", "age_range": "?", "value": 40},
    ]
    found = read(report(audience={"gender_age_distribution": cells}))["audiences"]
    assert {r["bucket"]: r["share"] for r in found.table.to_pylist()} == {"18-24": 0.6, "female": 0.6}
    (reject,) = found.rejects
    assert (reject.row, reject.reason) == (2, "not an age range")


def test_a_share_above_one_is_refused():
    found = read(report(audience={"countries": [{"code": "PK", "value": 163.0}]}))["audiences"]
    assert found.accepted == 0
    assert found.rejects[0].reason == "above 1"


def test_rounding_may_add_up_to_a_little_more_than_all():
    cells = [{"gender": "FEMALE", "age_range": "18-24", "value": 100.0001}]
    found = read(report(audience={"gender_age_distribution": cells}))["audiences"]
    assert found.table["share"].to_pylist() == [1.0, 1.0]


def test_history_is_dated_by_the_first_of_the_month():
    months = [
        {"month": "2025-11", "follower_count": 900, "average_likes": 3},
        {"month": "2025-13", "follower_count": 1},
    ]
    found = read(report(reputation_history=months))["snapshots"]
    assert found.table.select(["creator_id", "platform", "as_of", "followers", "avg_likes"]).to_pylist() == [
        {"creator_id": "77", "platform": "instagram", "as_of": datetime(2025, 11, 1, tzinfo=UTC), "followers": 900,
         "avg_likes": 3.0}
    ]  # fmt: skip
    assert found.rejects[0].reason == "not a month"
    assert "month's first day" in {one.field: one.how for one in found.columns}["as_of"]


def test_a_post_in_several_lists_is_one_with_the_larger_figures():
    found = read(
        report(
            top_contents=[content(1, 980), content(2, 5)],
            recent_contents=[content(1, 1389, "REELS", play_count=18_057, share_count=4)],
            sponsored_contents=[content(2, 4, "IMAGE"), content(3, None, "IMAGE")],
        )
    )["posts"]
    told = {row["post_id"]: row for row in found.table.to_pylist()}
    assert {name: (r["format"], r["likes"], r["views"], r["sponsored"]) for name, r in told.items()} == {
        "post1": ("reel", 1389, 18_057, None),
        "post2": ("video", 5, None, True),
        "post3": ("post", None, None, True),
    }
    assert told["post1"]["shares"] == 4
    assert (told["post1"]["creator_id"], told["post1"]["seen_at"]) == ("77", datetime(2026, 3, 4, tzinfo=UTC))
    assert found.rows == 3
    assert "2 posts stand in more than one list" in found.warnings[0]


def test_contact_data_is_never_kept_and_other_accounts_are_links():
    contacts = [
        {"type": "email", "value": "ana@example.com"},
        {"type": "phone", "value": "555"},
        {"type": "youtube", "value": "https://www.youtube.com/@anabakes", "label": "ana@example.com"},
        {"type": "tiktok", "value": "REDACTED"},
    ]
    found = read(report(contact_details=contacts))
    assert [(r["other_platform"], r["other_handle"]) for r in found["links"].table.to_pylist()] == [
        ("youtube", "anabakes")
    ]
    assert "1 of" in found["links"].warnings[0]
    kept = str([(one.table.to_pylist(), one.rejects) for one in found.values()])
    assert "example.com" not in kept
    assert "555" not in kept
    why = {one.source: one.why for one in found["creators"].unmapped}
    assert "contact data" in why["profile.contact_details"]


def test_an_estimated_price_is_no_quote():
    found = read({**report(), "pricing": {"currency": "USD"}})
    assert "rates" not in found
    assert "estimate" in {one.source: one.why for one in found["creators"].unmapped}["pricing"]


IDENTITIES = {
    "the platform's own id": ({}, "77"),
    "a channel's address": ({"external_id": None, "url": f"https://www.youtube.com/channel/{CHANNEL}"}, CHANNEL),
    "the handle": ({"external_id": None}, "ana"),
}  # fmt: skip


@pytest.mark.parametrize(("profile", "wanted"), IDENTITIES.values(), ids=list(IDENTITIES))
def test_the_creator_goes_by(profile, wanted):
    found = read(report("YouTube", "getphyllo.com", **profile, follower_count=None, subscriber_count=5))["creators"]
    (row,) = found.table.to_pylist()
    assert (row["creator_id"], row["followers"], row["platform"], row["source"]) == (wanted, 5, "youtube", "phyllo")


def test_a_report_on_a_platform_we_do_not_know_is_a_reject():
    found = read(report("Substack"))["creators"]
    assert (found.rows, found.accepted) == (1, 0)
    assert found.rejects[0].value == "Substack"


def test_an_undated_report_says_so():
    found = read(report(updated_at=None, engagement_rate=None))["creators"]
    assert found.table["as_of"].to_pylist() == [None]
    assert "undated" in found.warnings[0]


def identity(number, **parts):
    return {"work_platform": {"name": "YouTube", "logo_url": LOGO.format("getphyllo.com")}, "full_name": "Ana",
            "platform_username": "Ana", "external_id": f"g{number}", "platform_profile_id": f"UC{number}",
            "reputation": {"subscriber_count": 4, "content_count": 3}, "emails": [{"email": "a@b.example"}],
            "url": "https://youtube.com/@anabakes", **parts}  # fmt: skip


def test_profiles_of_the_identity_interface_are_creators():
    found = read({"data": [identity(1), identity(2, platform_username="ana@mail.example")], "metadata": {}})["creators"]
    rows = found.table.select(["creator_id", "handle", "followers", "posts"]).to_pylist()
    assert rows == [
        {"creator_id": "UC1", "handle": "Ana", "followers": 4, "posts": 3},
        {"creator_id": "UC2", "handle": "anabakes", "followers": 4, "posts": 3},
    ]
    (reject,) = found.rejects
    assert (reject.row, reject.value) == (2, "(an e-mail address)")
    assert "contact data" in reject.reason


def test_the_vendor_is_told_by_its_logos():
    assert recognised(report()) == "InsightIQ"
    assert recognised(report(house="getphyllo.com")) == "Phyllo"
    assert recognised({"data": [identity(1)]}) == "Phyllo"
