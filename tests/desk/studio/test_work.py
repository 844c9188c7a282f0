"""Drafts are checked and answered once, posts follow, and two people pay."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pydantic import ValidationError

from asterism.desk.studio.drafts import Answered, HandIn, answer, hand_in
from asterism.desk.studio.payments import (
    Proposal,
    Sent,
    Spent,
    add_cost,
    approve,
    come_back,
    confirm,
    propose,
    reject,
    send,
)
from asterism.desk.studio.posts import Day, Published, Told, go_live, miss, set_day, supply
from asterism.desk.studio.work import work_of
from asterism.errors import BadInput, Conflict, IllegalStep, NotAllowed, NotFound
from asterism.store.ledger.models import Collaboration, Draft, Event, Figures, Payment
from asterism.store.ledger.scope import find
from asterism.store.ledger.seats import Seat
from tests.studio import NOW, collaboration, creator, place

pytestmark = pytest.mark.django_db
GOOD, BAD = "#ad Porridge in the morning light.", "Thanks @aurora for the lovely porridge."
YES, NO = Answered(decision="approve"), Answered(decision="ask_changes", text="Say #ad first.")


def briefed(here, deliverables=1, **fields):
    """A collaboration whose brief was sent, and its deliverables."""
    row = collaboration(here.owner, state="briefed", deliverables=deliverables, **fields)
    return row, list(row.deliverables.all())


def portal(here):
    """The seat of a creator in their own page."""
    return Seat(here.owner.workspace, None, "portal", NOW)


def state(here, row):
    return find(here.owner, Collaboration, row.pk).state


def test_a_draft_that_hides_the_payment_fails_is_corrected_and_approved():
    here = place()
    row, (reel,) = briefed(here)
    bad = hand_in(portal(here), reel.pk, HandIn(caption=BAD), row)
    assert (bad.passes, bad.disclosure["verdict"], state(here, row)) == (False, "fail", "draft")
    assert all(rule["id"] and rule["version"] for rule in bad.disclosure["rules"])
    with pytest.raises(IllegalStep, match="does not pass the disclosure check"):
        answer(here.seat("manager"), bad.pk, YES)
    answer(here.seat("manager"), bad.pk, NO)
    assert state(here, row) == "briefed"
    shown = HandIn(caption=GOOD, platform_label=True, on_screen=True, whole_duration=True, spoken=True)
    good = hand_in(portal(here), reel.pk, shown, row)
    assert (good.number, good.passes) == (2, True)
    answer(here.seat("manager"), good.pk, YES)
    assert state(here, row) == "approved"


PASSING = HandIn(caption=GOOD, platform_label=True, on_screen=True, whole_duration=True, spoken=True)


def test_only_an_owner_sets_a_failed_check_aside_and_says_why():
    here = place()
    row, (reel,) = briefed(here)
    made = hand_in(portal(here), reel.pk, HandIn(caption=BAD), row)
    aside = Answered(decision="approve", override="The label covers the picture.")
    with pytest.raises(NotAllowed, match="Ask somebody who is owner"):
        answer(here.seat("manager"), made.pk, aside)
    done = answer(here.owner, made.pk, aside)
    assert done.override == "The label covers the picture."
    assert Event.objects.get(action="draft.approved").facts["set_aside"] is True


def test_of_two_who_answer_a_draft_the_second_is_told():
    here = place()
    row, (reel,) = briefed(here)
    made = hand_in(portal(here), reel.pk, PASSING, row)
    answer(here.seat("manager"), made.pk, YES)
    with pytest.raises(IllegalStep, match="Approve"):
        answer(here.owner, made.pk, YES)
    assert made.reviews.count() == 1


def test_changes_without_words_are_refused():
    here = place()
    row, (reel,) = briefed(here)
    made = hand_in(portal(here), reel.pk, PASSING, row)
    with pytest.raises(BadInput, match="Which changes"):
        answer(here.seat("manager"), made.pk, Answered(decision="ask_changes"))


def test_a_newer_draft_supersedes_the_one_that_waits():
    here = place()
    row, (reel,) = briefed(here)
    first = hand_in(portal(here), reel.pk, HandIn(caption=BAD), row)
    hand_in(portal(here), reel.pk, PASSING, row)
    assert Draft.objects.get(pk=first.pk).state == "superseded"
    with pytest.raises(IllegalStep, match="superseded"):
        answer(here.owner, first.pk, NO)


def test_a_creator_reaches_their_own_deliverables_alone():
    here = place()
    row, _ = briefed(here)
    _, (theirs,) = briefed(here, of=row.campaign, who=creator(here.owner, "bea"))
    with pytest.raises(NotFound, match="no such deliverable"):
        hand_in(portal(here), theirs.pk, PASSING, row)
    with pytest.raises(NotFound, match="no such deliverable"):
        go_live(portal(here), theirs.pk, Published(url="https://social.test/p/1"), row)


def test_the_collaboration_waits_for_the_slowest_of_its_deliverables():
    here = place()
    row, reels = briefed(here, deliverables=2)
    drafts = [hand_in(portal(here), reel.pk, PASSING, row) for reel in reels]
    answer(here.owner, drafts[0].pk, YES)
    assert state(here, row) == "draft"
    answer(here.owner, drafts[1].pk, YES)
    assert state(here, row) == "approved"
    go_live(portal(here), reels[0].pk, Published(url="https://social.test/p/1"), row)
    assert state(here, row) == "approved"
    go_live(portal(here), reels[1].pk, Published(url="https://social.test/p/2"), row)
    assert state(here, row) == "live"


def approved(here):
    """A collaboration whose only draft is approved."""
    row, (reel,) = briefed(here)
    answer(here.owner, hand_in(portal(here), reel.pk, PASSING, row).pk, YES)
    return row, reel


def test_a_day_schedules_what_is_approved():
    here = place()
    row, reel = approved(here)
    assert set_day(here.owner, reel.pk, Day(day=date(2026, 12, 1))).state == "scheduled"
    assert state(here, row) == "scheduled"


def test_a_post_is_not_out_before_its_draft_is_approved_nor_before_now():
    here = place()
    row, (reel,) = briefed(here)
    with pytest.raises(IllegalStep, match="Record the post"):
        go_live(here.owner, reel.pk, Published(url="https://social.test/p/1"))
    answer(here.owner, hand_in(portal(here), reel.pk, PASSING, row).pk, YES)
    with pytest.raises(BadInput, match="Check the day"):
        go_live(here.owner, reel.pk, Published(url="https://social.test/p/1", posted_at=NOW + timedelta(hours=1)))


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "ftp://a.test/x", "https://", "social.test/p", "https://a b.test"],
)
def test_a_link_that_could_run_something_is_never_kept(address):
    with pytest.raises(ValidationError, match=r"https://example\.org"):
        Published(url=address)
    with pytest.raises(ValidationError, match=r"https://example\.org"):
        HandIn(caption=GOOD, link=address)


def test_figures_are_marked_by_who_told_them():
    here = place()
    row, reel = approved(here)
    live = go_live(portal(here), reel.pk, Published(url="https://social.test/p/1"), row)
    supply(portal(here), live.pk, Told(reach=900, impressions=1000), row)
    assert state(here, row) == "live"
    supply(here.owner, live.pk, Told(reach=950, impressions=1100))
    assert state(here, row) == "measured"
    assert sorted(Figures.objects.values_list("source", flat=True)) == ["creator", "member"]
    assert work_of(here.owner, row).pieces[0].posts[0].told == (("reach", 950), ("impressions", 1100))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "at least one figure"),
        ({"reach": 2, "impressions": 1}, "counts people once"),
        ({"likes": -1}, "greater than"),
    ],
)
def test_figures_that_cannot_be_are_refused(given, says):
    with pytest.raises(ValidationError, match=says):
        Told(**given)


def measured(here, **fields):
    """A collaboration whose figures are in."""
    return collaboration(here.owner, state="measured", **fields)


def test_a_second_person_approves_and_the_fee_paid_in_full_closes_it():
    here = place()
    row = measured(here, fee_cents=50_000)
    manager = here.seat("manager")
    part = propose(manager, row.pk, Proposal(amount=Decimal("200.00")))
    with pytest.raises(NotAllowed, match="Who proposed a payment may not approve it"):
        approve(manager, part.pk)
    approve(here.owner, part.pk)
    send(manager, part.pk, Sent(reference="T-1"))
    assert state(here, row) == "measured"
    rest = propose(here.owner, row.pk, Proposal(amount=Decimal("300.00")))
    approve(manager, rest.pk)
    send(manager, rest.pk, Sent())
    assert state(here, row) == "paid"
    confirm(portal(here), rest.pk, row)
    assert Payment.objects.get(pk=rest.pk).state == "confirmed"


def test_of_two_who_approve_a_payment_the_second_is_told():
    here = place()
    row = measured(here)
    payment = propose(here.seat("manager"), row.pk, Proposal(amount=Decimal(5)))
    approve(here.owner, payment.pk)
    with pytest.raises((IllegalStep, Conflict), match=r"Approve|Somebody else"):
        approve(here.owner, payment.pk)


def test_a_payment_that_came_back_needs_another_approval():
    here = place()
    row = measured(here)
    payment = propose(here.seat("manager"), row.pk, Proposal(amount=Decimal(5)))
    approve(here.owner, payment.pk)
    send(here.owner, payment.pk, Sent())
    come_back(here.owner, payment.pk)
    with pytest.raises(NotAllowed, match="may not approve"):
        approve(here.owner, payment.pk)
    approve(here.seat("manager"), payment.pk)


def test_a_rejection_says_why_and_nothing_is_owed_before_terms():
    here = place()
    row = measured(here)
    payment = propose(here.seat("manager"), row.pk, Proposal(amount=Decimal(5)))
    with pytest.raises(BadInput, match="without a reason"):
        reject(here.owner, payment.pk, " ")
    assert reject(here.owner, payment.pk, "Wrong amount").state == "rejected"
    invited = collaboration(here.owner, of=row.campaign, who=creator(here.owner, "bea"), state="invited")
    with pytest.raises(BadInput, match="Nothing is agreed"):
        propose(here.owner, invited.pk, Proposal(amount=Decimal(5)))


@pytest.mark.parametrize("amount", ["0", "-5", "1.234", "NaN", "Infinity", "1e30"])
def test_an_amount_is_above_zero_and_in_whole_cents(amount):
    with pytest.raises(ValidationError, match="amount"):
        Proposal(amount=amount)


def test_costs_and_payments_of_others_are_not_a_creators_to_see():
    here = place()
    row = measured(here)
    propose(here.owner, row.pk, Proposal(amount=Decimal(5)))
    add_cost(here.owner, row.pk, Spent(kind="product", amount=Decimal("12.50")))
    seen = work_of(portal(here), row)
    assert (seen.payments, seen.costs) == ((), ())
    ours = work_of(here.owner, row)
    assert [cost.cents for cost in ours.costs] == [1250]
    assert ours.still_cents == row.fee_cents - 500


def test_what_was_missed_can_still_be_handed_in_late():
    here = place()
    row, (reel,) = briefed(here)
    assert miss(here.owner, reel.pk).state == "missed"
    assert hand_in(portal(here), reel.pk, PASSING, row).number == 1


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_a_lesser_role_does_none_of_it(role):
    here = place()
    row, (reel,) = briefed(here)
    made = hand_in(portal(here), reel.pk, PASSING, row)
    seat = here.seat(role)
    deeds = (
        lambda: hand_in(seat, reel.pk, PASSING), lambda: answer(seat, made.pk, YES), lambda: miss(seat, reel.pk),
        lambda: set_day(seat, reel.pk, Day(day=date(2026, 12, 1))),
        lambda: propose(seat, row.pk, Proposal(amount=Decimal(5))), lambda: add_cost(seat, row.pk, Spent(amount=1)),
    )  # fmt: skip
    for deed in deeds:
        with pytest.raises(NotAllowed, match="may not do that"):
            deed()


def test_the_work_of_a_collaboration_asks_few_questions(django_assert_max_num_queries):
    here = place()
    row, reels = briefed(here, deliverables=12)
    for reel in reels:
        answer(here.owner, hand_in(portal(here), reel.pk, PASSING, row).pk, NO)
        hand_in(portal(here), reel.pk, PASSING, row)
    with django_assert_max_num_queries(7):
        assert len(work_of(here.owner, row).pieces) == 12
