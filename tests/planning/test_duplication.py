"""People shared by two picks, beside plain loops over every person."""

import numpy as np
import pytest

from asterism.planning.duplication import MOST, duplication
from asterism.planning.plan import Duplication
from tests.naive import planning as naive


def by_hand(samples, a, b):
    """Σ wanted × chance of both, person by person; the audience where both are one."""
    total = 0.0
    for p in range(samples.n_people):
        links = range(samples.start[p], samples.start[p + 1])
        chance = {int(samples.link[i]): float(samples.chance[i]) for i in links}
        both = chance.get(a, 0.0) * (1.0 if a == b else chance.get(b, 0.0))
        total += samples.weight[p] * samples.worth[p] * both
    return total


@pytest.mark.parametrize("seed", range(6))
def test_shared_people_are_those_plain_loops_count(seed):
    samples = naive.random_problem(seed).samples
    columns = np.random.default_rng(seed).permutation(samples.n_creators)[:4].astype(np.int32)
    found = duplication(samples, columns).shared
    for i, a in enumerate(columns):
        for j, b in enumerate(columns):
            assert found[i][j] == pytest.approx(by_hand(samples, int(a), int(b)), abs=1e-9)


def test_whoever_is_picked_twice_shares_everybody_with_themselves():
    samples = naive.random_problem(2).samples
    found = duplication(samples, np.array([3, 1, 3], dtype=np.int32))
    assert found.shared[0][2] == found.shared[0][0] == found.shared[2][2] > 0
    assert found.share[0][2] == 1


def test_no_more_than_forty_picks_are_told_apart():
    samples = naive.random_problem(2).samples
    columns = np.resize(np.arange(samples.n_creators, dtype=np.int32), 60)
    assert len(duplication(samples, columns).shared) == MOST == 40


@pytest.mark.parametrize(
    ("shared", "share"),
    [
        pytest.param(((10.0, 2.0), (2.0, 4.0)), 0.5, id="of the smaller"),
        pytest.param(((10.0, 0.0), (0.0, 0.0)), 0.0, id="an empty audience"),
        pytest.param(((10.0, 5.0), (5.0, 4.0)), 1.0, id="never above one"),
    ],
)
def test_the_share_is_of_the_smaller_audience(shared, share):
    assert Duplication(shared).share[0][1] == Duplication(shared).share[1][0] == share


def test_a_plan_tells_it_as_plain_values():
    told = Duplication(((10.0, 2.0), (2.0, 4.0))).to_dict()
    assert told == {"shared": [[10.0, 2.0], [2.0, 4.0]], "share": [[1.0, 0.5], [0.5, 1.0]]}
