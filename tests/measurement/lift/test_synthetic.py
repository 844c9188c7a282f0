"""The synthetic control's weights: the best there are (pysyncon's, which loads slowly, stand in the recovery tests)."""

import numpy as np
import pytest

from asterism.measurement.lift.comparison import compare
from asterism.measurement.lift.differences import equal_weights
from asterism.measurement.lift.fit import fit
from asterism.measurement.lift.synthetic import weights
from asterism.measurement.lift.trial import Trial
from tests.measurement.lift.regions import Floats, planted, regions


def loss(controls: Floats, target: Floats, share: Floats) -> float:
    return float(((controls @ share - target) ** 2).sum())


def problem(seed: int, n_days: int, n_controls: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    controls = rng.normal(0, 1, (n_days, n_controls))
    return controls, controls @ rng.dirichlet(np.full(n_controls, 0.3)) + rng.normal(0, 0.3, n_days)


def test_no_small_change_of_the_weights_is_better() -> None:
    controls, target = problem(3, 80, 12)
    share, rng = weights(controls, target), np.random.default_rng(0)
    best = loss(controls, target, share)
    assert share.min() >= 0
    assert share.sum() == pytest.approx(1, abs=1e-12)
    for _ in range(300):
        other = rng.dirichlet(np.full(12, 0.5))
        assert loss(controls, target, share + 1e-3 * (other - share)) >= best - 1e-12


def test_a_place_that_is_its_own_twin_gets_all_the_weight() -> None:
    controls, _ = problem(5, 40, 4)
    assert weights(controls, controls[:, 2]).tolist() == pytest.approx([0, 0, 1, 0], abs=1e-9)
    assert weights(np.ones((5, 4)), np.ones(5)).tolist() == [0.25] * 4


def test_places_of_any_size_are_compared_in_their_own_measure() -> None:
    panel = regions("independent", 80, 12, np.random.default_rng(2))
    panel = planted(panel, (0, 1), 60, 0.2)
    usual = fit(Trial(panel, (0, 1), 60), weights)
    scaled = panel.y * np.array([1.0, 1.0, *([7.0] * 10)])
    larger = fit(Trial(type(panel)(panel.days, panel.places, scaled), (0, 1), 60), weights)
    assert larger.effect == pytest.approx(usual.effect, rel=1e-9)
    assert usual.baseline * (1 + usual.effect) == pytest.approx(panel.y[60:, :2].sum())


def test_without_any_noise_the_effect_is_found_exactly() -> None:
    day = np.arange(60)[:, None]
    y = np.array([5.0, 7.0, 9.0, 20.0]) * (2 + np.sin(day / 3))
    y[50:, 0] *= 1.08
    panel = regions("independent", 60, 4, np.random.default_rng(0))
    trial = Trial(type(panel)(panel.days, panel.places, y), (0,), 50)
    for method in ("synthetic", "differences"):
        assert compare(trial, method, 0.9).own.effect == pytest.approx(0.08, abs=1e-9)


def test_differences_weigh_everybody_alike() -> None:
    panel = regions("independent", 30, 5, np.random.default_rng(1))
    trial = Trial(panel, (0,), 20)
    index = panel.y / panel.y[:20].mean(axis=0)
    expected = index[20:, 1:].mean()
    assert fit(trial, equal_weights).effect == pytest.approx(index[20:, 0].mean() / expected - 1)
