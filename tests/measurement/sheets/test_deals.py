from datetime import date
from decimal import Decimal

import pytest

from asterism.creators.text import TextTable
from asterism.creators.tiers import scheme
from asterism.measurement.costs import Costs
from asterism.measurement.delivered import Delivered
from asterism.measurement.exchange import DatedRates
from asterism.measurement.sheets.deals import Setting, deals_of
from asterism.measurement.sheets.kinds import DEALS
from asterism.measurement.sheets.naming import Directory
from asterism.measurement.sheets.reading import read_sheet

RATES = DatedRates.of([("EUR", date(2026, 1, 1), Decimal("1.25"))])
SETTING = Setting("EUR", RATES, scheme("industry"), date(2026, 6, 1))


def deals(tiers=None, **columns):
    return deals_of(read_sheet(TextTable.of("f.csv", columns), DEALS), SETTING, tiers)


def test_every_kind_of_cost_is_read_to_the_cent():
    found = deals(creator=["ann"], fee=["1,234.56"], product=["19.99"], shipping=["4.90"], usage_rights=["100"],
                  boost=["50"], hours_cost=["10"], hours=["1.5"], hourly_rate=["30"], platform_fee=["7"],
                  other=["0.01"])  # fmt: skip
    assert found.deals[0].costs == Costs(123_456, 1_999, 490, 10_000, 5_000, 5_500, 700, 1)


def test_hours_without_a_rate_are_listed_and_cost_nothing():
    found = deals(creator=["ann", "bob", "cem"], fee=["5"] * 3, hours=["2", "0", "3"], hours_cost=["", "", "60"])
    assert [deal.costs.total for deal in found.deals] == [500, 500, 6_500]
    assert [(reject.row, reject.column, reject.value) for reject in found.rejects] == [(2, "hours", "2")]


def test_a_cost_is_converted_at_the_rate_of_its_day():
    found = deals(creator=["ann", "bob"], fee=["125 USD", "125 USD"], date=["2026-05-01", "2025-05-01"])
    assert found.deals[0].costs.fee == 10_000
    assert (len(found.deals), found.rejects[0].row) == (1, 3)
    assert "No exchange rate is known" in found.rejects[0].reason


@pytest.mark.parametrize(
    ("columns", "tier"),
    [
        ({"tier": ["Micro"]}, "micro"),
        ({"followers": ["250000"]}, "macro"),
        ({"tier": ["mine"], "followers": ["5"]}, "mine"),
        ({"fee": ["1"]}, "nano"),
        ({}, "nano"),
    ],
    ids=["stated", "by followers", "stated goes first", "by the table of creators", "of nothing else"],
)
def test_the_tier_is_stated_or_read_from_followers(columns, tier):
    assert deals({"ann": "nano"}, creator=["@Ann"], **columns).deals[0].partner.tier == tier


def test_a_row_that_names_nobody_is_a_cost_of_its_campaign():
    found = deals(creator=["ann", ""], campaign=["spring", "spring"], fee=["5", "7"])
    assert found.own_costs == {"spring": Costs(fee=700)}
    assert found.warnings[0].startswith("Row 3 of the deals names no creator")
    assert "3" in found.warnings[0]


def test_two_deals_of_one_creator_are_told_apart_by_phase():
    found = deals(creator=["ann", "ann"], phase=["open", "follow"], fee=["1", "2"])
    assert [deal.partner.key for deal in found.deals] == ["ann/open", "ann/follow"]


def test_the_same_deal_twice_is_refused():
    found = deals(creator=["ann", "ann"], fee=["1", "2"])
    assert [deal.costs.fee for deal in found.deals] == [100]
    assert "stands above" in found.rejects[0].reason


def test_figures_and_codes_stand_beside_the_cost():
    found = deals(creator=["ann"], code=["ann10; ANN20"], impressions=["9,000"], auto_initiated=["100"],
                  filtered_invalid=["7"], origin=["creator"])  # fmt: skip
    assert found.deals[0].delivered == Delivered(
        impressions=9_000, auto_initiated=100, filtered_invalid=7, origin="creator"
    )
    assert [(code.word, code.partner) for code in found.codes] == [("ANN10", "ann"), ("ANN20", "ann")]


@pytest.mark.parametrize(
    ("name", "campaign", "found"),
    [
        ("1", "", "1"),
        ("@Ann", "", "1"),
        ("BOB", "", "2 deals are with this creator"),
        ("bob", "y", "3"),
        ("nobody", "", "no deal has"),
    ],
    ids=["by key", "by handle", "ambiguous", "by campaign", "a stranger"],
)
def test_collaborations_go_by_key_creator_or_handle(name, campaign, found):
    read = deals(key=["1", "2", "3"], creator=["ann", "bob", "bob"], campaign=["x", "x", "y"])
    meant = Directory.of(read.deals).find(name, campaign)
    assert meant.partner.key == found if len(found) == 1 else found in meant
