"""Let old rows go: what a catalogue has kept longer than somebody allows."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from asterism.desk.stored import open_catalogue
from asterism.errors import WrongUsage
from asterism.store.expiry import DATED, UNDATED, aged, drop_aged

_AGE: Final = re.compile(r"(\d{1,4})\s*([dwmy])[a-z]*", re.IGNORECASE)
_DAYS: Final = {"d": 1.0, "w": 7.0, "m": 365.25 / 12, "y": 365.25}


@dataclass(frozen=True, slots=True)
class Expired:
    """What is older than a date, and whether it went.

    Parameters
    ----------
    before
        Rows dated before this are old.
    rows
        Per kind of table, the old rows.
    kept_undated
        Per kind, rows of which nobody can say how old they are; they stay.
    lost
        Per kind, the highest version whose rows can no longer be read.
    done
        False where this only says what would be done.
    """

    before: datetime
    rows: Mapping[str, int]
    kept_undated: Mapping[str, int]
    lost: Mapping[str, int] = field(default_factory=dict)
    done: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, as plain values; the date in ISO 8601."""
        return asdict(self) | {"before": self.before.isoformat()}


def expire(catalogue: str | Path | None, before: datetime, now: datetime, dry_run: bool = True) -> Expired:
    """What of a catalogue is older than a date, gone with every old version unless `dry_run`.

    Posts and comments go by when they were published, snapshots by when they were read. Followers and samples of
    accounts bear no date: those go that stood in the catalogue before the date already, as far as its versions tell.

    Raises
    ------
    WrongUsage
        The date lies in the future: everything would go.
    OutsideFailure
        Disk or permission; the same call completes what was begun.
    """
    if before > now:
        raise WrongUsage(f"{before:%Y-%m-%d} lies in the future: everything would go.", "Name a date in the past.")
    store = open_catalogue(catalogue)
    found = {kind: aged(store, kind, before) for kind in (*DATED, *UNDATED)}
    lost = {} if dry_run else drop_aged(store, before)
    return Expired(
        before,
        {kind: each.rows for kind, each in found.items() if each.rows},
        {kind: each.undated for kind, each in found.items() if each.undated},
        lost,
        done=not dry_run,
    )


def older_than(age: str, now: datetime) -> datetime:
    """The moment that lies an age before now: `90d`, `12w`, `24m` (months) or `2y`.

    >>> from datetime import UTC
    >>> older_than("2y", datetime(2026, 11, 25, tzinfo=UTC)).date().isoformat()
    '2024-11-24'
    """
    found = _AGE.fullmatch(age.strip())
    if found is None or not int(found[1]):
        raise WrongUsage(f"`{age}` is no age.", "Write it as in 90d, 12w, 24m or 2y.")
    try:
        return now - timedelta(days=int(found[1]) * _DAYS[found[2].lower()])
    except OverflowError:
        raise WrongUsage(f"`{age}` lies before all dates.", "Write it as in 90d, 12w, 24m or 2y.") from None
