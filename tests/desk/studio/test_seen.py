"""What tracking saw, as attribution takes it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from asterism.desk.studio.seen import seen
from asterism.measurement.events import Code, Seen
from asterism.quantities import Money
from asterism.store.ledger import models as m
from asterism.store.ledger.hashes import customer_hash
from asterism.store.ledger.scope import add, save
from tests.studio import KEY, NOW, collaboration, creator, place, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    seat = place().owner
    world(seat)
    return seat


def only(values):
    (one,) = values
    return one


def test_a_collaboration_is_a_partner_by_its_numbers_with_the_creator_as_customer(seat):
    partner = only(seen(seat).partners)
    assert (partner.key, partner.campaign, partner.creator_id) == (str(KEY), str(KEY), "c-ana")
    assert (partner.platform, partner.tier, partner.phase) == ("instagram", "micro", "campaign")
    assert partner.customer == customer_hash(seat.workspace.pk, "ANA@creator.test")


def test_a_click_belongs_to_the_partner_of_its_link(seat):
    save(seat, m.Click.objects.get(), filtered="bot", visitor="v", referrer="instagram.com")
    click = only(seen(seat).clicks)
    assert (click.partner, click.campaign, click.at) == (str(KEY), str(KEY), NOW)
    assert (click.filtered, click.visitor, click.referrer, click.counted) == ("bot", "v", "instagram.com", False)


def test_a_click_on_the_campaigns_own_link_is_nobodys(seat):
    save(seat, m.Link.objects.get(), collaboration=None)
    assert only(seen(seat).clicks).partner == ""


def test_a_code_keeps_its_window_and_limit_and_ends_when_it_is_revoked(seat):
    starts, ends = NOW - timedelta(days=1), NOW + timedelta(days=9)
    save(seat, m.PromoCode.objects.get(), starts_at=starts, ends_at=ends, limit=3)
    assert only(seen(seat).codes) == Code("ANA15", str(KEY), str(KEY), starts, ends, 3)
    save(seat, m.PromoCode.objects.get(), revoked_at=NOW)
    assert only(seen(seat).codes).ends == NOW


def test_a_sitewide_code_is_nobodys_even_where_a_collaboration_stands_beside_it(seat):
    save(seat, m.PromoCode.objects.get(), sitewide=True)
    assert only(seen(seat).codes).sitewide


def test_an_order_comes_with_its_refunds_in_its_currency(seat):
    save(seat, m.Order.objects.get(), codes=["ANA15"], clicks=["k"], margin_cents=2_501, customer="c", currency="EUR")
    order = only(seen(seat).orders)
    assert order.key == f"{KEY}:1001"
    assert (order.amount, order.margin) == (Money(Decimal(60), "EUR"), Money(Decimal("25.01"), "EUR"))
    assert (order.codes, order.clicks, order.customer) == (("ANA15",), ("k",), "c")
    assert (only(order.refunds).amount, order.kept) == (Money(Decimal(10), "EUR"), Money(Decimal(50), "EUR"))


def test_orders_of_two_shops_with_one_number_stay_apart(seat):
    other = add(seat, m.Shop, name="Other", kind="generic", key="other")
    add(seat, m.Order, shop=other, key="1001", at=NOW, currency="USD", cents=1, changed_at=NOW, cancelled_at=NOW)
    first, second = seen(seat).orders
    assert first.key != second.key
    assert (first.cancelled, second.cancelled, second.refunds) == (False, True, ())


def test_nothing_of_another_workspace_is_seen(seat):
    assert seen(place("Other").owner) == Seen()


def test_many_rows_take_as_many_questions_as_one(seat, django_assert_max_num_queries):
    campaign = m.Campaign.objects.get()
    for n in range(5):
        collaboration(seat, campaign, creator(seat, f"b{n}"))
    with django_assert_max_num_queries(6):
        assert len(seen(seat).partners) == 6
