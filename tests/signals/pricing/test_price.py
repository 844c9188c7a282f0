from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest

from asterism.creators.tables import FX, RATES
from asterism.errors import BadInput, UnknownCurrency
from asterism.priors import LogNormal
from asterism.quantities import Exchange
from asterism.signals.pricing.price import Quotes, in_dollars, package_name, parse_package


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2 reel + 1 story", "2 reel + 1 story"),
        ("1 story + 2x Reels", "2 reel + 1 story"),
        ("post", "1 post"),
        ("Instagram Post", "1 post"),
        ("IG feed post, 3 stories", "1 post + 3 story"),
        ("3 stories and a reel", "1 reel + 3 story"),
        ("reel + reel", "2 reel"),
        ("2 photos & 1 YouTube video", "2 post + 1 video"),
        ("dedicated video", "1 video"),
        ("1 carousel 2 story", "1 carousel + 2 story"),
        ("Shorts x 1", "1 short"),
        ("paid brand integration", "1 video"),
    ],
    ids=lambda text: text.replace(" ", "_"),
)
def test_packages_are_read_as_people_write_them(text: str, name: str) -> None:
    assert package_name(parse_package(text)) == name
    assert parse_package(name) == parse_package(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not a package"),
        ("3", "is not a package"),
        ("0 reel", "is not a package"),
        ("2 reals", "unknown format `reals`. Did you mean `reel`"),
        ("billboard", "unknown format `billboard`"),
    ],
    ids=["empty", "number", "none", "typo", "unknown"],
)
def test_what_is_no_package_says_so(text: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        parse_package(text)


def day(n: int) -> datetime:
    return datetime(2026, 1, n, tzinfo=UTC)


def rates(*rows: tuple[float, str | None, datetime | None]) -> pa.Table:
    made = [{"creator_id": "a", "price": p, "currency": c, "date": d} for p, c, d in rows]
    return pa.Table.from_pylist([{n: row.get(n) for n in RATES.names} for row in made], schema=RATES.arrow)


EUR = pa.Table.from_pylist(
    [{"currency": "eur", "date": d, "usd": u} for d, u in ((day(20), 1.3), (day(10), 1.1))], schema=FX.arrow
)


@pytest.mark.parametrize(
    ("when", "factor"),
    [(day(10), 1.1), (day(19), 1.1), (day(20), 1.3), (day(25), 1.3), (None, 1.3)],
    ids=["same day", "before the next", "next", "after", "no date"],
)
def test_the_latest_exchange_rate_on_or_before_the_date_counts(when: datetime | None, factor: float) -> None:
    assert in_dollars(rates((100, "EUR", when)), EUR, Exchange({}), "USD") == pytest.approx([100 * factor])


def test_the_brief_rates_serve_what_the_table_does_not_cover() -> None:
    both = rates((100, "EUR", day(1)), (100, "GBP", day(15)), (100, "USD", None), (100, None, None))
    assert in_dollars(both, EUR, Exchange({"EUR": 1.0, "GBP": 1.25}), "GBP") == pytest.approx([100, 125, 100, 125])


def test_a_currency_without_a_rate_is_an_error_never_a_guess() -> None:
    with pytest.raises(UnknownCurrency, match="No exchange rate is known for CHF"):
        in_dollars(rates((100, "CHF", None)), EUR, Exchange({}), "USD")
    with pytest.raises(UnknownCurrency, match="exchange rates of EUR start on 2026-01-10, after a price of 2026-01-02"):
        in_dollars(rates((100, "EUR", day(2))), EUR, Exchange({}), "USD")


def quotes(*rows: tuple[int, str, float, str]) -> Quotes:
    creator, text, fee, source = zip(*rows, strict=True)
    when, ones = np.full(len(rows), np.datetime64("NaT", "us")), np.ones(len(rows))
    parts, nothing = tuple(map(parse_package, text)), ("",) * len(rows)
    return Quotes(
        np.array(creator), parts, np.array(fee, dtype=float), tuple(source), when, nothing, LogNormal(ones, ones - 1)
    )


def test_only_the_newest_price_of_a_package_stands_and_a_quote_before_a_fee_of_its_day() -> None:
    many = quotes(
        (1, "1 reel", 1, "paid"),
        (0, "1 reel", 2, "quote"),
        (0, "reel", 3, "quote"),
        (0, "1 reel", 4, "paid"),
        (2, "reel", 5, "quote"),
        (2, "reel", 6, "paid"),
    )
    days = ["2026-01-05", "2026-01-02", "2026-01-09", "2026-01-09", "2026-01-01", "2026-01-08"]
    dated = replace(many, as_of=np.array(days, dtype="datetime64[us]"))
    assert dated.fee[dated.newest()].tolist() == [3, 1, 6]


def test_a_package_with_add_ons_is_another_package() -> None:
    both = quotes((0, "1 reel", 100, "quote"), (0, "1 reel", 150, "quote"))
    both = replace(both, add_ons=("", "6 months of usage rights"), factor=LogNormal(np.array([1, 1.5]), np.zeros(2)))
    assert [both.name(i) for i in both.newest()] == ["1 reel", "1 reel + 6 months of usage rights"]
    assert both.plain.tolist() == [100, 100]
