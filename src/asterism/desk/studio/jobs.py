"""Long work as people see it: what it is, how far, and what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from asterism.store.ledger.jobs import OPEN
from asterism.store.ledger.models import Job
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

TITLES: Final = {
    "look": "Reading your files",
    "import": "Importing creators",
    "sample": "Making sample creators",
    "plan": "Planning",
    "index": "Reading every creator's figures",
    "profile": "Reading this creator in full",
    "reach": "Counting people once",
    "forecasts": "Keeping the plan's forecasts",
    "outcomes": "Keeping what came of each creator",
    "learn": "Learning from your results",
    "rebook": "Weighing whom to book again",
    "wave": "Planning the next wave",
    "reckon": "Working out what came of it",
    "lift_power": "Trying the test on the past",
    "lift": "Estimating the lift",
    "erase": "Erasing a creator",
    "expire": "Letting old rows go",
}
"""What each kind of work is called while it runs."""

PATIENCE: Final = timedelta(seconds=45)


@dataclass(frozen=True, slots=True)
class JobPage:
    """`job.html.j2` and `job_state.html.j2`: the job, its title, whether it goes on, how far in per cent, its result.

    `unheard` says that it has waited long enough to ask whether the worker runs.
    """

    job: Job
    title: str
    goes_on: bool
    percent: int
    result: dict[str, Any]
    what: str
    fix: str
    unheard: bool = False


def job_page(seat: Seat, key: int) -> JobPage:
    """A job of the workspace, as it stands."""
    seat.insist("see")
    return shown(find(seat, Job, key, "campaign"), seat.now)


def shown(job: Job, now: datetime) -> JobPage:
    """A job in words."""
    title = TITLES.get(job.kind, job.kind.replace("_", " ").capitalize())
    told = {"what": "", "fix": "", **job.error}
    unheard = job.state == "waiting" and now - job.made_at > PATIENCE
    return JobPage(
        job, title, job.state in OPEN, round(100 * job.share), dict(job.result), told["what"], told["fix"], unheard
    )


def all_jobs(seat: Seat) -> Any:
    """The jobs of the workspace, the newest first."""
    seat.insist("see")
    return rows(seat, Job)
