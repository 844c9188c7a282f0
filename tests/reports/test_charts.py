"""The drawings are judged by their own coordinates, read back from the SVG."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import combinations

import pytest

from asterism.planning.plan import Flip, Plan
from asterism.quantities import Interval
from asterism.reports.charts import (
    WIDTHS,
    Chart,
    alternatives_chart,
    build_up_chart,
    curve_chart,
    curve_of_frequency,
    frequency_chart,
    times,
)
from asterism.reports.drawing import Scale, around, round_step
from asterism.reports.lines import spread
from asterism.reports.together import asterism_chart, overlap_chart
from asterism.reports.words import Words

WORDS = Words()
TAG = re.compile(r"<(line|rect|circle|text|polyline) ([^>]*?)/?>(?:([^<]*)</text>)?")


def marks(picture: str, tag: str, kind: str = "") -> list[dict[str, str]]:
    """The marks of a tag whose class holds `kind`, with their attributes; texts under `words`."""
    found = []
    for name, attributes, words in TAG.findall(picture):
        values = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        if name == tag and kind in [*values["class"].split(), ""]:
            found.append({**values, "words": unescape(words)})
    return found


def box(text: dict[str, str]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a text in the mean width of a letter."""
    x, y, width = float(text["x"]), float(text["y"]), len(text["words"]) * 7.4
    left = {"start": x, "middle": x - width / 2, "end": x - width}[text["text-anchor"]]
    return (left, y - 11, left + width, y + 3)


def charts(plan: Plan) -> Iterator[Chart]:
    of_reach = (build_up_chart, frequency_chart, curve_of_frequency, asterism_chart, overlap_chart)
    for make in (alternatives_chart, curve_chart, *of_reach):
        chart = make(plan, WORDS)
        if chart is not None:
            yield chart


def test_every_chart_asks_a_question_and_has_its_figures_as_a_table(plan: Plan) -> None:
    assert len(list(charts(plan))) == 7
    for chart in charts(plan):
        assert chart.question.endswith("?")
        assert len(chart.pictures) == len(WIDTHS)
        assert chart.grid.rows
        assert all(len(row) == len(chart.grid.columns) for row in chart.grid.rows)


def test_every_picture_tells_its_figures_to_those_who_cannot_see_it(plan: Plan) -> None:
    for picture in alternatives_chart(plan, WORDS).pictures:
        label = unescape(re.search(r'aria-label="([^"]*)"', picture)[1])
        assert "micro – winner: 412 (350–480)" in label
        assert 'role="img"' in picture


def test_intervals_stand_on_one_scale_with_zero_on_it(plan: Plan) -> None:
    known = [each.value for each in plan.verdict.alternatives if each.why_empty is None]
    for picture in alternatives_chart(plan, WORDS).pictures:
        zero = float(marks(picture, "line", "zero")[0]["x1"])
        ranges, dots = marks(picture, "line", "range"), marks(picture, "circle", "dot")
        assert len(ranges) == len(dots) == len(known)
        unit = (float(ranges[0]["x2"]) - zero) / known[0].high
        for value, line, dot in zip(known, ranges, dots, strict=True):
            drawn = [float(line["x1"]) - zero, float(dot["cx"]) - zero, float(line["x2"]) - zero]
            assert drawn == pytest.approx([value.low * unit, value.mean * unit, value.high * unit], abs=0.3)


def test_a_loss_is_drawn_left_of_zero(plan: Plan) -> None:
    losses = tuple(replace(each, value=Interval(-500, -900, 100)) for each in plan.verdict.alternatives[:2])
    losing = replace(plan, goal="profit", verdict=replace(plan.verdict, alternatives=losses))
    for picture in alternatives_chart(losing, WORDS).pictures:
        zero = float(marks(picture, "line", "zero")[0]["x1"])
        assert all(
            float(dot["cx"]) < zero < float(line["x2"])
            for dot, line in zip(marks(picture, "circle", "dot"), marks(picture, "line", "range"), strict=True)
        )


def test_an_alternative_without_a_plan_says_why_instead_of_drawing_zero(plan: Plan) -> None:
    chart = alternatives_chart(plan, WORDS)
    assert any("The cheapest mega creator" in text["words"] for text in marks(chart.pictures[-1], "text"))
    assert not marks(chart.pictures[-1], "line", "line-mega")


def test_bars_start_where_the_one_before_ends(plan: Plan) -> None:
    for picture in build_up_chart(plan, WORDS).pictures:
        bars = [(float(b["x"]), float(b["x"]) + float(b["width"])) for b in marks(picture, "rect", "bar")]
        assert len(bars) == len(plan.picks)
        assert [start for start, _ in bars[1:]] == pytest.approx([end for _, end in bars[:-1]], abs=0.3)
        ratio = (bars[0][1] - bars[0][0]) / (bars[-1][1] - bars[0][0])
        assert ratio == pytest.approx(plan.build_up[0] / plan.build_up[-1], abs=0.01)


