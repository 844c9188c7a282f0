"""YouTube Data API v3: what is hidden is not zero, what is gone is said, and persons are hashes."""

import hashlib
from datetime import UTC, datetime

import pytest

from asterism.creators.payloads import read_payload, recognised
from asterism.errors import UnreadableFile

CHANNEL = "UC" + "a" * 22
STRANGER = "UC" + "b" * 22


def answer(kind, *items, **more):
    return {"kind": f"youtube#{kind}ListResponse", "etag": "x", "items": list(items), **more}


def channel(**parts):
    snippet = {"title": "Ana Bakes", "customUrl": "@anabakes", "description": "Shop: https://ana.example/shop.",
               "country": "US", "thumbnails": {}}  # fmt: skip
    return {"kind": "youtube#channel", "id": CHANNEL, "snippet": snippet, **parts}


def video(number=1, **parts):
    snippet = {"publishedAt": "2026-01-02T03:04:05Z", "channelId": CHANNEL, "title": "Bread", "description": "how"}
    return {"kind": "youtube#video", "id": f"v{number}", "snippet": snippet, **parts}


def comment(author, number=1, **snippet):
    known = {"authorChannelId": {"value": author}, "textDisplay": "a<br>b &amp; c", "authorDisplayName": "Zoe",
             "publishedAt": "2026-01-03T00:00:00Z", "videoId": "v1", **snippet}  # fmt: skip
    return {"kind": "youtube#comment", "id": f"c{number}", "snippet": known}


def only(document):
    (found,) = read_payload("saved.json", document)
    return found


def test_a_channel_is_a_creator_with_numbers_written_as_text():
    counted = {"subscriberCount": "1927873", "videoCount": "5026", "viewCount": "9", "hiddenSubscriberCount": False}
    found = only(answer("channel", channel(statistics=counted)))
    assert (found.kind, found.rows, found.accepted, found.rejects) == ("creators", 1, 1, ())
    (row,) = found.table.to_pylist()
    told = {name: value for name, value in row.items() if value is not None}
    assert told == {
        "creator_id": CHANNEL, "handle": "anabakes", "name": "Ana Bakes", "platform": "youtube", "followers": 1_927_873,
        "posts": 5026, "country": "US", "bio": "Shop: https://ana.example/shop.", "links": "https://ana.example/shop",
        "source": "youtube data api",
    }  # fmt: skip
    why = {one.source: one.why for one in found.unmapped}
    assert "total over all videos" in why["items[].statistics.viewCount"]


@pytest.mark.parametrize("hidden", [True, False])
def test_hidden_subscribers_are_not_stated_and_zero_is_zero(hidden):
    counted = {"subscriberCount": "0", "videoCount": "3", "hiddenSubscriberCount": hidden}
    found = only(answer("channel", channel(statistics=counted)))
    assert found.table["followers"].to_pylist() == [None if hidden else 0]
    (said,) = found.warnings
    assert ("hide their subscribers" if hidden else "0 followers") in said


DURATIONS = {
    "PT59S": "short", "PT1M": "short", "PT1M1S": "video", "PT0S": "short", "PT1H": "video", "P1DT2S": "video",
}  # fmt: skip


@pytest.mark.parametrize(("duration", "wanted"), DURATIONS.items(), ids=list(DURATIONS))
def test_a_video_of_up_to_a_minute_is_a_short(duration, wanted):
    found = only(answer("video", video(contentDetails={"duration": duration}, statistics={})))
    assert found.table["format"].to_pylist() == [wanted]


def test_a_duration_that_is_none_is_refused_and_its_row_stays():
    found = only(answer("video", video(contentDetails={"duration": "a minute"}, statistics={})))
    assert found.accepted == 1
    (reject,) = found.rejects
    assert (reject.row, reject.column, reject.value) == (1, "items[].contentDetails.duration", "a minute")
    assert "no ISO 8601" in reject.reason


def test_a_broadcast_is_live():
    one = video(statistics={}, liveStreamingDetails={}, contentDetails={"duration": "PT9S"})
    assert only(answer("video", one)).table["format"].to_pylist() == ["live"]


def test_disabled_comments_and_hidden_likes_are_not_zero():
    silent = {"viewCount": "7"}
    told = {"viewCount": "8", "likeCount": "0", "commentCount": "2"}
    found = only(answer("video", video(1, statistics=silent), video(2, statistics=told)))
    assert found.table.select(["likes", "comments", "views"]).to_pylist() == [
        {"likes": None, "comments": None, "views": 7},
        {"likes": 0, "comments": 2, "views": 8},
    ]
    said = " ".join(found.warnings)
    assert "1 videos state no comments" in said
    assert "1 videos hide their likes" in said


