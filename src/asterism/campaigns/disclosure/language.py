"""Language: what the audience of a text reads, guessed from its small words or its script; pure and without a model."""

import re
import unicodedata
from collections import Counter
from typing import Final

from asterism.campaigns.disclosure.folding import Folded, plain

_SMALL_WORDS: Final = {
    "en": "the and you is this with my for it are was have not your that so be what they we our just all from but "
          "i'm it's of to in",
    "de": "und der die das ich ist nicht mit ein eine zu auf für von euch mir mich auch aber so wie bei heute wir "
          "sind dem den im noch",
    "fr": "le la les et des je est pas une un pour avec dans sur vous que qui mon ma mes ce cette au du c'est "
          "j'ai plus très nous en",
    "es": "el la los las y que de en un una por con para mi me es está muy lo del al se pero más este esta como "
          "yo nos hoy sus",
    "it": "il lo la gli le e che di un una per con non mi è sono del della questo questa più ma anche nel alla ho "
          "molto come i oggi",
    "pt": "o a os as e que de um uma para com não meu minha é em do da mais muito eu por no na se você isso hoje "
          "mas como já",
    "nl": "de het een en ik is niet met van voor op je mijn dat dit zijn ook maar wat heb aan bij er zo naar deze "
          "nog wel",
    "da": "og jeg det er ikke med en et til på for af de har min mit som så den jer kan vi hvor noget lige også "
          "fra blev",
    "no": "og jeg det er ikke med en et til på for av de har min mitt som så den dere kan vi hvor noe også fra "
          "ble være",
    "sv": "och jag det är inte med en ett till på för av de har min mitt som så den er kan vi där något också "
          "från att idag",
    "fi": "ja on ei se että mutta minun kun niin tämä ovat olen mitä voi myös nyt kanssa joka tai minä",
    "pl": "i w na z się nie to jest do że mi jak ale dla po tak moje moja mój są co od już tylko za dziś",
    "cs": "a je se na v že to s z jsem ale jak mi si tak pro jsou co moje už od po při dnes",
    "ro": "și de la cu o un nu este pe în să ce mai din pentru mea care sunt am dar foarte azi",
    "hu": "a az és hogy nem egy is van meg ez de én már csak mint ha volt nagyon itt ma",
    "vi": "va la cua cho mot nhung khong nguoi cac trong duoc voi minh nay",
    "id": "yang dan di ini itu dengan untuk aku kamu tidak dari juga ada bisa banget saya",
    "tr": "bir ve bu da de icin cok ben ile gibi ama daha var ne bugun",
}  # fmt: skip
_SETS: Final = {code: frozenset(map(plain, words.split())) for code, words in _SMALL_WORDS.items()}
_SCRIPTS: Final = {
    "CYRILLIC": "ru", "GREEK": "el", "ARABIC": "ar", "HEBREW": "he", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja",
    "CJK": "zh", "THAI": "th", "DEVANAGARI": "hi",
}  # fmt: skip
"""The language that stands for a script: enough to see that a Latin word is foreign to it."""
LEAST_WORDS: Final = 4
"""Small words of a language that a guess takes (an assumption)."""
LEAST_LEAD: Final = 1.3
"""How many times the runner-up a guess must have (an assumption)."""


def guess(folded: Folded) -> str:
    """The language a text is in, ISO 639-1, or "" where it is too short or mixed.

    Hashtags, mentions and addresses are not read.
    """
    prose = re.sub(r"[#@]\w+", " ", folded.text)
    return _by_script(prose) or _by_small_words(prose)


def _by_script(prose: str) -> str:
    letters = [letter for letter in prose if letter.isalpha()]
    names = Counter(unicodedata.name(letter, "").split(" ")[0] for letter in letters if not letter.isascii())
    script, n = names.most_common(1)[0] if names else ("", 0)
    if n <= len(letters) / 2 or script not in _SCRIPTS:
        return ""
    return "ja" if names["HIRAGANA"] + names["KATAKANA"] else _SCRIPTS[script]


def _by_small_words(prose: str) -> str:
    words = re.findall(r"[^\W\d]+(?:'[^\W\d]+)?", prose)
    hits = Counter(code for word in words for code, known in _SETS.items() if word in known)
    ranked = [*hits.most_common(2), ("", 0), ("", 0)][:2]
    (code, most), (_, second) = ranked
    return code if most >= LEAST_WORDS and most >= LEAST_LEAD * second else ""
