"""The post's rounds: answers only where a mailbox is set, and no failure ends the rounds that come after it."""

import threading
from types import SimpleNamespace

import pytest

from asterism.errors import OutsideFailure
from asterism.faces import rounds as face
from asterism.faces.rounds import Round, once, rounds, start_rounds
from asterism.store.hosting import Inbox

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("inbox", "names"),
    [
        (None, ["letters", "visitors"]),
        (Inbox("127.0.0.1", 1, "u", "p", tls=False), ["letters", "answers", "visitors"]),
    ],
    ids=["no mailbox", "a mailbox"],
)
def test_answers_are_read_where_a_mailbox_is_set(settings, inbox, names):
    settings.HOSTING = SimpleNamespace(inbox=inbox)
    assert [one.name for one in rounds()] == names


@pytest.mark.parametrize("error", [OutsideFailure("The mailbox is away."), RuntimeError("a defect")])
def test_a_round_that_fails_is_logged_and_not_raised(error, caplog, monkeypatch):
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)

    def fail(_now):
        raise error

    once(Round("letters", 5, fail))
    assert str(error) in caplog.text


def test_rounds_are_told_the_time_and_go_on_until_they_are_stopped(monkeypatch):
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)
    monkeypatch.setattr(face, "TICK", 0.001)
    told, stop = [], threading.Event()

    def go(now):
        told.append(now)
        if len(told) == 3:
            stop.set()
        raise RuntimeError("a defect")

    monkeypatch.setattr(face, "rounds", lambda: (Round("letters", 0, go),))
    (thread,) = start_rounds(stop)
    thread.join(20)
    assert not thread.is_alive()
    assert len(told) == 3
    assert all(now.tzinfo for now in told)
