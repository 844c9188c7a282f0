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
    _keep(key, found)
    return found


def newest(seat: Seat, what: tuple[Any, ...], stand: Any, work_out: Callable[[], Found]) -> Found:
    """The same for answers that weigh much: of each only the newest is remembered, and only while `stand` stands.

    `stand` is the state of whatever the answer rests on that changes without an event.
    """
    key, state = (seat.workspace.pk, what), (latest(seat), seat.today, stand)
    with _LOCK:
        if key in _KNOWN and _KNOWN[key][0] == state:
            _KNOWN.move_to_end(key)
            known: Found = _KNOWN[key][1]
            return known
    found = work_out()
    _keep(key, (state, found))
    return found


def _keep(key: tuple[Any, ...], found: Any) -> None:
    with _LOCK:
        _KNOWN[key] = found
        _KNOWN.move_to_end(key)
        while len(_KNOWN) > MOST:
            _KNOWN.popitem(last=False)


def forget() -> None:
    """Remember nothing."""
    with _LOCK:
        _KNOWN.clear()
