"""A creator's page and its lines in a terminal: the answer first, every figure with its range, nothing unescaped."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from rich.console import Console

from asterism.quantities import Interval
from asterism.reports.profile import profile_page, profile_view, sentence
from asterism.reports.readings import measured
from asterism.reports.score import scores_table
from asterism.reports.words import Words
from asterism.signals.profile import Account, Field, FormatReading, Moment, Note, PartReading, Profile, Reading

WORDS = Words()
PARTS = (
    PartReading("replies by the creator", 0.6, 0.12, "share", 0.7, "31 of 260 comments"),
    PartReading("saves over likes", 0.4, None, "share", None, "no saves known"),
)
READINGS = (
    Reading(
        "connection", "1", Interval(0.62, 0.4, 0.8), 0.6, 0.83, "0.6 × replies by the creator + 0.4 × saves", PARTS
    ),
    Reading("authenticity", "2", Interval(0.5, 0.2, 0.8), 1.0, None, "1 × account sample", PARTS[:1]),
)
ADA = Profile(
    creator_id="c1", handle="ada.cooks", name="Ada", platform="instagram", tier="micro", niche="food", country="US",
    language="en", followers=41_200.0, audience=41_200.0, audience_source="followers",
    real=Interval(0.81, 0.7, 0.9), real_source="a sample of 400 followers",
    on_target=Interval(0.5, 0.3, 0.7), on_target_source="profile", record="engagement of 12 posts",
    as_of=date(2026, 11, 1),
    formats=(
        FormatReading("reel", 12, Interval(0.031, 0.02, 0.045), "followers", "own posts", 0.72,
                      Interval(610, 300, 1100), "prior", "usually 600 USD", Interval(1300, 700, 2200), None),
    ),
    readings=READINGS,
    history=tuple(Moment(datetime(2026, m, 1, tzinfo=UTC), 30_000 + 1_000 * m) for m in range(1, 11)),
    notes=(Note(date(2026, 6, 1), "on television"), Note(date(2025, 1, 1), "before all figures")),
    fields=(
        Field("followers", "41,200", "youtube data api", date(2026, 11, 1), "newest", ("39,000 (list.csv)",), True),
    ),
    accounts=(Account("t1", "tiktok", "@adacooks", "the bio links there"),),
    remarks=("a caption names a competitor",),
)  # fmt: skip


def shown(profile: Profile) -> str:
    console = Console(width=100, color_system=None)
    with console.capture() as capture:
        console.print(scores_table([profile]))
    return capture.get()


def test_the_sentence_says_how_people_respond_how_many_are_real_and_what_it_costs():
    said = sentence(ADA, WORDS)
    assert said.startswith("@ada.cooks: a usual reel is acted on by 3.1% of its followers, more than 72% of its peers")
    assert "81% of the followers are likely real" in said
    assert said.endswith("one reel costs about $610.")


def test_without_posts_the_page_says_whose_rates_these_are():
    bare = replace(
        ADA, formats=(replace(ADA.formats[0], posts=0, percentile=None),), as_of=None, readings=(), history=()
    )
    view = profile_view(bare, WORDS)
    assert "rates are those of its peers" in view.doubt
    assert "of no stated date" in view.doubt
    assert (view.signals, view.history) == (None, None)
    assert "more than" not in view.sentence


def test_stated_averages_are_no_posts_and_not_the_peers_either():
    stated = replace(ADA, formats=(replace(ADA.formats[0], posts=0, engagement_source="stated averages"),))
    assert profile_view(stated, WORDS).doubt.startswith("From stated averages, without own posts")


@pytest.mark.parametrize("face", [profile_page, shown], ids=["page", "terminal"])
def test_every_part_is_listed_and_what_is_missing_is_not_a_zero(face):
    said = " ".join(face(ADA).replace("\N{THIN SPACE}", ",").split())
    said_by_both = ("replies by the creator", "31 of 260 comments", "no saves known", "the bio links there")
    said_on_the_page = ("on television", "sources disagree")
    for words in (*said_by_both, "39,000 (list.csv)", "edition 2", *(said_on_the_page if face is profile_page else ())):
        assert words in said, words
    assert "saves over likes" in said


def test_a_note_from_before_the_figures_is_in_the_table_and_not_in_the_picture():
    chart = profile_view(ADA, WORDS).history
    assert chart is not None
    assert "on television" in chart.pictures[0]
    assert "before all figures" not in chart.pictures[0]
    assert any("before all figures" in cell.text for row in chart.grid.rows for cell in row)


def test_what_a_creator_wrote_cannot_become_markup():
    page = profile_page(replace(ADA, handle="<script>alert(1)</script>", remarks=("<img src=x>",)))
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "http" not in page


@pytest.mark.parametrize(
    ("value", "unit", "said"), [(0.123, "share", "12.3%"), (4.0, "per week", "4 per week"), (3.0, "", "3")]
)
def test_a_measured_figure_carries_its_unit(value, unit, said):
    assert measured(value, unit, WORDS) == said


def test_a_profile_is_plain_values_for_programs():
    told = ADA.to_dict()
    assert told["real"] == {"mean": 0.81, "low": 0.7, "high": 0.9}
    assert told["as_of"] == "2026-11-01"
    assert told["history"][0]["at"] == "2026-01-01T00:00:00+00:00"
    assert told["readings"][0]["parts"][1]["measured"] is None
