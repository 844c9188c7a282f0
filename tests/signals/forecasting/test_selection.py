import numpy as np
import pytest

from asterism.desk.loading import statistics_of
from asterism.market import simulate
from asterism.signals.forecasting.selection import FEWEST, selection_trap

RNG = np.random.default_rng(6)
SIZE = np.exp(RNG.uniform(np.log(1e3), np.log(5e6), 400))
HITS = np.log(2e6) + RNG.normal(0, 0.8, 400)
USUAL = np.log(0.3 * SIZE) + RNG.normal(0, 0.8, 400)


def test_hits_at_every_size_are_called_out() -> None:
    assert "look selected for success" in str(selection_trap(HITS, SIZE))


@pytest.mark.parametrize(
    ("log_views", "size"),
    [
        (USUAL, SIZE),
        (USUAL + np.log(20), SIZE),
        (HITS - np.log(1e4), SIZE),
        (HITS[: FEWEST - 1], SIZE[: FEWEST - 1]),
        (np.full(400, np.nan), SIZE),
        (HITS, np.zeros(400)),
    ],
    ids=["a population", "well watched at every size", "flat and little watched", "too few", "no views", "no sizes"],
)
def test_what_is_no_table_of_hits_is_let_pass(log_views: np.ndarray, size: np.ndarray) -> None:
    assert selection_trap(log_views, size) is None


def test_the_simulated_market_is_no_trap() -> None:
    tables = simulate(150, 3_000, seed=3).tables
    views = statistics_of(tables).views
    followers = dict(zip(*(tables.creators[c].to_pylist() for c in ("creator_id", "followers")), strict=True))
    size = np.array([followers[c] for c in views["creator_id"].to_pylist()], dtype=float)
    assert selection_trap(views["mean_log"].to_numpy(), size) is None