def test_many_picks_end_in_one_row_and_the_table_keeps_all(plan: Plan) -> None:
    many = tuple(replace(plan.picks[0], handle=f"@c{i}") for i in range(37))
    grown = tuple(1000.0 * (i + 1) for i in range(37))
    chart = build_up_chart(replace(plan, picks=many, build_up=grown), WORDS)
    assert len(marks(chart.pictures[0], "rect", "bar")) == 20
    assert "18 more creators" in chart.pictures[0]
    assert "+18,000" in chart.pictures[0]
    assert len(chart.grid.rows) == 37


def test_frequency_bars_are_as_long_as_their_numbers(plan: Plan) -> None:
    chart = frequency_chart(plan, WORDS)
    widths = [float(bar["width"]) for bar in marks(chart.pictures[1], "rect", "bar")]
    people = plan.forecast.frequency
    assert [w / widths[0] for w in widths] == pytest.approx([n / people[0] for n in people], abs=0.01)
    assert [row[0].text for row in chart.grid.rows] == ["once", "twice", "3 times", "4 times or more"]
    assert chart.grid.rows[0][2].text == "47.9%"


def test_people_seen_at_least_so_often_stand_on_one_scale_with_their_ranges(plan: Plan) -> None:
    points = plan.forecast.at_least
    for picture in curve_of_frequency(plan, WORDS).pictures:
        zero = float(marks(picture, "line", "zero")[0]["y1"])
        ranges, dots = marks(picture, "line", "range"), marks(picture, "circle", "dot")
        assert len(ranges) == len(dots) == len(points)
        unit = (zero - float(dots[0]["cy"])) / points[0].mean
        for point, line, dot in zip(points, ranges, dots, strict=True):
            drawn = [zero - float(line["y1"]), zero - float(dot["cy"]), zero - float(line["y2"])]
            assert [d / unit for d in drawn] == pytest.approx([point.low, point.mean, point.high], abs=0.2 / unit)


def test_the_table_of_the_curve_says_what_part_of_those_reached(plan: Plan) -> None:
    rows = curve_of_frequency(plan, WORDS).grid.rows
    assert [cell.text for cell in rows[0]] == ["once", "65,200 (52,200–81,500)", "100%"]
    assert [cell.text for cell in rows[2]] == ["3 times", "16,600 (13,300–20,800)", "25.5%"]


def test_frequencies_that_nobody_attains_are_left_out(plan: Plan) -> None:
    never = replace(plan, forecast=replace(plan.forecast, at_least=(*plan.forecast.at_least, Interval(3, 1, 5))))
    assert len(curve_of_frequency(never, WORDS).grid.rows) == 5


def test_without_a_curve_the_exact_numbers_are_drawn(plan: Plan) -> None:
    bare = replace(plan, forecast=replace(plan.forecast, at_least=()))
    assert curve_of_frequency(bare, WORDS) == frequency_chart(bare, WORDS)


def test_the_curve_passes_through_its_points(plan: Plan) -> None:
    points = [(p.budget, p.value) for p in plan.curve if p.alternative == "micro"]
    for picture in curve_chart(plan, WORDS).pictures:
        drawn = marks(picture, "polyline", "line-micro")[0]["points"].split()
        xy = [tuple(map(float, pair.split(","))) for pair in drawn]
        (x0, y0), (x1, y1) = xy[0], xy[-1]
        for (budget, value), (x, y) in zip(points, xy, strict=True):
            assert (x - x0) / (x1 - x0) == pytest.approx((budget - 5_000) / 75_000, abs=0.01)
            assert (y - y0) / (y1 - y0) == pytest.approx(
                (value - points[0][1]) / (points[-1][1] - points[0][1]), abs=0.01
            )


def test_budget_flips_are_marked_where_they_are_and_others_are_not(plan: Plan) -> None:
    picture = curve_chart(plan, WORDS).pictures[-1]
    first, *_, last = marks(picture, "polyline", "line-micro")[0]["points"].split()
    left, right = float(first.split(",")[0]), float(last.split(",")[0])
    places = [float(place["x1"]) for place in marks(picture, "line", "place")]
    shares = [(x - left) / (right - left) for x in places]
    assert shares == pytest.approx([15 / 75, 47 / 75, 4 / 75], abs=0.005)
    shown = {text["words"] for text in marks(picture, "text")}
    assert {"this budget, $20K", "macro from $52K", "nano up to $9K"} <= shown


