"""Agreements: versions of the terms, offered, and accepted word for word or not at all."""

import re
from typing import Final

from pydantic import BaseModel, Field

from asterism.campaigns.deliverables import AGREEMENT
from asterism.campaigns.documents.letters import hash_of
from asterism.campaigns.lifecycle import COLLABORATION
from asterism.campaigns.steps import CREATOR, SYSTEM, TEAM, allowed, take
from asterism.desk.studio.collaborations import carry, keep_reason
from asterism.desk.studio.drafting import TermsWish, agreement_text, kept, letter_of, terms_kept, wished_terms
from asterism.desk.studio.given import Told
from asterism.desk.studio.messages import Outgoing, queue
from asterism.desk.studio.standing import facts_for
from asterism.desk.studio.usual import usual_times
from asterism.errors import BadInput, Conflict, IllegalStep
from asterism.store.ledger.models import Agreement, Collaboration, Deliverable
from asterism.store.ledger.scope import add, find, lock, move, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

TALKING: Final = ("invited", "negotiating", "agreed", "briefed", "draft", "approved", "scheduled")
"""States in which terms may be offered and accepted: anew, too, where they were agreed before."""
_RELATED: Final = ("creator", "campaign__brand")


class Wording(BaseModel):
    """The text of an agreement in the team's own words, with fields in braces where wanted."""

    text: str = Field(max_length=50_000)


class Acceptance(BaseModel):
    """A yes to one version: its number, the hash of the text that was shown, and the name of who says yes."""

    number: int
    hash: str = Field(max_length=64)
    name: str = Field(max_length=200, min_length=2)


class Recorded(BaseModel):
    """A yes that came another way: the name under it, and how it came, as in `signed paper of 3 May`."""

    name: str = Field(max_length=200, min_length=2)
    how: str = Field(max_length=200, min_length=3)


class Refusal(BaseModel):
    """Why terms are taken back or refused."""

    reason: str = Field(max_length=500, min_length=3)


def draft(seat: Seat, key: int, wish: TermsWish) -> Agreement:
    """A new version of a collaboration's terms, to be looked at before it is offered.

    Raises
    ------
    Conflict
        A version is being drafted already.
    """
    seat.insist("agree")
    with together():
        row = lock(seat, Collaboration, key, *_RELATED)
        numbers = list(rows(seat, Agreement).filter(collaboration=row).values_list("number", "state"))
        if open_one := next((number for number, state in numbers if state == "drafted"), None):
            raise Conflict(f"Version {open_one} is being drafted already.", "Change or withdraw that one.")
        fields = _worded(seat, row, wish)
        number = max((number for number, _ in numbers), default=0) + 1
        made = add(seat, Agreement, collaboration=row, number=number, by=seat.user, **fields)
        record(seat, "agreement.drafted", made, number=number, fee_cents=made.fee_cents)
    return made


def change(seat: Seat, key: int, wish: TermsWish) -> Agreement:
    """Other terms for a version that was not offered yet; its text is written anew."""
    seat.insist("agree")
    with together():
        row, made = _drafted(seat, key)
        save(seat, made, **_worded(seat, row, wish))
        record(seat, "agreement.changed", made, number=made.number, fee_cents=made.fee_cents)
    return made


def reword(seat: Seat, key: int, wording: Wording) -> Agreement:
    """The text of a version that was not offered yet, in the team's own words."""
    seat.insist("agree")
    with together():
        row, made = _drafted(seat, key)
        terms, told = terms_kept(made), _told(made)
        letter = agreement_text(seat, row, terms, told, (letter_of(made).subject, wording.text))
        save(seat, made, text=letter.body, hash=hash_of(letter), terms=kept(terms, letter, told))
        record(seat, "agreement.reworded", made, number=made.number)
    return made


def offer(seat: Seat, key: int) -> Agreement:
    """Offer a version to the creator: an older offer ends with it, and a letter says that there is something to read.

    Raises
    ------
    IllegalStep
        It is no draft, or the collaboration is not being talked about.
    BadInput
        The text does not name the fee.
    """
    seat.insist("agree")
    with together():
        row, made = _drafted(seat, key)
        _insist_on_talks(row)
        _insist_on_fee(made)
        _supersede(seat, row, ("offered",))
        move(seat, made, "drafted", take(AGREEMENT, "drafted", "offer", seat.party), offered_at=seat.now)
        record(seat, "agreement.offered", made, number=made.number, fee_cents=made.fee_cents, hash=made.hash)
        _tell(seat, row, made)
    return made


def withdraw(seat: Seat, key: int, reason: str = "") -> Agreement:
    """Take a version back that was drafted or offered."""
    return _end(seat, key, "withdraw", "withdrawn", reason)


def decline(seat: Seat, key: int, reason: str) -> Agreement:
    """Record that the creator declined a version; the collaboration goes on, with other terms or without."""
    return _end(seat, key, "decline", "declined", reason)


def accept(seat: Seat, row: Collaboration, said: Acceptance) -> Agreement:
    """The creator's yes to exactly the text that was shown.

    Raises
    ------
    Conflict
        The text shown is no longer the one on offer: another version is, or none.
    """
    if seat.party != CREATOR:
        raise IllegalStep("Only the creator accepts.", "Record the signed paper instead.")
    with together():
        row = lock(seat, Collaboration, row.pk, *_RELATED)
        offered = _insist_on_same(rows(seat, Agreement).filter(collaboration=row, state="offered").first(), said)
        _settle(seat, row, offered, said.name, "accept")
        record(seat, "agreement.accepted", offered, number=offered.number, hash=offered.hash)
    return offered


