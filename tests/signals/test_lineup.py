import pytest

from asterism.creators.schema import FORMATS
from asterism.signals.lineup import formats_considered, line_up
from asterism.signals.statistics import SufficientStatistics
from tests.signals.given import POSTS, Tables, brief, creators, post, rows, statistics


def considered(tables: Tables, **fields: object) -> list[list[str]]:
    asked = brief(**fields)
    stats = statistics(tables) if tables.posts.num_rows else SufficientStatistics.none()
    matrix = formats_considered(line_up(tables, asked), asked, stats)
    return [[FORMATS[i] for i in row.nonzero()[0]] for row in matrix]


EVERYWHERE = creators(
    *({"creator_id": p, "platform": p, "followers": 1000} for p in ("instagram", "tiktok", "youtube", "linkedin"))
)


def test_without_posts_or_a_wish_each_platform_has_its_main_format() -> None:
    assert considered(Tables(EVERYWHERE)) == [["post"], ["video"], ["video"], ["post"]]


@pytest.mark.parametrize(
    ("formats", "expected"),
    [
        (["reel", "story"], [["reel", "story"], ["video"], ["video"], ["post"]]),
        (["video", "short"], [["post"], ["video"], ["short", "video"], ["video"]]),
    ],
    ids=["instagram's", "video's"],
)
def test_the_briefs_formats_count_where_the_platform_has_them(formats: list[str], expected: list[list[str]]) -> None:
    assert considered(Tables(EVERYWHERE), formats=formats) == expected


def test_formats_seen_in_posts_come_before_the_main_one() -> None:
    posts = rows(POSTS, post("instagram", 1, format="reel", likes=3), post("instagram", 2, format="live", likes=3))
    assert considered(Tables(EVERYWHERE, posts))[0] == ["reel", "live"]


def test_a_platform_nobody_states_is_the_briefs_only_one_and_said_so() -> None:
    bare = Tables(creators({"creator_id": "a"}, {"creator_id": "b", "platform": "youtube"}))
    lineup = line_up(bare, brief(platforms=["tiktok"]))
    assert lineup.platform.tolist() == ["tiktok"]
    assert lineup.warnings == ("1 creators have no platform: taken to be on tiktok.",)
    assert line_up(bare, brief()).platform.tolist() == ["instagram", "youtube"]


def test_a_creator_without_a_platform_is_where_the_posts_are() -> None:
    tables = Tables(creators({"creator_id": "a"}), rows(POSTS, post("a", 1, platform="youtube", views=5)))
    lineup = line_up(tables, brief())
    assert (lineup.platform.tolist(), lineup.warnings) == (["youtube"], ())


def test_no_creator_on_the_wanted_platforms_is_said() -> None:
    lineup = line_up(Tables(EVERYWHERE), brief(platforms=["twitch"]))
    assert len(lineup) == 0
    assert lineup.warnings == ("None of the 4 creators is on twitch.",)


def test_one_id_on_two_platforms_is_two_rows() -> None:
    lineup = line_up(Tables(creators(*({"creator_id": "a", "platform": p} for p in ("instagram", "tiktok")))), brief())
    table = creators({"creator_id": "a", "platform": "tiktok"}, {"creator_id": "a"}, {"creator_id": "z"})
    assert lineup.rows(table["creator_id"], table["platform"]).tolist() == [1, 0, -1]
    assert lineup.positions(table["creator_id"]).tolist() == [0, 0, -1]
