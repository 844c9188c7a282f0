"""Tokens of the API: made, shown once, found by their hash."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from asterism.campaigns.roles import LEAST
from asterism.errors import BadInput, did_you_mean
from asterism.store.ledger.models.access import Token
from asterism.store.ledger.models.people import Member
from asterism.store.ledger.scope import add, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.secrets import new_secret, secret_hash
from asterism.store.ledger.trail import record


def new_token(seat: Seat, name: str, scopes: Sequence[str], expires_at: datetime | None = None) -> tuple[Token, str]:
    """A new token and its secret, which is not kept and cannot be shown again.

    Raises
    ------
    BadInput
        A scope is not known.
    NotAllowed
        The member's role does not reach a scope.
    """
    for scope in scopes:
        if scope not in LEAST:
            raise BadInput(f"`{scope}` is no scope.", did_you_mean(scope, list(LEAST)))
        seat.insist(scope)
    secret = f"ast_{new_secret(30)}"
    with together():
        token = add(
            seat, Token, user=seat.user, name=name, prefix=secret[:10], secret_hash=secret_hash(secret),
            scopes=list(scopes), expires_at=expires_at,
        )  # fmt: skip
        record(seat, "token.made", token, scopes=list(scopes))
    return token, secret


def seat_of_token(secret: str, now: datetime) -> Seat | None:
    """The seat a token stands for: its maker's role today, limited to its scopes; None where it opens nothing."""
    alive = Q(revoked_at=None) & (Q(expires_at=None) | Q(expires_at__gt=now))
    token = Token.objects.filter(alive, secret_hash=secret_hash(secret)).first()
    if token is None:
        return None
    member = (
        Member.objects.filter(workspace_id=token.workspace_id, user_id=token.user_id, user__is_active=True)
        .select_related("workspace", "user")
        .first()
    )
    if member is None:
        return None
    if token.used_at is None or (now - token.used_at).total_seconds() > 60:
        Token.objects.filter(pk=token.pk).update(used_at=now)
    return Seat(member.workspace, member, "api", now, frozenset(token.scopes))
