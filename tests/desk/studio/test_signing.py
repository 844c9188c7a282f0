"""Signing freezes what was decided and begins the work; amending lets those come and go who were not written to."""

from datetime import date, timedelta

import pytest

from asterism.campaigns.deadlines import Terms
from asterism.desk.studio.planner import plan_hash
from asterism.desk.studio.signing import a_month_after, amend, sign
from asterism.errors import BadInput, Conflict, IllegalStep, NotAllowed, NotFound
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.models import Campaign, Collaboration, Creator, Deliverable, Event, Phase
from asterism.store.ledger.places import catalogue_of
from tests.planned import DOCUMENT, drafted, market, planned, planning
from tests.studio import creator, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def ours():
    """A workspace with a member of each role."""
    return place()


@pytest.fixture
def signed(ours):
    """A campaign signed with its first draft."""
    campaign = planning(ours.owner)
    drafted(ours.owner, campaign)
    return sign(ours.seat("manager"), campaign.pk, 1).campaign


def accounts(plan):
    """Platform and id of everybody picked."""
    return {(pick.platform, pick.creator_id) for pick in plan.picks}


def test_the_signature_freezes_brief_plan_hash_and_versions(ours, signed):
    signed.refresh_from_db()
    plan = planned()[0]
    assert (signed.state, signed.signed_by, signed.signed_at) == (
        "signed",
        ours.members["manager"].user,
        ours.owner.now,
    )
    assert signed.brief == DOCUMENT
    assert signed.plan_hash == plan_hash(signed.plan) == plan_hash(plan.to_dict())
    assert signed.versions == {"creators": "delta:1"}
    event = Event.objects.get(action="campaign.signed")
    assert event.facts["hash"] == signed.plan_hash
    assert not any(pick.handle.lstrip("@") in str(event.facts) for pick in plan.picks)


def test_everybody_picked_is_on_the_shortlist_with_what_they_are_to_make_and_when(signed):
    plan = planned()[0]
    works = Collaboration.objects.filter(campaign=signed).select_related("creator", "phase")
    assert {(work.creator.platform, work.creator.creator_id) for work in works} == accounts(plan)
    assert {work.state for work in works} == {"shortlisted"}
    fees = sum(pick.price.interval.mean for pick in plan.picks)
    assert sum(work.fee_cents for work in works) == pytest.approx(100 * fees, abs=len(works))
    posts = {}
    for flight in plan.flights:
        posts.setdefault((flight.platform, flight.creator_id), []).extend(flight.posts)
    for work in works:
        mine = sorted(posts[work.creator.platform, work.creator.creator_id], key=lambda post: post.day)
        made = list(Deliverable.objects.filter(collaboration=work))
        assert [(each.format, each.live_on) for each in made] == [(post.format, post.day) for post in mine]
        assert all(each.draft_due == each.live_on - timedelta(days=Terms().draft_lead) for each in made)
        assert work.phase.name == work.pick["phase"]
    assert [phase.name for phase in Phase.objects.filter(campaign=signed)] == [phase.name for phase in plan.phases]


def test_new_creators_carry_source_basis_and_the_day_by_which_they_must_be_told(ours):
    catalogue = Catalogue(catalogue_of(ours.owner.workspace))
    catalogue.upsert("creators", market().creators)
    campaign = planning(ours.owner)
    drafted(ours.owner, campaign)
    sign(ours.owner, campaign.pk, 1)
    known = {row["creator_id"]: row for row in market().creators.to_pylist()}
    for one in Creator.objects.all():
        row = known[one.creator_id]
        assert (one.name, one.country) == (row["name"] or "", row["country"] or "")
        assert one.lawful_basis == "legitimate_interests"
        assert one.notice_due == a_month_after(ours.owner.now.date())
        assert one.source
        assert one.source_at
        assert not one.handle.startswith("@")


def test_a_creator_the_workspace_knows_is_not_made_twice(ours):
    pick = planned()[0].picks[0]
    known = creator(ours.owner, "known", creator_id=pick.creator_id, platform=pick.platform, email="a@b.test")
    theirs = place("Borealis").owner
    other = creator(theirs, "other", creator_id=pick.creator_id, platform=pick.platform)
    campaign = planning(ours.owner)
    drafted(ours.owner, campaign)
    sign(ours.owner, campaign.pk, 1)
    assert Collaboration.objects.filter(campaign=campaign, creator=known).count() == 1
    assert not Collaboration.objects.filter(creator=other).exists()


def test_a_second_signature_is_refused(ours, signed):
    drafted(ours.owner, signed, 2)
    before = Collaboration.objects.count()
    with pytest.raises(IllegalStep, match="does not follow"):
        sign(ours.owner, signed.pk, 2)
    assert Collaboration.objects.count() == before


