"""A campaign's calendar as a feed that calendar programs follow: iCalendar text (RFC 5545) of any entries."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from asterism.campaigns.calendar import Entry, ordered
from asterism.reports.calendar import escaped, folded


def entries_calendar(entries: Iterable[Entry], now: datetime, name: str = "Asterism") -> str:
    """The entries as whole days of an iCalendar object, lines ended by CRLF and folded at 75 octets.

    An entry's identifier comes from its key and `name` alone, so one that moves or becomes late is changed in the
    follower's calendar and not doubled. Of several entries with one key the second and later ones are numbered.
    """
    stamp = f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Asterism//Campaign//EN", "CALSCALE:GREGORIAN",
             f"X-WR-CALNAME:{escaped(name)}"]  # fmt: skip
    for identity, entry in _identified(entries, name):
        lines += ["BEGIN:VEVENT", stamp, f"UID:{identity}@asterism", *_said(entry), "TRANSP:TRANSPARENT", "END:VEVENT"]
    return "".join(f"{part}\r\n" for text in (*lines, "END:VCALENDAR") for part in folded(text))


def _identified(entries: Iterable[Entry], name: str) -> Iterator[tuple[str, Entry]]:
    met: dict[str, int] = {}
    for entry in ordered(entries):
        met[entry.key] = place = met.get(entry.key, 0) + 1
        yield sha256("\0".join((name, entry.key, str(place))).encode(errors="replace")).hexdigest()[:32], entry


def _said(entry: Entry) -> list[str]:
    """The days and words of an entry; the end is the day after the last (RFC 5545, 3.6.1)."""
    return [
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(f'Late: {entry.title}' if entry.late else entry.title)}",
        f"CATEGORIES:{escaped(entry.kind)}",
    ]
