from datetime import UTC, datetime
from fractions import Fraction

import pytest

from asterism.errors import BadInput
from asterism.measurement.crediting import Credit
from asterism.measurement.economics import Economics
from asterism.quantities import Money


def credit(gross, refunded=0, share=Fraction(1), margin=None):
    at = datetime(2026, 5, 1, tzinfo=UTC)
    return Credit("o", "p", "c", at, "code", "P", share, gross, refunded, gross - refunded, margin)


HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("margin", "parts", "left"),
    [
        pytest.param("40%", [credit(10_000)], [4_000], id="a share of revenue"),
        pytest.param("40%", [credit(10_000, 2_500)], [3_000], id="a share of what is left after refunds"),
        pytest.param("6 EUR", [credit(10_000)], [600], id="an amount per sale"),
        pytest.param("6 EUR", [credit(10_000, 2_500)], [450], id="per sale, a quarter given back"),
        pytest.param("6 EUR", [credit(10_000, 10_000)], [0], id="per sale, all given back"),
        pytest.param("6 EUR", [credit(0)], [600], id="per sale, a free order"),
        pytest.param("40%", [credit(10_000, margin=1_234)], [1_234], id="the order's own goes first"),
        pytest.param(None, [credit(10_000)], [None], id="nothing known"),
        pytest.param(None, [credit(10_000, margin=-50)], [-50], id="sold below cost"),
        pytest.param("33%", [credit(50, share=HALF), credit(51, share=HALF)], [16, 17], id="shared to the cent"),
        pytest.param("0.01 EUR", [credit(5, share=HALF), credit(5, share=HALF)], [1, 0], id="one cent for two"),
    ],
)
def test_the_margin_of_an_order(margin, parts, left):
    assert Economics.parse(margin).margins(parts, "EUR") == left


@pytest.mark.parametrize("text", ["x%", "140%", "%", "six", "1/0%"])
def test_what_is_no_margin_is_refused(text):
    with pytest.raises(BadInput, match=r"margin|amount of money"):
        Economics.parse(text)


@pytest.mark.parametrize("text", ["40", "0.4", "40.", "lots"])
def test_a_figure_alone_is_asked_what_it_means(text):
    with pytest.raises(BadInput, match=rf"`{text}` is no margin. Write `40%` of revenue, or `6 USD` per sale"):
        Economics.parse(text)


def test_an_amount_that_can_be_read_in_two_ways_is_told_so():
    with pytest.raises(BadInput, match="two ways"):
        Economics.parse("1.500 EUR")


def test_an_amount_per_sale_goes_before_a_share():
    assert Economics(Money.parse("6 EUR"), HALF).margins([credit(10_000)], "EUR") == [600]


def test_a_margin_in_another_currency_is_not_guessed():
    with pytest.raises(BadInput, match="in USD, the ledger in EUR"):
        Economics(per_sale=Money.parse("6 USD")).margins([credit(100)], "EUR")
