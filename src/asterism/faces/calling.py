"""Webhooks' calls, made beside the worker's jobs: neither waits for the other."""

import logging
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Final

PAUSE: Final = 2.0
"""Seconds between two looks for calls that are due."""
TIDY: Final = timedelta(hours=6)
"""How often what nobody asks for any more is deleted."""
_LOG = logging.getLogger(__name__)


def start_calling(stop: Event) -> Thread:
    """A thread that makes the calls that are due until it is told to stop; it ends with the process."""
    thread = Thread(target=keep_calling, args=(stop,), name="webhooks", daemon=True)
    thread.start()
    return thread


def keep_calling(stop: Event) -> None:
    """Make the calls that are due, again and again; a defect or a database that is away costs one round."""
    from django.db import close_old_connections

    from asterism.desk.studio.webhooks import deliver_due, tidy

    tidied = datetime.min.replace(tzinfo=UTC)
    while not stop.wait(PAUSE):
        now = datetime.now(UTC)
        try:
            while deliver_due(datetime.now(UTC)) and not stop.is_set():
                pass
            if now - tidied > TIDY:
                tidy(now)
                tidied = now
        except Exception:  # noqa: BLE001 — whatever it is, the next round may go well
            _LOG.exception("a round of webhooks failed")
        close_old_connections()
