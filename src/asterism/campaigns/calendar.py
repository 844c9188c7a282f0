"""A campaign's calendar: posts, deadlines, blackout days and care as entries, laid out by week and month."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from asterism.campaigns.care import Suggestion
from asterism.campaigns.deadlines import Deadline, day_of
from asterism.errors import BadInput
from asterism.planning.plan import Flight
from asterism.quantities import Period

KINDS: Final = ("blackout", "post", "deadline", "care")
"""Kinds of entries, in the order in which a day shows them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands on one day.

    Parameters
    ----------
    day, kind, title
        When, which of `KINDS`, and the words.
    about
        Whom or what it is about, as a collaboration's id or a handle.
    late
        Whether it should have happened by now.
    key
        What it is, whatever its day and its words, so that a moved entry stays the same one.
    """

    day: date
    kind: str
    title: str
    about: str
    late: bool = False
    key: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadInput(f"A calendar has no `{self.kind}`.", f"Known: {', '.join(KINDS)}.")
        if not self.key:
            object.__setattr__(self, "key", f"{self.kind}|{self.about}|{self.title}")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a grid; `inside` tells whether it belongs to the month shown."""

    day: date
    inside: bool
    entries: tuple[Entry, ...] = ()


Week = tuple[Day, ...]


def post_entries(flights: Iterable[Flight], now: date | datetime, live: Mapping[str, int] | None = None) -> list[Entry]:
    """The dated posts of a plan; late is one whose day is gone by, but for as many of a creator's as are `live`."""
    out, today = live or {}, day_of(now)
    return [entry for flight in flights for entry in _posts(flight, today, out.get(flight.creator_id, 0))]


def _posts(flight: Flight, today: date, out: int) -> Iterator[Entry]:
    for place, post in enumerate(flight.posts, 1):
        if post.day is not None:
            title = f"{flight.handle}: {post.format} on {flight.platform}"
            key = "|".join(("post", flight.creator_id, flight.platform, flight.phase, str(place)))
            yield Entry(post.day, "post", title, flight.creator_id, post.day < today and place > out, key)


def deadline_entries(about: str, name: str, many: Iterable[Deadline], now: date | datetime) -> list[Entry]:
    """The deadlines of what has the id `about`; `name` is how people call it, as the creator's handle."""
    return [
        Entry(one.due, "deadline", f"{name}: {one.what} due", about, one.lateness(now).kind == "late",
              f"deadline|{about}|{one.what}")
        for one in many
    ]  # fmt: skip


def blackout_entries(spans: Iterable[Period], about: str = "") -> list[Entry]:
    """One entry for each day on which nothing is published, a day in two spans once."""
    days = {span.start + timedelta(days=i) for span in spans for i in range(span.days)}
    return [
        Entry(day, "blackout", "Nothing is published", about, key=f"blackout|{about}|{day}") for day in sorted(days)
    ]


def care_entries(about: str, many: Iterable[Suggestion], now: date | datetime) -> list[Entry]:
    """What care suggests; a suggestion whose day has passed is late."""
    today = day_of(now)
    return [Entry(one.due, "care", one.text, about, one.due < today, f"care|{about}|{one.kind}") for one in many]


def ordered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries by day, by kind, then by their words."""
    return tuple(sorted(entries, key=lambda e: (e.day, KINDS.index(e.kind), e.title, e.key)))


def week(entries: Iterable[Entry], day: date, first: int = 0) -> Week:
    """The week of a day, begun on weekday `first` (0 Monday, 6 Sunday), every day of it inside."""
    return _weeks(entries, _begun(day, first), 1, None)[0]


def month(entries: Iterable[Entry], year: int, number: int, first: int = 0) -> tuple[Week, ...]:
    """The whole weeks that cover a month, four to six of seven days."""
    start = date(year, number, 1)
    begun, last = _begun(start, first), _last(start)
    return _weeks(entries, begun, (last - begun).days // 7 + 1, start)


def conflicts(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The posts that stand on a blackout day."""
    closed = {entry.day for entry in entries if entry.kind == "blackout"}
    return ordered(entry for entry in entries if entry.kind == "post" and entry.day in closed)


def _weeks(entries: Iterable[Entry], begun: date, count: int, of: date | None) -> tuple[Week, ...]:
    on = {day: tuple(group) for day, group in groupby(ordered(entries), key=lambda entry: entry.day)}
    return tuple(tuple(_day(begun + timedelta(days=7 * w + d), of, on) for d in range(7)) for w in range(count))


def _day(day: date, of: date | None, on: dict[date, tuple[Entry, ...]]) -> Day:
    inside = of is None or (day.year, day.month) == (of.year, of.month)
    return Day(day, inside, on.get(day, ()))


def _begun(day: date, first: int) -> date:
    if first not in range(7):
        raise BadInput(f"{first} is no weekday.", "Count from 0, Monday, to 6, Sunday.")
    return day - timedelta(days=(day.weekday() - first) % 7)


def _last(start: date) -> date:
    """The last day of the month that starts there."""
    return (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
