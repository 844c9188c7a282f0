"""The real creator tables beside the repository: which columns are understood without help, and what is called out.

`JUDGED` is our own reading of the headers: per file, the fields its columns mean, and the columns that carry them (of
twins, either). Everything else must be listed with a reason.
"""

from functools import cache
from pathlib import Path

import pytest

from asterism.creators.ingest import Ingested, ingest_all
from asterism.store.files import open_tables

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the real data (shared/data beside the repository) is not here"),
]

TOP = "top1000_2022/social media influencers"
_TIKTOK = {"handle", "name", "followers", "avg_views", "avg_likes", "avg_comments", "avg_shares"}
_YOUTUBE = {"handle", "name", "niche", "followers", "country", "avg_views", "avg_likes", "avg_comments"}
_INSTAGRAM = {"handle", "name", "niche", "followers", "country", "avg_engagements"}
_POSTS = {"post_id", "creator_id", "posted_at", "likes", "comments", "caption"}
JUDGED: dict[str, tuple[set[str], int, int]] = {
    "kim_instagram/influencers.txt": ({"handle", "niche", "followers", "following", "posts"}, 33_936, 33_935),
    f"{TOP} - instagram.csv": (_INSTAGRAM, 1_000, 997),
    f"{TOP} - tiktok.csv": (_TIKTOK, 1_000, 987),
    f"{TOP} - youtube.csv": (_YOUTUBE, 1_000, 998),
    f"{TOP}-INSTAGRAM - -DEC 2022.csv": (_INSTAGRAM, 1_000, 991),
    f"{TOP}-TIKTOK - ---DEC 2022.csv": (_TIKTOK, 1_000, 999),
    f"{TOP}-YOUTUBE - --DEC 2022.csv": (_YOUTUBE, 1_003, 999),
    f"{TOP}-instagram june 2022 - june 2022.csv": ({"handle", "name", "niche", "followers", "country"}, 1_022, 979),
    f"{TOP}-tiktok june 2022 - june 2022.csv": (_TIKTOK, 1_007, 990),
    f"{TOP}-youtube june 2022 - june 2022.csv": (_YOUTUBE, 1_021, 999),
    "top200_instagram/top_insta_influencers_data.csv": (
        {"handle", "posts", "followers", "avg_likes", "engagement_rate", "country"},
        199,
        199,
    ),
    "global_youtube_2023/Global YouTube Statistics.csv": ({"name", "followers", "niche", "posts", "country"}, 995, 995),
    "instagram_mena_2025/influencers.csv": (
        {"name", "handle", "followers", "niche", "platform", "country"},
        2_074,
        2_074,
    ),
    "tiktok_vn_2025/raw_data.csv": (
        _POSTS | {"seen_at", "views", "shares", "saves", "platform", "followers", "handle", "as_of"},
        10_102,
        10_102,
    ),
    "kim_instagram/posts.parquet": (_POSTS | {"format", "sponsor"}, 23_914, 23_914),
    "kim_instagram/commenters.parquet": (
        {"post_id", "creator_id", "person", "posted_at", "by_creator", "length"},
        308_294,
        308_055,
    ),
    "youtube_vegan_2025/data/channels.csv": ({"creator_id", "name", "followers", "posts"}, 346, 346),
    "youtube_vegan_2025/data/videos_unprepared.csv": (_POSTS | {"views"}, 978, 978),
}
PLATFORM = {
    "kim": "instagram",
    "INSTAGRAM": "instagram",
    "instagram": "instagram",
    "tiktok": "tiktok",
    "TIKTOK": "tiktok",
    "youtube": "youtube",
    "YOUTUBE": "youtube",
    "top200": "instagram",
}


@cache
def _read(name: str) -> tuple[Ingested, ...]:
    (table,) = open_tables(str(SHARED / name)).tables
    return ingest_all(table)


@pytest.mark.parametrize("name", JUDGED)
def test_nine_in_ten_of_the_columns_that_mean_a_field_are_mapped(name: str) -> None:
    meant, rows, accepted = JUDGED[name]
    found = _read(name)
    mapped = {column.field for one in found for column in one.columns}
    share = len(meant & mapped) / len(meant)
    rest = f"not: {sorted(meant - mapped)}; beyond: {sorted(mapped - meant)}"
    print(f"{name}: {share:.0%} of {len(meant)} fields mapped; {rest}")
    assert share >= 0.9
    assert (found[0].rows, found[0].accepted) == (rows, accepted)


@pytest.mark.parametrize("name", JUDGED)
def test_every_other_column_and_every_rejected_row_has_its_reason(name: str) -> None:
    (table,) = open_tables(str(SHARED / name)).tables
    for found in _read(name):
        assert len(found.columns) + len(found.unmapped) == len(table.header)
        assert all(unmapped.why for unmapped in found.unmapped)
        assert all(reject.reason and reject.row > 0 for reject in found.rejects)
        dropped = {
            r.row for r in found.rejects if r.reason.startswith(("duplicate", "a separator", "row has", "the header"))
        }
        counted = sum("newest of each creator" in warning for warning in found.warnings)
        assert counted or len(dropped) == found.rows - found.accepted


@pytest.mark.parametrize("name", [n for n in JUDGED if "commenters" not in n])
def test_the_platform_of_every_table_is_found(name: str) -> None:
    expected = next(platform for word, platform in PLATFORM.items() if word in name)
    for found in _read(name):
        assert found.table["platform"].unique().to_pylist() == [expected]


def test_the_mislabelled_june_file_is_called_out_and_not_trusted() -> None:
    (found,) = _read(f"{TOP}-instagram june 2022 - june 2022.csv")
    fields = {column.field for column in found.columns}
    assert fields.isdisjoint({"avg_views", "avg_likes", "avg_comments"})
    warnings = " ".join(found.warnings)
    assert "`Views avg.` holds country names" in warnings
    assert "`Likes avg`" in warnings
    assert "`Comments avg.`" in warnings
    assert "contradict their labels" in warnings


def test_figures_agree_with_the_text_a_person_reads() -> None:
    (top,) = _read("top200_instagram/top_insta_influencers_data.csv")
    (first,) = top.table.slice(0, 1).to_pylist()
    assert (first["handle"], first["followers"], first["posts"]) == ("cristiano", 475_800_000, 3_300)
    assert first["engagement_rate"] == pytest.approx(0.0139)
    posts, creators = _read("tiktok_vn_2025/raw_data.csv")
    (first,) = posts.table.slice(0, 1).to_pylist()
    assert (first["post_id"], first["views"], first["saves"]) == ("7506832682593094928", 541_200, 1_098)
    assert (creators.accepted, creators.rejects) == (6_883, ())


def test_the_posts_of_a_renamed_creator_stay_with_the_name_of_the_creator_table() -> None:
    (posts,) = _read("kim_instagram/posts.parquet")
    assert next(c.source for c in posts.columns if c.field == "creator_id") == "influencer_username"
    (creators,) = _read("kim_instagram/influencers.txt")
    known = set(creators.table["creator_id"].to_pylist())
    strangers = {creator for creator in posts.table["creator_id"].to_pylist() if creator not in known}
    assert len(strangers) <= 2
