"""Two programs at once: one request is done and the other gets its answer; one change stands and the other is told."""

from collections import Counter

from asterism.desk.studio import webhooks
from asterism.desk.studio.webhooks import NewHook
from asterism.store.ledger import hooks
from asterism.store.ledger.models import Brand, Hook, HookDelivery
from asterism.store.ledger.once import Answered, answer_once
from asterism.store.ledger.scope import add, rows
from tests.faces.api.conftest import program
from tests.store.ledger.postgres import databases, postgres_folder, real_ledger
from tests.store.ledger.test_racing import at_once, here

__all__ = ["databases", "here", "postgres_folder", "real_ledger"]
WISH = {"url": "http://127.0.0.1:1/", "events": ["payment.sent"]}


def test_of_many_with_one_key_one_acts_and_all_get_its_answer(here):
    def do():
        return Answered(201, {"id": add(here.owner, Brand, name="Aurora").pk})

    outcomes = at_once(*[lambda: answer_once(here.owner, "k", "a", do)] * 6)
    assert {one.answer["id"] for one in outcomes} == {rows(here.owner, Brand).get().pk}
    assert Counter(one.replayed for one in outcomes) == {True: 5, False: 1}


def test_the_same_post_at_once_adds_one_row(here):
    programs = [program(here)] * 4
    answers = at_once(*[lambda p=p: p.post("/webhooks", WISH, Idempotency_Key="k") for p in programs])
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["webhook"]["id"] for answer in answers}) == 1
    assert rows(here.owner, Hook).count() == 1


def test_of_two_changes_of_what_was_read_one_stands_and_the_other_is_told(here, monkeypatch):
    who = program(here)
    path = f"/webhooks/{who.post('/webhooks', WISH).json()['webhook']['id']}"
    tag = who.get(path).headers["ETag"]
    changes = [{"events": ["job.done"]}, {"events": ["job.failed"]}, {"active": False}]
    answers = at_once(*[lambda c=c: who.patch(path, c, If_Match=tag) for c in changes])
    assert sorted(answer.status_code for answer in answers)[0] == 200
    assert {answer.status_code for answer in answers} <= {200, 409, 412}
    assert [answer.status_code for answer in answers].count(200) == 1


def test_two_callers_never_take_up_the_same_call(here, monkeypatch):
    monkeypatch.setattr(hooks, "AT_ONCE", 10)
    hook, _ = webhooks.add_hook(here.owner, NewHook(**WISH))
    for _ in range(10):
        webhooks.try_hook(here.owner, hook.pk)
    HookDelivery.objects.exclude(hook=hook).update(next_at=None)
    taken = at_once(*[lambda: hooks.take_due(here.owner.now)] * 3)
    keys = [one.pk for due in taken for calls in due.values() for one in calls]
    assert sorted(keys) == sorted(hook.deliveries.values_list("pk", flat=True))
