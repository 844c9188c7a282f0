"""What stands of an order is a matter of what was said, not of when it came."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asterism.measurement.shops.said import CancelSaid, OrderSaid, RefundSaid
from asterism.measurement.shops.standing import OLDER, stand
from tests.measurement.shops.words import NOW


def at(hour):
    return NOW + timedelta(hours=hour)


def order(hour=0, cents=6000, **more):
    return OrderSaid("1001", NOW, cents, "EUR", at(hour), **more)


def refund(key="r1", cents=1000, hour=1, changed=None, **more):
    return RefundSaid("1001", key, at(hour), cents, at(hour if changed is None else changed), **more)


def known(code):
    return code == "EUR"


CASES = {
    "an order": ([order()], 6000, {}, False, ["taken"]),
    "a refund waits for its order": ([refund()], None, {}, False, ["waiting"]),
    "and is done with it": ([refund(), order()], 6000, {"r1": 1000}, False, ["taken", "taken"]),
    "an update": ([order(), order(2, 5000)], 5000, {}, False, ["taken", "taken"]),
    "an older word changes nothing": ([order(2, 5000), order(0)], 5000, {}, False, ["taken", "taken"]),
    "refunds up to the order": ([order(), refund(cents=4000), refund("r2", 2000)], 6000, {"r1": 4000, "r2": 2000},
                                False, ["taken"] * 3),
    "a refund too large": ([order(), refund(cents=6001)], 6000, {}, False, ["taken", "refused"]),
    "refunds too large together": ([order(), refund(cents=4000), refund("r2", 2001)], 6000, {"r1": 4000}, False,
                                   ["taken", "taken", "refused"]),
    "the earlier refund goes first": ([order(), refund("r1", 4000, 2), refund("r2", 4000, 1)], 6000, {"r2": 4000},
                                      False, ["taken", "refused", "taken"]),
    "a refund fits after the order grew": ([order(), refund(cents=7000), order(3, 8000)], 8000, {"r1": 7000}, False,
                                           ["taken"] * 3),
    "a refund is too large once the order shrank": ([order(), refund(cents=5000), order(3, 4000)], 4000, {}, False,
                                                    ["taken", "refused", "taken"]),
    "a refund in another currency": ([order(), refund(currency="USD")], 6000, {}, False, ["taken", "refused"]),
    "a refund said again otherwise": ([order(), refund(cents=1000), refund(cents=900, changed=5)], 6000, {"r1": 900},
                                      False, ["taken"] * 3),
    "cancelled": ([order(), CancelSaid("1001", at(1))], 6000, {}, True, ["taken", "taken"]),
    "cancelled before it was changed": ([order(2), CancelSaid("1001", at(1))], 6000, {}, False, ["taken", "taken"]),
    "a cancelling waits": ([CancelSaid("1001", at(1))], None, {}, False, ["waiting"]),
    "an unknown currency waits": ([replace(order(), currency="XQQ")], None, {}, False, ["waiting"]),
    "and its update does not": ([replace(order(), currency="XQQ"), order(1)], 6000, {}, False, ["waiting", "taken"]),
    "a refund with its order": ([order(2, refunds=(refund(),))], 6000, {"r1": 1000}, False, ["taken"]),
    "a refund taken back": ([order(2, refunds=(refund(),)), order(3)], 6000, {}, False, ["taken", "taken"]),
}  # fmt: skip


@pytest.mark.parametrize(("said", "cents", "refunds", "off", "states"), list(CASES.values()), ids=list(CASES))
def test_what_stands(said, cents, refunds, off, states):
    found = stand(said, known)
    assert (found.order.cents if found.order else None) == cents
    assert {one.key: one.cents for one in found.refunds} == refunds
    assert bool(found.order and found.order.cancelled_at) == off
    assert [one.state for one in found.verdicts] == states


def test_what_waits_or_is_refused_says_why():
    lines = [one.why for one in stand([order(), refund(cents=7000), refund("r2", currency="USD")], known).verdicts]
    assert lines[1] == "The refund `r1` is 70.00 EUR, and 60.00 of its order are left."
    assert lines[2] == "The refund `r2` is in USD, its order in EUR."
    assert stand([refund()], known).verdicts[0].why == "The order `1001` has not come yet."
    assert "XQQ is no currency we know" in stand([replace(order(), currency="XQQ")], known).verdicts[0].why
    assert stand([order(1), order()], known).verdicts[1].why == OLDER


def test_a_refund_too_large_within_its_order_is_told_with_the_order():
    (verdict,) = stand([order(2, refunds=(refund(cents=9000),))], known).verdicts
    assert verdict.state == "taken"
    assert "60.00 of its order are left" in verdict.why


def test_a_customer_is_as_new_as_was_said_first_and_clicks_of_every_word_stay():
    words = [order(0, new_customer=True, clicks=("k1",)), order(1, new_customer=False, clicks=("k2",))]
    found = stand(words, known).order
    assert found.new_customer is True
    assert set(found.clicks) == {"k1", "k2"}


def test_a_refund_is_dated_as_it_was_told_first():
    words = [order(2, refunds=(refund(hour=2),)), order(5, refunds=(refund(hour=5),))]
    assert stand(words, known).refunds[0].at == at(2)


words = st.one_of(
    st.builds(order, st.integers(0, 4), st.sampled_from((3000, 6000)),
              new_customer=st.sampled_from((None, True, False)),
              clicks=st.sampled_from(((), ("k1",), ("k2",))), cancelled_at=st.sampled_from((None, at(3))),
              refunds=st.sampled_from(((), (refund("r1", 1500, 2),), (refund("r3", 2500, 1, 3),)))),
    st.builds(refund, st.sampled_from(("r1", "r2", "r3")), st.sampled_from((1000, 2000, 4000)), st.integers(1, 3),
              st.integers(3, 5), currency=st.sampled_from(("", "EUR", "USD"))),
    st.builds(CancelSaid, st.just("1001"), st.builds(at, st.integers(0, 5))),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(words, max_size=7).flatmap(lambda said: st.tuples(st.just(said), st.permutations(said + said[:3]))))
def test_any_order_of_arrival_and_any_repetition_ends_the_same(both):
    said, shuffled = both
    once, again = stand(said, known), stand(shuffled, known)
    assert (once.order, once.refunds) == (again.order, again.refunds)
    assert dict(zip(said, once.verdicts, strict=True)) == dict(zip(shuffled, again.verdicts, strict=True))
    if once.order:
        assert sum(one.cents for one in once.refunds) <= once.order.cents
