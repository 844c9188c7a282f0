"""Geography against language: whether an audience can understand the creator it follows."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from babel.languages import get_territory_language_info
from numpy.typing import NDArray

from asterism.signals.lineup import Lineup

Floats = NDArray[np.float64]

LEAST_LISTED: Final = 0.5
"""Part of an audience whose country or language must be known for a judgement."""


@dataclass(frozen=True, slots=True)
class Understood:
    """Per creator: the share of the audience that understands its language, NaN where not known, and how we know."""

    share: Floats
    words: NDArray[np.object_]


def understood(lineup: Lineup, audiences: pa.Table) -> Understood:
    """The share of each creator's audience that shares its country or language, (n,).

    From the profile's languages where it has them; else from its countries, each counted by the part of its people who
    speak the creator's language (Unicode CLDR), its own country in full. The larger of the two where both are known: an
    audience abroad that reads the language is no oddity.
    """
    spoken = _share(lineup, audiences, "language")
    lived = _share(lineup, audiences, "country")
    share = np.fmax(spoken, lived)
    words = np.where(np.isfinite(spoken), "languages of its audience", "countries of its audience")
    return Understood(share, np.where(np.isfinite(share), words, "").astype(object))


def _share(lineup: Lineup, audiences: pa.Table, dimension: str) -> Floats:
    mine = audiences.filter(pc.equal(pc.utf8_lower(audiences["dimension"]), dimension))
    row_of = lineup.first_rows()
    at = lineup.positions(mine["creator_id"])
    mine, at = mine.filter(pa.array(at >= 0)), at[at >= 0]
    homes, tongues = lineup.texts("country"), lineup.texts("language")
    buckets = [str(bucket).lower() for bucket in mine["bucket"].to_pylist()]
    pairs = zip(buckets, row_of[at].tolist(), strict=True)
    fits = np.array([_fits(dimension, bucket, homes[row], tongues[row]) for bucket, row in pairs], dtype=float)
    share = np.nan_to_num(mine["share"].to_numpy().astype(float))
    known = np.isfinite(fits)
    inside = np.bincount(at[known], (share * fits)[known], len(lineup.ids))
    listed = np.bincount(at[known], share[known], len(lineup.ids))
    found = np.where(listed >= LEAST_LISTED, inside / np.maximum(listed, LEAST_LISTED), np.nan)
    return np.asarray(np.minimum(found, 1.0)[lineup.id_of])


def _fits(dimension: str, bucket: str, home: str, tongue: str) -> float:
    """Part of the people of a bucket who understand a creator; NaN where nothing is known of it, or of the bucket."""
    if dimension == "country" and home and bucket == home:
        return 1.0
    tongues = {tongue: 1.0} if tongue else speakers(home)
    if not tongues:
        return np.nan
    main = max(tongues, key=lambda name: tongues[name])
    if dimension == "language":
        return float(bucket == main)
    there = speakers(bucket)  # none of «other»: those people are somewhere
    return there.get(main, 0.0) if there else np.nan


@lru_cache(maxsize=512)
def speakers(country: str) -> dict[str, float]:
    """The part of a country's people who speak each language, by ISO 639-1 code; empty for an unknown country.

    A language written in several scripts stands there several times: the largest counts, since people read more than
    one.

    >>> speakers("at")["de"] > 0.9, speakers("gb")["en"] > 0.9
    (True, True)
    """
    told = get_territory_language_info(country.upper()) if country else {}
    found: dict[str, float] = {}
    for code, entry in told.items():
        language = code.partition("_")[0]
        found[language] = max(found.get(language, 0.0), entry["population_percent"] / 100)
    return found
