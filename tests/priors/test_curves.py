import numpy as np
import pytest
from scipy.stats import lognorm

from asterism.errors import BadInput
from asterism.priors import Benchmark, LogNormal, Rate


def benchmark(**changes: object) -> Benchmark:
    base = {
        "name": "fee.x.post", "unit": "US dollars", "median": (10.0, 100.0), "low": (5.0, 50.0), "high": (20.0, 400.0),
        "source": "a test", "date": "2026", "quality": "own", "followers": (1e3, 1e5), "below": 0.5, "beyond": 1.0,
    }  # fmt: skip
    return Benchmark(**{**base, **changes})


def test_between_two_sizes_the_median_is_a_straight_line_in_logs() -> None:
    # half-way in logs between (1e3, 10) and (1e5, 100)
    assert benchmark().at(1e4).median == pytest.approx(np.sqrt(10 * 100))


def test_outside_the_sizes_the_elasticities_take_over() -> None:
    assert benchmark().at([1e7, 1e1]).median == pytest.approx([100 * 100.0, 10 * 0.1])


def test_the_floor_holds_below_the_smallest_size() -> None:
    assert benchmark(floor=4.0).at(1.0).median == pytest.approx(4.0)


def test_nothing_steps_anywhere() -> None:
    sizes = np.geomspace(10, 1e8, 4000)
    for values in (benchmark().at(sizes).median, benchmark().at(sizes).log_sd):
        assert np.abs(np.diff(np.log(values))).max() < 0.01


def test_the_stated_range_is_the_5_to_95_per_cent_range() -> None:
    belief = benchmark(low=(5.0, 50.0), high=(20.0, 200.0)).at(1e3)
    peer = lognorm(s=float(belief.log_sd), scale=float(belief.median))
    assert peer.ppf([0.05, 0.95]) == pytest.approx([5.0, 20.0])


def test_mean_and_interval_agree_with_scipy() -> None:
    belief, peer = LogNormal(np.array(3.0), np.array(0.7)), lognorm(s=0.7, scale=3.0)
    assert [belief.mean, belief.low, belief.high] == pytest.approx([peer.mean(), peer.ppf(0.1), peer.ppf(0.9)])


def test_a_product_of_beliefs_is_the_belief_about_the_product() -> None:
    rng = np.random.default_rng(3)
    one, two = LogNormal(np.array(3.0), np.array(0.4)), LogNormal(np.array(0.5), np.array(0.3))
    draws = np.log(rng.lognormal(np.log(3.0), 0.4, 200_000) * rng.lognormal(np.log(0.5), 0.3, 200_000))
    both = one.times(two)
    assert [np.log(both.median), both.log_sd] == pytest.approx([draws.mean(), draws.std()], abs=0.005)


def test_a_capped_belief_has_a_mean_at_the_ceiling() -> None:
    capped = LogNormal(np.array([0.5, 2.0]), np.array([0.3, 0.3])).capped(1.0)
    assert capped.mean == pytest.approx([0.5 * np.exp(0.045), 1.0])


def test_rates_of_two_denominators_never_mix() -> None:
    rate = Rate(LogNormal(np.array(0.03), np.array(0.5)), "views")
    assert rate.of("views").median == 0.03
    with pytest.raises(BadInput, match="rate by views was used as a rate by followers"):
        rate.of("followers")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"median": (10.0,)}, "needs 2 values each"),
        ({"followers": (1e5, 1e3)}, "must rise"),
        ({"low": (50.0, 50.0)}, "low ≤ median ≤ high"),
        ({"low": (0.0, 50.0)}, "low must be above 0"),
        ({"high": (float("inf"), 400.0)}, "not a finite number"),
        ({"quality": "great"}, "unknown quality"),
    ],
    ids=["short", "falling", "crossed", "zero", "infinite", "quality"],
)
def test_an_unsound_benchmark_says_what_is_wrong(changes: dict[str, object], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        benchmark(**changes)


def test_a_rate_needs_a_known_denominator() -> None:
    with pytest.raises(BadInput, match="no denominator"):
        Rate(LogNormal(np.array(1.0), np.array(1.0)), "likes")


def test_a_normal_number_may_start_at_zero() -> None:
    number = benchmark(median=(0.5,), low=(0.0,), high=(1.0,), followers=(), shape="normal")
    assert number.interval.low == pytest.approx(0.5 - 1.2816 * (0.5 / 1.6449), abs=1e-3)
