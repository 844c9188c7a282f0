"""Steps of a collaboration: what each needs, what follows, who may, and what the trail keeps."""

from datetime import timedelta
from typing import get_args

import pytest

from asterism.campaigns.lifecycle import COLLABORATION
from asterism.desk.studio.bulk import Several, several
from asterism.desk.studio.collaborations import DONE, ELSEWHERE, Noted, StepName, assign, note, step
from asterism.errors import IllegalStep, NotAllowed, NotFound, TooLarge
from asterism.store.ledger.models import Agreement, Collaboration, Deliverable, Event, Message, Note, Payment
from asterism.store.ledger.scope import add, find, rows, save
from asterism.store.ledger.trail import events
from tests.studio import campaign, collaboration, creator, place

pytestmark = pytest.mark.django_db
SITE = "https://studio.test"


def stands(seat, row):
    return find(seat, Collaboration, row.pk)


def offered(seat, row, state="offered", number=1):
    return add(
        seat, Agreement, collaboration=row, number=number, state=state, currency="USD", fee_cents=50_000, text="T",
        hash="0" * 64,
    )  # fmt: skip


def test_every_step_of_the_life_has_a_word_for_the_trail():
    assert set(DONE) == {each.name for each in COLLABORATION.steps}
    assert set(ELSEWHERE) <= set(DONE)
    assert get_args(StepName) == tuple(each.name for each in COLLABORATION.steps)


def test_a_step_moves_and_says_since_when_and_is_written_down():
    seat = place().seat("manager")
    row = collaboration(seat, state="agreed")
    save(seat, row, state_since=seat.now - timedelta(days=9), answer_due=seat.today)
    step(seat, row.pk, "brief")
    now = stands(seat, row)
    assert now.answer_due is None
    assert (now.state, now.state_since) == ("briefed", seat.now)
    event = events(seat, collaboration=row.pk)[0]
    assert (event.action, event.facts) == (
        "collaboration.briefed",
        {"step": "brief", "source": "agreed", "target": "briefed"},
    )
    assert event.by == seat.user


@pytest.mark.parametrize(
    ("state", "name", "says"),
    [
        ("shortlisted", "brief", "does not follow «shortlisted»"),
        ("measured", "cancel", "does not follow «measured»"),
        ("thanked", "pause", "does not follow «thanked»"),
        ("invited", "invite", "no step by itself"),
        ("invited", "agree", "no step by itself"),
        ("briefed", "hand_in", "no step by itself"),
        ("draft", "approve", "no step by itself"),
        ("agreed", "dance", "knows no step `dance`"),
    ],
)
def test_an_illegal_step_is_refused_and_changes_nothing(state, name, says):
    seat = place().owner
    row = collaboration(seat, state=state)
    with pytest.raises(IllegalStep, match=says):
        step(seat, row.pk, name)
    assert stands(seat, row).state == state
    assert not rows(seat, Event).filter(collaboration=row.pk).exists()


@pytest.mark.parametrize("name", ["pause", "cancel"])
def test_stopping_asks_for_a_reason_and_keeps_it_as_a_note(name):
    seat = place().owner
    row = collaboration(seat, state="agreed")
    with pytest.raises(IllegalStep, match="without a reason"):
        step(seat, row.pk, name, "  ")
    step(seat, row.pk, name, "Ana moved to Lima")
    kept = rows(seat, Note).get()
    assert kept.text == "Ana moved to Lima"
    facts = events(seat, collaboration=row.pk)[0].facts
    assert facts["note"] == kept.pk
    assert "Ana" not in str(facts), "the trail outlives erasures, so it names nobody"


def test_what_was_paused_goes_on_where_it_was():
    seat = place().owner
    row = collaboration(seat, state="scheduled")
    step(seat, row.pk, "pause", "Storm")
    assert (stands(seat, row).state, stands(seat, row).paused_from) == ("paused", "scheduled")
    step(seat, row.pk, "resume")
    assert (stands(seat, row).state, stands(seat, row).paused_from) == ("scheduled", "")


def test_cancelling_takes_back_open_terms_calls_off_posts_and_closes_the_portal_soon():
    seat = place().owner
    row = collaboration(seat, state="negotiating", deliverables=2)
    save(seat, row, secret_hash="x" * 64, secret_expires_at=seat.now + timedelta(days=100))
    live = rows(seat, Deliverable).first()
    save(seat, live, state="live")
    first, second = offered(seat, row), offered(seat, row, "drafted", 2)
    step(seat, row.pk, "cancel", "The product is late")
    assert [find(seat, Agreement, a.pk).state for a in (first, second)] == ["withdrawn", "withdrawn"]
    assert [d.state for d in rows(seat, Deliverable)] == ["live", "cancelled"]
    assert stands(seat, row).secret_expires_at == seat.now + timedelta(days=14)


