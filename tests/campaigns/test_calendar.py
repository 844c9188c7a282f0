"""The campaign's calendar: entries and grids, judged by the standard library's own calendar."""

import calendar as standard
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asterism.campaigns.calendar import (
    Entry,
    blackout_entries,
    care_entries,
    conflicts,
    deadline_entries,
    month,
    ordered,
    post_entries,
    week,
)
from asterism.campaigns.care import Suggestion
from asterism.campaigns.deadlines import Deadline
from asterism.errors import BadInput
from asterism.planning.plan import Flight, Post
from asterism.quantities import Period

NOW = date(2026, 12, 10)
FLIGHTS = (
    Flight("c1", "@ann", "instagram", "open", "2 reel",
           (Post("reel", 1, date(2026, 12, 1)), Post("reel", 2, date(2026, 12, 9)), Post("reel", 3, NOW))),
    Flight("c2", "@ben", "tiktok", "follow", "1 video", (Post("video", 3, None),)),
)  # fmt: skip


def test_posts_are_late_after_their_day_unless_they_are_live():
    found = post_entries(FLIGHTS, NOW)
    assert [(e.day, e.title, e.about, e.late) for e in found] == [
        (date(2026, 12, 1), "@ann: reel on instagram", "c1", True),
        (date(2026, 12, 9), "@ann: reel on instagram", "c1", True),
        (NOW, "@ann: reel on instagram", "c1", False),
    ]
    assert [e.late for e in post_entries(FLIGHTS, NOW, {"c1": 1})] == [False, True, False]
    assert [e.late for e in post_entries(FLIGHTS, NOW, {"c2": 9})] == [True, True, False]
    assert len({e.key for e in found}) == 3


def test_a_moved_post_keeps_its_key():
    moved = Flight("c1", "@anna", "instagram", "open", "1 reel", (Post("reel", 4, date(2027, 1, 1)),))
    assert post_entries([moved], NOW)[0].key == post_entries(FLIGHTS, NOW)[0].key


def test_deadlines_and_care_are_late_after_their_day():
    due = [Deadline("draft", NOW - timedelta(days=1), "creator"), Deadline("payment", NOW, "team")]
    found = deadline_entries("k1", "@ann", due, NOW)
    assert [(e.kind, e.title, e.about, e.late) for e in found] == [
        ("deadline", "@ann: draft due", "k1", True),
        ("deadline", "@ann: payment due", "k1", False),
    ]
    cared = care_entries("k1", [Suggestion("check-in", "Ask", NOW - timedelta(days=1), "why"),
                                Suggestion("token", "Send", NOW, "why")], NOW)  # fmt: skip
    assert [(e.kind, e.title, e.late) for e in cared] == [("care", "Ask", True), ("care", "Send", False)]
    assert len({e.key for e in (*found, *cared)}) == 4


def test_blackout_days_stand_once_each():
    spans = [Period(date(2026, 12, 24), date(2026, 12, 26)), Period(date(2026, 12, 26), date(2026, 12, 27))]
    assert [e.day.day for e in blackout_entries(spans)] == [24, 25, 26, 27]
    assert {e.kind for e in blackout_entries(spans)} == {"blackout"}


def test_a_post_on_a_blackout_day_is_a_conflict():
    closed = blackout_entries([Period(date(2026, 12, 8), date(2026, 12, 9))])
    deadline = deadline_entries("k1", "@ann", [Deadline("draft", date(2026, 12, 9), "creator")], NOW)
    assert [e.day for e in conflicts([*post_entries(FLIGHTS, NOW), *closed, *deadline])] == [date(2026, 12, 9)]
    assert conflicts(post_entries(FLIGHTS, NOW)) == ()


def test_a_day_shows_its_kinds_in_order():
    made = [Entry(NOW, kind, title, "k") for kind in ("care", "deadline", "post", "blackout") for title in ("b", "a")]
    told = [(e.kind, e.title) for e in ordered(made)]
    assert told == [(kind, title) for kind in ("blackout", "post", "deadline", "care") for title in ("a", "b")]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(day=st.dates(date(2020, 1, 1), date(2030, 12, 31)), first=st.integers(0, 6))
def test_the_grid_of_a_month_is_that_of_the_standard_library(day, first):
    entries = [Entry(day + timedelta(days=i), "post", f"p{i}", "k") for i in range(-40, 41, 4)]
    grid = month(entries, day.year, day.month, first)
    want = standard.Calendar(first).monthdatescalendar(day.year, day.month)
    assert [[d.day for d in days] for days in grid] == want
    assert [[d.inside for d in days] for days in grid] == [[d.month == day.month for d in days] for days in want]
    shown = [e for days in grid for d in days for e in d.entries]
    assert shown == [e for e in entries if want[0][0] <= e.day <= want[-1][-1]]
    assert all(e.day == d.day for days in grid for d in days for e in d.entries)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(day=st.dates(date(2020, 1, 1), date(2030, 12, 31)), first=st.integers(0, 6))
def test_a_week_holds_its_day_and_begins_where_it_should(day, first):
    entry = Entry(day, "post", "p", "k")
    days = week([entry, Entry(day + timedelta(days=7), "post", "q", "k")], day, first)
    assert days[0].day.weekday() == first
    assert [d.day for d in days] == [days[0].day + timedelta(days=i) for i in range(7)]
    assert [(d.day, d.entries) for d in days if d.entries] == [(day, (entry,))]
    assert all(d.inside for d in days)


def test_unknown_kinds_and_weekdays_are_told():
    with pytest.raises(BadInput, match="has no `party`"):
        Entry(NOW, "party", "x", "k")
    with pytest.raises(BadInput, match="7 is no weekday"):
        week([], NOW, 7)
    with pytest.raises(BadInput, match="-1 is no weekday"):
        month([], 2026, 12, -1)


def test_an_entry_without_a_key_is_told_apart_by_what_it_says():
    keys = {Entry(NOW, kind, title, about).key for kind in ("post", "care") for title in "ab" for about in "cd"}
    assert len(keys) == 8
    assert Entry(NOW, "post", "a", "c", key="own").key == "own"
