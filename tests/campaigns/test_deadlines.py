"""What is due when: tables of days, judged by a plain count of days."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asterism.campaigns.deadlines import DUE, Dates, Deadline, Lateness, Terms, deadlines, latest
from asterism.campaigns.lifecycle import COLLABORATION
from asterism.errors import BadInput

ENTERED, POST, LIVE = date(2026, 11, 2), date(2026, 12, 1), date(2026, 12, 2)  # Monday, Tuesday, Wednesday
TERMS = Terms(answer=5, agree=7, brief=3, draft=10, draft_lead=8, review=2, measure=14, payment=30, thank=6, pause=20)
KNOWN = Dates(ENTERED, POST, LIVE)
BARE = Dates(ENTERED)
TABLE = [
    ("shortlisted", KNOWN, [("invitation", date(2026, 11, 8), "team")]),
    ("shortlisted", BARE, []),
    ("invited", KNOWN, [("answer", date(2026, 11, 7), "creator")]),
    ("invited", Dates(ENTERED, date(2026, 11, 4)), [("answer", date(2026, 11, 4), "creator")]),
    ("negotiating", KNOWN, [("agreement", date(2026, 11, 9), "team")]),
    ("negotiating", Dates(ENTERED, date(2026, 11, 4)), [("agreement", date(2026, 11, 4), "team")]),
    ("agreed", KNOWN, [("brief", date(2026, 11, 5), "team")]),
    ("agreed", Dates(ENTERED, date(2026, 11, 4)), [("brief", date(2026, 11, 4), "team")]),
    ("briefed", KNOWN, [("draft", date(2026, 11, 23), "creator")]),
    ("briefed", BARE, [("draft", date(2026, 11, 12), "creator")]),
    ("draft", KNOWN, [("review", date(2026, 11, 4), "team")]),
    ("draft", Dates(ENTERED, date(2026, 11, 3)), [("review", date(2026, 11, 3), "team")]),
    ("approved", KNOWN, [("post", POST, "creator")]),
    ("approved", BARE, []),
    ("scheduled", KNOWN, [("post", POST, "creator")]),
    ("live", KNOWN, [("figures", date(2026, 12, 16), "system"), ("payment", date(2027, 1, 1), "team")]),
    ("live", BARE, [("figures", date(2026, 11, 16), "system"), ("payment", date(2026, 12, 2), "team")]),
    ("measured", KNOWN, [("payment", date(2027, 1, 1), "team")]),
    ("measured", BARE, [("payment", ENTERED, "team")]),
    ("paid", KNOWN, [("thanks", date(2026, 11, 8), "team")]),
    ("paused", KNOWN, [("second look", date(2026, 11, 22), "team")]),
    ("thanked", KNOWN, []),
    ("declined", KNOWN, []),
    ("cancelled", KNOWN, []),
]


@pytest.mark.parametrize(
    ("state", "dates", "want"), TABLE, ids=[f"{s}-{len(w)}-{i}" for i, (s, _, w) in enumerate(TABLE)]
)
def test_what_is_due_in_each_state(state, dates, want):
    assert deadlines(state, dates, TERMS) == tuple(Deadline(*one) for one in want)


def test_the_table_covers_every_state_and_everything_that_may_be_due():
    assert {state for state, _, _ in TABLE} == set(COLLABORATION.states)
    assert {one[0] for _, _, want in TABLE for one in want} == set(DUE)


@pytest.mark.parametrize("state", ["live", "measured"])
def test_where_no_money_was_agreed_on_none_is_due(state):
    for dates in (KNOWN, BARE):
        assert "payment" not in {one.what for one in deadlines(state, dates, Terms(payment=None))}


STANDS = [
    (-40, "late", "late by 40 days"),
    (-1, "late", "late by 1 day"),
    (0, "due soon", "due today"),
    (1, "due soon", "due tomorrow"),
    (2, "due soon", "due in 2 days"),
    (3, "on time", "due in 3 days"),
    (99, "on time", "due in 99 days"),
]


@pytest.mark.parametrize(("left", "kind", "words"), STANDS, ids=[words for _, _, words in STANDS])
def test_how_a_deadline_stands(left, kind, words):
    stands = Deadline("draft", POST, "creator").lateness(POST - timedelta(days=left))
    assert stands == Lateness(kind, left)
    assert stands.words == words


def test_the_whole_last_day_is_in_time_and_of_a_moment_its_own_date_counts():
    due = Deadline("draft", POST, "creator")
    assert due.lateness(datetime(2026, 12, 1, 23, 59, tzinfo=UTC)).words == "due today"
    assert due.lateness(datetime(2026, 12, 2, 0, 0, tzinfo=timezone(timedelta(hours=9)))).words == "late by 1 day"


def test_the_latest_is_the_one_most_overdue():
    one, two, three = (Deadline("draft", POST + timedelta(days=i), "creator") for i in (3, 1, 9))
    assert latest([one, two, three], POST + timedelta(days=5)) == two
    assert latest([one, two, three], POST) is None
    assert latest([], POST) is None


@pytest.mark.parametrize(
    ("day", "days", "want"),
    [
        (date(2026, 11, 6), 1, date(2026, 11, 9)),  # Friday to Monday
        (date(2026, 11, 6), 6, date(2026, 11, 16)),
        (date(2026, 11, 7), 1, date(2026, 11, 9)),
        (date(2026, 11, 9), -1, date(2026, 11, 6)),
        (date(2026, 11, 4), 0, date(2026, 11, 4)),
        (date(2026, 12, 23), 2, date(2026, 12, 28)),  # over Friday the 25th and a weekend
    ],
)
def test_business_days_leave_out_weekends_and_holidays(day, days, want):
    assert Terms(business=True, holidays=frozenset({date(2026, 12, 25)})).after(day, days) == want
    assert Terms().after(day, days) == day + timedelta(days=days)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(day=st.dates(date(2026, 1, 1), date(2027, 12, 31)), days=st.integers(-40, 40))
def test_between_there_lie_as_many_business_days_as_asked(day, days):
    end = Terms(business=True).after(day, days)
    low, high = min(day, end), max(day, end)
    between = [low + timedelta(days=i) for i in range((high - low).days + 1)]
    working = [one for one in between if one.weekday() < 5 and one != day]
    assert len(working) == abs(days)
    assert days == 0 or end.weekday() < 5


def test_business_terms_move_deadlines():
    assert deadlines("draft", Dates(date(2026, 11, 6)), Terms(business=True))[0].due == date(2026, 11, 10)
    assert deadlines("draft", Dates(date(2026, 11, 6)), Terms())[0].due == date(2026, 11, 8)


TIMES = ("answer", "agree", "brief", "draft", "draft_lead", "review", "measure", "payment", "thank", "pause")


@pytest.mark.parametrize("name", TIMES)
def test_no_term_is_below_zero(name):
    Terms(**{name: 0})
    with pytest.raises(BadInput, match="cannot be below 0"):
        Terms(**{name: -1})
