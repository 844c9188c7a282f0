"""Pages of documents: the newest ones, a new one as it will read, one with its versions, its faults and its parts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from asterism.campaigns.documents.markup import parse
from asterism.campaigns.documents.merging import Fault, faults
from asterism.campaigns.documents.whitelist import FIELDS
from asterism.desk.studio.document_sending import STEPS, kind_name
from asterism.desk.studio.documents import (
    WRITTEN,
    Making,
    Place,
    Rewording,
    chosen,
    held_for,
    held_of,
    languages_for,
    place_of,
    read,
    versions_of,
)
from asterism.desk.studio.filling import Blank, as_shown, blanks, lacking
from asterism.errors import BadInput
from asterism.reports.papers import Part, paper_of, paper_pdf, parts
from asterism.store.ledger.models import Campaign, Collaboration, Document
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

PER_PAGE: Final = 50
MOST: Final = 200
"""Creators that a campaign's document offers to be sent to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in a list: its row, what it is called, and whose it is."""

    row: Document
    kind: str
    whose: str


@dataclass(frozen=True, slots=True)
class Documents:
    """`documents.html.j2`: the newest documents of the workspace, a campaign or a collaboration, one page of them."""

    campaign: Campaign | None
    work: Collaboration | None
    name: str
    entries: tuple[Entry, ...]
    number: int
    of: int
    total: int
    kinds: tuple[tuple[str, str], ...]
    may_write: bool


@dataclass(frozen=True, slots=True)
class NewDocument:
    """`document_new.html.j2`: a document as it will read, the fields to fill in, and those that are still missing."""

    campaign: Campaign
    work: Collaboration | None
    name: str
    kind: str
    called: str
    language: str
    tier: str
    kinds: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    blanks: tuple[Blank, ...]
    filled: Mapping[str, str]
    missing: tuple[tuple[str, str], ...]
    subject: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """`document_check.html.j2`: what of a text cannot be kept, what it would lack, and how it reads otherwise."""

    faults: tuple[Fault, ...]
    missing: tuple[tuple[str, str], ...]
    subject: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """`document.html.j2`: one version as it reads, its other versions, its text to edit, and whom it may go to.

    `reads_as` is the collaboration it is shown for; `step` what sending it does beside.
    """

    row: Document
    campaign: Campaign
    work: Collaboration | None
    name: str
    called: str
    checked: Checked
    versions: tuple[Document, ...]
    newest: bool
    people: tuple[tuple[str, str], ...]
    reads_as: int | None
    barred: str
    step: str
    fields: tuple[tuple[str, str], ...]
    may_write: bool


