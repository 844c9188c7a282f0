"""Who works here: users, workspaces, members with a role, and invitations."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from asterism.campaigns.roles import ROLES
from asterism.store.ledger.models.owned import Owned


class UserManager(BaseUserManager):
    """Makes users; a password is kept as its argon2 hash."""

    def create_user(self, email: str, password: str, name: str = "") -> "User":
        """A user who signs in with an e-mail address and a password."""
        user: User = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in; `totp_secret` is empty until a second factor is confirmed.

    `totp_last` is the step of the last code taken, so that none is taken twice; `recovery` the hashes of codes that
    each open once in its place.
    """

    email = models.EmailField(unique=True, max_length=254)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    totp_secret = models.CharField(max_length=64, blank=True)
    totp_last = models.BigIntegerField(default=0)
    recovery = models.JSONField(default=list)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email


class Workspace(models.Model):
    """A brand's, or an agency's client's, own place: nothing of it is seen from another.

    `options` holds what the owner may set: send caps, retention, jurisdiction, payment terms, the agency's name.
    """

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    currency = models.CharField(max_length=3, default="USD")
    timezone = models.CharField(max_length=60, default="UTC")
    options = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Member(Owned):
    """A user in a workspace, with a role; `feed_hash` is the hash of the secret of their calendar's address."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="members")
    role = models.CharField(max_length=12, choices=[(role, role) for role in ROLES])
    feed_hash = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        """One membership per user and workspace."""

        constraints = [models.UniqueConstraint(fields=["workspace", "user"], name="one_membership")]


class Invitation(Owned):
    """A link by which somebody joins a workspace; only its hash is kept."""

    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=12)
    secret_hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
