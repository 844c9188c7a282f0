"""A plan's posts as a calendar that any calendar program opens: iCalendar text (RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Final

from asterism.errors import WrongUsage
from asterism.planning.plan import Flight, Phase, Plan
from asterism.reports.words import plain, spoken

WIDEST: Final = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""


def plan_calendar(plan: Plan, stamp: datetime) -> str:
    """The phases and posts of a plan as an iCalendar object, lines ended by CRLF and folded at 75 octets.

    Days are whole days without a time zone. The same plan has the same identifiers at any `stamp`, the time at which
    the text is made, so that importing it again moves events instead of doubling them.

    Raises
    ------
    WrongUsage
        The plan has no dates.
    """
    if not any(post.day for flight in plan.flights for post in flight.posts):
        raise WrongUsage("The plan has no dates to put into a calendar.", "Add `start = 2026-12-01` to the brief.")
    made = f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Asterism//Plan//EN", "CALSCALE:GREGORIAN",
             f"X-WR-CALNAME:{escaped(plan.name)}"]  # fmt: skip
    for event in (*_phases(plan), *_posts(plan)):
        lines += ["BEGIN:VEVENT", made, *event, "TRANSP:TRANSPARENT", "END:VEVENT"]
    return "".join(f"{part}\r\n" for text in (*lines, "END:VCALENDAR") for part in folded(text))


def escaped(text: str) -> str:
    r"""A text value with the characters escaped that mean something in a calendar (RFC 5545, 3.3.11).

    >>> print(escaped("a; b, c"))
    a\; b\, c
    """
    return plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def folded(text: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, each after the first begun by a space, no character cut in two."""
    part, size = "", 0
    for letter in text:
        octets = len(letter.encode())
        if size + octets > WIDEST:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part


def _phases(plan: Plan) -> Iterator[list[str]]:
    for phase in plan.phases:
        if phase.start and phase.end:
            yield _event(plan, ("phase", phase.name), _span(phase), (f"{plan.name}: {spoken(phase.name)}", phase.name))


def _span(phase: Phase) -> tuple[date, date]:
    assert phase.start is not None  # noqa: S101  (asked before)
    assert phase.end is not None  # noqa: S101
    return phase.start, phase.end


def _posts(plan: Plan) -> Iterator[list[str]]:
    for flight in plan.flights:
        for i, post in enumerate(flight.posts, 1):
            if post.day:
                name = f"{flight.handle}: {post.format} on {flight.platform}"
                yield _event(plan, _key(flight, i), (post.day, post.day), (name, flight.phase))


def _key(flight: Flight, place: int) -> tuple[str, ...]:
    return "post", flight.creator_id, flight.platform, flight.phase, str(place)


def _event(plan: Plan, key: tuple[str, ...], days: tuple[date, date], said: tuple[str, str]) -> list[str]:
    """An event over whole days; the end is the day after the last (RFC 5545, 3.6.1)."""
    identity = sha256("\0".join((plan.name, *key)).encode()).hexdigest()[:32]
    return [
        f"UID:{identity}@asterism",
        f"DTSTART;VALUE=DATE:{days[0]:%Y%m%d}",
        f"DTEND;VALUE=DATE:{days[1] + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(said[0])}",
        f"CATEGORIES:{escaped(said[1])}",
    ]
