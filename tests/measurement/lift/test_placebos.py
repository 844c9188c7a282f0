"""Permutations in space and time, against plain loops and by what must be so."""

from itertools import combinations

import numpy as np
import pytest

from asterism.errors import BadInput
from asterism.measurement.lift.comparison import by_space, compare
from asterism.measurement.lift.fit import fit
from asterism.measurement.lift.permutation import accepted, shifts
from asterism.measurement.lift.placebos import Placebos, placebos, stand_ins, worth_of
from asterism.measurement.lift.synthetic import weights
from asterism.measurement.lift.trial import Trial
from tests.measurement.lift.regions import planted, regions


def trial(effect: float = 0.0, n: int = 14, k: int = 1, seed: int = 4, after: int = 10) -> Trial:
    panel = regions("independent", 60, n, np.random.default_rng(seed))
    return Trial(planted(panel, tuple(range(k)), 60 - after, effect), tuple(range(k)), 60 - after)


def test_every_set_of_untouched_places_is_fitted_anew_and_the_treated_stand_in_for_nobody() -> None:
    ran = trial(0.5, n=7, k=2)
    own = fit(ran, weights)
    tried = placebos(ran, weights, own)
    assert list(stand_ins(ran, 400)) == list(combinations(range(2, 7), 2))
    naive = []
    for pair in combinations(range(2, 7), 2):
        rest = [i for i in range(2, 7) if i not in pair]
        y, x = ran.panel.y[:, pair].sum(axis=1), ran.panel.y[:, rest]
        y, x = y / y[:50].mean(), x / x[:50].mean(axis=0)
        gap = y - x @ weights(x[:50], y[:50])
        error = np.sqrt((gap[:50] ** 2).mean())
        naive.append(abs(gap[50:].sum() / (y - gap)[50:].sum()) / error)
    assert tried.scores == pytest.approx(naive)
    assert tried.worth == 10
    assert worth_of(trial(n=30, k=3)) == 36
    assert worth_of(trial(n=30, k=1)) == 29


def test_of_very_many_sets_some_are_drawn_the_same_each_time() -> None:
    ran = trial(n=30, k=3)
    drawn = list(stand_ins(ran, 50))
    assert len(set(drawn)) == 50
    assert drawn == list(stand_ins(ran, 50))
    assert all(len(each) == 3 and not {0, 1, 2} & set(each) for each in drawn)


def test_the_estimate_counts_among_its_placebos() -> None:
    tried = Placebos(np.arange(1.0, 20.0), error=0.01, worth=19)
    assert tried.p_value(0.25) == pytest.approx(1 / 20)
    assert tried.p_value(0.19) == pytest.approx(2 / 20)
    assert tried.p_value(-0.19) == pytest.approx(2 / 20)
    assert tried.p_value(0.0) == 1
    assert Placebos(np.array([]), 0.01, 0).p_value(1.0) == 1


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9, 0.95])
@pytest.mark.parametrize("worth", [19, 40, 100])
def test_range_and_p_value_never_contradict_each_other(level: float, worth: int) -> None:
    tried = Placebos(np.abs(np.random.default_rng(worth).normal(0, 1, 100)), 0.02, worth)
    for effect in np.linspace(-0.15, 0.15, 61):
        low, high = tried.interval(float(effect), level)
        assert low <= effect <= high
        assert (low <= 0 <= high) == (tried.p_value(float(effect)) > 1 - level + 1e-9), effect


def test_too_few_placebos_leave_the_range_open() -> None:
    assert Placebos(np.ones(6), 0.01, 6).half_width(0.9) == float("inf")
    assert Placebos(np.ones(9), 0.01, 9).half_width(0.9) == pytest.approx(0.01)


def test_a_lucky_fit_finds_nothing() -> None:
    ran = trial()
    y = ran.panel.y.copy()
    y[:50, 0] = y[:50, 1]  # a twin before the start, of its own after it
    twin = Trial(type(ran.panel)(ran.panel.days, ran.panel.places, y), (0,), 50)
    own = fit(twin, weights)
    assert own.error < 1e-9
    assert placebos(twin, weights, own).error > 0.001


def test_days_are_moved_around_in_a_circle_and_fitted_under_what_is_supposed() -> None:
    ran = trial(0.1, n=5)
    moved = shifts(ran, weights)
    x = ran.panel.y[:, 1:] / ran.panel.y[:, 1:].mean(axis=0)
    for supposed in (0.0, 0.1):
        y = ran.panel.y[:, 0].copy()
        y[50:] /= 1 + supposed
        y /= y.mean()
        off = y - x @ weights(x, y)
        blocks = [abs(sum(off[(start + i) % 60] for i in range(10))) for start in range(60)]
        expected = np.mean([block >= blocks[50] - 1e-12 for block in blocks])
        assert moved.p_value(supposed) == pytest.approx(expected)


def test_a_large_effect_stands_out_wherever_one_looks() -> None:
    found = compare(trial(0.5, n=25), "synthetic", 0.9)
    assert found.by_space
    assert found.p_in_space == pytest.approx(1 / 25)
    assert found.p_in_time == pytest.approx(1 / 60)
    low, high = found.interval(0.9)
    assert 0.3 < low < 0.5 < high < 0.7


@pytest.mark.parametrize(
    ("n", "k", "level", "decides"),
    [(25, 1, 0.9, True), (25, 1, 0.96, True), (25, 1, 0.97, False), (9, 1, 0.9, False), (10, 1, 0.9, True),
     (30, 5, 0.9, True), (30, 5, 0.96, False), (30, 6, 0.8, False)],
)  # fmt: skip
def test_untouched_places_decide_where_there_are_enough_of_them(n: int, k: int, level: float, decides: bool) -> None:
    assert by_space(trial(n=n, k=k), level) == decides


def test_what_is_accepted_is_found_to_its_edges() -> None:
    low, high = accepted(lambda tau: 1.0 if 0.1031 <= tau <= 0.2877 else 0.0, 0.2, 0.9)
    assert (low, high) == (pytest.approx(0.1031, abs=1e-4), pytest.approx(0.2877, abs=1e-4))
    low, high = accepted(lambda tau: 1.0 if tau == 0 or 0.19 < tau < 0.21 else 0.0, 0.2, 0.9)
    assert low == pytest.approx(0, abs=1e-3)
    assert accepted(lambda _: 0.0, 0.2, 0.9) == (pytest.approx(0.2, abs=1e-3), pytest.approx(0.2, abs=1e-3))


@pytest.mark.parametrize(("method", "n"), [("synthetic", 2), ("differences", 1)])
def test_a_method_without_controls_refuses(method: str, n: int) -> None:
    with pytest.raises(BadInput, match=r"untouched place.* to compare with, and a"):
        compare(trial(n=n), method, 0.9)


def test_controls_that_stop_altogether_are_refused() -> None:
    ran = trial(n=4)
    y = ran.panel.y.copy()
    y[50:, 1:] = 0
    with pytest.raises(BadInput, match="have nothing after the start"):
        compare(Trial(type(ran.panel)(ran.panel.days, ran.panel.places, y), (0,), 50), "synthetic", 0.9)
