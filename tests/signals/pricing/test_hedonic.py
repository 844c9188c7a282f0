"""The regression against plain matrices: all prices jointly normal, nothing summed up before."""

import numpy as np
import pytest

from asterism.signals.pricing.hedonic import Observed, Scales, learn, posterior


def observed(seed: int, sellers: int = 6, prices: int = 20, columns: int = 3) -> Observed:
    rng = np.random.default_rng(seed)
    return Observed(
        np.sort(rng.integers(0, sellers, prices)), rng.normal(size=prices), rng.normal(size=(prices, columns)),
        rng.random(prices) < 0.3, rng.uniform(0, 0.1, prices), rng.uniform(0.3, 0.9, sellers),
    )  # fmt: skip


def covariance_of_prices(seen: Observed, scales: Scales, *, beta: bool) -> np.ndarray:
    """Covariance of y, price by price: shared sellers, own scatter, and β where it is not known."""
    n = seen.y.size
    found = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if seen.seller[i] == seen.seller[j]:
                found[i, j] += (scales.between * seen.spread[seen.seller[i]]) ** 2
            if beta:
                found[i, j] += seen.x[i] @ seen.x[j]
        found[i, i] += (scales.paid if seen.paid[i] else scales.asked) ** 2 + seen.more[i]
    return found


SCALES = Scales(1.3, 0.2, 0.35)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_posterior_of_the_effects_is_exact(seed: int) -> None:
    seen = observed(seed)
    whole = covariance_of_prices(seen, SCALES, beta=True)
    mean = seen.x.T @ np.linalg.solve(whole, seen.y)
    covariance = np.eye(3) - seen.x.T @ np.linalg.solve(whole, seen.x)
    found = posterior(seen, SCALES)
    np.testing.assert_allclose(found.mean, mean, atol=1e-10)
    np.testing.assert_allclose(found.covariance, covariance, atol=1e-10)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_sellers_own_effect_is_exact_given_the_effects(seed: int) -> None:
    seen = observed(seed)
    found, rest = posterior(seen, SCALES), covariance_of_prices(seen, SCALES, beta=False)
    away = seen.y - seen.x @ found.mean
    for seller, width in enumerate((SCALES.between * seen.spread) ** 2):
        shared = width * (seen.seller == seller)
        expected = shared @ np.linalg.solve(rest, away)
        variance = width - shared @ np.linalg.solve(rest, shared)
        mine = found.sellers
        own = mine.weight[seller] * (mine.total[seller] - mine.sums[seller] @ found.mean)
        assert own == pytest.approx(expected, abs=1e-10)
        assert mine.sd[seller] ** 2 == pytest.approx(variance, abs=1e-10)


def test_the_evidence_is_the_density_of_the_prices_but_for_a_constant() -> None:
    seen = observed(4)
    others = [SCALES, Scales(0.7, 0.3, 0.2), Scales(1.0, 0.1, 0.1)]
    exact = []
    for scales in others:
        whole = covariance_of_prices(seen, scales, beta=True)
        exact.append(-0.5 * (np.linalg.slogdet(whole)[1] + seen.y @ np.linalg.solve(whole, seen.y)))
    ours = [posterior(seen, scales).evidence for scales in others]
    np.testing.assert_allclose(np.diff(ours), np.diff(exact), atol=1e-9)


def test_without_prices_the_effects_are_as_unknown_as_before() -> None:
    nothing = Observed(
        np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros((0, 2)), np.zeros(0, bool), np.zeros(0), np.zeros(0)
    )
    found = learn(nothing, Scales(1.0, 0.25, 0.25))
    assert found.mean.tolist() == [0, 0]
    assert found.covariance.tolist() == np.eye(2).tolist()
    assert found.scales.between == pytest.approx(1.0, rel=0.02)


def test_true_scales_are_found_again() -> None:
    rng = np.random.default_rng(5)
    sellers = 600
    seller = np.repeat(np.arange(sellers), rng.integers(1, 5, sellers))
    x, paid = rng.normal(size=(seller.size, 2)), rng.random(seller.size) < 0.4
    own = rng.normal(0, 1.4 * 0.5, sellers)
    y = x @ np.array([0.8, -0.5]) + own[seller] + np.where(paid, 0.3, 0.1) * rng.normal(size=seller.size)
    seen = Observed(seller, y, x, paid, np.zeros(seller.size), np.full(sellers, 0.5))
    found = learn(seen, Scales(1.0, 0.25, 0.25))
    assert (found.scales.between, found.scales.asked, found.scales.paid) == pytest.approx((1.4, 0.1, 0.3), rel=0.1)
    assert found.mean == pytest.approx([0.8, -0.5], abs=0.08)
