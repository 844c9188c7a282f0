"""Users, workspaces and memberships: made, found and ended."""

import re
import unicodedata
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from asterism.errors import BadInput, Conflict
from asterism.store.ledger.models.people import Member, User, Workspace
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record


def anybody() -> bool:
    """Whether anybody has signed up yet."""
    return User.objects.exists()


def add_user(email: str, password: str, name: str) -> User:
    """A new user.

    Raises
    ------
    BadInput
        The address is none, or the password is too short or too common.
    Conflict
        The address is taken.
    """
    try:
        validate_email(email)
    except ValidationError:
        raise BadInput("That is no e-mail address.", "Write it as in ana@example.org.") from None
    insist_on_password(password, User(email=email, name=name))
    try:
        with transaction.atomic():
            return User.objects.create_user(email, password, name)
    except IntegrityError:
        raise Conflict("There is a user with that address already.", "Sign in instead.") from None


def user_of(key: int) -> User | None:
    """The user with a key, if there is one who may sign in."""
    return User.objects.filter(pk=key, is_active=True).first()


def insist_on_password(password: str, user: User | None = None) -> None:
    """Raise `BadInput` unless a password is long enough and not a common one."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), "Take ten letters or more that nobody would guess.") from None


def add_workspace(user: User, name: str, now: datetime, via: str = "page", **fields: Any) -> Seat:
    """A new workspace with the user as its owner."""
    if not name.strip():
        raise BadInput("The workspace has no name.", "Give it the name of the brand or client.")
    with transaction.atomic():
        workspace = Workspace.objects.create(name=name.strip(), slug=_free_slug(name), made_at=now, **fields)
        member = Member.objects.create(workspace=workspace, user=user, role="owner", made_at=now)
        seat = Seat(workspace, member, via, now)
        record(seat, "workspace.made", member)
    return seat


def workspaces_of(user: User) -> list[Member]:
    """The memberships of a user, by the workspaces' names."""
    return list(Member.objects.filter(user=user).select_related("workspace").order_by("workspace__name"))


def _free_slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "workspace"
    taken = set(Workspace.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(s for s in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


def rename(user: User, name: str) -> None:
    """Call a user differently."""
    user.name = name
    user.save(update_fields=["name"])


def set_password(user: User, password: str) -> None:
    """Keep the argon2 hash of a new password; every other session of the user ends by it."""
    user.set_password(password)
    user.save(update_fields=["password"])
