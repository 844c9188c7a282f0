"""Brand safety: which posts use words that may trouble a brand, by category, with the sentence each stands in.

A list of words is no verdict: it says where a person should look. Terms count as whole words, unless an innocent phrase
surrounds them («killer heels») or a negation stands before them («no alcohol»).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.signals.reading import Part
from asterism.signals.text.corpus import Corpus, fold, folded, nameless
from asterism.signals.text.language import UNKNOWN, Spoken
from asterism.signals.text.shares import Counted, Usual, several
from asterism.signals.text.terms import BY_LANGUAGE, CATEGORIES
from asterism.signals.text.terms.language import split

Floats = NDArray[np.float64]

SEVERITY: Final = {
    "hate": 1.0, "violence": 1.0, "adult": 1.0, "drugs": 0.7, "dangerous acts": 0.7, "gambling": 0.5,
    "medical claims": 0.5, "profanity": 0.5, "politics": 0.3, "alcohol": 0.2,
}  # fmt: skip
"""How much a hit weighs by category, 1 for the worst (an assumption; brands differ)."""
NEGATED: Final = frozenset({"violence", "adult", "drugs", "alcohol", "gambling", "dangerous acts", "medical claims"})
"""Categories in which a negation takes a term back; a curse stays a curse."""
USUAL: Final = Usual(0.03, 5.0)
"""Severity of a usual post, and how many posts that weighs as much as (an assumption)."""
WORST: Final = 0.25
"""Mean severity per post at which the score is 0 (an assumption)."""
MASKED: Final = r"f\*+c?k\w*|sh[*!]+t\w*|b[*!]+tch\w*"
"""Curses with letters masked, in any language."""
ENGLISH: Final = "en"
_BEFORE: Final = 3
"""Words before a term in which a negation counts."""
_EXCERPT: Final = 160
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+|\s*[\n•|]+\s*")


@dataclass(frozen=True, slots=True)
class Hit:
    """One term found in one text: who, where, what, and the sentence it stands in; `post_id` None for the bio."""

    row: int
    creator_id: str
    post_id: str | None
    category: str
    term: str
    language: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Safety:
    """What was found in the texts of each creator.

    Parameters
    ----------
    n
        Texts read per creator, captions and bio, (n_creators,).
    hits
        Texts with a term of each of `CATEGORIES`, (n_creators, n_categories).
    severity
        Sum over texts of the worst `SEVERITY` found in each, (n_creators,).
    any
        Texts with a term of any category, (n_creators,).
    flags
        Every hit with its sentence, by creator and text.
    """

    n: Floats
    hits: Floats
    severity: Floats
    any: Floats
    flags: tuple[Hit, ...]

    def share(self, category: str) -> Counted:
        """The share of a creator's texts with a term of the category, with its range."""
        return Counted(self.hits[:, CATEGORIES.index(category)], self.n, USUAL)

    def of(self, row: int) -> tuple[Hit, ...]:
        """The hits of one creator."""
        return tuple(hit for hit in self.flags if hit.row == row)


@dataclass(frozen=True, slots=True)
class _Lists:
    """The compiled lists that one text is read with: its own language's, and English."""

    by_category: tuple[tuple[str, re.Pattern[str]], ...]
    innocent: re.Pattern[str]
    negation: re.Pattern[str]
    hint: str


@cache
def _lists(language: str) -> _Lists:
    codes = [code for code in dict.fromkeys((language, ENGLISH)) if code in BY_LANGUAGE]
    own = [BY_LANGUAGE[code] for code in codes]
    by_category = {c: [fold(t) for code in codes for t in _applied(code, c, language)] for c in CATEGORIES}
    innocent = [fold(phrase) for terms in own for phrase in split(terms.innocent)]
    negations = [fold(word) for terms in own for word in split(terms.negations)]
    stems = {re.escape(term.partition("*")[0]) for terms in by_category.values() for term in terms}
    masked = {"profanity": f"|{MASKED}"}
    return _Lists(
        tuple((c, re.compile(_whole(terms) + masked.get(c, ""))) for c, terms in by_category.items()),
        re.compile(_whole(innocent)),
        re.compile(_whole(negations) + r"(?:\W+\w+){0," + str(_BEFORE - 1) + r"}\W*$"),
        r"(?:^|[^\p{L}\p{N}])(?:" + "|".join(sorted(stems)) + f")|{MASKED}",
    )  # fmt: skip


def _applied(code: str, category: str, language: str) -> list[str]:
    """The terms of one list that count in a text of `language`."""
    foreign = split(BY_LANGUAGE[code].foreign) if code != language else ()
    return [term for term in BY_LANGUAGE[code].terms(category) if term not in foreign]


def _whole(terms: list[str]) -> str:
    """Any of the terms as whole words, longest first; `*` is up to five letters, a space any gap but a sentence's."""
    each = sorted(set(terms), key=lambda term: (-len(term), term))
    written = [re.escape(term).replace(r"\*", r"\w{0,5}").replace(r"\ ", r"[\s#,_-]+") for term in each]
    return r"(?<!\w)(?:" + "|".join(written) + r")(?!\w)"


