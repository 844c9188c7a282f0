"""`Tombstones`: who was erased and may not come back, as keyed hashes that say nothing to whoever reads them."""

import hmac
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.errors import OutsideFailure
from asterism.store.catalogue import Catalogue
from asterism.store.failures import failing_as
from asterism.store.kinds import ERASED
from asterism.store.locks import held
from asterism.store.naming import ACCOUNT, MENTION, NAMED, WORDS, Named, bare
from asterism.store.save import save_bytes

KEY: Final = "erased.key"
MASK: Final = "[erased]"
"""What stands where somebody was named."""
_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One name that may not come back: where it stood (None: anywhere), since when, and why."""

    platform: str | None
    at: datetime
    reason: str
    finished: bool = True

    @property
    def sentence(self) -> str:
        """What a refused row is told."""
        return f"erased on request on {self.at:%Y-%m-%d}: {self.reason}"

    def fits(self, platform: str | None) -> bool:
        """Whether a row on a platform is meant; where either says nothing of it, it is."""
        return None in (self.platform, platform) or self.platform == platform


@dataclass(frozen=True, slots=True)
class Mark:
    """Why a row names somebody erased: the column that does, and the tombstone."""

    column: str
    stone: Tombstone


@dataclass(frozen=True, slots=True)
class Tombstones:
    """All tombstones of a catalogue, by the hash of the name."""

    key: bytes
    stones: Mapping[str, tuple[Tombstone, ...]]

    def hashed(self, what: str, name: str) -> str:
        """The name as a tombstone has it."""
        return hashed(self.key, what, name)

    def on(self, what: str, name: str, platform: str | None = None) -> Tombstone | None:
        """The tombstone of a name, if there is one."""
        found = self.stones.get(self.hashed(what, name), ()) if self.stones else ()
        return next((stone for stone in found if stone.fits(platform)), None)

    def marked(self, kind: str, table: pa.Table) -> dict[int, Mark]:
        """The rows of a table of a kind that name somebody erased, each with its mark.

        Every name is hashed once, however many rows bear it.
        """
        marks: dict[int, Mark] = {}
        told: dict[tuple[str, str], bool] = {}
        for named in NAMED[kind] if self.stones and table.num_rows else ():
            for row, stone in self._in(named, table, told):
                marks.setdefault(row, Mark(named.column, stone))
        return marks

    def struck(self, kind: str, table: pa.Table) -> tuple[pa.Table, NDArray[np.bool_]]:
        """The rows with mentions of anybody erased struck out of their free text, and which had one."""
        touched = np.zeros(table.num_rows, dtype=bool)
        told: dict[str, bool] = {}
        for name in WORDS.get(kind, ()) if self.stones else ():
            texts = table[name].to_pylist()
            plain = [text and self.masked(text, told) for text in texts]
            changed = np.array([before != after for before, after in zip(texts, plain, strict=True)], dtype=bool)
            if changed.any():
                at = table.schema.get_field_index(name)
                table = table.set_column(at, table.schema.field(at), pa.chunked_array([plain], pa.string()))
            touched |= changed
        return table, touched

    def masked(self, text: str, told: dict[str, bool] | None = None) -> str:
        """The text without mentions of anybody erased: `@name`, and addresses of profiles; `told` remembers names."""
        if "@" not in text and "/" not in text:
            return text
        known = {} if told is None else told

        def mask(found: re.Match[str]) -> str:
            if found[2] not in known:
                known[found[2]] = self.on(ACCOUNT, found[2]) is not None
            return f"{found[1]}{MASK}" if known[found[2]] else found[0]

        return MENTION.sub(mask, text)

    def _in(self, named: Named, table: pa.Table, told: dict[tuple[str, str], bool]) -> Iterable[tuple[int, Tombstone]]:
        column = table[named.column]
        hit = [name for name in pc.unique(column).to_pylist() if name and self._known(named, name, told)]
        if not hit:
            return
        rows = np.flatnonzero(np.asarray(pc.is_in(column, value_set=pa.array(hit, pa.string()))))
        for row in rows.tolist():
            where, name = _parted(named, table, row)
            stone = self.on(named.what, name, where)
            if stone is not None:
                yield row, stone

    def _known(self, named: Named, name: str, told: dict[tuple[str, str], bool]) -> bool:
        called = (named.what, name.partition(":")[2] if named.joined else name)
        if called not in told:
            told[called] = self.hashed(*called) in self.stones
        return told[called]


def _parted(named: Named, table: pa.Table, row: int) -> tuple[str | None, str]:
    """The platform, None where nothing says it, and the name of a row."""
    name = table[named.column][row].as_py()
    if named.joined:
        platform, _, name = name.partition(":")
        return platform or None, name
    return (table[named.platform][row].as_py() or None) if named.platform else None, name


def hashed(key: bytes, what: str, name: str) -> str:
    """The keyed hash (HMAC-SHA256) of a name, in whatever spelling; hashes of persons keep their case."""
    told = bare(name) if what == ACCOUNT else name.strip()
    return hmac.digest(key, f"{what}\0{told}".encode(), "sha256").hex()


def tombstones(catalogue: Catalogue) -> Tombstones:
    """The tombstones of a catalogue; none, at no cost, where nobody was ever erased.

    Raises
    ------
    OutsideFailure
        There are tombstones and their key is gone: nobody could tell who was erased, so nothing may be written.
    """
    if not (catalogue.path / ERASED.name).is_dir():
        return Tombstones(b"", {})
    rows = catalogue.read(ERASED.name).to_pylist()
    if not rows:
        return Tombstones(b"", {})
    found: defaultdict[str, list[Tombstone]] = defaultdict(list)
    for row in rows:
        found[row["hash"]].append(_stone(row))
    return Tombstones(_key(catalogue.path), {name: tuple(stones) for name, stones in found.items()})


def _stone(row: Mapping[str, Any]) -> Tombstone:
    return Tombstone(row["platform"], row["at"], row["reason"] or "", row["finished"] is not None)


def _key(folder: Path) -> bytes:
    with failing_as("cannot be read", folder / KEY):
        try:
            key = (folder / KEY).read_bytes()
        except FileNotFoundError:
            key = b""
    if len(key) == _BYTES:
        return key
    what = f"{folder / KEY} is gone or damaged: without it nobody can tell who was erased, so nothing is taken in."
    raise OutsideFailure(what, "Bring that file back from a backup.")


def bury(catalogue: Catalogue, names: Iterable[tuple[str, str | None, str]], at: datetime, reason: str) -> None:
    """Put a tombstone on each name (what, platform, name) that has none, and wait for the writers that came before it.

    From here on no import can bring any of the names back, whatever becomes of the rest of the erasure.
    """
    with failing_as("cannot be written", catalogue.path), held(catalogue.path, alone=True):
        _make_key(catalogue)
    key, standing = _key(catalogue.path), set(_keys(catalogue.read(ERASED.name)))
    fresh = {(what, platform, hashed(key, what, name)) for what, platform, name in names} - standing
    rows = [
        {"what": what, "platform": platform, "hash": name, "at": at, "reason": reason} for what, platform, name in fresh
    ]
    if rows:
        catalogue.upsert(ERASED.name, pa.Table.from_pylist(rows, schema=ERASED.arrow))
    with failing_as("cannot be written", catalogue.path), held(catalogue.path, alone=True):
        pass


@contextmanager
def guarded(catalogue: Catalogue) -> Iterator[Tombstones]:
    """A block in which nobody's erasure begins or clears files, with the tombstones that hold in it.

    What is written in it was held against every tombstone there is.
    """
    with failing_as("cannot be written", catalogue.path), held(catalogue.path):
        yield tombstones(catalogue)


def finish(catalogue: Catalogue, names: Iterable[tuple[str, str | None, str]], at: datetime) -> None:
    """Say of the tombstones on some names, and of those put up together with them, that the work behind them is done.

    An erasure that was cut short after the creator's own rows were gone is completed under one of its names.
    """
    key, standing = _key(catalogue.path), catalogue.read(ERASED.name)
    own = {(what, platform, hashed(key, what, name)) for what, platform, name in names}
    begun = {row["at"] for row in standing.to_pylist() if (row["what"], row["platform"], row["hash"]) in own}
    together = pc.is_in(standing["at"], value_set=pa.array(sorted(begun), standing["at"].type))
    open_ = standing.filter(pc.and_(pc.is_null(standing["finished"]), together))
    if open_.num_rows:
        done = pa.repeat(pa.scalar(at, ERASED.field("finished").type), open_.num_rows)
        catalogue.upsert(ERASED.name, open_.set_column(open_.schema.get_field_index("finished"), "finished", done))


def _keys(table: pa.Table) -> Iterable[tuple[str, str | None, str]]:
    return zip(*(table[name].to_pylist() for name in ERASED.key), strict=True)


def _make_key(catalogue: Catalogue) -> None:
    """The catalogue's own key, made once: under another one the tombstones that stand would mean nobody."""
    path = catalogue.path / KEY
    if not path.exists() and not (catalogue.path / ERASED.name).is_dir():
        save_bytes(path, secrets.token_bytes(_BYTES))
        path.chmod(0o600)
