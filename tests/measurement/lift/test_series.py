from datetime import date

import numpy as np
import pytest

from asterism.errors import BadInput, OutsideFailure
from asterism.measurement.lift.series import Series, correlation, series_of, staggered
from asterism.measurement.lift.trial import Trial
from tests.measurement.lift.regions import planted, regions


def series(effect: float, after: int = 20, seed: int = 2, step: int = 1) -> Series:
    """A hundred and twenty days with a week, a trend, noise with memory, and an effect at the end."""
    rng, day = np.random.default_rng(seed), np.arange(120)
    noise = rng.normal(0, 0.03, 120)
    for at in range(1, 120):
        noise[at] += 0.4 * noise[at - 1]
    on = (day >= 120 - after).astype(float)
    y = 100 * (1 + 0.1 * np.sin(2 * np.pi * day / 7)) * (1 + 0.002 * day) * np.exp(noise)
    return Series(y * (1 + effect * on), on, step)


def test_an_effect_against_its_own_past_is_found_beside_trend_and_week() -> None:
    found = series(0.3)
    assert found.effect == pytest.approx(0.3, abs=0.06)
    low, high = found.interval(0.9)
    assert 0.1 < low < 0.3 < high < 0.5
    assert found.p_value() <= 0.02
    assert found.baseline * (1 + found.effect) == pytest.approx(found.y[100:].sum())


def test_the_memory_of_errors_is_that_of_statsmodels() -> None:
    from statsmodels.regression.linear_model import GLSAR

    for seed in range(3):
        one = series(0.0, seed=seed)
        model = GLSAR(one.y / one.y.mean(), one.shape, rho=1)
        model.iterative_fit(maxiter=6)
        assert correlation(one.y / one.y.mean(), one.shape) == pytest.approx(float(model.rho[0]), abs=1e-6)


def test_range_and_p_value_agree_on_nothing() -> None:
    for seed in range(4):
        found = series(0.0, seed=seed)
        low, high = found.interval(0.9)
        assert (low <= 0 <= high) == (found.p_value() > 0.1)


def test_the_effect_planted_is_what_is_least_surprising() -> None:
    found = series(0.3)
    assert found.p_value(0.3) > 0.2
    assert found.p_value(0.9) < 0.1


def test_seasons_are_fitted_where_the_panel_holds_them_twice() -> None:
    assert series(0).shape.shape == (120, 2 + 6)
    weekly = Series(np.arange(1.0, 121), np.zeros(120), 7)
    assert weekly.shape.shape == (120, 2 + 4)
    assert Series(np.arange(1.0, 61), np.zeros(60), 7).shape.shape == (60, 2)


def test_posts_of_different_days_are_one_campaign() -> None:
    panel = regions("independent", 120, 1, np.random.default_rng(3))
    posts = tuple(panel.days[i] for i in (20, 50, 85))
    trial = Trial(panel, (0,), 20)
    on = staggered(trial, posts, 4).on
    assert np.flatnonzero(on).tolist() == [20, 21, 22, 23, 50, 51, 52, 53, 85, 86, 87, 88]
    loud = planted(panel, (0,), 0, 0.0)
    loud.y[on == 1] *= 1.5
    found = staggered(Trial(loud, (0,), 20), posts, 4)
    assert found.effect == pytest.approx(0.5, abs=0.1)
    assert found.p_value() < 0.05
    assert series_of(trial).on.sum() == 100


def test_a_post_on_every_day_leaves_nothing_to_compare_with() -> None:
    panel = regions("independent", 30, 1, np.random.default_rng(3))
    with pytest.raises(BadInput, match="Only 5 rows are left without a post"):
        staggered(Trial(panel, (0,), 8), (panel.days[5],), 25)
    assert panel.days[5] == date(2026, 1, 6)


def test_a_series_without_statsmodels_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "statsmodels.regression.linear_model", None)
    with pytest.raises(OutsideFailure, match=r'pip install "asterism\[measure\]"'):
        _ = series(0.3).effect