def read_safety(corpus: Corpus, found: Spoken) -> Safety:
    """What the captions and bios of each creator hold that may trouble a brand.

    A text is read with the lists of its language (where unknown, the creator's main one) and the English ones, less
    the English terms that are ordinary words elsewhere.
    """
    flags = sorted(_hits(corpus, _languages(corpus, found)), key=lambda hit: (hit[0], hit[1]))
    there = np.zeros((len(corpus.owner), len(CATEGORIES)), dtype=bool)
    for text, hit in ((at, hit) for _, at, hit in flags):
        there[text, CATEGORIES.index(hit.category)] = True
    hits = np.zeros((corpus.n_creators, len(CATEGORIES)))
    np.add.at(hits, corpus.owner, there)
    worst = (there * [SEVERITY[c] for c in CATEGORIES]).max(axis=1)
    severity, some = corpus.total(worst), corpus.total(np.asarray(there.any(axis=1)))
    return Safety(corpus.total(corpus.written), hits, severity, some, tuple(hit for _, _, hit in flags))


def suspects(corpus: Corpus) -> NDArray[np.bool_]:
    """Whose texts hold the beginning of a term in any language, (n_creators,): of nobody else is there a hit."""
    low = folded(nameless(corpus.texts))
    at = np.arange(len(low))
    found = np.zeros(corpus.n_creators, dtype=bool)
    for code in BY_LANGUAGE:  # one after another: all patterns in one are thirty times slower
        hit = np.asarray(pc.match_substring_regex(low.take(pa.array(at)), _lists(code).hint), dtype=bool)
        found[corpus.owner[at[hit]]] = True
        at = at[~hit]
    return found


def _languages(corpus: Corpus, found: Spoken) -> NDArray[np.object_]:
    """The language each text is read in."""
    own = np.concatenate([found.of_caption, found.of_bio])
    main = found.language[corpus.owner]
    told = np.where(own != UNKNOWN, own, main)
    return np.where(told != UNKNOWN, told, ENGLISH)


def _hits(corpus: Corpus, language: NDArray[np.object_]) -> Iterator[tuple[int, int, Hit]]:
    """Creator, text and hit, for every category of every text at most once."""
    texts = nameless(corpus.texts)
    low = folded(texts)
    ids = corpus.posts["post_id"].to_pylist()
    who = corpus.creator_ids.to_pylist()
    for code in sorted(set(language)):
        lists = _lists(code)
        rows = np.flatnonzero(language == code)
        likely = rows[np.asarray(pc.match_substring_regex(low.take(pa.array(rows)), lists.hint), dtype=bool)]
        for at in likely.tolist():
            row, post = int(corpus.owner[at]), ids[at] if at < len(ids) else None
            for category, term, sentence in _in_text(texts[at].as_py(), lists):
                yield row, at, Hit(row, who[row], post, category, term, code, sentence)


def _in_text(text: str, lists: _Lists) -> Iterator[tuple[str, str, str]]:
    """The first term of each category, with its sentence."""
    seen: set[str] = set()
    for sentence in _SENTENCE.split(text):
        bare = lists.innocent.sub(" … ", fold(sentence))
        for category, pattern in lists.by_category:
            term = None if category in seen else _first(pattern, bare, lists if category in NEGATED else None)
            if term:
                seen.add(category)
                yield category, term, _excerpt(sentence, term)


def _first(pattern: re.Pattern[str], bare: str, negating: _Lists | None) -> str | None:
    """The first term in a folded sentence that no negation takes back."""
    for match in pattern.finditer(bare):
        if negating is None or not negating.negation.search(bare[: match.start()]):
            return match[0]
    return None


def _excerpt(sentence: str, term: str) -> str:
    """The sentence, or the part of a long one around the term."""
    short = " ".join(sentence.split())
    if len(short) <= _EXCERPT:
        return short
    at = max(0, min(short.lower().find(term), len(short)) - _EXCERPT // 2)
    return f"{'…' if at else ''}{short[at : at + _EXCERPT]}{'…' if at + _EXCERPT < len(short) else ''}"


def safety_part(found: Safety) -> Part:
    """The part `safety`: 1 less the mean severity of a creator's posts, of `WORST`."""
    counted = Counted(found.severity, found.n, USUAL)
    told = found.n > 0
    score = np.where(told, np.clip(1.0 - counted.mean / WORST, 0.0, 1.0), np.nan)
    share = np.divide(found.any, found.n, out=np.full(score.size, np.nan), where=told)
    evidence = np.array([_words(*row) for row in zip(found.n, found.any, found.hits, strict=True)], dtype=object)
    return Part("safety", 1.0, share, "share", score, counted.sd / WORST, evidence)


def _words(n: float, hit: float, by_category: Floats) -> str:
    if not n:
        return "no texts"
    named = [f"{category} {count:.0f}" for category, count in zip(CATEGORIES, by_category, strict=True) if count]
    return f"{hit:.0f} of {several(n, 'text')} to look at{': ' if named else ''}{', '.join(named)}"
