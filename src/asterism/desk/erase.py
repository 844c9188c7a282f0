"""Erase somebody from the catalogue, or tell everything it holds about them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from asterism.creators.claims import placed, resolve
from asterism.desk.identity import find_account, people
from asterism.desk.naming import parted
from asterism.desk.stored import open_catalogue
from asterism.errors import NotFound, WrongUsage
from asterism.store.catalogue import Catalogue
from asterism.store.erasure import Erasure, Subject, count, rows_of, subject_of
from asterism.store.erasure import erase as erase_from
from asterism.store.forgetting import FORGETFUL
from asterism.store.naming import ACCOUNT
from asterism.store.settings import settings
from asterism.store.tombstones import tombstones

DATES: Final = ("as_of", "seen_at", "posted_at", "date", "made_at", "at")
"""Columns that date a row, the one that says when it was read before the one that says when it happened."""
UNRECORDED: Final = "not recorded"


@dataclass(frozen=True, slots=True)
class Who:
    """An account as somebody outside the catalogue knows it, as the studio's ledger does."""

    platform: str | None
    creator_id: str
    handle: str | None = None

    @property
    def account(self) -> str:
        """The account as people write it."""
        return f"{self.platform}:{self.creator_id}" if self.platform else self.creator_id


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody among followers and commenters, by the hash that stands for them there."""

    hash: str


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of an erasure.

    Parameters
    ----------
    who
        The accounts, or the person's hash.
    rows, mentions
        Per kind of table, the rows that went, and those of others in which a mention was struck out.
    pages
        Folders of fetched pages that went.
    lost
        Per kind, the highest version whose rows can no longer be read: no plan can be made from it again.
    done
        False where this only says what would be done.
    """

    who: tuple[str, ...]
    rows: Mapping[str, int]
    mentions: Mapping[str, int]
    pages: int
    lost: Mapping[str, int]
    reason: str
    done: bool

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row about somebody: its table, who says so, when, what kind of time that is, and the row."""

    kind: str
    source: str
    date: datetime | None
    date_is: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Everything a catalogue holds about one account, and how many rows of others mention it."""

    who: str
    entries: tuple[Entry, ...]
    mentions: Mapping[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, as plain values, times in ISO 8601."""
        entries = [asdict(each) | {"date": each.date and each.date.isoformat()} for each in self.entries]
        return {"who": self.who, "entries": entries, "mentions": dict(self.mentions)}


def erase(
    creator: str | Who | Person, catalogue: str | Path | None, reason: str, now: datetime, everywhere: bool = False
) -> Erased:
    """What became of somebody in a catalogue, now that every copy is gone and a tombstone keeps them out.

    Parameters
    ----------
    creator
        An account as people name it (`find_account`), as the ledger knows it, or a person's hash.
    reason
        A word that every refused row will show; it must not say who this is.
    everywhere
        Erase all accounts that count as the same person's.

    Raises
    ------
    NotFound
        The catalogue knows nobody of that name, and nobody of that name was erased.
    WrongUsage
        Several accounts are called so, or there is no reason.
    OutsideFailure
        Disk or permission; the same call completes what was begun.
    """
    if not reason.strip():
        raise WrongUsage("An erasure needs a reason.", "Name it in a word, as in --reason request.")
    store = open_catalogue(catalogue)
    found = _subjects(creator, store, everywhere)
    done = [erase_from(store, subject, now, reason.strip(), settings().home) for subject in found.values()]
    return _summed(tuple(found), done, reason.strip(), done=True)


def would_erase(creator: str | Who | Person, catalogue: str | Path | None, everywhere: bool = False) -> Erased:
    """What `erase` would take; nothing is touched."""
    store = open_catalogue(catalogue)
    found = _subjects(creator, store, everywhere)
    return _summed(tuple(found), [count(store, subject) for subject in found.values()], "", done=False)


def personal_data(creator: str | Who, catalogue: str | Path | None = None) -> PersonalData:
    """Everything a catalogue holds about one account, each row with its source and date.

    Raises
    ------
    NotFound
        The catalogue knows nobody of that name.
    WrongUsage
        Several accounts are called so.
    """
    store = open_catalogue(catalogue)
    ((who, subject),) = _subjects(creator, store, everywhere=False).items()
    entries = [entry for kind in FORGETFUL for entry in _entries(store, kind, rows_of(store, kind, subject))]
    return PersonalData(who, tuple(entries), count(store, subject).mentions)


def unfinished(catalogue: str | Path | None = None) -> int:
    """How many names were put down for erasure and may still stand somewhere: that erasure is to be run again."""
    stones = tombstones(open_catalogue(catalogue)).stones.values()
    return sum(not stone.finished for each in stones for stone in each)


def _subjects(creator: str | Who | Person, store: Catalogue, everywhere: bool) -> dict[str, Subject]:
    """Who is meant, by the name of each account."""
    if isinstance(creator, Person):
        return {creator.hash: Subject(people=frozenset({creator.hash}))}
    named = [creator] if isinstance(creator, Who) else _named(creator, store)
    if everywhere:
        named = list({each.account: each for one in named for each in (one, *_selves(one, store))}.values())
    return {
        each.account: subject_of(store, each.platform, [each.creator_id, *filter(None, [each.handle])])
        for each in named
    }


def _named(name: str, store: Catalogue) -> list[Who]:
    """The account of a name: of the creators, else one that only other tables or a tombstone know."""
    try:
        return [_who(find_account(resolve(placed(store.read("creators"))), name))]
    except NotFound:
        bare, platform = parted(name)
        one = Who(platform, bare)
        known = tombstones(store).on(ACCOUNT, bare, platform)
        if known is None and not count(store, subject_of(store, platform, [bare])).rows:
            raise
        return [one]


def _selves(one: Who, store: Catalogue) -> Iterable[Who]:
    """The other accounts that count as the same person's."""
    if not store.read("creators").num_rows:
        return []
    persons = (person.accounts for person in people(store.path).persons)
    mine = next((own for own in persons if one.account in (each.account for each in own)), ())
    return [_who(each.account) for each in mine]


def _who(account: str) -> Who:
    platform, _, creator_id = account.partition(":")
    return Who(platform or None, creator_id)


def _summed(who: tuple[str, ...], parts: list[Erasure], reason: str, done: bool) -> Erased:
    rows: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    lost: dict[str, int] = {}
    for each in parts:
        rows.update(each.rows)
        mentions.update(each.mentions)
        lost |= each.lost
    return Erased(who, dict(rows), dict(mentions), sum(each.pages for each in parts), lost, reason, done)


def _entries(store: Catalogue, kind: str, rows: pa.Table) -> list[Entry]:
    """The rows of a kind as entries; where a row has no date, the table's last change is the latest it can be."""
    if not rows.num_rows:
        return []
    changed = store.history(kind)[0].at
    return [
        _entry(kind, {name: value for name, value in row.items() if value is not None}, changed)
        for row in rows.to_pylist()
    ]


def _entry(kind: str, values: Mapping[str, Any], changed: datetime) -> Entry:
    how = next((name for name in DATES if name in values), "")
    source = str(values.get("source") or values.get("by") or UNRECORDED)
    return Entry(kind, source, values[how] if how else changed, how or "last change of the table", values)
