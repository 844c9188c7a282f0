"""Jobs are done once, tell how far they are, end in plain words, and survive the death of their worker."""

import os
import signal
import subprocess
import sys
import time

import pytest

from asterism.errors import BadInput
from asterism.store.ledger import jobs
from asterism.store.ledger.jobs import ATTEMPTS, HANDLERS, enqueue, open_jobs, register, resume, run
from asterism.store.ledger.models import Brand, Job, Member
from asterism.store.ledger.scope import add, save
from tests.studio import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def does():
    """A kind of work of this test's own: `does(handler)`."""
    yield register("test")
    HANDLERS.pop("test", None)


@pytest.fixture
def seat():
    """The owner of a workspace."""
    return place().owner


def kept(work):
    """Work that adds a brand when it ends."""
    return lambda: {"brand": add(work.seat, Brand, name=work.asks["name"]).pk}


def ready():
    """How many rows of the queue wait."""
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.filter(status="READY").count()


def test_a_job_is_done_once_however_often_it_is_called(seat, does):
    does(kept)
    job = enqueue(seat, "test", {"name": "Lumen"})
    assert (job.state, ready()) == ("waiting", 1)
    run.call(job.pk)
    run.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.share, job.attempts) == ("done", 1.0, 1)
    assert job.result == {"brand": Brand.objects.get(name="Lumen").pk}


def test_the_same_asked_again_before_it_ended_is_the_same_job(seat, does):
    does(kept)
    first, again = (enqueue(seat, "test", {"name": "Lumen"}) for _ in range(2))
    other = enqueue(seat, "test", {"name": "Umbra"})
    assert first.pk == again.pk != other.pk
    assert ready() == 2
    run.call(first.pk)
    assert enqueue(seat, "test", {"name": "Lumen"}).pk != first.pk


def test_the_same_asked_in_another_workspace_is_another_job(seat, does):
    does(kept)
    other = place("Borealis").owner
    assert enqueue(seat, "test", {"name": "x"}).pk != enqueue(other, "test", {"name": "x"}).pk
    assert [job.workspace for job in open_jobs(other)] == [other.workspace]


def test_what_an_error_of_ours_says_is_kept(seat, does):
    def refuses(work):
        raise BadInput("The file is empty.", "Bring another.")

    does(refuses)
    job = enqueue(seat, "test", {})
    run.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error["what"], job.error["fix"]) == ("failed", "The file is empty.", "Bring another.")


