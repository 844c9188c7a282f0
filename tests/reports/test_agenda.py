"""The campaign's feed, read back by the plan calendar's own reader."""

from datetime import UTC, date, datetime, timedelta, timezone

from asterism.campaigns.calendar import Entry
from asterism.reports.agenda import entries_calendar
from tests.reports.test_calendar import events

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ENTRIES = [
    Entry(date(2026, 12, 31), "post", "@ben: video on tiktok", "c2", key="b"),
    Entry(date(2026, 12, 1), "deadline", "@ann: draft due", "c1", late=True, key="a"),
]


def test_every_entry_is_read_back_in_the_order_of_days():
    found = events(entries_calendar(ENTRIES, NOW, "Spring"))
    said = [(e["SUMMARY"], e["DTSTART;VALUE=DATE"], e["DTEND;VALUE=DATE"], e["CATEGORIES"]) for e in found]
    assert said == [
        ("Late: @ann: draft due", "20261201", "20261202", "deadline"),
        ("@ben: video on tiktok", "20261231", "20270101", "post"),
    ]
    assert {e["DTSTAMP"] for e in found} == {"20261120T093000Z"}


def test_a_moved_entry_is_the_same_event_and_another_campaign_has_others():
    moved = [Entry(e.day + timedelta(days=40), e.kind, "renamed", e.about, not e.late, e.key) for e in ENTRIES]
    first, again, other = (
        {e["UID"] for e in events(entries_calendar(made, NOW, name))}
        for made, name in ((ENTRIES, "Spring"), (moved, "Spring"), (ENTRIES, "Autumn"))
    )
    assert first == again
    assert len(first) == 2
    assert not first & other


def test_two_entries_of_one_key_are_two_events():
    twice = [Entry(date(2026, 12, d), "post", "x", "c", key="k") for d in (1, 2)]
    assert len({e["UID"] for e in events(entries_calendar(twice, NOW))}) == 2


def test_the_stamp_is_told_in_universal_time():
    here = NOW.astimezone(timezone(timedelta(hours=5)))
    assert entries_calendar(ENTRIES, here) == entries_calendar(ENTRIES, NOW)


def test_lines_end_as_they_must_and_no_name_breaks_out():
    hostile = "a, b; c\\d\r\nEND:VEVENT\r\nBEGIN:VEVENT " + "ü" * 80
    text = entries_calendar([Entry(date(2026, 12, 1), "post", hostile, hostile)], NOW, hostile)
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\n" not in "".join(text.split("\r\n"))
    (event,) = events(text)
    assert event["SUMMARY"] == "a, b; c\\d END:VEVENT BEGIN:VEVENT " + "ü" * 80


def test_a_calendar_without_entries_is_still_a_calendar():
    assert events(entries_calendar([], NOW)) == []
    assert "END:VCALENDAR" in entries_calendar([], NOW)
