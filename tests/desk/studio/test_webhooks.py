"""Webhooks: queued with what they tell of, called side by side, tried again, made again, removed."""

import json
from datetime import timedelta

import pytest

from asterism.campaigns.news import NEWS, news_of
from asterism.desk.studio import webhooks as desk
from asterism.desk.studio.collaborations import DONE
from asterism.desk.studio.webhooks import HookChange, NewHook, deliver_due, tidy
from asterism.errors import BadInput, Conflict, NotAllowed, NotFound
from asterism.store.ledger import calls, hooks
from asterism.store.ledger.models import Brand, Event, Hook, HookDelivery
from asterism.store.ledger.scope import add, together
from asterism.store.ledger.signatures import HEADER, verify
from asterism.store.ledger.trail import record
from tests.receiver import Receiver
from tests.studio import NOW, campaign, place

pytestmark = pytest.mark.django_db
SIGNED = "campaign.signed"


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def here():
    return place()


def listening(here, url, *events):
    """A webhook and its secret."""
    return desk.add_hook(here.owner, NewHook(url=url, events=list(events or (SIGNED,))))


def sign_in_vain(here):
    """A campaign is signed, and what comes with it is refused."""
    with together():
        record(here.owner, SIGNED, campaign(here.owner))
        for _ in range(2):
            add(here.owner, Brand, name="Twice")


def states(hook):
    return list(hook.deliveries.order_by("id").values_list("state", flat=True))


# -- what is told ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", list(DONE))
def test_every_step_of_a_collaboration_is_news(step):
    assert news_of(f"collaboration.{DONE[step]}") == "collaboration.moved"


def test_no_action_stands_behind_two_events():
    actions = [action for news in NEWS.values() for action in news.actions]
    assert len(actions) == len(set(actions))


def test_a_call_is_queued_with_the_entry_of_the_trail_or_not_at_all(here):
    hook, _ = listening(here, "http://127.0.0.1:1/")
    with pytest.raises(Conflict, match="stands already"):
        sign_in_vain(here)
    assert states(hook) == []
    made = campaign(here.owner)
    event = record(here.owner, SIGNED, made, cents=5)
    (queued,) = hook.deliveries.all()
    assert queued.payload == {
        "id": f"call-{queued.pk}", "event": SIGNED, "at": event.made_at.isoformat(), "workspace": here.slug,
        "data": {"action": SIGNED, "via": "page", "kind": "campaign", "row": made.pk, "campaign": made.pk,
                 "collaboration": None, "facts": {"cents": 5}},
    }  # fmt: skip


def test_only_those_who_listen_are_called(here):
    mine, _ = listening(here, "http://127.0.0.1:1/")
    other, _ = listening(here, "http://127.0.0.1:1/", "payment.sent")
    stopped, _ = listening(here, "http://127.0.0.1:1/")
    desk.change_hook(here.owner, stopped.pk, HookChange(active=False))
    elsewhere, _ = listening(place("Borealis"), "http://127.0.0.1:1/")
    record(here.owner, SIGNED, campaign(here.owner))
    record(here.owner, "member.invited")
    assert [hook.deliveries.count() for hook in (mine, other, stopped, elsewhere)] == [1, 0, 0, 0]


def test_an_event_costs_one_question_where_nobody_listens(here, django_assert_num_queries):
    made = campaign(here.owner)
    with django_assert_num_queries(2):
        record(here.owner, SIGNED, made)
    with django_assert_num_queries(1):
        record(here.owner, "note.added", made)


# -- calls ----------------------------------------------------------------------------------------------------------


