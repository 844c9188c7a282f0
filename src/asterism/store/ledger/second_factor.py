"""A second factor: codes that change every half minute (TOTP, RFC 6238), and recovery codes that open once."""

import secrets
from datetime import datetime
from typing import Final

import pyotp

from asterism.store.ledger.models.people import User
from asterism.store.ledger.secrets import secret_hash

STEP: Final = 30
"""Seconds a code is good for; its neighbours are taken too, since clocks differ."""
RECOVERY: Final = 8


def new_factor() -> str:
    """A secret for an authenticator app."""
    return pyotp.random_base32()


def factor_address(user: User, secret: str) -> str:
    """The address that an authenticator app reads from a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name="Asterism")


def step_of(secret: str, code: str, now: datetime, after: int = 0) -> int | None:
    """The step whose code this is, no older than `after`, or None where it is no code of about now.

    >>> from datetime import UTC
    >>> now = datetime(2026, 12, 1, tzinfo=UTC)
    >>> secret = "JBSWY3DPEHPK3PXP" * 2
    >>> step_of(secret, pyotp.TOTP(secret).at(now), now) == int(now.timestamp()) // 30
    True
    """
    at = int(now.timestamp()) // STEP
    totp, given = pyotp.TOTP(secret), code.replace(" ", "").encode()
    near = [step for step in (at - 1, at, at + 1) if step > after]
    return next((s for s in near if secrets.compare_digest(totp.generate_otp(s).encode(), given)), None)


def set_factor(user: User, secret: str, step: int) -> list[str]:
    """The recovery codes of a user whose second factor is now this one; they are not kept and cannot be shown again."""
    codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(RECOVERY)]
    user.totp_secret, user.totp_last, user.recovery = secret, step, [secret_hash(code) for code in codes]
    user.save(update_fields=["totp_secret", "totp_last", "recovery"])
    return codes


def drop_factor(user: User) -> None:
    """The user signs in by password alone again."""
    user.totp_secret, user.totp_last, user.recovery = "", 0, []
    user.save(update_fields=["totp_secret", "totp_last", "recovery"])


def passes(user: User, code: str, now: datetime) -> bool:
    """Whether a code is the user's and was not taken before; it is taken now."""
    step = step_of(user.totp_secret, code, now, user.totp_last)
    if step is not None:
        newer = User.objects.filter(pk=user.pk, totp_last__lt=step)
        return bool(newer.update(totp_last=step))
    left = [kept for kept in user.recovery if kept != secret_hash(code.strip().lower())]
    if len(left) == len(user.recovery):
        return False
    user.recovery = left
    user.save(update_fields=["recovery"])
    return True
