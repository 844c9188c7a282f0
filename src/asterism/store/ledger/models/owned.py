"""`Owned`: a row that belongs to one workspace."""

from django.db import models


class Owned(models.Model):
    """A row of one workspace; `scope` finds and adds such rows, and lets nobody see another workspace's."""

    workspace = models.ForeignKey("ledger.Workspace", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """No table of its own."""

        abstract = True
