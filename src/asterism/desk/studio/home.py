"""A workspace at a glance: what waits for somebody, what is running, and the one next step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from asterism.campaigns.course import TONES
from asterism.desk.studio.jobs import JobPage, shown
from asterism.desk.studio.tasks import Todo, all_todos
from asterism.store.ledger.campaigns import listed, per_state
from asterism.store.ledger.jobs import open_jobs
from asterism.store.ledger.models import Campaign
from asterism.store.ledger.places import has_creators
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

SHOWN: Final = 8
"""Tasks and campaigns on the first page."""
AHEAD: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Step:
    """One step from nothing to a plan: done, the next one, or still to come."""

    name: str
    title: str
    done: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Home:
    """`home.html.j2`: the answer in a sentence, the steps of a first run, tasks, campaigns, and work that goes on."""

    sentence: str
    steps: tuple[Step, ...]
    tasks: tuple[Todo, ...]
    due: int
    late: int
    campaigns: list[Campaign]
    counted: Mapping[str, int]
    tones: Mapping[str, str]
    jobs: list[JobPage]
    any_creators: bool
    today: Any


def home_of(seat: Seat) -> Home:
    """What a member sees first."""
    seat.insist("see")
    today = seat.now.astimezone(ZoneInfo(seat.workspace.timezone)).date()
    counted = per_state(seat)
    any_creators, any_campaigns = has_creators(seat.workspace), bool(counted)
    any_plan = any(counted.get(state) for state in ("signed", "running", "done")) or _planned(seat, counted)
    due = [one for one in all_todos(seat) if one.due and one.due <= today + AHEAD]
    late = sum(one.tone == "bad" for one in due)
    return Home(
        sentence=_sentence(any_creators, counted, len(due), late),
        steps=() if any_plan else first_steps(any_creators, any_campaigns),
        tasks=tuple(due[:SHOWN]),
        due=len(due),
        late=late,
        campaigns=list(listed(seat).exclude(state__in=("done", "cancelled"))[:SHOWN]),
        counted=counted,
        tones=TONES,
        jobs=[shown(job, seat.now) for job in open_jobs(seat)],
        any_creators=any_creators,
        today=today,
    )


def first_steps(any_creators: bool, any_campaigns: bool) -> tuple[Step, ...]:
    """The way from an empty workspace to a plan."""
    done = (any_creators, any_campaigns, False)
    current = done.index(False)
    named = (("bring", "Bring creators"), ("brief", "Write a brief"), ("plan", "Read the plan"))
    return tuple(Step(name, title, done[at], at == current) for at, (name, title) in enumerate(named))


def _planned(seat: Seat, counted: Mapping[str, int]) -> bool:
    """Whether any campaign has a draft of a plan."""
    return bool(counted) and rows(seat, Campaign).filter(drafts__isnull=False).exists()


def _sentence(any_creators: bool, counted: Mapping[str, int], due: int, late: int) -> str:
    """What matters most on this page, in one sentence."""
    if not counted:
        return "Next: write a brief." if any_creators else "Micro, macro, or both? Three steps to an answer."
    if late:
        return f"{_some(late, 'task is', 'tasks are')} late."
    if due:
        return f"{_some(due, 'task is', 'tasks are')} due by the day after tomorrow."
    signed, planning, running = (counted.get(state, 0) for state in ("signed", "planning", "running"))
    if signed:
        return f"Next: invite the creators of {_some(signed, 'signed campaign', 'signed campaigns')}."
    if planning:
        return f"{_some(planning, 'plan waits', 'plans wait')} for a decision."
    if running:
        return f"Nothing is due. {_some(running, 'campaign is', 'campaigns are')} running."
    return "Nothing is due."


def _some(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"