def documents_page(
    seat: Seat, campaign: int | None = None, collaboration: int | None = None, number: int = 1
) -> Documents:
    """The newest documents, one page of them."""
    seat.insist("see")
    place = place_of(seat, collaboration, campaign) if campaign or collaboration else None
    query = listed(seat, campaign, collaboration)
    total = query.count()
    of = max(1, -(-total // PER_PAGE))
    number = min(max(number, 1), of)
    found = query[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Documents(
        campaign=place.campaign if place else None,
        work=place.work if place else None,
        name=_name(place.work) if place and place.work else "",
        entries=tuple(Entry(row, kind_name(row.kind), _whose(row)) for row in found),
        number=number,
        of=of,
        total=total,
        kinds=tuple(WRITTEN.items()),
        may_write=seat.may("write"),
    )


def listed(seat: Seat, campaign: int | None = None, collaboration: int | None = None, kind: str = "") -> Any:
    """Documents as a query without their texts, the newest first."""
    seat.insist("see")
    query = rows(seat, Document).defer("body").select_related("campaign", "collaboration__creator", "by")
    if collaboration is not None:
        query = query.filter(collaboration=find(seat, Collaboration, collaboration))
    if campaign is not None:
        query = query.filter(campaign=find(seat, Campaign, campaign))
    return query.filter(kind=kind) if kind else query


def new_page(seat: Seat, place: Place, wish: Making) -> NewDocument:
    """A document from a template as it will read, before it is kept."""
    seat.insist("write")
    text = chosen(place, wish)
    held = held_for(seat, place, text, wish.filled)
    subject, body = as_shown(text.subject, text.body, held)
    whole = f"{text.subject}\n{text.body}"
    asked = blanks(whole, held, wish.filled)
    # what one creator's document lacks stops it; a campaign's is filled for each creator when it is sent
    short = lacking(whole, held) if place.work else tuple(one.name for one in asked if one.needed and not one.value)
    return NewDocument(
        campaign=place.campaign,
        work=place.work,
        name=_name(place.work) if place.work else "",
        kind=text.kind,
        called=kind_name(text.kind),
        language=text.language,
        tier=wish.tier,
        kinds=tuple(WRITTEN.items()),
        languages=languages_for(text.kind),
        blanks=asked,
        filled=dict(wish.filled),
        missing=tuple((name, FIELDS[name]) for name in short),
        subject=subject,
        parts=parts(parse(body)),
    )


def document_page(seat: Seat, key: int, reads_as: int | None = None) -> DocumentPage:
    """One version of a document."""
    seat.insist("see")
    row = find(seat, Document, key, "campaign__brand", "collaboration__creator", "by")
    people = _people(seat, row)
    work = row.collaboration or _reader(seat, row, reads_as, people)
    versions = tuple(versions_of(seat, row)[:50])
    return DocumentPage(
        row=row,
        campaign=row.campaign,
        work=row.collaboration,
        name=_name(row.collaboration) if row.collaboration else "",
        called=kind_name(row.kind),
        checked=_checked(seat, row, work),
        versions=versions,
        newest=not versions or versions[0].pk == row.pk,
        people=tuple((str(each.pk), _name(each)) for each in people),
        reads_as=work.pk if work else None,
        barred=_barred(row.collaboration) if row.collaboration else "",
        step=STEPS.get(row.kind, ""),
        fields=tuple(FIELDS.items()),
        may_write=seat.may("write"),
    )


def check(seat: Seat, key: int, wish: Rewording, reads_as: int | None = None) -> Checked:
    """What of a text in one's own words cannot be kept, and how it reads."""
    seat.insist("write")
    row = find(seat, Document, key, "campaign__brand", "collaboration__creator")
    row.title, row.body = wish.title, wish.text.replace("\r\n", "\n")
    return _checked(seat, row, row.collaboration or _reader(seat, row, reads_as, _people(seat, row)))


def printed(seat: Seat, key: int, reads_as: int | None = None) -> tuple[str, bytes]:
    """One version as the name and the bytes of a PDF, with the checksum of its words as they are kept."""
    seat.insist("see")
    row = find(seat, Document, key, "campaign__brand", "collaboration__creator")
    work = row.collaboration or (find(seat, Collaboration, reads_as, "creator") if reads_as else None)
    letter = read(row, held_of(seat, row, _whole(seat, work)))
    paper = replace(paper_of(letter), checksum=row.hash)
    return f"{row.kind.replace('_', '-')}-{row.pk}-version-{row.number}.pdf", paper_pdf(paper, row.made_at.date())


def _checked(seat: Seat, row: Document, work: Collaboration | None) -> Checked:
    found = (*faults(row.title), *faults(row.body))
    if found:
        return Checked(found, (), "", ())
    held = held_of(seat, row, _whole(seat, work))
    missing = lacking(f"{row.title}\n{row.body}", held) if work else ()
    letter = read(row, held)
    return Checked((), tuple((name, FIELDS[name]) for name in missing), letter.subject, parts(letter.blocks))


def _whole(seat: Seat, work: Collaboration | None) -> Collaboration | None:
    """The collaboration with all that a document of it speaks of."""
    return find(seat, Collaboration, work.pk, "creator", "campaign__brand") if work else None


def _people(seat: Seat, row: Document) -> list[Collaboration]:
    """Whom a campaign's document may go to; nobody else where it is one creator's."""
    if row.collaboration_id is not None or row.campaign_id is None:
        return []
    found = rows(seat, Collaboration).filter(campaign=row.campaign_id).exclude(state__in=("declined", "cancelled"))
    return list(found.select_related("creator").order_by("creator__name", "id")[:MOST])


def _reader(seat: Seat, row: Document, wanted: int | None, people: list[Collaboration]) -> Collaboration | None:
    if wanted is None:
        return people[0] if people else None
    found = find(seat, Collaboration, wanted, "creator")
    if found.campaign_id != row.campaign_id:
        raise BadInput("This creator is not on the document's campaign.", "Choose one who is.", "reads_as")
    return found


def _barred(work: Collaboration) -> str:
    creator = work.creator
    if creator.erased_at:
        return "This creator's data was erased: there is nobody to send it to."
    if creator.opted_out_at:
        return "This creator does not want to be written to."
    return "" if creator.email else "No mail address of this creator is known."


def _name(work: Collaboration) -> str:
    return work.creator.name or work.creator.handle or "an erased creator"


def _whose(row: Document) -> str:
    return _name(row.collaboration) if row.collaboration_id else "everybody on it"
