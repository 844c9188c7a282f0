"""A request is answered once: again the same answer, nothing done twice, and a refusal frees the key."""

from datetime import timedelta

import pytest

from asterism.errors import BadInput, Conflict
from asterism.store.ledger.models import Brand, Once
from asterism.store.ledger.once import KEPT, Answered, answer_once, forget_answers
from asterism.store.ledger.scope import add
from tests.studio import NOW, place

pytestmark = pytest.mark.django_db


def deed(seat, name="Aurora", status=201):
    """A deed that adds a brand; done twice it would be refused."""

    def do():
        made = add(seat, Brand, name=name)
        return Answered(status, {"id": made.pk})

    return do


def test_the_second_time_the_first_answer_is_given_and_nothing_is_done():
    seat = place().owner
    first = answer_once(seat, "k", "a", deed(seat))
    again = answer_once(seat, "k", "a", deed(seat))
    assert (first.replayed, again.replayed) == (False, True)
    assert (again.status, again.answer) == (first.status, first.answer)
    assert Brand.objects.count() == 1


def test_a_key_that_asks_for_something_else_is_refused():
    seat = place().owner
    answer_once(seat, "k", "a", deed(seat))
    with pytest.raises(Conflict, match="used before, to ask for something else"):
        answer_once(seat, "k", "b", deed(seat, "Other"))
    assert Brand.objects.count() == 1


@pytest.mark.parametrize("status", [400, 409, 500])
def test_a_refusal_by_status_undoes_everything_and_frees_the_key(status):
    seat = place().owner
    assert answer_once(seat, "k", "a", deed(seat, status=status)).status == status
    assert not Brand.objects.exists()
    assert not Once.objects.exists()
    assert not answer_once(seat, "k", "a", deed(seat)).replayed


def test_an_error_undoes_everything_and_frees_the_key():
    seat = place().owner

    def half():
        add(seat, Brand, name="Aurora")
        raise BadInput("No.")

    with pytest.raises(BadInput, match="No"):
        answer_once(seat, "k", "a", half)
    assert not Brand.objects.exists()
    assert not answer_once(seat, "k", "a", deed(seat)).replayed


def test_a_request_within_itself_is_told_to_wait():
    seat = place().owner
    with pytest.raises(Conflict, match="is being answered"):
        answer_once(seat, "k", "a", lambda: answer_once(seat, "k", "a", deed(seat)))


def test_workspaces_do_not_share_keys():
    seats = [place(name).owner for name in ("Aurora", "Borealis")]
    first = [answer_once(seat, "k", "a", deed(seat)) for seat in seats]
    assert [one.replayed for one in first] == [False, False]
    assert [answer_once(seat, "k", "a", deed(seat)).answer for seat in seats] == [one.answer for one in first]


def test_answers_are_kept_for_a_day_at_least():
    seat = place().owner
    answer_once(seat, "k", "a", deed(seat))
    assert timedelta(hours=24) <= KEPT
    assert forget_answers(NOW + KEPT) == 0
    assert answer_once(seat, "k", "a", deed(seat)).replayed
    assert forget_answers(NOW + KEPT + timedelta(seconds=1)) == 1
