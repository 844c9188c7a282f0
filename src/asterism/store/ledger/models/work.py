"""What is to be done: tasks for people, jobs for the machine, files that came in."""

from django.db import models

from asterism.store.ledger.models.campaigns import Campaign
from asterism.store.ledger.models.collaborations import Collaboration
from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.models.people import Member, User


class Task(Owned):
    """Something a member is to do by a day; `key` names a task that the rules made, so that it is made once."""

    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.CASCADE, related_name="tasks")
    collaboration = models.ForeignKey(Collaboration, null=True, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(max_length=200)
    due = models.DateField(null=True)
    key = models.CharField(max_length=120, null=True)
    owner = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A rule's task stands once."""

        ordering = ["due", "id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="one_task_per_key")]


class Job(Owned):
    """Long work: what is asked, how far it is, what came of it. It survives a restart: what was running runs again.

    `state` is waiting, running, done or failed; `share` runs from 0 to 1.
    """

    kind = models.CharField(max_length=20)
    asks = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="waiting", db_index=True)
    what = models.CharField(max_length=200, blank=True)
    share = models.FloatField(default=0.0)
    attempts = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    error = models.JSONField(default=dict)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.CASCADE, related_name="jobs")

    class Meta:
        """Newest first."""

        ordering = ["-id"]


class Upload(Owned):
    """A file that somebody brought, kept outside the web root under a name of our own."""

    name = models.CharField(max_length=255)
    path = models.CharField(max_length=255)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
