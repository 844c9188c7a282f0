"""The share of real followers, found again where it is known, and on public accounts mixed to known shares."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.creators.tables import Tables
from asterism.market.accounts import accounts_table
from asterism.market.histories import draw_histories
from asterism.market.simulation import Market, simulate
from asterism.priors import Priors
from asterism.signals.authenticity import belief
from asterism.signals.authenticity.features import COLUMNS, COUNTS, Accounts
from asterism.signals.authenticity.growth import growth
from asterism.signals.authenticity.sampled import of_accounts
from asterism.signals.authenticity.share import LEAST_TRANSFER_SD, Sample, carried, explained
from asterism.signals.authenticity.signal import Authenticity, authenticity
from asterism.signals.lineup import line_up
from asterism.signals.statistics import SufficientStatistics
from benchmarks import accounts as bench

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
PRIORS = Priors.default()
Floats = NDArray[np.float64]


def shares_of_the_prior(rng: np.random.Generator, n: int) -> Floats:
    low, high = rng.beta(12 * 0.14, 12 * 0.86, n), rng.beta(12 * 0.55, 12 * 0.45, n)
    return np.where(rng.random(n) < 0.75, low, high)


def found(market: Market, **given: object) -> Authenticity:
    tables = Tables(market.tables.creators, **given)  # type: ignore[arg-type]
    lineup = line_up(tables, Brief(goal="awareness", budget="1000 USD"))
    return authenticity(lineup, tables, SufficientStatistics.none(), PRIORS)


def covered(seen: Authenticity, market: Market) -> float:
    real = 1 - market.truth.fake_share
    return float(((seen.low <= real) & (real <= seen.high)).mean())


@pytest.mark.parametrize("transfer", [0.1, 0.26], ids=["everything known", "counts alone"])
@pytest.mark.parametrize("size", [40, 200])
def test_shares_lie_within_their_intervals_four_times_in_five(transfer: float, size: int) -> None:
    rng = np.random.default_rng(size)
    n = 2_000
    share = shares_of_the_prior(rng, n)
    seen = np.clip(share + np.maximum(transfer * np.sqrt(share), LEAST_TRANSFER_SD) * rng.normal(size=n), 0, 1)
    owner = np.repeat(np.arange(n), size)
    score = rng.normal(np.where(rng.random(owner.size) < seen[owner], 1.5, -1.5))  # normal, 3 apart: AUC .98
    curves = carried(explained(Sample(owner, np.exp(3 * score), n)), np.full(n, transfer))
    words = np.full(n, "accounts", dtype=object)
    evidence = belief.Evidence(np.vstack((np.zeros(curves.shape[1]), curves)), np.arange(1, n + 1), words)
    real = belief.after(PRIORS, [evidence])
    inside = ((real.low <= 1 - share) & (1 - share <= real.high)).mean()
    assert 0.76 <= inside <= 0.84


def test_sampled_accounts_of_a_market_give_its_share_of_real_followers() -> None:
    market = simulate(800, 4_000, seed=21)
    seen = found(market, accounts=accounts_table(np.random.default_rng(4), market.truth, 150))
    assert 0.76 <= covered(seen, market) <= 0.84
    assert abs((seen.real - (1 - market.truth.fake_share)).mean()) < 0.01


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("size", [80, 300])
def test_it_does_so_in_every_market(seed: int, size: int) -> None:
    market = simulate(1_500, 4_000, seed=seed)
    seen = found(market, accounts=accounts_table(np.random.default_rng(seed), market.truth, size))
    assert 0.76 <= covered(seen, market) <= 0.84


def test_a_market_without_samples_is_covered_by_its_averages_and_histories() -> None:
    market = simulate(800, 4_000, seed=22)
    past = draw_histories(np.random.default_rng(5), market.truth)
    alone, with_past = found(market), found(market, snapshots=past.snapshots, annotations=past.annotations)
    assert 0.76 <= covered(alone, market) <= 0.88
    assert 0.76 <= covered(with_past, market) <= 0.88
    real = 1 - market.truth.fake_share
    assert np.abs(with_past.real - real).mean() < np.abs(alone.real - real).mean()


def test_bought_steps_are_found_and_honest_jumps_are_held_against_nobody() -> None:
    market = simulate(800, 4_000, seed=23)
    past = draw_histories(np.random.default_rng(6), market.truth)
    tables = Tables(market.tables.creators, snapshots=past.snapshots, annotations=past.annotations)
    lineup = line_up(tables, Brief(goal="awareness", budget="1000 USD"))
    seen = growth(lineup, past.snapshots, past.annotations)
    bought = past.bought > 0
    assert (seen.share[bought] > 0).mean() > 0.98
    assert np.abs(seen.share[bought] - past.bought[bought]).mean() < 0.01
    assert (seen.share[~bought] > 0).mean() < 0.005


def some(given: Accounts, rows: NDArray[np.int64], names: tuple[str, ...]) -> Accounts:
    unknown = np.full(rows.size, np.nan)
    return Accounts(*(getattr(given, name)[rows] if name in names else unknown for name in COLUMNS))


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "instafake").is_dir(), reason="the real data (shared/data) is not here")
@pytest.mark.parametrize("share", [0.05, 0.1, 0.2, 0.3, 0.4, 0.6])
@pytest.mark.parametrize(("names", "most"), [(COLUMNS, 0.04), (COUNTS, 0.11)], ids=["everything", "counts"])
def test_public_accounts_mixed_to_a_known_share(names: tuple[str, ...], most: float, share: float) -> None:
    rng = np.random.default_rng(1)
    for given, label in (bench.instafake(SHARED), bench.spammers(SHARED)):
        fakes, real = np.flatnonzero(label == 1), np.flatnonzero(label == 0)
        counts = rng.binomial(200, share, 40)
        rows = np.concatenate([np.concatenate((rng.choice(fakes, k), rng.choice(real, 200 - k))) for k in counts])
        seen = of_accounts(some(given, rows, names), np.repeat(np.arange(40), 200), 40)
        told = belief.after(PRIORS, [seen.evidence])
        inside = ((1 - told.high <= share) & (share <= 1 - told.low)).mean()
        print(f"found {seen.fake.mean():.3f} of {share}, inside {inside:.2f}")
        assert abs(seen.fake.mean() - share) < most
        assert inside >= 0.6
