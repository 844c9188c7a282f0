"""Short links as they are followed: by their code, known for a few seconds without asking the database again."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from asterism.errors import BadInput
from asterism.measurement.addresses import code_from, leading, target_of
from asterism.store.ledger.models import Campaign, Collaboration, Link
from asterism.store.ledger.scope import add
from asterism.store.ledger.seats import Seat

KNOWN_FOR: Final = 5.0
"""Seconds for which a process knows a link without looking again; what it leads to never changes."""
MOST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Way:
    """Where a link leads: its row and workspace by number, and the address for a click's key."""

    link: int
    workspace: int
    to: Callable[[str], str]


_KNOWN: Final[dict[str, tuple[float, Way]]] = {}


def way_of(code: str) -> Way | None:
    """The way of a code; None where there is none, or where its creator was erased and nothing is left of it."""
    at = time.monotonic()
    known = _KNOWN.get(code)
    if known is not None and at - known[0] < KNOWN_FOR:
        return known[1]
    found = Link.objects.filter(code=code).values_list("pk", "workspace_id", "target", "utm").first()
    if found is None:
        return None
    way = Way(found[0], found[1], leading(found[2], found[3]))
    if len(_KNOWN) >= MOST:
        _KNOWN.clear()
    _KNOWN[code] = (at, way)
    return way


def address_of(code: str) -> str:
    """The address of a link as people type it, at the host where the studio is reached."""
    return f"{settings.HOSTING.address}/r/{code}"


def forget_way(code: str) -> None:
    """Look a code up anew the next time."""
    _KNOWN.pop(code, None)


def add_link(
    seat: Seat, of: Campaign | Collaboration, target: str, utm: Mapping[str, str] | None = None, label: str = ""
) -> Link:
    """A new link of a collaboration, or of a campaign itself, with a code of its own.

    Raises
    ------
    BadInput
        The target is none, or is itself a link of this studio.
    """
    kept = target_of(target)
    parts = urlsplit(kept)
    if parts.netloc.lower() == urlsplit(settings.HOSTING.address).netloc.lower() and parts.path.startswith("/r/"):
        raise BadInput("That is a link of this studio itself.", "Give the address it leads to.", "target")
    work = of if isinstance(of, Collaboration) else None
    campaign = of.campaign if isinstance(of, Collaboration) else of
    told = {"target": kept, "utm": dict(utm or {}), "label": label}
    return add(seat, Link, campaign=campaign, collaboration=work, code=_free_code(), by=seat.user, **told)


def _free_code() -> str:
    """A code that no link has; of two made at once the database lets one in."""
    while Link.objects.filter(code=(code := code_from(secrets.choice))).exists():
        pass
    return code
