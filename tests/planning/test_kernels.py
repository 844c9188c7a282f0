"""Each step of greedy beside plain loops: what is held, what more would add, what is left to spend."""

from dataclasses import replace

import numpy as np
import pytest

from asterism.planning import _kernels
from asterism.planning.objective import Objective
from tests.naive import planning as naive

SHAPES = {
    "once": [0.0, 1.0],
    "twice, half each": [0.0, 0.5, 1.0],
    "thrice, rising": [0.0, 0.2, 0.3, 1.0],
    "worth something unseen": [0.4, 0.6, 1.0],
}


def laid_out(seed, shape):
    """(problem, links, menu, crowd) of a random problem with nobody held, effective reach of the shape's depth."""
    objective = Objective("effective_reach", shape.size - 1)
    problem = replace(naive.random_problem(seed), objective=objective).ready()
    ready, offers = problem.prepared, problem.offers
    may = np.ones(len(offers), dtype=bool)
    menu = _kernels.Menu(ready.first, ready.profile, offers.cost, offers.tier, offers.platform, may)
    n, k, n_links = ready.worth.size, shape.size - 1, ready.links.person.size
    exactly = np.zeros((n, k))
    exactly[:, 0] = 1.0
    crowd = _kernels.Crowd(
        ready.worth,
        shape,
        exactly,
        ready.worth[:, None] * (shape[1:] - shape[0]),
        np.full(n, -1, dtype=np.int64),
        np.empty(n_links, dtype=np.int64),
        np.empty(n_links, dtype=np.int32),
        np.full(problem.samples.n_creators, -1, dtype=np.int64),
    )
    return problem, ready.links, menu, crowd


def worth_of(problem, chosen, shape):
    """Σ wanted × worth of the exposures, person by person."""
    total = 0.0
    offers, samples = problem.offers, problem.samples
    for p, mine in enumerate(naive.links_per_person(samples, offers, chosen)):
        chances = naive.seen_chances(mine, offers, offers.exposures, offers.posts)
        worth = sum(chance * shape[min(n, shape.size - 1)] for n, chance in enumerate(chances))
        total += samples.weight[p] * samples.worth[p] * worth
    return total


def packages(offers):
    """Rows of each creator's offers."""
    return [np.flatnonzero(offers.creator == c).tolist() for c in np.unique(offers.creator)]


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("seed", range(5))
def test_what_an_offer_would_add_is_the_difference_of_two_plans(seed, shape):
    shape = np.array(shape)
    problem, links, menu, crowd = laid_out(seed, shape)
    offers = packages(problem.offers)
    held = {}
    for rows in [*offers[:4], *offers[1:3]]:  # the second visit replaces the first package by the last
        held[rows[0]] = rows[-1] if rows[0] in held else rows[0]
        _kernels.hold(crowd, links, menu, int(problem.offers.creator[rows[0]]), held[rows[0]])
    for rows in offers:
        pull = np.empty(shape.size - 1)
        _kernels.pull_of(crowd, links, menu, int(problem.offers.creator[rows[0]]), pull)
        others = [row for first, row in held.items() if first != rows[0]]
        before = worth_of(problem, others, shape)
        for row in rows:
            assert menu.profile[row] @ pull == pytest.approx(
                worth_of(problem, [*others, row], shape) - before, abs=1e-8
            )


@pytest.mark.parametrize("seed", range(5))
def test_lazy_greedy_takes_the_same_steps_as_plain_greedy(seed):
    shape = np.array([0.0, 0.5, 1.0])
    problem, links, menu, crowd = laid_out(seed, shape)
    room = _kernels.Room(
        np.array([int(problem.offers.cost.sum() * 0.3), 4, 10**15]),
        np.full(3, 10**15),
        np.full(2, 10**15),
    )
    rule = _kernels.Rule(1.0, 0.0, 0.0, False, 0.0, False)
    order = _kernels.fill(crowd, links, menu, room, rule, problem.prepared.pull[:, None] * (shape[1:] - shape[0]))
    assert order.tolist() == naive_greedy(problem, shape, int(problem.offers.cost.sum() * 0.3), 4)


def naive_greedy(problem, shape, budget, places):
    """Creators in the order in which plain greedy by gain per cost takes a package of theirs, or a dearer one."""
    offers, held, order = problem.offers, {}, []
    while True:
        before, spent = worth_of(problem, held.values(), shape), sum(int(offers.cost[o]) for o in held.values())
        best, best_rank = None, 1e-12
        for o in range(len(offers)):
            creator = int(offers.creator[o])
            old = int(offers.cost[held[creator]]) if creator in held else 0
            more = int(offers.cost[o]) - old
            if more <= 0 or spent + more > budget or (creator not in held and len(held) == places):
                continue
            rank = (worth_of(problem, {**held, creator: o}.values(), shape) - before) / more
            if rank > best_rank * (1 + 1e-12):
                best, best_rank = o, rank
        if best is None:
            return order
        order.append(int(offers.creator[best]))
        held[order[-1]] = best


def test_what_is_left_to_spend_is_the_limits_less_the_offers_held():
    problem, _, menu, _ = laid_out(3, np.array([0.0, 1.0]))
    room = _kernels.Room(np.array([1_000_000, 9, 500_000]), np.full(3, 700_000), np.full(2, 800_000))
    offers, held = problem.offers, []
    for rows in packages(offers):
        _kernels.pay(room, menu, -1, rows[0])
        _kernels.pay(room, menu, rows[0], rows[-1])
        held.append(rows[-1])
    spent = int(offers.cost[held].sum())
    assert room.left.tolist() == [1_000_000 - spent, 9 - len(held), 500_000 - spent]
    for codes, left, start in ((offers.tier, room.tier, 700_000), (offers.platform, room.platform, 800_000)):
        expected = [start - int(offers.cost[[o for o in held if codes[o] == code]].sum()) for code in range(left.size)]
        assert left.tolist() == expected


def test_a_package_gives_way_only_to_a_dearer_one_that_still_fits():
    problem, _, menu, _ = laid_out(3, np.array([0.0, 1.0]))
    offers = problem.offers
    rows = next(rows for rows in packages(offers) if len(rows) > 1)
    cheap, dear = sorted(rows, key=lambda o: offers.cost[o])[:: len(rows) - 1]
    more = int(offers.cost[dear] - offers.cost[cheap])
    for short, fits in ((0, True), (1, False)):
        for where in range(3):
            amounts = [10**9, 10**9, 10**9]
            amounts[where] = more - short
            room = _kernels.Room(np.array([amounts[0], 0, 1]), np.full(3, amounts[1]), np.full(2, amounts[2]))
            assert _kernels.fits(room, menu, cheap, dear) == fits
            assert not _kernels.fits(room, menu, dear, cheap)
