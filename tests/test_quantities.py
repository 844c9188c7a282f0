import math
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asterism.errors import BadInput, UnknownCurrency
from asterism.quantities import Exchange, Interval, Money, Period, Share, figure


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("20000 USD", "20000.00", "USD"),
        ("20,000 USD", "20000.00", "USD"),
        ("USD 20 000", "20000.00", "USD"),
        ("$75", "75.00", "USD"),
        ("1.5k EUR", "1500.00", "EUR"),
        ("€2m", "2000000.00", "EUR"),
        ("0.005 gbp", "0.00", "GBP"),
        ("-3 USD", "-3.00", "USD"),
        (".5 USD", "0.50", "USD"),
        ("1,500.50 EUR", "1500.50", "EUR"),
        ("₹1,00,000", "100000.00", "INR"),
        ("1.125k EUR", "1125.00", "EUR"),
    ],
)
def test_money_is_read_as_people_write_it(text: str, amount: str, currency: str):
    assert Money.parse(text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize("text", ["", "20000", "nan USD", "lots", "EUR 5 USD", "5 DOLLARS", "inf USD", "1e5 USD"])
def test_what_is_no_money_is_refused(text: str):
    with pytest.raises(BadInput, match="not an amount of money"):
        Money.parse(text)


@pytest.mark.parametrize("text", ["6,50 EUR", "€1,5k", "1.500,50 EUR", "1.500 EUR", "1.500.000 EUR", "1,50,00 EUR"])
def test_a_figure_that_means_another_elsewhere_is_not_guessed(text: str):
    """650 euros where somebody wrote 6.50 would be wrong by a hundred times, in silence."""
    with pytest.raises(BadInput, match="can be read in two ways"):
        Money.parse(text)


@given(st.integers(-(10**12), 10**12))
def test_cents_survive_the_round_trip(cents: int):
    money = Money(Decimal(cents) / 100, "USD")
    assert money.cents == cents
    assert Money.parse(str(money)) == money


def test_exchange_goes_through_dollars_and_back():
    rates = Exchange({"EUR": 1.08, "GBP": 1.25})
    assert rates.factor("EUR", "GBP") * rates.factor("GBP", "EUR") == pytest.approx(1)
    assert rates.factor("GBP", "USD") == 1.25


def test_a_currency_without_a_rate_is_an_error_never_a_guess():
    with pytest.raises(UnknownCurrency, match="No exchange rate is known for CHF"):
        Exchange({}).factor("CHF", "USD")
    assert Exchange({}).factor("CHF", "CHF") == 1


def test_an_interval_of_draws_holds_the_central_four_fifths():
    interval = Interval.of_draws(np.arange(101))
    assert (interval.mean, interval.low, interval.high) == pytest.approx((50, 10, 90))


@pytest.mark.parametrize("bad", [(1, 2, 1), (math.nan, 0, 1)], ids=["upside down", "not a number"])
def test_an_unsound_interval_is_refused(bad: tuple[float, float, float]):
    with pytest.raises(BadInput, match="is no interval"):
        Interval(*bad)


@pytest.mark.parametrize("bad", [-0.1, 1.1])
def test_a_share_lies_between_0_and_1(bad: float):
    with pytest.raises(BadInput, match="not a share"):
        Share(bad)


@pytest.mark.parametrize(("text", "value"), [("5%", 0.05), ("0.05", 0.05), (" 2,5 % ", 0.025), ("100%", 1), ("0", 0)])
def test_a_share_is_read_as_people_write_it(text: str, value: float):
    assert Share.parse(text).value == value


@pytest.mark.parametrize("text", ["five", "40", "", "%", "-1%", "101%", "nan", "inf"])
def test_what_is_no_share_is_refused(text: str):
    with pytest.raises(BadInput, match=r"is no share. Write it as in `5%` or `0.05`"):
        Share.parse(text)


def test_a_period_counts_both_ends():
    assert Period(date(2026, 12, 1), date(2026, 12, 14)).days == 14
    with pytest.raises(BadInput, match="cannot end"):
        Period(date(2026, 12, 2), date(2026, 12, 1))


@given(st.floats(1e-6, 1e12))
def test_a_figure_keeps_three_significant_figures(value: float):
    assert float(figure(value).replace(",", "")) == pytest.approx(value, rel=0.0051)
