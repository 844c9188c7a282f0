"""Effects and spreads are found again from rows whose truth is known, and judged by plain formulas."""

import numpy as np
import pytest

from asterism.learning import pooling
from asterism.learning.pooling import CAMPAIGN_LOG_SD, SCALES_LOG_SD, Rows, Scales, _Sums, _told, pool, pool_counts


def rows_of(y, creator, campaign=None, noise=0.0, scatter=0.04, between=0.25, x=None):
    n = len(y)
    none = np.full(n, -1)
    where = none if campaign is None else np.asarray(campaign)
    known = (np.full(n, noise), np.full(n, scatter), np.full(n, between))
    return Rows(np.asarray(y, float), np.ones((n, 1)) if x is None else x, *known, np.asarray(creator), where)


def dense(rows, prior, scales):
    """The same effects and likelihood by writing the whole covariance down."""
    n = rows.y.size
    same = (rows.creator[:, None] == rows.creator) * (scales.between * rows.between[:, None])
    together = ((rows.campaign[:, None] == rows.campaign) & (rows.campaign >= 0)[:, None]) * scales.campaign
    noise = np.diag(rows.noise + scales.scatter * rows.scatter + 1e-6)
    whole = rows.x @ prior @ rows.x.T + same + together + noise
    mean = prior @ rows.x.T @ np.linalg.solve(whole, rows.y)
    covariance = prior - prior @ rows.x.T @ np.linalg.solve(whole, rows.x @ prior)
    likelihood = -0.5 * (np.linalg.slogdet(whole)[1] + rows.y @ np.linalg.solve(whole, rows.y))
    return mean, covariance, likelihood, n


def test_sums_per_creator_say_what_the_whole_covariance_says():
    rng = np.random.default_rng(1)
    creator, campaign = rng.permutation(np.repeat(np.arange(7), 3)), rng.integers(0, 4, 21)
    x = np.column_stack([np.ones(21), rng.normal(size=21)])
    rows = rows_of(rng.normal(size=21), creator, campaign, noise=0.1, x=x)
    prior, scales = np.array([[0.3, 0.1], [0.1, 0.2]]), Scales(1.4, 0.7, 0.05)
    mean, covariance, likelihood, _ = dense(rows, prior, scales)
    found = _Sums(rows, prior, scales).solved
    assert found[0][:2] == pytest.approx(mean)
    assert found[1][:2, :2] == pytest.approx(covariance)
    shifted = dense(rows_of(rows.y + 0.5, creator, campaign, noise=0.1, x=x), prior, scales)[2]
    again = _Sums(rows_of(rows.y + 0.5, creator, campaign, noise=0.1, x=x), prior, scales).solved[2]
    assert again - found[2] == pytest.approx(shifted - likelihood)


