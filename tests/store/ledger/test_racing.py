"""Two at once: one wins, the other is told, and nothing is done twice; on SQLite in a file and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from asterism.desk.studio.agreements import Acceptance, accept, draft, offer, withdraw
from asterism.desk.studio.collaborations import step
from asterism.desk.studio.drafting import TermsWish
from asterism.desk.studio.invitations import Invitation, invite
from asterism.errors import AsterismError, Conflict
from asterism.store.ledger.models import Agreement, Collaboration, Event, Message, Payment
from asterism.store.ledger.scope import add, find, move, rows, together
from asterism.store.ledger.seats import Seat
from tests.store.ledger.postgres import databases, postgres_folder, real_ledger
from tests.studio import NOW, collaboration, place

__all__ = ["databases", "postgres_folder", "real_ledger"]
SITE = "https://studio.test"


@pytest.fixture
def here(real_ledger):
    """A workspace of its own in the shared ledger."""
    return place(f"Race {uuid4().hex[:12]}")


def at_once(*deeds):
    """The outcome of each deed, all started at the same moment: what it returned, or how it was refused."""
    start = Barrier(len(deeds))

    def run(deed):
        try:
            start.wait(10)
            return deed()
        except AsterismError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def refused(outcomes):
    return [one for one in outcomes if isinstance(one, AsterismError)]


def test_the_engine_is_the_one_that_is_meant(real_ledger):
    assert {"sqlite": "sqlite", "postgres": "postgresql"}[real_ledger] == connection.vendor


@pytest.mark.parametrize(
    ("state", "first", "second"),
    [
        ("agreed", ("brief", ""), ("brief", "")),
        ("agreed", ("brief", ""), ("cancel", "Late")),
        ("paused", ("resume", ""), ("cancel", "Late")),
        ("invited", ("decline", "No"), ("negotiate", "")),
    ],
    ids=["the same step twice", "brief against cancel", "resume against cancel", "no against talk"],
)
def test_of_two_steps_at_once_one_wins_or_follows_and_neither_is_lost(here, state, first, second):
    row = collaboration(here.owner, state=state, paused_from="briefed" if state == "paused" else "")
    seats = here.seat("owner"), here.seat("manager")
    outcomes = at_once(*(lambda s=s, w=w: step(s, row.pk, *w) for s, w in zip(seats, (first, second), strict=True)))
    told = rows(here.owner, Event).filter(collaboration=row.pk).order_by("id")
    path = [(event.facts["source"], event.facts["target"]) for event in told]
    assert len(path) == 2 - len(refused(outcomes))
    assert path[0][0] == state
    assert path[-1][1] == find(here.owner, Collaboration, row.pk).state
    assert all(after[0] == before[1] for before, after in pairwise(path))
    if first == second:
        assert [type(one).__name__ for one in refused(outcomes)] in (["IllegalStep"], ["Conflict"])


def test_eight_who_press_the_same_button_move_it_once(here):
    row = collaboration(here.owner, state="agreed")
    outcomes = at_once(*[lambda: step(here.owner, row.pk, "brief")] * 8)
    assert len(refused(outcomes)) == 7
    assert rows(here.owner, Event).filter(collaboration=row.pk).count() == 1


def test_two_who_invite_send_one_letter_and_make_one_link(here):
    row = collaboration(here.owner)
    outcomes = at_once(*[lambda: invite(here.owner, row.pk, Invitation(), SITE)] * 2)
    assert len(refused(outcomes)) == 1
    assert rows(here.owner, Message).count() == 1


def test_a_yes_and_a_withdrawal_at_once_end_in_one_of_them(here):
    seat = here.seat("manager")
    row = collaboration(seat, state="negotiating")
    made = offer(seat, draft(seat, row.pk, TermsWish()).pk)
    creator = Seat(seat.workspace, None, "portal", NOW)
    said = Acceptance(number=made.number, hash=made.hash, name="Ana Ruiz")
    outcomes = at_once(lambda: accept(creator, row, said), lambda: withdraw(seat, made.pk))
    assert len(refused(outcomes)) == 1
    ends = (find(seat, Agreement, made.pk).state, find(seat, Collaboration, row.pk).state)
    assert ends in (("accepted", "agreed"), ("withdrawn", "negotiating"))


def test_a_yes_while_newer_terms_are_offered_never_holds_the_old_ones_beside_them(here):
    seat = here.seat("manager")
    row = collaboration(seat, state="negotiating")
    old = offer(seat, draft(seat, row.pk, TermsWish()).pk)
    new = draft(seat, row.pk, TermsWish(fee=900))
    creator = Seat(seat.workspace, None, "portal", NOW)
    said = Acceptance(number=old.number, hash=old.hash, name="Ana Ruiz")
    outcomes = at_once(lambda: accept(creator, row, said), lambda: offer(seat, new.pk))
    ends = [find(seat, Agreement, a.pk).state for a in (old, new)]
    assert ends == (["superseded", "offered"] if refused(outcomes) else ["accepted", "offered"])


def test_two_drafts_at_once_are_two_numbers_or_one_refusal(here):
    seat = here.seat("manager")
    row = collaboration(seat, state="negotiating")
    outcomes = at_once(*[lambda: draft(seat, row.pk, TermsWish())] * 2)
    assert len(refused(outcomes)) == 1
    assert rows(seat, Agreement).get().number == 1


def test_two_approvals_at_once_approve_a_payment_once(here):
    row = collaboration(here.owner, state="measured")
    paid = add(here.owner, Payment, collaboration=row, currency="USD", cents=1, proposed_by=here.members["viewer"].user)

    def approve(seat):
        with together():
            move(seat, find(seat, Payment, paid.pk), "proposed", "approved", approved_by=seat.user)

    outcomes = at_once(lambda: approve(here.owner), lambda: approve(here.seat("manager")))
    assert [type(one) for one in refused(outcomes)] == [Conflict]
    assert find(here.owner, Payment, paid.pk).state == "approved"
