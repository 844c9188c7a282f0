"""Money that is owed and spent: costs beside the fee, and payments that two people make."""

from django.db import models

from asterism.store.ledger.models.campaigns import Campaign
from asterism.store.ledger.models.collaborations import Collaboration
from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.models.people import User


class Cost(Owned):
    """What a collaboration or campaign costs besides fees.

    `kind` is product, shipping, usage_rights, boost, hours, platform_fee or other.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="costs")
    collaboration = models.ForeignKey(Collaboration, null=True, on_delete=models.CASCADE, related_name="costs")
    kind = models.CharField(max_length=16)
    currency = models.CharField(max_length=3)
    cents = models.BigIntegerField()
    on = models.DateField()
    remark = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")


class Payment(Owned):
    """A payment to a creator: one person proposes it, another approves it, and the database insists on two."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="payments")
    currency = models.CharField(max_length=3)
    cents = models.BigIntegerField()
    state = models.CharField(max_length=12, default="proposed", db_index=True)
    due = models.DateField(null=True)
    reference = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """Maker and checker differ, and a payment is above zero."""

        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("proposed_by")),
                name="two_people_pay",
            ),
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="a_payment_is_above_zero"),
        ]
