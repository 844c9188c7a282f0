"""Negation: words that deny that a post is paid for, or only suppose it; they disclose nothing."""

import re
from dataclasses import dataclass
from typing import Final

from asterism.campaigns.disclosure.folding import Folded
from asterism.campaigns.disclosure.marks import Mark
from asterism.campaigns.disclosure.negators import (
    ARTICLES,
    BRIDGES,
    DENIALS,
    DENIED,
    LATER,
    NOT,
    SUPPOSED,
    TAKEN_BACK,
)
from asterism.campaigns.disclosure.words import Meaning

_ON: Final = rf"(?:[ ,'\"*(/~«»\-]+(?:{BRIDGES})(?![\w'])){{0,8}}?[ \"'*(/~«»#\-]*"
_UP_TO: Final = rf"{_ON}$"
_BEFORE: Final = re.compile(rf"(?<![\w'])(?:{NOT})(?!,)(?![\w']){_UP_TO}")
_IF: Final = re.compile(rf"(?<![\w'])(?:{SUPPOSED})(?!,)(?![\w']){_UP_TO}")
_BEFORE_LABEL: Final = re.compile(rf"(?<![\w'])(?:{NOT})(?!,)(?![\w'])(?:[ \-]+(?:{ARTICLES}))?[ \"'*(\-]*#?$")
_NEAR: Final = r"[^\w\n]{0,4}(?:\w+[^\w\n]{1,3}){0,2}?"
_AFTER: Final = re.compile(_NEAR + TAKEN_BACK)
_LATER: Final = re.compile(_NEAR + LATER)
_SAID: Final = re.compile(rf"(?<!\w)(?:{'|'.join(DENIALS)})(?!\w)")
_STATED: Final = re.compile(rf"(?<![\w'])(?:{NOT})(?!,)(?![\w']){_ON}(?:{DENIED})(?!\w)")
_PAYMENTS: Final = (Meaning.AD, Meaning.PAID, Meaning.SPONSORED)
"""What one has to deny to deny a payment; «no affiliate links» denies none."""
_REACH: Final = 160
"""Characters before a mark in which a denial is looked for."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The marks that stand, and the words that deny a payment, as the text has them."""

    standing: tuple[Mark, ...]
    denials: tuple[str, ...]


def sort_out(folded: Folded, marks: tuple[Mark, ...]) -> Sorted:
    """The marks without those that are denied or only supposed, as in «if this were sponsored»."""
    said = [hit.span() for pattern in (_SAID, _STATED) for hit in pattern.finditer(folded.text)]
    taken = [(mark.meaning, span) for mark in marks if (span := _denial(folded.text, mark))]
    void = [*said, *(span for _, span in taken)]
    standing = tuple(m for m in marks if not _lies_in(m, void) and not _is_supposed(folded.text, m))
    denied = _outermost([*said, *(span for meaning, span in taken if meaning in _PAYMENTS)])
    return Sorted(standing, tuple(folded.quote(*span) for span in denied))


def _denial(text: str, mark: Mark) -> tuple[int, int] | None:
    """The stretch from the word that denies a mark to its end, or from the mark to the words that take it back."""
    first = max(0, mark.start - _REACH)
    before = text[first : mark.start]
    found = (_BEFORE if mark.form == "phrase" else _BEFORE_LABEL).search(before)
    if found:
        return first + found.start(), mark.end
    after = _AFTER.match(text, mark.end)
    return (mark.start, after.end()) if after else None


def _is_supposed(text: str, mark: Mark) -> bool:
    if mark.form == "tag":
        return False
    before = text[max(0, mark.start - _REACH) : mark.start]
    return bool(_LATER.match(text, mark.end) or (mark.form == "phrase" and _IF.search(before)))


def _lies_in(mark: Mark, spans: list[tuple[int, int]]) -> bool:
    return any(start <= mark.start and mark.end <= end for start, end in spans)


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that lie in no other, in order."""
    unique = sorted(set(spans))
    return [a for a in unique if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in unique)]
