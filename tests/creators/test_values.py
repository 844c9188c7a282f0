"""One written value at a time: tables of cases, and numbers written and read back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asterism.creators.values import moment, money, number, truth, word

NUMBERS = [
    ("48.5M", ".", 48_500_000),
    ("1.2K", ".", 1_200),
    ("29.0b", ".", 29e9),
    ("0.89k", ".", 890),
    ("1 234", ".", 1_234),
    ("1\u202f234\u00a0567", ".", 1_234_567),
    ("1,234", ".", 1_234),
    ("1.234", ".", 1.234),
    ("1.234", ",", 1_234),
    ("1.234,5", ".", 1_234.5),
    ("1,234.5", ",", 1_234.5),
    ("3,4", ".", 3.4),
    ("2.28E+11", ".", 2.28e11),
    ("12.345.678", ".", 12_345_678),
    ("1,5M", ".", 1_500_000),
    ("1'000'000", ".", 1_000_000),
    ("-5", ".", -5),
    ("−5", ".", -5),
    ("3 videos", ".", 3),
    ("12.5K followers", ".", 12_500),
    ("1.2 million", ".", 1_200_000),
    ("1,2 Mio.", ",", 1_200_000),
    ("10K+", ".", 10_000),
    ("0,123", ".", 0.123),
    (".5", ".", 0.5),
    ("2 lakh", ".", 200_000),
]
REFUSED = [
    ("abc", "not a number"),
    ("10-20K", "a range"),
    ("", "not a number"),
    ("1.2.3", "wrong places"),
    ("12,34,5", "wrong places"),
    ("5 apples", "not a number"),
    ("1e999", "too large"),
]


@pytest.mark.parametrize(("text", "mark", "value"), NUMBERS, ids=[f"{t}|{m}" for t, m, _ in NUMBERS])
def test_a_number_is_read_as_people_write_it(text: str, mark: str, value: float) -> None:
    assert number(text, mark) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[t or "empty" for t, _ in REFUSED])
def test_what_is_no_number_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        number(text)


@given(st.integers(0, 10**12))
def test_a_count_survives_every_way_of_grouping_its_thousands(count: int) -> None:
    english = f"{count:,}"
    assert number(english) == count
    assert number(english.replace(",", "."), ",") == count
    assert number(english.replace(",", " ")) == count
    assert number(english.replace(",", "'")) == count


@given(st.decimals(0, 10**7, places=2, allow_nan=False))
def test_an_amount_survives_both_decimal_marks(amount: object) -> None:
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert number(english) == pytest.approx(float(str(amount)))
    assert number(german, ",") == pytest.approx(float(str(amount)))


@given(st.integers(1, 9_999), st.sampled_from([("k", 1e3), ("K", 1e3), ("M", 1e6), ("m", 1e6), ("B", 1e9), ("b", 1e9)]))
def test_a_scaled_figure_is_worth_what_its_letter_says(tenths: int, scale: tuple[str, float]) -> None:
    assert number(f"{tenths / 10:.1f}{scale[0]}") == pytest.approx(tenths / 10 * scale[1], rel=1e-12)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$1,200", 1200, "USD"),
        ("1.200 €", 1.2, "EUR"),
        ("€1.5k", 1500, "EUR"),
        ("75 EUR", 75, "EUR"),
        ("75", 75, None),
        ("USD 300", 300, "USD"),
        ("2k", 2000, None),
        ("£99.50", 99.5, "GBP"),
    ],
    ids=str,
)
def test_money_keeps_its_currency(text: str, amount: float, currency: str | None) -> None:
    assert money(text) == (pytest.approx(amount), currency)


def test_an_amount_in_two_currencies_is_refused() -> None:
    with pytest.raises(ValueError, match="two currencies"):
        money("$5 EUR")


@pytest.mark.parametrize(
    ("text", "day_first", "day"),
    [
        ("21/05/2025", None, (2025, 5, 21)),
        ("05/21/2025", None, (2025, 5, 21)),
        ("03/04/2025", True, (2025, 4, 3)),
        ("03/04/2025", False, (2025, 3, 4)),
        ("3.4.25", True, (2025, 4, 3)),
        ("May 21, 2025", None, (2025, 5, 21)),
        ("21 May 2025", None, (2025, 5, 21)),
        ("20250521", None, (2025, 5, 21)),
        ("2025/05/21", None, (2025, 5, 21)),
        ("04/04/2025", None, (2025, 4, 4)),
        ("Wed May 21 09:44:45 +0000 2025", None, (2025, 5, 21)),
        ("Wed, 21 May 2025 09:44:45 +0000", None, (2025, 5, 21)),
        ("2025.05.21", None, (2025, 5, 21)),
        ("21-May-2025", None, (2025, 5, 21)),
        ("May 2025", None, (2025, 5, 1)),
        ("2025-05", None, (2025, 5, 1)),
        ("2025/05/21 09:44", None, (2025, 5, 21)),
    ],
    ids=str,
)
def test_a_date_is_read_in_the_order_of_its_column(
    text: str, day_first: bool | None, day: tuple[int, int, int]
) -> None:
    found = moment(text, day_first)
    assert (found.year, found.month, found.day) == day
    assert found.tzinfo is not None


def test_the_hour_behind_a_slashed_date_counts() -> None:
    assert moment("21/05/2025 09:44:45") == datetime(2025, 5, 21, 9, 44, 45, tzinfo=UTC)
    assert moment("05/21/2025 9:44 PM") == datetime(2025, 5, 21, 21, 44, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("03/04/2025", "told apart"),
        ("31/02/2025", "not a date"),
        ("yesterday", "not a date"),
        ("1432", "not a date"),
        ("May 20251", "not a date"),
        ("user_0002025", "not a date"),
        ("21/05/2025 noon", "hour"),
    ],
    ids=str,
)
def test_a_date_that_cannot_be_read_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        moment(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [("TRUE", True), ("yes", True), ("Oui", True), ("1", True), ("False", False), ("nein", False), ("0", False)],
    ids=str,
)
def test_yes_and_no_are_read_in_any_of_the_usual_words(text: str, said: bool) -> None:
    assert truth(text) is said


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(ValueError, match="neither yes nor no"):
        truth("maybe")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Fashion 0.5 ", "fashion"),
        ("Sports with a ball", "sports with a ball"),
        ("BEAUTY", "beauty"),
        ("fashion, beauty", "fashion, beauty"),
    ],
    ids=str,
)
def test_a_niche_is_a_lower_case_word_without_stray_figures(text: str, clean: str) -> None:
    assert word(text) == clean


@pytest.mark.parametrize("text", ["by", "42", "…"])
def test_a_word_that_says_nothing_is_no_niche(text: str) -> None:
    with pytest.raises(ValueError, match="not a word"):
        word(text)
