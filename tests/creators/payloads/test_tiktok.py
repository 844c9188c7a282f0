"""TikTok Research API, by its documentation: seconds since 1970, and users that do not repeat their name."""

from datetime import UTC, datetime

import pytest

from asterism.creators.payloads import read_payload, recognised

VIDEO = {"id": 7_170_048_213_007_863_082, "create_time": 1_767_323_045, "region_code": "US", "share_count": 3,
         "view_count": 900, "like_count": 80, "comment_count": 4, "username": "Ana", "hashtag_names": ["bread"],
         "favorites_count": 6, "video_description": "loaf"}  # fmt: skip
USER = {"display_name": "Ana Bakes", "follower_count": 10, "following_count": 2, "likes_count": 5, "video_count": 3,
        "bio_description": "bread", "is_verified": True, "avatar_url": "x"}  # fmt: skip
FINE = {"error": {"code": "ok", "message": "", "log_id": "1"}}


def only(document):
    (found,) = read_payload("answer.json", document)
    return found


def test_videos_are_posts_and_no_long_id_is_rounded():
    found = only({"data": {"videos": [VIDEO], "cursor": 100, "has_more": True}, **FINE})
    (row,) = found.table.to_pylist()
    assert {name: value for name, value in row.items() if value is not None} == {
        "post_id": "7170048213007863082", "creator_id": "ana", "platform": "tiktok", "format": "video",
        "posted_at": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "likes": 80, "comments": 4, "shares": 3, "saves": 6,
        "views": 900, "caption": "loaf",
    }  # fmt: skip
    assert "untried on live documents" in found.warnings[0]


@pytest.mark.parametrize("moment", ["2026-01-02", 1e300, -5e20, "soon"])
def test_a_time_that_is_none_is_refused(moment):
    found = only({"data": {"videos": [{**VIDEO, "create_time": moment}], "cursor": 1}, **FINE})
    assert found.table["posted_at"].to_pylist() == [None]
    assert found.rejects[0].reason == "not seconds since 1970"


def test_a_user_goes_by_the_display_name_until_somebody_adds_the_handle():
    found = only({"data": USER, **FINE})
    (row,) = found.table.to_pylist()
    assert (row["creator_id"], row["handle"], row["followers"], row["posts"]) == ("ana bakes", None, 10, 3)
    assert (row["verified"], row["source"]) == (True, "tiktok research api")
    assert "add `username`" in found.warnings[1]
    named = only({"data": {**USER, "username": "@Ana"}, **FINE})
    assert named.table.select(["creator_id", "handle"]).to_pylist() == [{"creator_id": "ana", "handle": "Ana"}]
    assert len(named.warnings) == 1


def test_it_is_known_by_its_fields():
    assert recognised({"data": USER, **FINE}) == "TikTok Research API"
    assert recognised({"data": {"name": "x"}, **FINE}) is None
