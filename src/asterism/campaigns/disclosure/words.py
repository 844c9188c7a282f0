"""What people write when a post is paid for, and what they write instead: by meaning, by language.

A *label* counts where a label stands (first, in brackets, on a line of its own) and as a hashtag; a *phrase* counts
anywhere and as a hashtag; a *saying* is a pattern with gaps. What each is worth, the rules of a country decide. The
lists stand in `clear_words`, `hint_words` and `sayings`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Meaning(StrEnum):
    """What a word tells the reader."""

    AD = "it is advertising"
    PAID = "it is paid for"
    SPONSORED = "it is sponsored"
    FREE = "the product was free"
    COMMISSION = "sales earn a commission"
    NEAR = "there is some tie to a brand"
    GIFT = "something was given"
    AFFILIATE = "links are affiliate links"
    VAGUE = "there may be some tie to a brand"


LANGUAGES: Final = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "da": "Danish", "no": "Norwegian", "sv": "Swedish", "fi": "Finnish", "pl": "Polish", "cs": "Czech",
    "ro": "Romanian", "hu": "Hungarian", "el": "Greek",
}  # fmt: skip
"""Languages with a list of words."""


@dataclass(frozen=True, slots=True)
class Wordlist:
    """Words of one meaning in one language, with | between them; `tags` count as hashtags only."""

    meaning: Meaning
    language: str
    labels: str = ""
    phrases: str = ""
    tags: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """A pattern over folded text, with gaps, of one meaning in one language."""

    meaning: Meaning
    language: str
    pattern: str
