import numpy as np
import pytest

from asterism.errors import BadInput
from asterism.measurement.lift.power import Power, chance_of, power_of, power_of_series
from asterism.measurement.lift.series import series_of
from asterism.measurement.lift.trial import Trial
from tests.measurement.lift.regions import regions


def trial(n: int = 24, k: int = 2, before: int = 70, after: int = 10) -> Trial:
    panel = regions("independent", before + after, n, np.random.default_rng(8))
    return Trial(panel, tuple(range(k)), before)


@pytest.mark.parametrize(("n", "method"), [(24, "synthetic"), (6, "synthetic"), (24, "differences"), (2, "series")],
                         ids=["in space", "in time", "differences", "series"])  # fmt: skip
def test_larger_lifts_are_found_more_often_and_none_by_chance_alone(n: int, method: str) -> None:
    chance = chance_of(trial(n, 1 if method == "series" else 2), method, 0.9)
    shares = [chance(effect) for effect in (0.0, 0.02, 0.05, 0.1, 0.5)]
    assert shares[0] <= 0.2
    assert shares[-1] == 1
    assert np.diff(shares).min() >= 0


def test_without_a_lift_chance_alone_is_found_as_often_as_the_level_leaves_it() -> None:
    for level in (0.8, 0.9):
        assert chance_of(trial(40, 1), "synthetic", level)(0.0) == pytest.approx(1 - level, abs=0.04)


def test_more_places_find_smaller_lifts() -> None:
    one, many = (power_of(trial(40, k), "synthetic", 0.03, 0.9) for k in (1, 4))
    assert one.share < many.share
    assert one.needed_effect is not None
    assert one.needed_effect > 0.03


def test_only_what_stands_before_the_start_is_looked_at() -> None:
    ran = trial()
    y = ran.panel.y.copy()
    y[70:] *= 5
    after = Trial(type(ran.panel)(ran.panel.days, ran.panel.places, y), ran.treated, 70)
    assert power_of(ran, "synthetic", 0.04, 0.9) == power_of(after, "synthetic", 0.04, 0.9)


def test_the_effect_it_needs_is_found_in_four_of_five() -> None:
    ran = trial()
    found = power_of(ran, "synthetic", 0.01, 0.9)
    assert found.needed_effect is not None
    chance = chance_of(ran, "synthetic", 0.9)
    assert chance(found.needed_effect) >= 0.8
    assert chance(found.needed_effect - 0.003) < 0.8
    assert not found.enough
    assert "would be found in" in found.sentence
    assert "Too few to start with: 80% would take a lift of" in found.sentence


@pytest.mark.parametrize(
    ("power", "says"),
    [
        (Power(0.9, 0.1, 14, 0.9), "A lift of 10.0% would be found in 90% of tests of 14 days at 90%. That is enough."),
        (Power(0.6, 0.1, 14, 0.9, 0.12, 28), "80% would take a lift of 12.0% or 28 days."),
        (Power(0.2, 0.1, 14, 0.9, None, 28), "Too few to start with: 80% would take 28 days."),
        (Power(0.2, 0.1, 14, 0.9), "no lift or length we can try would do: use more places."),
    ],
    ids=["enough", "fair", "longer", "hopeless"],
)
def test_it_says_what_it_would_take(power: Power, says: str) -> None:
    assert power.sentence.endswith(says)
    assert power.to_dict()["enough"] == (power.share >= 0.5)
    assert power.to_dict()["power"] == power.share


def test_longer_tests_are_tried_as_far_as_the_past_allows() -> None:
    found = power_of(trial(24, 1, before=120, after=5), "synthetic", 0.045, 0.9)
    assert found.share < 0.8
    assert found.needed_days is None or found.needed_days > 5
    short = power_of(trial(24, 1, before=20, after=10), "synthetic", 0.01, 0.9)
    assert short.needed_days is None


def test_a_past_too_short_to_try_on_is_refused() -> None:
    with pytest.raises(BadInput, match=r"15 rows before the start are too few to try a test of 10 rows"):
        power_of(trial(before=15), "synthetic", 0.1, 0.9)


def test_posts_are_tried_on_a_series_without_what_they_brought() -> None:
    ran = trial(2, 1)
    calm = power_of_series(series_of(ran), 0.5, 0.9)
    assert calm.share > 0.8
    assert calm.days == 10
