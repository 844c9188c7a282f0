"""Creators as people name them: an id, or a handle with or without its @."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

import pyarrow as pa

from asterism.errors import NotFound


def rows_named(names: Sequence[str], creators: pa.Table) -> list[int]:
    """The row of each creator named, by id or handle whatever its case; an id before a handle.

    Raises
    ------
    NotFound
        No creator is called so; the nearest name is offered.
    """
    known = _known(creators["creator_id"].to_pylist(), creators["handle"].to_pylist())
    return [_row(name, known) for name in names]


def _row(name: str, known: Mapping[str, int]) -> int:
    """The row of a creator; a table may hold too many to list them where there is none."""
    bare = name.lstrip("@").lower()
    if bare in known:
        return known[bare]
    near = get_close_matches(bare, known, n=1)
    fix = f"Did you mean `{near[0]}`?" if near else "Name a creator_id or handle of the tables."
    raise NotFound(f"There is no creator `{bare}` in the tables.", fix)


def _known(ids: list[str], handles: list[str | None]) -> dict[str, int]:
    named = {(h or "").lstrip("@").lower(): i for i, h in enumerate(handles) if h}
    return named | {i.lstrip("@").lower(): row for row, i in enumerate(ids)}
