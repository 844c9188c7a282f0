"""How what a campaign brings is recognised: links and their clicks, promo codes, surveys, and studies of lift."""

from django.db import models

from asterism.store.ledger.models.campaigns import Campaign
from asterism.store.ledger.models.collaborations import Collaboration
from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.models.people import User


class Link(Owned):
    """A short link `/r/CODE` of one collaboration, or of the campaign itself; `target` is where it leads.

    `utm` holds the parameters that are added to the target, by name. A link that ended goes on leading to its target:
    people must not stand before a closed door; its later clicks are kept and not counted.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="links")
    collaboration = models.ForeignKey(Collaboration, null=True, on_delete=models.CASCADE, related_name="links")
    code = models.CharField(max_length=32, unique=True)
    target = models.URLField(max_length=1000)
    utm = models.JSONField(default=dict)
    label = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ["-id"]


class Click(Owned):
    """One opening of a link; `key` travels on in the address it led to, and comes back with an order.

    `filtered` names the rule by which it is no person's click; such clicks are kept and not counted. `visitor` is a
    keyed hash of address and browser, emptied once the window of attribution is over; neither is kept itself.
    """

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="clicks", db_index=False)
    key = models.CharField(max_length=24, unique=True)
    at = models.DateTimeField(db_index=True)
    visitor = models.CharField(max_length=32, blank=True)
    referrer = models.CharField(max_length=120, blank=True)
    agent = models.CharField(max_length=24, blank=True)
    filtered = models.CharField(max_length=24, blank=True)

    class Meta:
        """In the order in which they came."""

        ordering = ["id"]
        indexes = [models.Index(fields=["link", "filtered", "at"]), models.Index(fields=["visitor", "at"])]


class PromoCode(Owned):
    """A promo code: a collaboration's, or for everybody (`sitewide`) and then nobody's credit.

    `word` is upper case. `starts_at` is included, `ends_at` is not; `limit` is how many orders it counts for.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="codes")
    collaboration = models.ForeignKey(Collaboration, null=True, on_delete=models.CASCADE, related_name="codes")
    word = models.CharField(max_length=40)
    sitewide = models.BooleanField(default=False)
    discount = models.CharField(max_length=40, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    limit = models.PositiveIntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A word stands once in a workspace."""

        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "word"], name="one_code_per_word")]


class Survey(Owned):
    """An answer to «how did you hear of us?» after an order: `channel` is creator, or the name of another way.

    `collaboration` is whom the person named, `tier` is known where only the kind of creator is. `order_key` names the
    order as its shop calls it; `key` makes an answer stand once.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="surveys")
    collaboration = models.ForeignKey(Collaboration, null=True, on_delete=models.SET_NULL, related_name="surveys")
    tier = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=40)
    at = models.DateTimeField()
    order_key = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=120)

    class Meta:
        """An answer stands once."""

        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="one_answer_per_key")]


class LiftStudy(Owned):
    """A study of lift: the panel that was brought, who was treated since when, and what came of it.

    `kind` is geo, series, or planned where the test is still to come. `panel` holds its places as `location`, its days
    as `date` and one list per day as `y`. `result` holds the `power` once it is told, then the values of
    `asterism.measurement.lift.Lift` and its `trace`. `tier` says which tier it speaks of, if one.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="lifts")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, default="geo")
    tier = models.CharField(max_length=20, blank=True)
    treated = models.JSONField(default=list)
    start = models.DateField()
    measure = models.CharField(max_length=40, default="revenue")
    currency = models.CharField(max_length=3, blank=True)
    panel = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ["-id"]