def record_acceptance(seat: Seat, key: int, said: Recorded) -> Agreement:
    """A yes that came another way, recorded by a member and marked as such."""
    seat.insist("agree")
    with together():
        row, made = _locked(seat, key)
        terms = {**made.terms, "recorded": {"how": said.how, "by": seat.user.pk if seat.user else None}}
        _settle(seat, row, made, said.name, "record")
        save(seat, made, terms=terms)
        record(seat, "agreement.recorded", made, number=made.number, hash=made.hash)
    return made


def _settle(seat: Seat, row: Collaboration, made: Agreement, name: str, step: str) -> None:
    """What an accepted version brings: the fee, the end of older versions, and the collaboration agreed."""
    _insist_on_talks(row)
    target = take(AGREEMENT, made.state, step, seat.party)
    _supersede(seat, row, ("accepted",))
    move(seat, made, made.state, target, answered_at=seat.now, answered_name=name.strip())
    save(seat, row, fee_cents=made.fee_cents, currency=made.currency)
    if any(each.name == "agree" for each in allowed(COLLABORATION, row.state, seat.party)):
        carry(seat, row, "agree", facts_for(seat, row, ("agree",)))


def _end(seat: Seat, key: int, step: str, done: str, reason: str) -> Agreement:
    seat.insist("agree")
    with together():
        row, made = _locked(seat, key)
        source = made.state
        move(seat, made, source, take(AGREEMENT, source, step, TEAM), answered_at=seat.now)
        told = {"note": keep_reason(seat, row, reason).pk} if reason.strip() else {}
        record(seat, f"agreement.{done}", made, number=made.number, source=source, **told)
    return made


def _worded(seat: Seat, row: Collaboration, wish: TermsWish) -> dict[str, object]:
    """The fields of a version on the terms wished; days that were named are set on the deliverables."""
    posts = list(rows(seat, Deliverable).filter(collaboration=row).exclude(state="cancelled"))
    lead = usual_times(seat.workspace)
    for post in (post for post in posts if post.pk in wish.days):
        day = wish.days[post.pk]
        save(seat, post, live_on=day, draft_due=lead.after(day, -lead.draft_lead))
    terms, told = wished_terms(seat, row, posts, wish), Told(message=wish.message, action=wish.action)
    letter = agreement_text(seat, row, terms, told)
    fee = terms.fee.cents if terms.fee else 0
    words = {"text": letter.body, "hash": hash_of(letter), "terms": kept(terms, letter, told)}
    return {**words, "currency": row.currency, "fee_cents": fee}


def _tell(seat: Seat, row: Collaboration, made: Agreement) -> None:
    if row.creator.email:
        said = Outgoing("terms", f"Terms for {row.campaign.name}", _READ_THEM.format(n=made.number))
        queue(seat, row.creator, row, said)


def _told(made: Agreement) -> Told:
    return Told(message=made.terms.get("message", ""), action=made.terms.get("action", ""))


def _locked(seat: Seat, key: int) -> tuple[Collaboration, Agreement]:
    """The collaboration first, always: so that two who want the same two rows never wait for each other."""
    of = find(seat, Agreement, key).collaboration_id
    row = lock(seat, Collaboration, of, *_RELATED)
    return row, lock(seat, Agreement, key)


def _drafted(seat: Seat, key: int) -> tuple[Collaboration, Agreement]:
    row, made = _locked(seat, key)
    if made.state != "drafted":
        raise IllegalStep(
            f"Version {made.number} is {made.state}.", "Draft a new version: this one stays as it was read."
        )
    return row, made


def _supersede(seat: Seat, row: Collaboration, states: tuple[str, ...]) -> None:
    for older in rows(seat, Agreement).filter(collaboration=row, state__in=states):
        move(seat, older, older.state, take(AGREEMENT, older.state, "supersede", SYSTEM))


def _insist_on_talks(row: Collaboration) -> None:
    if row.state not in TALKING:
        fix = "Invite the creator first." if row.state == "shortlisted" else "It is too late, or it rests."
        raise IllegalStep(f"Nothing is agreed on while the collaboration is {row.state}.", fix)


def _insist_on_fee(made: Agreement) -> None:
    """A text changed by hand must not promise another sum than the one that is paid."""
    fee = f"{made.fee_cents / 100:,.2f}"
    if made.fee_cents and not re.search(rf"(?<![\d,.]){re.escape(fee)}(?!\d)", made.text):
        what = f"The text does not name the fee of {fee} {made.currency}."
        raise BadInput(what, "Write it into the text, or change the fee.")


def _insist_on_same(offered: Agreement | None, said: Acceptance) -> Agreement:
    if offered is None:
        raise Conflict("These terms are no longer on offer.", "Ask for new ones.")
    if (offered.number, offered.hash) != (said.number, said.hash):
        raise Conflict("The terms changed while you read.", f"Read version {offered.number}, then decide.")
    return offered


_READ_THEM: Final = (
    "Hello,\n\nthe terms (version {n}) are ready for you to read. Open your own page with the link in our first "
    "letter: there you can accept them, decline them, or ask for a change.\n"
)
