"""Letters: a template and what is known put together, with the fields used and a hash that fixes every word."""

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import Final

from asterism.campaigns.documents.fields import fields_of
from asterism.campaigns.documents.given import Merge
from asterism.campaigns.documents.markup import Block, parse, plain_text
from asterism.campaigns.documents.merging import fields_named, merge, merge_line
from asterism.campaigns.documents.templates import Template, template
from asterism.campaigns.documents.wording.spoken import language

CANON: Final = "asterism-document-1"
"""The name of the canonical form that is hashed."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished document: its subject in plain words, its body as markup, and what it was made from."""

    subject: str
    body: str
    fields_used: tuple[str, ...]
    template: str
    version: str
    language: str = "en"

    @property
    def kind(self) -> str:
        """What kind of document it is."""
        return self.template.split("/")[0]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body's headings, paragraphs and lists."""
        return parse(self.body)

    @property
    def text(self) -> str:
        """The body as plain text, as a mail carries it."""
        return plain_text(self.blocks)


def letter(kind: str, given: Merge, in_language: str = "en") -> Letter:
    """The document of a kind for the creator of `given`, in English where the language has no such text.

    Raises
    ------
    WrongUsage
        There is no such kind.
    MissingValue
        A field that the text names was left open.
    """
    return written(template(kind, given.creator.tier, in_language), given)


def written(chosen: Template, given: Merge) -> Letter:
    """The template with its fields filled.

    Raises
    ------
    UnsoundText, MissingValue
        As `merge` does.
    """
    fields = fields_of(given, language(chosen.language))
    subject, body = merge_line(chosen.subject, fields), merge(chosen.body, fields)
    used = fields_named(f"{chosen.subject}\n{chosen.body}")
    return Letter(subject, body, used, chosen.name, chosen.version, chosen.language)


def canonical(document: Letter) -> str:
    """The text that is hashed: every word in one spelling, without blanks at the ends of lines."""
    body = "\n".join(line.rstrip() for line in document.body.strip().splitlines())
    parts = (CANON, document.template, document.version, document.subject, body)
    return json.dumps([unicodedata.normalize("NFC", part) for part in parts], ensure_ascii=False)


def hash_of(document: Letter) -> str:
    """The SHA-256 of the document's canonical text, by which an accepted version is known."""
    return hashlib.sha256(canonical(document).encode("utf-8")).hexdigest()
