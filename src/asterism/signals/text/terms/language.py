"""`LanguageTerms`: what one language's lists hold."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LanguageTerms:
    """The lists of one language.

    Parameters
    ----------
    by_category
        Terms by category, separated by `|`.
    innocent
        Phrases in which a term means something else; they are not read.
    negations
        Words that take back what follows them.
    foreign
        Terms that are ordinary words of other languages: they count in this language only.
    """

    by_category: Mapping[str, str]
    innocent: str
    negations: str
    foreign: str = ""

    def terms(self, category: str) -> tuple[str, ...]:
        """The terms of a category, trimmed."""
        return split(self.by_category.get(category, ""))


def split(listed: str) -> tuple[str, ...]:
    """The entries of a list written with `|` between them."""
    return tuple(word for word in (" ".join(entry.split()) for entry in listed.split("|")) if word)
