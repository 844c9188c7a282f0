"""`Event`: the audit trail, which is only ever added to."""

from django.db import models

from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.models.people import User


class Event(Owned):
    """Who did what, when, to which row, and through which face. The database refuses to change or delete one.

    Nothing here names a creator: `kind` and `row` point at the row, so that an erasure leaves the trail whole.
    `facts` holds states and figures before and after.
    """

    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    via = models.CharField(max_length=8)
    action = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    row = models.BigIntegerField(null=True)
    collaboration = models.BigIntegerField(null=True, db_index=True)
    campaign = models.BigIntegerField(null=True, db_index=True)
    facts = models.JSONField(default=dict)

    class Meta:
        """Newest first."""

        ordering = ["-id"]
        indexes = [models.Index(fields=["workspace", "-id"])]
