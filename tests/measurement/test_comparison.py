from datetime import UTC, datetime
from fractions import Fraction

import pytest

from asterism.measurement.comparison import compare
from asterism.measurement.costs import Costs
from asterism.measurement.delivered import Delivered
from asterism.measurement.events import Partner
from asterism.measurement.ledger import Line, Return
from asterism.measurement.roi_of import Beside
from asterism.measurement.tracked import Tracked
from asterism.measurement.uplift import Uplift
from asterism.quantities import Interval


def line(tier, cost, orders, each=1_000):
    margin = orders * each
    tracked = Tracked(Fraction(orders), margin=margin, squares=float(orders * each**2),
                      first=datetime(2026, 5, 1, tzinfo=UTC))  # fmt: skip
    return Line(Partner(tier, "c", tier, tier=tier), tier, Costs(fee=cost), tracked, Delivered())


def told(*lines, beside=None):
    return compare(Return("EUR", "last_click 1", None, lines, beside or Beside()))


def test_a_clear_difference_is_told_with_both_figures():
    found = told(line("macro", 100_000, 70), line("micro", 100_000, 140))
    assert found.pairs[0].told
    assert found.sentence == (
        "Micro returned 1.40 per euro (1.25–1.56), macro 0.70 (0.60–0.82): micro did better than macro (chance over "
        "99%)."
    )


def test_a_small_difference_cannot_be_told():
    found = told(line("micro", 100_000, 50), line("macro", 100_000, 45))
    assert not found.pairs[0].told
    assert 0.5 < found.pairs[0].chance < 0.8
    assert "whether micro did better than macro cannot be told yet" in found.sentence


def test_a_large_difference_of_few_orders_cannot_be_told():
    found = told(line("micro", 10_000, 9, 10_000), line("macro", 100_000, 45))
    assert found.pairs[0].chance > 0.99
    assert not found.pairs[0].told
    assert "fewer than 10 orders of one of them" in found.sentence


def test_equal_tiers_are_a_toss_up():
    assert told(line("micro", 100, 50), line("macro", 100, 50)).pairs[0].chance == pytest.approx(0.5)


def test_kinds_of_figures_are_never_mixed():
    lines = line("micro", 100_000, 50), line("macro", 100_000, 60)
    one = {"micro": Uplift(Interval(4, 3, 5), 50, 150)}
    assert told(*lines, beside=Beside(one)).by == "counting"
    assert told(*lines, beside=Beside(one)).returned[0][0] == "macro"
    both = {**one, "macro": Uplift(Interval(1, 0.9, 1.1), 60, 0)}
    assert told(*lines, beside=Beside(both)).by == "survey_adjusted"
    assert told(*lines, beside=Beside(both)).returned[0][0] == "micro"


def test_a_survey_is_as_unsure_as_its_orders_are_few():
    lines = line("micro", 100_000, 12), line("macro", 100_000, 10)
    sharp = {name: Uplift(Interval(2, 2, 2), n, n) for name, n in (("micro", 12), ("macro", 10))}
    found = told(*lines, beside=Beside(sharp))
    assert found.returned[1][1].low == pytest.approx(0.2)
    assert found.pairs[0].chance < 0.8


def test_a_lift_of_one_of_them_does_not_make_the_survey_of_both_surer():
    """Micro alone has a lift, so both are compared by survey: with the doubt of 12 orders, as without the lift."""
    lines = line("micro", 100_000, 12), line("macro", 100_000, 10)
    sharp = {name: Uplift(Interval(2, 2, 2), n, n) for name, n in (("micro", 12), ("macro", 10))}
    plain = told(*lines, beside=Beside(sharp))
    lifted = told(*lines, beside=Beside(sharp, {"micro": Interval(1_000, 900, 1_100)}, 0.5))
    assert lifted.by == plain.by == "survey_adjusted"
    assert lifted.pairs[0].chance == pytest.approx(plain.pairs[0].chance)


def test_who_has_no_figure_is_named():
    found = told(line("micro", 100_000, 50), line("nano", 5_000, 0))
    assert found.unknown == ("nano",)
    assert found.pairs == ()


def test_nothing_to_compare_is_said():
    assert "cannot be told yet" in told(line("nano", 5_000, 0)).sentence