def drawn(seed):
    """Rows of any shape: few or many per creator, some outside campaigns, or all of them."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 30))
    creator = np.unique(rng.integers(0, n, n), return_inverse=True)[1]
    campaign = np.unique(np.append(rng.integers(-1, 4, n), -1), return_inverse=True)[1][:n] - 1
    x = np.column_stack([np.ones(n), rng.normal(size=n)])
    return rows_of(rng.normal(size=n), creator, campaign if seed % 3 else None, noise=0.05 * (seed % 2), x=x)


PRIOR = np.array([[0.3, 0.1], [0.1, 0.2]])


@pytest.mark.parametrize("small", [0, 30_000], ids=["sparse", "written down"])
@pytest.mark.parametrize("seed", range(8))
def test_levels_of_creators_are_those_of_the_whole_covariance(seed, small, monkeypatch):
    monkeypatch.setattr(pooling, "SMALL", small)
    rows, scales = drawn(seed), Scales(1.4, 0.7, 0.05)
    found, (mean, covariance, _, n) = _told(_Sums(rows, PRIOR, scales)), dense(rows, PRIOR, scales)
    assert found.mean == pytest.approx(mean)
    assert found.covariance == pytest.approx(covariance)
    theirs = (rows.creator == np.arange(rows.n_creators)[:, None]).astype(float)
    usual = theirs @ rows.x / theirs.sum(axis=1, keepdims=True)
    between = scales.between * 0.25
    same = ((rows.campaign[:, None] == rows.campaign) & (rows.campaign >= 0)[:, None]) * scales.campaign
    spread = np.diag(rows.noise + scales.scatter * rows.scatter + 1e-6)
    whole = rows.x @ PRIOR @ rows.x.T + between * theirs.T @ theirs + same + spread
    with_rows = usual @ PRIOR @ rows.x.T + between * theirs
    own = usual @ PRIOR @ usual.T + between * np.eye(rows.n_creators)
    assert found.level == pytest.approx(with_rows @ np.linalg.solve(whole, rows.y))
    left = own - with_rows @ np.linalg.solve(whole, with_rows.T)
    assert found.level_sd == pytest.approx(np.sqrt(np.diag(left)))
    assert found.fitted.shape == (n,)


@pytest.mark.parametrize("seed", range(6))
def test_no_scales_near_those_found_are_more_likely(seed):
    rows = drawn(seed)
    found = pool(rows, PRIOR).scales
    usual, free = np.array([1.0, 1.0, CAMPAIGN_LOG_SD**2]), 3 if rows.n_campaigns > 1 else 2
    at = np.log(np.array([found.between, found.scatter, found.campaign]) / usual)

    def likely(log):
        unusual = ((log / SCALES_LOG_SD)[:free] ** 2).sum()
        return dense(rows, PRIOR, Scales(*(usual * np.exp(log)).tolist()))[2] - 0.5 * unusual

    assert np.abs(at[free:]).sum() == pytest.approx(0)
    steps = [sign * far * np.eye(3)[i] for i in range(free) for sign in (-1, 1) for far in (0.1, 1.0)]
    assert max(likely(at + step) for step in steps) < likely(at) + 0.001


def test_level_and_spreads_are_found_again():
    rng = np.random.default_rng(2)
    creator, campaign = np.repeat(np.arange(120), 4), rng.integers(0, 30, 480)
    y = 0.4 + rng.normal(0, 0.7, 120)[creator] + rng.normal(0, 0.3, 30)[campaign] + rng.normal(0, 0.25, 480)
    found = pool(rows_of(y, creator, campaign), np.array([[1.0]]))
    assert found.mean[0] == pytest.approx(0.4, abs=0.2)
    assert found.scales.between * 0.25 == pytest.approx(0.49, rel=0.25)
    assert found.scales.scatter * 0.04 == pytest.approx(0.0625, rel=0.25)
    assert found.scales.campaign == pytest.approx(0.09, rel=0.5)


def test_squares_of_single_posts_tell_how_far_they_scatter():
    rows = rows_of([0.1, -0.1], [0, 1])
    told = Rows(rows.y, rows.x, rows.noise, rows.scatter, rows.between, rows.creator, rows.campaign, 400.0, 100.0)
    assert pool(told, np.array([[1.0]])).scales.scatter == pytest.approx(4.0, rel=0.15)


def test_few_counts_give_the_right_level():
    rng = np.random.default_rng(3)
    creator = np.repeat(np.arange(200), 2)
    truth = np.exp(-0.5 + rng.normal(0, 0.5, 200))[creator]
    expected = np.full(400, 2.0)
    rows = rows_of(np.zeros(400), creator, scatter=0.01)
    found = pool_counts(rng.poisson(expected * truth).astype(float), expected, rows, np.array([[1.0]]))
    assert found.mean[0] == pytest.approx(-0.5, abs=0.15)
    assert found.scales.between * 0.25 == pytest.approx(0.25, rel=0.6)


def test_a_count_far_above_what_was_expected_does_not_run_away():
    rows = rows_of(np.zeros(4), [0, 1, 2, 3])
    found = pool_counts(np.array([101.0, 3.0, 0.0, 2.0]), np.array([15.0, 0.2, 0.1, 0.1]), rows, np.array([[1.0]]))
    assert np.abs(found.level).max() < 4


def test_nothing_ever_counted_lowers_the_level_and_stays_finite():
    rows = rows_of(np.zeros(6), np.arange(6))
    found = pool_counts(np.zeros(6), np.full(6, 3.0), rows, np.array([[0.25]]))
    assert -3 < found.mean[0] < -0.3


def test_a_creator_with_many_rows_keeps_its_own_level_and_one_with_few_is_drawn_in():
    creator = np.array([0] * 30 + [1] + list(range(2, 30)))
    y = np.array([1.5] * 30 + [1.5] + [0.0] * 28)
    found = pool(rows_of(y, creator, scatter=0.3), np.array([[1.0]]))
    assert found.level[0] > found.level[1] > found.level[5]
    assert found.level_sd[0] < found.level_sd[1]


def leaking(leaked, **how):
    """Ninety-nine creators who bring what was expected, and one row with far more."""
    expected = np.full(100, 5.0)
    counts = np.full(100, 5.0)
    counts[0] = leaked
    return pool_counts(counts, expected, rows_of(np.zeros(100), np.arange(100)), np.array([[1.0]]), **how)


def test_a_leaked_code_teaches_nothing_where_leaks_are_looked_for():
    calm, leaked = leaking(5.0, leaks=True), leaking(2_000.0, leaks=True)
    assert leaked.mean[0] == pytest.approx(calm.mean[0], abs=0.02)
    assert leaked.scales.between == pytest.approx(calm.scales.between, rel=0.1)
    assert leaking(2_000.0).scales.between > 1.3 * leaked.scales.between
