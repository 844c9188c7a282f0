"""The kernels of the smoothed coverage and of the walk beside plain sums over every person."""

from dataclasses import replace

import numpy as np
import pytest

from asterism.audience.transpose import transpose
from asterism.planning import _kernels, neighbourhood
from asterism.planning.constraints import Constraints
from asterism.planning.relaxation import relax
from tests.naive import planning as naive

WIDTH = 0.3


def laid_out(seed, kind):
    """(contacts, who meets whom as a table of chances, worth, cover) of random links."""
    rng = np.random.default_rng(seed)
    table = (rng.random((7, 20)) < 0.4) * (1.0 if kind == _kernels.SURE else rng.uniform(0.1, 1.0, (7, 20)))
    offer, person = np.nonzero(table)
    start = np.searchsorted(offer, np.arange(8)).astype(np.int64)
    links = _kernels.Links(start, person.astype(np.int32), table[offer, person])
    found = _kernels.contacts(links, np.arange(7, dtype=np.int32), np.ones(7), kind)
    return found, table, rng.uniform(0, 9, 20), (table.T @ rng.random(7)).astype(np.float32)


KINDS = pytest.mark.parametrize("kind", [_kernels.SURE, _kernels.LINEAR], ids=["sure", "by chance"])


@KINDS
@pytest.mark.parametrize("seed", range(5))
def test_gains_bend_by_what_two_offers_share_of_the_people_covered_about_once(seed, kind):
    found, table, worth, cover = laid_out(seed, kind)
    bend = _kernels.bends(_kernels.sighted(found, 20), worth, cover, WIDTH, 7)
    for a in range(7):
        for b in range(7):
            shared = sum(worth[p] * table[a, p] * table[b, p] for p in range(20) if abs(cover[p] - 1) < WIDTH)
            assert bend[a, b] == pytest.approx(shared / (2 * WIDTH), rel=1e-6)


@KINDS
@pytest.mark.parametrize("seed", range(5))
def test_the_slope_is_that_of_the_smoothed_coverage(seed, kind):
    _, table, worth, cover = laid_out(seed, kind)
    change = (table.T @ np.random.default_rng(seed + 99).uniform(-0.5, 0.5, 7)).astype(np.float32)

    def coverage(part):
        total = 0.0
        for p in range(20):
            c = float(cover[p]) + part * float(change[p])
            over = min(max(c - 1 + WIDTH, 0.0), 2 * WIDTH)
            total += worth[p] * (min(c, 1 + WIDTH) - over**2 / (4 * WIDTH))
        return total

    for part in (0.0, 0.4, 1.0):
        expected = (coverage(part + 1e-5) - coverage(part - 1e-5)) / 2e-5
        assert _kernels.slope(worth, cover, change, WIDTH, part) == pytest.approx(expected, rel=1e-4, abs=1e-4)


def test_prices_fall_from_one_to_nothing_as_people_are_covered_once():
    price = np.zeros(5)
    _kernels.softened(np.array([0.0, 0.7, 1.0, 1.15, 2.0], dtype=np.float32), WIDTH, price)
    assert price == pytest.approx([1.0, 1.0, 0.5, 0.25, 0.0], abs=1e-6)


def test_the_climb_finds_the_best_shares_of_a_quadratic_model_under_a_budget():
    shelf = _kernels.Shelf(np.arange(4), np.zeros(3, dtype=bool), np.array([[1.0, 2.0, 4.0]]), np.array([3.0]))
    bend, gain = np.diag([2.0, 4.0, 1.0]), np.array([3.0, 4.0, 2.0])
    found = _kernels.climbed(shelf, gain, bend, 1 / bend.sum(axis=1), np.zeros(3), 300)
    grid = np.stack(np.meshgrid(*[np.linspace(0, 1, 101)] * 3, indexing="ij"), axis=-1).reshape(-1, 3)
    grid = grid[grid @ shelf.use[0] <= 3.0]
    worth = grid @ gain - 0.5 * np.einsum("ij,jk,ik->i", grid, bend, grid)
    assert shelf.use[0] @ found <= 3.0 + 1e-6
    assert found @ gain - 0.5 * found @ bend @ found >= worth.max() - 1e-3


def walked(seed, *, sure):
    problem = naive.random_problem(seed, goal="awareness").under(Constraints(10**9))
    if sure:
        samples = replace(problem.samples, chance=np.ones(problem.samples.link.size))
        offers = replace(problem.offers, reach=np.ones(len(problem.offers)))
        problem = replace(problem, samples=samples, by_creator=transpose(samples), offers=offers)
    return problem.ready()


@pytest.mark.parametrize("sure", [True, False], ids=["sure", "by chance"])
@pytest.mark.parametrize("seed", range(5))
def test_value_cost_and_gains_stay_those_of_what_is_held_as_offers_come_and_go(seed, sure):
    problem = walked(seed, sure=sure)
    columns = np.unique(problem.offers.creator).astype(np.int64)
    scene, rows = neighbourhood._scene(problem, problem.prepared, columns, np.array([0.0, 1.0]))
    hand = neighbourhood._hand(problem, scene)
    rng = np.random.default_rng(seed)
    for _ in range(60):
        c = int(rng.integers(columns.size))
        options = [-1, *range(scene.menu.start[c], scene.menu.start[c + 1])]
        _kernels.exchange(scene, hand, c, int(rng.choice([o for o in options if o != hand.held[c]])))
    held = rows[hand.held[hand.held >= 0]]
    worth = naive.value(problem.samples, problem.offers, held, problem.objective)
    assert hand.tally[0] == pytest.approx(worth)
    assert hand.tally[2:4].tolist() == [problem.offers.cost[held].sum(), held.size]
    for c in np.flatnonzero(hand.held < 0):
        row = int(scene.menu.start[c])
        more = naive.value(problem.samples, problem.offers, [*held, rows[row]], problem.objective) - worth
        assert scene.menu.profile[row, 0] * hand.pull[c, 0] == pytest.approx(more, abs=1e-7)


def test_more_work_never_gives_a_worse_set():
    problem = walked(3, sure=True).under(Constraints(60_000, max_creators=5))
    guide = relax(problem, np.zeros(0, dtype=np.int64), 10**5)
    start = np.zeros(0, dtype=np.int64)
    worth = []
    for work in (0, 10**3, 10**4, 10**5):
        rows = neighbourhood.improved(problem, start, np.array([0.0, 1.0]), guide, work)
        worth.append(naive.value(problem.samples, problem.offers, rows, problem.objective))
    assert worth == sorted(worth)
