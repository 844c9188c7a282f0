"""Tasks: who does what in each state, ids that last, and what comes first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from asterism.campaigns.care import Suggestion
from asterism.campaigns.deadlines import DUE, Dates, Terms
from asterism.campaigns.tasks import TEXTS, Task, Work, care_tasks, open_tasks, ordered, task_id, tasks

DAY, POST, LIVE = date(2026, 11, 2), date(2026, 12, 1), date(2026, 12, 2)
EARLY, LATE = date(2026, 10, 1), date(2027, 3, 1)
WORK = Work("k1", "@ana", "invited", Dates(DAY, POST, LIVE))
TABLE = [
    ("shortlisted", [("Invite @ana", "team")], []),
    ("invited", [("Answer the invitation", "creator")], [("Ask @ana for an answer", "team")]),
    ("negotiating", [("Come to terms with @ana", "team")], []),
    ("agreed", [("Send @ana the brief", "team")], []),
    ("briefed", [("Hand in the draft", "creator")], [("Ask @ana for the draft", "team")]),
    ("draft", [("Answer @ana's draft", "team")], []),
    ("approved", [("Publish, and add the link", "creator")], [("Ask @ana for the link to the post", "team")]),
    ("scheduled", [("Publish, and add the link", "creator")], [("Ask @ana for the link to the post", "team")]),
    ("live", [("Record the figures of @ana's post", "team"), ("Pay @ana", "team")], []),
    ("measured", [("Pay @ana", "team")], []),
    ("paid", [("Thank @ana", "team")], []),
    ("paused", [("Decide how to go on with @ana", "team")], []),
    ("thanked", [], []),
    ("declined", [], []),
    ("cancelled", [], []),
]


@pytest.mark.parametrize(("state", "always", "late"), TABLE, ids=[row[0] for row in TABLE])
def test_what_a_state_implies_in_time_and_late(state, always, late):
    work = replace(WORK, state=state)
    assert {(t.text, t.owner) for t in tasks([work], EARLY)} == set(always)
    assert {(t.text, t.owner) for t in tasks([work], LATE)} == {*always, *late}


def test_every_text_is_used_and_everything_due_is_somebodys():
    said = {text for _, always, late in TABLE for text, _ in (*always, *late)}
    assert said == {text.format(handle="@ana") for text in TEXTS.values()}
    assert {what for what, _ in TEXTS} == set(DUE)


def test_the_team_asks_only_from_the_day_after():
    due = DAY + timedelta(days=WORK.terms.answer)
    assert [t.owner for t in tasks([WORK], due)] == ["creator"]
    assert {t.owner for t in tasks([WORK], due + timedelta(days=1))} == {"creator", "team"}


def test_an_id_is_the_same_every_day_and_whatever_the_dates():
    work = replace(WORK, state="draft", notice_due=POST)
    moved = replace(work, dates=Dates(DAY + timedelta(days=9)), terms=Terms(review=9), handle="@anna", notice_due=LIVE)
    ids = {t.kind: t.id for t in tasks([work], EARLY)}
    assert {t.kind: t.id for t in tasks([moved], LATE)} == ids
    assert len(set(ids.values())) == 2


def test_a_second_review_is_another_task_and_a_payment_is_the_same_one():
    first, second = (tasks([replace(WORK, state="draft", turn=n)], EARLY)[0].id for n in (5, 7))
    assert first != second
    live, measured = (
        next(t.id for t in tasks([replace(WORK, state=state, turn=n)], EARLY) if t.kind == "payment")
        for state, n in (("live", 8), ("measured", 9))
    )
    assert live == measured


def test_no_two_tasks_share_an_id():
    many = [
        replace(WORK, id=f"k{i}", state=state, turn=i % 3, notice_due=POST, client=(("d1", DAY), ("d2", DAY)),
                proposed=(("p1", DAY, "u1"), ("p2", DAY, "u1")))
        for i, (state, *_) in enumerate(TABLE)
    ]  # fmt: skip
    found = tasks(many, LATE)
    assert len({t.id for t in found}) == len(found)


def test_what_is_ticked_off_stays_off():
    found = tasks([replace(WORK, state="live")], EARLY)
    assert open_tasks(found, [found[0].id]) == found[1:]
    assert open_tasks(found, ["other"]) == found
    assert open_tasks(tasks([replace(WORK, state="live")], LATE), [t.id for t in found]) == ()


def test_a_proposed_payment_waits_for_somebody_else():
    work = replace(WORK, state="thanked", proposed=(("p1", DAY, "ana"),))
    (task,) = tasks([work], EARLY)
    assert (task.text, task.owner, task.barred) == ("Approve or reject the payment to @ana", "team", "ana")
    assert task.due == DAY + timedelta(days=work.terms.review)


def test_a_draft_waits_for_the_client():
    (task,) = tasks([replace(WORK, state="thanked", client=(("d1", DAY),))], EARLY)
    assert (task.text, task.owner, task.due) == ("Look at @ana's draft", "client", DAY + timedelta(days=2))


def test_the_notice_of_the_law_is_due_in_every_state_until_it_was_sent():
    for state, *_ in TABLE:
        notices = [t for t in tasks([replace(WORK, state=state, notice_due=POST)], EARLY) if t.kind == "notice"]
        assert [(t.text, t.due, t.owner) for t in notices] == [("Send @ana the notice under Art. 14", POST, "team")]
    assert "notice" not in {t.kind for t in tasks([WORK], EARLY)}


def test_the_soonest_comes_first_and_of_one_day_the_law_then_money():
    made = [Task(f"t{i}", kind, day, "team", "k", kind, "why")
            for i, (kind, day) in enumerate([("review", POST), ("payment", POST), ("notice", POST), ("brief", DAY),
                                             ("approval", POST)])]  # fmt: skip
    assert [t.kind for t in ordered(made)] == ["brief", "notice", "payment", "approval", "review"]
    assert [t.kind for t in ordered(reversed(made))] == ["brief", "notice", "payment", "approval", "review"]
    works = [replace(WORK, id="b", state="paid"), replace(WORK, id="a", dates=Dates(date(2026, 10, 1)))]
    dues = [t.due for t in tasks(works, LATE)]
    assert dues == sorted(dues)


PRIORITY = [(-9, "now"), (-1, "now"), (0, "now"), (1, "soon"), (2, "soon"), (3, "later"), (60, "later")]


@pytest.mark.parametrize(("left", "want"), PRIORITY)
def test_priority_is_lateness(left, want):
    task = Task("t", "x", POST, "team", "k", "brief", "why")
    now = POST - timedelta(days=left)
    assert task.priority(now) == want
    assert task.priority(datetime(now.year, now.month, now.day, 20, tzinfo=UTC)) == want
    assert task.lateness(now).days == left


def test_care_becomes_tasks_that_come_anew():
    one = Suggestion("check-in", "Ask @ana how things are", POST, "because")
    (task,) = care_tasks("c1", [one])
    assert (task.text, task.due, task.owner, task.kind, task.why) == (one.text, POST, "team", "check-in", "because")
    assert care_tasks("c1", [one])[0].id == task.id
    assert care_tasks("c1", [replace(one, due=LATE)])[0].id != task.id
    assert care_tasks("c2", [one])[0].id != task.id


def test_handles_with_braces_are_only_words():
    (task,) = tasks([replace(WORK, state="agreed", handle="@{handle}{0}")], EARLY)
    assert task.text == "Send @{handle}{0} the brief"


def test_an_id_keeps_its_parts_apart():
    assert task_id("a", "bc") != task_id("ab", "c")
    assert len(task_id("\ud800")) == 16
