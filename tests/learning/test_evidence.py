"""Results are joined with who made them and with what was bought."""

import pytest

from asterism.creators.tables import FX
from asterism.learning.evidence import known, prices, works
from tests.learning.made import START, creators, evidence, outcome, paid, quote, table

WHO = creators(2, followers=[40_000, 90_000])


def test_results_of_nobody_known_are_left_out():
    stranger = {"creator_id": "x"}
    assert works(evidence(WHO, [outcome(stranger, "campaign 1", cost=1.0)])) == []
    assert prices(evidence(WHO, rates=[quote(stranger, "1 post", 5.0)])) == []


@pytest.mark.parametrize(
    ("rates", "bought"),
    [
        ([paid(WHO[0], "3 posts", 900.0, 4)], ("post", 3)),
        ([paid(WHO[0], "3 posts", 901.0, 4)], (None, None)),
        ([paid(WHO[0], "3 posts", 700.0, 4)], ("post", 3)),
        ([paid(WHO[0], "3 posts", 400.0, 4)], (None, None)),
        ([paid(WHO[0], "3 posts", 700.0, 4), paid(WHO[0], "1 reel", 600.0, 4)], (None, None)),
        ([paid(WHO[0], "2 reels + 1 story", 900.0, 4)], (None, None)),
        ([paid(WHO[1], "3 posts", 900.0, 4)], (None, None)),
        ([quote(WHO[0], "3 posts", 900.0)], (None, None)),
        ([paid(WHO[0], "3 posts", 900.0, 40)], (None, None)),
        ([paid(WHO[0], "1 reel", 900.0, 14), paid(WHO[0], "3 posts", 900.0, 4)], ("post", 3)),
    ],
    ids=[
        "the fee paid",
        "more than the cost",
        "most of the cost",
        "little of the cost",
        "either of two",
        "two formats",
        "another creator",
        "only asked",
        "too long ago",
        "the nearest",
    ],
)
def test_what_was_bought_is_known_where_the_fee_paid_tells(rates, bought):
    (work,) = works(evidence(WHO, [outcome(WHO[0], "campaign 4", cost=900.0)], rates))
    assert (work.format, work.posts) == bought


def test_costs_are_in_dollars():
    fx = table([{"currency": "EUR", "date": START, "usd": 1.1}], FX)
    done = [{**outcome(WHO[0], "campaign 1", cost=100.0, revenue=50.0), "currency": "EUR"}]
    (work,) = works(evidence(WHO, done, fx=fx))
    assert (work.cost, work.revenue) == pytest.approx((110.0, 55.0))


def test_the_largest_account_speaks_for_an_id():
    twice = [*WHO, {**WHO[0], "platform": "tiktok", "followers": 400_000}]
    assert known(evidence(twice).creators)[WHO[0]["creator_id"]].platform == "tiktok"
