"""Several writers at once, and writers that are killed: separate processes, real files."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from asterism.creators.tables import CREATORS
from asterism.store.catalogue import Catalogue

HEAD = """
    import sys
    from datetime import datetime, timedelta, timezone
    from pathlib import Path
    import pyarrow as pa
    from asterism.creators.tables import CREATORS
    from asterism.store.catalogue import Catalogue

    catalogue, me = Catalogue(Path(sys.argv[1])), int(sys.argv[2])

    def upsert(ids, value):
        day = datetime(2020, 1, 1, tzinfo=timezone.utc) + timedelta(days=value)
        rows = [{"creator_id": i, "followers": value, "as_of": day} for i in ids]
        return catalogue.upsert("creators", pa.Table.from_pylist(rows, schema=CREATORS.arrow))
"""


def writer(body, path, me):
    code = textwrap.dedent(HEAD) + textwrap.dedent(body)
    return subprocess.Popen([sys.executable, "-c", code, str(path), str(me)], stdout=subprocess.PIPE, text=True)


def test_writers_at_once_lose_no_row_and_no_older_row_wins(tmp_path):
    body = """
        for turn in range(5):
            upsert(["shared", f"only {me} {turn}"], 10 * turn + me)
    """
    writers = [writer(body, tmp_path / "catalogue", me) for me in range(3)]
    said = [w.communicate(timeout=120) for w in writers]
    assert [w.returncode for w in writers] == [0, 0, 0], said
    found = {r["creator_id"]: r["followers"] for r in Catalogue(tmp_path / "catalogue").read("creators").to_pylist()}
    mine = {f"only {me} {turn}": 10 * turn + me for me in range(3) for turn in range(5)}
    assert found == {"shared": 42} | mine
    snapshots = Catalogue(tmp_path / "catalogue").read("snapshots")
    assert snapshots.num_rows == 2 * len(mine)


def test_first_writers_at_once_double_no_row(tmp_path):
    body = """
        import time
        home = Path(sys.argv[1])
        for turn in range(6):
            (home / f"{turn} {me}").touch()
            while len(list(home.glob(f"{turn} *"))) < 3:
                time.sleep(0.0005)
            catalogue = Catalogue(home / f"catalogue {turn}")
            upsert(["shared", f"only {me}"], me)
    """
    writers = [writer(body, tmp_path, me) for me in range(3)]
    said = [w.communicate(timeout=120) for w in writers]
    assert [w.returncode for w in writers] == [0, 0, 0], said
    for turn in range(6):
        catalogue = Catalogue(tmp_path / f"catalogue {turn}")
        found = [(r["creator_id"], r["followers"]) for r in catalogue.read("creators").to_pylist()]
        assert found == [("only 0", 0), ("only 1", 1), ("only 2", 2), ("shared", 2)]
        assert catalogue.read("snapshots").num_rows == 6


def kill_while_writing(path, after):
    """The last value a writer said was committed before it was killed `after` seconds into its writing."""
    body = """
        names = [f"creator {i}" for i in range(2_000)]
        for turn in range(10_000):
            upsert(names, me + turn)
            print(me + turn, flush=True)
    """
    standing = Catalogue(path).read("creators")["followers"]
    me = (standing[0].as_py() + 1) if len(standing) else 0
    with writer(body, path, me) as process:
        first = process.stdout.readline()
        time.sleep(after)
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read().split()
    return int([first, *rest][-1])


def whole_and_no_older_than(path, said):
    """Every one of the 2,000 rows stands, all of one commit, and no commit that was acknowledged is missing."""
    rows = Catalogue(path).read("creators")
    values = set(rows["followers"].to_pylist())
    assert rows.num_rows == 2_000
    assert len(values) == 1
    assert values.pop() >= said


@pytest.mark.parametrize("turns", [3, pytest.param(40, marks=pytest.mark.campaign)])
def test_a_writer_killed_at_any_moment_leaves_the_last_committed_state(tmp_path, turns):
    draw = random.Random(7)
    for _ in range(turns):
        said = kill_while_writing(tmp_path / "catalogue", after=draw.uniform(0.0, 0.5))
        whole_and_no_older_than(tmp_path / "catalogue", said)
    day = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=100_000)
    row = {"creator_id": "creator 0", "followers": 1, "as_of": day}
    Catalogue(tmp_path / "catalogue").upsert("creators", pa.Table.from_pylist([row], schema=CREATORS.arrow))
    assert 1 in Catalogue(tmp_path / "catalogue").read("creators")["followers"].to_pylist()


def test_a_full_disk_is_one_clear_line_and_the_table_is_as_it_was(tmp_path):
    catalogue = Catalogue(tmp_path / "catalogue")
    rows = [{"creator_id": f"c{i}", "followers": i, "bio": str(random.Random(i).random())} for i in range(20_000)]
    catalogue.upsert("creators", pa.Table.from_pylist(rows[:5], schema=CREATORS.arrow))
    before = catalogue.read("creators")
    body = """
        import random, resource, signal
        from asterism.errors import OutsideFailure
        rows = [{"creator_id": f"c{i}", "followers": -i, "bio": str(random.Random(i).random())} for i in range(20_000)]
        table = pa.Table.from_pylist(rows, schema=CREATORS.arrow)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
        try:
            catalogue.upsert("creators", table)
        except OutsideFailure as error:
            print(error)
    """
    process = writer(body, tmp_path / "catalogue", 0)
    said, _ = process.communicate(timeout=60)
    assert "cannot be written" in said
    assert "Free some space" in said
    assert len(said.splitlines()) == 1
    assert catalogue.read("creators") == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder: permissions do not bind it")
def test_a_folder_one_may_not_enter_is_one_clear_line(tmp_path):
    from asterism.errors import OutsideFailure

    catalogue = Catalogue(tmp_path / "catalogue")
    catalogue.upsert("creators", pa.Table.from_pylist([{"creator_id": "a"}], schema=CREATORS.arrow))
    log = catalogue.path / "creators" / "_delta_log"
    log.chmod(0)
    try:
        with pytest.raises(OutsideFailure, match="cannot be read: Permission denied"):
            catalogue.read("creators")
    finally:
        log.chmod(0o755)
