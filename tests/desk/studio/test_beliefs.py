"""What a workspace believes: learnt by the worker, adopted by people, read by every forecast and fee."""

import json

import pytest

from asterism.desk.studio.beliefs import adopt, adopt_shipped, believed, priors_of, start_learning
from asterism.desk.studio.kept import standing_index
from asterism.desk.studio.learning_evidence import evidence_of, tables_of, versions_of
from asterism.desk.studio.learning_page import learning_page
from asterism.desk.studio.plan_drafts import start_plan
from asterism.errors import NotAllowed, NotFound
from asterism.learning.evidence import works
from asterism.priors import Priors
from asterism.store.ledger.models import Belief, Event, Job, PlanDraft, Rate
from asterism.store.ledger.places import shelf_of
from asterism.store.ledger.scope import add
from tests.finding import with_index
from tests.learnt import few, taught, version
from tests.planned import planning
from tests.studio import campaign, collaboration, creator, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def ours():
    return place()


def learnt(seat):
    """The newest version, once the worker was asked for one."""
    job = start_learning(seat)
    job.refresh_from_db()
    assert job.state == "done", job.error
    return Belief.objects.first()


def test_learning_makes_a_version_that_is_not_in_use_before_somebody_adopts_it(ours, at_once):
    seat = taught(ours.seat("analyst"))
    made = learnt(seat)
    assert (made.number, made.in_use, made.by) == (1, False, seat.user)
    assert priors_of(seat) == Priors.default()
    moved = {one["name"] for one in made.evidence["updates"] if one["used"]}
    assert {"click.any", "convert"} <= moved
    assert set(made.entries) == moved
    assert made.evidence["campaigns"] == len(set(few()["outcomes"]["campaign"].to_pylist()))


def test_learning_twice_from_the_same_evidence_gives_equal_entries_even_once_adopted(ours, at_once):
    seat = taught(ours.owner)
    first = learnt(seat)
    adopt(seat, first.pk)
    second = learnt(seat)
    assert second.number == 2
    assert second.entries == first.entries
    assert second.evidence == first.evidence


def test_what_is_kept_names_no_creator(ours, at_once):
    made = learnt(taught(ours.owner))
    kept = json.dumps([made.entries, made.evidence])
    people = few()["creators"]
    named = [name for column in ("creator_id", "handle", "name") for name in people[column].to_pylist() if name]
    assert named
    assert [name for name in named if f'"{name}"' in kept or name in made.evidence["updates"]] == []
    facts = json.dumps([event.facts for event in Event.objects.filter(action="belief.learnt")])
    assert not any(name in facts for name in named)


def test_an_adopted_version_is_read_everywhere_until_the_shipped_one_is(ours):
    seat = ours.seat("analyst")
    made = version(seat, 3)
    adopt(seat, made.pk)
    assert priors_of(seat).click("post").median == pytest.approx(0.0252)
    assert believed(seat).versions == {"priors": "workspace beliefs 3"}
    adopt_shipped(seat)
    assert priors_of(seat) == Priors.default()
    assert believed(seat).versions == {}


def test_at_most_one_version_is_in_use_and_no_other_workspace_is_touched(ours):
    seat, theirs = ours.owner, place("Borealis").owner
    first, second, other = version(seat), version(seat, 2), version(theirs)
    adopt(theirs, other.pk)
    adopt(seat, first.pk)
    adopt(seat, second.pk)
    assert list(Belief.objects.filter(in_use=True).order_by("pk")) == [second, other]
    with pytest.raises(NotFound, match="no such belief"):
        adopt(seat, other.pk)
    adopt_shipped(seat)
    assert list(Belief.objects.filter(in_use=True)) == [other]


def test_who_only_looks_neither_learns_nor_adopts(ours):
    made = version(taught(ours.owner))
    for deed in (start_learning, lambda seat: adopt(seat, made.pk), adopt_shipped):
        with pytest.raises(NotAllowed):
            deed(ours.seat("viewer"))


