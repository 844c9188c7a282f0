"""What of links, clicks and promo codes names a creator goes with them; the books stay."""

from datetime import timedelta

import pytest

from asterism.desk.studio.seen import seen
from asterism.measurement.attribution import attribute
from asterism.measurement.crediting import Rule
from asterism.measurement.exchange import DatedRates
from asterism.measurement.shops.said import OrderSaid
from asterism.store.ledger import models as m
from asterism.store.ledger.arrivals import Delivery, keep, settle
from asterism.store.ledger.forgetting import forget_creator, told_of
from asterism.store.ledger.hashes import customer_hash
from asterism.store.ledger.scope import add, find, save, together
from tests.studio import KEY, NOW, collaboration, creator, place, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    seat = place().owner
    spring = world(seat)
    m.Creator.objects.filter(pk=KEY).update(handle="zebrafinch", name="Zebra Finch", creator_id="c-zebra")
    m.Link.objects.filter(pk=KEY).update(
        utm={"utm_content": "zebrafinch", "utm_source": "instagram"},
        label="Zebra's story",
        target="https://zebrafinch.example/by/zebrafinch?who=Zebrafinch#zebrafinch",
    )
    m.Click.objects.filter(pk=KEY).update(visitor="hash", referrer="zebrafinch.example")
    m.PromoCode.objects.filter(pk=KEY).update(word="ZEBRA15", discount="15% with Zebra")
    m.Order.objects.filter(pk=KEY).update(codes=["SITE", "ZEBRA15"])
    m.Once.objects.filter(pk=KEY).update(answer={"word": "ZEBRA15"})
    bea = collaboration(seat, spring, creator(seat, "bea"))
    add(seat, m.Link, campaign=spring, collaboration=bea, code="bea", target="https://shop.test/", utm={"a": "b"})
    add(seat, m.Link, campaign=spring, code="own", target="https://shop.test/", label="with zebrafinch")
    add(seat, m.PromoCode, campaign=spring, collaboration=bea, word="BEA15")
    return seat


def forget(seat):
    with together():
        return forget_creator(seat, find(seat, m.Creator, KEY))


def test_links_no_longer_say_whose_they_are_and_still_lead_to_the_shop(seat):
    forget(seat)
    link = find(seat, m.Link, KEY)
    assert (link.utm, link.label, link.collaboration_id) == ({}, "", KEY)
    assert link.target == "https://zebrafinch.example/by/erased?who=erased#erased"
    assert m.Link.objects.get(code="own").label == "with erased"
    assert m.Link.objects.get(code="bea").utm == {"a": "b"}


def test_clicks_stay_counted_and_say_nothing_of_visitors(seat):
    forget(seat)
    click = find(seat, m.Click, KEY)
    assert (click.visitor, click.referrer, click.at) == ("", "", NOW)


def test_a_code_gets_a_neutral_word_and_its_orders_are_credited_as_before(seat):
    counts = forget(seat)
    code = find(seat, m.PromoCode, KEY)
    assert (code.word, code.discount) == (f"ERASED-{KEY}", "")
    assert find(seat, m.Order, KEY).codes == ["SITE", f"ERASED-{KEY}"]
    assert counts["PromoCode"] == 1
    found = seen(seat)
    assert {one.word: one.partner for one in found.codes}[found.orders[0].codes[1]] == str(KEY)
    assert m.PromoCode.objects.filter(word="BEA15").exists()


def test_free_words_of_studies_answers_and_links_to_reports_name_nobody(seat):
    m.ResultLink.objects.filter(pk=KEY).update(label="for Zebra Finch")
    m.LiftStudy.objects.filter(pk=KEY).update(name="zebrafinch in the south", result={"trace": ["@zebrafinch"]})
    m.Survey.objects.filter(pk=KEY).update(channel="zebrafinch", key="a-1")
    forget(seat)
    study, answer = find(seat, m.LiftStudy, KEY), find(seat, m.Survey, KEY)
    assert find(seat, m.ResultLink, KEY).label == "for erased"
    assert (study.name, study.result) == ("erased in the south", {"trace": ["@erased"]})
    assert (answer.channel, answer.key, answer.collaboration_id) == ("erased", "a-1", KEY)


def test_answers_that_quoted_the_code_do_not_any_more(seat):
    forget(seat)
    assert find(seat, m.Once, KEY).answer == {"word": "erased"}


def test_orders_of_another_workspace_keep_a_code_of_the_same_word(seat):
    other = place("Other").owner
    world_of_other = add(other, m.Shop, name="Shop", kind="generic", key="other")
    order = add(other, m.Order, shop=world_of_other, key="1", at=NOW, currency="USD", cents=1, changed_at=NOW)
    save(other, order, codes=["ZEBRA15"])
    forget(seat)
    assert find(other, m.Order, order.pk).codes == ["ZEBRA15"]


def credited(seat):
    """Who is credited with which cents, and what counts for nobody."""
    found = attribute(seen(seat), Rule("last_click"), "USD", DatedRates.of([]))
    return sorted((one.order, one.partner, one.revenue_cents) for one in found.credits)


def order(seat, key, **fields):
    shop = m.Shop.objects.get(pk=KEY)
    return add(seat, m.Order, shop=shop, key=key, at=NOW, currency="USD", cents=900, changed_at=NOW, **fields)


def test_an_order_that_only_its_visitor_joins_stays_credited(seat):
    m.Order.objects.all().delete()
    order(seat, "seen", visitor="hash")
    before = credited(seat)
    forget(seat)
    assert before == credited(seat) == [(f"{KEY}:seen", str(KEY), 900)]


def test_what_a_creator_ordered_credits_nobody_and_does_not_say_who_ordered(seat):
    m.Order.objects.all().delete()
    m.Creator.objects.filter(pk=KEY).update(email="zebra@finch.test")
    who = customer_hash(seat.workspace.pk, "zebra@finch.test")
    key = find(seat, m.Click, KEY).key
    said = OrderSaid("own", NOW, 900, "USD", NOW, codes=("ZEBRA15",), clicks=(key,), customer=who, visitor="hash")
    keep(seat, m.Shop.objects.get(pk=KEY), [Delivery("d", "orders", "", said)])
    order(seat, "for bea", customer=who, codes=["ZEBRA15", "BEA15"])
    order(seat, "another's", customer="somebody", codes=["ZEBRA15"])
    before = credited(seat)
    assert [one[0] for one in before] == [f"{KEY}:another's", f"{KEY}:for bea"]
    assert forget(seat)["Order"] == 2
    assert credited(seat) == before
    settle(seat, m.Shop.objects.get(pk=KEY), ["own"])
    own = m.Order.objects.get(key="own")
    assert (own.customer, own.visitor, own.codes, own.clicks) == ("", "", [], [])
    assert who not in str(list(m.Arrival.objects.values_list("said", flat=True)))
    assert m.Order.objects.get(key="another's").customer == "somebody"


def test_who_asks_is_told_of_links_clicks_and_codes(seat):
    told = told_of(seat, find(seat, m.Creator, KEY))
    assert (len(told["link"]), len(told["click"]), told["promocode"][0]["word"]) == (1, 1, "ZEBRA15")


def test_an_erasure_may_be_done_twice(seat):
    forget(seat)
    save(seat, find(seat, m.Creator, KEY), erased_at=NOW + timedelta(days=1))
    forget(seat)
    assert find(seat, m.PromoCode, KEY).word == f"ERASED-{KEY}"
