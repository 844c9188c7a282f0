"""What a process remembers of a workspace while nothing happens in it: every change writes an event."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, Final, TypeVar

from asterism.store.ledger.implied import latest
from asterism.store.ledger.seats import Seat

Found = TypeVar("Found")

MOST: Final = 64
"""Answers that are remembered at most; the one not asked for longest goes."""
_KNOWN: Final[OrderedDict[tuple[Any, ...], Any]] = OrderedDict()
_LOCK: Final = Lock()


def remembered(seat: Seat, what: tuple[Any, ...], work_out: Callable[[], Found]) -> Found:
    """What `work_out` gives, or gave since the newest event of the workspace and on the same day.

    `what` names the answer; it must hold all that the answer depends on besides the ledger and the day.
    """
    key = (seat.workspace.pk, latest(seat), seat.today, what)
    with _LOCK:
        if key in _KNOWN:
            _KNOWN.move_to_end(key)
            known: Found = _KNOWN[key]
            return known
    found = work_out()
    with _LOCK:
        _KNOWN[key] = found
        while len(_KNOWN) > MOST:
            _KNOWN.popitem(last=False)
    return found


def forget() -> None:
    """Remember nothing."""
    with _LOCK:
        _KNOWN.clear()
