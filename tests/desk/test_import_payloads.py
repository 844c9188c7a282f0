"""Vendors' answers from file to catalogue: told apart by content, refused in one line, completed by a second run."""

import json
from pathlib import Path

import pytest

from asterism.desk.check import check
from asterism.desk.import_ import Choices, import_files
from asterism.desk.read import Files, read_creators, read_tables
from asterism.desk.stored import open_catalogue
from asterism.errors import AsterismError, BadInput, MissingColumns, UnreadableFile, WrongUsage

FIELDS = Path(__file__).resolve().parents[3] / "shared" / "data" / "api_payloads" / "hypeauditor"


def channel(name, **statistics):
    counted = {"subscriberCount": "1200", "videoCount": "8", "hiddenSubscriberCount": False, **statistics}
    return {"id": name, "snippet": {"title": name, "customUrl": f"@{name}"}, "statistics": counted}


def video(number, **statistics):
    counted = {"viewCount": "900", "likeCount": "30", "commentCount": "2", **statistics}
    return {"id": f"v{number}", "snippet": {"channelId": "UCa", "title": "Bread"}, "statistics": counted,
            "contentDetails": {"duration": "PT2M"}}  # fmt: skip


def youtube(kind, *items):
    return {"kind": f"youtube#{kind}ListResponse", "items": list(items)}


def media(number, **more):
    return {"id": f"1800{number}", "media_type": "IMAGE", "like_count": 4, "comments_count": 1, **more}


def insights(number, **metrics):
    return {"data": [{"name": name, "period": "lifetime", "values": [{"value": value}],
                      "id": f"1800{number}/insights/{name}/lifetime"} for name, value in metrics.items()]}  # fmt: skip


def saved(folder, name, document):
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return str(path)


def imported(folder, *paths, **choices):
    return import_files(list(paths), Choices(catalogue=folder / "catalogue", **choices))


def kept(folder, kind):
    return open_catalogue(folder / "catalogue").read(kind).to_pylist()


def test_answers_are_imported_like_tables(tmp_path):
    channels = saved(tmp_path, "channels.json", youtube("channel", channel("UCa"), channel("UCb")))
    videos = saved(tmp_path, "videos.json", youtube("video", video(1)))
    done = imported(tmp_path, channels, videos)
    assert [(d.kind, d.rows, d.accepted) for d in done] == [("creators", 2, 2), ("posts", 1, 1)]
    assert {row["source"] for row in kept(tmp_path, "creators")} == {"youtube data api"}
    assert [row["views"] for row in kept(tmp_path, "posts")] == [900]


LAYOUTS = {
    "one per line": lambda pages: "\n".join(map(json.dumps, pages)),
    "a list of them": json.dumps,
}


@pytest.mark.parametrize("written", LAYOUTS.values(), ids=list(LAYOUTS))
def test_several_answers_may_stand_in_one_file(tmp_path, written):
    pages = [youtube("channel", channel("UCa")), youtube("video", video(1)), youtube("channel", channel("UCb"))]
    done = imported(tmp_path, saved(tmp_path, "pages", written(pages)))
    assert [(d.kind, d.accepted) for d in done] == [("creators", 2), ("posts", 1)]


def test_a_line_that_is_no_answer_is_a_reject_and_the_rest_is_imported(tmp_path):
    pages = [json.dumps(youtube("channel", channel("UCa"))), '{"kind": "youtube#chan', '{"error": {"code": 403}}']
    (done,) = imported(tmp_path, saved(tmp_path, "pages.jsonl", "\n".join(pages)))
    assert (done.rows, done.accepted, done.rejected) == (3, 1, 2)
    assert sorted(row["row"] for row in kept(tmp_path, "rejects")) == [2, 3]


