"""Promo codes: made by a pattern for many creators or one by one, and revoked."""

import secrets
from typing import Any, Literal

from pydantic import BaseModel, Field

from asterism.desk.studio.dates import GivenDate
from asterism.desk.studio.links import one_of, partners_of
from asterism.errors import BadInput, Conflict
from asterism.measurement.codes import insist_on_pattern, window, word_from, word_of
from asterism.store.ledger.codes import taken_of
from asterism.store.ledger.models import Campaign, Collaboration, PromoCode
from asterism.store.ledger.scope import add, find, lock, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record


class Terms(BaseModel):
    """On which terms a code counts: days of the workspace, both included, and for how many orders."""

    discount: str = Field(default="", max_length=40)
    first: GivenDate | None = None
    last: GivenDate | None = None
    limit: int | None = Field(default=None, ge=1, le=2_000_000_000)


class CodesWish(Terms):
    """Codes by a pattern, for who has none yet or for everyone.

    `{HANDLE}`, `{FIRST}`, `{NAME}`, `{TIER}` and `{CAMPAIGN}` are filled in, `{N}` is a number, `{RANDOM}` letters.
    """

    pattern: str = Field(default="{FIRST}15", max_length=60)
    who: Literal["missing", "everyone"] = "missing"


class CodeWish(Terms):
    """One code: a collaboration's, or for everybody and then nobody's credit."""

    word: str = Field(max_length=60)
    collaboration: int | None = Field(default=None, ge=1, lt=2**63)
    sitewide: bool = False


def make_codes(seat: Seat, key: int, wish: CodesWish) -> list[PromoCode]:
    """New codes of a campaign by a pattern, each a word of its own in the workspace."""
    seat.insist("run")
    insist_on_pattern(wish.pattern)
    with together():
        campaign = lock(seat, Campaign, key)
        having = rows(seat, PromoCode).filter(campaign=campaign, revoked_at=None, sitewide=False)
        meant = partners_of(
            seat, campaign, having.values_list("collaboration", flat=True) if wish.who == "missing" else ()
        )
        taken, terms, made = taken_of(seat), _terms(seat, wish), []
        for work in meant:
            word = word_from(wish.pattern, names_of(campaign, work), taken.__contains__, secrets.choice)
            taken.add(word)
            made.append(add(seat, PromoCode, campaign=campaign, collaboration=work, word=word, by=seat.user, **terms))
        if made:
            record(seat, "codes.made", campaign, count=len(made))
    return made


def make_code(seat: Seat, key: int, wish: CodeWish) -> PromoCode:
    """A new code of one collaboration, or for everybody.

    Raises
    ------
    Conflict
        The word stands already.
    """
    seat.insist("run")
    with together():
        campaign = lock(seat, Campaign, key)
        made = add_code(seat, campaign, wish)
        record(seat, "codes.made", campaign, count=1)
    return made


def add_code(seat: Seat, campaign: Campaign, wish: CodeWish) -> PromoCode:
    """The code as a row; whoever calls has been let in and holds the campaign."""
    word = word_of(wish.word)
    if wish.sitewide == (wish.collaboration is not None):
        raise BadInput("A code is one creator's, or for everybody.", "Choose one of the two.", "collaboration")
    work = None if wish.collaboration is None else one_of(seat, campaign, wish.collaboration)
    if rows(seat, PromoCode).filter(word=word).exists():
        raise Conflict(f"The code {word} stands already in this workspace.", "Take another word.")
    own = {"campaign": campaign, "collaboration": work, "word": word, "sitewide": wish.sitewide, "by": seat.user}
    return add(seat, PromoCode, **own, **_terms(seat, wish))


def _terms(seat: Seat, wish: Terms) -> dict[str, Any]:
    starts, ends = window(wish.first, wish.last, seat.workspace.timezone)
    return {"discount": wish.discount.strip(), "starts_at": starts, "ends_at": ends, "limit": wish.limit}


def names_of(campaign: Campaign, work: Collaboration) -> dict[str, str]:
    """What the words in braces of a pattern stand for."""
    creator = work.creator
    name = creator.name or creator.handle
    handle = creator.handle or creator.creator_id
    return {"HANDLE": handle, "FIRST": name, "NAME": name, "TIER": work.tier, "CAMPAIGN": campaign.name}


def codes_of(seat: Seat, key: int) -> Any:
    """The codes of a campaign, the newest first, as a query."""
    seat.insist("see")
    campaign = find(seat, Campaign, key)
    return rows(seat, PromoCode).filter(campaign=campaign).select_related("collaboration__creator", "campaign")


def code_of(seat: Seat, key: int) -> PromoCode:
    """One code."""
    seat.insist("see")
    return find(seat, PromoCode, key, "collaboration__creator", "campaign")


def revoke_code(seat: Seat, key: int) -> PromoCode:
    """End a code at once: later orders are not credited by it; its word stays taken."""
    seat.insist("run")
    with together():
        code = lock(seat, PromoCode, key)
        if code.revoked_at is None:
            save(seat, code, revoked_at=seat.now)
            record(seat, "code.revoked", code)
    return code
