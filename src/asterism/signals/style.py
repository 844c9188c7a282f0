"""Style: how far a creator's own words name the tone or look the brief asks for."""

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.tables import Tables


def style_named(tables: Tables, creators: pa.ChunkedArray, words: Sequence[str]) -> NDArray[np.float64]:
    """How far each creator's texts name one of `words`, 0 to 1, NaN for creators without texts, (n_creators,).

    1 where the bio names one, else the share of captions that do; whole words, whatever their case. `creators` are
    the ids asked about, in order.
    """
    pattern = r"(?i)\b(" + "|".join(re.escape(word.strip()) for word in words) + r")\b"
    bios = _shares(tables.creators["creator_id"], tables.creators["bio"], pattern)
    captions = _shares(tables.posts["creator_id"], tables.posts["caption"], pattern)
    asked = creators.to_pylist()
    said, shown = (np.array([share.get(name, np.nan) for name in asked], dtype=float) for share in (bios, captions))
    return np.where(said > 0, 1.0, np.where(np.isnan(shown), said, shown))


def _shares(creators: pa.ChunkedArray, texts: pa.ChunkedArray, pattern: str) -> dict[str, float]:
    """The share of each creator's texts that match, by creator id; creators without texts are left out."""
    known = pc.and_(pc.is_valid(texts), pc.not_equal(pc.utf8_trim_whitespace(pc.fill_null(texts, "")), ""))
    hit = pc.match_substring_regex(pc.fill_null(texts, ""), pattern).cast(pa.float64())
    table = pa.table({"creator": creators, "hit": hit}).filter(known)
    means = table.group_by("creator").aggregate([("hit", "mean")])
    return dict(zip(means["creator"].to_pylist(), means["hit_mean"].to_pylist(), strict=True))
