"""Room on a disk, asked for before anything is written."""

import errno
import os
import tempfile
from pathlib import Path
from typing import Final

import pyarrow as pa

_ASIDE: Final = 1 << 16
"""Bytes for what stands around the rows: the file's own description, and the line of the log."""
_CANNOT_RESERVE: Final = (errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS)


def most(rows: pa.Table) -> int:
    """The most bytes that rows take as Parquet: those of their values, uncompressed, blank columns being free."""
    return _ASIDE + sum(int(column.nbytes) for column in rows.columns if column.null_count < rows.num_rows)


def insist_on_room(folder: Path, n_bytes: int) -> None:
    """Make sure that so many bytes can be written to a folder: they are asked of its disk, and given back.

    A disk that fills up in the middle of a write leaves it to others to clean up after us; what is refused here has not
    begun. Unlike the free space that a disk states, its answer knows of quotas and of the largest file allowed. The
    file has no name, so that nothing of it can be left. Where the system takes no such question, the write finds out.

    Raises
    ------
    OSError
        There is no such room: the disk or a quota is used up, or no file may be so large.
    """
    if not hasattr(os, "posix_fallocate"):
        return
    with tempfile.TemporaryFile(dir=folder) as file:
        try:
            os.posix_fallocate(file.fileno(), 0, n_bytes)
        except OSError as error:
            if error.errno not in _CANNOT_RESERVE:
                raise