def test_a_call_is_signed_dated_and_made_once(here, receiver):
    hook, secret = listening(here, receiver.url("/ok"))
    record(here.owner, SIGNED, campaign(here.owner))
    assert deliver_due(NOW) == 1
    assert deliver_due(NOW + timedelta(days=2)) == 0
    ((_, headers, body),) = receiver.got
    assert verify(secret, headers[HEADER], body, NOW)
    assert headers["Content-Type"] == "application/json"
    assert (headers["Asterism-Event"], headers["Asterism-Call"]) == (SIGNED, json.loads(body)["id"])
    done = hook.deliveries.get()
    assert (done.state, done.attempts, done.status, done.answered, done.next_at) == (
        "delivered",
        1,
        200,
        "Taken.",
        None,
    )


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [("/failing", 500, "Out of order"), ("/redirect", 302, ""), ("/hang", None, "No answer within 0.2 seconds.")],
)
def test_a_call_that_is_not_taken_is_made_eight_times_within_a_day(here, receiver, monkeypatch, path, status, says):
    monkeypatch.setattr(calls, "TIMEOUT", 0.2)
    hook, _ = listening(here, receiver.url(path))
    record(here.owner, SIGNED, campaign(here.owner))
    now, times = NOW, []
    while (one := hook.deliveries.get()).state == "waiting":
        assert deliver_due(one.next_at - timedelta(seconds=1)) == 0
        now = one.next_at
        times.append(now)
        assert deliver_due(now) == 1
    assert len(times) == len(receiver.got) == 8
    assert timedelta(hours=12) < times[-1] - NOW < timedelta(days=1)
    assert (one.state, one.status, one.attempts) == ("failed", status, 8)
    assert says in one.answered
    assert deliver_due(now + timedelta(days=9)) == 0


def test_one_that_hangs_keeps_nobody_else_waiting(here, receiver, monkeypatch):
    monkeypatch.setattr(calls, "TIMEOUT", 0.2)
    bad, _ = listening(here, receiver.url("/hang"))
    good, _ = listening(here, receiver.url("/ok"))
    for _ in range(3):
        record(here.owner, SIGNED, campaign(here.owner))
    assert deliver_due(NOW) == 4
    assert states(good) == ["delivered"] * 3
    assert [path for path, *_ in receiver.got].count("/hang") == 1
    assert [one.attempts for one in bad.deliveries.order_by("id")] == [1, 0, 0]
    assert all(one.next_at > NOW for one in bad.deliveries.all())


def test_a_backlog_of_one_leaves_room_for_others(here, receiver, monkeypatch):
    monkeypatch.setattr(hooks, "AT_ONCE", 2)
    monkeypatch.setattr(hooks, "HOOKS_AT_ONCE", 2)
    listening(here, receiver.url("/failing"))
    for _ in range(5):
        record(here.owner, SIGNED, campaign(here.owner))
    few, _ = listening(here, receiver.url("/ok"))
    record(here.owner, SIGNED, campaign(here.owner))
    deliver_due(NOW)
    assert states(few) == ["delivered"]


def test_a_call_that_was_taken_up_is_nobody_elses_until_its_lease_is_over(here):
    listening(here, "http://127.0.0.1:1/")
    record(here.owner, SIGNED, campaign(here.owner))
    assert sum(map(len, hooks.take_due(NOW).values())) == 1
    assert hooks.take_due(NOW) == {}
    assert hooks.take_due(NOW + hooks.LEASE - timedelta(seconds=1)) == {}
    assert sum(map(len, hooks.take_due(NOW + hooks.LEASE).values())) == 1


def test_outside_development_private_targets_are_refused_typed_or_called(here, receiver, monkeypatch):
    listening(here, receiver.url("/ok"))
    record(here.owner, SIGNED, campaign(here.owner))
    monkeypatch.setattr(hooks, "may_call_anywhere", lambda: False)
    with pytest.raises(BadInput, match="https alone"):
        listening(here, receiver.url("/ok"))
    deliver_due(NOW)
    assert receiver.got == []
    assert HookDelivery.objects.get().answered == "A webhook is called by https alone."


# -- what owners do -------------------------------------------------------------------------------------------------


def test_a_trial_call_says_nothing(here, receiver):
    hook, _ = listening(here, receiver.url("/ok"))
    desk.try_hook(here.owner, hook.pk)
    deliver_due(NOW)
    assert json.loads(receiver.got[0][2])["event"] == "test"


def test_a_call_made_again_says_the_same_under_the_same_id(here, receiver):
    hook, _ = listening(here, receiver.url("/ok"))
    record(here.owner, SIGNED, campaign(here.owner))
    first = hook.deliveries.get()
    again = desk.replay(here.owner, first.pk)
    deliver_due(NOW)
    assert again.replay_of == first
    assert receiver.got[0][2] == receiver.got[1][2]


