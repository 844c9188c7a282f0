"""Known crowds: reach from profiles, or from niche alone, against random duplication and against the truth."""

import numpy as np
import pytest

from asterism.audience.niches import NicheInput
from asterism.audience.reach import reach
from asterism.audience.samples import Samples
from asterism.audience.segments import from_niches, from_profiles
from tests.recovery.crowd import N_PEOPLE, crowd, naive_reach, random_duplication


def _compare(seed, make, n=12, repeats=6):
    """Mean absolute errors of ours and of random duplication, and the part of truths inside our interval."""
    truth, rng = crowd(seed), np.random.default_rng(500 + seed)
    incidence = make(truth, rng).incidence
    samples, sizes = Samples.of(incidence), np.array([*truth.sizes.values()], dtype=float)
    ours, random, inside = [], [], []
    for _ in range(repeats):
        chosen = rng.choice(len(truth.ids), n, replace=False)
        people, found = truth.reach(chosen), reach(samples, [truth.ids[i] for i in chosen])
        ours.append(abs(naive_reach(incidence, chosen) / people - 1))
        random.append(abs(random_duplication(sizes[chosen], N_PEOPLE) / people - 1))
        inside.append(found.low <= people <= found.high)
    return np.mean(ours), np.mean(random), np.mean(inside)


def _perfect(truth, rng):
    return from_profiles(truth.sizes, truth.profiles(), universe=N_PEOPLE)


def _scrambled(truth, rng):
    return from_profiles(truth.sizes, truth.profiles(rng, 0.5), universe=N_PEOPLE)


def _niche(truth, rng):
    sizes = np.array([*truth.sizes.values()], dtype=float)
    return from_niches(NicheInput(truth.ids, sizes, [f"niche{k}" for k in truth.niche]), universe=N_PEOPLE)


def _unknown_universe(truth, rng):
    sizes = np.array([*truth.sizes.values()], dtype=float)
    return from_niches(NicheInput(truth.ids, sizes, [f"niche{k}" for k in truth.niche]))


@pytest.mark.parametrize(("make", "limit"), [(_perfect, 0.4), (_scrambled, 0.55)], ids=["perfect", "half scrambled"])
def test_profiles_beat_random_duplication(make, limit):
    ours, random, inside = np.mean([_compare(seed, make) for seed in range(4)], axis=0)
    assert ours <= limit * random
    assert inside >= 0.6


@pytest.mark.parametrize("make", [_niche, _unknown_universe], ids=["universe known", "universe unknown"])
def test_an_interval_from_niche_alone_covers_the_truth(make):
    _, _, inside = np.mean([_compare(seed, make) for seed in range(3)], axis=0)
    assert inside >= 0.8


@pytest.mark.campaign
@pytest.mark.parametrize("n", [6, 12, 25, 50])
@pytest.mark.parametrize(("make", "limit"), [(_perfect, 0.4), (_scrambled, 0.55)], ids=["perfect", "half scrambled"])
def test_profiles_beat_random_duplication_over_sixteen_crowds(make, limit, n):
    ours, random, inside = np.mean([_compare(seed, make, n, 20) for seed in range(16)], axis=0)
    print(make.__name__, n, "ratio", ours / random, "covered", inside)
    assert ours <= limit * random
    assert inside >= 0.65


@pytest.mark.campaign
@pytest.mark.parametrize("n", [6, 12, 25, 50])
@pytest.mark.parametrize("make", [_niche, _unknown_universe], ids=["universe known", "universe unknown"])
def test_an_interval_from_niche_alone_covers_the_truth_over_sixteen_crowds(make, n):
    _, _, inside = np.mean([_compare(seed, make, n, 20) for seed in range(16)], axis=0)
    print(make.__name__, n, "covered", inside)
    assert inside >= 0.8
