"""A creator's page: every signal of the catalogue with its evidence, and all that the workspace knows beyond it."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, Literal

from pydantic import BaseModel, Field, field_validator

from asterism.desk.kept_profiles import kept_profile
from asterism.desk.studio.acquaintance import Acquaintance, acquaintance_of
from asterism.desk.studio.jobs import JobPage, shown
from asterism.desk.studio.kept import PROFILING, Standing, standing_index, work_again, work_for
from asterism.desk.studio.opting import end_letters
from asterism.desk.studio.rows import Row, row_of_ledger, rows_of
from asterism.errors import BadInput, NotFound
from asterism.reports.profile import ProfilePage, profile_view
from asterism.reports.words import Words
from asterism.signals.profile import Profile
from asterism.store.ledger.creators import NOTICE_DAYS, keep_all, known
from asterism.store.ledger.models import Consent, Creator, Listed, Note, Shortlist
from asterism.store.ledger.places import shelf_of
from asterism.store.ledger.scope import add, lock, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

BASES: Final = (
    ("legitimate_interests", "Legitimate interests"),
    ("contract", "Contract"),
    ("consent", "Consent"),
)
"""Lawful bases that data about a creator may stand on."""
CATALOGUE: Final = "the workspace's catalogue"
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class Contact(BaseModel):
    """How a creator is reached, and on which basis the workspace keeps that."""

    name: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=40, pattern=r"^[0-9+()./ -]*$")
    country: str = Field(default="", pattern=r"^([A-Za-z]{2})?$")
    language: str = Field(default="", pattern=r"^([A-Za-z]{2})?$")
    source: str = Field(max_length=300, min_length=1, description="Where the data comes from.")
    source_at: date | None = None
    lawful_basis: Literal["legitimate_interests", "contract", "consent"] = "legitimate_interests"

    @field_validator("email")
    @classmethod
    def _sound(cls, value: str) -> str:
        if value and not _ADDRESS.fullmatch(value):
            raise ValueError("write it as in ana@example.org")
        return value


class NewNote(BaseModel):
    """A note on a creator, for whoever works with them next."""

    text: str = Field(max_length=5000, min_length=1)


class Objection(BaseModel):
    """Whether a creator may be written to, and how they said so."""

    how: str = Field(max_length=200, min_length=1)


@dataclass(frozen=True, slots=True)
class CreatorPage:
    """`creator.html.j2`: the creator in full.

    Parameters
    ----------
    row, creator
        As the catalogue has them, and as the workspace keeps them; one of the two may be missing.
    profile, told, dated
        Every signal, where it was read, in words and as plain values; False where the catalogue has changed since.
    job
        The work that reads it.
    acquaintance, notes, consents, lists
        What the workspace knows: collaborations and messages, notes, consents, the shortlists the creator is on.
    choices
        Shortlists to add the creator to.
    """

    row: Row
    creator: Creator | None
    in_catalogue: bool
    profile: ProfilePage | None
    told: dict[str, Any] | None
    dated: bool
    job: JobPage | None
    acquaintance: Acquaintance | None
    notes: tuple[Note, ...]
    consents: tuple[Consent, ...]
    lists: tuple[Shortlist, ...]
    choices: tuple[Shortlist, ...]
    bases: tuple[tuple[str, str], ...] = BASES


def creator_page(seat: Seat, platform: str, creator_id: str) -> CreatorPage:
    """Everything the workspace can tell of an account.

    Raises
    ------
    NotFound
        Neither the catalogue nor the workspace knows it.
    """
    seat.insist("see")
    standing = standing_index(seat)
    row, creator = _known(seat, standing, platform, creator_id)
    profile, dated, job = _profile(seat, standing, row) if row else (None, True, None)
    return CreatorPage(
        row=row or row_of_ledger(creator),  # type: ignore[arg-type]
        creator=creator,
        in_catalogue=row is not None,
        profile=_in_words(profile) if profile else None,
        told=profile.to_dict() if profile else None,
        dated=dated,
        job=job,
        acquaintance=acquaintance_of(seat, creator) if creator else None,
        choices=tuple(rows(seat, Shortlist).select_related("campaign")[:30]) if seat.may("plan") else (),
        **_kept(seat, creator),
    )


def _kept(seat: Seat, creator: Creator | None) -> dict[str, Any]:
    if creator is None:
        return {"notes": (), "consents": (), "lists": ()}
    entries = rows(seat, Listed).filter(creator=creator).select_related("shortlist")[:30]
    return {
        "notes": tuple(rows(seat, Note).filter(creator=creator).select_related("by", "collaboration__campaign")[:50]),
        "consents": tuple(rows(seat, Consent).filter(creator=creator).order_by("-id")[:20]),
        "lists": tuple(entry.shortlist for entry in entries),
    }


def _known(seat: Seat, standing: Standing, platform: str, creator_id: str) -> tuple[Row | None, Creator | None]:
    account = (platform, creator_id)
    row, creator = rows_of(standing.kept, [account]).get(account), known(seat, [account]).get(account)
    if row is None and creator is None:
        fix = "Look under Discover; an account that was just imported shows once the index is made."
        raise NotFound("There is no such creator here.", fix)
    return row, creator


def _profile(seat: Seat, standing: Standing, row: Row) -> tuple[Profile | None, bool, JobPage | None]:
    found = kept_profile(shelf_of(seat.workspace), row.platform, row.creator_id)
    edition, profile = found or ("", None)
    if edition == standing.edition:
        return profile, True, None
    return profile, False, shown(work_for(seat, PROFILING, _asks(standing, row)), seat.now)


@lru_cache(maxsize=256)
def _in_words(profile: Profile) -> ProfilePage:
    """The profile as a report shows it, without the audience of a brief: here nobody asks for one."""
    view = profile_view(profile, Words(thin=True))
    return replace(view, figures=tuple(figure for figure in view.figures if figure.label != "on target"))


def _asks(standing: Standing, row: Row) -> dict[str, str]:
    return {"edition": standing.edition, "platform": row.platform, "creator_id": row.creator_id}


def read_again(seat: Seat, platform: str, creator_id: str) -> None:
    """Ask once more for a creator's profile, after reading it failed."""
    seat.insist("search")
    standing = standing_index(seat)
    row, _ = _known(seat, standing, platform, creator_id)
    if row is not None:
        work_again(seat, PROFILING, _asks(standing, row))


