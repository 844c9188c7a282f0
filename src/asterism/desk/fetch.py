"""Fetch live figures of creators from a platform's interface into the catalogue."""

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators.ingest import Ingested
from asterism.creators.payloads import read_payload
from asterism.creators.payloads.tabulate import together
from asterism.desk.import_ import Imported, Understood, keep, without_erased
from asterism.desk.stored import open_catalogue
from asterism.desk.telling import Tell, quietly
from asterism.errors import BadInput, NotFound, OutsideFailure, WrongUsage
from asterism.store.naming import ACCOUNT
from asterism.store.settings import read_access, settings
from asterism.store.sources.asking import Note
from asterism.store.sources.http import Line, Patience
from asterism.store.sources.journal import Page, begun_at, discard, folder_of, is_good, open_journal, tidy
from asterism.store.sources.known import source_named
from asterism.store.sources.take import Taken, take
from asterism.store.sources.wanted import COMMENTS, POSTS, Source, Wanted
from asterism.store.tombstones import tombstones

SHOWN = 5
"""Reasons, or accounts, that a sentence for people names; JSON lists all."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """What the user wants: how much of each account, at what charge, afresh or not, and where it goes.

    `quota` is the most units this run may use; the source's own limit where not given.
    """

    posts: int = POSTS
    comments: int = COMMENTS
    quota: int | None = None
    again: bool = False
    catalogue: str | Path | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a fetch.

    Parameters
    ----------
    imported
        Per account and table, what went into the catalogue.
    skipped, missing
        What is not there; and what could not be had this time and is asked for by the next run.
    left
        Accounts not looked at, because the source was stopped before.
    units, quota, pages
        Units used of those allowed, and pages that came from the source in this run.
    stopped, planned
        Why nothing more was asked, empty where everything was; and whether the user's own limit said so.
    """

    source: str
    imported: tuple[Imported, ...]
    skipped: tuple[Note, ...]
    missing: tuple[Note, ...]
    left: tuple[str, ...]
    units: int
    quota: int
    pages: int
    stopped: str = ""
    planned: bool = False

    @property
    def complete(self) -> bool:
        """Whether everything wanted is in the catalogue, or known not to be there."""
        return not (self.stopped or self.missing or self.left)

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, as plain values."""
        return {
            "source": self.source,
            "tables": [each.to_dict() for each in self.imported],
            "skipped": [asdict(each) for each in self.skipped],
            "missing": [asdict(each) for each in self.missing],
            "left": list(self.left),
            "units": self.units,
            "quota": self.quota,
            "pages": self.pages,
            "stopped": self.stopped or None,
            "complete": self.complete,
        }

    def sentences(self) -> list[str]:
        """What a person must know besides the tables, one line each."""
        said = [f"Used {self.units:,} of {self.quota:,} units; {self.pages:,} pages came."]
        said += _named("Not there", self.skipped) + _named("Could not be had, the next run asks again", self.missing)
        if self.stopped:
            said.append(self.stopped)
        if self.left:
            said.append(f"Not looked at yet: {', '.join(self.left[:SHOWN])}{_more(len(self.left), SHOWN)}.")
        return said


def fetch(
    source: str,
    accounts: Sequence[str],
    wanted: Fetching | None = None,
    tell: Tell = quietly,
    patience: Patience | None = None,
) -> Fetched:
    """What became of fetching these accounts; each goes into the catalogue as soon as its pages are there.

    Pages that are less than a day old are not asked for again, so the same command completes what was cut short.

    Raises
    ------
    WrongUsage
        No such source, or words that name no account.
    NotFound
        None of the accounts is there.
    OutsideFailure
        There is no key, the source lets nothing through, or nothing at all could be had.
    """
    chosen, waiting, asked = wanted or Fetching(), patience or Patience(), source_named(source)
    names = _accounts(asked, accounts)
    quota = asked.quota if chosen.quota is None else chosen.quota
    line = Line(asked.door(read_access(os.environ, asked.name)), quota, waiting)
    try:
        run = _Run(asked, line, chosen)
        return run.over(_longest_unseen_first(asked, names, waiting.now()), tell)
    finally:
        line.close()


def _accounts(source: Source, words: Sequence[str]) -> list[str]:
    """The accounts as the source names them, each once."""
    names = list(dict.fromkeys(source.account(each) for each in words))
    if not names:
        raise WrongUsage("No account was named.", f"Write one or more, as in `asterism fetch {source.name} @name`.")
    return names


def _longest_unseen_first(source: Source, names: Sequence[str], now: datetime) -> list[str]:
    """First those begun lately, which cost least to complete, then the others, the longest unseen before the newer.

    A list too long for one day's quota is so worked through day by day, instead of the first ones being fetched daily.
    """

    def order(name: str) -> tuple[bool, str]:
        begun = begun_at(folder_of(settings().home, source.name, name))
        return not is_good(begun, now), begun.isoformat() if begun else ""

    return sorted(names, key=order)


class _Run:
    """One run over accounts, adding up what became of them."""

    def __init__(self, source: Source, line: Line, wanted: Fetching) -> None:
        self.source = source
        self.line = line
        self.wanted = wanted
        self.catalogue = open_catalogue(wanted.catalogue)
        self.stones = tombstones(self.catalogue)
        self.imported: list[Imported] = []
        self.taken: list[Taken] = []
        self.unread: list[Note] = []

    def over(self, names: Sequence[str], tell: Tell) -> Fetched:
        """What became of the accounts, in this order, until one is stopped."""
        tidy(settings().home, self.source.name, self.line.patience.now())
        for at, name in enumerate(names):
            one = self._take(name, _part(tell, at, len(names)))
            self.taken.append(one)
            tell(f"Writing {name}", (at + 1) / len(names))
            self.imported.extend(self._keep(one))
            if one.stopped:
                break
        return self._checked(self._result(names[len(self.taken) :]))

    def _take(self, name: str, tell: Tell) -> Taken:
        stone = self.stones.on(ACCOUNT, name, self.source.name)
        if stone is not None:
            return Taken("", (), (Note("an account", stone.sentence),), (), 0, None)
        now = self.line.patience.now()
        journal = open_journal(folder_of(settings().home, self.source.name, name), now, self.wanted.again)
        steps = self.source.steps(name, Wanted(self.wanted.posts, self.wanted.comments, journal.begun))
        return take(name, steps, self.line, journal, tell)

    def _keep(self, taken: Taken) -> list[Imported]:
        """What the pages of an account hold, written as an import of that account."""
        name = f"{self.source.name} {taken.account}"
        found, unread = _read_pages(name, taken.pages)
        self.unread.extend(unread)
        said = tuple(f"{note.what}: {note.why}" for note in unread)
        read = Understood(name, found, said)
        if without_erased(read, self.stones).source != read.source or self._holds_erased(found):
            discard(folder_of(settings().home, self.source.name, taken.account))
        return keep(self.catalogue, read) if found else []

    def _holds_erased(self, found: Sequence[Ingested]) -> bool:
        """Whether the pages are of somebody who was erased, under a name that does not say so."""
        return any(self.stones.marked(one.kind, one.table) for one in found)

    def _result(self, left: Sequence[str]) -> Fetched:
        stopped = self.taken[-1].stopped if self.taken else None
        return Fetched(
            self.source.name,
            tuple(self.imported),
            (*(note for one in self.taken for note in one.skipped), *self.unread),
            tuple(note for one in self.taken for note in one.missing),
            tuple(left),
            self.line.spent,
            self.line.quota,
            sum(one.asked for one in self.taken),
            str(stopped or ""),
            bool(stopped and stopped.planned),
        )

    def _checked(self, done: Fetched) -> Fetched:
        """The result, or the error that it is where nothing at all came of it."""
        if done.imported or done.planned:
            return done
        stopped = self.taken[-1].stopped
        if stopped:
            raise stopped
        if done.missing:
            first = done.missing[0]
            raise OutsideFailure(
                f"{first.what[:1].upper()}{first.what[1:]} could not be had: {first.why}.", "Run it again."
            )
        if done.skipped:
            first = done.skipped[0]
            raise NotFound(f"{self.source.title} has nothing on {first.what}: {first.why}.", "Check how it is written.")
        raise NotFound(f"{self.source.title} gave nothing on {', '.join(one.account for one in self.taken)}.")


def _read_pages(source: str, pages: Sequence[Page]) -> tuple[tuple[Ingested, ...], tuple[Note, ...]]:
    """The tables that some pages hold, stage by stage, and a note on each page that could not be read.

    Pages of one stage and kind are one table. Figures without a date of their own are dated when the page was read.
    """
    found: dict[tuple[str, str], list[Ingested]] = {}
    unread = []
    for number, page in enumerate(pages, 1):
        try:
            for one in read_payload(f"{source}, page {number}", page.document):
                found.setdefault((page.stage, one.kind), []).append(_dated(one, page.read))
        except BadInput as error:
            unread.append(Note(page.what, error.what.rstrip(".")))
    return tuple(replace(together(parts), file=source) for parts in found.values()), tuple(unread)


def _dated(one: Ingested, read: datetime) -> Ingested:
    """The table with the time its page was read where it states none."""
    table = one.table
    for name in ("as_of", "seen_at"):
        if name in table.column_names:
            column = table.schema.get_field_index(name)
            when = pc.fill_null(table[name], pa.scalar(read, table.schema.field(name).type))
            table = table.set_column(column, table.schema.field(name), when)
    return replace(one, table=table)


def _part(tell: Tell, at: int, n: int) -> Tell:
    """`tell` for one of n accounts: its share becomes a part of the whole."""
    return lambda what, share: tell(what, (at + share) / n)


def _named(before: str, notes: Sequence[Note]) -> list[str]:
    """One line that names things by their reason, the first of each; nothing where there are none."""
    reasons: dict[str, list[str]] = {}
    for note in notes:
        reasons.setdefault(note.why, []).append(note.what)
    told = [f"{what[0]}{_more(len(what), 1)} ({why})" for why, what in reasons.items()]
    return [f"{before}: {'; '.join(told[:SHOWN])}{_more(len(told), SHOWN)}."] if told else []


def _more(n: int, shown: int) -> str:
    return f" and {n - shown} more" if n > shown else ""
