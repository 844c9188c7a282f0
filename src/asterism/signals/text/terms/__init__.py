"""Terms that may trouble a brand, by language: our own lists, modest, for a person to look at what they find.

Per language: terms by category, phrases in which a term is innocent, and words that negate what follows. Terms are
separated by `|` and matched without accents and case; `*` stands for up to five letters, a space for any gap.
"""

from typing import Final

from asterism.signals.text.terms import de, en, es, fr, it, pt
from asterism.signals.text.terms.language import LanguageTerms

CATEGORIES: Final = (
    "violence", "hate", "adult", "drugs", "alcohol", "gambling", "profanity", "dangerous acts", "politics",
    "medical claims",
)  # fmt: skip
"""What a hit may be about."""
BY_LANGUAGE: Final[dict[str, LanguageTerms]] = {
    "en": en.TERMS, "de": de.TERMS, "fr": fr.TERMS, "es": es.TERMS, "pt": pt.TERMS, "it": it.TERMS,
}  # fmt: skip
"""The lists, by ISO 639-1 code."""
