"""A text as the eye reads it: no case, accents, styles or invisible characters; and where each letter came from."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

LINK: Final = "\ue000"
"""Stands for each character of an address, so that no word is found inside one."""
_LINE_ENDS: Final = frozenset("\n\x0b\x0c\x85\u2028\u2029")
_BLANKS: Final = frozenset("\u2800\u3164\uffa0\u115f\u1160")
"""Characters that show nothing and count as letters or symbols in Unicode; captions use them for empty lines."""
_APOSTROPHES: Final = frozenset("’‘ʼ`´′")
_INVISIBLE: Final = frozenset(("Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me"))
_MENTION: Final = re.compile(r"(?<![\w.])@\w(?:[\w.]*\w)?")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w@#.])[\w-]+\.(?:com|co|net|org|de|fr|uk|ly|gl|to|me|io|tv|shop|eu|us|it|es|nl)\b(?:/\S*)?"
)
_TAG: Final = re.compile(r"#\w+")


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text, and for each of its characters the place in the original."""

    text: str
    origin: tuple[int, ...]
    original: str

    def quote(self, start: int, end: int) -> str:
        """The words of the original behind a stretch of the folded text."""
        return " ".join(self.original[self.origin[start] : self.origin[end - 1] + 1].split()) if end > start else ""


def fold(original: str) -> Folded:
    """The text in lower case, in plain letters, white space single; mentions and addresses cannot be read as words.

    >>> fold("＃𝐀𝐝\\u200b  Café").text
    '#ad cafe'
    """
    letters: list[str] = []
    origin: list[int] = []
    for at, character in enumerate(original):
        for letter in plain(character):
            _add(letters, origin, letter, at)
    while letters and letters[-1] in " \n":
        letters.pop()
        origin.pop()
    return _without_underscores(_masked("".join(letters)), tuple(origin), original)


def plain(text: str) -> str:
    """Letters without case, accent and style, one by one; for word lists and texts alike."""
    return "".join(map(_plain, text))


@cache
def _plain(character: str) -> str:
    if character in _LINE_ENDS:
        return "\n"
    if character in _BLANKS or character.isspace():
        return " "
    if character in _APOSTROPHES:
        return "'"
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return (
        "".join(p for p in parts if unicodedata.category(p) not in _INVISIBLE).replace("ı", "i").replace("\u2044", "/")
    )


def _add(letters: list[str], origin: list[int], letter: str, at: int) -> None:
    """White space is single, none stands beside a line's end, and none opens the text."""
    last = letters[-1] if letters else "\n"
    if letter == " " and last in " \n":
        return
    if letter == "\n" and not letters:
        return
    if letter == "\n" and last == " ":
        letters[-1], origin[-1] = letter, at
        return
    letters.append(letter)
    origin.append(at)


def _masked(text: str) -> str:
    text = _ADDRESS.sub(lambda found: LINK * len(found[0]), text)
    return _MENTION.sub(lambda found: "@" + "x" * (len(found[0]) - 1), text)


def _without_underscores(text: str, origin: tuple[int, ...], original: str) -> Folded:
    """Underscores join the words of a hashtag and part all others."""
    inside = {at for found in _TAG.finditer(text) for at in range(found.start(), found.end()) if text[at] == "_"}
    kept = [at for at in range(len(text)) if at not in inside]
    return Folded("".join(text[at] for at in kept).replace("_", " "), tuple(origin[at] for at in kept), original)
