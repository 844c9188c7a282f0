"""Tasks come from the state of campaigns and are ticked off; the calendar shows what goes out, and is followed."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from asterism.desk.studio.tasks import Wanted, todos
from asterism.store.ledger.models import Deliverable, Event, Payment, Task
from asterism.store.ledger.scope import add
from tests.studio import campaign, collaboration, creator, place

pytestmark = pytest.mark.django_db


def at_now(here, role="owner"):
    return here.seat(role, now=timezone.now())


def test_a_collaboration_that_waits_for_the_team_is_a_task_and_is_ticked_off():
    here = place()
    seat = at_now(here)
    row = collaboration(seat, state="draft")
    shown = here.client().get(f"/w/{here.slug}/tasks").content.decode()
    assert "Answer @ana&#39;s draft" in shown
    task = re.search(r'name="task" value="(\w+)"', shown)[1]
    client = here.client("manager")
    assert client.post(f"/w/{here.slug}/tasks/done", {"task": task}).status_code == 303
    assert "Answer @ana" not in client.get(f"/w/{here.slug}/tasks").content.decode()
    assert client.post(f"/w/{here.slug}/tasks/done", {"task": task}).status_code == 409
    assert Event.objects.filter(action="task.done", collaboration=row.pk).exists()


def test_what_is_late_is_said_in_words_and_comes_first():
    here = place()
    old = here.seat(now=timezone.now() - timedelta(days=30))
    collaboration(old, state="draft")
    collaboration(at_now(here), of=campaign(old, "Other"), who=creator(old, "bea"), state="draft")
    found = todos(at_now(here), Wanted())
    assert found.sentence == "2 things are to be done; 1 is late."
    assert (found.shown[0].text, found.shown[0].tone) == ("Answer @ana's draft", "bad")
    assert [one.text for one in todos(at_now(here), Wanted(late=True)).shown] == ["Answer @ana's draft"]


def test_who_proposed_a_payment_is_not_asked_to_approve_it():
    here = place()
    seat = at_now(here)
    row = collaboration(seat, state="measured")
    add(seat, Payment, collaboration=row, currency="USD", cents=5, proposed_by=seat.user)
    mine = [one.text for one in todos(seat, Wanted(whose="mine")).shown]
    theirs = [one.text for one in todos(at_now(here, "manager"), Wanted(whose="mine")).shown]
    assert "Approve or reject the payment to @ana" not in mine
    assert "Approve or reject the payment to @ana" in theirs


def test_members_write_down_tasks_of_their_own():
    here = place()
    client = here.client("manager")
    wish = {"title": "<b>Call</b> Ana", "due": "2026-12-01", "owner": here.members["analyst"].pk}
    assert client.post(f"/w/{here.slug}/tasks/add", wish).status_code == 303
    assert "&lt;b&gt;Call" in client.get(f"/w/{here.slug}/tasks").content.decode()
    key = Task.objects.get().pk
    assert client.post(f"/w/{here.slug}/tasks/{key}/done").status_code == 303
    assert client.post(f"/w/{here.slug}/tasks/{key}/done").status_code == 409
    assert client.post(f"/w/{here.slug}/tasks/add", {"title": ""}).status_code == 422


def test_campaigns_that_do_not_run_ask_nothing():
    here = place()
    seat = at_now(here)
    collaboration(seat, of=campaign(seat, state="planning"), state="draft")
    assert todos(seat, Wanted()).shown == ()


def test_the_calendar_shows_posts_and_what_is_due():
    here = place()
    seat = at_now(here)
    row = collaboration(seat, state="scheduled")
    Deliverable.objects.filter(collaboration=row).update(live_on=seat.today, state="scheduled")
    shown = here.client().get(f"/w/{here.slug}/calendar").content.decode()
    assert "@ana: reel on instagram" in shown
    assert "1 post goes out in this month" in shown
    other = here.client().get(f"/w/{here.slug}/calendar?year=2031&month=5").content.decode()
    assert "Nothing stands in this month" in other


@pytest.mark.parametrize("query", ["year=1", "month=13", "year=x", "campaign=999"])
def test_a_month_that_is_none_is_refused(query):
    here = place()
    assert here.client().get(f"/w/{here.slug}/calendar?{query}").status_code in (404, 422)


def test_posts_on_a_day_without_publishing_are_marked():
    here = place()
    seat = at_now(here)
    day = seat.today.isoformat()
    row = collaboration(seat, of=campaign(seat, brief={"blackout": [{"from": day, "to": day}]}), state="scheduled")
    Deliverable.objects.filter(collaboration=row).update(live_on=seat.today, state="scheduled")
    shown = here.client().get(f"/w/{here.slug}/calendar").content.decode()
    assert "stands on a day on which nothing goes out" in shown


def test_a_feed_is_followed_by_its_secret_until_a_new_one_is_made():
    here = place()
    seat = at_now(here)
    row = collaboration(seat, state="scheduled")
    Deliverable.objects.filter(collaboration=row).update(live_on=seat.today, state="scheduled")
    client = here.client("viewer")
    shown = client.post(f"/w/{here.slug}/calendar/feed").content.decode()
    address = re.search(r"http://testserver(/feeds/[\w-]+\.ics)", shown)[1]
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:@ana: reel on instagram" in answer.content.decode()
    client.post(f"/w/{here.slug}/calendar/feed")
    assert Client().get(address).status_code == 404
    here.members["viewer"].delete()


def test_tasks_and_calendar_ask_few_questions(django_assert_max_num_queries):
    here = place()
    seat = at_now(here)
    of = campaign(seat)
    for number in range(30):
        collaboration(seat, of=of, who=creator(seat, f"c{number}"), state="draft", deliverables=2)
    client = here.client()
    for address in ("tasks", "calendar"):
        with django_assert_max_num_queries(14):
            assert client.get(f"/w/{here.slug}/{address}").status_code == 200


def test_what_is_a_creators_to_do_is_no_task_of_the_team():
    here = place()
    seat = at_now(here)
    collaboration(seat, state="briefed")
    assert "Hand in the draft" not in [one.text for one in todos(seat, Wanted()).shown]
