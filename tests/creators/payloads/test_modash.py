"""Modash, by its documentation: weights are fractions, and an unwritten unit is not guessed."""

from datetime import UTC, datetime

import pytest

from asterism.creators.payloads import Around, read_payload, recognised

NEW_YEAR = datetime(2026, 1, 2, tzinfo=UTC)


def report(url="https://www.instagram.com/ana/", **parts):
    inner = {"userId": "55", "username": "Ana", "fullname": "Ana B.", "url": url, "followers": 500, "engagements": 20,
             "engagementRate": 0.04}  # fmt: skip
    return {"error": False, "profile": {"userId": "55", "profile": inner, "avgLikes": 18, "isVerified": True,
                                        "language": {"code": "en", "name": "English"}, **parts}}  # fmt: skip


def read(document, **around):
    return {one.kind: one for one in read_payload("report.json", document, Around(**around))}


def test_a_report_is_a_creator():
    found = read(report(country="US", bio="see https://ana.example", audience={"credibility": 0.75}))["creators"]
    (row,) = found.table.to_pylist()
    assert (row["creator_id"], row["handle"], row["platform"], row["followers"]) == ("55", "Ana", "instagram", 500)
    assert (row["engagement_rate"], row["engagement_denominator"], row["credible"]) == (0.04, "followers", 0.75)
    assert (row["avg_engagements"], row["avg_likes"], row["language"], row["links"]) == (
        20.0, 18.0, "en", "https://ana.example"
    )  # fmt: skip
    assert "untried on live documents" in found.warnings[0]
    assert any("modash's own reckoning" in said for said in found.warnings)


@pytest.mark.parametrize(
    ("url", "around", "wanted"),
    [
        pytest.param("https://www.tiktok.com/@ana", {}, ("tiktok", "views"), id="its address"),
        pytest.param("x", {"platform": "youtube"}, ("youtube", "views"), id="the user's word"),
        pytest.param("x", {}, (None, "followers"), id="nothing"),
    ],
)
def test_the_platform_and_so_the_denominator_are_told_by(url, around, wanted):
    found = read(report(url), **around)["creators"]
    (row,) = found.table.to_pylist()
    assert (row["platform"], row["engagement_denominator"]) == wanted
    assert any("pass --platform" in said for said in found.warnings) == (wanted[0] is None)


def test_weights_are_fractions_and_ethnicities_are_refused():
    audience = {
        "geoCountries": [{"name": "Germany", "code": "DE", "weight": 0.4}], "ages": [{"code": "65-", "weight": 0.1}],
        "genders": [{"code": "FEMALE", "weight": 1.0}], "ethnicities": [{"code": "x", "weight": 0.9}],
    }  # fmt: skip
    found = read(report(audience=audience))
    assert {(r["dimension"], r["bucket"]): r["share"] for r in found["audiences"].table.to_pylist()} == {
        ("country", "DE"): 0.4, ("age", "65+"): 0.1, ("gender", "female"): 1.0
    }  # fmt: skip
    why = {one.source: one.why for one in found["creators"].unmapped}
    assert "special category" in why["profile.audience.ethnicities"]


def test_posts_and_months_are_read_and_a_bare_number_is_no_time():
    posts = [
        {"id": "p1", "likes": 5, "created": "2026-01-02T00:00:00Z", "type": "reel"},
        {"id": "p2", "created": 1.7e9},
    ]
    months = [{"month": "2025-12", "followers": 400, "avgLikes": 9}]
    found = read(report(recentPosts=posts, sponsoredPosts=posts[1:], statHistory=months))
    rows = found["posts"].table.select(["post_id", "format", "likes", "posted_at", "sponsored"]).to_pylist()
    assert rows == [
        {"post_id": "p1", "format": "reel", "likes": 5, "posted_at": NEW_YEAR, "sponsored": None},
        {"post_id": "p2", "format": None, "likes": None, "posted_at": None, "sponsored": True},
    ]  # fmt: skip
    assert found["posts"].rejects[0].reason == "not a date"
    assert found["snapshots"].table.select(["followers", "avg_likes"]).to_pylist() == [
        {"followers": 400, "avg_likes": 9.0}
    ]


def test_it_is_known_by_its_profile_inside_the_profile():
    assert recognised(report()) == "Modash"
    assert recognised({"profile": {"name": "x"}}) is None


def test_an_id_keeps_its_capitals_and_a_handle_does_not():
    channel = read(report(url="https://www.youtube.com/@ana", userId="UCaB"))
    assert channel["creators"].table["creator_id"].to_pylist() == ["UCaB"]
    nameless = report(userId=None)
    nameless["profile"]["profile"]["userId"] = ""
    assert read(nameless)["creators"].table["creator_id"].to_pylist() == ["ana"]
