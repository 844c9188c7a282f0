"""Invitations taken, and owners counted."""

from datetime import datetime

from asterism.errors import Conflict
from asterism.store.ledger.models.people import Invitation, Member, User
from asterism.store.ledger.scope import add, rows
from asterism.store.ledger.seats import Seat


def invitation_of(secret_hash: str, now: datetime) -> Invitation | None:
    """The open invitation with this hash, held until the end of the transaction."""
    alive = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=now)
    return alive.select_related("workspace").filter(secret_hash=secret_hash).first()


def join_as(invitation: Invitation, user: User, now: datetime) -> Seat:
    """The seat of a user who takes an invitation; the second who tries is told."""
    taken = Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=now)
    if not taken:
        raise Conflict("This invitation was taken a moment ago.", "Sign in.")
    nobody = Seat(invitation.workspace, None, "link", now)
    member = add(nobody, Member, user=user, role=invitation.role)
    return Seat(invitation.workspace, member, "page", now)


def is_last_owner(seat: Seat, member: Member) -> bool:
    """Whether no other member of the workspace is an owner."""
    return not rows(seat, Member).filter(role="owner").exclude(pk=member.pk).exists()