def test_a_post_is_its_channels_and_says_when_and_what():
    label = {"hasPaidProductPlacement": True}
    (row,) = only(answer("video", video(statistics={}, paidProductPlacementDetails=label))).table.to_pylist()
    assert (row["creator_id"], row["caption"], row["sponsored"]) == (CHANNEL, "Bread\nhow", True)
    assert row["posted_at"] == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


GONE = {
    "private": {"privacyStatus": "private"},
    "deleted": {"uploadStatus": "deleted"},
    "rejected": {"uploadStatus": "rejected"},
}


@pytest.mark.parametrize("why", list(GONE))
def test_a_video_nobody_sees_is_a_reject_and_the_rest_stays(why):
    found = only(answer("video", video(1, statistics={}), video(2, statistics={}, status=GONE[why])))
    assert (found.rows, found.accepted) == (2, 1)
    (reject,) = found.rejects
    assert (reject.row, reject.value) == (2, "v2")
    assert why in reject.reason


def test_one_video_without_statistics_is_named_and_kept():
    found = only(answer("video", video(1, statistics={"viewCount": "3"}), video(2)))
    assert (found.rows, found.accepted) == (2, 2)
    (reject,) = found.rejects
    assert (reject.row, reject.column) == (2, "items[].statistics")


def test_where_no_statistics_were_asked_for_it_is_said_once():
    found = only(answer("video", video(1), video(2)))
    assert (found.accepted, found.rejects) == (2, ())
    assert any("part=snippet,statistics" in said for said in found.warnings)


BAD = {
    "words": ("many", "not a number"),
    "short for thousands": ("1.9K", "not a number"),
    "below zero": ("-3", "below 0"),
    "a fraction": ("2.5", "not a whole number"),
    "yes": (True, "not a number"),
    "not a number": (float("nan"), "not a number"),
    "beyond all counting": ("9" * 20, "above 1e\\+15"),
}


@pytest.mark.parametrize(("raw", "reason"), BAD.values(), ids=list(BAD))
def test_a_number_that_is_none_is_refused_and_the_row_stays(raw, reason):
    found = only(answer("video", video(statistics={"viewCount": raw, "likeCount": "4", "commentCount": "1"})))
    assert found.table.select(["views", "likes"]).to_pylist() == [{"views": None, "likes": 4}]
    (reject,) = found.rejects
    assert reject.column == "items[].statistics.viewCount"
    with pytest.raises(ValueError, match=reason):
        raise ValueError(reject.reason)


def test_all_zero_posts_are_kept_and_said():
    nothing = {"viewCount": "0", "likeCount": "0", "commentCount": "0"}
    found = only(answer("video", video(statistics=nothing)))
    assert found.table["views"].to_pylist() == [0]
    assert any("1 posts have 0 in every figure" in said for said in found.warnings)


def test_an_item_that_is_no_object_is_a_reject():
    found = only(answer("video", video(1, statistics={}), None, "v3"))
    assert [(r.row, r.reason) for r in found.rejects] == [(2, "not an object"), (3, "not an object")]
    assert (found.rows, found.accepted) == (3, 1)


def test_a_deleted_account_is_an_answer_without_items():
    found = only({"kind": "youtube#channelListResponse", "pageInfo": {"totalResults": 0}})
    assert (found.rows, found.accepted) == (0, 0)
    assert "deleted or private" in found.warnings[0]


def test_the_same_video_twice_is_one_row():
    counted = [{"viewCount": "3"}, {"viewCount": "5"}]
    found = only(answer("video", *(video(1, statistics=one) for one in counted)))
    assert found.table["views"].to_pylist() == [5]
    assert found.rejects[-1].reason == "duplicate of row 2, older"


def thread(*replies, channel=CHANNEL, author=STRANGER, total=None):
    told = {"channelId": channel} if channel else {}
    snippet = {**told, "videoId": "v1", "topLevelComment": comment(author), "totalReplyCount": total or len(replies)}
    return {"kind": "youtube#commentThread", "id": "c1", "snippet": snippet, "replies": {"comments": list(replies)}}


