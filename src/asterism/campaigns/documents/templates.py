"""The templates: subject and text of each kind of document, per tone and language, with a version."""

import hashlib
from dataclasses import dataclass
from typing import Final

from asterism.campaigns.documents.merging import UnsoundText, faults
from asterism.campaigns.documents.texts import (
    agreement_en,
    brief_de,
    brief_en,
    brief_fr,
    letters_en,
    notice,
    outreach_de,
    outreach_en,
    outreach_fr,
    reviews_en,
)
from asterism.campaigns.documents.tone import KINDS, Kind, Tone, tone_of
from asterism.errors import WrongUsage, did_you_mean

VERSION: Final = "2026.1"
"""The version of the texts as delivered; it changes with any of their words."""
LONGEST: Final = 50_000
"""Letters that a text has at most."""


@dataclass(frozen=True, slots=True)
class Template:
    """A subject and a text that name fields, for one kind, tone and language."""

    kind: Kind
    tone: Tone
    language: str
    subject: str
    body: str
    version: str = VERSION

    def __post_init__(self) -> None:
        if len(self.subject) + len(self.body) > LONGEST:
            raise UnsoundText(f"The text is longer than {LONGEST:,} letters.", "Shorten it.")

    @property
    def name(self) -> str:
        """Kind, tone and language in one word, as in `outreach/personal/en`."""
        return f"{self.kind}/{self.tone}/{self.language}"


_TEXTS: Final[dict[tuple[str, str, str], tuple[str, str]]] = {
    (kind, tone, language): text
    for language, modules in {
        "en": (outreach_en, letters_en, reviews_en, brief_en, agreement_en),
        "de": (outreach_de, brief_de),
        "fr": (outreach_fr, brief_fr),
    }.items()
    for module in modules
    for (kind, tone), text in module.TEXTS.items()
} | {("privacy_notice", tone, code): text for code, text in notice.TEXTS.items() for tone in notice.TONES}


def languages_of(kind: Kind) -> tuple[str, ...]:
    """The languages in which a kind of document exists, English first.

    >>> languages_of("outreach"), languages_of("agreement")
    (('en', 'de', 'fr'), ('en',))
    """
    return tuple(code for code in ("en", "de", "fr") if (kind, "personal", code) in _TEXTS)


def template(kind: str, tier: str, language: str = "en") -> Template:
    """The template for a kind and a tier, in English where the language has none.

    Raises
    ------
    WrongUsage
        There is no such kind of document.
    """
    known = next((each for each in KINDS if each == kind), None)
    if known is None:
        raise WrongUsage(f"There is no document `{kind}`.", did_you_mean(kind, list(KINDS)))
    short = language.lower().replace("_", "-").split("-")[0]
    code = short if short in languages_of(known) else "en"
    subject, body = _TEXTS[known, tone_of(tier), code]
    return Template(known, tone_of(tier), code, subject, body)


def edited(original: Template, subject: str, body: str) -> Template:
    """The template in a user's own words, with a version made from them.

    Raises
    ------
    UnsoundText
        The words name unknown fields, or have a brace that belongs to none.
    """
    found = (*faults(subject), *faults(body))
    if found:
        said = " ".join(f"{fault.what} {fault.fix}" for fault in found)
        raise UnsoundText(f"The text cannot be kept. {said}", faults=found)
    if (subject, body) == (original.subject, original.body):
        return original
    mark = hashlib.sha256(f"{subject}\n{body}".encode("utf-8", "replace")).hexdigest()[:8]
    version = f"{original.version.split('+')[0]}+{mark}"
    return Template(original.kind, original.tone, original.language, subject, body, version)
