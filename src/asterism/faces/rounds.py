"""The rounds beside the worker's jobs: letters that are due are sent, answers read, old visitors forgotten."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from asterism.errors import AsterismError

TICK: Final = 1.0
"""Seconds between two looks at what is due."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """What is done again and again: its name, every how many seconds, and the deed, which is told the time."""

    name: str
    every: float
    do: Callable[[datetime], object]


def rounds() -> tuple[Round, ...]:
    """The rounds of this studio; answers are only read where a mailbox is set."""
    from django.conf import settings

    from asterism.desk.studio.clicks import forget_visitors
    from asterism.desk.studio.posting import send_due
    from asterism.desk.studio.replies import fetch_replies

    inbox = settings.HOSTING.inbox
    answers = (Round("answers", 180, lambda now: fetch_replies(now, inbox)),) if inbox else ()
    return (Round("letters", 5, send_due), *answers, Round("visitors", 3600, forget_visitors))


def start_rounds(stop: threading.Event) -> list[threading.Thread]:
    """Threads that go their rounds until they are told to stop, one each: none waits for another's server."""
    threads = [threading.Thread(target=_walk, args=(one, stop), name=one.name, daemon=True) for one in rounds()]
    for thread in threads:
        thread.start()
    return threads


def once(one: Round) -> None:
    """Go one round; what fails is logged, and the next round comes all the same."""
    from django.db import close_old_connections

    close_old_connections()
    try:
        one.do(datetime.now(UTC))
    except AsterismError as error:
        _LOG.warning("%s: %s", one.name, error)
    except Exception:  # noqa: BLE001 — a round that ended the thread would end all that come after it
        _LOG.exception("the round of %s failed", one.name)
    finally:
        close_old_connections()


def _walk(one: Round, stop: threading.Event) -> None:
    due = time.monotonic()
    while not stop.wait(TICK):
        if time.monotonic() >= due:
            once(one)
            due = time.monotonic() + one.every
