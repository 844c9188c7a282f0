"""Rates, figures and joined clicks are written many at once, on both databases."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from asterism.measurement.shops.said import OrderSaid
from asterism.store.ledger import models as m
from asterism.store.ledger.arrivals import Delivery, forget_visitors, keep
from asterism.store.ledger.figures import add_figures
from asterism.store.ledger.rates import put_rates
from asterism.store.ledger.visitors import drop_visitors
from tests.store.ledger.postgres import databases, postgres_folder, real_ledger
from tests.studio import KEY, NOW, place, world

__all__ = ["databases", "postgres_folder", "real_ledger"]
DAY = date(2026, 11, 1)


@pytest.mark.campaign
def test_what_is_written_many_at_once_stands_once_on_both_databases(real_ledger):
    with transaction.atomic():  # the ledger is shared with other tests
        seat = place(f"Many {real_ledger}").owner
        world(seat)
        m.Rate.objects.all().delete()
        first = put_rates(
            seat, [("EUR", DAY, Decimal("1.1")), ("GBP", DAY, Decimal("1.3")), ("EUR", DAY, Decimal("1.2"))]
        )
        again = put_rates(seat, [("EUR", DAY, Decimal("1.4")), ("GBP", DAY, Decimal("1.3"))])
        assert [one.pk for one in first] == [one.pk for one in again]
        assert [one.usd for one in again] == [Decimal("1.4"), Decimal("1.3")]
        post = m.LivePost.objects.get(pk=KEY)
        told = [(post, NOW - timedelta(hours=n % 2), {"likes": n}) for n in range(4)]
        assert (add_figures(seat, "import", told), add_figures(seat, "import", told)) == (2, 0)
        shop = m.Shop.objects.get(pk=KEY)
        said = OrderSaid("seen", NOW, 900, "USD", NOW, visitor="hash")
        keep(seat, shop, [Delivery("seen", "orders", "", said)])
        m.Click.objects.filter(pk=KEY).update(visitor="hash", filtered="", at=NOW - timedelta(days=1))
        assert drop_visitors(NOW + timedelta(days=400)) >= 2
        assert m.Order.objects.get(key="seen").clicks == [m.Click.objects.get(pk=KEY).key]
        assert forget_visitors(seat.workspace, NOW + timedelta(days=800)) == 0
        transaction.set_rollback(True)
