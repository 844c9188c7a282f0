"""Deliveries that come at the same moment, on SQLite in a file and on PostgreSQL: each is seen, none done twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from asterism.desk.studio.orders import BroughtOrders, OrderFilter, bring_orders, orders_page
from asterism.desk.studio.shops import NewShop, add_shop
from asterism.store.ledger.arrivals import forget_visitors
from asterism.store.ledger.models import Arrival, Order, Refund
from tests.measurement.shops.words import own
from tests.store.ledger.postgres import databases, postgres_folder, real_ledger
from tests.studio import NOW, place

__all__ = ["databases", "postgres_folder", "real_ledger"]


@pytest.fixture
def here(real_ledger):
    return place(f"Arrive {uuid4().hex[:12]}")


def at_once(*deeds):
    """What each deed returned, all started at the same moment."""
    start = Barrier(len(deeds))

    def run(deed):
        try:
            start.wait(10)
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_what_is_said_of_one_order_at_the_same_moment_is_all_seen(here):
    shop = add_shop(here.owner, NewShop(name="Web", kind="file"))[0].pk
    refunds = [{"id": f"r{n}", "order": "1001", "amount": "1.00", "at": NOW} for n in range(3)]
    said = [
        {"orders": [own()]},
        {"orders": [own()]},
        *({"refunds": [one]} for one in refunds),
        {"refunds": refunds[:1]},
    ]
    at_once(*(lambda words=words: bring_orders(here.owner, BroughtOrders(shop=shop, **words)) for words in said))
    assert Order.objects.get(shop=shop).cents == 6000
    assert Refund.objects.filter(order__shop=shop).count() == 3
    assert sorted(Arrival.objects.filter(shop=shop).values_list("state", "times")) == [
        ("taken", 1), ("taken", 1), ("taken", 2), ("taken", 2),
    ]  # fmt: skip


def test_pages_count_and_visitors_are_forgotten_on_every_database(here):
    bring_orders(here.owner, BroughtOrders(orders=[own(), own(id="1002", codes=[], landing="", ip="")]))
    page = orders_page(here.owner, OrderFilter())
    assert (page.counted.with_code, page.counted.with_click, page.unknown) == (1, 0, (("ANA15", 1),))
    assert forget_visitors(here.owner.workspace, NOW + timedelta(days=1)) == 1
    assert forget_visitors(here.owner.workspace, NOW + timedelta(days=1)) == 0
