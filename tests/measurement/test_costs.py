from fractions import Fraction

import pytest

from asterism.errors import BadInput
from asterism.measurement.costs import KINDS, Costs, shared_out
from asterism.measurement.sharing import dealt


def test_the_full_cost_is_every_kind_together():
    costs = Costs(fee=50_000, product=2_500, shipping=499, usage_rights=10_000, boost=7_500, hours=6_000,
                  platform_fee=1_234, other=1)  # fmt: skip
    assert costs.total == 77_734
    assert list(costs.by_kind) == list(KINDS)


def test_costs_add_up_kind_by_kind():
    assert Costs(fee=1, boost=2) + Costs(fee=10, other=5) == Costs(fee=11, boost=2, other=5)


def test_a_cost_below_zero_is_refused():
    with pytest.raises(BadInput, match="`boost` is below zero"):
        Costs(boost=-1)


@pytest.mark.parametrize(
    ("cents", "weights", "shares"),
    [
        pytest.param(100, [1, 1, 1], (34, 33, 33), id="the first of equals gets the odd cent"),
        pytest.param(100, [1, 2, 3], (17, 33, 50), id="in proportion, the largest remainder first"),
        pytest.param(7, [0, 0], (4, 3), id="nobody weighs anything"),
        pytest.param(5, [Fraction(1, 3), 0], (5, 0), id="all to one"),
    ],
)
def test_cents_are_dealt_to_the_last(cents, weights, shares):
    assert dealt(cents, weights) == shares


def test_nobody_to_share_with_is_refused():
    with pytest.raises(BadInput, match="nobody to share"):
        dealt(1, [])


def test_shared_costs_come_to_the_whole_in_every_kind():
    parts = shared_out(Costs(boost=1_001, other=100), [300, 200, 100])
    assert sum(parts, Costs()) == Costs(boost=1_001, other=100)
    assert [part.boost for part in parts] == [500, 334, 167]
