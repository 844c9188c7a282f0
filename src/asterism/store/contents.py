"""The bytes of a file or of standard input, and what is said where there are none to be had."""

import gzip
import mmap
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.errors import NotFound, OutsideFailure, UnreadableFile
from asterism.store.encodings import decode

Bytes = NDArray[np.uint8]
STANDARD_INPUT: Final = "-"
GZIP: Final = b"\x1f\x8b"
_HEAD: Final = 65_536
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def named(path: str) -> str:
    """What a path is called in a sentence."""
    return "standard input" if path == STANDARD_INPUT else path


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`.

    Raises
    ------
    NotFound
        There is no such file.
    UnreadableFile
        It is a folder.
    OutsideFailure
        The system would not let us read it.
    """
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    with _refusals(path):
        return Path(path).read_bytes()


def map_bytes(path: str) -> Bytes:
    """The bytes of a file, mapped or else unpacked by gzip; raises as `read_bytes`."""
    if path == STANDARD_INPUT:
        return _unpacked(path, sys.stdin.buffer.read())
    with _refusals(path), Path(path).open("rb") as file:
        head = file.peek(2)[:2]
        if not head:
            return np.zeros(0, dtype=np.uint8)
        if head == GZIP:
            return _unpacked(path, file.read())
        try:
            return np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), dtype=np.uint8)
        except (OSError, ValueError):  # a pipe has no pages to map
            return np.frombuffer(file.read(), dtype=np.uint8)


def as_utf8(source: str, content: Bytes) -> tuple[Bytes, tuple[str, ...]]:
    """Text as UTF-8 without a mark, and what had to be assumed.

    Plain text comes back as it is, without a copy.

    Raises
    ------
    UnreadableFile
        The bytes are no text.
    """
    head = content[:_HEAD].tobytes()
    marked = head.startswith(_MARKS)
    has_lines = b"\n" in head or b"\r" not in head
    if not marked and b"\0" not in head and has_lines:
        decode(source, head[: head.rfind(b"\n") + 1] or head)
        return content, ()
    decoded = decode(source, content.tobytes())
    lines = decoded.text if has_lines or marked else decoded.text.replace("\r", "\n")
    return np.frombuffer(lines.encode(), dtype=np.uint8), decoded.warnings


def _unpacked(path: str, content: bytes) -> Bytes:
    if content[:2] == GZIP:
        try:
            content = gzip.decompress(content)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise UnreadableFile(f"{named(path)} is packed with gzip and damaged.", "Fetch it again.") from None
    return np.frombuffer(content, dtype=np.uint8)


@contextmanager
def _refusals(path: str) -> Iterator[None]:
    """A block whose failure to open or read a file comes out as one line."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"There is no file {path}.", "Check the path.") from None
    except IsADirectoryError:
        raise UnreadableFile(f"{path} is a folder, not a file.", "Name a file in it.") from None
    except PermissionError:
        raise OutsideFailure(f"{path} may not be read.", "Give yourself permission to read it.") from None
    except UnreadableFile:
        raise
    except (OSError, ValueError) as error:
        raise OutsideFailure(f"{path} could not be read: {error}.", "Check the disk and the path.") from None
