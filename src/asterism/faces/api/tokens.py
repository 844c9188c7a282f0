"""`/tokens`: what programs come in with."""

from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema

from asterism.desk.studio import tokens as desk
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

router = Router(tags=["Tokens"])


class TokenOut(Schema):
    """A token without its secret; `prefix` is how the secret begins."""

    id: int
    name: str
    prefix: str
    scopes: list[str]
    made_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None


class MadeToken(Schema):
    """A new token and its secret, which is shown this once."""

    token: TokenOut
    secret: str


@router.get("", **asks("tokens", Page[TokenOut]))
def list_tokens(request: Any, at: Query[At]) -> Any:
    """The tokens of the workspace, the newest first."""
    return paged(request, at, desk.all_tokens(seat_of(request)))


@router.post("", **asks("tokens", MadeToken, 201))
def make_token(request: Any, wish: desk.NewToken) -> Any:
    """Make a token with no more scopes than the one that asks."""
    token, secret = desk.make_token(seat_of(request), wish)
    return {"token": token, "secret": secret}


@router.get("/{token}", **asks("tokens", TokenOut))
def read_token(request: Any, token: Key) -> Any:
    """One token."""
    return desk.token_of(seat_of(request), token)


@router.post("/{token}/revoke", **asks("tokens", TokenOut))
def revoke_token(request: Any, token: Key) -> Any:
    """End a token now."""
    return desk.revoke_token(seat_of(request), token)
