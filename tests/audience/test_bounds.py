from itertools import combinations

import numpy as np
import pytest

from asterism.audience import bounds


def _sets(seed, n=6, people=400):
    rng = np.random.default_rng(seed)
    return rng.random((n, people)) < rng.uniform(0.02, 0.6, n)[:, None]


def _measured(sets):
    return sets.sum(axis=1).astype(float), (sets.astype(float) @ sets.T.astype(float))


@pytest.mark.parametrize("seed", range(12))
def test_every_union_lies_between_its_bounds(seed):
    sets = _sets(seed)
    sizes, shared = _measured(sets)
    union = sets.any(axis=0).sum()
    assert bounds.de_caen(sizes, shared) <= union + 1e-9
    assert bounds.dawson_sankoff(sizes, shared) <= union + 1e-9
    assert bounds.lower(sizes, shared) <= union + 1e-9
    assert union <= bounds.upper(sizes, shared) + 1e-9


@pytest.mark.parametrize("seed", range(6))
def test_the_upper_bound_takes_the_heaviest_of_all_trees(seed):
    sets = _sets(seed, n=4)
    sizes, shared = _measured(sets)
    edges = list(combinations(range(4), 2))
    trees = [tree for tree in combinations(edges, 3) if {i for edge in tree for i in edge} == {0, 1, 2, 3}]
    heaviest = max(sum(shared[i, j] for i, j in tree) for tree in trees)
    assert bounds.upper(sizes, shared) == pytest.approx(sizes.sum() - heaviest)


def test_disjoint_audiences_leave_no_doubt():
    sizes, shared = np.array([10.0, 20.0, 30.0]), np.zeros((3, 3))
    assert bounds.lower(sizes, shared) == bounds.upper(sizes, shared) == 60.0


def test_dawson_and_sankoff_use_the_best_of_their_family_of_bounds():
    sets = _sets(3)
    sizes, shared = _measured(sets)
    singles, pairs = sizes.sum(), np.triu(shared, 1).sum()
    family = [2 * singles / (k + 1) - 2 * pairs / (k * (k + 1)) for k in range(1, 7)]
    assert bounds.dawson_sankoff(sizes, shared) == pytest.approx(max(family))


def test_de_caen_is_exact_for_identical_audiences():
    sizes, shared = np.full(5, 100.0), np.full((5, 5), 100.0)
    assert bounds.de_caen(sizes, shared) == pytest.approx(100.0)


def test_an_overlap_at_its_cap_keeps_the_lower_bound_valid():
    sets = _sets(7)
    sizes, shared = _measured(sets)
    capped = np.minimum(np.minimum(sizes[:, None], sizes), shared * 1.5)
    assert bounds.lower(sizes, capped) <= bounds.lower(sizes, shared) + 1e-9


def test_no_audience_at_all_has_a_union_of_nobody():
    assert bounds.lower(np.zeros(2), np.zeros((2, 2))) == bounds.upper(np.zeros(2), np.zeros((2, 2))) == 0.0
