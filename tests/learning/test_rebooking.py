"""Whom to keep, test again or end it with: by money first, pooled over all, with conduct beside it."""

from datetime import UTC, date, datetime

import pytest

from asterism.campaigns.relationships import History, Tally, relationship
from asterism.errors import BadInput
from asterism.learning.evidence import Who, Work
from asterism.learning.rebooking import AGAIN, END, KEEP, UNTOLD, Conduct, Economics, rebook

NOW = date(2026, 6, 1)
USUAL = [
    Work(Who(f"u{i}", "instagram", 50_000), f"c{i % 6}", datetime(2026, 1, 1, tzinfo=UTC), cost=500.0, orders=float(n),
         revenue=50.0 * n, clicks=500.0)
    for i, n in enumerate([9, 10, 11, 8, 12, 10, 9, 11, 10, 10, 12, 8])
]  # fmt: skip
"""Twelve creators who bring ten orders of 50 dollars each for 500: they pay exactly."""


def work(name, orders, cost=500.0, campaigns=3):
    return [
        Work(Who(name, "instagram", 50_000), f"c{i}", datetime(2026, 1, 1, tzinfo=UTC), cost=cost, orders=orders,
             revenue=None if orders is None else 50.0 * orders)
        for i in range(campaigns)
    ]  # fmt: skip


def advice(works, conduct=None, margin=1.0, who="ana"):
    found = rebook([*USUAL, *works], Economics(margin), conduct)
    return next(a for a in found if a.creator_id == who)


@pytest.mark.parametrize(
    ("orders", "verdict"), [(40.0, KEEP), (0.0, END), (2.0, END)], ids=["four times", "none", "a fifth"]
)
def test_who_clearly_pays_is_kept_and_who_clearly_does_not_is_ended(orders, verdict):
    found = advice(work("ana", orders))
    assert found.verdict == verdict
    assert found.more is None
    assert f"{3 * orders:g} orders for 1,500 USD in 3 campaigns" in found.reasons


@pytest.mark.parametrize(("orders", "said"), [(400.0, "over 99%"), (0.0, "under 1%")], ids=["many", "none"])
def test_no_chance_is_called_certain(orders, said):
    """The range is of collaborations on average: a single one has its luck besides."""
    assert f"on average ({'+' if orders else '−'}" in advice(work("ana", orders)).reasons[1]
    assert advice(work("ana", orders)).reasons[1].endswith(f"the chance that this pays is {said}")


def test_one_order_is_counted_in_the_singular():
    assert advice(work("ana", 1.0, campaigns=1)).reasons[0].startswith("1 order for 500 USD in 1 campaign")


def test_two_orders_are_no_proof():
    found = advice(work("ana", 1.0, cost=25.0, campaigns=2))
    assert found.verdict in (AGAIN, UNTOLD)
    assert found.roi.low < 0 < found.roi.high
    assert "more collaboration" in found.reasons[-1] or "no test" in found.reasons[-1]


def test_the_same_share_on_more_orders_is_surer():
    few, many = advice(work("ana", 2.0, cost=50.0, campaigns=1)), advice(work("ana", 40.0, cost=1000.0))
    assert few.chance < many.chance
    assert few.roi.mean < many.roi.mean  # drawn to what the others bring


def test_a_low_margin_turns_a_return_into_a_loss():
    good, poor = (advice(work("ana", 12.0), margin=margin) for margin in (1.0, 0.3))
    assert good.roi.mean > 0 > poor.roi.mean
    assert poor.verdict == END
    assert "−" in poor.reasons[1]


def test_without_orders_nothing_can_be_told():
    found = advice(work("ana", None))
    assert (found.verdict, found.roi, found.chance) == (UNTOLD, None, None)
    assert "run one collaboration with a link or code" in found.reasons[0]


def test_posts_without_their_disclosure_end_it_whatever_was_earned():
    found = advice(work("ana", 40.0), {"ana": Conduct(disclosed=Tally(1, 3))})
    assert found.verdict == END
    assert found.reasons[0] == "2 of 3 posts went out without the disclosure they need"
    assert advice(work("ana", 40.0), {"ana": Conduct(disclosed=Tally(2, 3))}).verdict == KEEP


def test_a_strong_relationship_makes_an_advocate_of_who_pays_only():
    close = History(12, Tally(12, 12), (2.0, 3.0, 1.0), Tally(4, 4), Tally(6, 6), 9, NOW)
    tie = {"ana": Conduct(relationship=relationship(close, NOW))}
    assert advice(work("ana", 40.0), tie).advocate
    assert "advocate" in advice(work("ana", 40.0), tie).reasons[-1]
    assert not advice(work("ana", 0.0), tie).advocate
    assert not advice(work("ana", 40.0), {"ana": Conduct(relationship=relationship(History(), NOW))}).advocate


def test_lateness_is_said():
    found = advice(work("ana", 40.0), {"ana": Conduct(on_time=Tally(1, 4))})
    assert found.reasons[-1].startswith("1 of 4 deliverables came in time")


def test_those_to_keep_come_first_and_those_to_end_last():
    verdicts = [a.verdict for a in rebook([*USUAL, *work("ana", 40.0), *work("ben", 0.0)])]
    assert verdicts[0] == KEEP
    assert verdicts[-1] == END


def test_a_margin_is_a_share():
    with pytest.raises(BadInput, match="margin of 20"):
        Economics(20)
