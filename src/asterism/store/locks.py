"""Who may write to a catalogue at the same time: writers side by side, and whoever takes old versions away alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held(folder: Path, alone: bool = False) -> Iterator[None]:
    """A block in which a catalogue is written to, beside other writers or, with `alone`, when they are done.

    A file that an import has written and not yet committed looks like one that nobody needs any more. So whoever
    removes files waits for the writers, and they wait for it. The system frees the lock of a process that is killed;
    where a system has no such lock, writers are left to Delta's own conflicts.

    Raises
    ------
    OSError
        The folder cannot be made or entered.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if os.name != "posix":
        yield
        return
    import fcntl

    door = os.open(folder, os.O_RDONLY)  # the folder itself is locked: no file of ours lies about in it
    try:
        fcntl.flock(door, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(door)
