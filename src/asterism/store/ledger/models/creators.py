"""The creators a workspace deals with: contact, notes, consent and what privacy law asks to record."""

from django.db import models

from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.models.people import User


class Creator(Owned):
    """A creator as this workspace knows them beyond the catalogue's figures.

    `lawful_basis` is legitimate_interests, contract or consent; `source` and `source_at` say where the data came from;
    `notice_due` when the notice about it must have gone out. `opted_out_at` blocks every channel. `erased_at` marks
    the stub that is left after an erasure: then nothing here names anybody.
    """

    creator_id = models.CharField(max_length=200)
    platform = models.CharField(max_length=20)
    handle = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    tier = models.CharField(max_length=20, blank=True)
    niche = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=8, blank=True)
    followers = models.BigIntegerField(null=True)
    lawful_basis = models.CharField(max_length=24, default="legitimate_interests")
    source = models.CharField(max_length=300, blank=True)
    source_at = models.DateField(null=True)
    notice_due = models.DateField(null=True)
    notice_sent_at = models.DateTimeField(null=True)
    opted_out_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        """One row per account; a stub has an id of its own making."""

        constraints = [
            models.UniqueConstraint(fields=["workspace", "platform", "creator_id"], name="one_creator_per_account")
        ]


class Note(Owned):
    """What a member wrote of a creator or of one collaboration with them."""

    creator = models.ForeignKey(Creator, on_delete=models.CASCADE, related_name="notes")
    collaboration = models.ForeignKey("ledger.Collaboration", null=True, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=5000)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ["-id"]


class Consent(Owned):
    """What a creator agreed or objected to, when and how: `what` is contact, figures or erasure."""

    creator = models.ForeignKey(Creator, on_delete=models.CASCADE, related_name="consents")
    what = models.CharField(max_length=20)
    given = models.BooleanField()
    how = models.CharField(max_length=200)


class PrivacyRequest(Owned):
    """A request under privacy law: `kind` is access, erasure or objection; due within a month of `made_at`."""

    creator = models.ForeignKey(Creator, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=12)
    due = models.DateField()
    done_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
