"""Tokens of the API: made with a purpose, scopes and an end, shown once, revoked."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from pydantic import BaseModel, Field

from asterism.store.ledger.access import new_token
from asterism.store.ledger.models import Token
from asterism.store.ledger.scope import find, lock, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

SCOPES: Final[dict[str, str]] = {
    "see": "read pages, figures and lists",
    "search": "search creators",
    "plan": "write briefs, plans and shortlists",
    "import": "import files",
    "share": "share links that need no login",
    "run": "run collaborations, tasks and calendars",
    "write": "write to creators",
    "agree": "offer and record terms",
    "review": "review drafts",
    "pay": "propose and send payments",
    "approve_payment": "approve payments that others proposed",
    "override": "set a failed check aside, with a reason",
    "privacy": "export, erase, and set how long things are kept",
    "members": "invite and remove members",
    "tokens": "make tokens with no more scopes than itself",
    "webhooks": "add and change webhooks",
    "workspace": "change the workspace's options",
}
"""Scope → what a token with it may do."""


class NewToken(BaseModel):
    """What a token is for, what it may do, and for how many days."""

    name: str = Field(min_length=1, max_length=120)
    scopes: list[str] = Field(min_length=1, max_length=len(SCOPES), description="Names of scopes, as `see`.")
    days: int = Field(default=90, ge=0, le=3650, description="Days until it ends; 0 never ends.")


@dataclass(frozen=True, slots=True)
class Tokens:
    """`tokens.html.j2`: tokens, the scopes to choose from; `secret` is shown once, after making one."""

    alive: list[Token]
    ended: list[Token]
    scopes: tuple[tuple[str, str], ...]
    secret: str = ""


def all_tokens(seat: Seat) -> Any:
    """The tokens of a workspace as a query, the newest first."""
    seat.insist("tokens")
    return rows(seat, Token).select_related("user").order_by("-id")


def tokens_of(seat: Seat, secret: str = "") -> Tokens:
    """The tokens of a workspace: those that open something, and the last that do no more."""
    every = list(all_tokens(seat)[:200])
    alive = [one for one in every if is_alive(one, seat)]
    scopes = tuple((scope, words) for scope, words in SCOPES.items() if seat.may(scope))
    return Tokens(alive, [one for one in every if not is_alive(one, seat)][:20], scopes, secret)


def is_alive(token: Token, seat: Seat) -> bool:
    """Whether a token was neither revoked nor has ended."""
    return token.revoked_at is None and (token.expires_at is None or token.expires_at > seat.now)


def token_of(seat: Seat, key: int) -> Token:
    """One token."""
    seat.insist("tokens")
    return find(seat, Token, key)


def make_token(seat: Seat, wish: NewToken) -> tuple[Token, str]:
    """A new token of the seat's user and its secret, which is shown this once.

    Raises
    ------
    NotAllowed
        A scope is more than the role, or the token that asks, may itself.
    """
    seat.insist("tokens")
    ends = seat.now + timedelta(days=wish.days) if wish.days else None
    return new_token(seat, wish.name, sorted(set(wish.scopes)), ends)


def revoke_token(seat: Seat, key: int) -> Token:
    """End a token now; one that was revoked before stays as it was."""
    seat.insist("tokens")
    with together():
        token = lock(seat, Token, key)
        if token.revoked_at is None:
            save(seat, token, revoked_at=seat.now)
            record(seat, "token.revoked", token)
    return token
