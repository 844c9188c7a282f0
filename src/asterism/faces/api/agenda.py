"""`/tasks` and `/calendar`: what is to be done, and what goes out when."""

from datetime import date
from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from asterism.desk.studio import days
from asterism.desk.studio import tasks as desk
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

tasks = Router(tags=["Tasks"])
calendar = Router(tags=["Calendar"])


class TodoOut(Schema):
    """A task; `key` is set where a member wrote it down, `id` names one that the rules imply."""

    id: str
    key: int | None
    text: str
    due: date | None
    why: str
    collaboration: int | None
    campaign: int | None


class TaskOut(Schema):
    """A task that was written down or ticked off."""

    id: int
    title: str
    due: date | None
    key: str | None
    collaboration_id: int | None


class Whose(Schema):
    """Of which campaign, and only what is late."""

    campaign: Key | None = None
    late: bool = False


class Ticked(Schema):
    """The id of a task that the rules imply."""

    task: str = Field(min_length=1, max_length=40)


class CalendarEntryOut(Schema):
    """What stands on one day; `about` is the collaboration it belongs to, where it belongs to one."""

    day: date
    kind: str
    title: str
    about: str
    late: bool


class Span(Schema):
    """From one day to another, both included."""

    start: date
    end: date
    campaign: Key | None = None


@tasks.get("", **asks("see", Page[TodoOut]))
def list_tasks(request: Any, at: Query[At], wanted: Query[Whose]) -> Any:
    """What is to be done, the soonest first."""
    return paged(request, at, desk.found_todos(seat_of(request), desk.Wanted(**wanted.model_dump())))


@tasks.post("", **asks("run", TaskOut, 201))
def add_task(request: Any, wish: desk.NewTask) -> Any:
    """Write down a task."""
    return desk.write_down(seat_of(request), wish)


@tasks.post("/{task}/done", **asks("run", TaskOut))
def tick_task(request: Any, task: Key) -> Any:
    """Tick off a task that was written down."""
    return desk.tick(seat_of(request), task)


@tasks.post("/done", **asks("run", TaskOut))
def tick_implied_task(request: Any, wish: Ticked) -> Any:
    """Tick off a task that the rules imply, until its occasion comes anew."""
    return desk.tick_rule(seat_of(request), wish.task)


@calendar.get("", **asks("see", Page[CalendarEntryOut]))
def list_entries(request: Any, at: Query[At], span: Query[Span]) -> Any:
    """What stands between two days, at most a year apart."""
    return paged(request, at, days.between(seat_of(request), span.start, span.end, span.campaign))
