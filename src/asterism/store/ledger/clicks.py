"""The log of clicks: written before anybody is led on, those that come together in one transaction."""

import secrets
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock
from typing import Any, Final

from django.db import connection, transaction

from asterism.measurement.visits import MINUTE, MOST_PER_MINUTE, Earlier, Visit, family, filtered

TOGETHER: Final = 200
"""Clicks in one transaction at most."""

INTERRUPTED: Final = RuntimeError("the process was told to stop before the click was kept")


@dataclass(slots=True)
class Entry:
    """A click that waits to be written: of which link by its code; `key` is empty where the link is no more."""

    visit: Visit
    code: str
    workspace: int
    key: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    error: BaseException | None = None
    done: bool = False


class Journal:
    """Writes clicks; whoever comes first writes for all who wait, so that a crowd costs few transactions.

    `write` returns after the commit: what it gave a key for survives the end of the process.
    """

    def __init__(self, commit: Callable[[Sequence[Entry]], None]) -> None:
        self._commit = commit
        self._waiting: deque[Entry] = deque()
        self._writing = Lock()

    def write(self, entry: Entry) -> str:
        """The key of the click once it is kept; empty where its link is no more.

        Raises
        ------
        Exception
            What the database raised; then the click is not kept.
        """
        self._waiting.append(entry)
        while not entry.done:
            with self._writing:
                if not entry.done:
                    self._write(self._next())
        if entry.error is not None:
            raise entry.error
        return entry.key

    def _next(self) -> list[Entry]:
        return [self._waiting.popleft() for _ in range(min(len(self._waiting), TOGETHER))]

    def _write(self, batch: Sequence[Entry]) -> None:
        error: BaseException | None = INTERRUPTED
        try:
            self._commit(batch)
            error = None
        except Exception as raised:  # noqa: BLE001 — each who waits is told, and none waits for ever
            error = raised
        finally:
            for entry in batch:
                entry.error, entry.done = error, True


_LINKS: Final = (
    "SELECT 'link' AS what, id, code AS word, ended_at AS moment, '' AS rule FROM ledger_link WHERE id IN ({})"
)
_EARLIER: Final = (
    "SELECT * FROM (SELECT 'click' AS what, link_id AS id, visitor AS word, \"at\" AS moment, filtered AS rule "
    'FROM ledger_click WHERE visitor = %s AND "at" > %s ORDER BY "at" DESC LIMIT %s) AS newest'
)
_INSERT: Final = (
    'INSERT INTO ledger_click (workspace_id, made_at, link_id, "key", "at", visitor, referrer, agent, filtered) VALUES '
)
_MARKS: Final = "(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
"""Written out, because a click must cost little: made by the mapper they took three times as long as all the rest."""


def keep(batch: Sequence[Entry]) -> None:
    """Judge and write some clicks, all or none of them, in the order in which they came."""
    with _alone(), connection.cursor() as cursor:
        links, earlier = _known(cursor, [entry.visit for entry in batch])
        rows: list[Any] = []
        for entry in batch:
            code, ended = links.get(entry.visit.link, ("", None))
            if code != entry.code:
                entry.key = ""
                continue
            visit = replace(entry.visit, ended=ended is not None and ended <= entry.visit.at)
            rule = filtered(visit, earlier[visit.visitor])
            earlier[visit.visitor].append(Earlier(visit.link, visit.at, not rule))
            rows.append(_row(entry, rule))
        if rows:
            cursor.execute(_INSERT + ", ".join([_MARKS] * len(rows)), [value for row in rows for value in row])


def _alone() -> AbstractContextManager[Any]:
    """On SQLite a transaction, so that nobody writes between reading and writing.

    PostgreSQL would let others write there all the same; without one it is asked twice in place of five times, and the
    one statement that writes is a transaction by itself.
    """
    return transaction.atomic() if connection.vendor == "sqlite" else nullcontext()


def _row(entry: Entry, rule: str) -> tuple[Any, ...]:
    visit, at = entry.visit, _sent(entry.visit.at)
    kept = (visit.visitor, visit.referrer, family(visit.agent), rule)
    return (entry.workspace, at, visit.link, entry.key, at, *kept)


Links = dict[int, tuple[str, datetime | None]]


def _known(cursor: Any, visits: Sequence[Visit]) -> tuple[Links, defaultdict[str, list[Earlier]]]:
    """The links as they stand, and the newest clicks of each visitor within the last minute.

    Of a visitor no more are read than make a burst: older ones would say nothing more.
    """
    keys = {visit.link for visit in visits}
    first: dict[str, datetime] = {}
    for visit in visits:
        if visit.visitor:
            first[visit.visitor] = min(visit.at, first.get(visit.visitor, visit.at))
    asked = [_LINKS.format(", ".join(["%s"] * len(keys))), *([_EARLIER] * len(first))]
    since = [value for visitor, at in first.items() for value in (visitor, _sent(at - MINUTE), MOST_PER_MINUTE)]
    cursor.execute(" UNION ALL ".join(asked), [*keys, *since])
    links: Links = {}
    earlier: defaultdict[str, list[Earlier]] = defaultdict(list)
    for what, link, word, moment, rule in cursor.fetchall():
        if what == "link":
            links[link] = (word, moment and _read(moment))
        else:
            earlier[word].append(Earlier(link, _read(moment), not rule))
    return links, earlier


def _sent(at: datetime) -> Any:
    """A time as the database takes it."""
    return connection.ops.adapt_datetimefield_value(at)


def _read(at: Any) -> datetime:
    """A time as the database gave it: SQLite keeps text, in UTC."""
    when = datetime.fromisoformat(at) if isinstance(at, str) else at
    return when if when.tzinfo else when.replace(tzinfo=UTC)


JOURNAL: Final = Journal(keep)
"""The process's journal; each process of a server has its own, and the database puts them in order."""
