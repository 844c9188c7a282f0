"""Programs that come and go: tokens, requests answered once, webhooks and their deliveries."""

from django.db import models

from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.models.people import User


class Token(Owned):
    """A key of the API: shown once, kept as its hash; it may what its scopes and its maker's role allow."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=16)
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)


class Once(Owned):
    """A request that is answered once: whoever sends the same key again gets the first answer again."""

    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)

    class Meta:
        """One answer per key."""

        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="answered_once")]


class Hook(Owned):
    """A webhook: where we call, for which events, and the secret that signs what we say."""

    url = models.URLField(max_length=500)
    secret = models.CharField(max_length=80)
    events = models.JSONField(default=list)
    active = models.BooleanField(default=True)


class HookDelivery(Owned):
    """One call of a webhook and what came of it; `state` is waiting, delivered or failed."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default="waiting", db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    answered = models.CharField(max_length=500, blank=True)
    replay_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ["-id"]
