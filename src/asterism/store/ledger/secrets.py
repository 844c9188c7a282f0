"""Secrets that open something without a login: made here, shown once, kept as their hash."""

import hashlib
import secrets


def new_secret(nbytes: int = 24) -> str:
    """A random secret that fits into an address."""
    return secrets.token_urlsafe(nbytes)


def secret_hash(secret: str) -> str:
    """The SHA-256 of a secret; the secrets are random and long, so a slow hash would add nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()
