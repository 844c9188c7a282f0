"""Shortlists, and the links by which a client answers them, or reads results, without a login."""

from django.db import models

from asterism.store.ledger.models.campaigns import Campaign
from asterism.store.ledger.models.creators import Creator
from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.models.people import User


class Shortlist(Owned):
    """Creators put forward, for a campaign or by themselves."""

    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.CASCADE, related_name="shortlists")
    name = models.CharField(max_length=120)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ["-id"]


class Listed(Owned):
    """One creator on a shortlist; `shown` holds the figures as they were when the creator was put there."""

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="entries")
    creator = models.ForeignKey(Creator, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)
    shown = models.JSONField(default=dict)
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        """In order, each creator once."""

        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["shortlist", "creator"], name="once_on_a_shortlist")]


class ClientLink(Owned):
    """A link that opens without a login, by its secret alone, until it expires or is revoked; `label` says for whom."""

    label = models.CharField(max_length=120, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """No table of its own; newest first."""

        abstract = True
        ordering = ["-id"]


class ShareLink(ClientLink):
    """A client's link to a shortlist: only `fields` are shown."""

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="links")
    fields = models.JSONField(default=list)


class Answer(Owned):
    """What a client said of one creator over a link: yes, or no with the reason."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="answers")
    entry = models.ForeignKey(Listed, on_delete=models.CASCADE, related_name="answers")
    approved = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    name = models.CharField(max_length=120)

    class Meta:
        """The newest answer of a link to an entry is the one that holds."""

        ordering = ["-id"]


class ResultLink(ClientLink):
    """A client's link to a campaign's report."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="result_links")
