"""Rows of a workspace are reached through its seat alone."""

import pytest
from django.db import DatabaseError, transaction

from asterism.errors import Conflict, NotFound
from asterism.store.ledger.models import Brand, Campaign, Collaboration, Event, Payment
from asterism.store.ledger.scope import add, find, lock, move, rows, save, together
from asterism.store.ledger.trail import events, record
from tests.studio import campaign, collaboration, creator, place

pytestmark = pytest.mark.django_db


def test_a_row_of_another_workspace_is_not_found():
    ours, theirs = place("Aurora"), place("Borealis")
    made = campaign(theirs.owner)
    for search in (find, lock):
        with transaction.atomic(), pytest.raises(NotFound, match="no such campaign here"):
            search(ours.owner, Campaign, made.pk)
    assert find(theirs.owner, Campaign, made.pk) == made
    assert not rows(ours.owner, Campaign).exists()


@pytest.mark.parametrize("key", ["", "x", "-1", "0", "9" * 30, None, "1; DROP TABLE"])
def test_a_key_that_is_none_is_not_found(key):
    with pytest.raises(NotFound, match="no such campaign"):
        find(place().owner, Campaign, key)


def test_a_row_cannot_point_into_another_workspace():
    ours, theirs = place("Aurora"), place("Borealis")
    brand = add(theirs.owner, Brand, name="Theirs")
    fields = {"brand": brand, "name": "x", "goal": "awareness", "currency": "USD", "budget_cents": 1}
    with pytest.raises(NotFound, match="no such brand here"):
        add(ours.owner, Campaign, **fields)
    mine = campaign(ours.owner)
    with pytest.raises(NotFound, match="no such brand here"):
        save(ours.owner, mine, brand=brand)
    with pytest.raises(NotFound, match="no such campaign here"):
        save(theirs.owner, mine, name="stolen")


def test_the_second_of_two_who_move_a_row_is_told():
    seat = place().owner
    made = collaboration(seat)
    again = find(seat, Collaboration, made.pk)
    move(seat, made, "shortlisted", "invited")
    with pytest.raises(Conflict, match="Somebody else has just changed this collaboration"):
        move(seat, again, "shortlisted", "declined")
    assert find(seat, Collaboration, made.pk).state == "invited"


def test_the_same_twice_is_a_conflict_and_leaves_the_transaction_alive():
    seat = place().owner
    with together():
        add(seat, Brand, name="Aurora")
        with pytest.raises(Conflict, match="stands already"):
            add(seat, Brand, name="Aurora")
        add(seat, Brand, name="Other")
    assert rows(seat, Brand).count() == 2


def test_the_database_itself_insists_on_two_people_for_a_payment():
    here = place()
    seat = here.owner
    made = add(seat, Payment, collaboration=collaboration(seat), currency="USD", cents=100, proposed_by=seat.user)
    with pytest.raises(Conflict, match="Ask a second person"):
        save(seat, made, approved_by=seat.user)
    save(seat, made, approved_by=here.members["manager"].user)


def test_the_trail_is_only_added_to():
    seat = place().owner
    made = record(seat, "tested", campaign(seat), state="planning")
    for change in (lambda: Event.objects.filter(pk=made.pk).update(action="x"), made.delete):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            change()
    assert Event.objects.get(pk=made.pk).action == "tested"


def test_an_event_knows_its_collaboration_and_campaign():
    seat = place().owner
    work = collaboration(seat, who=creator(seat, "bea"))
    record(seat, "moved", work.deliverables.first())
    (event,) = events(seat, collaboration=work.pk)
    assert (event.action, event.campaign, event.via) == ("moved", work.campaign_id, "page")
    assert events(seat, campaign=work.campaign_id) == [event]