QUOTA = {"error": {"code": 403, "message": "Exceeded.", "errors": [{"reason": "quotaExceeded"}]}}
STOPS = {
    "cut in half": (json.dumps(youtube("channel", channel("UCa")))[:90], UnreadableFile, r"broken JSON: line 1, col"),
    "an error answer": (QUOTA, UnreadableFile, r"error answer, not data: quotaExceeded 403 Exceeded\. Wait until"),
    "no such account": ({"kind": "youtube#channelListResponse"}, BadInput, r"no such channel.*deleted or private"),
    "subscriptions": (youtube("subscription", {"id": "x"}), BadInput, r"no figures of anybody"),
    "media of nobody": ({"data": [media(1)]}, BadInput, r"do not say whose they are"),
    "every video gone": (
        youtube("video", {**video(1), "status": {"privacyStatus": "private"}}), BadInput, r"No row of .*can be used"
    ),
    "half a report": (
        {"work_platform": {"name": "Instagram"}, "profile": {"full_name": None}}, BadInput, "undated|no creator_id"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("document", "error", "words"), STOPS.values(), ids=list(STOPS))
def test_an_answer_that_cannot_be_used_is_one_clear_line_and_nothing_is_written(tmp_path, document, error, words):
    good = saved(tmp_path, "good.json", youtube("channel", channel("UCa")))
    bad = saved(tmp_path, "bad.json", document)
    with pytest.raises(error, match=words) as caught:
        imported(tmp_path, good, bad)
    assert "\n" not in str(caught.value)
    assert "bad.json" in str(caught.value)
    assert not (tmp_path / "catalogue").exists()
    entries = check([bad])["files"]
    assert [entry["accepted"] for entry in entries] == [0]
    assert entries[0]["warnings"] or entries[0]["rejects"]


def test_what_is_odd_is_listed_the_rest_imported_and_a_second_run_completes_it(tmp_path):
    hidden = channel("UCh", subscriberCount="0", hiddenSubscriberCount=True)
    items = [channel("UCa"), hidden, channel("UCz", subscriberCount="0"), channel("UCx", subscriberCount="lots"), None]
    path = saved(tmp_path, "channels.json", youtube("channel", *items))
    (first,) = imported(tmp_path, path)
    followers = {row["creator_id"]: row["followers"] for row in kept(tmp_path, "creators")}
    assert followers == {"UCa": 1200, "UCh": None, "UCz": 0, "UCx": None}
    assert (first.rows, first.accepted) == (5, 4)
    assert any("hide their subscribers" in said for said in first.warnings)
    assert any("1 creators have 0 followers" in said for said in first.warnings)
    assert {row["reason"] for row in kept(tmp_path, "rejects")} == {"not a number", "not an object"}
    items[3:] = [channel("UCx"), channel("UCn")]
    saved(tmp_path, "channels.json", youtube("channel", *items))
    (second,) = imported(tmp_path, path)
    assert (second.rows, second.accepted) == (5, 5)
    followers = {row["creator_id"]: row["followers"] for row in kept(tmp_path, "creators")}
    assert followers == {"UCa": 1200, "UCh": None, "UCz": 0, "UCx": 1200, "UCn": 1200}
    assert kept(tmp_path, "rejects") == []


def test_posts_without_figures_are_completed_by_the_answer_that_has_them(tmp_path):
    silent = video(2, viewCount="0", likeCount="0", commentCount="0")
    bare = {name: part for name, part in video(1).items() if name != "statistics"}
    (done,) = imported(tmp_path, saved(tmp_path, "videos.json", youtube("video", bare, silent)))
    assert any("0 in every figure" in said for said in done.warnings)
    assert [row["views"] for row in kept(tmp_path, "posts")] == [None, 0]
    imported(tmp_path, saved(tmp_path, "videos.json", youtube("video", video(1), video(2))))
    assert [row["views"] for row in kept(tmp_path, "posts")] == [900, 900]


@pytest.mark.parametrize("together", [True, False], ids=["in one run", "in a second run"])
def test_insights_join_the_post_they_are_of(tmp_path, together):
    posts = saved(tmp_path, "media.json", {"data": [media(1, username="Ana"), media(2, username="Ana")]})
    figures = saved(tmp_path, "insights.json", insights(1, reach=50, saved=3))
    runs = [(figures, posts)] if together else [(posts,), (figures,)]
    for run in runs:
        imported(tmp_path, *run)
    rows = {row["post_id"]: row for row in kept(tmp_path, "posts")}
    assert [(r["creator_id"], r["reach"], r["saves"], r["likes"]) for r in rows.values()] == [
        ("ana", 50, 3, 4), ("ana", None, None, 4)
    ]  # fmt: skip
    assert kept(tmp_path, "rejects") == []


def test_one_kind_can_be_asked_for(tmp_path):
    profile = {"platform_username": "ana", "follower_count": 5, "reputation_history": [{"month": "2025-12"}]}
    path = saved(tmp_path, "report.json", {"work_platform": {"name": "TikTok"}, "profile": profile})
    assert [d.kind for d in imported(tmp_path, path)] == ["creators", "snapshots"]
    assert [d.kind for d in imported(tmp_path, path, kind="snapshots")] == ["snapshots"]
    with pytest.raises(BadInput, match=r"holds creators and snapshots, no rates.*Leave out --as"):
        imported(tmp_path, path, kind="rates")


def test_two_sources_of_one_creator_stand_side_by_side(tmp_path):
    table = saved(tmp_path, "list.csv", "creator_id,handle,platform,followers\nUCa,UCa,youtube,1100\n")
    answer = saved(tmp_path, "channels.json", youtube("channel", channel("UCa")))
    imported(tmp_path, table, answer)
    imported(tmp_path, table, answer)
    told = {row["source"]: row["followers"] for row in kept(tmp_path, "creators")}
    assert told == {"list.csv": 1100, "youtube data api": 1200}


def test_a_table_that_names_its_sources_keeps_them(tmp_path):
    table = saved(tmp_path, "list.csv", "handle,platform,data source\nana,tiktok,agency\nbo,tiktok,\n")
    imported(tmp_path, table)
    assert {row["creator_id"]: row["source"] for row in kept(tmp_path, "creators")} == {
        "ana": "agency",
        "bo": "list.csv",
    }


def test_a_plan_reads_answers_as_its_files(tmp_path):
    files = Files(
        creators=saved(tmp_path, "channels.json", youtube("channel", channel("UCa"))),
        posts=saved(tmp_path, "videos.json", youtube("video", video(1))),
    )
    loaded = read_tables(files)
    assert loaded.tables.creators["followers"].to_pylist() == [1200]
    assert loaded.tables.posts["creator_id"].to_pylist() == ["UCa"]
    assert all(version.startswith("sha256:") for version in loaded.versions.values())


def test_an_answer_without_creators_says_what_it_holds(tmp_path):
    path = saved(tmp_path, "videos.json", youtube("video", video(1)))
    with pytest.raises(BadInput, match=r"holds posts, no creators\. Name one with creators"):
        read_creators(path)
    empty = saved(tmp_path, "none.json", {"kind": "youtube#channelListResponse"})
    with pytest.raises(BadInput, match=r"No row of creators .* knows no such channel"):
        read_creators(empty)


def test_a_platform_that_is_none_is_refused(tmp_path):
    path = saved(tmp_path, "channels.json", youtube("channel", channel("UCa")))
    with pytest.raises(WrongUsage, match="no platform `orkut`"):
        imported(tmp_path, path, platform="orkut")


def test_check_lists_fields_units_and_what_is_left(tmp_path):
    path = saved(tmp_path, "channels.json", youtube("channel", channel("UCa", viewCount="99")))
    (entry,) = check([path])["files"]
    assert json.loads(json.dumps(entry)) == entry
    assert (entry["file"], entry["kind"], entry["rows"], entry["accepted"]) == (path, "creators", 1, 1)
    columns = {column["source"]: (column["field"], column["unit"]) for column in entry["columns"]}
    assert columns["items[].statistics.subscriberCount"] == ("followers", "people")
    assert {"items[].statistics.viewCount"} <= {left["source"] for left in entry["unmapped"]}


def test_answers_in_another_encoding_say_how_they_were_read(tmp_path):
    path = tmp_path / "channels.json"
    path.write_bytes(json.dumps(youtube("channel", channel("béa")), ensure_ascii=False).encode("cp1252"))
    (entry,) = check([str(path)])["files"]
    assert entry["accepted"] == 1
    assert entry["warnings"]


def test_an_ordinary_table_in_json_is_still_a_table(tmp_path):
    path = saved(tmp_path, "rows.json", [{"handle": "ana", "platform": "tiktok", "followers": "5K"}])
    (entry,) = check([path])["files"]
    assert (entry["kind"], entry["accepted"]) == ("creators", 1)
    assert entry["columns"][0]["source"] == "handle"


@pytest.mark.shared
@pytest.mark.skipif(not FIELDS.is_dir(), reason="the real data (shared/data beside the repository) is not here")
def test_a_list_of_fields_in_words_is_one_clear_line(tmp_path):
    with pytest.raises((MissingColumns, UnreadableFile)) as caught:
        imported(tmp_path, str(FIELDS / "discovery_samples.txt"))
    assert isinstance(caught.value, AsterismError)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600
