"""Fees and past campaigns: quotes near the true fee, outcomes that follow from reach, click and convert."""

import numpy as np
import pytest

from asterism.creators.tables import OUTCOMES, RATES
from asterism.market.rates import FORMATS


def test_rates_and_outcomes_obey_their_schemas(market):
    assert market.tables.rates.schema == RATES.arrow
    assert market.tables.outcomes.schema == OUTCOMES.arrow


def test_about_half_the_creators_have_quoted_every_format_they_make(market):
    quotes = [row for row in market.tables.rates.to_pylist() if row["kind"] == "quote"]
    assert len({row["creator_id"] for row in quotes}) / 400 == pytest.approx(0.5, abs=0.08)
    for creator_id in {row["creator_id"] for row in quotes}:
        packages = {row["package"] for row in quotes if row["creator_id"] == creator_id}
        fees = market.truth.rates.fee[market.truth.column(creator_id)]
        assert packages == {f"1 {made}" for made, fee in zip(FORMATS, fees, strict=True) if not np.isnan(fee)}


@pytest.mark.parametrize(("kind", "ratio", "spread"), [("quote", 1.0, 0.09), ("paid", 0.93, 0.16)])
def test_fees_stand_near_the_truth(market, kind, ratio, spread):
    logs = []
    for row in market.tables.rates.to_pylist():
        posts, made = row["package"].split()
        fee = int(posts) * market.truth.rates.fee[market.truth.column(row["creator_id"]), FORMATS.index(made)]
        if row["kind"] == kind and fee > 50:  # below, rounding to whole prices weighs more than the noise
            logs.append(np.log(row["price"] / fee))
    assert np.exp(np.median(logs)) == pytest.approx(ratio, abs=0.03)
    assert np.std(logs) == pytest.approx(spread, abs=0.03)


def test_the_paid_fee_is_the_cost_of_the_campaign(market):
    paid = {(r["creator_id"], r["date"]): r["price"] for r in market.tables.rates.to_pylist() if r["kind"] == "paid"}
    outcomes = market.tables.outcomes.to_pylist()
    assert len(paid) == len(outcomes) > 100
    assert all(paid[row["creator_id"], row["date"]] == row["cost"] for row in outcomes)


def test_a_funnel_only_narrows(market):
    for row in market.tables.outcomes.to_pylist():
        assert market.truth.audience[market.truth.column(row["creator_id"])] >= row["reach"] >= row["clicks"]
        assert row["clicks"] >= row["orders"] >= 0
        assert (row["revenue"] > 0) == (row["orders"] > 0)


def test_outcomes_follow_from_the_true_rates(market):
    """Over all campaigns: reach by the package, clicks by reach × click, orders by clicks × convert, 60 USD each."""
    truth, found, wanted = market.truth, np.zeros(4), np.zeros(4)
    posts = {(r["creator_id"], r["date"]): r["package"] for r in market.tables.rates.to_pylist() if r["kind"] == "paid"}
    for row in market.tables.outcomes.to_pylist():
        creator = truth.column(row["creator_id"])
        count, made = posts[row["creator_id"], row["date"]].split()
        rate = truth.rates.reach[creator, FORMATS.index(made)]
        reach = truth.audience[creator] * int(count) * rate / (1 - rate + int(count) * rate)
        found += [row["reach"] / reach, row["clicks"], row["orders"], row["revenue"]]
        clicks = row["reach"] * truth.rates.click[creator]
        wanted += [1, clicks, row["clicks"] * truth.rates.convert[creator], 60 * row["orders"]]
    assert np.allclose(found / wanted, 1, atol=[0.06, 0.02, 0.06, 0.03])
