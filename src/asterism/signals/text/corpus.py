"""`Corpus`: the newest captions and the bio of each creator considered, cleaned for whoever reads them next."""

from dataclasses import dataclass
from typing import Final
from unicodedata import category, normalize

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.tables import Tables
from asterism.signals.lineup import Lineup

Ints = NDArray[np.int64]

MOST_CAPTIONS: Final = 60
"""Captions read per creator, the newest first: more would not change a share by more than its own doubt."""
LONGEST: Final = 2_000
"""Characters read of one text."""
_URL: Final = (
    r"(?i)\b(?:https?://|www\.)\S+|\b[\w\-]+\.(?:com|co|net|org|de|fr|es|it|uk|vn|shop|ly|me|tv|io)\b(?:/\S*)?"
)
_NAME: Final = r"[@#][\p{L}\p{M}\p{N}_.]+"
_MENTION: Final = r"@[\p{L}\p{M}\p{N}_.]+"
_NOT_A_LETTER: Final = r"[^\p{L}\p{Mn}\p{Mc}'’\-]+"
_NOT_A_WORD: Final = r"[^\p{L}\p{N}]+"
_EMOJI_STYLE: Final = "\ufe0f"
"""A mark that asks for the coloured picture of a sign; it belongs to no language."""
_ACCENTS: Final = r"\p{Mn}+"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Captions in rows, newest first within each creator, and one bio per creator.

    Parameters
    ----------
    creator
        The row of the line-up each caption belongs to, rising, (n_captions,).
    captions
        The captions as posted, never empty, (n_captions,).
    posts
        The rows of `captions` in full: post_id, creator_id, posted_at, sponsored, sponsor.
    bios
        One per creator, "" where there is none, (n_creators,).
    creator_ids
        The creators' ids, (n_creators,).
    """

    creator: Ints
    captions: pa.Array
    posts: pa.Table
    bios: pa.Array
    creator_ids: pa.ChunkedArray

    @property
    def n_creators(self) -> int:
        """How many creators are considered."""
        return len(self.bios)

    @property
    def n(self) -> NDArray[np.float64]:
        """How many captions each creator has here, (n_creators,)."""
        return np.bincount(self.creator, minlength=self.n_creators).astype(float)

    @property
    def texts(self) -> pa.Array:
        """Captions, then bios, (n_captions + n_creators,)."""
        return pa.concat_arrays([self.captions, self.bios])

    @property
    def owner(self) -> Ints:
        """The creator each of `texts` belongs to."""
        return np.concatenate([self.creator, np.arange(self.n_creators)])

    @property
    def written(self) -> NDArray[np.bool_]:
        """Which of `texts` say anything; empty bios do not."""
        return np.asarray(pc.not_equal(self.texts, ""), dtype=bool)

    def total(self, of_text: NDArray[np.floating] | NDArray[np.bool_]) -> NDArray[np.float64]:
        """The sum of a figure of each of `texts` per creator, (n_creators,)."""
        return np.bincount(self.owner, of_text, self.n_creators).astype(float)


def read_corpus(lineup: Lineup, tables: Tables) -> Corpus:
    """The texts of the creators considered: at most `MOST_CAPTIONS` captions each, the newest; undated ones last."""
    owner = lineup.rows(tables.posts["creator_id"], tables.posts["platform"])
    spoken = pc.not_equal(pc.utf8_trim_whitespace(pc.fill_null(tables.posts["caption"], "")), "")
    rows = np.flatnonzero((owner >= 0) & np.asarray(spoken))
    when = pc.fill_null(pc.cast(tables.posts["posted_at"], pa.int64()), np.iinfo(np.int64).min).to_numpy()
    rows = rows[np.lexsort((rows, -when[rows].astype(float), owner[rows]))]
    rows = rows[_rank(owner[rows]) < MOST_CAPTIONS]
    posts = tables.posts.take(pa.array(rows)).combine_chunks()
    bios = pc.fill_null(lineup.creators["bio"], "")
    return Corpus(owner[rows], _trimmed(posts["caption"]), posts, _trimmed(bios), lineup.creators["creator_id"])


def _rank(sorted_groups: Ints) -> Ints:
    """How many of the same group stand before each element, for groups side by side."""
    starts = np.flatnonzero(np.diff(sorted_groups, prepend=-1))
    sizes = np.diff(np.append(starts, sorted_groups.size))
    return np.arange(sorted_groups.size) - np.repeat(starts, sizes)


def _trimmed(texts: pa.ChunkedArray) -> pa.Array:
    short = pc.utf8_slice_codeunits(pc.utf8_normalize(texts, form="NFKC"), 0, LONGEST)
    return pa.concat_arrays([pa.array([], pa.string()), *short.chunks])


def prose(texts: pa.Array) -> pa.Array:
    """The texts without addresses, names, hashtags, figures and emoji: what a person says in a language."""
    bare = pc.replace_substring_regex(pc.replace_substring_regex(texts, _URL, " "), _NAME, " ")
    bare = pc.replace_substring(bare, _EMOJI_STYLE, " ")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(bare, _NOT_A_LETTER, " "))


def plain(texts: pa.Array) -> pa.Array:
    """The texts as words in lower case without accents, addresses and names; hashtags are words.

    >>> plain(pa.array(["Été à #Paris! @ann www.x.com"])).to_pylist()
    ['ete a paris']
    """
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(folded(nameless(texts)), _NOT_A_WORD, " "))


def nameless(texts: pa.Array) -> pa.Array:
    """The texts without addresses and names of accounts."""
    return pc.replace_substring_regex(pc.replace_substring_regex(texts, _URL, " "), _MENTION, " ")


def folded(texts: pa.Array) -> pa.Array:
    """The texts in lower case without accents, everything else as it stands.

    >>> folded(pa.array(["Straße, Crème"])).to_pylist()
    ['strasse, creme']
    """
    apart = pc.utf8_normalize(pc.utf8_lower(texts), form="NFD")
    bare = pc.utf8_normalize(pc.replace_substring_regex(apart, _ACCENTS, ""), form="NFC")
    return pc.replace_substring(pc.replace_substring(bare, "ß", "ss"), "’", "'")


def fold(text: str) -> str:
    """One text, as `folded` has it.

    >>> fold("Straße, Crème")
    'strasse, creme'
    """
    bare = "".join(c for c in normalize("NFD", text.lower()) if category(c) != "Mn")
    return normalize("NFC", bare).replace("ß", "ss").replace("’", "'")
