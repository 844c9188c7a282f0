"""Files written whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from asterism.store.failures import failing_as


def save_bytes(path: str | Path, content: bytes) -> Path:
    """The path, once `content` stands there in full.

    A temporary file in the same folder is filled, flushed to the disk and renamed over the target: a reader, or a
    machine that loses power, sees the old content or the new and never a part. Missing folders are made.

    Raises
    ------
    OutsideFailure
        The folder cannot be written, or the disk is full; what stood there before is untouched.
    """
    target = Path(path).expanduser()
    with failing_as("cannot be written", target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
        try:
            _fill(handle, content)
            Path(name).chmod(_mode(target))
            Path(name).replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
        _flush_folder(target.parent)
    return target


def save_text(path: str | Path, content: str) -> Path:
    """The path, once `content` stands there in full as UTF-8; see `save_bytes`."""
    return save_bytes(path, content.encode())


def _fill(handle: int, content: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _mode(target: Path) -> int:
    """The permissions of the file to be replaced, else those of any new file."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _flush_folder(folder: Path) -> None:
    """The rename itself must reach the disk; some file systems cannot open a folder, and then it is theirs to do."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