def row_for(seat: Seat, platform: str, creator_id: str) -> Creator:
    """The workspace's row of an account, made from the catalogue where there is none; call it inside `together`.

    Raises
    ------
    NotFound
        Neither the catalogue nor the workspace knows the account.
    """
    return rows_for(seat, [(platform, creator_id)])[0]


def rows_for(seat: Seat, accounts: list[tuple[str, str]]) -> list[Creator]:
    """The workspace's rows of several accounts, in their order; call it inside `together`.

    Raises
    ------
    NotFound
        Neither the catalogue nor the workspace knows one of them.
    """
    standing = known(seat, accounts)
    missing = [account for account in accounts if account not in standing]
    found = rows_of(standing_index(seat).kept, missing) if missing else {}
    if unknown := [account for account in missing if account not in found]:
        what = f"There is no creator `{unknown[0][1]}` on {unknown[0][0]} here."
        raise NotFound(what, "Look under Discover, or import the creator first.")
    made = keep_all(seat, [found[account].kept_as(CATALOGUE) for account in missing])
    return [{**standing, **made}[account] for account in accounts]


def add_note(seat: Seat, platform: str, creator_id: str, wish: NewNote) -> Note:
    """A note on a creator."""
    seat.insist("plan")
    with together():
        creator = row_for(seat, platform, creator_id)
        _insist_on_somebody(creator)
        note = add(seat, Note, creator=creator, text=wish.text.strip(), by=seat.user)
        record(seat, "creator.noted", creator, note=note.pk)
    return note


def set_contact(seat: Seat, platform: str, creator_id: str, wish: Contact) -> Creator:
    """Change how a creator is reached; where the data comes from stands beside it.

    Raises
    ------
    BadInput
        The creator was erased.
    """
    seat.insist("write")
    with together():
        creator = _somebody(seat, platform, creator_id)
        given = wish.model_dump() | {"country": wish.country.upper(), "language": wish.language.lower()}
        given["source_at"] = wish.source_at or seat.today
        if creator.notice_due is None and creator.notice_sent_at is None:
            given["notice_due"] = seat.today + timedelta(days=NOTICE_DAYS)
        changed = sorted(name for name, value in given.items() if getattr(creator, name) != value)
        save(seat, creator, **given)
        record(seat, "creator.contact_changed", creator, fields=changed)
    return creator


def opt_out(seat: Seat, platform: str, creator_id: str, wish: Objection) -> Creator:
    """Note that a creator wants no messages: every channel is closed, what waits is held back."""
    seat.insist("write")
    with together():
        creator = _somebody(seat, platform, creator_id)
        end_letters(seat, creator, wish.how.strip(), "member")
    return creator


def opt_in(seat: Seat, platform: str, creator_id: str, wish: Objection) -> Creator:
    """Note that a creator may be written to again, and how they said so."""
    seat.insist("write")
    with together():
        creator = _somebody(seat, platform, creator_id)
        save(seat, creator, opted_out_at=None)
        add(seat, Consent, creator=creator, what="contact", given=True, how=wish.how.strip())
        record(seat, "creator.opted_in", creator)
    return creator


def _somebody(seat: Seat, platform: str, creator_id: str) -> Creator:
    """The workspace's row of an account, held, unless it was erased."""
    creator = lock(seat, Creator, row_for(seat, platform, creator_id).pk)
    _insist_on_somebody(creator)
    return creator


def _insist_on_somebody(creator: Creator) -> None:
    if creator.erased_at:
        raise BadInput("This creator's data was erased; nothing may be added.", "Leave the creator out.")
