"""An erasure leaves no copy in ledger, catalogue, letters or files; the accounts stand, and nobody comes back."""

import json
from datetime import timedelta

import pyarrow as pa
import pytest
from django.apps import apps
from django.db import connection

from asterism.creators.tables import SCHEMAS
from asterism.desk.import_ import Choices, import_files
from asterism.desk.studio import privacy as desk
from asterism.desk.studio.jobs import job_page
from asterism.errors import BadInput, Conflict, NotAllowed
from asterism.store.catalogue import Catalogue
from asterism.store.ledger import jobs
from asterism.store.ledger import models as m
from asterism.store.ledger.forgetting import struck
from asterism.store.ledger.places import catalogue_of
from asterism.store.ledger.scope import find
from tests.studio import KEY, place, world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
SECRET = ("zebrafinch", "Zebra Finch", "zebra@finch.test", "c-zebra-77")


def known(seat):
    """Zebra Finch in every corner of a workspace, and in its catalogue."""
    world(seat)
    handle, name, email, key = SECRET
    m.Creator.objects.filter(pk=KEY).update(creator_id=key, handle=handle, name=name, email=email)
    m.Note.objects.filter(pk=KEY).update(text=f"{name} answers quickly")
    m.Message.objects.filter(pk=KEY).update(body=f"Dear {name}", subject=f"Hello @{handle}")
    m.Document.objects.filter(pk=KEY).update(body=f"Dear {name}", title=handle)
    m.Agreement.objects.filter(pk=KEY).update(text=f"Between us and {name}", answered_name=name, terms={"who": handle})
    m.Draft.objects.filter(pk=KEY).update(caption=f"#ad by {handle}")
    m.LivePost.objects.filter(pk=KEY).update(url=f"https://social.test/{handle}/1", post_id=f"{handle}-1")
    m.Task.objects.filter(pk=KEY).update(title=f"Call {name}")
    m.Payment.objects.filter(pk=KEY).update(reference=f"fee {handle}", reason=name)
    m.Cost.objects.filter(pk=KEY).update(remark=f"box for {name}")
    m.Collaboration.objects.filter(pk=KEY).update(pick={"handle": f"@{handle}", "reasons": [f"{name} fits"]})
    m.Listed.objects.filter(pk=KEY).update(shown={"handle": handle}, remark=name)
    m.Campaign.objects.filter(pk=KEY).update(plan={"picks": [{"creator_id": key, "handle": f"@{handle}"}]}, remark=name)
    m.PlanDraft.objects.filter(pk=KEY).update(
        plan={"picks": [{"creator_id": key}]}, page={"html": f"<td>@{handle}</td>"}, locked=[key]
    )
    m.Job.objects.filter(pk=KEY).update(asks={"creator": key}, result={"name": name})
    m.HookDelivery.objects.filter(pk=KEY).update(payload={"handle": handle})
    m.Once.objects.filter(pk=KEY).update(answer={"handle": handle})
    m.Consent.objects.filter(pk=KEY).update(how=f"{name} wrote")
    rows = [{"creator_id": key, "platform": "instagram", "handle": handle, "name": name, "followers": 42_000},
            {"creator_id": "c-other", "platform": "instagram", "handle": "other", "followers": 9_000}]  # fmt: skip
    Catalogue(catalogue_of(seat.workspace)).upsert(
        "creators", pa.Table.from_pylist(rows, schema=SCHEMAS["creators"].arrow)
    )
    mail = catalogue_of(seat.workspace).parents[2] / "mail"
    mail.mkdir(parents=True)
    (mail / "1.log").write_text(f"To: {email}")
    (mail / "2.log").write_text("To: other@creator.test")


def everything_said():
    """Every text in every table of the database."""
    said = []
    for kind in apps.get_models():
        if kind._meta.db_table in connection.introspection.table_names():
            said += [json.dumps(list(row), default=str) for row in kind.objects.values_list()]
    return "\n".join(said)


def erased(here, reason="request"):
    """The end of an erasure that the worker did."""
    job = desk.begin_erasure(here.owner, KEY, reason)
    jobs.run.call(job.pk)
    return find(here.owner, m.Job, job.pk)


def test_nothing_in_the_ledger_names_an_erased_creator():
    here = place()
    known(here.owner)
    assert all(word in everything_said() for word in SECRET)
    job = erased(here)
    assert (job.state, job.error) == ("done", {})
    left = everything_said()
    assert [word for word in SECRET if word.casefold() in left.casefold()] == []


def test_no_file_of_the_data_directory_names_an_erased_creator(home):
    here = place()
    known(here.owner)
    erased(here)
    paths = [path for path in home.rglob("*") if path.is_file()]
    assert paths
    holding = [path for path in paths for word in SECRET if word.encode() in path.read_bytes()]
    assert holding == []
    assert (home / "mail" / "2.log").exists()


def test_the_accounts_stand_and_the_stub_says_only_that_somebody_was_erased():
    here = place()
    known(here.owner)
    erased(here)
    stub = find(here.owner, m.Creator, KEY)
    assert (stub.handle, stub.name, stub.email, stub.creator_id) == ("", "", "", f"erased-{KEY}")
    assert stub.erased_at is not None
    assert find(here.owner, m.Payment, KEY).cents == 50_000
    assert find(here.owner, m.Agreement, KEY).hash == "0" * 64
    assert find(here.owner, m.Cost, KEY).cents == 1_000
    told = m.Event.objects.get(action="privacy.erased")
    assert told.row == KEY
    with pytest.raises(Conflict, match="erased already"):
        desk.begin_erasure(here.owner, KEY, "again")


