"""Tone: how far a creator's captions speak in the tone or look the brief asks for, by the words that give it away."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.signals.reading import Part
from asterism.signals.text.corpus import Corpus, fold, folded
from asterism.signals.text.shares import Counted, Usual, several
from asterism.signals.text.tone_words import TONE_CALLED, TONE_WORDS

USUAL: Final = Usual(0.1, 2.0)
"""How often captions have a tone that was not asked of them, and how many captions that weighs as much as."""
ENOUGH: Final = 1 / 3
"""Share of captions in a tone that is all a brief can ask for (an assumption)."""
BIO_TEXTS: Final = 3.0
"""Captions that a bio weighs as much as (an assumption)."""


def tone_of(word: str) -> str:
    """The tone a brief's word means, or the word itself.

    >>> tone_of("Funny"), tone_of("gritty")
    ('humour', 'gritty')
    """
    bare = word.strip().lower()
    return TONE_CALLED.get(bare, bare)


def _pattern(words: Sequence[str]) -> str:
    """Any of the words and phrases of the tones, whole and folded."""
    asked = [TONE_WORDS.get(tone_of(word), "").replace("\n", "|") + f"|{word.strip()}" for word in words]
    each = sorted({fold(one.strip()) for one in "|".join(asked).split("|") if one.strip()})
    return r"(?:^|[^\p{L}\p{N}])(?:" + "|".join(map(re.escape, each)) + r")(?:$|[^\p{L}\p{N}])"


def in_tone(corpus: Corpus, words: Sequence[str]) -> Counted:
    """How many of each creator's captions have one of the tones, and of how many, (n_creators,).

    A bio counts as `BIO_TEXTS` captions.
    """
    hit = np.asarray(pc.match_substring_regex(folded(corpus.texts), _pattern(words)), dtype=float)
    weight = np.where(np.arange(len(hit)) < len(corpus.captions), 1.0, BIO_TEXTS)
    weight *= corpus.written
    return Counted(corpus.total(hit * weight), corpus.total(weight), USUAL)


def tone_part(corpus: Corpus, words: Sequence[str]) -> Part:
    """The part `tone`: the share of captions in the tones the brief asks for, of `ENOUGH`."""
    counted = in_tone(corpus, words)
    told = counted.n > 0
    score = np.where(told, np.minimum(counted.mean / ENOUGH, 1.0), np.nan)
    measured = np.divide(counted.hits, counted.n, out=np.full(score.size, np.nan), where=told)
    return Part("tone", 1.0, measured, "share", score, counted.sd / ENOUGH, _evidence(corpus, counted, words))


def _evidence(corpus: Corpus, counted: Counted, words: Sequence[str]) -> NDArray[np.object_]:
    said = " or ".join(word.strip() for word in words)
    share = np.divide(counted.hits, counted.n, out=np.zeros(counted.n.size), where=counted.n > 0)
    bios = np.asarray(pc.not_equal(corpus.bios, ""))
    rows = zip(share, corpus.n, bios, strict=True)
    return np.array([_words(s, int(n), bool(bio), said) for s, n, bio in rows], dtype=object)


def _words(share: float, captions: int, bio: bool, said: str) -> str:
    read = [*([several(captions, "caption")] if captions else []), *(["the bio"] if bio else [])]
    return f"{share:.0%} of {' and '.join(read)} sound {said}" if read else "no captions and no bio"
