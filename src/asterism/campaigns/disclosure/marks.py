"""Marks: the words of a text that say, or only hint, that it is paid for, each with its place."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from asterism.campaigns.disclosure.clear_words import CLEAR
from asterism.campaigns.disclosure.folding import LINK, Folded, plain
from asterism.campaigns.disclosure.hint_words import HINTS
from asterism.campaigns.disclosure.sayings import SAYINGS
from asterism.campaigns.disclosure.words import Meaning


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or phrase found: what it tells, in which languages it is at home, where it stands in the folded text."""

    meaning: Meaning
    languages: frozenset[str]
    start: int
    end: int
    form: str
    """tag, label or phrase."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    meaning: Meaning
    language: str
    form: str
    regex: re.Pattern[str]


_OPENS: Final = frozenset("|/([{*~<>:.!?«»=+•·;\n")
_CLOSES: Final = frozenset("|/)]}*~<>:.!,?\"'«»=+•·;\n#@&" + LINK)
_DASHES: Final = frozenset("-–—‐‑−")
_JOINS: Final = _DASHES | frozenset("\"'“”")
"""Signs that open a label only where no letter stands before them: not in «jil'ad»."""
_FOR_WHOM: Final = re.compile(
    r"(?:for|with|by|from|fur|mit|von|pour|avec|por|para|con|per|da|com|met|voor|med|for|z|with my friends at) @"
)
_RUNS_ON: Final = re.compile(
    r"(?:is|was|are|were|isn|ist|sind|war|est|sont|es|e|son|agenc|block|campaign|revenue|industry|space|break|money|hoc|lib\b|"
    r"astra|nauseam|infinitum|hominem|works?\b|of|and|und|et|y|on|in|im|auf|about|uber|sur|sobre|free|comparative|mensongere|"
    r"nervt|raus|machen|schauen|inquir|enquir|opportunit|when|if|which|who|posts?\b|videos?\b|content\b|\d)"
)
"""How a sentence goes on that begins with such a word and is no label."""


def marks_of(folded: Folded) -> tuple[Mark, ...]:
    """Every mark of a text, in order of place; marks may overlap."""
    found: dict[tuple[Meaning, int, int, str], set[str]] = {}
    for pattern in _patterns():
        for hit in pattern.regex.finditer(folded.text):
            if pattern.form != "label" or _stands_as_label(folded.text, hit, pattern.meaning):
                found.setdefault((pattern.meaning, *hit.span(), pattern.form), set()).add(pattern.language)
    ordered = sorted(found.items(), key=lambda item: item[0][1:3])
    return tuple(Mark(what, frozenset(codes), start, end, form) for (what, start, end, form), codes in ordered)


@cache
def _patterns() -> tuple[_Pattern, ...]:
    listed = []
    for words in (*CLEAR, *HINTS):
        labels, phrases = (plain(text).split("|") if text else [] for text in (words.labels, words.phrases))
        alone = plain(words.tags).split("|") if words.tags else []
        tags = [re.escape(re.sub(r"[ '\-]", "", word)) for word in (*labels, *phrases, *alone) if "@" not in word]
        forms = {"tag": rf"#(?:{'|'.join(tags)})(?!\w|[-']\w)", "label": _whole(labels), "phrase": _whole(phrases)}
        listed += [
            _Pattern(words.meaning, words.language, form, re.compile(regex))
            for form, regex in forms.items()
            if regex and (form != "tag" or tags)
        ]
    sayings = [_Pattern(s.meaning, s.language, "phrase", re.compile(rf"(?<![\w@])(?:{s.pattern})")) for s in SAYINGS]
    return (*listed, *sayings)


def _whole(words: list[str]) -> str:
    """A regex for whole words; inside a phrase, words may be hashtags, and a hyphen may stand for the space."""
    if not words:
        return ""
    spaced = [re.escape(word).replace(r"\ ", r"[ \-]+#?") for word in sorted(words, key=len, reverse=True)]
    whole = [word if word.endswith("@") else rf"{word}(?!\w)" for word in spaced]
    return rf"(?<![\w@#])(?:{'|'.join(whole)})"


def _stands_as_label(text: str, hit: re.Match[str], meaning: Meaning) -> bool:
    before, after = text[: hit.start()], text[hit.end() :]
    if _opens(before) and _closes(after):
        return True
    first = not re.search(r"\w", re.sub(r"@\w+", "", before))
    return first and meaning in (Meaning.AD, Meaning.SPONSORED) and _goes_on_as_label(after)


def _goes_on_as_label(after: str) -> bool:
    """Whether the sentence behind a first word leaves that word alone, as in «Werbung Heute zeige ich euch»."""
    return after.startswith(" ") and not _RUNS_ON.match(after.lstrip())


def _opens(before: str) -> bool:
    bare = before.rstrip(" ")
    if not bare or bare[-1] in _OPENS or _is_sign(bare[-1]):
        return True
    return bare[-1] in _JOINS and (len(bare) < 2 or not bare[-2].isalnum())


def _closes(after: str) -> bool:
    bare = after.lstrip(" ")
    if not bare or _is_sign(bare[0]):
        return True
    if bare[0] in _DASHES:
        return len(after) != len(bare) or not bare[1:2].isalnum()
    if bare[0] == ",":
        return not _RUNS_ON.match(bare[1:].lstrip())
    if bare[0] in _CLOSES:
        return not (bare[0] in ".'&" and bare[1:2].isalnum())
    return bool(_FOR_WHOM.match(bare))


def _is_sign(character: str) -> bool:
    """Whether a character is an emoji or another sign that parts words."""
    return unicodedata.category(character) in ("So", "Sk")
