"""Work with one creator: the collaboration, its terms, what is to be made, drafts, reviews and posts."""

from django.db import models

from asterism.store.ledger.models.campaigns import Campaign, Phase
from asterism.store.ledger.models.creators import Creator
from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.models.people import Member, User


class Collaboration(Owned):
    """One creator in one campaign; `state` moves by `asterism.campaigns.lifecycle` alone.

    `pick` holds what the plan said of the creator (gain, reasons, price). `secret_hash` is the hash of the creator's
    portal link; `paused_from` the state to return to. Money is in cents of `currency`.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="collaborations")
    phase = models.ForeignKey(Phase, null=True, on_delete=models.SET_NULL, related_name="collaborations")
    creator = models.ForeignKey(Creator, on_delete=models.PROTECT, related_name="collaborations")
    state = models.CharField(max_length=16, default="shortlisted", db_index=True)
    paused_from = models.CharField(max_length=16, blank=True)
    state_since = models.DateTimeField()
    tier = models.CharField(max_length=20, blank=True)
    package = models.CharField(max_length=120, blank=True)
    currency = models.CharField(max_length=3)
    fee_cents = models.BigIntegerField(default=0)
    pick = models.JSONField(default=dict)
    looked_after_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    secret_hash = models.CharField(max_length=64, blank=True, db_index=True)
    secret_expires_at = models.DateTimeField(null=True)
    answer_due = models.DateField(null=True)
    renewal_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="renewals")

    class Meta:
        """A creator stands once in a campaign."""

        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "creator"], name="once_in_a_campaign")]
        indexes = [models.Index(fields=["workspace", "state"])]


class Agreement(Owned):
    """One version of the terms; `hash` is the SHA-256 of exactly the text that was accepted.

    `terms` holds deliverables, usage rights, exclusivity, disclosure duty and payment terms as structured values.
    """

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="agreements")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, default="drafted")
    currency = models.CharField(max_length=3)
    fee_cents = models.BigIntegerField()
    terms = models.JSONField(default=dict)
    text = models.TextField()
    hash = models.CharField(max_length=64)
    offered_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_name = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Numbered per collaboration, the newest first."""

        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["collaboration", "number"], name="one_agreement_per_number")]


class Deliverable(Owned):
    """One post to be made: its format, the day its draft is due and the day it goes live."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="deliverables")
    position = models.PositiveSmallIntegerField()
    platform = models.CharField(max_length=20)
    format = models.CharField(max_length=20)
    state = models.CharField(max_length=16, default="planned", db_index=True)
    draft_due = models.DateField(null=True)
    live_on = models.DateField(null=True, db_index=True)

    class Meta:
        """In the order they are to go out."""

        ordering = ["position"]


class Draft(Owned):
    """What a creator handed in for a deliverable; `disclosure` is the verdict of the check on its caption."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="drafts")
    number = models.PositiveIntegerField()
    caption = models.TextField(max_length=20_000)
    link = models.URLField(blank=True, max_length=500)
    upload = models.ForeignKey("ledger.Upload", null=True, on_delete=models.SET_NULL, related_name="+")
    platform_label = models.BooleanField(default=False)
    remark = models.TextField(blank=True, max_length=5000)
    disclosure = models.JSONField(default=dict)
    passes = models.BooleanField(default=False)
    state = models.CharField(max_length=16, default="waiting")
    from_creator = models.BooleanField(default=True)

    class Meta:
        """Numbered per deliverable, the newest first."""

        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["deliverable", "number"], name="one_draft_per_version")]


class Review(Owned):
    """A decision on a draft: approved, or changes asked with the reason; an override of the check says why."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="reviews")
    decision = models.CharField(max_length=16)
    text = models.TextField(blank=True, max_length=5000)
    override = models.CharField(blank=True, max_length=500)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")


class LivePost(Owned):
    """A post that went live for a deliverable."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="posts")
    url = models.URLField(max_length=500)
    post_id = models.CharField(max_length=200, blank=True)
    posted_at = models.DateTimeField()
    from_creator = models.BooleanField(default=False)


class Figures(Owned):
    """Figures of a live post as of a time; `source` says who told them: creator, member or import."""

    post = models.ForeignKey(LivePost, on_delete=models.CASCADE, related_name="figures")
    source = models.CharField(max_length=12)
    as_of = models.DateTimeField()
    values = models.JSONField(default=dict)