def test_comments_and_replies_name_nobody_and_know_the_creators_own():
    reply = comment(CHANNEL, 2, parentId="c1", textOriginal="thanks")
    found = only(answer("commentThread", thread(reply)))
    rows = found.table.to_pylist()
    assert [row["person"] for row in rows] == [
        hashlib.sha256(author.encode()).hexdigest()[:16] for author in (STRANGER, CHANNEL)
    ]
    assert [(r["comment_id"], r["parent_id"], r["by_creator"]) for r in rows] == [
        ("c1", None, False), ("c2", "c1", True)
    ]  # fmt: skip
    assert [(r["text"], r["length"], r["creator_id"]) for r in rows] == [
        ("a\nb & c", 7, CHANNEL), ("thanks", 6, CHANNEL)
    ]  # fmt: skip
    assert STRANGER not in str(rows)
    assert "Zoe" not in str(rows)


def test_an_authorless_comment_is_refused_and_missing_replies_are_counted():
    found = only(answer("commentThread", thread(comment(None, 2), total=4)))
    assert (found.rows, found.accepted) == (2, 1)
    assert "account is gone" in found.rejects[0].reason
    assert "3 replies are not in the answer" in found.warnings[0]


def test_without_the_channel_the_creators_own_comments_are_unknown():
    found = only(answer("commentThread", thread(channel=None)))
    assert found.table["by_creator"].to_pylist() == [None]
    assert "cannot be known" in found.warnings[0]


def test_a_video_whose_comments_are_disabled_gives_none():
    found = only(answer("commentThread"))
    assert (found.rows, found.accepted) == (0, 0)
    assert "disabled" in found.warnings[0]


def playlist_item(number, title="Bread", **snippet):
    known = {"title": title, "description": "", "channelId": CHANNEL, "publishedAt": "2026-02-01T00:00:00Z",
             "resourceId": {"kind": "youtube#video", "videoId": f"v{number}"}, **snippet}  # fmt: skip
    return {"kind": "youtube#playlistItem", "id": f"p{number}", "snippet": known}


def test_a_playlist_tells_posts_without_figures_and_names_those_gone():
    items = [playlist_item(1, videoOwnerChannelId=STRANGER), playlist_item(2, "Deleted video"), playlist_item(3)]
    found = only(answer("playlistItem", *items))
    rows = found.table.select(["post_id", "creator_id", "posted_at", "views"]).to_pylist()
    assert [(r["post_id"], r["creator_id"]) for r in rows] == [("v1", STRANGER), ("v3", CHANNEL)]
    assert {r["posted_at"] for r in rows} | {r["views"] for r in rows} == {None}
    assert [(r.row, r.value) for r in found.rejects] == [(2, "Deleted video")]
    assert "no figures" in found.warnings[0]


@pytest.mark.parametrize("kind", ["subscription", "videoCategory"])
def test_answers_without_figures_are_known_and_said(kind):
    found = only(answer(kind, {"snippet": {"title": "Art"}}, {"snippet": {"title": "Food"}}))
    assert (found.rows, found.accepted) == (2, 0)
    assert "no row" in found.warnings[0]


def test_an_answer_of_another_kind_says_what_is_read():
    document = answer("activity")
    assert recognised(document) == "YouTube Data API"
    with pytest.raises(UnreadableFile, match=r"answer on `activity`.*We read: channel, video"):
        read_payload("a.json", document)


def test_one_object_alone_is_read_as_a_list_of_one():
    assert only(video(statistics={"viewCount": "3"})).table["views"].to_pylist() == [3]


def test_the_first_topic_is_the_niche():
    topics = {"topicCategories": ["https://en.wikipedia.org/wiki/Lifestyle_(sociology)", "https://x/wiki/Food"]}
    found = only(answer("channel", channel(topicDetails=topics)))
    assert found.table["niche"].to_pylist() == ["lifestyle"]


@pytest.mark.parametrize(
    ("place", "raw", "reason"),
    [
        pytest.param(("statistics", "likeCount"), 10**400, "not a number", id="a number beyond any"),
        pytest.param(("snippet", "publishedAt"), "0001-01-01T00:00:00+23:00", "not a date", id="before the year 1"),
    ],
)
def test_a_value_out_of_bounds_is_a_reject_and_its_video_stays(place, raw, reason):
    video = {"kind": "youtube#video", "id": "v1", "snippet": {"channelId": "UCx"}, "statistics": {"viewCount": "3"}}
    video[place[0]][place[1]] = raw
    (found,) = read_payload("v.json", video)
    assert (found.accepted, [reject.reason for reject in found.rejects]) == (1, [reason])
