"""Real answers of vendors beside the repository: kinds, rows and a few values of every file.

`HELD` is our own reading of the files: per file, kind by kind, how many rows it speaks of and how many can be used.
"""

from functools import cache
from pathlib import Path

import pytest

from asterism.creators.ingest import Ingested
from asterism.creators.payloads import Around, recognised
from asterism.desk.check import check
from asterism.desk.read import answers_of
from asterism.store.files import open_tables

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "api_payloads"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the real data (shared/data beside the repository) is not here"),
]

YOUTUBE, GRAPH, INSIGHTIQ, PHYLLO = (
    "youtube_data_api_v3", "instagram_graph_api/instagram/apidata", "insightiq", "phyllo"
)  # fmt: skip
HELD: dict[str, dict[str, tuple[int, int]]] = {
    f"{INSIGHTIQ}/profile_analysis_redacted.json": {
        "creators": (1, 1), "snapshots": (7, 7), "audiences": (88, 88), "posts": (20, 20), "links": (1, 0)
    },
    f"{INSIGHTIQ}/profile-response.json": {"creators": (2, 2)},
    f"{PHYLLO}/instagramProfile.json": {
        "creators": (1, 1), "snapshots": (7, 7), "audiences": (96, 96), "posts": (34, 34)
    },
    f"{PHYLLO}/tiktokProfile.json": {
        "creators": (1, 1), "snapshots": (7, 7), "audiences": (35, 35), "posts": (18, 18)
    },
    f"{PHYLLO}/youtubeProfile.json": {
        "creators": (1, 1), "snapshots": (7, 7), "audiences": (41, 41), "posts": (20, 20)
    },
    "instagram_graph_api/base/discovery_medias_p1.json": {"posts": (5, 5)},
    "instagram_graph_api/base/discovery_medias_p2.json": {"posts": (5, 5)},
    f"{GRAPH}/discovery/medias_p1.json": {"posts": (2, 2)},
    f"{GRAPH}/discovery/medias_p2.json": {"posts": (2, 2)},
    f"{GRAPH}/discovery/user_fields.json": {"creators": (1, 1)},
    f"{GRAPH}/hashtags/hashtag_top_medias_p1.json": {"posts": (25, 0)},
    f"{GRAPH}/medias/insights.json": {"posts": (1, 0)},
    f"{GRAPH}/medias/insights_new.json": {"posts": (1, 0)},
    f"{GRAPH}/medias/medias_fields.json": {"posts": (2, 0)},
    f"{GRAPH}/users/user_fields.json": {"creators": (1, 1)},
    f"{GRAPH}/users/user_insights.json": {"audiences": (3, 0)},
    f"{GRAPH}/users/user_insights_new.json": {"audiences": (1, 0)},
    f"{YOUTUBE}/categories/video_category_by_region.json": {"creators": (32, 0)},
    f"{YOUTUBE}/channel_info_multi.json": {"creators": (2, 2)},
    f"{YOUTUBE}/channel_info_single.json": {"creators": (1, 1)},
    f"{YOUTUBE}/channels/info.json": {"creators": (1, 1)},
    f"{YOUTUBE}/channels/info_multiple.json": {"creators": (2, 2)},
    f"{YOUTUBE}/comment_threads/comment_threads_by_video_paged_1.json": {"comments": (5, 5)},
    f"{YOUTUBE}/playlist_items/playlist_items_paged_1.json": {"posts": (10, 10)},
    f"{YOUTUBE}/subscriptions/subscriptions_by_channel_p1.json": {"creators": (5, 0)},
    f"{YOUTUBE}/videos/videos_chart_paged_1.json": {"posts": (5, 5)},
    f"{YOUTUBE}/videos/videos_info_multi.json": {"posts": (2, 2)},
    f"{YOUTUBE}/videos/videos_info_single.json": {"posts": (1, 1)},
}  # fmt: skip


@cache
def _read(name: str) -> dict[str, Ingested]:
    return {one.kind: one for one in answers_of(open_tables(str(SHARED / name)))}


def test_no_file_is_left_out():
    assert {path.relative_to(SHARED).as_posix() for path in SHARED.rglob("*.json")} == set(HELD)


@pytest.mark.parametrize("name", HELD)
def test_every_file_is_known_and_read(name):
    (document,) = open_tables(str(SHARED / name)).documents
    assert recognised(document)
    assert {kind: (one.rows, one.accepted) for kind, one in _read(name).items()} == HELD[name]


