"""Tasks: what the state of all campaigns asks of people, and what members wrote down themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import BaseModel, Field

from asterism.campaigns.deadlines import Deadline
from asterism.campaigns.steps import TEAM
from asterism.campaigns.tasks import tasks as implied_tasks
from asterism.desk.studio.cards import TONES
from asterism.desk.studio.dates import GivenDate
from asterism.desk.studio.remembered import remembered
from asterism.desk.studio.stages import OPEN
from asterism.desk.studio.usual import usual_times
from asterism.errors import Conflict
from asterism.store.ledger.implied import Busy, busy
from asterism.store.ledger.models import Collaboration, Member, Task
from asterism.store.ledger.scope import add, find, lock, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

PER_PAGE: Final = 50


class Wanted(BaseModel):
    """Which tasks: whose, of which campaign, how late, on which page."""

    whose: str = Field(default="all", pattern="^(all|mine)$")
    campaign: int | None = None
    late: bool = False
    page: int = Field(default=1, ge=1, le=100_000)


class NewTask(BaseModel):
    """Something a member is to do."""

    title: str = Field(min_length=2, max_length=200)
    due: GivenDate | None = None
    owner: int | None = None
    collaboration: int | None = None


@dataclass(frozen=True, slots=True)
class Todo:
    """One task as a list shows it; `id` is a rule's, `key` a row's that a member wrote."""

    id: str
    key: int | None
    text: str
    due: date | None
    when: str
    tone: str
    why: str
    collaboration: int | None
    campaign: int | None
    campaign_name: str
    user: int | None
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Todos:
    """`tasks.html.j2`: how much is to be done, and one page of it."""

    sentence: str
    wanted: Wanted
    shown: tuple[Todo, ...]
    found: int
    late: int
    pages: int
    members: tuple[tuple[str, str], ...]
    may_run: bool


def todos(seat: Seat, wanted: Wanted) -> Todos:
    """What is to be done in a workspace, the soonest first."""
    found = found_todos(seat, wanted)
    late = sum(one.tone == "bad" for one in found)
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(wanted.page, pages)
    return Todos(
        sentence=_sentence(len(found), late),
        wanted=wanted.model_copy(update={"page": number}),
        shown=tuple(found[(number - 1) * PER_PAGE : number * PER_PAGE]),
        found=len(found),
        late=late,
        pages=pages,
        members=_members(seat),
        may_run=seat.may("run"),
    )


def found_todos(seat: Seat, wanted: Wanted) -> list[Todo]:
    """The open tasks that are wanted, the soonest first."""
    seat.insist("see")
    return [one for one in all_todos(seat) if _fits(seat, one, wanted)]


def all_todos(seat: Seat) -> tuple[Todo, ...]:
    """Every open task of a workspace, the soonest first: those the rules imply, and those members wrote down."""
    return remembered(seat, ("todos",), lambda: _all(seat))


def _all(seat: Seat) -> tuple[Todo, ...]:
    written = rows(seat, Task).select_related("campaign", "owner")
    ticked = frozenset(written.filter(done_at__isnull=False, key__isnull=False).values_list("key", flat=True))
    own = [_own(seat, row) for row in written.filter(done_at=None, key=None)]
    found = [*own, *(one for one in _implied(seat) if one.id not in ticked)]
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.id)))


def implied(seat: Seat, campaign: int | None = None) -> list[Busy]:
    """The collaborations in which somebody has something to do."""
    return busy(seat, OPEN, usual_times(seat.workspace), campaign)


def _implied(seat: Seat) -> tuple[Todo, ...]:
    return remembered(seat, ("implied",), lambda: _worked_out(seat))


def _worked_out(seat: Seat) -> tuple[Todo, ...]:
    found = implied(seat)
    by_id = {one.work.id: one for one in found}
    made = implied_tasks((one.work for one in found), seat.today)
    return tuple(
        Todo(
            id=task.id, key=None, text=task.text, due=task.due, when=(late := task.lateness(seat.today)).words,
            tone=TONES[late.kind], why=task.why, collaboration=int(task.about),
            campaign=by_id[task.about].campaign, campaign_name=by_id[task.about].campaign_name,
            user=by_id[task.about].user, barred=task.barred or "",
        )
        for task in made
        if task.owner == TEAM
    )  # fmt: skip


def _own(seat: Seat, row: Task) -> Todo:
    late = Deadline("task", row.due, TEAM).lateness(seat.today) if row.due else None
    return Todo(
        id=f"own-{row.pk}", key=row.pk, text=row.title, due=row.due, when=late.words if late else "",
        tone=TONES[late.kind] if late else "", why="A member wrote it down.", collaboration=row.collaboration_id,
        campaign=row.campaign_id, campaign_name=row.campaign.name if row.campaign else "",
        user=row.owner.user_id if row.owner else None,
    )  # fmt: skip


def _fits(seat: Seat, one: Todo, wanted: Wanted) -> bool:
    me = seat.user.pk if seat.user else None
    mine = wanted.whose == "all" or one.user == me or (one.user is None and one.barred != str(me))
    return mine and wanted.campaign in (None, one.campaign) and (not wanted.late or one.tone == "bad")


def _sentence(n: int, late: int) -> str:
    """How much there is to do.

    >>> _sentence(0, 0), _sentence(3, 1)
    ('Nothing is to be done.', '3 things are to be done; 1 is late.')
    """
    if not n:
        return "Nothing is to be done."
    words = f"{n} {'thing is' if n == 1 else 'things are'} to be done"
    return f"{words}; {late} {'is' if late == 1 else 'are'} late." if late else f"{words}; nothing is late."


def _members(seat: Seat) -> tuple[tuple[str, str], ...]:
    found: Iterable[Member] = rows(seat, Member).select_related("user").order_by("user__email")
    return tuple((str(member.pk), str(member.user)) for member in found)


def write_down(seat: Seat, wish: NewTask) -> Task:
    """A task of one's own making."""
    seat.insist("run")
    with together():
        work = None if wish.collaboration is None else find(seat, Collaboration, wish.collaboration, "campaign")
        owner = None if wish.owner is None else find(seat, Member, wish.owner)
        made = add(
            seat, Task, title=wish.title, due=wish.due, owner=owner, collaboration=work,
            campaign=work.campaign if work else None,
        )  # fmt: skip
        record(seat, "task.made", made)
    return made


def tick(seat: Seat, key: int) -> Task:
    """Tick off a task that a member wrote down; the second who does so is told."""
    seat.insist("run")
    with together():
        row = lock(seat, Task, key)
        if row.done_at is not None:
            raise Conflict("This task is ticked off already.", "Reload the list.")
        save(seat, row, done_at=seat.now, done_by=seat.user)
        record(seat, "task.done", row)
    return row


def tick_rule(seat: Seat, task_id: str) -> Task:
    """Tick off a task that the rules imply, until its occasion comes anew."""
    seat.insist("run")
    one = next((one for one in _implied(seat) if one.id == task_id), None)
    if one is None:
        raise Conflict("This task is no longer to be done.", "Reload the list.")
    with together():
        work = find(seat, Collaboration, one.collaboration, "campaign")
        done = {"done_at": seat.now, "done_by": seat.user}
        made = add(seat, Task, title="", due=one.due, key=one.id, collaboration=work, campaign=work.campaign, **done)
        record(seat, "task.done", made)
    return made
