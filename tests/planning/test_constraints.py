import re
from dataclasses import replace

import numpy as np
import pytest

from asterism.errors import Infeasible
from asterism.planning.constraints import Constraints, broken, check_possible, feasible
from tests.naive import planning as naive

PROBLEM = naive.random_problem(0)
IDS = PROBLEM.samples.creators
OFFERS = replace(
    PROBLEM.offers,
    cost=np.full(len(PROBLEM.offers), 100_00),
    tier=(PROBLEM.offers.creator % 2).astype(np.int16),  # nano and micro, no macro
    platform=(PROBLEM.offers.creator % 2).astype(np.int16),
)
CHEAP = [int(np.flatnonzero(OFFERS.creator == c)[0]) for c in range(4)]


@pytest.mark.parametrize(
    ("limits", "limit"),
    [
        (Constraints(399_99), "budget"),
        (Constraints(400_00, max_creators=3), "limits.max_creators"),
        (Constraints(400_00, include=(5,)), "limits.include"),
        (Constraints(400_00, exclude=(3,)), "limits.exclude"),
        (Constraints(400_00, allowed_tiers=("nano",)), "limits.exclude"),
        (Constraints(400_00, tier_share={"micro": (0.0, 0.49)}), "limits.tier_share.micro"),
        (Constraints(400_00, tier_share={"nano": (0.51, 1.0)}), "limits.tier_share.nano"),
        (Constraints(400_00, platform_share={"tiktok": (0.0, 0.49)}), "limits.platform_share.tiktok"),
        (Constraints(400_00, platform_share={"instagram": (0.51, 1.0)}), "limits.platform_share.instagram"),
    ],
    ids=lambda case: case if isinstance(case, str) else None,
)
def test_each_limit_is_named_when_it_breaks(limits, limit):
    assert broken(limits, OFFERS, CHEAP) == (limit,)
    assert not naive.keeps_limits(limits, OFFERS, CHEAP)


def test_a_set_at_the_edge_of_every_limit_is_feasible():
    half = {"nano": (0.5, 0.5), "micro": (0.5, 0.5)}
    limits = Constraints(400_00, max_creators=4, tier_share=half, include=(0, 3), exclude=(5,))
    assert feasible(limits, OFFERS, CHEAP)


def test_two_packages_of_one_creator_break_a_limit():
    twice = np.flatnonzero(np.diff(OFFERS.creator) == 0)[0]
    assert "one offer per creator" in broken(Constraints(10**9), OFFERS, [twice, twice + 1])


@pytest.mark.parametrize(
    ("limits", "says", "conflict"),
    [
        (Constraints(10**9, include=(0,), exclude=(0,)), "both name `c00`", "limits.exclude"),
        (Constraints(10**9, include=(1,), allowed_tiers=("nano",)), "`c01`, who cannot be bought", "limits.include"),
        (Constraints(10**9, max_creators=1, include=(0, 1)), "Raise limits.max_creators to 2", "limits.max_creators"),
        (
            Constraints(150_50, include=(0, 1)),
            "limits.include costs 200 USD, the budget is 150.50 USD. Raise budget to 200 USD, or drop `c00`.",
            "budget",
        ),
        (
            Constraints(400_00, include=(1, 3), tier_share={"micro": (0.0, 0.3)}),
            "limits.tier_share.micro allows 120 USD. Raise limits.tier_share.micro.max to 0.5",
            "limits.tier_share.micro",
        ),
        (
            Constraints(400_00, tier_share={"nano": (0.6, 1), "micro": (0.6, 1)}),
            "add up to 1.2",
            "limits.tier_share.nano",
        ),
        (Constraints(400_00, tier_share={"nano": (0.6, 0.5)}), "a min above its max", "limits.tier_share.nano"),
        (Constraints(400_00, tier_share={"macro": (0.2, 1)}), "nobody of that kind", "limits.tier_share.macro"),
        (Constraints(99_99), "The cheapest offer costs 100 USD, the budget is 99.99 USD.", "budget"),
        (Constraints(10**9, exclude=tuple(range(20))), "No creator is left", "limits"),
        (
            Constraints(450_00, max_creators=2, tier_share={"nano": (0.5, 1)}),
            "the most that can go there is 0.44. Lower limits.tier_share.nano.min to 0.44.",
            "limits.tier_share.nano",
        ),
        (
            Constraints(150_00, tier_share={"nano": (0.4, 1), "micro": (0.4, 1)}),
            "Lower limits.tier_share.nano.min to 0.",
            "limits.tier_share.nano",
        ),
    ],
    ids=lambda case: case if isinstance(case, str) else None,
)
def test_an_impossible_brief_names_the_conflict_and_the_way_out(limits, says, conflict):
    with pytest.raises(Infeasible, match=re.escape(says)) as found:
        check_possible(limits, OFFERS, IDS)
    assert conflict in found.value.conflict


def test_limits_are_called_impossible_exactly_when_no_set_keeps_them():
    for seed in range(300, 360):
        problem = naive.random_problem(seed)
        best = naive.best_of_all(problem.samples, problem.offers, problem.objective, problem.constraints)
        try:
            check_possible(problem.constraints, problem.offers, problem.samples.creators)
            possible = True
        except Infeasible:
            possible = False
        assert possible == (best is not None and problem.may.any()), seed
