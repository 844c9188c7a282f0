"""The loop that makes webhooks' calls: it goes on after a defect, tidies now and then, and stops when told."""

from threading import Event

import pytest

from asterism.desk.studio import webhooks
from asterism.faces import calling
from asterism.faces.calling import keep_calling

pytestmark = pytest.mark.django_db


class Rounds(Event):
    """Lets the loop run so many rounds."""

    def __init__(self, rounds):
        super().__init__()
        self.left = rounds

    def wait(self, _timeout=None):
        self.left -= 1
        return self.left < 0


def test_a_defect_costs_one_round(monkeypatch, caplog):
    made = []

    def deliver(_now):
        made.append(1)
        if len(made) == 1:
            raise RuntimeError("away")
        return 0

    monkeypatch.setattr(webhooks, "deliver_due", deliver)
    keep_calling(Rounds(3))
    assert len(made) == 3
    assert "a round of webhooks failed" in caplog.text


def test_it_goes_on_at_once_while_there_is_something_to_call(monkeypatch):
    left = [5, 5, 2, 0, 0]
    monkeypatch.setattr(webhooks, "deliver_due", lambda _now: left.pop(0))
    keep_calling(Rounds(2))
    assert left == []


def test_it_tidies_when_it_starts_and_then_not_every_round(monkeypatch):
    tidied = []
    monkeypatch.setattr(webhooks, "deliver_due", lambda _now: 0)
    monkeypatch.setattr(webhooks, "tidy", tidied.append)
    keep_calling(Rounds(3))
    assert len(tidied) == 1


def test_it_ends_when_it_is_told(monkeypatch):
    monkeypatch.setattr(calling, "PAUSE", 0.01)
    stop = Event()
    stop.set()
    thread = calling.start_calling(stop)
    thread.join(10)
    assert not thread.is_alive()
