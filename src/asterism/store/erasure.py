"""Erasing somebody from a catalogue: rows, mentions, our own records, fetched pages, and every old version."""

import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.store.catalogue import Catalogue, parquet_rows
from asterism.store.failures import failing_as
from asterism.store.forgetting import FORGETFUL, forget
from asterism.store.kinds import schema_of
from asterism.store.naming import ACCOUNT, FILED, NAMED, PERSON, POST, RECORDS, WORDS, bare, says
from asterism.store.tombstones import Tombstone, Tombstones, bury, finish, hashed

_LAST: Final = ("snapshots", "creators")
"""Erased after everything else: until then the row itself says how the creator is called, should we be cut short."""
_NO_KEY: Final = b"\0" * 32
_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)
_QUOTED: Final = r"[@`«\":]"
_SHORTEST: Final = 2
"""Names shorter than this are not looked for in words: nearly everything would hold them."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is to be erased.

    Parameters
    ----------
    platform
        Where the account is; None where nobody says, and then it is erased everywhere.
    names
        Ids and handles of the account.
    called
        Names that people read, looked for in our records of imports only: two people may share one.
    posts
        Ids of the account's posts.
    people
        Hashes of persons among followers and commenters.
    """

    platform: str | None = None
    names: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    @property
    def keys(self) -> list[tuple[str, str | None, str]]:
        """What tombstones are put on: the kind of name, the platform, the name."""
        accounts = [(ACCOUNT, self.platform, bare(name)) for name in self.names]
        posts = [(POST, self.platform, name) for name in self.posts]
        return sorted({*accounts, *posts, *((PERSON, None, name) for name in self.people)}, key=str)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What became of an erasure.

    Parameters
    ----------
    rows
        Per kind of table, the rows that went.
    mentions
        Per kind, rows of others in which a mention was struck out.
    pages
        Folders of fetched pages that went.
    lost
        Per kind, the highest version whose rows can no longer be read.
    """

    rows: Mapping[str, int]
    mentions: Mapping[str, int]
    pages: int = 0
    lost: Mapping[str, int] = field(default_factory=dict)


def subject_of(catalogue: Catalogue, platform: str | None, names: Iterable[str]) -> Subject:
    """Who is meant by some ids and handles: with them, those that the catalogue's rows put beside them, and the posts.

    A list names an account by its handle, a platform by its id; both go. No further: whoever bore a handle before or
    after is somebody else.
    """
    given = {name for name in names if bare(name)}
    creators = catalogue.read("creators")
    found = _rows(creators, "creators", Subject(platform, frozenset(given)))
    known = frozenset(given | _words(found, "creator_id") | _words(found, "handle"))
    found = _rows(creators, "creators", Subject(platform, known))
    known |= _words(found, "creator_id")
    posts = _rows(catalogue.read("posts"), "posts", Subject(platform, known))
    return Subject(platform, known, frozenset(_words(found, "name")), frozenset(_words(posts, "post_id")))


def rows_of(catalogue: Catalogue, kind: str, subject: Subject) -> pa.Table:
    """The rows of a kind that are about somebody, or in which our own records name them."""
    return _rows(catalogue.read(kind), kind, subject)


def count(catalogue: Catalogue, subject: Subject) -> Erasure:
    """What an erasure would take, without taking anything."""
    found = {kind: _Sieve.of(kind, subject).count(catalogue) for kind in FORGETFUL}
    return Erasure(_filled({k: n for k, (n, _) in found.items()}), _filled({k: n for k, (_, n) in found.items()}))


def erase(catalogue: Catalogue, subject: Subject, at: datetime, reason: str, home: Path | None = None) -> Erasure:
    """What became of somebody's rows, now that every copy is gone.

    Tombstones come first, so nothing can come back whatever happens next; then the rows of every table, the creator's
    own last; then old files and what the logs quote. Killed at any moment it leaves tables that can be read, and the
    same call completes it.

    Parameters
    ----------
    home
        The data directory, whose fetched pages are searched too.

    Raises
    ------
    OutsideFailure
        Disk or permission; what is gone is gone, and the same call completes it.
    """
    bury(catalogue, subject.keys, at, reason)
    rows, struck = {}, {}
    for kind in (*(kind for kind in FORGETFUL if kind not in _LAST), *_LAST):
        rows[kind], struck[kind] = _sweep(catalogue, _Sieve.of(kind, subject))
    pages = 0 if home is None else _drop_pages(home, subject)
    lost = forget(catalogue)
    finish(catalogue, subject.keys, at)
    return Erasure(_filled(rows), _filled(struck), pages, lost)


@dataclass(frozen=True, slots=True)
class _Sieve:
    """What goes and what is struck out of the rows of one kind.

    The rule that keeps rows from coming in is the rule that takes them out: tombstones, here under a key of no
    account. Our own records are besides searched for the names as words.
    """

    kind: str
    stones: Tombstones
    word: re.Pattern[str] | None
    quoted: re.Pattern[str] | None

    @classmethod
    def of(cls, kind: str, subject: Subject) -> "_Sieve":
        """The sieve for somebody."""
        stones = {hashed(_NO_KEY, what, name): (Tombstone(where, _NEVER, ""),) for what, where, name in subject.keys}
        words = [name for name in {*map(bare, subject.names), *subject.called} if len(name) >= _SHORTEST]
        # A sentence of ours may hold the word «travel» and mean nobody; a name in it stands in quotes, or is two words.
        sure = [says(words, _QUOTED).pattern, *(says([name]).pattern for name in words if " " in name)] if words else []
        quoted = re.compile("|".join(sure), re.IGNORECASE) if sure else None
        return cls(kind, Tombstones(_NO_KEY, stones), says(words) if words else None, quoted)

    def gone(self, table: pa.Table) -> NDArray[np.bool_]:
        """Which rows go, shape (n_rows,)."""
        gone = np.zeros(table.num_rows, dtype=bool)
        gone[list(self.stones.marked(self.kind, table))] = True
        if self.kind in RECORDS:
            for name in RECORDS[self.kind]:
                gone |= _matching(table[name].to_pylist(), self.word if name == "value" else self.quoted)
            for name in FILED:
                gone |= _matching([text and _called(text) for text in table[name].to_pylist()], self.word)
        return gone

    def count(self, catalogue: Catalogue) -> tuple[int, int]:
        """How many rows go, and how many of the others hold a mention."""
        rows = mentioned = 0
        for table in _batches(catalogue, self.kind, self._columns):
            gone = self.gone(table)
            rows += int(gone.sum())
            mentioned += int(self.stones.struck(self.kind, table.filter(pa.array(~gone)))[1].sum())
        return rows, mentioned

    def sift(self, table: pa.Table) -> pa.Table:
        """The rows that stay, nobody mentioned."""
        return self.stones.struck(self.kind, table.filter(pa.array(~self.gone(table))))[0]

    @property
    def _columns(self) -> list[str]:
        named = [name for each in NAMED[self.kind] for name in (each.column, each.platform) if name]
        records = (*RECORDS[self.kind], *FILED) if self.kind in RECORDS else ()
        return list(dict.fromkeys((*named, *WORDS.get(self.kind, ()), *records)))


def _sweep(catalogue: Catalogue, sieve: _Sieve) -> tuple[int, int]:
    """How many rows of a kind went, and how many had a mention struck out."""
    rows, mentioned = sieve.count(catalogue)
    if rows or mentioned:
        catalogue.rewrite(sieve.kind, sieve.sift)
    return rows, mentioned


def _batches(catalogue: Catalogue, kind: str, columns: list[str]) -> Iterable[pa.Table]:
    files = catalogue.files(kind)
    if files:
        found = parquet_rows(files, schema_of(kind).arrow).to_batches(columns=columns)
        yield from (pa.Table.from_batches([batch]) for batch in found)


def _called(source: str) -> str:
    """What a source is called, without its folders, and once more without the ending of a file's name."""
    last = source.rpartition("/")[2]
    return f"{last} {last.rpartition('.')[0]}"


