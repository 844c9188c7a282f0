"""`Shelf`: what was computed from a catalogue and is kept beside it, one edition per state of its tables."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

import pyarrow as pa

from asterism.errors import OutsideFailure
from asterism.measurement.scorecard import FORECASTS
from asterism.store.catalogue import Catalogue
from asterism.store.failures import failing_as
from asterism.store.kinds import KINDS, REJECTS, REMARKS
from asterism.store.save import save_bytes

COUNTED: Final = tuple(kind for kind in KINDS if kind not in {FORECASTS.name, REJECTS.name, REMARKS.name})
"""The kinds of table whose change makes another edition."""
_MADE: Final = b"made_at"


@dataclass(frozen=True, slots=True)
class Kept:
    """A table that was kept: its edition, when it was made, and its rows, mapped from the disk."""

    edition: str
    made_at: datetime
    table: pa.Table


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of tables and documents that can be computed again at any time, so that losing them costs only time.

    Of a table the newest edition stands until the next is there; older ones go.
    """

    folder: Path

    def put(self, name: str, edition: str, table: pa.Table, made_at: datetime) -> None:
        """Keep a table as an edition, and let the others of its name go.

        Raises
        ------
        OutsideFailure
            The folder cannot be written; what stood there before still does.
        """
        held, stamped = BytesIO(), table.replace_schema_metadata({_MADE: made_at.isoformat()})
        with pa.ipc.new_file(held, stamped.schema) as file:
            file.write_table(stamped)
        target = save_bytes(self.folder / f"{name}-{edition}.arrow", held.getvalue())
        for other in self.folder.glob(f"{name}-*.arrow"):
            if other != target:
                other.unlink(missing_ok=True)

    def newest(self, name: str) -> Kept | None:
        """The newest edition of a table; None where there is none, or none that can be read."""
        found = sorted(self.folder.glob(f"{name}-*.arrow"), key=_changed, reverse=True)
        return next((kept for path in found if (kept := _mapped(str(path), _changed(path))) is not None), None)

    def put_text(self, name: str, edition: str, text: str) -> None:
        """Keep a document as an edition, in place of the one that stood under the name."""
        head = json.dumps({"edition": edition})
        save_bytes(self._document(name), f"{head}\n{text}".encode())

    def text(self, name: str) -> tuple[str, str] | None:
        """The edition and the text of a document; None where there is none."""
        try:
            head, _, text = self._document(name).read_text(encoding="utf-8").partition("\n")
            return str(json.loads(head)["edition"]), text
        except (OSError, ValueError, KeyError):
            return None

    def clear(self) -> None:
        """Let everything go, as after an erasure.

        Raises
        ------
        OutsideFailure
            Something cannot be removed.
        """
        with failing_as("cannot be cleared", self.folder):
            if self.folder.exists():
                shutil.rmtree(self.folder)

    def _document(self, name: str) -> Path:
        return self.folder / "documents" / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.json"


def standing_versions(catalogue: Catalogue, kinds: Iterable[str] = COUNTED) -> dict[str, int]:
    """The version of each table of some kinds, as `Catalogue.versions` has it, by the name of its newest commit.

    Delta numbers commits in the names of its log's files, so that no table need be opened: that costs 50 times more.
    """
    found: dict[str, int] = {}
    for kind in kinds:
        try:
            names = [entry.name for entry in (catalogue.path / kind / "_delta_log").iterdir()]
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise OutsideFailure(f"{catalogue.path / kind} cannot be read: {error.strerror}.") from None
        commits = [int(name[:20]) for name in names if name.endswith(".json") and name[:20].isdecimal()]
        if commits:
            found[kind] = max(commits)
    return found


def standing_edition(catalogue: Catalogue) -> str:
    """The edition that a catalogue's tables stand at; empty where it holds no creators."""
    versions = standing_versions(catalogue)
    return edition_of(versions) if "creators" in versions else ""


def edition_of(versions: Mapping[str, int]) -> str:
    """A short name of the state that some versions stand for.

    >>> edition_of({"creators": 1}) == edition_of({"creators": 1}) != edition_of({"creators": 2})
    True
    """
    return hashlib.sha256(json.dumps(dict(versions), sort_keys=True).encode()).hexdigest()[:16]


def _changed(path: Path) -> tuple[int, int]:
    """What tells one file of a name from the next: clocks are coarse, so the place on the disk counts too."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_ino


@lru_cache(maxsize=16)
def _mapped(path: str, changed: tuple[int, int]) -> Kept | None:  # noqa: ARG001 — a file written anew is another one
    """A kept table, its pages read from the disk when they are needed and shared with other processes."""
    try:
        table = pa.ipc.open_file(pa.memory_map(path)).read_all()
        made_at = datetime.fromisoformat((table.schema.metadata or {})[_MADE].decode())
    except (OSError, pa.ArrowInvalid, KeyError, ValueError):
        return None
    return Kept(Path(path).stem.rpartition("-")[2], made_at, table)
