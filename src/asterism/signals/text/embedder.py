"""`Embedder`: how near texts are to words; TF-IDF over words and parts of words unless another one is handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

GRAMS: Final = (5, 5)
"""Letters side by side that make a part of a word: hashtags are words run together, and words inflect.

Of 3–5, 4–5, 4–6, 5–6 and 5, the last is the fastest and told niches apart as well as any (25 November 2026)."""
PART_WEIGHT: Final = 0.35
"""Weight of parts of words against whole words, 0 to 1 (an assumption)."""
_WORD: Final = r"(?u)\b\w\w+\b"
_ROWS: Final = 2_048


class Vectors(Protocol):
    """Texts as vectors, of whatever kind."""

    def similarity(self, queries: Sequence[str]) -> Floats:
        """How near each text is to each query, −1 to 1 and 0 for nothing in common, (n_texts, n_queries)."""


class Embedder(Protocol):
    """A way to make vectors of texts."""

    def fit(self, texts: Sequence[str]) -> Vectors:
        """The vectors of the texts; the same texts give the same vectors."""


@dataclass(frozen=True, slots=True)
class Tfidf:
    """Term frequency × inverse document frequency over the texts at hand, for words and for parts of words.

    Salton & Buckley 1988, doi:10.1016/0306-4573(88)90021-0, with 1 + log tf. Parts are counted once per distinct word
    and multiplied out, which is exact and many times faster than cutting up every text.
    """

    part_weight: float = PART_WEIGHT

    def fit(self, texts: Sequence[str]) -> "TfidfVectors":
        """The vectors of the texts, sparse; words in lower case without accents serve best."""
        from sklearn.feature_extraction.text import CountVectorizer

        words = CountVectorizer(token_pattern=_WORD, dtype=np.float64)
        parts = CountVectorizer(analyzer="char_wb", ngram_range=GRAMS, dtype=np.float64)
        counts = words.fit_transform([*texts, "asterism"])[: len(texts)]
        of_word = parts.fit_transform(words.get_feature_names_out())
        return TfidfVectors(words, parts, counts, of_word, self.part_weight)


@dataclass(frozen=True, slots=True)
class TfidfVectors:
    """Counts of words per text (n_texts, n_words) and of parts per word (n_words, n_parts), sparse."""

    words: Any
    parts: Any
    counts: Any
    of_word: Any
    part_weight: float

    def similarity(self, queries: Sequence[str]) -> Floats:
        """(1 − w) · cosine over words + w · cosine over parts of words, (n_texts, n_queries), 0 to 1."""
        if not self.counts.shape[0]:
            return np.zeros((0, len(queries)))
        whole = _cosine(
            self.counts, self.words.transform(queries), _log_rarity(_texts_with(self.counts), self.counts.shape[0])
        )
        asked = self.parts.transform(queries)
        rows = range(0, self.counts.shape[0], _ROWS)
        idf = _log_rarity(_texts_with(self.counts) @ (self.of_word > 0), self.counts.shape[0])
        pieces = [_cosine(self.counts[i : i + _ROWS] @ self.of_word, asked, idf) for i in rows]
        return np.asarray((1.0 - self.part_weight) * whole + self.part_weight * np.vstack(pieces))


def _texts_with(counts: Any) -> Floats:
    """How many texts have each term, per column."""
    return np.asarray((counts > 0).sum(axis=0), dtype=float).ravel()


def _log_rarity(texts_with: Floats, n: int) -> Floats:
    """log((1 + n) / (1 + texts with the term)) + 1 per column; of a part, the texts with each of its words, added."""
    return np.asarray(np.log((1.0 + n) / (1.0 + np.minimum(texts_with, n))) + 1.0)


def _cosine(texts: Any, queries: Any, idf: Any) -> Floats:
    from sklearn.preprocessing import normalize

    left, right = (normalize(_damped(counts).multiply(idf).tocsr()) for counts in (texts, queries))
    return np.asarray((left @ right.T).toarray())


def _damped(counts: Any) -> Any:
    damped = counts.tocsr().astype(np.float64)
    damped.data = 1.0 + np.log(damped.data)
    return damped
