import numpy as np
import pytest
from scipy.stats import beta

from asterism.creators.schema import FORMATS, PLATFORMS, VIEWS_FIRST
from asterism.errors import NotFound
from asterism.priors import Priors

PRIORS = Priors.default()
MEDIANS = [4e3, 32e3, 224e3, 707e3, 3e6]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (lambda: PRIORS.fee("instagram", "post", MEDIANS).median, [75, 400, 2200, 9000, 35000]),
        (lambda: PRIORS.reach_rate("instagram", "post", MEDIANS).median, [0.25, 0.18, 0.14, 0.12, 0.09]),
        (lambda: PRIORS.reach_rate("instagram", "story", MEDIANS).median, [0.075, 0.05, 0.043, 0.04, 0.03]),
        (
            lambda: PRIORS.engagement_rate("instagram", "post", MEDIANS).belief.median,
            [0.025, 0.015, 0.012, 0.01, 0.007],
        ),
        (
            lambda: PRIORS.engagement_rate("tiktok", "video", MEDIANS).of("views").median,
            [0.09, 0.07, 0.05, 0.04, 0.035],
        ),
    ],
    ids=["fee", "reach", "story reach", "engagement", "tiktok"],
)
def test_the_published_medians_hold_at_the_tier_medians(measure: object, expected: list[float]) -> None:
    assert measure() == pytest.approx(expected)  # type: ignore[operator]


def test_fee_log_sd_is_0_8_and_1_at_the_top() -> None:
    assert PRIORS.fee("instagram", "post", MEDIANS).log_sd == pytest.approx([0.8, 0.8, 0.8, 0.8, 1.0], abs=0.001)


def test_beyond_three_million_the_fee_grows_in_proportion_and_reach_rate_falls() -> None:
    fee, reach = PRIORS.fee("instagram", "post", [3e6, 3e7]), PRIORS.reach_rate("instagram", "post", [3e6, 3e7])
    assert fee.median[1] / fee.median[0] == pytest.approx(10)
    assert reach.median[1] / reach.median[0] == pytest.approx(10**-0.15)


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("kind", FORMATS)
def test_every_platform_and_format_has_sound_beliefs_at_every_size(platform: str, kind: str) -> None:
    sizes = np.geomspace(1, 5e8, 200)
    reach = PRIORS.reach_rate(platform, kind, sizes)
    assert reach.mean.max() <= 1 + 1e-12
    for belief in (reach, PRIORS.engagement_rate(platform, kind, sizes).belief, PRIORS.fee(platform, kind, sizes)):
        assert np.isfinite(belief.median).all()
        assert (belief.median > 0).all()
        assert np.abs(np.diff(np.log(belief.median))).max() < 0.16  # a step is 10% of followers


def test_views_first_platforms_rate_by_views_and_reach_a_part_of_those_who_watch_at_all() -> None:
    for platform in VIEWS_FIRST:
        assert PRIORS.engagement_rate(platform, "video", 1e5).denominator == "views"
        assert PRIORS.reach_rate(platform, "video", 1e5).median == pytest.approx(0.28)


def test_a_platform_without_figures_takes_another_curve_and_more_doubt() -> None:
    own, borrowed = PRIORS.fee("instagram", "post", 1e5), PRIORS.fee("linkedin", "post", 1e5)
    assert borrowed.median == own.median
    assert borrowed.log_sd > own.log_sd + 0.05


def test_video_adds_to_the_fee_and_a_reel_doubles_the_reach() -> None:
    assert PRIORS.fee("instagram", "reel", 1e4).median / PRIORS.fee("instagram", "post", 1e4).median == pytest.approx(
        1.45
    )
    assert PRIORS.reach_rate("instagram", "reel", 1e6).median == pytest.approx(
        2 * PRIORS.reach_rate("instagram", "post", 1e6).median
    )


def test_a_mass_product_sells_better_through_a_micro_and_a_luxury_one_through_a_star() -> None:
    sizes = np.array([2e4, 1e5, 5e6])
    plain = PRIORS.convert(sizes).median
    mass, luxury = (PRIORS.convert(sizes, word).median / plain for word in ("mass", "luxury"))
    assert mass[0] > 1 > mass[2]
    assert luxury[0] < 1 < luxury[2]
    assert [mass[1], luxury[1]] == pytest.approx([1, 1])
    assert PRIORS.convert(sizes, "premium").median == pytest.approx(plain)
    assert PRIORS.convert(5e6, "luxury").log_sd > PRIORS.convert(5e6).log_sd


def test_the_authentic_share_is_the_mixture_of_two_clusters() -> None:
    rng = np.random.default_rng(1)
    fake = np.where(
        rng.random(400_000) < 0.75,
        beta(12 * 0.14, 12 * 0.86).rvs(400_000, random_state=rng),
        beta(12 * 0.55, 12 * 0.45).rvs(400_000, random_state=rng),
    )
    share = PRIORS.authentic()
    assert share.mean == pytest.approx(1 - fake.mean(), abs=0.002)
    assert [share.low, share.high] == pytest.approx(np.quantile(1 - fake, [0.1, 0.9]).tolist(), abs=0.004)


def test_stories_click_better_and_other_formats_share_one_figure() -> None:
    assert PRIORS.click("story").median == pytest.approx(0.025)
    assert PRIORS.click("reel").median == PRIORS.click("post").median == pytest.approx(0.018)


def test_every_entry_states_its_source_and_date() -> None:
    rows = PRIORS.sources().to_pylist()
    assert len(rows) == len(PRIORS.entries) > 50
    for row in rows:
        assert row["source"]
        assert row["date"]
        assert row["quality"] in ("A", "B", "C", "assumption")
        assert ("assumption" in row["source"]) <= (row["quality"] == "assumption")


@pytest.mark.parametrize(
    ("name", "value", "low", "high"),
    [
        ("sponsored_effect", 0.95, 0.6, 1.2),
        ("priming", 1.3, 1.0, 1.8),
        ("unique_views.tiktok", 0.68, 0.55, 0.84),
        ("duplication", 2.5, 1, 6),
    ],
    ids=str,
)
def test_single_numbers_keep_their_published_range(name: str, value: float, low: float, high: float) -> None:
    entry = PRIORS.entry(name)
    assert (entry.value, entry.low, entry.high) == (value, (low,), (high,))


def test_an_unknown_prior_names_the_nearest() -> None:
    with pytest.raises(NotFound, match="Did you mean `priming`"):
        PRIORS.entry("primning")
