"""Terms put into words: what an agreement promises, its text made from them, and the text as it was shown."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, Field

from asterism.campaigns.documents.given import Deliverable, Terms
from asterism.campaigns.documents.letters import Letter, written
from asterism.campaigns.documents.templates import edited, template
from asterism.desk.studio.given import Told, given_of, terms_of
from asterism.desk.studio.standing import cents
from asterism.quantities import Money
from asterism.store.ledger.models import Agreement, Collaboration
from asterism.store.ledger.models import Deliverable as Post
from asterism.store.ledger.seats import Seat

_COUNTS: Final = ("usage_months", "exclusivity_months", "payment_days", "approval_rounds", "answer_days", "notice_days")
_LISTS: Final = ("usage_channels", "competitors")


def _parted(value: object) -> object:
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


Words = Annotated[list[str], BeforeValidator(_parted), Field(max_length=30)]


class TermsWish(BaseModel):
    """Terms as wished; what is left out is as the plan and the workspace have it.

    `days` says on which day a deliverable goes live, by the deliverable's key.
    """

    fee: Decimal | None = Field(default=None, ge=0, le=100_000_000, decimal_places=2)
    gift: str | None = Field(default=None, max_length=200)
    usage_months: int | None = Field(default=None, ge=0, le=120)
    usage_channels: Words | None = None
    exclusivity_months: int | None = Field(default=None, ge=0, le=120)
    competitors: Words | None = None
    payment_days: int | None = Field(default=None, ge=0, le=180)
    approval_rounds: int | None = Field(default=None, ge=0, le=10)
    answer_days: int | None = Field(default=None, ge=0, le=60)
    notice_days: int | None = Field(default=None, ge=0, le=180)
    message: str = Field(default="", max_length=500)
    action: str = Field(default="", max_length=300)
    days: dict[int, date] = Field(default_factory=dict)


def wished_terms(seat: Seat, row: Collaboration, posts: Iterable[Post], wish: TermsWish) -> Terms:
    """The terms of a new version: the wish where it says something, else the plan and the workspace's defaults."""
    usual = terms_of(seat, row, posts)
    said: dict[str, Any] = {name: value for name in (*_COUNTS, *_LISTS) if (value := getattr(wish, name)) is not None}
    changed: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in said.items()}
    fee = usual.fee if wish.fee is None else _money(wish.fee, row.currency)
    gift = wish.gift if wish.gift is not None else usual.gift if fee is None else ""
    if not changed.get("usage_months", usual.usage_months):
        changed["usage_channels"] = ()
    elif not changed.get("usage_channels", usual.usage_channels):
        changed["usage_channels"] = ("the brand's own channels",)
    return replace(usual, fee=fee, gift=gift, **changed)


def _money(amount: Decimal, currency: str) -> Money | None:
    return Money(amount, currency) if amount else None


def agreement_text(seat: Seat, row: Collaboration, terms: Terms, told: Told, own: tuple[str, str] = ("", "")) -> Letter:
    """The agreement on some terms, in a subject and text of one's `own` where given.

    Raises
    ------
    UnsoundText
        The text names a field that does not exist, or has a brace that belongs to none.
    """
    given = given_of(seat, row, replace(told, terms=terms))
    chosen = template("agreement", given.creator.tier, row.creator.language or "en")
    subject, body = own
    return written(edited(chosen, subject, body) if body else chosen, given)


def kept(terms: Terms, made: Letter, told: Told) -> dict[str, Any]:
    """Terms and what the text was made from, as an agreement keeps them."""
    plain = {name: value for name, value in asdict(terms).items() if name not in ("fee", "deliverables")}
    posts = [{**asdict(post), "due": post.due and post.due.isoformat()} for post in terms.deliverables]
    words = {"subject": made.subject, "template": made.template, "version": made.version, "language": made.language}
    return {**plain, "deliverables": posts, "words": words, "message": told.message, "action": told.action}


def terms_kept(row: Agreement) -> Terms:
    """The terms of an agreement as values."""
    found: dict[str, Any] = row.terms
    posts = tuple(
        Deliverable(**{**post, "due": date.fromisoformat(post["due"]) if post.get("due") else None})
        for post in found.get("deliverables", ())
    )
    named: dict[str, Any] = {name: found[name] for name in (*_COUNTS, "gift") if name in found}
    named.update({name: tuple(found.get(name, ())) for name in _LISTS})
    fee = cents(row.fee_cents, row.currency) if row.fee_cents else None
    return Terms(fee=fee, deliverables=posts, **named)


def letter_of(row: Agreement) -> Letter:
    """The text of an agreement with what its hash is made from, as it was shown."""
    words = row.terms.get("words", {})
    subject = words.get("subject", f"Agreement, version {row.number}")
    return Letter(
        subject, row.text, (), words.get("template", "agreement"), words.get("version", ""), words.get("language", "en")
    )
