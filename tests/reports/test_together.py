"""The asterism and the square of shared audiences, read back from their own marks."""

import re
from dataclasses import replace
from html import unescape
from itertools import combinations, pairwise

import pytest

from asterism.planning.plan import Duplication, Plan
from asterism.reports.charts import WIDTHS
from asterism.reports.heat import step_of
from asterism.reports.together import asterism_chart, overlap_chart
from asterism.reports.words import Words
from tests.reports.conftest import duplication
from tests.reports.test_charts import box, marks

WORDS = Words()
SIZES = [1, 2, 3, 7, 12, 40]


def of(plan: Plan, n: int) -> Plan:
    """The plan with n picks."""
    picks = tuple(replace(plan.picks[i % 12], handle=f"{plan.picks[i % 12].handle}{i // 12 or ''}") for i in range(n))
    build_up = tuple(70_000.0 * (1 - 0.8 ** (i + 1)) for i in range(n))
    return replace(plan, picks=picks, build_up=build_up, duplication=duplication(n))


@pytest.mark.parametrize("n", SIZES)
def test_every_pick_is_a_star_and_the_line_joins_them_in_order(plan: Plan, n: int) -> None:
    for picture in asterism_chart(of(plan, n), WORDS).pictures:
        stars = marks(picture, "circle", "halo")
        assert len(stars) == n
        path = marks(picture, "line", "order")
        ends = [((p["x1"], p["y1"]), (p["x2"], p["y2"])) for p in path]
        at = [(star["cx"], star["cy"]) for star in stars]
        assert ends == list(pairwise(at))


def test_the_size_of_a_star_says_how_many_people_it_adds(plan: Plan) -> None:
    for picture in asterism_chart(plan, WORDS).pictures:
        stars = marks(picture, "circle", "star")[:12]
        added = [b - a for a, b in zip((0.0, *plan.build_up), plan.build_up, strict=False)]
        for star, people in zip(stars[:6], added[:6], strict=True):
            assert float(star["r"]) ** 2 / float(stars[0]["r"]) ** 2 == pytest.approx(people / added[0], rel=0.06)


