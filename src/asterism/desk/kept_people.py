"""The people behind a campaign's creators as they are kept: the samples of a plan, cut down to those creators."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa

from asterism.audience.samples import Samples
from asterism.store.shelves import Shelf

_ARRAYS: Final = ("weight", "start", "link", "chance", "rung", "sizes", "variant", "worth")


@dataclass(frozen=True, slots=True)
class KeptPeople:
    """Samples of some creators, the creators they were asked for, and the state of the tables they come from.

    Columns and `asked` are named `id@platform`; who was asked for and is no column has no audience in the tables.
    """

    samples: Samples
    asked: frozenset[str]
    edition: str
    made_at: datetime


def keep_people(shelf: Shelf, name: str, made: KeptPeople) -> None:
    """Keep samples under a name, in place of those that stood there."""
    samples = made.samples
    row: dict[str, Any] = {field: getattr(samples, field) for field in (*_ARRAYS, "n_variants", "universe", "error")}
    row |= {"creators": list(samples.creators), "asked": sorted(made.asked)}
    shelf.put(name, made.edition, pa.Table.from_pydict({key: [value] for key, value in row.items()}), made.made_at)


def kept_people(shelf: Shelf, name: str) -> KeptPeople | None:
    """The samples that stand under a name; None where there are none that can be read."""
    kept = shelf.newest(name)
    if kept is None or not {*_ARRAYS, "creators", "asked"} <= set(kept.table.column_names):
        return None
    one = {field: kept.table[field][0] for field in kept.table.column_names}
    types = {"start": np.int64, "link": np.int32, "rung": np.int8, "variant": np.int16}
    parts: dict[str, Any] = {name: np.asarray(one[name].values, dtype=types.get(name, np.float64)) for name in _ARRAYS}
    parts |= {field: one[field].as_py() for field in ("n_variants", "universe", "error")}
    samples = Samples(creators=tuple(one["creators"].as_py()), **parts)
    return KeptPeople(samples, frozenset(one["asked"].as_py()), kept.edition, kept.made_at)
