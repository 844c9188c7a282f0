"""The calendar of a workspace or a campaign: posts, what is due, and days on which nothing goes out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from pydantic import BaseModel, Field

from asterism.campaigns.calendar import Entry, Week, blackout_entries, conflicts, deadline_entries, month, ordered
from asterism.campaigns.deadlines import deadlines
from asterism.desk.studio.remembered import remembered
from asterism.desk.studio.tasks import implied
from asterism.errors import BadInput
from asterism.quantities import Period
from asterism.reports.agenda import entries_calendar
from asterism.store.ledger.feeds import new_feed
from asterism.store.ledger.models import Campaign, Deliverable
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

BEHIND: Final = timedelta(days=31)
AHEAD: Final = timedelta(days=366)
"""How much of the past and of the time to come a feed holds."""
PER_DAY: Final = 4
"""Entries of a day that a month shows; the list below holds all."""


class When(BaseModel):
    """Which month, and of which campaign; today's month and all campaigns where not said."""

    year: int | None = Field(default=None, ge=2000, le=2200)
    month: int | None = Field(default=None, ge=1, le=12)
    campaign: int | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """`calendar.html.j2`: a month by weeks, its entries as a list, and posts on days that should stay empty."""

    sentence: str
    weeks: tuple[Week, ...]
    entries: tuple[Entry, ...]
    conflicts: tuple[Entry, ...]
    first: date
    before: date
    after: date
    today: date
    campaign: Campaign | None
    per_day: int = PER_DAY
    feed: str = ""


def calendar_of(seat: Seat, when: When, feed: str = "") -> Calendar:
    """A month of a workspace or of one campaign; `feed` is a new feed's address, to be shown once."""
    seat.insist("see")
    first = date(when.year or seat.today.year, when.month or seat.today.month, 1)
    campaign = None if when.campaign is None else find(seat, Campaign, when.campaign)
    made = remembered(seat, ("month", first, when.campaign), lambda: _month(seat, first, campaign))
    return replace(made, feed=feed)


def _month(seat: Seat, first: date, campaign: Campaign | None) -> Calendar:
    found = entries(seat, first - timedelta(days=6), first + timedelta(days=37), campaign)
    inside = tuple(entry for entry in found if (entry.day.year, entry.day.month) == (first.year, first.month))
    return Calendar(
        sentence=_sentence(inside),
        weeks=month(found, first.year, first.month),
        entries=inside,
        conflicts=conflicts(found),
        first=first,
        before=(first - timedelta(days=1)).replace(day=1),
        after=(first + timedelta(days=32)).replace(day=1),
        today=seat.today,
        campaign=campaign,
    )


def entries(seat: Seat, start: date, end: date, campaign: Campaign | None = None) -> list[Entry]:
    """Everything that stands between two days, both included."""
    of = None if campaign is None else campaign.pk
    return list(remembered(seat, ("days", start, end, of), lambda: _entries(seat, start, end, campaign)))


def _entries(seat: Seat, start: date, end: date, campaign: Campaign | None) -> tuple[Entry, ...]:
    key = None if campaign is None else campaign.pk
    found = [*_posts(seat, start, end, key), *_deadlines(seat, key), *_blackouts(seat, campaign, start, end)]
    return ordered(entry for entry in found if start <= entry.day <= end)


def between(seat: Seat, start: date, end: date, campaign: int | None = None) -> tuple[Entry, ...]:
    """Everything that stands between two days, in order.

    Raises
    ------
    BadInput
        The days are in the wrong order, or more than a year apart.
    """
    seat.insist("see")
    if not timedelta(0) <= end - start <= AHEAD:
        raise BadInput("The days are in the wrong order, or more than a year apart.", "Ask for a shorter span.")
    chosen = None if campaign is None else find(seat, Campaign, campaign)
    return ordered(entries(seat, start, end, chosen))


def feed_text(seat: Seat) -> str:
    """The workspace's calendar as iCalendar text."""
    seat.insist("see")
    found = entries(seat, seat.today - BEHIND, seat.today + AHEAD)
    return entries_calendar(found, seat.now, seat.workspace.name)


def make_feed(seat: Seat) -> str:
    """The secret of a new address of the member's feed; an earlier address stops."""
    seat.insist("see")
    return new_feed(seat)


def _posts(seat: Seat, start: date, end: date, campaign: int | None) -> Iterator[Entry]:
    query = rows(seat, Deliverable).filter(live_on__gte=start, live_on__lte=end).exclude(state="cancelled")
    query = query.filter(collaboration__campaign__state__in=("signed", "running", "done"))
    query = query.exclude(collaboration__state__in=("declined", "cancelled"))
    if campaign is not None:
        query = query.filter(collaboration__campaign=campaign)
    fields = ("pk", "collaboration_id", "collaboration__creator__handle", "format", "platform", "live_on", "state")
    for key, work, handle, made, platform, day, state in query.values_list(*fields):
        late = day < seat.today and state not in ("live", "measured")
        yield Entry(day, "post", f"@{handle}: {made} on {platform}", str(work), late, f"post|{key}")


def _deadlines(seat: Seat, campaign: int | None) -> Iterator[Entry]:
    for one in implied(seat, campaign):
        due = deadlines(one.work.state, one.work.dates, one.work.terms)
        besides = (each for each in due if each.what != "post")  # posts stand there by themselves
        yield from deadline_entries(one.work.id, one.work.handle, besides, seat.today)


def _blackouts(seat: Seat, campaign: Campaign | None, start: date, end: date) -> list[Entry]:
    chosen: Iterable[Any] = (
        [(campaign.pk, campaign.brief)]
        if campaign is not None
        else rows(seat, Campaign).filter(state__in=("signed", "running"), brief__blackout__isnull=False)
        .values_list("pk", "brief")
    )  # fmt: skip
    found: list[Entry] = []
    for key, brief in chosen:
        spans = (_span(one) for one in brief.get("blackout") or ())
        near = [span for span in spans if span.start <= end and span.end >= start]
        found += blackout_entries(near, str(key) if campaign is None else "")
    return found


def _span(one: Any) -> Period:
    if isinstance(one, str):
        return Period(date.fromisoformat(one), date.fromisoformat(one))
    start, end = one.get("from", one.get("start")), one.get("to", one.get("end"))
    return Period(date.fromisoformat(str(start)), date.fromisoformat(str(end)))


def _sentence(found: tuple[Entry, ...]) -> str:
    posts, late = sum(entry.kind == "post" for entry in found), sum(entry.late for entry in found)
    if not found:
        return "Nothing stands in this month."
    words = f"{posts} {'post goes' if posts == 1 else 'posts go'} out in this month"
    lateness = f"{late} {'thing is' if late == 1 else 'things are'} late" if late else "nothing is late"
    return f"{words}; {lateness}."
