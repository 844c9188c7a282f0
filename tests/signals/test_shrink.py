import numpy as np
import pytest

from asterism.priors import LogNormal
from asterism.signals.shrink import Evidence, Peers, interval, shrink


def peers(n: int, median: float = 0.02, log_sd: float = 0.6, size: float = 2e4) -> Peers:
    belief = LogNormal(np.full(n, median), np.full(n, log_sd))
    return Peers(np.full(n, size), np.full(n, -1), belief, 0.5)


def evidence(*rows: tuple[float, float, float]) -> Evidence:
    return Evidence(*(np.array(column, dtype=float) for column in zip(*rows, strict=True)))


def test_without_posts_the_prior_stands_untouched() -> None:
    found = shrink(Evidence.none(3), peers(3))
    assert found.mean == pytest.approx(np.full(3, 0.02 * np.exp(0.6**2 / 2)))
    assert found.log_sd == pytest.approx(np.full(3, 0.6))


def test_a_creator_with_many_posts_is_believed() -> None:
    found = shrink(evidence((400, np.log(0.2), 0.25), (0, np.nan, np.nan)), peers(2))
    assert found.log_rate[0] == pytest.approx(np.log(0.2), abs=0.02)
    assert found.log_sd[0] == pytest.approx(0.5 / 20, rel=0.1)


@pytest.mark.parametrize("spread", [0.4, 0.7], ids=str)
def test_ten_posts_outweigh_the_prior(spread: float) -> None:
    found = shrink(evidence((10, np.log(0.08), spread**2), (0, np.nan, np.nan)), peers(2))
    own, prior = np.log(0.08), found.peers[0]
    assert abs(found.log_rate[0] - own) < abs(found.log_rate[0] - prior)


def test_the_posterior_lies_between_own_posts_and_peers_and_is_surer_than_both() -> None:
    found = shrink(evidence((2, np.log(0.08), 0.3), (0, np.nan, np.nan)), peers(2))
    assert found.peers[0] < found.log_rate[0] < np.log(0.08)
    assert found.log_sd[0] < found.peers_log_sd[0]
    assert found.log_sd[0] < found.post_log_sd[0] / np.sqrt(2)


def test_more_posts_never_make_it_less_sure() -> None:
    rows = [(n, np.log(0.03), 0.25) for n in (1, 2, 5, 20, 100)]
    doubt = shrink(evidence(*rows), peers(5)).log_sd
    assert (np.diff(doubt) < 0).all()


def test_the_next_post_is_less_sure_than_the_creators_level() -> None:
    found = shrink(evidence((50, np.log(0.03), 0.25)), peers(1))
    assert found.next_post.log_sd[0] ** 2 == pytest.approx(found.log_sd[0] ** 2 + found.post_log_sd[0] ** 2)


def test_the_mean_of_a_post_lies_above_its_median_by_all_variance() -> None:
    found = shrink(evidence((50, np.log(0.03), 0.25)), peers(1))
    rng = np.random.default_rng(0)
    draws = rng.lognormal(found.log_rate[0], np.hypot(found.log_sd[0], found.post_log_sd[0]), 400_000)
    assert found.mean[0] == pytest.approx(draws.mean(), rel=0.01)


def test_a_whole_population_above_the_benchmark_moves_its_peers() -> None:
    rows = [(5, np.log(0.06), 0.25)] * 300 + [(0, np.nan, np.nan)]
    found = shrink(evidence(*rows), peers(301))
    assert np.exp(found.peers[-1]) == pytest.approx(0.06, rel=0.1)


def test_a_niche_that_does_better_is_expected_to() -> None:
    rng = np.random.default_rng(4)
    niche = np.repeat([0, 1], 100)
    means = np.log(0.02) + 0.8 * niche + rng.normal(0, 0.2, 200)
    base = peers(200)
    found = shrink(Evidence(np.full(200, 5.0), means, np.full(200, 0.2)), Peers(base.size, niche, base.belief, 0.5))
    assert found.peers[-1] - found.peers[0] == pytest.approx(0.8, abs=0.1)


def test_a_niche_of_a_few_counts_as_unknown() -> None:
    rows = [(5, np.log(0.02), 0.2)] * 40 + [(5, np.log(0.2), 0.2)] * 4
    base = peers(44)
    few, unknown = (
        shrink(evidence(*rows), Peers(base.size, np.r_[np.zeros(40, int), np.full(4, code)], base.belief, 0.5))
        for code in (1, -1)
    )
    assert few.peers == pytest.approx(unknown.peers)


def test_heavy_tails_do_not_widen_the_interval() -> None:
    rng = np.random.default_rng(8)
    n, n_posts = 4000, 3
    truth = np.log(0.02) + 0.3 * rng.standard_t(3, n)
    posts = truth[:, None] + 0.3 * rng.standard_t(3, (n, n_posts + 1))
    own, following = posts[:, :n_posts], posts[:, n_posts]
    found = shrink(Evidence(np.full(n, 3.0), own.mean(axis=1), own.var(axis=1, ddof=1)), peers(n))
    low, high = interval(found.next_post)
    assert ((np.log(low) < following) & (following < np.log(high))).mean() == pytest.approx(0.8, abs=0.025)


def test_a_stated_average_counts_as_a_few_posts_and_lies_above_the_middle() -> None:
    stated = Evidence.none(2).or_average(np.array([0.05, np.nan]), 5, 0.5)
    assert stated.n.tolist() == [5, 0]
    assert stated.mean[0] == pytest.approx(np.log(0.05) - 0.125)


def test_own_posts_come_before_a_stated_average() -> None:
    own = evidence((3, -4.0, 0.2)).or_average(np.array([0.9]), 5, 0.5)
    assert (own.n[0], own.mean[0]) == (3, -4.0)


def test_beating_peers_in_one_format_carries_over_in_part() -> None:
    seen = shrink(evidence((50, np.log(0.08), 0.25), (0, np.nan, np.nan)), peers(2))
    bare = shrink(Evidence.none(2), peers(2, median=0.002, log_sd=0.9))
    through = bare.seen_through(seen, 0.7)
    ahead = seen.log_rate - seen.peers
    assert through.log_rate - bare.peers == pytest.approx(0.7 * bare.peers_log_sd / seen.peers_log_sd * ahead)
    assert through.log_sd[0] < bare.log_sd[0]
    assert through.log_sd[1] == pytest.approx(bare.log_sd[1])


def test_eighty_per_cent_of_a_belief_lies_in_its_interval() -> None:
    low, high = interval(LogNormal(np.array(2.0), np.array(0.7)))
    draws = np.random.default_rng(0).lognormal(np.log(2.0), 0.7, 200_000)
    assert ((draws > low) & (draws < high)).mean() == pytest.approx(0.8, abs=0.005)


def test_stated_averages_teach_nothing_of_scatter_and_leave_it_as_it_was():
    stated = Evidence.none(400).or_average(np.geomspace(0.005, 0.05, 400), 5.0, 0.55)
    sizes = np.full(400, 32e3)
    found = shrink(stated, Peers(sizes, np.full(400, -1), LogNormal(np.full(400, 0.015), np.full(400, 0.67)), 0.55))
    assert found.post_log_sd == pytest.approx(0.55)
    assert (found.log_sd > 0.1).all()
