"""Sampled accounts of simulated creators: as many fake as the truth says, and profiles that hint at it."""

import numpy as np
import pytest

from asterism.creators.tables import ACCOUNTS
from asterism.errors import BadInput
from asterism.market.accounts import DRESSED, accounts_table
from asterism.market.simulation import Market, simulate


@pytest.fixture(scope="module")
def market() -> Market:
    return simulate(80, 2_000, seed=5)


def test_each_creator_has_its_sample_in_the_schema(market: Market) -> None:
    table = accounts_table(np.random.default_rng(1), market.truth, 25)
    assert table.schema.equals(ACCOUNTS.arrow)
    assert table["creator_id"].value_counts().field("counts").to_pylist() == [25] * 80
    assert len(set(table["person"].to_pylist())) == 2_000
    assert table.num_columns == len(ACCOUNTS.names)
    assert all(column.null_count == 0 for column in table.columns)


def test_the_same_seed_gives_the_same_accounts(market: Market) -> None:
    once, again = (accounts_table(np.random.default_rng(1), market.truth, 25) for _ in range(2))
    assert once.equals(again)


@pytest.mark.parametrize("oddity", [0.0, 0.12])
def test_profiles_without_picture_are_as_many_as_the_share_says(market: Market, oddity: float) -> None:
    table = accounts_table(np.random.default_rng(2), market.truth, 400, oddity=oddity)
    without = 1 - table["has_picture"].to_numpy().astype(float).reshape(80, 400).mean(axis=1)
    blatant = (1 - DRESSED) * market.truth.fake_share
    expected = blatant * (1 - (0.6 + 0.45) / 2) + (1 - blatant) * (1 - 0.985)
    spread = np.sqrt(expected * (1 - expected) / 400 + (oddity * np.sqrt(market.truth.fake_share) * 0.4) ** 2)
    assert np.abs((without - expected) / spread).mean() == pytest.approx(0.8, abs=0.15)
    assert without.mean() == pytest.approx(expected.mean(), abs=0.01)


def test_a_negative_oddity_is_refused(market: Market) -> None:
    with pytest.raises(BadInput, match="`oddity` is -1"):
        accounts_table(np.random.default_rng(0), market.truth, 5, oddity=-1)