def test_an_import_that_holds_an_erased_creator_is_refused_for_that_row_with_the_reason(tmp_path):
    here = place()
    known(here.owner)
    erased(here)
    table = tmp_path / "creators.csv"
    table.write_text(
        f"creator_id,platform,handle,followers\n{SECRET[3]},instagram,{SECRET[0]},42000\nc-new,instagram,new,1000\n"
    )
    catalogue = catalogue_of(here.owner.workspace)
    (done,) = import_files([str(table)], Choices("creators", None, None, catalogue))
    assert (done.accepted, done.rejected) == (1, 1)
    rejects = Catalogue(catalogue).read("rejects").to_pylist()
    assert any("erased on request" in one["reason"] for one in rejects)
    assert not any(SECRET[0] in str(one) for one in rejects)


def test_a_reason_that_names_the_creator_is_refused():
    here = place()
    known(here.owner)
    with pytest.raises(BadInput, match="would outlive the erasure"):
        desk.begin_erasure(here.owner, KEY, "Zebra Finch asked")
    with pytest.raises(BadInput, match="needs a reason"):
        desk.begin_erasure(here.owner, KEY, "  ")


def test_an_erasure_that_was_cut_off_is_completed_by_the_next(monkeypatch):
    here = place()
    known(here.owner)
    monkeypatch.setattr(desk, "forget_creator", lambda *_: 1 / 0)
    assert erased(here).state == "failed"
    assert find(here.owner, m.Creator, KEY).erased_at is None
    monkeypatch.undo()
    assert erased(here, "again").state == "done"
    assert [word for word in SECRET if word.casefold() in everything_said().casefold()] == []


def test_everything_kept_is_told_with_source_and_without_secrets():
    here = place()
    known(here.owner)
    told = desk.held(here.owner, KEY)
    assert told["ledger"]["creator"][0]["email"] == SECRET[2]
    assert told["ledger"]["message"][0]["body"] == f"Dear {SECRET[1]}"
    assert any(entry["values"].get("handle") == SECRET[0] for entry in told["catalogue"]["entries"])
    assert "secret_hash" not in json.dumps(told, default=str)


def test_requests_come_and_are_answered_and_the_sentence_counts_them():
    here = place()
    known(here.owner)
    m.PrivacyRequest.objects.all().update(done_at=here.owner.now)
    assert desk.privacy_of(here.owner).sentence == "Nothing is asked of you under privacy law today."
    made = desk.ask(here.owner, KEY, "erasure")
    assert (made.due - here.owner.today).days == 30
    late = here.seat(now=here.owner.now + timedelta(days=31))
    assert desk.privacy_of(late).sentence == "1 request waits, 1 late; 0 notices are due."
    desk.settle(here.owner, made.pk)
    with pytest.raises(Conflict, match="answered already"):
        desk.settle(here.owner, made.pk)


def test_the_erasure_answers_the_request_for_it():
    here = place()
    known(here.owner)
    made = desk.ask(here.owner, KEY, "erasure")
    erased(here)
    assert m.PrivacyRequest.objects.get(pk=made.pk).done_at is not None


def test_a_notice_is_due_until_it_is_noted_as_sent():
    here = place()
    known(here.owner)
    m.Creator.objects.filter(pk=KEY).update(notice_due=here.owner.today)
    assert desk.privacy_of(here.owner).notices_due == 1
    desk.notified(here.owner, KEY)
    assert desk.privacy_of(here.owner).notices == ()


def test_old_rows_go_by_a_job():
    here = place()
    known(here.owner)
    job = desk.begin_expiry(here.owner)
    jobs.run.call(job.pk)
    assert job_page(here.owner, job.pk).job.state == "done"


@pytest.mark.parametrize("role", ["viewer", "analyst", "manager"])
def test_only_owners_decide_on_privacy(role):
    here = place()
    known(here.owner)
    seat = here.seat(role)
    deeds = (
        lambda: desk.privacy_of(seat), lambda: desk.held(seat, KEY), lambda: desk.begin_erasure(seat, KEY, "request"),
        lambda: desk.begin_expiry(seat), lambda: desk.ask(seat, KEY, "access"), lambda: desk.erasing(seat, KEY),
    )  # fmt: skip
    for deed in deeds:
        with pytest.raises(NotAllowed, match="may not do that"):
            deed()


@pytest.mark.parametrize(
    ("text", "after"),
    [("banana", "banana"), ("@ana!", "@erased!"), ("ANA", "erased"), ("ana.b", "erased.b"), ("anab", "anab")],
)
def test_a_name_is_struck_out_as_a_word(text, after):
    assert struck({"a": [text]}, ["ana"]) == {"a": [after]}


def test_whoever_asks_twice_for_the_same_has_asked_once():
    here = place()
    known(here.owner)
    m.PrivacyRequest.objects.all().delete()
    first = desk.ask(here.owner, KEY, "erasure")
    assert desk.ask(here.owner, KEY, "erasure").pk == first.pk
    with pytest.raises(BadInput, match="Choose access, erasure or objection"):
        desk.ask(here.owner, KEY, "party")
    assert m.PrivacyRequest.objects.count() == 1
