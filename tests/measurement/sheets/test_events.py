from datetime import UTC, datetime

import pytest

from asterism.creators.text import TextTable
from asterism.measurement.events import Partner
from asterism.measurement.ledger import Deal
from asterism.measurement.sheets.events import answers_of, clicked, clicks_of, codes_of, orders_of
from asterism.measurement.sheets.kinds import KINDS
from asterism.measurement.sheets.naming import Directory
from asterism.measurement.sheets.reading import read_sheet

KNOWN = Directory.of([Deal(Partner("1", "c", "ann"), "@Ann"), Deal(Partner("2", "c", "bob"))])
DAY = "2026-05-01 10:00"


def sheet(kind, **columns):
    return read_sheet(TextTable.of("f.csv", columns), KINDS[kind])


def order(**columns):
    return orders_of(sheet("orders", **{"key": ["1"], "at": [DAY], "amount": ["80"], **columns}), "EUR")


@pytest.mark.parametrize(
    ("columns", "name", "value"),
    [
        ({}, "at", datetime(2026, 5, 1, 10, tzinfo=UTC)),
        ({"codes": ["ann10, ship"]}, "codes", ("ANN10", "SHIP")),
        ({"clicks": ["k1;k2"]}, "clicks", ("k1", "k2")),
        ({"new_customer": ["yes"]}, "new_customer", True),
        ({"email": ["a@b.c"]}, "customer", "a@b.c"),
        ({"cancelled": ["true"]}, "cancelled", True),
        ({"cancelled_at": [DAY]}, "cancelled", True),
        ({"cancelled_at": [""]}, "cancelled", False),
    ],
    ids=["time", "codes", "clicks", "new", "customer", "cancelled", "cancelled at", "not cancelled"],
)
def test_what_came_with_an_order(columns, name, value):
    assert getattr(order(**columns).values[0], name) == value


def test_money_of_an_order_is_in_its_currency_or_the_ledgers():
    assert str(order().values[0].amount) == "80.00 EUR"
    found = order(currency=["USD"], refunded=["30"], margin=["20"]).values[0]
    assert (str(found.kept), str(found.margin)) == ("50.00 USD", "20.00 USD")


@pytest.mark.parametrize(
    ("columns", "column", "reason"),
    [
        ({"refunded": ["81"]}, "refunded", "more was given back"),
        ({"amount": ["-5"]}, "amount", "below 0"),
        ({"amount": ["x"]}, "amount", "not a number"),
        ({"at": ["soon"]}, "at", "date"),
        ({"key": [""]}, "key", "no key"),
    ],
    ids=["refund above the order", "below zero", "no amount", "no time", "no key"],
)
def test_an_order_that_cannot_be_used_is_listed_with_the_reason(columns, column, reason):
    found = order(**columns)
    assert found.values == ()
    assert found.rejects[0].column == column
    assert reason in found.rejects[0].reason


def test_the_same_order_twice_counts_once():
    found = orders_of(sheet("orders", key=["1", "1"], at=[DAY, DAY], amount=["80", "80"]), "EUR")
    assert (len(found.values), found.rejects[0].row) == (1, 3)


def test_codes_belong_to_whom_they_name_and_else_to_everybody():
    found = codes_of(sheet("codes", code=["a1", "all", "x"], creator=["@ann", "", "cem"], limit=["5", "", ""]), KNOWN)
    assert [(code.word, code.partner, code.campaign, code.limit) for code in found.values] == [
        ("A1", "1", "c", 5), ("ALL", "", "", None),
    ]  # fmt: skip
    assert (found.rejects[0].column, found.rejects[0].value) == ("creator", "cem")


def test_clicks_of_persons_are_counted_apart_from_filtered_ones():
    found = clicks_of(sheet("clicks", at=[DAY] * 3, partner=["1", "ann", "2"], filtered=["", "robot", ""]), KNOWN)
    assert clicked(found.values) == {"1": (1, 1), "2": (1, 0)}


@pytest.mark.parametrize(
    ("columns", "channel", "partner", "tier"),
    [
        ({"channel": ["Influencer on Instagram"]}, "creator", "", ""),
        ({"channel": ["Google"]}, "google", "", ""),
        ({"channel": ["Instagram"], "partner": ["@ann"]}, "creator", "1", ""),
        ({"channel": [""], "tier": ["Micro"]}, "creator", "", "micro"),
        ({"channel": ["other"], "partner": ["somebody"]}, "creator", "somebody", ""),
        ({"channel": [""], "partner": ["somebody"], "tier": ["nano"]}, "creator", "", "nano"),
        ({"channel": [""], "partner": ["@Mia"]}, "creator", "", "micro"),
        ({"channel": [""], "partner": ["leo"]}, "creator", "", ""),
    ],
    ids=[
        *("a creator", "another way", "named", "only the tier", "a creator of nobody's", "of nobody's, with the tier"),
        *("two deals of one tier", "two deals of two tiers"),
    ],
)
def test_an_answer_means_a_creator_where_it_says_so_or_names_one(columns, channel, partner, tier):
    twice = [("3", "mia", "micro"), ("4", "mia", "micro"), ("5", "leo", "micro"), ("6", "leo", "macro")]
    more = [Deal(Partner(key, "c", creator, tier=tier)) for key, creator, tier in twice]
    (found,) = answers_of(sheet("survey", **columns), Directory.of([*KNOWN.deals.values(), *more])).values
    assert (found.channel, found.partner, found.tier) == (channel, partner, tier)