def test_a_defect_is_logged_and_not_shown(seat, does, caplog):
    def breaks(work):
        raise ZeroDivisionError("secret detail")

    does(breaks)
    job = enqueue(seat, "test", {})
    run.call(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "secret" not in str(job.error)
    assert "nothing was half done" in job.error["what"]
    assert "secret detail" in caplog.text


def test_what_the_end_keeps_is_undone_where_the_end_fails(seat, does):
    def half(work):
        def finish():
            add(work.seat, Brand, name="Half")
            raise BadInput("It does not fit.")

        return finish

    does(half)
    job = enqueue(seat, "test", {})
    run.call(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert not Brand.objects.filter(name="Half").exists()


def test_a_job_that_was_taken_over_keeps_nothing_of_the_first_attempt(seat, does):
    def slow(work):
        Job.objects.filter(pk=work.job.pk).update(attempts=2)
        return lambda: {"brand": add(work.seat, Brand, name="Late").pk}

    does(slow)
    job = enqueue(seat, "test", {})
    with pytest.raises(jobs.Conflict, match="Somebody else"):
        run.call(job.pk)
    assert not Brand.objects.filter(name="Late").exists()


def test_progress_is_written_seldom_and_never_goes_back(seat, does, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(jobs.time, "monotonic", lambda: clock[0])
    seen = []

    def tells(work):
        for what, share, seconds in (("a", 0.2, 0), ("b", 0.5, 0.3), ("c", 0.4, 0.6), ("d", 3.0, 0.6)):
            clock[0] += seconds
            work.tell(what, share)
            seen.append(Job.objects.values_list("what", "share").get(pk=work.job.pk))
        return dict

    does(tells)
    run.call(enqueue(seat, "test", {}).pk)
    assert seen == [("a", 0.2), ("a", 0.2), ("c", 0.5), ("d", 1.0)]


def test_a_handler_works_with_the_role_that_who_asked_has_now(seat, does):
    roles = []

    def looks(work):
        roles.append(work.seat.role)
        return dict

    does(looks)
    member = Member.objects.get(workspace=seat.workspace, role="analyst")
    from asterism.store.ledger.seats import Seat

    theirs = Seat(seat.workspace, member, "page", seat.now)
    job = enqueue(theirs, "test", {})
    save(seat, member, role="viewer")
    run.call(job.pk)
    other = enqueue(theirs, "test", {"again": True})
    member.delete()
    run.call(other.pk)
    assert roles == ["viewer", ""]


@pytest.mark.parametrize(
    ("state", "attempts", "after"),
    [("waiting", 0, "waiting"), ("running", 1, "waiting"), ("running", ATTEMPTS, "failed"), ("done", 1, "done")],
)
def test_what_a_dead_worker_left_is_taken_up_three_times(seat, state, attempts, after):
    job = add(seat, Job, kind="test", state=state, attempts=attempts, share=0.4)
    expected = int(after == "waiting")
    assert resume() == expected
    assert resume() == expected
    job.refresh_from_db()
    assert job.state == after
    assert ready() == expected
    if after == "failed":
        assert "3 times" in job.error["what"]


WORKER = """
import sys, time
import django; django.setup()
from asterism.store.ledger.jobs import register

@register("slow")
def slow(work):
    with open(sys.argv[1], "a") as begun:
        begun.write(f"{work.job.attempts}\\n")
    while work.job.attempts == 1:
        time.sleep(0.05)
    def finish():
        from asterism.store.ledger.models import Brand
        from asterism.store.ledger.scope import add
        return {"brand": add(work.seat, Brand, name="Once").pk}
    return finish

from asterism.faces.worker import work
work()
"""
SEED = """
import django; django.setup()
from datetime import datetime, UTC
from django.core.management import call_command
call_command("migrate", verbosity=0)
from asterism.store.ledger.people import add_user, add_workspace
from asterism.store.ledger.jobs import enqueue
seat = add_workspace(add_user("a@b.test", "a long and quiet night", "A"), "Aurora", datetime.now(UTC))
print(enqueue(seat, "slow", {}).pk)
"""
LOOK = """
import django; django.setup()
from asterism.store.ledger.models import Brand, Job
job = Job.objects.get()
print(job.state, job.attempts, Brand.objects.filter(name="Once").count())
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_worker_killed_in_the_middle_of_a_job_leaves_it_to_the_next_and_it_is_done_once(tmp_path):
    environment = {**os.environ, "ASTERISM_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "asterism.faces.site"}
    environment.pop("ASTERISM_DATABASE", None)
    begun = tmp_path / "begun"

    def python(code, *more):
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", code, *more], env=environment, stdout=subprocess.PIPE, text=True
        )

    def until(true, seconds=60):
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, "the worker took too long"
            time.sleep(0.1)

    assert python(SEED).communicate()[0].strip() == "1"
    workers = [python(WORKER, str(begun))]
    try:
        until(lambda: begun.exists() and begun.read_text() == "1\n")
        workers[0].send_signal(signal.SIGKILL)
        workers[0].wait()
        assert python(LOOK).communicate()[0].split() == ["running", "1", "0"]
        workers.append(python(WORKER, str(begun)))
        until(lambda: python(LOOK).communicate()[0].split()[0] == "done")
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait()
            worker.stdout.close()
    assert python(LOOK).communicate()[0].split() == ["done", "2", "1"]
    assert begun.read_text() == "1\n2\n"
