"""A worker that dies is followed by another, and none outlives who asked for it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def children(process):
    """The processes that a process began."""
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except FileNotFoundError:
        return []


def until(true, seconds=40):
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see processes")
def test_a_worker_that_is_killed_is_followed_by_another_and_all_end_together(tmp_path):
    environment = {**os.environ, "ASTERISM_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "asterism.faces.site"}
    keeper = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "asterism.faces.worker"], env=environment)
    try:
        (first,) = until(lambda: children(keeper.pid))
        os.kill(first, signal.SIGKILL)
        (second,) = until(lambda: [one for one in children(keeper.pid) if one != first])
    finally:
        keeper.terminate()
        keeper.wait(timeout=30)
    until(lambda: not Path(f"/proc/{second}").exists() or "Z" in Path(f"/proc/{second}/stat").read_text().split()[2])
