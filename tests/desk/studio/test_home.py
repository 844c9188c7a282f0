"""The first page says what matters most, and leads from nothing to a plan."""

from datetime import timedelta

import pytest

from asterism.desk.studio.home import home_of
from asterism.desk.studio.tasks import NewTask, tick, write_down
from asterism.store.ledger.models import Campaign, Task
from asterism.store.ledger.places import catalogue_of
from asterism.store.ledger.scope import add
from tests.planned import drafted, planning
from tests.studio import NOW, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def ours():
    """A workspace with a member of each role."""
    return place()


def steps(seat):
    """The steps as they stand: + done, > the next one."""
    return "".join("+" if step.done else ">" if step.current else "." for step in home_of(seat).steps)


def test_an_empty_workspace_is_led_to_a_plan_step_by_step(ours):
    assert steps(ours.owner) == ">.."
    (catalogue_of(ours.owner.workspace) / "creators" / "_delta_log").mkdir(parents=True)
    assert steps(ours.owner) == "+>."
    assert home_of(ours.owner).sentence == "Next: write a brief."
    campaign = planning(ours.owner)
    assert steps(ours.owner) == "++>"
    drafted(ours.owner, campaign)
    assert steps(ours.owner) == ""


def test_a_brief_may_come_before_creators(ours):
    planning(ours.owner)
    assert steps(ours.owner) == ">+."


def test_what_is_late_comes_before_what_is_due_and_that_before_what_runs(ours):
    campaign = planning(ours.owner)
    drafted(ours.owner, campaign)
    says = lambda: home_of(ours.owner).sentence  # noqa: E731
    assert says() == "1 plan waits for a decision."
    Campaign.objects.update(state="running")
    assert says() == "Nothing is due. 1 campaign is running."
    Campaign.objects.update(state="signed")
    assert says() == "Next: invite the creators of 1 signed campaign."
    write_down(ours.owner, NewTask(title="Later", due=NOW.date() + timedelta(days=30)))
    write_down(ours.owner, NewTask(title="Due", due=NOW.date() + timedelta(days=2)))
    assert says() == "1 task is due by the day after tomorrow."
    write_down(ours.owner, NewTask(title="Late", due=NOW.date() - timedelta(days=1)))
    tick(ours.owner, write_down(ours.owner, NewTask(title="Done", due=NOW.date() - timedelta(days=1))).pk)
    assert says() == "1 task is late."
    assert [task.text for task in home_of(ours.owner).tasks] == ["Late", "Due"]


def test_a_day_is_the_workspaces_own(ours):
    ours.owner.workspace.timezone = "Pacific/Kiritimati"
    add(ours.owner, Task, title="Yesterday over there", due=NOW.date())
    assert home_of(ours.owner).late == 1


def test_another_workspaces_things_are_not_shown(ours):
    theirs = place("Borealis")
    add(theirs.owner, Task, title="Theirs", due=NOW.date())
    planning(theirs.owner)
    shown = home_of(ours.owner)
    assert (shown.tasks, shown.campaigns, dict(shown.counted)) == ((), [], {})
