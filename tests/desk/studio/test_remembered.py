"""What a process remembers: until something happens, and of weighty answers the newest alone."""

from datetime import timedelta

import pytest

from asterism.desk.studio import remembered as memory
from asterism.desk.studio.remembered import newest, remembered
from asterism.store.ledger.trail import record
from tests.studio import NOW, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def studio():
    return place()


def asked(ask, *more):
    """What an answer is, and how often it was worked out."""
    times = []

    def work_out():
        times.append(1)
        return len(times)

    return lambda seat: ask(seat, ("what",), *more, work_out)


@pytest.mark.parametrize("ask", [asked(remembered), asked(newest, "stand")], ids=["remembered", "newest"])
def test_an_answer_stands_until_something_happens_or_the_day_ends(studio, ask):
    seat = studio.owner
    assert [ask(seat), ask(seat)] == [1, 1]
    record(seat, "task.made")
    assert [ask(seat), ask(seat)] == [2, 2]
    assert ask(studio.seat(now=NOW + timedelta(days=1))) == 3
    assert ask(place("Borealis").owner) == 4


def test_of_a_weighty_answer_only_the_newest_is_kept(studio):
    for stand in range(3):
        assert newest(studio.owner, ("what",), stand, lambda stand=stand: stand) == stand
    assert len(memory._KNOWN) == 1
    assert newest(studio.owner, ("what",), 2, lambda: "again") == 2
    assert newest(studio.owner, ("what",), 0, lambda: "again") == "again"


def test_no_more_is_remembered_than_fits(studio):
    for n in range(memory.MOST + 5):
        remembered(studio.owner, (n,), lambda: None)
    assert len(memory._KNOWN) == memory.MOST
