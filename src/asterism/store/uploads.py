"""`receive`: a stranger's file, checked by its content and put where no web server looks."""

import hashlib
import os
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from asterism.errors import BadInput, WrongUsage
from asterism.store.archives import Limits
from asterism.store.failures import failing_as
from asterism.store.screening import TAKEN, kind_of

LIMIT: Final = "ASTERISM_UPLOAD_MB"
PART: Final = ".part"
_LONGEST: Final = 200
_FORGOTTEN_AFTER: Final = 86_400.0
"""Seconds after which a part is what a killed process left behind."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was taken in.

    Parameters
    ----------
    path
        Where it lies, under a random name that says nothing of it.
    name
        What its owner calls it; for showing only, never a path.
    size, sha256
        Its bytes, and their hash.
    kind
        What it is by its content: csv, json, xlsx or parquet.
    """

    path: Path
    name: str
    size: int
    kind: str
    sha256: str


def limits_of(environment: Mapping[str, str]) -> Limits:
    """The limits of an environment: `ASTERISM_UPLOAD_MB` megabytes per file, 50 where it is not said.

    >>> limits_of({"ASTERISM_UPLOAD_MB": "10"}).size
    10485760
    """
    words = environment.get(LIMIT) or str(Limits().size >> 20)
    if not words.isdecimal() or not 1 <= int(words) <= 4_096:
        raise WrongUsage(f"{LIMIT} is `{words}`.", "Set it to whole megabytes from 1 to 4096, or leave it out.")
    return replace(Limits(), size=int(words) << 20)


def receive(chunks: Iterable[bytes], name: str, folder: Path, limits: Limits | None = None) -> Upload:
    """The upload, once its bytes stand in `folder` in full and are a table that may be read.

    Bytes go to the disk as they come and are given up where they exceed the limit; whatever is refused, or cut short by
    an error of the sender, leaves nothing behind.

    Parameters
    ----------
    folder
        A folder of the data directory, outside of anything that is served; it is made where it is not there.

    Raises
    ------
    BadInput
        The name is a path, the file is too large or empty, is no table, or holds what could do harm.
    OutsideFailure
        Disk or permission.
    """
    allowed = limits or Limits()
    shown = _sound_name(name)
    with failing_as("cannot be written", folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        tidy(folder)
        target = folder / secrets.token_hex(16)
        part = target.with_suffix(PART)
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
                size, digest = _poured(chunks, file, shown, allowed)
            kind = kind_of(shown, part, allowed)
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return Upload(target, shown, size, kind, digest)


def tidy(folder: Path) -> None:
    """Remove the parts that a killed process left behind a day ago or earlier."""
    for part in folder.glob(f"*{PART}"):
        if time.time() - part.stat().st_mtime > _FORGOTTEN_AFTER:
            part.unlink(missing_ok=True)


def _sound_name(name: str) -> str:
    """The name, if it is one: no path, no character that steers a screen or ends a text early."""
    if not name.strip() or not name.isprintable() or len(name) > _LONGEST:
        raise BadInput("The file's name cannot be used.", f"Rename it: plain letters, at most {_LONGEST}.")
    if "/" in name or "\\" in name or name.strip(" .") == "":
        raise BadInput("The file's name holds a path.", "Name the file alone, without folders.")
    return name.strip()


def _poured(chunks: Iterable[bytes], file: BinaryIO, name: str, limits: Limits) -> tuple[int, str]:
    """The bytes written and their SHA-256."""
    size, digest = 0, hashlib.sha256()
    for chunk in chunks:
        size += len(chunk)
        if size > limits.size:
            what = f"{name} is larger than {limits.size >> 20:,} MB."
            raise BadInput(what, f"Split it, or let whoever runs this server raise {LIMIT}.")
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise BadInput(f"{name} is empty.", TAKEN)
    file.flush()
    os.fsync(file.fileno())
    return size, digest.hexdigest()
