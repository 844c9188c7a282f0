"""Lift: planted effects found again with true intervals, false alarms as often as stated, power as it was told."""

import csv
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from asterism.measurement.lift.comparison import compare
from asterism.measurement.lift.panel import Panel, panel_of
from asterism.measurement.lift.power import chance_of
from asterism.measurement.lift.series import Series
from asterism.measurement.lift.synthetic import weights
from asterism.measurement.lift.trial import Trial
from tests.measurement.lift.regions import KINDS, planted, regions
from tests.measurement.lift.test_synthetic import loss, problem

CITIES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "geolift" / "GeoLift_PreTest.csv"
SHAPES = {1: (14, 104), 3: (14, 104), 6: (28, 118), 10: (14, 104)}
"""Rows of the test and of the panel, by how many of 30 places are treated."""
RUNS = 100

pytestmark = pytest.mark.campaign


def cities() -> Panel:
    if not CITIES.is_file():
        pytest.skip("shared/data/geolift does not stand beside the repository")
    with CITIES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return panel_of({name: [row[name] for row in rows] for name in rows[0]})


@pytest.mark.shared
def test_of_placebos_on_forty_cities_three_to_seven_in_a_hundred_are_held_for_effects() -> None:
    panel, rng, alarms = cities(), np.random.default_rng(5), []
    for _ in range(1_000):
        pair = tuple(sorted(int(i) for i in rng.choice(40, 2, replace=False)))
        before, after = int(rng.integers(40, 76)), int(rng.integers(7, 16))
        found = compare(Trial(panel.until(before + after), pair, before), "synthetic", 0.95, most=200)
        low, high = found.interval(0.95)
        alarms.append((found.p_value <= 0.05, not low <= 0 <= high, found.p_in_time <= 0.05))
    by_p, by_interval, in_time = np.mean(alarms, axis=0)
    print(f"false alarms by p {by_p:.3f}, by interval {by_interval:.3f}; moved in time {in_time:.3f}")
    assert 0.03 <= by_p <= 0.07
    assert 0.03 <= by_interval <= 0.07


def test_intervals_hold_a_planted_lift_of_eight_percent_as_often_as_they_say() -> None:
    held = {(kind, k): [one(kind, k, seed) for seed in range(RUNS)] for kind in KINDS for k in SHAPES}
    for about, runs in held.items():
        print(about, f"{np.mean([inside for inside, _ in runs]):.3f}", f"effect {np.mean([e for _, e in runs]):.4f}")
    everything = np.array([run for runs in held.values() for run in runs])
    print(f"{len(everything)} runs: {everything[:, 0].mean():.3f}")
    assert len(everything) >= 1_000
    assert 0.87 <= everything[:, 0].mean() <= 0.93
    assert everything[:, 1].mean() == pytest.approx(0.08, abs=0.005)


def one(kind: str, k: int, seed: int) -> tuple[bool, float]:
    rng = np.random.default_rng((KINDS.index(kind), k, seed))
    after, n_days = SHAPES[k]
    places = tuple(sorted(int(i) for i in rng.choice(30, k, replace=False)))
    panel = planted(regions(kind, n_days, 30, rng), places, n_days - after, 0.08)
    found = compare(Trial(panel, places, n_days - after), "synthetic", 0.9, most=200)
    low, high = found.interval(0.9)
    return low <= 0.08 <= high, found.own.effect


@pytest.mark.parametrize("kind", ["independent", "remembering"])
@pytest.mark.parametrize(("k", "effect"), [(1, 0.05), (3, 0.03), (6, 0.02)])
def test_power_is_told_within_five_points_of_what_happens(kind: str, k: int, effect: float) -> None:
    told, found = [], []
    for seed in range(400):
        rng = np.random.default_rng((7, KINDS.index(kind), k, seed))
        places, before = tuple(range(k)), 104
        panel = planted(regions(kind, before + 14, 30, rng), places, before, effect)
        trial = Trial(panel, places, before)
        found.append(compare(trial, "synthetic", 0.9, most=200).p_value <= 0.1)
        if seed % 8 == 0:
            told.append(chance_of(trial, "synthetic", 0.9)(effect))
    print(f"{kind} {k} {effect}: told {np.mean(told):.3f}, found {np.mean(found):.3f}")
    assert np.mean(told) == pytest.approx(np.mean(found), abs=0.05)


@pytest.mark.parametrize("memory", [0.0, 0.5], ids=["independent", "remembering"])
def test_a_series_alone_holds_its_lift_as_often_as_it_says(memory: float) -> None:
    held, alarms = [], []
    for seed in range(200):
        rng = np.random.default_rng((3, seed))
        shocks = rng.normal(0, 1, 120)
        noise = shocks.copy()
        for at in range(1, 120):
            noise[at] = memory * noise[at - 1] + np.sqrt(1 - memory**2) * shocks[at]
        days = np.arange(120)
        on = (days >= 100).astype(float)
        calm = 100 * (1 + 0.1 * np.sin(2 * np.pi * days / 7)) * (1 + 0.001 * days) * np.exp(0.05 * noise)
        low, high = Series(calm * (1 + 0.1 * on), on, 1).interval(0.9)
        held.append(low <= 0.1 <= high)
        alarms.append(Series(calm, on, 1).p_value() <= 0.1)
    print(f"memory {memory}: held {np.mean(held):.3f}, false alarms {np.mean(alarms):.3f}")
    assert 0.84 <= np.mean(held) <= 0.95
    assert 0.05 <= np.mean(alarms) <= 0.16


def pysyncon() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a docstring of theirs has a backslash too many
        from pysyncon import Synth
    return Synth


@pytest.mark.parametrize(
    ("n_days", "n_controls"), [(60, 6), (90, 38), (30, 50)], ids=["few", "usual", "more than days"]
)
def test_the_weights_are_those_of_pysyncon(n_days: int, n_controls: int) -> None:
    controls, target = problem(n_controls, n_days, n_controls)
    ours = weights(controls, target)
    theirs, _ = pysyncon().w_optimize(np.eye(n_days), controls, target, qp_options={"maxiter": 5_000, "ftol": 1e-15})
    assert ours.min() >= 0
    assert ours.sum() == pytest.approx(1, abs=1e-12)
    assert loss(controls, target, ours) <= loss(controls, target, theirs) + 1e-9
    assert loss(controls, target, ours) == pytest.approx(loss(controls, target, theirs), rel=1e-6)
    if n_controls < n_days:  # with more controls than days several mixtures are as good
        assert ours == pytest.approx(theirs, abs=1e-4)
