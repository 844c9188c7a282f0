"""Letters that were written to files instead of being sent: found and removed where they name somebody."""

import os
from collections.abc import Iterable

from asterism.store.failures import failing_as
from asterism.store.hosting import read_hosting


def forget_mail(named: Iterable[str]) -> int:
    """How many files of letters went because one of some names stands in them."""
    folder = read_hosting(os.environ).mail.folder
    told = [name.encode() for name in named if name]
    with failing_as("cannot be cleared", folder):
        found = [path for path in folder.glob("*") if path.is_file() and _holds(path.read_bytes(), told)]
        for path in found:
            path.unlink(missing_ok=True)
    return len(found)


def _holds(content: bytes, told: list[bytes]) -> bool:
    return any(name in content for name in told)
