"""A user's own account: name, password, and a second factor."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, Field

from asterism.errors import BadInput, Conflict, NotAllowed
from asterism.store.ledger.models import User
from asterism.store.ledger.people import insist_on_password, rename, set_password
from asterism.store.ledger.second_factor import drop_factor, factor_address, new_factor, set_factor, step_of


class NewPassword(BaseModel):
    """The old password and the new one."""

    old: str = Field(max_length=200)
    new: str = Field(max_length=200)


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor that waits for its first code: its secret and the address an app reads."""

    secret: str
    address: str


def change_name(user: User, name: str) -> None:
    """Call the user differently."""
    rename(user, name.strip()[:120])


def change_password(user: User, wish: NewPassword) -> None:
    """Give the user a new password; the old one must be known.

    Raises
    ------
    NotAllowed
        The old password is another one.
    BadInput
        The new one is too short or too common.
    """
    if not user.check_password(wish.old):
        raise NotAllowed("That is not your password of now.", "Type the one you signed in with.")
    insist_on_password(wish.new, user)
    set_password(user, wish.new)


def begin_factor(user: User) -> Factor:
    """A second factor to be confirmed by a first code; nothing is kept yet, and none that stands is replaced."""
    _insist_on_none(user)
    secret = new_factor()
    return Factor(secret, factor_address(user, secret))


def confirm_factor(user: User, secret: str, code: str, now: datetime) -> list[str]:
    """The recovery codes, once the first code proves that the app has the secret.

    Raises
    ------
    BadInput
        It is not the code of now.
    """
    _insist_on_none(user)
    step = step_of(secret, code, now)
    if step is None:
        raise BadInput("That is not the code of now.", "Check that the clock of your phone is right, and try the next.")
    return set_factor(user, secret, step)


def _insist_on_none(user: User) -> None:
    if user.totp_secret:
        raise Conflict("You have a second factor already.", "Turn it off with your password first.")


def end_factor(user: User, password: str) -> None:
    """Sign in by password alone again; the password must be known."""
    if not user.check_password(password):
        raise NotAllowed("That is not your password.", "Type the one you signed in with.")
    drop_factor(user)
