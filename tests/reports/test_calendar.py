"""The calendar, read back by a reader of its own that knows the rules of RFC 5545 and nothing of ours."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from asterism.errors import WrongUsage
from asterism.planning.plan import Flight, Phase, Post
from asterism.reports.calendar import plan_calendar
from tests.reports.conftest import sample_plan

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LONG = "ürsulas-überlange-" * 6


def planned(**more):
    flights = (
        Flight("c1", "@ann", "instagram", "open", "2 reel",
               (Post("reel", 1, date(2026, 12, 1)), Post("reel", 2, date(2026, 12, 9)))),
        Flight("c2", f"@{LONG}", "tiktok", "follow", "1 video", (Post("video", 3, date(2026, 12, 31)),)),
    )  # fmt: skip
    phases = (
        Phase("open", date(2026, 12, 1), date(2026, 12, 14), "awareness", 10.0, ("macro",), (1, 2)),
        Phase("follow", date(2026, 12, 15), date(2027, 1, 4), "conversions", 10.0, ("micro",), (3, 5)),
    )
    return replace(sample_plan(), **{"flights": flights, "phases": phases, **more})


def events(text: str) -> list[dict[str, str]]:
    """The events of a calendar: lines unfolded, values unescaped."""
    unfolded = text.replace("\r\n ", "")
    found = []
    for block in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", unfolded, re.DOTALL):
        pairs = [line.partition(":") for line in block.split("\r\n") if line]
        values = {name: re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), value) for name, _, value in pairs}
        found.append(values)
    return found


def test_every_post_and_every_phase_is_read_back():
    found = events(plan_calendar(planned(), NOW))
    days = [(e["SUMMARY"], e["DTSTART;VALUE=DATE"], e["DTEND;VALUE=DATE"]) for e in found]
    assert days == [
        ("Spring launch: open", "20261201", "20261215"),
        ("Spring launch: follow", "20261215", "20270105"),
        ("@ann: reel on instagram", "20261201", "20261202"),
        ("@ann: reel on instagram", "20261209", "20261210"),
        (f"@{LONG}: video on tiktok", "20261231", "20270101"),
    ]
    assert {e["DTSTAMP"] for e in found} == {"20261120T093000Z"}


def test_lines_end_as_they_must_and_are_folded_between_characters():
    text = plan_calendar(planned(), NOW)
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) == 75
    assert "\n" not in "".join(lines)


def test_the_same_posts_are_the_same_events_whenever_they_are_written():
    later = plan_calendar(planned(), NOW + timedelta(days=3))
    first = [e["UID"] for e in events(plan_calendar(planned(), NOW))]
    assert [e["UID"] for e in events(later)] == first
    assert len(set(first)) == len(first)


def test_the_stamp_is_told_in_universal_time():
    here = NOW.astimezone(timezone(timedelta(hours=5)))
    assert plan_calendar(planned(), here) == plan_calendar(planned(), NOW)


def test_no_name_can_break_out_of_its_line():
    hostile = "a, b; c\\d\r\nEND:VEVENT\r\nBEGIN:VEVENT"
    text = plan_calendar(planned(name=hostile), NOW)
    assert "X-WR-CALNAME:a\\, b\\; c\\\\d END:VEVENT" in text
    found = events(text)
    assert len(found) == 5
    assert found[0]["SUMMARY"] == "a, b; c\\d END:VEVENT BEGIN:VEVENT: open"


def test_a_plan_without_dates_has_no_calendar():
    undated = tuple(replace(f, posts=tuple(replace(p, day=None) for p in f.posts)) for f in planned().flights)
    with pytest.raises(WrongUsage, match="has no dates"):
        plan_calendar(planned(flights=undated), NOW)
