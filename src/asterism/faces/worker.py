"""The worker: does the long work that pages ask for, one job after the other, beside the server."""

import os
import signal
import subprocess
import sys
import time
from threading import Event
from typing import Final

INTERVAL: Final = 0.5
"""Seconds between two looks at an empty queue."""
POLITE: Final = 10
"""How far the long work stands back where people wait for a page."""


def work() -> None:
    """Take up what a worker that died left, then do job after job until the process is ended.

    A second worker of the same data directory waits for the first to end: it would take up what that one is doing.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asterism.faces.site")
    if hasattr(os, "nice"):
        os.nice(POLITE)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from asterism.desk.studio.handlers import registered
    from asterism.faces.calling import start_calling
    from asterism.faces.rounds import start_rounds
    from asterism.store.ledger.jobs import resume
    from asterism.store.locks import held

    registered()
    with held(settings.HOSTING.home / "worker", alone=True):
        resume()
        start_calling(Event())
        start_rounds(Event())
        call_command("db_worker", queue_name="*", interval=INTERVAL, startup_delay=False, reload=False, verbosity=0)


def keep_working(pause: float = 2.0) -> None:
    """Keep a worker at work until this process is ended: one that dies is followed by another.

    It is also ended where the process that started this one has gone, so that no worker is left behind.
    """
    signal.signal(signal.SIGTERM, _leave)
    parent = os.getppid()
    while True:
        worker = subprocess.Popen([sys.executable, "-m", "asterism.faces.worker", "once"])
        try:
            while worker.poll() is None:
                if os.getppid() != parent:
                    return
                time.sleep(0.5)
        finally:
            worker.terminate()
            worker.wait()
        time.sleep(pause)


def _leave(_number: int, _frame: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    work() if sys.argv[1:] == ["once"] else keep_working()