def test_declining_declines_the_offer_and_leaves_the_posts_for_another_invitation():
    seat = place().owner
    row = collaboration(seat, state="invited")
    first = offered(seat, row)
    step(seat, row.pk, "decline", "No time")
    assert find(seat, Agreement, first.pk).state == "declined"
    assert rows(seat, Deliverable).get().state == "planned"


def test_closing_never_lengthens_a_link():
    seat = place().owner
    soon = seat.now + timedelta(days=2)
    row = collaboration(seat, state="agreed", secret_hash="x" * 64, secret_expires_at=soon)
    step(seat, row.pk, "cancel", "Enough")
    assert stands(seat, row).secret_expires_at == soon


def test_paying_needs_the_whole_fee_from_a_second_person():
    here = place()
    seat = here.owner
    row = collaboration(seat, state="measured")
    with pytest.raises(IllegalStep, match="No payment is approved"):
        step(seat, row.pk, "pay")
    paid = add(seat, Payment, collaboration=row, currency="USD", cents=40_000, proposed_by=here.members["manager"].user)
    save(seat, paid, state="sent", approved_by=seat.user)
    with pytest.raises(IllegalStep, match="do not come to the agreed fee"):
        step(seat, row.pk, "pay")
    save(seat, paid, cents=50_000)
    assert step(seat, row.pk, "pay").state == "paid"


def test_without_a_fee_nothing_has_to_be_paid():
    seat = place().owner
    row = collaboration(seat, state="measured", fee_cents=0)
    assert step(seat, row.pk, "pay").state == "paid"


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_lesser_roles_take_no_step(role):
    here = place()
    row = collaboration(here.owner, state="agreed")
    for deed in (
        lambda seat: step(seat, row.pk, "brief"),
        lambda seat: assign(seat, row.pk, None),
        lambda seat: note(seat, row.pk, Noted(text="Hello")),
        lambda seat: several(seat, Several(step="brief", keys=[row.pk]), SITE),
    ):
        with pytest.raises(NotAllowed, match="may not do that"):
            deed(here.seat(role))
    assert stands(here.owner, row).state == "agreed"


def test_a_collaboration_of_another_workspace_takes_no_step():
    ours, theirs = place("Aurora"), place("Borealis")
    row = collaboration(theirs.owner, state="agreed")
    with pytest.raises(NotFound, match="no such collaboration here"):
        step(ours.owner, row.pk, "brief")
    with pytest.raises(NotFound, match="no such member here"):
        assign(ours.owner, collaboration(ours.owner).pk, theirs.members["manager"].pk)


def test_a_member_looks_after_a_creator_and_stops():
    here = place()
    row = collaboration(here.owner)
    assign(here.owner, row.pk, here.members["manager"].pk)
    assert stands(here.owner, row).looked_after_by == here.members["manager"]
    assign(here.owner, row.pk, None)
    assert stands(here.owner, row).looked_after_by is None


def test_of_several_each_is_answered_by_itself():
    seat = place().owner
    of = campaign(seat)
    good = collaboration(seat, of, creator(seat, "ana"), "agreed")
    bad = collaboration(seat, of, creator(seat, "ben"), "shortlisted")
    theirs = collaboration(place("Borealis").owner, state="agreed")
    made = several(seat, Several(step="brief", keys=[good.pk, bad.pk, theirs.pk, good.pk]), SITE)
    assert [(one.key, one.went) for one in made.each] == [(good.pk, True), (bad.pk, False), (theirs.pk, False)]
    assert made.went == 1
    assert "does not follow" in made.each[1].what
    assert "no such collaboration" in made.each[2].what
    assert "Ana" not in made.each[2].name
    assert [stands(seat, row).state for row in (good, bad)] == ["briefed", "shortlisted"]


def test_several_are_invited_each_with_a_link_of_their_own():
    seat = place().owner
    of = campaign(seat)
    ana = collaboration(seat, of, creator(seat, "ana"))
    ben = collaboration(seat, of, creator(seat, "ben", opted_out_at=seat.now))
    made = several(seat, Several(step="invite", keys=[ana.pk, ben.pk]), SITE)
    assert made.each[0].link.startswith(f"{SITE}/c/")
    assert (made.each[1].went, made.each[1].link) == (False, "")
    assert rows(seat, Message).get().creator_id == ana.creator_id


def test_too_many_at_once_are_refused():
    with pytest.raises(TooLarge, match="201 at once"):
        several(place().owner, Several(step="brief", keys=list(range(1, 202))), SITE)
