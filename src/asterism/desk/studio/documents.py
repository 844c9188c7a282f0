"""Documents: made from a template, filled with what is known, kept in numbered versions that a hash fixes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import BaseModel, Field

from asterism.campaigns.documents.letters import Letter, hash_of
from asterism.campaigns.documents.merging import Value
from asterism.campaigns.documents.templates import LONGEST, Template, edited, languages_of, template
from asterism.campaigns.documents.whitelist import FIELDS
from asterism.desk.studio.filling import LINKS, as_shown, frozen, frozen_line, known_fields, typed
from asterism.errors import BadInput, WrongUsage, did_you_mean
from asterism.store.ledger.models import Campaign, Collaboration, Document
from asterism.store.ledger.scope import add, find, lock, rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

WRITTEN: Final = {
    "outreach": "First letter", "follow_up": "Second word", "brief": "Brief", "feedback": "Feedback on a draft",
    "thank_you": "Note of thanks", "renewal": "Offer to go on", "expectation_review": "Review of expectations",
    "privacy_notice": "Privacy notice",
}  # fmt: skip
"""Kinds of documents that are written here, by their names; agreements have pages of their own."""
LANGUAGES: Final = {"en": "English", "de": "German", "fr": "French"}
SUBJECT: Final = 200
_RELATED: Final = ("creator", "campaign__brand")


class Making(BaseModel):
    """A document to make: its kind, its language, and what is filled into its fields.

    `tier` says how creators are spoken to where the document is for all of a campaign.
    """

    kind: str = Field(max_length=24)
    language: str = Field(default="", max_length=8, description="The creator's own where it is left out, else English.")
    tier: str = Field(default="", max_length=20)
    filled: dict[str, str] = Field(default_factory=dict, description="Field → what it holds; lists have a line each.")


class Rewording(BaseModel):
    """A subject and text in one's own words, with fields in braces where wanted."""

    title: str = Field(min_length=1, max_length=SUBJECT)
    text: str = Field(min_length=1, max_length=LONGEST)


@dataclass(frozen=True, slots=True)
class Place:
    """What a document belongs to: a campaign, and one collaboration of it or all."""

    campaign: Campaign
    work: Collaboration | None = field(default=None)


def place_of(seat: Seat, collaboration: int | None, campaign: int | None) -> Place:
    """The place of a document by the key of a collaboration, or else of a campaign."""
    if collaboration is not None:
        row = find(seat, Collaboration, collaboration, *_RELATED)
        return Place(row.campaign, row)
    if campaign is None:
        raise BadInput("A document belongs to a campaign or a collaboration.", "Name one of the two.", "campaign")
    return Place(find(seat, Campaign, campaign, "brand"))


def chosen(place: Place, wish: Making) -> Template:
    """The template that a wish means, in the creator's language where none is named."""
    if wish.kind not in WRITTEN:
        raise WrongUsage(f"There is no document `{wish.kind}`.", did_you_mean(wish.kind, list(WRITTEN)))
    if wish.language and wish.language not in LANGUAGES:
        raise BadInput(f"No document is written in `{wish.language}`.", "Choose en, de or fr.", "language")
    work = place.work
    code = wish.language or (work.creator.language if work else "") or "en"
    return template(wish.kind, (work.tier or work.creator.tier) if work else wish.tier, code)


def held_for(seat: Seat, place: Place, text: Template, filled: Mapping[str, str]) -> dict[str, Value]:
    """What is known for a document: of one collaboration all the ledger has, for all of a campaign what was typed."""
    known = known_fields(seat, place.work, text.kind, text.language) if place.work else {}
    return {**known, **typed(filled)}


def make(seat: Seat, place: Place, wish: Making) -> Document:
    """The first version of a document, or the next of its kind, from its template.

    Raises
    ------
    MissingValue
        A field has no value: a document of one creator has no gap.
    """
    seat.insist("write")
    text = chosen(place, wish)
    held = held_for(seat, place, text, wish.filled)
    return _keep(seat, place, text, _settled(place, text.subject, text.body, held))


