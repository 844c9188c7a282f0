"""Words that leave the house: documents as edited, messages as sent and received."""

from django.db import models

from asterism.store.ledger.models.campaigns import Campaign
from asterism.store.ledger.models.collaborations import Collaboration
from asterism.store.ledger.models.creators import Creator
from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.models.people import User


class Document(Owned):
    """A letter, brief or agreement as edited: `kind` and `template` say what it was made from, `hash` its text."""

    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.CASCADE, related_name="documents")
    collaboration = models.ForeignKey(Collaboration, null=True, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=200)
    body = models.TextField(max_length=60_000)
    language = models.CharField(max_length=8, default="en")
    template = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField(default=1)
    hash = models.CharField(max_length=64)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ["-id"]


class Message(Owned):
    """A message to or from a creator; `state` is queued, sending, sent, failed, bounced, blocked or received.

    `address` is where it went, or came from. `reference` is the Message-ID of a mail. While it is queued `next_at` says
    when it is due; while it is sending, until when the worker that took it up has time.
    """

    creator = models.ForeignKey(Creator, on_delete=models.CASCADE, related_name="messages")
    collaboration = models.ForeignKey(Collaboration, null=True, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=24)
    channel = models.CharField(max_length=12, default="email")
    address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(max_length=60_000)
    state = models.CharField(max_length=12, default="queued", db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=255, blank=True, db_index=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ["-id"]
        indexes = [models.Index(fields=["workspace", "sent_at"])]
