"""A disk that fills up while files are imported: a real one, so small that it does."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from asterism.desk.import_ import Choices, import_files
from asterism.store.catalogue import Catalogue

ASTERISM = str(Path(sys.executable).with_name("asterism"))
SIZE = 4 << 20
FIRST, MORE = 50, 10_000


def creators(path: Path, n_rows: int, month: int) -> str:
    """A CSV of creators with texts that do not pack, other figures each month."""
    rows = (
        f"c{i},instagram,{i * month},{hash((i, month))} {hash((month, i, 7))},2026-0{month}-01" for i in range(n_rows)
    )
    path.write_text("\n".join(["creator_id,platform,followers,bio,as_of", *rows]))
    return str(path)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None:
        pytest.skip("there is no `mount` to make a small disk with")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"no small disk can be made here: {made.stderr.strip() or 'mount refused'}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def leave(disk: Path, free: int) -> Path:
    """Fill a disk up to so many free bytes."""
    state = os.statvfs(disk)
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(state.f_bavail * state.f_frsize - free))
    return ballast


def imported(file: str, catalogue: Path) -> int:
    """How many rows of a file an import takes into a catalogue."""
    (done,) = import_files([file], Choices(catalogue=catalogue))
    return done.accepted


def refused(file: str, catalogue: Path) -> None:
    """Import a file by the command line and see it refused for want of space, in one line."""
    command = [ASTERISM, "import", file, "--catalogue", str(catalogue), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (4, 1), done.stderr
    assert "Free some space" in done.stderr


def stands(catalogue: Path) -> list[pa.Table]:
    """The creators, and the past of their figures."""
    return [Catalogue(catalogue).read(kind) for kind in ("creators", "snapshots")]


@pytest.mark.parametrize("free", [0, 40_000, 90_000, 300_000, 1_000_000])
def test_a_disk_that_is_too_small_leaves_the_catalogue_as_it_was(tmp_path: Path, disk: Path, free: int) -> None:
    catalogue = disk / "catalogue"
    first, more = creators(tmp_path / "first.csv", FIRST, 1), creators(tmp_path / "more.csv", MORE, 2)
    imported(first, catalogue)
    before = stands(catalogue)
    ballast = leave(disk, free)
    refused(more, catalogue)
    assert stands(catalogue) == before
    assert not [file for file in catalogue.rglob("*") if file.is_file() and file.suffix not in (".json", ".parquet")]
    ballast.unlink()
    assert imported(more, catalogue) == MORE
    whole = tmp_path / "on a larger disk"
    assert [imported(file, whole) for file in (first, more)] == [FIRST, MORE]
    assert stands(catalogue) == stands(whole)


def test_a_few_rows_need_room_for_the_table_they_are_merged_into(tmp_path: Path, disk: Path) -> None:
    catalogue = disk / "catalogue"
    imported(creators(tmp_path / "all.csv", MORE, 1), catalogue)
    before = stands(catalogue)
    few = creators(tmp_path / "all.csv", FIRST, 2)
    ballast = leave(disk, 400_000)
    refused(few, catalogue)
    assert stands(catalogue) == before
    ballast.unlink()
    assert imported(few, catalogue) == FIRST
    assert stands(catalogue)[0].num_rows == MORE


def test_a_disk_that_fills_up_after_room_was_asked_for_leaves_the_last_commit(tmp_path: Path, disk: Path) -> None:
    catalogue = disk / "catalogue"
    imported(creators(tmp_path / "first.csv", FIRST, 1), catalogue)
    before, _ = stands(catalogue)
    more = creators(tmp_path / "more.csv", MORE, 2)
    ballast = leave(disk, 400_000)
    code = f"""
import sys
import asterism.store.catalogue
from asterism.faces.main import main
asterism.store.catalogue.insist_on_room = lambda *_: None
sys.exit(main(["import", {more!r}, "--catalogue", {str(catalogue)!r}]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 4, done.stderr
    assert done.stderr.strip().splitlines()[-1].endswith("nothing was half written.")
    assert stands(catalogue)[0] == before
    ballast.unlink()
    assert imported(more, catalogue) == MORE
    assert stands(catalogue)[0].num_rows == FIRST + MORE
