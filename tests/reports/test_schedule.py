from dataclasses import replace
from datetime import date

import pytest

from asterism.planning.plan import Flight, HandOver, Phase, Post
from asterism.reports.page import plan_page
from asterism.reports.schedule import flights_grid, hand_over_sentence, phases_grid
from asterism.reports.words import Words
from tests.reports.conftest import sample_plan

WORDS = Words()


def flight(handle: str, *posts: Post) -> Flight:
    return Flight(handle, f"@{handle}", "tiktok", "follow", f"{len(posts)} video", posts)


def cells(grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def test_posts_are_listed_with_their_days_the_first_to_go_out_first():
    late = flight("late", Post("video", 3, date(2026, 12, 20)))
    early = flight("early", Post("video", 1, date(2026, 12, 1)), Post("video", 2, date(2026, 12, 9)))
    found = cells(flights_grid(replace(sample_plan(), flights=(late, early)), WORDS))
    assert [row[0] for row in found] == ["@early", "@late"]
    assert found[0][3] == "video 1 Dec 2026, video 9 Dec 2026"


def test_without_a_start_posts_and_phases_have_weeks():
    undated = replace(
        sample_plan(),
        flights=(flight("a", Post("video", 2, None)),),
        phases=(Phase("campaign", None, None, "awareness", 1.0, ("nano",), (1, 8)),),
    )
    assert cells(flights_grid(undated, WORDS))[0][3] == "video week 2"
    assert cells(phases_grid(undated, WORDS))[0][1] == "weeks 1–8"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (HandOver("retarget", False, 60.0, 40.0, 80.0), "80 buyers instead of 100. It mostly retargets"),
        (HandOver("retarget", False, 60.0, 40.0, 80.0), "the opening reached: 60% of its buyers met the opening."),
        (HandOver("extend", True, 60.0, 40.0, 80.0), "It mostly extends to those it did not reach: as the brief says."),
        (HandOver("extend", False, 0.0, 0.0, 0.0), "0 buyers instead of 0."),
    ],
    ids=["without it", "what gives more", "as the brief says", "nobody"],
)  # fmt: skip
def test_the_plan_says_what_the_second_phase_would_be_without_the_first(told: HandOver, said: str):
    plan = replace(sample_plan(), hand_over=told)
    assert said in hand_over_sentence(plan, WORDS)
    assert "Without the opening the follow-up would find" in plan_page(plan)
    assert plan.to_dict()["hand_over"]["after"] == told.primed + told.fresh


def test_one_phase_owes_nothing_to_another():
    assert hand_over_sentence(sample_plan(), WORDS) == ""
    assert sample_plan().to_dict()["hand_over"] is None
