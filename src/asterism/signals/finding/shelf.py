"""The index as it is kept: with bands to narrow by, and one text in which words are sought."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True, slots=True)
class Bands:
    """Steps of a figure that people narrow by: its column, the bounds between the steps, and what each is called."""

    column: str
    bounds: tuple[float, ...]
    names: tuple[str, ...]


BANDS: Final = {
    "followers_band": Bands(
        "followers", (5e3, 1e4, 5e4, 1e5, 5e5, 1e6),
        ("under 5,000", "5,000–10,000", "10,000–50,000", "50,000–100,000", "100,000–500,000", "500,000–1 million",
         "1 million and more"),
    ),
    "engagement_band": Bands(
        "engagement", (0.01, 0.02, 0.04, 0.08), ("under 1%", "1–2%", "2–4%", "4–8%", "8% and more")
    ),
    "real_band": Bands("real", (0.6, 0.7, 0.8, 0.9), ("under 60%", "60–70%", "70–80%", "80–90%", "90% and more")),
}  # fmt: skip
"""Column of the kept index → its bands; a bound belongs to the band above it, and what is not known has none."""

SOUGHT: Final = "sought"
"""The column in which words are sought: id, handle, name, niche and bio in small letters."""


def shelved(index: pa.Table, creators: pa.Table) -> pa.Table:
    """The index by creator id, with a column per band and the text that words are sought in.

    Niches are written in small letters, so that one spelled two ways is one.
    """
    bios = dict(zip(_accounts(creators), creators["bio"].to_pylist(), strict=True))
    texts = zip(*(index[name].to_pylist() for name in ("creator_id", "handle", "name", "niche")), strict=True)
    sought = [
        "\n".join(filter(None, (*text, bios.get(account) or bios.get((account[0], None))))).lower()
        for text, account in zip(texts, _accounts(index), strict=True)
    ]
    niche = index.schema.get_field_index("niche")
    made = index.set_column(niche, index.schema.field(niche), pc.utf8_lower(index["niche"]))
    for name, bands in BANDS.items():
        made = made.append_column(name, _banded(index[bands.column], bands))
    return made.append_column(SOUGHT, pa.array(sought, pa.string())).sort_by("creator_id")


def _accounts(table: pa.Table) -> list[tuple[str, str | None]]:
    return list(zip(table["creator_id"].to_pylist(), table["platform"].to_pylist(), strict=True))


def _banded(column: pa.ChunkedArray, bands: Bands) -> pa.Array:
    values = np.asarray(pc.fill_null(column.cast(pa.float64()), np.nan).to_numpy(), dtype=float)
    names = np.asarray(bands.names, dtype=object)[np.searchsorted(bands.bounds, np.nan_to_num(values), side="right")]
    return pa.array(names, pa.string(), mask=np.isnan(values))
