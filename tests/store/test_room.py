"""Room on a disk: no less is asked for than is written, nothing stays behind, only a lack of room is a refusal."""

import errno
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import write_deltalake

from asterism.store.room import insist_on_room, most

DRAW = random.Random(5)
COLUMNS: dict[str, Callable[[], object]] = {
    "figures": lambda: DRAW.randrange(2**62),
    "fractions": DRAW.random,
    "texts": lambda: str(DRAW.random()),
    "words": lambda: DRAW.choice(["food", "art"]),
    "flags": lambda: DRAW.random() < 0.5,
    "some": lambda: DRAW.choice([None, DRAW.random()]),
}


@pytest.mark.parametrize("n_rows", [0, 1, 8_000])
@pytest.mark.parametrize("names", [["figures"], ["texts"], ["words", "some"], list(COLUMNS)], ids=" ".join)
def test_rows_never_take_more_than_is_asked_for(tmp_path: Path, names: list[str], n_rows: int) -> None:
    kinds = {"figures": pa.int64(), "texts": pa.string(), "words": pa.string(), "flags": pa.bool_()}
    rows = pa.table(
        {name: pa.array([COLUMNS[name]() for _ in range(n_rows)], kinds.get(name, pa.float64())) for name in names}
    )
    write_deltalake(tmp_path / "rows", rows)
    assert most(rows) >= sum(file.stat().st_size for file in (tmp_path / "rows").rglob("*") if file.is_file())


def test_a_column_that_holds_nothing_takes_no_room() -> None:
    rows = pa.table({"a": pa.array(range(1_000))})
    assert most(rows.append_column("b", pa.nulls(1_000, pa.int64()))) == most(rows)


def test_what_was_asked_for_is_given_back_without_a_trace(tmp_path: Path) -> None:
    insist_on_room(tmp_path, 1_000_000)
    assert list(tmp_path.iterdir()) == []


def test_a_file_larger_than_allowed_is_refused(tmp_path: Path) -> None:
    code = f"""
import resource
from pathlib import Path
from asterism.store.room import insist_on_room
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
insist_on_room(Path({str(tmp_path)!r}), 100_000)
try:
    insist_on_room(Path({str(tmp_path)!r}), 100_001)
except OSError as error:
    print(error.errno)
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == [str(errno.EFBIG)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "refused"),
    [
        pytest.param(errno.EOPNOTSUPP, False, id="a disk that takes no such question"),
        pytest.param(errno.EINVAL, False, id="a system that takes none"),
        pytest.param(errno.ENOSPC, True, id="a full disk"),
        pytest.param(errno.EDQUOT, True, id="a used quota"),
    ],
)
def test_only_a_lack_of_room_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, refused: bool
) -> None:
    def answer(*_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "posix_fallocate", answer)
    if refused:
        with pytest.raises(OSError, match=os.strerror(number)):
            insist_on_room(tmp_path, 1)
    else:
        insist_on_room(tmp_path, 1)
