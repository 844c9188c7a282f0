"""Creators as people name them: an id or a handle, with or without the platform."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

import pyarrow as pa

from asterism.creators.schema import PLATFORMS
from asterism.errors import NotFound, WrongUsage

MOST_NAMED: Final = 5

Rows = Mapping[str, list[int]]


def rows_named(names: Sequence[str], creators: pa.Table) -> list[int]:
    """The row of each creator named, by id or handle whatever its case; an id before a handle.

    `@ana@instagram` and `instagram:ana` say the platform too.

    Raises
    ------
    NotFound
        No creator is called so; the nearest name is offered.
    WrongUsage
        Creators on several platforms are called so.
    """
    platforms = creators["platform"].to_pylist()
    ids, handles = (_rows_by(creators[name].to_pylist()) for name in ("creator_id", "handle"))
    return [_row(name, ids, handles, platforms) for name in names]


def parted(name: str) -> tuple[str, str | None]:
    """The handle or id in lower case, and the platform where the name says it.

    >>> parted("@Ana@instagram"), parted("tiktok:ana"), parted("ana")
    (('ana', 'instagram'), ('ana', 'tiktok'), ('ana', None))
    """
    bare = name.strip().lower()
    before, colon, after = bare.partition(":")
    if colon and before in ("", *PLATFORMS):
        return after.lstrip("@"), before
    handle, at, platform = bare.lstrip("@").rpartition("@")
    return (handle, platform) if at and platform in PLATFORMS else (bare.lstrip("@"), None)


def _row(name: str, ids: Rows, handles: Rows, platforms: Sequence[str]) -> int:
    """The row of a creator; a table may hold too many to list them where there is none."""
    whole = name.strip().lstrip("@").lower()
    bare, platform = (whole, None) if whole in ids or whole in handles else parted(name)
    called = [[row for row in by.get(bare, ()) if platform in (None, platforms[row])] for by in (ids, handles)]
    found = called[0] or called[1]
    if not found:
        near = get_close_matches(bare, {**ids, **handles}, n=1)
        fix = f"Did you mean `{near[0]}`?" if near else "Name a creator_id or handle of the tables."
        raise NotFound(f"There is no creator `{whole}` in the tables.", fix)
    where = list(dict.fromkeys(platforms[row] for row in found))
    if len(where) > 1:
        listed = ", ".join(f"{each}:{bare}" for each in where[:MOST_NAMED]) + (", …" if len(where) > MOST_NAMED else "")
        raise WrongUsage(f"`{name}` may be any of {len(where)} accounts.", f"Name one of: {listed}.")
    return found[-1]


def _rows_by(names: Sequence[str | None]) -> Rows:
    """The rows of each name in lower case, without its @."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(names):
        if name:
            rows[name.lstrip("@").lower()].append(row)
    return rows