def test_a_star_has_its_tiers_colour_and_the_tier_is_named(plan: Plan) -> None:
    for picture in asterism_chart(plan, WORDS).pictures:
        stars = marks(picture, "circle", "star")
        assert [star["class"] for star in stars[:12]] == [f"star fill-{pick.tier}" for pick in plan.picks]
        assert {"micro", "macro", "nano"} <= {text["words"] for text in marks(picture, "text", "soft")}


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("width", range(len(WIDTHS)), ids=[f"{w} pixels" for w in WIDTHS])
def test_nothing_overlaps_or_leaves_the_sky(plan: Plan, n: int, width: int) -> None:
    picture = asterism_chart(of(plan, n), WORDS).pictures[width]
    height = float(re.search(r'viewBox="0 0 \d+ (\d+)"', picture)[1])
    texts = [(text["words"], box(text)) for text in marks(picture, "text")]
    assert len([words for words, _ in texts if words[0].isdigit()]) == n
    for _, (left, top, right, bottom) in texts:
        assert left >= 0
        assert top >= 0
        assert right <= WIDTHS[width]
        assert bottom <= height
    for (one, a), (other, b) in combinations(texts, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (one, other)


def test_the_sky_is_told_to_those_who_cannot_see_it(plan: Plan) -> None:
    label = unescape(re.search(r'aria-label="([^"]*)"', asterism_chart(plan, WORDS).pictures[0])[1])
    assert "@lena.bakes and @a share 25%" in label
    strangers = replace(plan, duplication=Duplication(((5.0, 0.0), (0.0, 5.0))))
    label = re.search(r'aria-label="([^"]*)"', asterism_chart(strangers, WORDS).pictures[0])[1]
    assert "No two of them share half a per cent" in label


def test_the_table_of_stars_names_whom_each_shares_most_with(plan: Plan) -> None:
    rows = asterism_chart(plan, WORDS).grid.rows
    assert [cell.text for cell in rows[0]] == ["1 @lena.bakes", "micro", "14,000", "@a", "25%"]
    assert [cell.text for cell in asterism_chart(of(plan, 1), WORDS).grid.rows[0]][3:] == ["–", "–"]


def test_without_reach_so_far_the_audience_says_the_size(plan: Plan) -> None:
    rows = asterism_chart(replace(plan, build_up=()), WORDS).grid.rows
    assert [row[2].text for row in rows[:2]] == ["9,000", "72,000"]


def cells(picture: str) -> list[list[str]]:
    """The classes of the cells of a square in rows, from their corners."""
    found = [
        (float(y), float(x), kind)
        for kind, outlines in re.findall(r'<path class="cell ([^"]*)" d="([^"]*)"/>', picture)
        for x, y in re.findall(r"M([\d.]+) ([\d.]+)h", outlines)
    ]
    return [[kind for y, _, kind in sorted(found) if y == row] for row in sorted({y for y, _, _ in found})]


@pytest.mark.parametrize("width", range(len(WIDTHS)), ids=[f"{w} pixels" for w in WIDTHS])
def test_every_cell_has_the_colour_of_its_share(plan: Plan, width: int) -> None:
    picture = overlap_chart(plan, WORDS).pictures[width]
    heads = [int(text["words"]) - 1 for text in marks(picture, "text", "soft") if text["words"].isdigit()]
    square = cells(picture)
    assert len(square) == len(heads) == 12
    for a, row in zip(heads, square, strict=True):
        for b, cell in zip(heads, row, strict=True):
            step = "self" if a == b else f"heat-{step_of(plan.duplication.share[a][b])}"
            assert cell == step


def test_cells_are_squares_beside_their_names_and_under_their_numbers(plan: Plan) -> None:
    square = re.compile(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-([\d.]+)z")
    for width, picture in zip(WIDTHS, overlap_chart(plan, WORDS).pictures, strict=True):
        found = [tuple(map(float, each)) for each in square.findall(picture)]
        assert len(found) == 144
        assert len({side for *_, across, down, back in found for side in (across, down, back)}) == 1
        size = found[0][2]
        assert max(x for x, *_ in found) + size <= width
        texts = marks(picture, "text")
        heads = [float(text["x"]) for text in texts if text["words"].isdigit() and float(text["y"]) < 20]
        names = [float(text["y"]) for text in texts if "@" in text["words"]]
        columns, rows = sorted({x for x, *_ in found}), sorted({y for _, y, *_ in found})
        assert all(x < head < x + size for x, head in zip(columns, heads, strict=True))
        assert all(y < name < y + size for y, name in zip(rows, names, strict=True))


def test_circles_show_as_blocks(plan: Plan) -> None:
    picture = overlap_chart(plan, WORDS).pictures[2]
    heads = [int(text["words"]) - 1 for text in marks(picture, "text", "soft")]
    assert sum(a % 3 != b % 3 for a, b in pairwise(heads)) == 2


def test_figures_stand_in_their_cells_as_whole_per_cent(plan: Plan) -> None:
    for picture in overlap_chart(plan, WORDS).pictures:
        written = [text["words"] for text in marks(picture, "text", "on")]
        assert written.count("25") == 36
        assert written.count("2") == 96


def test_dark_cells_are_written_light(plan: Plan) -> None:
    two = replace(of(plan, 2), duplication=Duplication(((10.0, 6.0), (6.0, 10.0))))
    assert [text["words"] for text in marks(overlap_chart(two, WORDS).pictures[0], "text", "turned")] == ["60", "60"]


def test_a_phone_shows_those_who_share_most_and_says_so(plan: Plan) -> None:
    many = of(plan, 40)
    narrow, _, wide = overlap_chart(many, WORDS).pictures
    assert len(cells(wide)) >= 38
    shown = len(cells(narrow))
    assert 8 <= shown <= 14
    assert f"The {shown} of 40 who share most." in {text["words"] for text in marks(narrow, "text")}


def test_who_is_left_out_shares_least(plan: Plan) -> None:
    lonely = [[9.0 if a == b else 0.0 if 5 in (a, b) else 4.0 for b in range(40)] for a in range(40)]
    many = replace(of(plan, 40), duplication=Duplication(tuple(map(tuple, lonely))))
    heads = {text["words"] for text in marks(overlap_chart(many, WORDS).pictures[0], "text", "soft")}
    assert "6" not in heads


def test_pairs_are_listed_with_people_and_share_the_largest_first(plan: Plan) -> None:
    rows = overlap_chart(plan, WORDS).grid.rows
    assert [cell.text for cell in rows[0]] == ["@lena.bakes", "@a", "2,250", "25%"]
    assert len(rows) == 66
    assert overlap_chart(of(plan, 1), WORDS) is None
