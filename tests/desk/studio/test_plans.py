"""Drafts of a plan: made by a job, changed by locks, exclusions and swaps, compared, and taken away."""

import pytest

from asterism.brief import Brief
from asterism.desk.studio import planner
from asterism.desk.studio.plan_drafts import Change, changed, compare, differences, estimate, start_plan
from asterism.desk.studio.planner import bound, plan_hash
from asterism.desk.studio.plans import KINDS, exported, plan_room, written
from asterism.errors import BadInput, Conflict, NotAllowed, NotFound
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.models import Campaign, PlanDraft
from asterism.store.ledger.places import catalogue_of
from tests.planned import DOCUMENT, drafted, market, planned, planning
from tests.studio import NOW, collaboration, creator, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def ours():
    """A workspace with a member of each role."""
    return place()


@pytest.fixture
def stocked(ours):
    """The same with the small market in its catalogue."""
    catalogue = Catalogue(catalogue_of(ours.owner.workspace))
    for kind in ("creators", "posts", "audiences", "rates"):
        catalogue.upsert(kind, getattr(market(), kind))
    return ours


def test_a_job_makes_a_draft_and_the_next_one_keeps_to_what_was_changed(stocked, at_once):
    seat = stocked.seat("analyst")
    campaign = planning(seat)
    job = start_plan(seat, campaign.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    first = PlanDraft.objects.get(campaign=campaign)
    assert (first.number, first.by, job.result["draft"]) == (1, seat.user, 1)
    picks = first.page["picks"]
    out = next(pick for pick in picks if pick["swaps"])
    come = out["swaps"][0]
    start_plan(seat, campaign.pk, Change(draft=1, swap=out["creator_id"], to=come["creator_id"]))
    second = PlanDraft.objects.get(campaign=campaign, number=2)
    picked = {pick["creator_id"] for pick in second.plan["picks"]}
    assert come["creator_id"] in picked
    assert out["creator_id"] not in picked
    assert second.why == f"{come['handle']} in the place of {out['handle']}"
    assert second.brief["limits"]["include"] == second.locked == [come["creator_id"]]
    assert second.brief["limits"]["exclude"] == second.excluded == [out["creator_id"]]
    assert Campaign.objects.get(pk=campaign.pk).brief == DOCUMENT
    assert second.sums["hash"] == plan_hash(second.plan) != first.sums["hash"]
    room = plan_room(seat, campaign.pk)
    assert (room.draft.number, room.before, room.locked[0].handle) == (2, 1, come["handle"])
    assert [line.label for line in room.changes][:2] == ["buyers", "to spend"]


def test_a_brief_that_leaves_no_plan_says_so_in_its_job_and_on_the_page(stocked, at_once):
    campaign = planning(stocked.owner)
    campaign.brief = {**DOCUMENT, "limits": {"min_authenticity": 1.0}, "platforms": ["pinterest"]}
    campaign.save()
    start_plan(stocked.owner, campaign.pk)
    room = plan_room(stocked.owner, campaign.pk)
    assert room.draft is None
    assert "pinterest" in room.failed.what
    assert room.failed.fix
    drafted(stocked.seat(now=NOW.replace(year=2030)), campaign)
    assert plan_room(stocked.owner, campaign.pk).failed is None


def test_without_creators_nothing_is_planned(ours):
    with pytest.raises(NotFound, match="no creators to plan with"):
        start_plan(ours.owner, planning(ours.owner).pk)


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_a_campaign_that_is_over_is_not_planned_again(stocked, state):
    campaign = planning(stocked.owner)
    Campaign.objects.update(state=state)
    with pytest.raises(Conflict, match="history"):
        start_plan(stocked.owner, campaign.pk)


def test_a_viewer_sees_plans_and_makes_none(stocked):
    campaign = planning(stocked.owner)
    drafted(stocked.owner, campaign)
    assert plan_room(stocked.seat("viewer"), campaign.pk).draft.number == 1
    with pytest.raises(NotAllowed, match="viewer"):
        start_plan(stocked.seat("viewer"), campaign.pk)


CHANGES = [
    ({}, ["a"], ["x"]),
    ({"lock": ["b"]}, ["a", "b"], ["x"]),
    ({"lock": ["x"]}, ["a", "x"], []),
    ({"unlock": ["a"]}, [], ["x"]),
    ({"exclude": ["b"]}, ["a"], ["x", "b"]),
    ({"exclude": ["a"]}, [], ["x", "a"]),
    ({"allow": ["x"]}, ["a"], []),
    ({"swap": "a", "to": "b"}, ["b"], ["x", "a"]),
    ({"swap": "b", "to": "x"}, ["a", "x"], ["b"]),
]


@pytest.mark.parametrize(("change", "locked", "excluded"), CHANGES, ids=[str(c[0]) for c in CHANGES])
def test_what_is_asked_last_holds(change, locked, excluded):
    found = changed(PlanDraft(locked=["a"], excluded=["x"]), Change(**change))
    assert (list(found.locked), list(found.excluded)) == (locked, excluded)


@pytest.mark.parametrize("change", [{"swap": "a"}, {"to": "b"}], ids=str)
def test_a_swap_names_both(change):
    with pytest.raises(BadInput, match="who goes and who comes"):
        changed(None, Change(**change))


def test_locks_and_exclusions_outdo_the_briefs_own_limits():
    document = {**DOCUMENT, "limits": {"include": ["a"], "exclude": "x", "max_creators": 7}}
    made = bound(document, ["x"], ["a"])
    assert made["limits"] == {"include": ["x"], "exclude": ["a"], "max_creators": 7}
    assert Brief(**made).limits.max_creators == 7
    assert "limits" in bound(DOCUMENT, [], [])
    assert document["limits"]["include"] == ["a"]


def test_in_a_signed_campaign_those_who_were_written_to_stay_and_those_who_said_no_stay_away(stocked, at_once):
    seat = stocked.owner
    campaign = planning(seat)
    Campaign.objects.update(state="running")
    ids = market().creators["creator_id"].to_pylist()
    for who, state in zip(ids, ("invited", "declined", "shortlisted"), strict=False):
        collaboration(seat, campaign, creator(seat, who, creator_id=who), state)
    job = start_plan(seat, campaign.pk)
    assert (job.asks["locked"], job.asks["excluded"]) == ([ids[0]], [ids[1]])


def test_the_estimate_is_there_at_once_and_is_plain_arithmetic(ours):
    base = drafted(ours.owner, planning(ours.owner))
    pick = next(pick for pick in base.page["picks"] if pick["swaps"])
    come = pick["swaps"][0]
    base.sums |= {"value": 1000.0, "spent": 5000.0}
    pick |= {"gain": 100.0, "cost": 500.0}
    come |= {"gain": 40.0, "cost": 300.0}
    assert "about 900 buyers for 4,500 USD" in estimate(base, Change(exclude=[pick["creator_id"]]))
    swapped = estimate(base, Change(swap=pick["creator_id"], to=come["creator_id"]))
    assert "about 940 buyers for 4,800 USD" in swapped
    for silent in (Change(lock=["a"]), Change(exclude=["nobody"]), Change()):
        assert estimate(base, silent) == ""
    assert estimate(None, Change(exclude=["a"])) == ""


def test_what_picks_cost_comes_to_what_is_spent():
    plan, spares = planned()
    page = planner.page_of(plan, spares)
    assert sum(pick["cost"] for pick in page["picks"]) == pytest.approx(plan.spent)
    assert all(swap["cost"] <= plan.budget - plan.spent + p["cost"] for p in page["picks"] for swap in p["swaps"])
    assert all(len({s["creator_id"] for s in p["swaps"]}) == len(p["swaps"]) for p in page["picks"])


def test_two_drafts_side_by_side(ours):
    campaign = planning(ours.owner)
    first, second = drafted(ours.owner, campaign), drafted(ours.owner, campaign, 2)
    gone = second.page["picks"].pop(0)
    second.sums |= {"value": second.sums["value"] - 50, "creators": second.sums["creators"] - 1}
    second.save()
    found = compare(ours.seat("viewer"), campaign.pk, 1, 2)
    assert [pick["handle"] for pick in found.only_first] == [gone["handle"]]
    assert (found.only_second, len(found.both)) == ([], len(first.page["picks"]) - 1)
    assert found.lines[0].change == "−50 buyers"
    with pytest.raises(NotFound, match="no such draft"):
        compare(ours.owner, campaign.pk, 1, 9)


def test_drafts_of_two_goals_have_no_difference_in_value():
    sums = planner.sums_of(planned()[0])
    other = {**sums, "goal": "awareness", "unit": "people reached"}
    assert [line.label for line in differences(sums, other)] == ["people reached", "creators", "answer"]
    assert differences({}, sums) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_is_taken_away_as_any_kind_of_file(ours, kind):
    campaign = planning(ours.owner)
    drafted(ours.owner, campaign)
    name, plan = exported(ours.seat("viewer"), campaign.pk, 1, kind)
    content = written(plan, kind, NOW)
    starts = {"html": b"<!doctype html>", "pdf": b"%PDF", "xlsx": b"PK", "json": b"{", "ics": b"BEGIN:VCALENDAR"}
    assert content.startswith(starts[kind])
    assert name == "Spring launch draft 1"


def test_a_draft_of_another_campaign_or_workspace_is_not_found(ours):
    theirs = place("Borealis")
    campaign = planning(theirs.owner)
    drafted(theirs.owner, campaign)
    mine = planning(ours.owner)
    for key in (campaign.pk, mine.pk):
        with pytest.raises(NotFound, match="There is no such"):
            plan_room(ours.owner, key, 1)
