"""Markets whose reach is known to the last person, and how nearly a panel of 1,024 per creator finds it."""

from dataclasses import dataclass

import numpy as np
import pytest

from asterism.audience.reach import reach
from asterism.audience.samples import Samples

SETS = (1, 2, 3, 6, 12, 25, 50)


@dataclass(frozen=True)
class Market:
    """Who follows whom, in full: `follows` (n_creators, n_people) of yes and no."""

    follows: np.ndarray

    @property
    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        creator, person = np.nonzero(self.follows)
        return person, creator

    def sets(self, rng: np.random.Generator, each: int = 4) -> list[np.ndarray]:
        n = len(self.follows)
        return [rng.choice(n, size, replace=False) for size in SETS for _ in range(each) if size <= n]

    def reach(self, chosen: np.ndarray) -> int:
        return int(self.follows[chosen].any(axis=0).sum())


def market(seed: int, largest: int = 60_000) -> Market:
    """People in segments with light and heavy users; each creator's followers lean to three of the segments."""
    rng = np.random.default_rng(seed)
    n_people, n_creators = int(rng.integers(60_000, 300_001)), int(rng.integers(50, 101))
    segment = rng.integers(0, 8, n_people)
    dispersion = rng.uniform(0.2, 2.0)
    activity = rng.gamma(1 / dispersion, dispersion, n_people) + 1e-3
    focus = rng.uniform(0.3, 0.85)
    follows = np.zeros((n_creators, n_people), bool)
    for c in range(n_creators):
        taste = np.full(8, (1 - focus) / 8)
        taste[rng.choice(8, 3, replace=False)] += focus / 3
        size = int(np.exp(rng.uniform(np.log(300), np.log(min(largest, 0.4 * n_people)))))
        race = rng.exponential(size=n_people) / (activity * taste[segment])
        follows[c, np.argpartition(race, size)[:size]] = True
    return Market(follows)


def found(samples: Samples, chosen: np.ndarray):
    return reach(samples, [str(c) for c in chosen])


def panel_errors(seeds: range) -> tuple[np.ndarray, np.ndarray]:
    """Relative errors of reach, and whether each interval of a set of two or more held the truth."""
    errors, held = [], []
    for seed in seeds:
        truth = market(seed)
        samples = Samples.from_followers(*truth.pairs, seed=seed)
        for chosen in truth.sets(np.random.default_rng(seed)):
            reached, estimate = truth.reach(chosen), found(samples, chosen)
            errors.append(estimate.people / reached - 1)
            if len(chosen) > 1:
                held.append(estimate.low <= reached <= estimate.high)
    return np.array(errors), np.array(held)


def sampled_errors(seeds: range, drawn_each: int) -> np.ndarray:
    """The same when of every creator only so many followers were drawn, with everything else they follow."""
    errors = []
    for seed in seeds:
        truth = market(seed)
        rng = np.random.default_rng(seed + 1000)
        drawn = np.zeros(truth.follows.shape[1], bool)
        for row in truth.follows:
            followers = np.flatnonzero(row)
            drawn[rng.choice(followers, min(drawn_each, followers.size), replace=False)] = True
        creator, person = np.nonzero(truth.follows & drawn)
        sizes = {str(c): n for c, n in enumerate(truth.follows.sum(axis=1))}
        samples = Samples.from_followers(person, creator, seed=seed, sizes=sizes)
        errors += [found(samples, s).people / truth.reach(s) - 1 for s in truth.sets(np.random.default_rng(seed))]
    return np.array(errors)


def test_a_calibrated_panel_finds_the_reach_of_any_set():
    errors, held = panel_errors(range(5))
    assert np.abs(errors).mean() <= 0.004
    assert np.abs(errors).max() <= 0.02
    assert 0.65 <= held.mean() <= 0.95  # 120 intervals of five markets, which go together


def test_a_thousand_followers_of_each_creator_find_the_reach_of_any_set():
    errors = sampled_errors(range(3), 1000)
    assert np.abs(errors).mean() <= 0.005
    assert abs(errors.mean()) <= 0.002


@pytest.mark.campaign
def test_over_fifty_markets_reach_is_found_within_seven_tenths_of_a_percent():
    errors, held = panel_errors(range(50))
    assert np.abs(errors).mean() <= 0.003
    assert np.abs(errors).max() <= 0.03
    assert 0.76 <= held.mean() <= 0.84


@pytest.mark.campaign
@pytest.mark.parametrize(("drawn_each", "at_most"), [(200, 0.007), (1000, 0.005)])
def test_sampled_followers_find_reach_over_twenty_markets(drawn_each, at_most):
    errors = sampled_errors(range(20), drawn_each)
    assert np.abs(errors).mean() <= at_most
    assert abs(errors.mean()) <= 0.002