@pytest.mark.parametrize("name", HELD)
def test_what_is_not_used_is_said(name):
    for one in _read(name).values():
        assert one.accepted == one.rows or one.warnings
        assert all(left.why for left in one.unmapped)
        assert all(reject.reason and reject.row >= 1 for reject in one.rejects)


@pytest.mark.parametrize("name", HELD)
def test_check_has_one_entry_per_kind(name):
    entries = check([str(SHARED / name)])["files"]
    assert {entry["kind"]: (entry["rows"], entry["accepted"]) for entry in entries} == HELD[name]


VALUES = [
    (f"{INSIGHTIQ}/profile_analysis_redacted.json", "creators", {
        "followers": 80_080, "engagement_rate": 1.913955, "credible": 0.468373, "avg_likes": 153_269.0,
        "avg_views": 2_390_627.0, "country": "PK", "engagement_denominator": "followers", "source": "insightiq"}),
    (f"{PHYLLO}/instagramProfile.json", "creators", {
        "followers": 375_167_658, "engagement_rate": 0.011085, "avg_views": 16_204_977.0, "platform": "instagram"}),
    (f"{PHYLLO}/tiktokProfile.json", "creators", {
        "followers": 77_400_000, "engagement_rate": 0.07416, "platform": "tiktok", "country": "US"}),
    (f"{PHYLLO}/youtubeProfile.json", "creators", {
        "followers": 152_000_000, "engagement_rate": 4e-6, "platform": "youtube", "source": "phyllo"}),
    (f"{YOUTUBE}/channel_info_single.json", "creators", {"followers": 1_927_873, "posts": 5026, "country": "US"}),
    (f"{GRAPH}/discovery/user_fields.json", "creators", {"followers": 64_976, "posts": 436, "platform": "instagram"}),
    ("instagram_graph_api/base/discovery_medias_p1.json", "posts", {"likes": 958, "comments": 333, "format": "video"}),
    (f"{PHYLLO}/tiktokProfile.json", "snapshots", {"followers": 41_757_576, "avg_likes": 2_566_178.0}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "wanted"), VALUES, ids=[f"{Path(v[0]).stem} {v[1]}" for v in VALUES])
def test_values_stand_as_the_vendor_wrote_them(name, kind, wanted):
    row = _read(name)[kind].table.to_pylist()[0]
    assert {field: row[field] for field in wanted} == wanted


def test_a_rate_of_191_per_cent_and_a_credibility_of_half_are_explained():
    rate, credible = _read(f"{INSIGHTIQ}/profile_analysis_redacted.json")["creators"].warnings
    assert "engagement_rate of 191% is kept" in rate
    assert "average likes (153,269) exceed followers (80,080)" in rate
    assert "credible 0.468 is insightiq's own reckoning" in credible
    assert "47.1% mass followers" in credible


def test_shares_of_each_dimension_stay_below_the_whole():
    for name, held in HELD.items():
        if held.get("audiences", (0, 0))[1]:
            totals: dict[str, float] = {}
            for row in _read(name)["audiences"].table.to_pylist():
                totals[row["dimension"]] = totals.get(row["dimension"], 0.0) + row["share"]
            totals.pop("interest", None)
            assert all(total <= 1.001 for total in totals.values()), name
            assert totals["gender"] == pytest.approx(1, abs=1e-4)
            assert totals["age"] == pytest.approx(1, abs=1e-4)


def test_sponsored_posts_and_plays_are_told():
    rows = _read(f"{INSIGHTIQ}/profile_analysis_redacted.json")["posts"].table.to_pylist()
    assert sum(row["sponsored"] is True for row in rows) == 4
    assert max(row["views"] or 0 for row in rows) == 18_057_797
    assert sum(row["format"] == "reel" for row in rows) == 6


def test_nothing_of_ethnicity_or_contact_is_kept():
    for name in HELD:
        for kind, one in _read(name).items():
            assert "Caucasian" not in str(one.table.to_pylist())
            if kind in ("creators", "links"):
                assert "@example.com" not in str(one.table.drop_columns(["bio"] * ("bio" in one.table.column_names)))
                assert "@example.com" not in str(one.rejects)


def test_a_post_whose_owner_is_known_takes_its_reach():
    opened = open_tables(str(SHARED / f"{GRAPH}/medias/insights.json"))
    (found,) = answers_of(opened, owners={"17846368219941692": "ana"})
    assert found.table.select(["creator_id", "reach", "saves"]).to_pylist() == [
        {"creator_id": "ana", "reach": 5, "saves": 0}
    ]
    assert Around().owners == {}