def reword(seat: Seat, key: int, wish: Rewording) -> Document:
    """A new version of a document in one's own words.

    Raises
    ------
    UnsoundText
        The words name unknown fields, or have a brace that belongs to none.
    """
    seat.insist("write")
    before = find(seat, Document, key)
    place = place_of(seat, before.collaboration_id, before.campaign_id)
    text = _template_of(before)
    subject, body = " ".join(wish.title.split()), wish.text.replace("\r\n", "\n").strip()
    edited(text, subject, body)
    if (subject, body) == (before.title, before.body):
        return before
    return _keep(seat, place, text, _settled(place, subject, body, held_for(seat, place, text, {})))


def read(row: Document, held: Mapping[str, Value]) -> Letter:
    """The document as it reads with what is known; what is not yet known is named in brackets."""
    return _letter(row, *as_shown(row.title, row.body, held))


def held_of(seat: Seat, row: Document, work: Collaboration | None) -> dict[str, Value]:
    """What is known for a kept document and one creator; nothing where it is looked at for nobody."""
    return known_fields(seat, work, row.kind, row.language) if work else {}


def hash_kept(row: Document) -> str:
    """The hash of a document's words as they are kept, by which a version is known."""
    return hash_of(_letter(row, row.title, row.body))


def versions_of(seat: Seat, row: Document) -> Any:
    """The versions of a document as a query without their texts, the newest first."""
    same = {"campaign": row.campaign_id, "collaboration": row.collaboration_id, "kind": row.kind}
    return rows(seat, Document).filter(**same).defer("body").select_related("by").order_by("-number")


def _letter(row: Document, subject: str, body: str) -> Letter:
    return Letter(subject, body, (), row.template, str(row.number), row.language)


def _template_of(row: Document) -> Template:
    kind, _, rest = row.template.partition("/")
    tone = rest.partition("/")[0]
    found = template(kind if kind in WRITTEN else row.kind, {"personal": "nano", "strategic": "mega"}.get(tone, "mid"))
    return Template(found.kind, found.tone, row.language if row.language in LANGUAGES else "en", row.title, row.body)


def _settled(place: Place, subject: str, body: str, held: Mapping[str, Value]) -> tuple[str, str]:
    """Subject and text to keep: one creator's are filled but for their links, a campaign's hold what was typed."""
    leave = LINKS if place.work else tuple(name for name in FIELDS if name not in held)
    title = frozen_line(subject, held, leave)
    if len(title) > SUBJECT:
        raise BadInput(f"The subject is longer than {SUBJECT} letters.", "Shorten it.", "title")
    return title, frozen(body, held, leave)


def _keep(seat: Seat, place: Place, text: Template, words: tuple[str, str]) -> Document:
    title, body = words
    with together():
        # whoever makes the next version at the same moment waits here, so that numbers stand once
        kind, key = (Collaboration, place.work.pk) if place.work else (Campaign, place.campaign.pk)
        lock(seat, kind, key)
        same = rows(seat, Document).filter(campaign=place.campaign, collaboration=place.work, kind=text.kind)
        number = max(same.values_list("number", flat=True), default=0) + 1
        letter = Letter(title, body, (), text.name, str(number), text.language)
        made = add(
            seat, Document, campaign=place.campaign, collaboration=place.work, kind=text.kind, title=title, body=body,
            language=text.language, template=text.name, number=number, hash=hash_of(letter), by=seat.user,
        )  # fmt: skip
        record(seat, "document.made" if number == 1 else "document.changed", made, document=text.kind, number=number)
    return made


def languages_for(kind: str) -> tuple[tuple[str, str], ...]:
    """The languages a kind of document is written in, as pairs of code and name."""
    known = [each for each in WRITTEN if each == kind]
    return tuple((code, LANGUAGES[code]) for each in known for code in languages_of(each))  # type: ignore[arg-type]
