"""What is wanted and what was decided: brands, campaigns, drafts of plans, phases."""

from django.db import models

from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.models.people import User


class Brand(Owned):
    """A brand that campaigns speak for."""

    name = models.CharField(max_length=120)
    website = models.URLField(blank=True, max_length=300)
    voice = models.TextField(blank=True)
    competitors = models.JSONField(default=list)

    class Meta:
        """One name per workspace."""

        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="one_brand_per_name")]


class Campaign(Owned):
    """A campaign: its brief, and once signed the plan it was signed with and the tables' versions behind it.

    `state` is planning, signed, running, done or cancelled. Money is in cents of `currency`. `brief` is the document
    of `asterism.brief.Brief`; `plan` the contract's JSON of the signed plan, `plan_hash` its SHA-256; `remark` why it
    was cancelled: it may name people, so it stands here and not in the trail.
    """

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="campaigns")
    name = models.CharField(max_length=160)
    state = models.CharField(max_length=12, default="planning", db_index=True)
    goal = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    budget_cents = models.BigIntegerField()
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    jurisdiction = models.CharField(max_length=4, default="US")
    brief = models.JSONField(default=dict)
    plan = models.JSONField(null=True)
    plan_hash = models.CharField(max_length=64, blank=True)
    versions = models.JSONField(default=dict)
    remark = models.CharField(max_length=300, blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Newest first where nothing else is asked."""

        ordering = ["-id"]


class PlanDraft(Owned):
    """A plan that was tried: with which brief and locks, and what came out. The signed one is copied to its campaign.

    `locked` and `excluded` are creator ids the user fixed or ruled out; `plan` is the contract's JSON, `page` the
    words and pictures of it as `reports` made them, `sums` the few figures by which drafts are told apart, `why` what
    was changed since the draft before.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="drafts")
    number = models.PositiveIntegerField()
    locked = models.JSONField(default=list)
    excluded = models.JSONField(default=list)
    brief = models.JSONField(default=dict)
    plan = models.JSONField(default=dict)
    page = models.JSONField(default=dict)
    sums = models.JSONField(default=dict)
    why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Numbered per campaign, the newest first."""

        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="one_draft_per_number")]


class Phase(Owned):
    """A part of a signed campaign, as in the plan."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    goal = models.CharField(max_length=20)
    budget_cents = models.BigIntegerField()
    tiers = models.JSONField(default=list)
    start = models.DateField(null=True)
    end = models.DateField(null=True)

    class Meta:
        """In the order of the plan."""

        ordering = ["position"]
