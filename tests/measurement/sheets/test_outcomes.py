from datetime import date
from decimal import Decimal

import pytest

from asterism.creators.text import TextTable
from asterism.creators.tiers import scheme
from asterism.measurement.economics import Economics
from asterism.measurement.exchange import DatedRates
from asterism.measurement.returns import Terms, reported
from asterism.measurement.sheets.deals import Setting
from asterism.measurement.sheets.kinds import OUTCOMES
from asterism.measurement.sheets.outcomes import outcomes_of
from asterism.measurement.sheets.reading import read_sheet

RATES = DatedRates.of([("EUR", date(2026, 1, 1), Decimal("1.25"))])
SETTING = Setting("EUR", RATES, scheme("industry"), date(2026, 6, 1))


def outcomes(margin="40%", tiers=None, **columns):
    sheet = read_sheet(TextTable.of("f.csv", {"creator_id": ["c1"], **columns}), OUTCOMES)
    return outcomes_of(sheet, SETTING, Economics.parse(margin), tiers)


def total(margin="40%", **columns):
    return reported(outcomes(margin, **columns).lines, "EUR", Terms()).total


@pytest.mark.parametrize(
    ("margin", "columns", "cost", "margin_cents", "roi"),
    [
        ("40%", {"cost": ["100"], "orders": ["8"], "revenue": ["400"]}, 10_000, 16_000, 0.6),
        ("6 EUR", {"cost": ["100"], "orders": ["8"], "revenue": ["400"]}, 10_000, 4_800, -0.52),
        ("7.50 USD", {"cost": ["125"], "orders": ["8"], "currency": ["USD"]}, 10_000, 4_800, -0.52),
        ("40%", {"cost": ["100"], "orders": ["0"], "revenue": ["0"]}, 10_000, 0, -1.0),
    ],
    ids=["a share", "per sale", "in another currency", "nothing sold"],
)
def test_a_row_by_hand(margin, columns, cost, margin_cents, roi):
    found = total(margin, **columns)
    assert (found.costs.total, found.tracked.margin, found.roi.tracked) == (cost, margin_cents, roi)


def test_orders_without_revenue_have_no_return_on_ad_spend_and_no_share_of_it():
    found = total("40%", cost=["100"], orders=["8"])
    assert (found.roi.tracked, found.metrics["roas"]) == (None, None)
    assert total("6 EUR", cost=["100"], orders=["8"]).metrics["roas"] is None


def test_orders_that_nobody_states_are_not_none():
    found = total("40%", cost=["100"], reach=["900"])
    assert found.roi.tracked is None
    assert found.roi.needs == "the orders of every collaboration"


def test_tiers_come_from_the_table_of_creators():
    assert outcomes(tiers={"c1": "mega"}, cost=["1"]).lines[0].partner.tier == "mega"


def test_the_same_creator_in_the_same_campaign_twice_is_refused():
    found = outcomes(creator_id=["c1", "c1"], campaign=["x", "x"], cost=["1", "2"])
    assert (len(found.lines), "stands above" in found.rejects[0].reason) == (1, True)