def test_without_creators_or_results_the_page_says_what_to_bring(ours, at_once):
    with pytest.raises(NotFound, match="no creators to learn about"):
        start_learning(ours.owner)
    nothing = dict.fromkeys(("outcomes", "rates"))
    start_learning(taught(ours.owner, **nothing))
    assert Job.objects.get().state == "failed"
    page = learning_page(ours.owner)
    assert page.told is None
    assert page.job.what == "There are no results to learn from."
    assert "Close the books" in page.job.fix


def test_adopting_a_version_changes_what_a_plan_forecasts_and_the_plan_says_so(ours, at_once):
    seat = taught(ours.owner)
    of = planning(seat)
    of.brief = {"goal": "conversions", "budget": "3000 USD"}
    of.save()
    made = version(seat, 3, entries={"convert": {"median": 0.06, "low": 0.03, "high": 0.12}})
    start_plan(seat, of.pk)
    adopt(seat, made.pk)
    start_plan(seat, of.pk)
    assert [job.error for job in Job.objects.all()] == [{}, {}]
    after, before = PlanDraft.objects.order_by("-number")
    assert "priors" not in before.plan["versions"]
    assert after.plan["versions"] == {**before.plan["versions"], "priors": "workspace beliefs 3"}
    sold = [draft.plan["forecast"]["conversions"]["mean"] for draft in (before, after)]
    assert sold[1] > 1.2 * sold[0] > 0
    assert "workspace beliefs 3" in str(after.page["sections"])


def test_the_index_of_creators_is_made_anew_with_the_version_that_is_adopted(ours, at_once):
    seat = with_index(ours.owner)
    assert standing_index(seat).current
    adopt(seat, version(seat, entries={"fee": {"instagram": {"post": dear()}}}).pk)
    assert not standing_index(seat).current
    fees = {row["creator_id"]: row["fee"] for row in shelf_of(seat.workspace).newest("index").table.to_pylist()}
    assert standing_index(seat).current
    adopt_shipped(seat)
    standing_index(seat)
    shipped = {row["creator_id"]: row["fee"] for row in shelf_of(seat.workspace).newest("index").table.to_pylist()}
    assert fees["c-cyd"] > 5 * shipped["c-cyd"]
    assert fees["c-ben"] == shipped["c-ben"]  # on another platform


def dear():
    """Fees ten times those shipped."""
    entry = Priors.default().entry("fee.instagram.post")
    return {
        "followers": list(entry.followers),
        **{k: [10 * x for x in getattr(entry, k)] for k in ("median", "low", "high")},
    }


def test_agreed_fees_and_the_workspaces_rates_teach_beside_the_catalogue(ours):
    seat = taught(ours.owner)
    of = campaign(seat)
    who = few()["creators"]["creator_id"][0].as_py()
    collaboration(seat, of, creator(seat, "ana", creator_id=who), "live", currency="EUR")
    collaboration(seat, of, creator(seat, "bo"), "declined")
    add(seat, Rate, currency="EUR", on=seat.today, usd="1.25")
    tables = tables_of(seat, versions_of(seat))
    evidence = evidence_of(seat, tables)
    added = evidence.rates.slice(tables.rates.num_rows).to_pylist()
    assert [(row["creator_id"], row["package"], row["price"], row["kind"]) for row in added] == [
        (who, "1 reel", 500.0, "paid")
    ]
    assert evidence.fx.to_pylist()[-1]["usd"] == 1.25
    assert works(evidence)


def test_books_that_were_closed_since_are_counted(ours):
    from asterism.store.ledger.models import Closing

    seat = ours.owner
    version(seat, told={"closings": 1})
    of = campaign(seat)
    for number in (1, 2, 3):
        add(seat, Closing, campaign=of, number=number, rule="last_click 1")
    assert learning_page(seat).fresh == 2
