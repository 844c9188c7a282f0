"""Two markets for all tests of the chapter: the default one, and one small enough for plain loops."""

import pytest

from asterism.market import Market, MarketOptions, simulate


@pytest.fixture(scope="session")
def market() -> Market:
    return simulate(seed=0)


@pytest.fixture(scope="session")
def small() -> Market:
    return simulate(40, 3_000, seed=5, options=MarketOptions(with_quotes=1.0, with_profiles=1.0))
