"""Price positioning: brands for everybody, for some or for few in what a creator shows, against what is sold."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.priors.curves import Z
from asterism.signals.reading import Part
from asterism.signals.text.brands import Brand, known_brands
from asterism.signals.text.corpus import Corpus, folded
from asterism.signals.text.shares import several

Floats = NDArray[np.float64]

LEVEL: Final = {"mass": 0.0, "premium": 0.5, "luxury": 1.0}
"""Where a price class stands between everybody and few."""
USUAL_LEVEL: Final = 0.35
"""Level of what creators usually show (an assumption)."""
USUAL_BRANDS: Final = 1.0
"""Brand mentions that the usual level weighs as much as (an assumption)."""
MENTION_SD: Final = 0.35
"""Spread of the levels of one creator's mentions (an assumption)."""
_SIGNED: Final = r"[@#]([a-z0-9_.&]+)"


@dataclass(frozen=True, slots=True)
class Shown:
    """The brands a creator's posts show, and the price level they speak of, (n_creators,) each.

    Parameters
    ----------
    level
        0 for mass, 0.5 for premium, 1 for luxury; NaN where no known brand is shown.
    sd
        Doubt of the level.
    n
        Post × known brand pairs.
    unknown
        Mentions of accounts and sponsors that no list of ours knows.
    brands
        The known brands, most shown first.
    """

    level: Floats
    sd: Floats
    n: Floats
    unknown: Floats
    brands: NDArray[np.object_]

    @property
    def low(self) -> Floats:
        """The lower end of the 80% range of the level."""
        return np.asarray(np.maximum(self.level - Z * self.sd, 0.0))

    @property
    def high(self) -> Floats:
        """The upper end of the 80% range of the level."""
        return np.asarray(np.minimum(self.level + Z * self.sd, 1.0))


def shown_brands(corpus: Corpus) -> Shown:
    """The known brands in sponsors, mentions and hashtags of each creator's posts, and their price level.

    Level = (Σ levels + USUAL_BRANDS · USUAL_LEVEL) / (n + USUAL_BRANDS), one count per post and brand; doubt
    MENTION_SD / √(n + USUAL_BRANDS).
    """
    post, spelling, certain = _named(corpus)
    words = spelling.dictionary_encode()
    brands = [known_brands().get(word) for word in words.dictionary.to_pylist()]
    code = words.indices.to_numpy()
    brand_of = np.array(brands, dtype=object)[code] if brands else np.empty(0, dtype=object)
    known = np.array([brand is not None for brand in brand_of], dtype=bool)
    owner = corpus.creator[post]
    unknown = np.bincount(owner[~known & certain], minlength=corpus.n_creators).astype(float)
    rows = {(int(post[i]), int(owner[i]), brand_of[i]) for i in np.flatnonzero(known)}
    return _levels(corpus.n_creators, [(creator, brand) for _, creator, brand in rows], unknown)


def _levels(n_creators: int, pairs: list[tuple[int, Brand]], unknown: Floats) -> Shown:
    owner = np.array([creator for creator, _ in pairs], dtype=np.int64)
    levels = np.array([LEVEL[brand.price_class] for _, brand in pairs], dtype=float)
    n, total = (np.bincount(owner, w, n_creators).astype(float) for w in (np.ones(owner.size), levels))
    mean = (total + USUAL_BRANDS * USUAL_LEVEL) / (n + USUAL_BRANDS)
    counts: dict[int, dict[str, int]] = {}
    for creator, brand in pairs:
        mine = counts.setdefault(creator, {})
        mine[brand.name] = mine.get(brand.name, 0) + 1
    names = np.empty(n_creators, dtype=object)
    for creator in range(n_creators):
        mine = counts.get(creator, {})
        names[creator] = tuple(sorted(mine, key=lambda name: (-mine[name], name)))
    return Shown(np.where(n > 0, mean, np.nan), MENTION_SD / np.sqrt(n + USUAL_BRANDS), n, unknown, names)


def _named(corpus: Corpus) -> tuple[NDArray[np.int64], pa.Array, NDArray[np.bool_]]:
    """Caption, squashed spelling, and whether it is an account or a sponsor (not a hashtag), per name in a caption."""
    low = folded(corpus.captions)
    parts = [_found(low, sign) for sign in ("@", "#")]
    sponsors = pc.fill_null(corpus.posts["sponsor"], "")
    split = pc.split_pattern_regex(_bare(folded(sponsors)), "[,;]+")
    parts.append((_parents(split), pc.list_flatten(split).combine_chunks()))
    post = np.concatenate([where for where, _ in parts])
    spelling = pa.concat_arrays([pc.replace_substring_regex(name, r"[^a-z0-9]", "") for _, name in parts])
    certain = np.repeat([True, False, True], [len(name) for _, name in parts])
    keep = np.asarray(pc.not_equal(spelling, ""), dtype=bool)
    return post[keep], spelling.filter(pa.array(keep)), certain[keep]


def _bare(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.replace_substring_regex(texts, r"[^a-z0-9,;]", "")


def _found(low: pa.Array, sign: str) -> tuple[NDArray[np.int64], pa.Array]:
    """Every word after the sign, and which caption it stands in."""
    pieces = pc.split_pattern(low, sign)
    where, piece = _parents(pieces), pc.list_flatten(pieces)
    first = np.diff(where, prepend=-1) > 0  # what stands before the first sign is no name
    names = pc.struct_field(pc.extract_regex(piece, r"^(?P<name>[a-z0-9_.&]*)(?:.|\n)*$"), "name")
    return where[~first], pc.fill_null(names, "").filter(pa.array(~first))


def _parents(lists: pa.Array | pa.ChunkedArray) -> NDArray[np.int64]:
    return np.asarray(pc.list_parent_indices(lists).to_numpy(), dtype=np.int64)


def positioning_part(shown: Shown, wanted: str) -> Part:
    """The part `price positioning`: 1 less the distance of what a creator shows from what the brief sells."""
    score = 1.0 - np.abs(shown.level - LEVEL[wanted])
    evidence = np.array([_words(*row) for row in zip(shown.brands, shown.n, shown.unknown, strict=True)], dtype=object)
    return Part("price positioning", 1.0, shown.level, "0 mass to 1 luxury", score, shown.sd, evidence)


def _words(brands: tuple[str, ...], n: float, unknown: float) -> str:
    rest = f"{several(unknown, 'name')} not on our list" if unknown else ""
    if not brands:
        return f"no known brand shown{'; ' if rest else ''}{rest}"
    more = f" and {len(brands) - 3} more" if len(brands) > 3 else ""
    return f"{', '.join(brands[:3])}{more}, {several(n, 'time')}{'; ' if rest else ''}{rest}"
