"""Jobs: long work that is asked for now, done by the worker, and done once even if the worker dies in between."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django_tasks import task

from asterism.errors import AsterismError, Conflict
from asterism.store.ledger.hooks import ring_for
from asterism.store.ledger.models import Campaign, Job, Member
from asterism.store.ledger.scope import add, rows, together
from asterism.store.ledger.seats import Seat

ATTEMPTS: Final = 3
"""How often a job is begun before it is given up."""
PACE: Final = 0.5
"""Seconds between two lines of progress, at least."""
OPEN: Final = ("waiting", "running")
_LOG = logging.getLogger(__name__)
_DEFECT: Final = {
    "what": "Something failed on our side; nothing was half done.",
    "fix": "Try again. If it fails again, tell whoever runs this studio: its log says where.",
}
_ENDED: Final = {
    "what": f"The work was begun {ATTEMPTS} times, and the worker ended each time before it was done.",
    "fix": "There may be too little memory for it: try with fewer creators or a smaller file.",
}

Finish = Callable[[], dict[str, Any]]
"""Keeps what the work came to, and returns it in short: it happens together with the end of the job, or not at all."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a handler is given: for whom, what was asked, and whom to tell how far it is (words and a share)."""

    seat: Seat
    job: Job
    tell: Callable[[str, float], None]

    @property
    def asks(self) -> dict[str, Any]:
        """What was asked."""
        return dict(self.job.asks)


Handler = Callable[[Work], Finish]
HANDLERS: Final[dict[str, Handler]] = {}
"""Kind of job → what does it; each area of the desk registers its own."""


def register(kind: str) -> Callable[[Handler], Handler]:
    """Make a function the handler of a kind of job.

    It does the long work and must bear being done again; what it returns is called once, in one transaction with the
    end of the job.
    """

    def keep(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return keep


def enqueue(seat: Seat, kind: str, asks: Mapping[str, Any], campaign: Campaign | None = None) -> Job:
    """A job that waits for the worker; the one that stands where the same is asked again before it ended."""
    with together():
        for standing in rows(seat, Job).filter(kind=kind, campaign=campaign, state__in=OPEN)[:50]:
            if standing.asks == dict(asks):
                return standing
        fields = {"asks": dict(asks), "campaign": campaign, "by": seat.user, "what": "Waiting for its turn"}
        job = add(seat, Job, kind=kind, **fields)
        run.enqueue(job.pk)  # the queue is a table too: both rows are committed, or none
    return job


@task()
def run(key: int) -> None:
    """Do the job of a key, if it still waits; whatever comes of it is written into its row."""
    job = _claimed(key)
    if job is None:
        return
    try:
        finish = HANDLERS[job.kind](Work(_seat_of(job), job, _Teller(key)))
        with transaction.atomic():
            _end(job, "done", what="Done", share=1.0, result=finish())
    except AsterismError as error:
        told = {"what": error.what, "fix": error.fix, "kind": type(error).__name__}
        _end(job, "failed", what="Stopped", error=told)
    except Exception:  # noqa: BLE001 — whatever it is, the row must say that it ended
        _LOG.exception("job %s of kind %s failed", key, job.kind)
        _end(job, "failed", what="Stopped", error=_DEFECT)


def resume() -> int:
    """How many jobs wait again that a worker which died had left; call it while no other worker runs.

    A job that was begun `ATTEMPTS` times is given up, in plain words.
    """
    with transaction.atomic():
        _forget_queue()
        left = list(Job.objects.filter(state__in=OPEN).order_by("id"))
        given_up = [job.pk for job in left if job.state == "running" and job.attempts >= ATTEMPTS]
        Job.objects.filter(pk__in=given_up).update(state="failed", error=_ENDED, what="Stopped", ended_at=_now())
        again = [job.pk for job in left if job.pk not in given_up]
        Job.objects.filter(pk__in=again).update(state="waiting", share=0.0, what="Waiting for its turn")
        for key in again:
            run.enqueue(key)
    return len(again)


def open_jobs(seat: Seat, campaign: Campaign | None = None) -> list[Job]:
    """The jobs of the workspace, or of one campaign, that wait or run."""
    query = rows(seat, Job).filter(state__in=OPEN)
    return list((query if campaign is None else query.filter(campaign=campaign))[:20])


def _claimed(key: int) -> Job | None:
    """The job, now running here; None where it does not wait, as when two were told to do it."""
    fields = {"state": "running", "attempts": F("attempts") + 1, "beat_at": _now(), "what": "Starting"}
    if not Job.objects.filter(pk=key, state="waiting").update(**fields):
        return None
    return Job.objects.select_related("workspace", "by", "campaign").get(pk=key)


def _seat_of(job: Job) -> Seat:
    """The seat of who asked, with the role they have now; nobody's where they are no member any more."""
    member = Member.objects.select_related("user").filter(workspace=job.workspace, user_id=job.by_id).first()
    return Seat(job.workspace, member, "job", _now())


def _end(job: Job, state: str, **fields: Any) -> None:
    mine = Job.objects.filter(pk=job.pk, state="running", attempts=job.attempts)
    if not mine.update(state=state, ended_at=_now(), **fields):
        raise Conflict("Somebody else went on with this work.")
    told = {
        "action": f"job.{state}",
        "kind": "job",
        "row": job.pk,
        "campaign": job.campaign_id,
        "facts": {"kind": job.kind},
    }
    ring_for(job.workspace, f"job.{state}", _now(), told)


def _forget_queue() -> None:
    """Empty the queue: the rows of `Job` alone say what is to be done."""
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.filter(task_path=run.module_path).delete()


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class _Teller:
    """Writes how far a job is, at most once in `PACE` seconds and never backwards."""

    key: int
    share: float = 0.0
    next_at: float = field(default=0.0)

    def __call__(self, what: str, share: float) -> None:
        self.share = min(max(self.share, share), 1.0)
        if time.monotonic() < self.next_at:
            return
        self.next_at = time.monotonic() + PACE
        Job.objects.filter(pk=self.key, state="running").update(what=what[:200], share=self.share, beat_at=_now())