def test_nothing_is_signed_by_halves(ours, monkeypatch):
    campaign = planning(ours.owner)
    drafted(ours.owner, campaign)
    from asterism.desk.studio import signing

    monkeypatch.setattr(signing, "_deliverables", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sign(ours.owner, campaign.pk, 1)
    assert Campaign.objects.get().state == "planning"
    assert not Creator.objects.exists()
    assert not Phase.objects.exists()


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_who_may_not_run_campaigns_may_not_sign(ours, role):
    campaign = planning(ours.owner)
    drafted(ours.owner, campaign)
    for deed in (sign, amend):
        with pytest.raises(NotAllowed, match=role):
            deed(ours.seat(role), campaign.pk, 1)


def test_a_draft_that_is_not_there_is_not_signed(ours):
    with pytest.raises(NotFound, match="no such draft"):
        sign(ours.owner, planning(ours.owner).pk, 3)


def test_a_draft_without_figures_is_not_signed(ours):
    campaign = planning(ours.owner)
    drafted(ours.owner, campaign, plan={}, page={}, sums={})
    with pytest.raises(BadInput, match="no plan that can be read"):
        sign(ours.owner, campaign.pk, 1)
    assert Campaign.objects.get().state == "planning"


def without(draft, *places):
    """The draft without the picks at some places, as another plan."""
    gone = {draft.plan["picks"][at]["creator_id"] for at in places}
    draft.plan["picks"] = [pick for pick in draft.plan["picks"] if pick["creator_id"] not in gone]
    draft.plan["flights"] = [flight for flight in draft.plan["flights"] if flight["creator_id"] not in gone]
    draft.sums["hash"] = plan_hash(draft.plan)
    draft.save()
    return gone


def test_an_amendment_takes_away_who_is_only_shortlisted_and_keeps_who_was_written_to(ours, signed):
    draft = drafted(ours.owner, signed, 2)
    gone = without(draft, 0, 1)
    invited, waiting = sorted(gone)
    Collaboration.objects.filter(creator__creator_id=invited).update(state="invited")
    done = amend(ours.seat("manager"), signed.pk, 2)
    assert (done.added, done.removed, done.kept) == (0, 1, 1)
    left = set(Collaboration.objects.filter(campaign=signed).values_list("creator__creator_id", flat=True))
    assert invited in left
    assert waiting not in left
    signed.refresh_from_db()
    assert (signed.state, signed.plan_hash) == ("signed", draft.sums["hash"])
    assert Event.objects.get(action="campaign.amended").facts["removed"] == 1


def test_an_amendment_adds_new_picks_with_their_posts(ours):
    campaign = planning(ours.owner)
    first = drafted(ours.owner, campaign)
    (came,) = without(first, 0)
    sign(ours.owner, campaign.pk, 1)
    drafted(ours.owner, campaign, 2)
    done = amend(ours.owner, campaign.pk, 2)
    assert (done.added, done.removed, done.kept) == (1, 0, 0)
    work = Collaboration.objects.get(creator__creator_id=came)
    assert work.deliverables.exists()
    assert work.phase_id
    assert Phase.objects.filter(campaign=campaign).count() == len(planned()[0].phases)


def test_the_plan_that_was_signed_amends_nothing(ours, signed):
    with pytest.raises(Conflict, match="is the plan that was signed"):
        amend(ours.owner, signed.pk, 1)


@pytest.mark.parametrize("state", ["planning", "done", "cancelled"])
def test_only_a_signed_or_running_campaign_is_amended(ours, state):
    campaign = planning(ours.owner)
    drafted(ours.owner, campaign)
    Campaign.objects.update(state=state)
    with pytest.raises(Conflict, match="not amended"):
        amend(ours.owner, campaign.pk, 1)


def test_whoever_is_picked_for_two_phases_has_one_collaboration_with_the_posts_of_both(ours):
    campaign = planning(ours.owner)
    draft = drafted(ours.owner, campaign)
    twice = {**draft.plan["picks"][0], "package": "1 story"}
    flight = next(f for f in draft.plan["flights"] if f["creator_id"] == twice["creator_id"])
    draft.plan["picks"].append(twice)
    draft.plan["flights"].append({**flight, "posts": [{"format": "story", "week": 1, "date": "2027-03-01"}]})
    draft.save()
    sign(ours.owner, campaign.pk, 1)
    work = Collaboration.objects.get(creator__creator_id=twice["creator_id"])
    assert work.package.endswith(" then 1 story")
    assert work.deliverables.count() == len(flight["posts"]) + 1
    assert work.fee_cents == round(2 * 100 * twice["price"]["mean"])


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 11, 25), date(2026, 12, 25)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
    ],
    ids=str,
)
def test_a_month_later(day, after):
    assert a_month_after(day) == after
