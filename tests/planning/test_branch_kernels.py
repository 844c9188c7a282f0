"""Branch and bound's kernels beside their naive twins."""

import numpy as np
import pytest

from asterism.planning import _kernels
from asterism.planning._kernels import branch as kernels
from asterism.planning.cuts import STRENGTHS
from tests.naive import branch as naive

SEEDS = range(12)


class Small:
    """A few creators and people, one to two offers a creator, some rates of 0 and 1."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        self.n_people, n_creators = 9, 5
        linked = rng.random((n_creators, self.n_people)) < 0.4
        chance = np.where(rng.random(linked.shape) < 0.3, 1.0, rng.uniform(0.05, 1.0, linked.shape))
        start = np.append(0, np.cumsum(linked.sum(axis=1))).astype(np.int64)
        self.links = _kernels.Links(start, np.nonzero(linked)[1].astype(np.int32), chance[linked])
        self.lists = [[(p, chance[c, p]) for p in np.flatnonzero(linked[c])] for c in range(n_creators)]
        self.creator = np.sort(rng.integers(0, n_creators, 6)).astype(np.int32)
        self.rate = rng.choice([0.0, 0.3, 0.8, 1.0], 6)
        self.worth = rng.uniform(1, 9, self.n_people) * (rng.random(self.n_people) < 0.9)
        self.offers = list(zip(self.creator.tolist(), self.rate.tolist(), strict=True))
        self.touch = rng.uniform(0.1, 2.0, self.n_people)
        self.shares = rng.uniform(0, 1, 6)
        self.count = kernels.shared_people(self.links, self.creator, self.worth)
        self.people = np.flatnonzero(self.count > 1)
        found = kernels.meetings(self.links, self.creator, self.rate, self.worth, self.count, _kernels.MIXED)
        self.meets, self.alone = found

    @property
    def cuts(self):
        touch = self.touch[self.people]
        return _kernels.Cuts(self.worth[self.people], (1 + touch) * np.exp(-touch), touch)


@pytest.mark.parametrize("seed", SEEDS)
def test_people_are_alike_exactly_where_the_same_creators_reach_them(seed):
    small = Small(seed)
    creators = np.unique(small.creator)
    label = kernels.alike(small.links, creators, small.n_people).tolist()
    met = [{p for p, _ in row} for row in small.lists]
    wanted = naive.classes(met, creators.tolist(), small.n_people)
    for p in range(small.n_people):
        assert [label[p] == other for other in label] == [wanted[p] == other for other in wanted]
        assert (label[p] == 0) == (not wanted[p])


@pytest.mark.parametrize("seed", SEEDS)
def test_offers_taken_leave_of_everybody_what_they_miss(seed):
    small = Small(seed)
    found = kernels.left_over(small.links, small.creator, small.rate, small.worth)
    assert found == pytest.approx(naive.left_over(small.lists, small.offers, small.worth))


@pytest.mark.parametrize("seed", SEEDS)
def test_packages_of_one_creator_do_not_share_people_with_each_other(seed):
    small = Small(seed)
    assert small.count.tolist() == naive.shared(small.lists, small.creator.tolist(), small.worth)
    assert small.alone == pytest.approx(naive.alone(small.lists, small.offers, small.worth))


@pytest.mark.parametrize("seed", SEEDS)
def test_gains_at_peoples_prices_are_the_cuts_of_those_whom_several_meet(seed):
    small = Small(seed)
    found = kernels.gained(small.meets, small.cuts, np.zeros(6))
    assert found == pytest.approx(naive.gains(small.lists, small.offers, small.worth, small.touch))


@pytest.mark.parametrize("seed", SEEDS)
def test_shares_fill_a_cut_as_far_as_an_offers_strength_goes(seed):
    small = Small(seed)
    cover, bent = np.zeros(small.people.size), np.zeros(small.people.size)
    kernels.filled(small.meets, small.cuts.touch, small.shares, cover, bent)
    wanted = naive.filled(small.lists, small.offers, small.shares, small.worth, small.touch)
    assert cover == pytest.approx(np.array(wanted[0])[small.people])
    assert bent == pytest.approx(np.array(wanted[1])[small.people])


@pytest.mark.parametrize("seed", SEEDS)
def test_steps_never_end_above_where_they_began(seed):
    small = Small(seed)
    first = np.append(np.unique(small.creator, return_index=True)[1], 6).astype(np.int64)
    use, room = np.stack([np.arange(3.0, 9.0), np.ones(6)]), np.array([12.0, 2.0])
    shelf = _kernels.Shelf(first, np.zeros(first.size - 1, dtype=bool), use, room)
    cuts, walk = small.cuts, kernels.Walk(small.shares.copy(), np.zeros(2), small.alone)
    kernels.recut(cuts, cuts.price.copy(), STRENGTHS)
    before = kernels.bound_of(small.meets, cuts, shelf, walk, np.zeros(2))
    kernels.descend(small.meets, cuts, shelf, walk, STRENGTHS, kernels.Until(60, -np.inf))
    assert kernels.bound_of(small.meets, cuts, shelf, walk, walk.prices.copy()) <= before * (1 + 1e-6)
