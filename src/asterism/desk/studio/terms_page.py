"""One version of the terms as a page and as a sheet of paper, with the signature under it."""

from dataclasses import dataclass
from typing import Any

from asterism.campaigns.deliverables import AGREEMENT
from asterism.campaigns.documents.given import Terms
from asterism.campaigns.documents.markup import parse
from asterism.campaigns.steps import TEAM, allowed
from asterism.desk.studio.drafting import letter_of, terms_kept
from asterism.desk.studio.given import terms_of
from asterism.errors import NotFound
from asterism.reports.papers import Part, Signature, paper_of, paper_pdf, parts
from asterism.store.ledger.models import Agreement, Collaboration, Deliverable
from asterism.store.ledger.scope import find, rows
from asterism.store.ledger.seats import Seat

STATES = {
    "drafted": ("Being drafted", ""), "offered": ("Offered", "warn"), "accepted": ("Accepted", "good"),
    "declined": ("Declined", "off"), "withdrawn": ("Taken back", "off"), "superseded": ("Replaced", "off"),
}  # fmt: skip
"""State of a version → its words and their tone."""


@dataclass(frozen=True, slots=True)
class TermsPage:
    """`agreement.html.j2`: one version, its text as parts, its terms as values, and what may be done with it."""

    row: Agreement
    of: Collaboration
    label: str
    tone: str
    parts: tuple[Part, ...]
    terms: Terms
    posts: tuple[Deliverable, ...]
    recorded: str
    steps: frozenset[str]
    may_agree: bool


@dataclass(frozen=True, slots=True)
class DraftPage:
    """`agreement_new.html.j2`: the form for a first or further version, filled with what is usual."""

    of: Collaboration
    terms: Terms
    posts: tuple[Deliverable, ...]


def terms_page(seat: Seat, key: int) -> TermsPage:
    """One version of a collaboration's terms."""
    seat.insist("see")
    row = find(seat, Agreement, key, "collaboration__creator", "collaboration__campaign", "by")
    words, tone = STATES[row.state]
    open_steps = {step.name for step in allowed(AGREEMENT, row.state, TEAM)}
    return TermsPage(
        row=row,
        of=row.collaboration,
        label=words,
        tone=tone,
        parts=parts(parse(row.text)),
        terms=terms_kept(row),
        posts=_posts(seat, row.collaboration),
        recorded=str(row.terms.get("recorded", {}).get("how", "")),
        steps=frozenset(open_steps),
        may_agree=seat.may("agree"),
    )


def draft_page(seat: Seat, key: int) -> DraftPage:
    """The form for a new version: the terms of the newest one, else what the plan and the workspace have."""
    seat.insist("agree")
    of = find(seat, Collaboration, key, "creator", "campaign__brand")
    newest = rows(seat, Agreement).filter(collaboration=of).defer("text").first()
    posts = _posts(seat, of)
    return DraftPage(of, terms_kept(newest) if newest else terms_of(seat, of, posts), posts)


def printed(seat: Seat, key: int) -> tuple[str, bytes]:
    """One version as the name and the bytes of a PDF, signed where it was accepted."""
    seat.insist("see")
    return _printed(find(seat, Agreement, key, "collaboration__creator"))


def printed_for(seat: Seat, row: Collaboration) -> tuple[str, bytes]:
    """The version that a creator may read: the one on offer, else the one that holds."""
    found = rows(seat, Agreement).filter(collaboration=row, state__in=("offered", "accepted")).first()
    if found is None:
        raise NotFound("There are no terms to print.", "Ask for them.")
    return _printed(found)


def _printed(row: Agreement) -> tuple[str, bytes]:
    letter, made = letter_of(row), row.answered_at or row.offered_at or row.made_at
    signed: tuple[Any, ...] = ()
    if row.state in ("accepted", "superseded") and row.answered_at:
        signed = (Signature("The creator", row.answered_name, row.answered_at, row.hash),)
    return f"agreement-{row.collaboration_id}-{row.number}.pdf", paper_pdf(paper_of(letter, signed), made.date())


def _posts(seat: Seat, row: Collaboration) -> tuple[Deliverable, ...]:
    return tuple(rows(seat, Deliverable).filter(collaboration=row).exclude(state="cancelled"))