def _matching(texts: list[str | None], pattern: re.Pattern[str] | None) -> NDArray[np.bool_]:
    """Which texts hold the pattern, shape (n_rows,)."""
    return np.array([bool(pattern and text and pattern.search(text)) for text in texts], dtype=bool)


def _rows(table: pa.Table, kind: str, subject: Subject) -> pa.Table:
    return table.filter(pa.array(_Sieve.of(kind, subject).gone(table)))


def _words(table: pa.Table, column: str) -> frozenset[str]:
    return frozenset(name for name in pc.unique(table[column]).to_pylist() if name)


def _drop_pages(home: Path, subject: Subject) -> int:
    """How many accounts' fetched pages went, because they are the subject's or speak of them.

    Pages are a day's memory of what a source answered: whatever else was in them can be asked for again.
    """
    words = [name for name in {*map(bare, subject.names), *subject.people} if len(name) >= _SHORTEST]
    dropped = 0
    with failing_as("cannot be removed", home / "fetched"):
        for folder in sorted((home / "fetched").glob("*/*/")) if words else ():
            if any(_holds(path, says(words)) for path in (folder, *folder.iterdir())):
                shutil.rmtree(folder)
                dropped += 1
    return dropped


def _holds(path: Path, told: re.Pattern[str]) -> bool:
    content = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return bool(told.search(unquote(path.name)) or told.search(content))


def _filled(counts: Mapping[str, int]) -> dict[str, int]:
    return {kind: n for kind, n in counts.items() if n}
