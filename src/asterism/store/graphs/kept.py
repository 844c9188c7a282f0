"""Built graphs kept between runs: one file each, arrays mapped from it, written whole or not at all."""

import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
FORMAT: Final = 1
"""Part of every key: a change of what is kept must change it."""
_MAGIC: Final = b"ASTERISM GRAPH\n\0"
_PREFIX: Final = len(_MAGIC) + 16
_STEP: Final = 64
_READ_WHOLE: Final = 4 << 20
_KEPT: Final = 20
"""Graphs kept; the one not used for longest goes first."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Arrays and facts as they were kept."""

    arrays: dict[str, NDArray[Any]]
    facts: dict[str, Any]


def identity(path: str) -> list[Any]:
    """What changes when a file does.

    The hash of a small one; place, size and times of a large one, which would take too long to read.
    """
    stat = Path(path).stat()
    if stat.st_size <= _READ_WHOLE:
        return [hashlib.sha256(Path(path).read_bytes()).hexdigest()]
    return [str(Path(path).resolve()), stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]


def cache_file(folder: Path, key: Any) -> Path:
    """Where the graph of a key (plain values) is kept."""
    written = json.dumps([FORMAT, np.little_endian, key])
    return folder / f"{hashlib.sha256(written.encode()).hexdigest()[:32]}.graph"


def load(file: Path) -> Kept | None:
    """What is kept in a file, mapped; nothing where there is none or it is damaged.

    Every byte is checked against the sums in the header: a damaged graph would send the kernels astray. The arrays may
    be written to; the file stays as it is.
    """
    try:
        content = np.memmap(file, dtype=np.uint8, mode="c").view(np.ndarray)
        header = _header(content)
        arrays = {name: _array(content, told) for name, told in header["arrays"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    with suppress(OSError):
        os.utime(file)
    return Kept(arrays, header["facts"])


def keep(file: Path, arrays: Arrays, facts: Mapping[str, Any]) -> None:
    """Write arrays and facts for `load`; raises `OSError` where that cannot be.

    A temporary file is filled, flushed and renamed: a reader sees all of it or none, and of several writers at once the
    last one stays.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".graph.")
    try:
        with os.fdopen(handle, "wb") as out:
            header = json.dumps({"arrays": _described(arrays), "facts": dict(facts)}).encode()
            out.write(_MAGIC + len(header).to_bytes(8, "little") + zlib.crc32(header).to_bytes(8, "little") + header)
            for array in arrays.values():
                out.write(bytes(-out.tell() % _STEP))
                out.write(np.ascontiguousarray(array).data)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _forget_the_oldest(file.parent)


def _described(arrays: Arrays) -> dict[str, Any]:
    """Type, size and sum of each array, and where it begins after the header."""
    told: dict[str, Any] = {}
    at = 0
    for name, array in arrays.items():
        flat = np.ascontiguousarray(array).view(np.uint8)
        told[name] = {"dtype": array.dtype.str, "at": at, "bytes": flat.size, "sum": _sum(flat)}
        at += -(-flat.size // _STEP) * _STEP
    return told


def _header(content: NDArray[np.uint8]) -> dict[str, Any]:
    """The header of a file, with `at` counted from the file's begin; raises `ValueError` where it is damaged."""
    prefix = content[:_PREFIX].tobytes()
    length, crc = int.from_bytes(prefix[-16:-8], "little"), int.from_bytes(prefix[-8:], "little")
    written = content[_PREFIX : _PREFIX + length].tobytes()
    if prefix[: len(_MAGIC)] != _MAGIC or zlib.crc32(written) != crc:
        raise ValueError("damaged header")
    header: dict[str, Any] = json.loads(written)
    begin = -(-(_PREFIX + length) // _STEP) * _STEP
    for told in header["arrays"].values():
        told["at"] += begin
    return header


def _array(content: NDArray[np.uint8], told: Mapping[str, Any]) -> NDArray[Any]:
    flat = content[told["at"] : told["at"] + told["bytes"]]
    if flat.size != told["bytes"] or _sum(flat) != told["sum"]:
        raise ValueError("damaged array")
    return flat.view(np.dtype(told["dtype"]))


def _sum(flat: NDArray[np.uint8]) -> int:
    """The sum of the bytes eight at a time, modulo 2⁶⁴: as fast as memory, and a changed or missing page shows."""
    whole = flat.size // 8 * 8
    return int(flat[:whole].view(np.uint64).sum(dtype=np.uint64)) + int(flat[whole:].sum(dtype=np.uint64))


def _forget_the_oldest(folder: Path) -> None:
    with suppress(OSError):
        kept = sorted(folder.glob("*.graph"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in kept[_KEPT:]:
            file.unlink()
