"""Tasks and the calendar: what is to be done, what goes out when, and a feed for calendar programs."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from asterism.desk.studio import days, tasks
from asterism.desk.studio.days import When
from asterism.desk.studio.tasks import NewTask, Wanted
from asterism.faces.web.forms import go, read_fields, read_form
from asterism.faces.web.seats import does, open_to_all, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.feeds import seat_of_feed
from asterism.store.ledger.seats import Seat


@shows("see")
def task_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What is to be done."""
    asked = {name: value for name, value in request.GET.items() if value and name in Wanted.model_fields}
    return page(request, "tasks.html.j2", tasks.todos(seat, read_fields(Wanted, asked)))


@does("run")
def add_task(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write down a task."""
    tasks.write_down(seat, read_form(request, NewTask))
    return go("tasks", seat.workspace.slug)


@does("run")
def tick_task(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Tick off a task that a member wrote down."""
    tasks.tick(seat, key)
    return go("tasks", seat.workspace.slug)


@does("run")
def tick_rule(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Tick off a task that the rules imply."""
    tasks.tick_rule(seat, request.POST.get("task", ""))
    return go("tasks", seat.workspace.slug)


@shows("see")
def calendar(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A month."""
    asked = {name: value for name, value in request.GET.items() if value and name in When.model_fields}
    return page(request, "calendar.html.j2", days.calendar_of(seat, read_fields(When, asked)))


@does("see")
def make_feed(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A new address of the member's feed, shown this once."""
    address = request.build_absolute_uri(f"/feeds/{days.make_feed(seat)}.ics")
    return page(request, "calendar.html.j2", days.calendar_of(seat, When(), address))


@open_to_all("calendar programs send no other proof: the address carries the member's own secret", ("GET",))
def feed(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """The calendar as iCalendar text."""
    text = days.feed_text(seat_of_feed(secret, timezone.now()))
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


_AT = "w/<slug:slug>"
urls = [
    path(f"{_AT}/tasks", task_list, name="tasks"),
    path(f"{_AT}/tasks/add", add_task, name="add_task"),
    path(f"{_AT}/tasks/<int:key>/done", tick_task, name="tick_task"),
    path(f"{_AT}/tasks/done", tick_rule, name="tick_rule"),
    path(f"{_AT}/calendar", calendar, name="calendar"),
    path(f"{_AT}/calendar/feed", make_feed, name="make_feed"),
    path("feeds/<str:secret>.ics", feed, name="feed"),
]
