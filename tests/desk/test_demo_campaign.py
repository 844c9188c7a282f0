"""The demo's campaign, as files that are measured again."""

import numpy as np
import pytest

from asterism.desk.demo_campaign import files_of
from asterism.desk.measure import Choices, measure_files
from asterism.desk.measure_files import ReturnFiles
from asterism.market import CampaignOptions, draw_bookings, run_campaign, simulate
from asterism.reports.sheets import table_csv


@pytest.fixture(scope="module")
def ran():
    market = simulate(60, 3_000, seed=4)
    rng = np.random.default_rng(4)
    bookings = draw_bookings(rng, market.truth, {"nano": 4, "micro": 3, "macro": 2})
    return run_campaign(market, bookings, rng, CampaignOptions(name="Two words", pull=3.0, self_orders=0.0))


@pytest.fixture(scope="module")
def measured(ran, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    for name, table in files_of(ran).items():
        (folder / f"{name}.csv").write_bytes(table_csv(table))
    files = {name: folder / f"{name}.csv" for name in ("deals", "orders", "codes", "clicks", "survey", "fx")}
    return measure_files(ReturnFiles(**files), Choices())


def test_the_files_of_a_campaign_are_read_without_a_reject(measured):
    assert measured.rejects == ()
    assert not any("unknown" in warning for warning in measured.warnings)


def test_the_files_of_a_campaign_hold_its_costs_and_its_tracked_orders_to_the_cent(ran, measured):
    total, truth = measured.result.total, ran.truth
    assert total.costs.total == truth.total.cost
    assert total.tracked.orders == truth.total.tracked.orders + truth.own.orders
    assert total.tracked.kept == truth.total.tracked.kept + truth.own.kept
    assert total.tracked.margin == truth.total.tracked.margin + truth.own.margin
