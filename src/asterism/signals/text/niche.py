"""Niche by text: what captions, hashtags and bios are about, and how much of it is what the brief is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.priors.curves import Z
from asterism.signals.reading import Part
from asterism.signals.text.corpus import Corpus, fold, nameless, plain
from asterism.signals.text.embedder import Embedder, Tfidf
from asterism.signals.text.language import UNKNOWN, Spoken
from asterism.signals.text.niche_words import ALSO_CALLED, NICHE_WORDS
from asterism.signals.text.shares import Counted, Usual, several

Floats = NDArray[np.float64]

NICHES: Final = tuple(NICHE_WORDS)
LEAST_SHARE: Final = 0.25
"""Share below which no niche is called the creator's own (an assumption)."""
ENOUGH: Final = 0.5
"""Share of what a creator says that is all a brief can ask for: nobody speaks of one thing alone (an assumption)."""
SHRINK: Final = 0.5
"""Weight of the usual mix of niches, against a creator of median evidence (an assumption)."""
USUAL: Final = Usual(0.5, 1.0)
"""What the doubt of a share starts from: one text may be of the niche or not."""
LANGUAGES: Final = ("en", "de", "fr", "es", "pt", "it")
"""Languages our words are in."""
_NOT_PLAIN: Final = r"[^\s#]*[^\x00-\x7F\s#][^\s#]*"
_SHORT: Final = r"\b[A-Za-z]{1,4}\b"
_SIMILAR: Final = 0.84
"""How alike a misspelt niche must be, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Niches:
    """What each creator's words are about.

    Parameters
    ----------
    names
        The niches told apart; words of the brief that name none of ours follow them.
    shares
        How much of a creator's words speaks of each, rows adding up to 1, NaN without words, (n_creators, n_names).
    n
        Texts read per creator, (n_creators,).
    """

    names: tuple[str, ...]
    shares: Floats
    n: Floats

    def doubt(self, shares: Floats) -> Floats:
        """The doubt of one share per creator, (n_creators,), as if that part of the n texts were of the niche."""
        return Counted(shares * self.n, self.n, USUAL).sd

    @property
    def best(self) -> NDArray[np.object_]:
        """The niche with the largest share, "" where that is under `LEAST_SHARE` or nothing is known; ties in order."""
        shares = np.nan_to_num(self.shares)
        top = shares.argmax(axis=1)
        named = np.array(self.names, dtype=object)[top]
        return np.where(shares.max(axis=1, initial=0.0) >= LEAST_SHARE, named, "")

    def of(self, names: Sequence[str]) -> tuple[int, ...]:
        """The columns of those names."""
        return tuple(self.names.index(name) for name in dict.fromkeys(names))


@cache
def _query(name: str) -> str:
    """The words that stand for a niche, each once; a name that is none of ours stands for itself."""
    return " ".join(sorted(set(fold(NICHE_WORDS.get(name, name)).split())))


def known_niche(word: str) -> str:
    """The niche a word means, misspelt or not, or "" for none of ours.

    >>> known_niche("fasion"), known_niche("Home Decor"), known_niche("by")
    ('fashion', 'interior', '')
    """
    names = {**ALSO_CALLED, **{name: name for name in NICHES}}
    for part in [fold(word.strip()), *re.findall(r"[^\W\d_]+", fold(word))]:
        near = [part] if part in names else get_close_matches(part, names, 1, _SIMILAR) if len(part) > 3 else []
        if near:
            return names[near[0]]
    return ""


def niche_of(corpus: Corpus, found: Spoken, asked: Sequence[str] = (), embedder: Embedder | None = None) -> Niches:
    """How much of each creator's words speaks of each niche; `asked` adds words that are none of our niches.

    With sₖ the similarity of a creator's texts to the words of niche k times √(words of k), so that long lists have no
    advantage: share ∝ sₖ + SHRINK · m · πₖ, m the median evidence Σ s of a creator, π the usual mix.
    """
    names = (*NICHES, *(word for word in dict.fromkeys(asked) if word not in NICHES))
    queries = [_query(name) for name in names]
    near = (embedder or Tfidf()).fit(_joined(corpus, found)).similarity(queries)
    near = np.maximum(near, 0.0) * np.sqrt([len(query.split()) for query in queries])
    return Niches(names, _shares(near), corpus.total(corpus.written))


def _shares(near: Floats) -> Floats:
    evidence = near.sum(axis=1)
    told = evidence > 0
    if not told.any():
        return np.full(near.shape, np.nan)
    usual = (near[told] / evidence[told, None]).mean(axis=0)
    prior = SHRINK * np.median(evidence[told])
    return np.where(told[:, None], (near + prior * usual) / (evidence + prior)[:, None], np.nan)


def _joined(corpus: Corpus, found: Spoken) -> list[str]:
    """All words of each creator as one text, without accents, addresses and names.

    Of texts in a language we have no words in, only long words in plain letters: loan words and hashtags. The others
    would look like words of ours by accident, most of all without their accents.
    """
    language = np.concatenate([found.of_caption, found.of_bio]).astype(str)
    ours = pa.array(np.isin(language, [UNKNOWN, *LANGUAGES]))
    texts = nameless(corpus.texts)
    borrowed = pc.replace_substring_regex(pc.replace_substring_regex(texts, _NOT_PLAIN, " "), _SHORT, " ")
    words = plain(pc.if_else(ours, texts, borrowed))
    order = np.argsort(corpus.owner, kind="stable")
    ends = np.cumsum(np.bincount(corpus.owner, minlength=corpus.n_creators))
    offsets = pa.array(np.concatenate([[0], ends]), pa.int32())
    lists = pa.ListArray.from_arrays(offsets, words.take(pa.array(order)))
    return [str(text) for text in pc.binary_join(lists, " ").to_pylist()]


def wanted_niches(words: Sequence[str]) -> tuple[str, ...]:
    """The niches a brief's words mean; a word that means none of ours stands for itself."""
    return tuple(dict.fromkeys(known_niche(word) or fold(word.strip()) for word in words))


def niche_part(found: Niches, wanted: Sequence[str]) -> Part:
    """The part `niche by text`: the share of words that speak of the wanted niches, of `ENOUGH`."""
    columns = list(found.of(wanted))
    share = found.shares[:, columns].sum(axis=1)
    evidence = np.array([_words(n, best) for n, best in zip(found.n, found.best, strict=True)], dtype=object)
    evidence[np.isnan(share)] = "no words that speak of any niche"
    return Part(
        "niche by text", 1.0, share, "share", np.minimum(share / ENOUGH, 1.0), found.doubt(share) / ENOUGH, evidence
    )


def _words(n: float, best: str) -> str:
    return f"{several(n, 'text')}, mostly {best}" if best else f"{several(n, 'text')} of many things"


def share_range(found: Niches, name: str) -> tuple[Floats, Floats]:
    """The 80% range of the share of one niche, low and high, (n_creators,) each."""
    share = found.shares[:, found.of([name])[0]]
    spread = Z * found.doubt(share)
    return np.maximum(share - spread, 0.0), np.minimum(share + spread, 1.0)
