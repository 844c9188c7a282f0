"""What was found and what is believed since: results of campaigns as they were closed, and versions of beliefs."""

from django.db import models

from asterism.store.ledger.models.campaigns import Campaign
from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.models.people import User


class Closing(Owned):
    """A campaign's results as they stood when somebody closed its books; a later closing stands beside it.

    `figures` holds the values of `asterism.measurement.ledger.Return`, `rule` the rule of attribution and its version.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="closings")
    number = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)
    rule = models.CharField(max_length=60)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Numbered per campaign, the newest first."""

        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="one_closing_per_number")]


class Belief(Owned):
    """A version of what a workspace believes: `entries` in the shape of a priors document, with their provenance.

    `evidence` says what it was learnt from; the version `in_use` is what plans are made with, at most one at a time.
    """

    number = models.PositiveIntegerField()
    entries = models.JSONField(default=dict)
    evidence = models.JSONField(default=dict)
    in_use = models.BooleanField(default=False)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Numbered per workspace, the newest first."""

        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["workspace", "number"], name="one_belief_per_number")]