@pytest.mark.parametrize(
    ("change", "says"),
    [({"events": ["payment.snet"]}, "no event"), ({"url": "ftp://x/"}, "https alone"), ({"url": "x"}, "no address")],
)
def test_what_cannot_be_listened_for_or_called_is_refused(here, change, says):
    hook, _ = listening(here, "http://127.0.0.1:1/")
    with pytest.raises(BadInput, match=says):
        desk.add_hook(here.owner, NewHook(**{"url": "http://127.0.0.1:1/", "events": [SIGNED], **change}))
    with pytest.raises(BadInput, match=says):
        desk.change_hook(here.owner, hook.pk, HookChange(**change))


def test_a_workspace_has_so_many_webhooks_and_no_more(here, monkeypatch):
    monkeypatch.setattr(desk, "MOST", 1)
    listening(here, "http://127.0.0.1:1/")
    with pytest.raises(Conflict, match="1 webhooks already"):
        listening(here, "http://127.0.0.1:1/")


def test_a_webhook_that_is_removed_is_not_called(here, receiver):
    hook, _ = listening(here, receiver.url("/ok"))
    record(here.owner, SIGNED, campaign(here.owner))
    desk.remove_hook(here.owner, hook.pk)
    assert deliver_due(NOW) == 0
    assert not Hook.objects.exists()
    assert Event.objects.filter(action="webhook.removed").count() == 1


def test_one_that_was_stopped_is_called_when_it_goes_on(here, receiver):
    hook, _ = listening(here, receiver.url("/ok"))
    record(here.owner, SIGNED, campaign(here.owner))
    desk.change_hook(here.owner, hook.pk, HookChange(active=False))
    assert deliver_due(NOW) == 0
    desk.change_hook(here.owner, hook.pk, HookChange(active=True))
    assert deliver_due(NOW) == 1


ASKED = {
    "list": lambda seat, *_: desk.hooks_of(seat),
    "add": lambda seat, *_: desk.add_hook(seat, NewHook(url="http://127.0.0.1:1/", events=[SIGNED])),
    "read": lambda seat, hook, _: desk.hook_of(seat, hook),
    "change": lambda seat, hook, _: desk.change_hook(seat, hook, HookChange(active=False)),
    "remove": lambda seat, hook, _: desk.remove_hook(seat, hook),
    "log": lambda seat, hook, _: desk.log_of(seat, hook),
    "calls": lambda seat, hook, _: desk.calls_of(seat, hook),
    "replay": lambda seat, _, call: desk.replay(seat, call),
    "try": lambda seat, hook, _: desk.try_hook(seat, hook),
}


@pytest.mark.parametrize("asked", list(ASKED.values()), ids=list(ASKED))
def test_webhooks_are_the_owners_matter(here, asked):
    hook, _ = listening(here, "http://127.0.0.1:1/")
    call = desk.try_hook(here.owner, hook.pk)
    with pytest.raises(NotAllowed, match="may not do that"):
        asked(here.seat("manager"), hook.pk, call.pk)


@pytest.mark.parametrize("asked", [ASKED[n] for n in ASKED if n not in ("list", "add")])
def test_another_workspaces_webhook_is_not_found(here, asked):
    hook, _ = listening(here, "http://127.0.0.1:1/")
    call = desk.try_hook(here.owner, hook.pk)
    with pytest.raises(NotFound, match="There is no such"):
        asked(place("Borealis").owner, hook.pk, call.pk)


def test_the_log_comes_in_pages_and_is_forgotten_after_a_month(here, monkeypatch):
    monkeypatch.setattr(desk, "PER_PAGE", 2)
    hook, _ = listening(here, "http://127.0.0.1:1/")
    for _ in range(5):
        desk.try_hook(here.owner, hook.pk)
    pages = [desk.log_of(here.owner, hook.pk, number) for number in (1, 2, 3, 99, 0)]
    assert [(p.number, p.of, len(p.calls)) for p in pages] == [(1, 3, 2), (2, 3, 2), (3, 3, 1), (3, 3, 1), (1, 3, 2)]
    HookDelivery.objects.filter(pk=pages[0].calls[0].row.pk).update(state="failed")
    assert tidy(NOW + hooks.KEPT) == 0
    assert tidy(NOW + hooks.KEPT + timedelta(seconds=1)) == 1  # those that wait stay
