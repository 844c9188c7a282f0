"""Language: which languages a creator writes in, how sure that is, and how far the brief's audience reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.signals.reading import Part
from asterism.signals.text.corpus import Corpus, prose
from asterism.signals.text.shares import Counted, Usual, several

Floats = NDArray[np.float64]
Words = NDArray[np.object_]

UNKNOWN: Final = ""
"""The language of a text that is too short, or could be of several languages."""
LEAST_CONFIDENCE: Final = 0.35
"""Probability below which a language is called unknown (an assumption; see docs/explanation/text-signals.md)."""
LEAST_LETTERS: Final = 4
"""Letters of prose, hashtags and names apart, below which a language is called unknown (an assumption)."""
SPOKEN: Final = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv",
    "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
"""Languages told apart, ISO 639-1 (`tl` is Filipino): those with many creators; a rarer one is taken for a near one."""
USUAL: Final = Usual(0.5, 1.0)
STATED_TEXTS: Final = 3.0
"""Texts that the language a profile states weighs as much as (an assumption)."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What each creator writes in, (n_creators,) each.

    Parameters
    ----------
    language
        The language of most texts, "" where none could be told.
    share
        The share of texts in it, among those whose language could be told; NaN where none could.
    n
        Texts whose language could be told.
    of_caption
        The language of each caption of the corpus, (n_captions,).
    of_bio
        The language of each bio, (n_creators,).
    """

    language: Words
    share: Floats
    n: Floats
    of_caption: Words
    of_bio: Words


@cache
def _identifier() -> Any:
    """The language model, loaded once; restricted to the languages told apart."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(SPOKEN)
    return identifier


def languages_of(texts: pa.Array) -> Words:
    """The language of each text, ISO 639-1, "" where it is unknown, (n_texts,).

    Lui & Baldwin 2012, https://aclanthology.org/P12-3005: naive Bayes over byte n-grams. Names, hashtags, addresses and
    emoji are not read.
    """
    unique = prose(texts).dictionary_encode()
    told = np.array([_language(text) for text in unique.dictionary.to_pylist()], dtype=object)
    return np.asarray(told[unique.indices.to_numpy()] if told.size else np.empty(0, dtype=object))


def _language(text: str) -> str:
    if sum(map(str.isalpha, text)) < LEAST_LETTERS:
        return UNKNOWN
    language, confidence = _identifier().classify(text)
    return str(language) if confidence >= LEAST_CONFIDENCE else UNKNOWN


def spoken(corpus: Corpus, among: NDArray[np.bool_] | None = None) -> Spoken:
    """The main language of each creator over captions and bio; ties go to the earlier code.

    To tell a language takes time: where only some creators matter, (n_creators,), the others' stay unknown.
    """
    read = corpus.written if among is None else corpus.written & among[corpus.owner]
    of_text = np.full(read.size, UNKNOWN, dtype=object)
    of_text[read] = languages_of(corpus.texts.filter(pa.array(read)))
    codes, code = np.unique(of_text.astype(str), return_inverse=True)
    counts = np.zeros((corpus.n_creators, codes.size))
    np.add.at(counts, (corpus.owner, code), 1.0)
    counts[:, codes == UNKNOWN] = 0.0
    n = counts.sum(axis=1)
    most = np.argmax(counts, axis=1) if codes.size else np.zeros(corpus.n_creators, dtype=np.intp)
    top = np.take_along_axis(counts, most[:, None], axis=1)[:, 0]
    share = np.divide(top, n, out=np.full(n.size, np.nan), where=n > 0)
    language = np.where(n > 0, codes.astype(object)[most], UNKNOWN)
    n_captions = len(corpus.captions)
    return Spoken(language, share, n, of_text[:n_captions], of_text[n_captions:])


def in_languages(corpus: Corpus, found: Spoken, wanted: Iterable[str], stated: Words) -> Counted:
    """How many of each creator's texts are in the wanted languages, and of how many, (n_creators,).

    The language a profile states (`stated`, "" where it does not) counts as `STATED_TEXTS` texts.
    """
    codes = [_code(word) for word in wanted]
    of_text = np.concatenate([found.of_caption, found.of_bio])
    told = stated != UNKNOWN
    hits = corpus.total(np.isin(of_text.astype(str), codes))
    named = np.isin(np.array([_code(word) for word in stated], dtype=str), codes)
    return Counted(hits + STATED_TEXTS * named, found.n + STATED_TEXTS * told, USUAL)


def _code(word: str) -> str:
    """A language code without its country: `pt-BR` is `pt`; Norwegian and Filipino have one code each."""
    bare = word.strip().lower().replace("_", "-").partition("-")[0]
    return {"nb": "no", "nn": "no", "fil": "tl", "iw": "he", "in": "id"}.get(bare, bare)


def language_part(corpus: Corpus, found: Spoken, wanted: Iterable[str], stated: Words) -> Part:
    """The part `language`: the share of texts in the languages the brief's audience reads."""
    counted = in_languages(corpus, found, wanted, stated)
    score = np.where(counted.n > 0, counted.mean, np.nan)
    measured = np.divide(counted.hits, counted.n, out=np.full(score.size, np.nan), where=counted.n > 0)
    return Part("language", 1.0, measured, "share", score, counted.sd, _evidence(found, stated))


def _evidence(found: Spoken, stated: Words) -> Words:
    rows = zip(found.language, found.share, found.n, stated, strict=True)
    return np.array([_words(*row) for row in rows], dtype=object)


def _words(language: str, share: float, n: float, stated: str) -> str:
    said = f"the profile states {stated}" if stated else ""
    if not n:
        return said or "no text long enough to tell a language"
    read = f"{round(share * n)} of {several(n, 'text')} in {language}"
    return f"{read}; {said}" if said else read
