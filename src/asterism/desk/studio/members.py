"""Who works in a workspace: invitations by link, roles, and leaving."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pydantic import BaseModel, Field

from asterism.campaigns.roles import ROLES, Role
from asterism.errors import BadInput, Conflict, NotFound
from asterism.store.ledger.membership import invitation_of, is_last_owner, join_as
from asterism.store.ledger.models import Invitation, Member, Token, User
from asterism.store.ledger.people import add_user
from asterism.store.ledger.scope import add, find, lock, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.secrets import new_secret, secret_hash
from asterism.store.ledger.trail import record

GOOD_FOR: Final = timedelta(days=7)
"""How long an invitation can be taken."""


class Invite(BaseModel):
    """Whom to invite, and as what."""

    email: str = Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")
    role: Role = "analyst"


class Joining(BaseModel):
    """What somebody new tells of themselves when they take an invitation."""

    name: str = Field(default="", max_length=120)
    password: str = Field(max_length=200)


@dataclass(frozen=True, slots=True)
class People:
    """`members.html.j2`: members, and invitations that are open; `secret` is shown once, after inviting."""

    members: list[Member]
    invitations: list[Invitation]
    roles: tuple[str, ...] = ROLES
    secret: str = ""


def people_of(seat: Seat, secret: str = "") -> People:
    """The members of a workspace and who is invited."""
    seat.insist("see")
    members = list(rows(seat, Member).select_related("user").order_by("user__email"))
    pending = rows(seat, Invitation).filter(accepted_at=None, revoked_at=None, expires_at__gt=seat.now)
    return People(members, list(pending.order_by("-id")), secret=secret)


def invite(seat: Seat, wish: Invite) -> tuple[Invitation, str]:
    """An invitation and the secret of its link, which is not kept."""
    seat.insist("members")
    if rows(seat, Member).filter(user__email=wish.email.lower()).exists():
        raise Conflict("Whoever has that address is a member already.", "Change their role instead.")
    secret = new_secret()
    with together():
        made = add(
            seat, Invitation, email=wish.email.lower(), role=wish.role, secret_hash=secret_hash(secret), by=seat.user,
            expires_at=seat.now + GOOD_FOR,
        )  # fmt: skip
        record(seat, "member.invited", made, role=wish.role)
    return made, secret


def revoke(seat: Seat, key: int) -> None:
    """Take an invitation back: its link opens nothing from now on."""
    seat.insist("members")
    with together():
        row = lock(seat, Invitation, key)
        save(seat, row, revoked_at=seat.now)
        record(seat, "member.invitation_revoked", row)


def invited(secret: str, now: datetime) -> Invitation:
    """The open invitation of a link's secret.

    Raises
    ------
    NotFound
        There is none, or it was taken, revoked or has expired.
    """
    found = invitation_of(secret_hash(secret), now)
    if found is None:
        raise NotFound("This invitation opens nothing, or no longer does.", "Ask for a new one.")
    return found


def join(secret: str, user: User | Joining, now: datetime) -> Seat:
    """The seat of somebody who takes an invitation: a user who is signed in, or a new one."""
    with together():
        invitation = invited(secret, now)
        who = add_user(invitation.email, user.password, user.name) if isinstance(user, Joining) else user
        if who.email != invitation.email:
            raise BadInput("This invitation is for another address.", "Sign in with the address that was invited.")
        seat = join_as(invitation, who, now)
        record(seat, "member.joined", seat.member, role=invitation.role)
    return seat


def change_role(seat: Seat, key: int, role: str) -> None:
    """Give a member another role; the last owner stays owner."""
    seat.insist("members")
    with together():
        member = lock(seat, Member, key)
        if role not in ROLES:
            raise BadInput(f"`{role}` is no role.", f"Choose one of {', '.join(ROLES)}.")
        _insist_on_an_owner(seat, member, role)
        record(seat, "member.role_changed", member, before=member.role, after=role)
        save(seat, member, role=role)


def remove(seat: Seat, key: int) -> None:
    """End a membership, and the tokens its member made; what the member did stays in the trail."""
    seat.insist("members")
    with together():
        member = lock(seat, Member, key)
        _insist_on_an_owner(seat, member, "")
        record(seat, "member.removed", member, role=member.role)
        rows(seat, Token).filter(user=member.user_id, revoked_at=None).update(revoked_at=seat.now)
        member.delete()


def member_of(seat: Seat, key: int) -> Member:
    """A member of the workspace."""
    seat.insist("see")
    return find(seat, Member, key, "user")


def _insist_on_an_owner(seat: Seat, member: Member, role: str) -> None:
    if member.role == "owner" and role != "owner" and is_last_owner(seat, member):
        raise Conflict("A workspace needs an owner, and this is the last one.", "Make somebody else owner first.")
