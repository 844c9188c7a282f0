"""What was bought: shops that tell us, what they told, orders and refunds, and the rates of currencies."""

from django.db import models

from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.models.people import User


class Shop(Owned):
    """A shop that tells us of orders: `kind` is generic, shopify, woocommerce or file; `secret` signs what it says.

    `key` stands in the address it calls. `currency` and `timezone` are those of figures that name none.
    """

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=40, unique=True)
    secret = models.CharField(max_length=120, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    timezone = models.CharField(max_length=60, blank=True)
    revoked_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One name per workspace."""

        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="one_shop_per_name")]


class Arrival(Owned):
    """Something a shop said, as it came: kept first, understood after, so that nothing is lost.

    `state` is taken, waiting (for its order, or for a rate of its currency), refused or repeated; `why` says what is
    wrong in one line. `said` holds what is needed to do it again; names, addresses and mail addresses are left out.
    `digest` is the SHA-256 of the body as it came.
    """

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="arrivals")
    key = models.CharField(max_length=160)
    topic = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    said = models.JSONField(default=dict)
    state = models.CharField(max_length=12, db_index=True)
    why = models.CharField(max_length=300, blank=True)
    order_key = models.CharField(max_length=120, blank=True, db_index=True)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        """One delivery stands once."""

        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="one_arrival_per_key")]


class Order(Owned):
    """An order of a shop: money in cents of `currency`, after discounts and without tax and shipping.

    `customer` and `visitor` are keyed hashes. `codes` are the promo codes used, upper case; `clicks` the keys of
    clicks that came along. `changed_at` is the shop's own time of the newest word on it: an older one changes nothing.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="orders")
    key = models.CharField(max_length=120)
    at = models.DateTimeField(db_index=True)
    currency = models.CharField(max_length=3)
    cents = models.BigIntegerField()
    margin_cents = models.BigIntegerField(null=True)
    customer = models.CharField(max_length=32, blank=True, db_index=True)
    new_customer = models.BooleanField(null=True)
    visitor = models.CharField(max_length=32, blank=True)
    referrer = models.CharField(max_length=120, blank=True)
    codes = models.JSONField(default=list)
    clicks = models.JSONField(default=list)
    cancelled_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        """An order of a shop stands once, and is not below zero."""

        ordering = ["id"]
        indexes = [models.Index(fields=["workspace", "at"])]
        constraints = [
            models.UniqueConstraint(fields=["shop", "key"], name="one_order_per_key"),
            models.CheckConstraint(condition=models.Q(cents__gte=0), name="an_order_is_not_below_zero"),
        ]


class Refund(Owned):
    """What was given back of an order, all or a part; it never comes to more than the order."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="refunds")
    key = models.CharField(max_length=120)
    at = models.DateTimeField()
    cents = models.BigIntegerField()

    class Meta:
        """A refund stands once."""

        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "key"], name="one_refund_per_key"),
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="a_refund_is_above_zero"),
        ]


class Rate(Owned):
    """What one unit of a currency is worth in US dollars from a day on, until the next."""

    currency = models.CharField(max_length=3)
    on = models.DateField()
    usd = models.DecimalField(max_digits=20, decimal_places=10)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One rate per currency and day."""

        ordering = ["currency", "-on"]
        constraints = [models.UniqueConstraint(fields=["workspace", "currency", "on"], name="one_rate_per_day")]
