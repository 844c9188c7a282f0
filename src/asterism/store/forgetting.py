"""A table without its past: every old file and whatever the log still quotes of old rows, gone for good."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from asterism.store.catalogue import Catalogue
from asterism.store.failures import failing_as
from asterism.store.locks import held
from asterism.store.naming import NAMED, RECORDS
from asterism.store.save import save_text

FORGETFUL: Final = tuple(kind for kind, named in NAMED.items() if named or kind in RECORDS)
"""The kinds of table that may name somebody."""
_ENTRY: Final = re.compile(r"\d{20}\.json")
_LAST: Final = "_last_checkpoint"
_TOLD: Final = ("timestamp", "operation", "readVersion", "engineInfo", "clientVersion")
"""What of a commit stays in the log: when, and what kind of work it was."""


def forget(catalogue: Catalogue) -> dict[str, int]:
    """The highest version of each table whose rows can no longer be read, once its past is gone.

    Every file goes that the table as it stands does not need, those of writers that were killed included. Log entries
    stay, so that a version still has its number and its time, but without the smallest and largest values and the
    conditions that they quote; checkpoints are made anew. Repeating it completes what was cut short.

    Raises
    ------
    OutsideFailure
        Disk or permission.
    """
    lost: dict[str, int] = {}
    with failing_as("cannot be cleared", catalogue.path, DeltaError), held(catalogue.path, alone=True):
        for kind in FORGETFUL:
            if any((catalogue.path / kind / "_delta_log").glob("*.json")):
                newest = _clear(catalogue.path / kind)
                if newest:
                    lost[kind] = newest - 1
    return lost


def _clear(folder: Path) -> int:
    """The version that stands, once nothing else does."""
    table, log = DeltaTable(folder), folder / "_delta_log"
    version = int(table.version())
    standing = {Path(uri).name for uri in table.file_uris()}
    _remove(file for file in folder.iterdir() if file.is_file() and file.name not in standing)
    kept = _checkpointed(table, log, version)
    _remove(file for file in log.iterdir() if not _ENTRY.fullmatch(file.name) and file.name not in kept)
    for entry in sorted(log.glob("*.json")):
        _scrub(entry, standing)
    return version


def _checkpointed(table: DeltaTable, log: Path, version: int) -> set[str]:
    """The names of a checkpoint of what stands, where there was one of what stood before."""
    if not any(log.glob("*.checkpoint*.parquet")):
        return set()
    table.create_checkpoint()
    return {_LAST, f"{version:020}.checkpoint.parquet"}


def _remove(files: Iterable[Path]) -> None:
    for file in list(files):
        file.unlink(missing_ok=True)


def _scrub(entry: Path, standing: set[str]) -> None:
    """A log entry without what it quotes of rows that no longer stand."""
    text = entry.read_text(encoding="utf-8")
    lines = [json.dumps(_scrubbed(json.loads(line), standing), separators=(",", ":")) for line in text.splitlines()]
    plain = "\n".join(lines)
    if plain != text.rstrip("\n"):
        save_text(entry, plain)


def _scrubbed(action: dict[str, Any], standing: set[str]) -> dict[str, Any]:
    (name, told) = next(iter(action.items()))
    if name == "commitInfo":
        return {name: {key: told[key] for key in _TOLD if key in told}}
    if name in ("add", "remove", "cdc") and Path(told["path"]).name not in standing:
        return {name: {key: value for key, value in told.items() if key not in ("stats", "tags")}}
    return action