def test_only_a_budget_is_a_place_on_the_curve_of_budgets(plan: Plan) -> None:
    other = replace(plan, verdict=replace(plan.verdict, flips=(Flip("price", 30_000.0, "macro"),)))
    assert len(marks(curve_chart(other, WORDS).pictures[0], "line", "place")) == 1


def test_a_flip_outside_the_curve_is_left_to_the_words(plan: Plan) -> None:
    shorter = replace(plan, curve=tuple(p for p in plan.curve if p.budget <= 30_000))
    assert "macro from" not in curve_chart(shorter, WORDS).pictures[0]


def crowded(plan: Plan) -> Plan:
    """The plan with names and figures longer than the room they have, and a flip at the edge of the curve."""
    long = "@" + "a_very_long_handle_" * 4
    alternatives = tuple(
        replace(each, name="extraordinarily_famous_people", value=each.value.times(98_765)) if i == 2 else each
        for i, each in enumerate(plan.verdict.alternatives)
    )
    verdict = replace(plan.verdict, alternatives=alternatives, flips=(Flip("budget", 79_000.0, "macro"),))
    picks = tuple(replace(pick, handle=long) for pick in plan.picks)
    return replace(plan, verdict=verdict, picks=picks, build_up=tuple(v * 1e5 for v in plan.build_up))


@pytest.mark.parametrize("width", range(len(WIDTHS)), ids=[f"{w} pixels" for w in WIDTHS])
@pytest.mark.parametrize("name", ["plan", "edge", "crowded"])
def test_words_neither_overlap_nor_leave_the_picture(name: str, width: int, plan: Plan, edge_plan: Plan) -> None:
    for chart in charts({"plan": plan, "edge": edge_plan, "crowded": crowded(plan)}[name]):
        texts = [(text["words"], box(text)) for text in marks(chart.pictures[width], "text")]
        for words, (left, top, right, _) in texts:
            assert left >= -1, words
            assert right <= WIDTHS[width] + 1, words
            assert top >= 0, words
        for (one, a), (other, b) in combinations(texts, 2):
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, (chart.question, one, other)


def test_nothing_known_is_nothing_drawn(edge_plan: Plan) -> None:
    assert curve_chart(edge_plan, WORDS) is None
    assert build_up_chart(edge_plan, WORDS) is None
    assert frequency_chart(edge_plan, WORDS) is None
    assert curve_of_frequency(edge_plan, WORDS) is None
    assert asterism_chart(edge_plan, WORDS) is None
    assert overlap_chart(edge_plan, WORDS) is None


def test_a_chart_of_nothing_but_impossible_alternatives_still_draws(plan: Plan) -> None:
    empty = tuple(each for each in plan.verdict.alternatives if each.why_empty)
    chart = alternatives_chart(replace(plan, verdict=replace(plan.verdict, alternatives=empty)), WORDS)
    assert "The cheapest mega" in chart.pictures[0]


@pytest.mark.parametrize(
    ("low", "high", "most", "ticks"),
    [
        pytest.param(0, 480, 5, [0, 100, 200, 300, 400], id="hundreds"),
        pytest.param(-900, 100, 4, [-500, 0], id="below zero"),
        pytest.param(0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1.0], id="small"),
    ],
)
def test_ticks_are_round_and_inside(low: float, high: float, most: int, ticks: list[float]) -> None:
    assert Scale(low, high, 0, 100).ticks(most) == pytest.approx(ticks)


def test_steps_are_one_two_or_five() -> None:
    assert [round_step(x) for x in (0.9, 1.0, 1.1, 2.1, 5.1, 0)] == [1, 1, 2, 5, 10, 1]


def test_a_range_holds_zero_and_is_never_empty() -> None:
    assert around([3, 5]) == (0, 5)
    assert around([-3]) == (-3, 0)
    assert around([]) == (0, 1)


@pytest.mark.parametrize(("value", "at"), [(-900, 10), (100, 110), (0, 100), (-400, 60)])
def test_a_scale_runs_from_its_low_to_its_high(value: float, at: float) -> None:
    assert Scale(-900, 100, 10, 110).at(value) == pytest.approx(at)


def test_a_flat_scale_divides_by_nothing() -> None:
    assert Scale(5, 5, 10, 90).at(5) == 10


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        pytest.param([10, 12, 50], [10, 29, 50], id="pushed down"),
        pytest.param([95, 96, 97], [62, 81, 100], id="pushed back up at the end"),
        pytest.param([50, 10], [50, 10], id="the order given is kept"),
    ],
)
def test_names_at_the_ends_of_lines_make_room(wanted: list[float], placed: list[float]) -> None:
    assert spread(wanted, 19, 0, 100) == placed


def test_how_often_is_said_in_words() -> None:
    assert [times(1), times(2), times(3), times(2, last=True)] == ["once", "twice", "3 times", "twice or more"]
