"""Coming in: the first user and their workspace, further workspaces."""

from datetime import datetime

from pydantic import BaseModel, Field

from asterism.errors import NotAllowed
from asterism.store.ledger.people import add_user, add_workspace, anybody
from asterism.store.ledger.scope import together
from asterism.store.ledger.seats import Seat


class SignUp(BaseModel):
    """What a new user tells of themselves, and the workspace they start."""

    name: str = Field(default="", max_length=120)
    email: str = Field(max_length=254)
    password: str = Field(max_length=200)
    workspace: str = Field(max_length=120)


class NewWorkspace(BaseModel):
    """A further workspace: a brand or an agency's client."""

    workspace: str = Field(max_length=120)
    currency: str = Field(default="USD", pattern="^[A-Z]{3}$")


def may_sign_up(open_signup: bool) -> bool:
    """Whether somebody without an invitation may sign up: the first user always, others where the host says so."""
    return open_signup or not anybody()


def sign_up(wish: SignUp, open_signup: bool, now: datetime) -> Seat:
    """The seat of a new user as owner of a new workspace.

    Raises
    ------
    NotAllowed
        The studio has users already and takes others by invitation.
    """
    with together():
        if not may_sign_up(open_signup):
            raise NotAllowed("This studio takes new users by invitation.", "Ask the owner of a workspace for one.")
        user = add_user(wish.email, wish.password, wish.name)
        return add_workspace(user, wish.workspace, now)
