"""Waves: every tier is tried, the good are found, nobody is tired out, and the budget holds."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import nbinom

from asterism.errors import BadInput
from asterism.learning.trials import POLICIES, Trial, simulate_waves
from asterism.learning.waves import GRID, Arm, Belief, Level, Rules, State, next_wave

LEVELS = {"nano": Level(0.01), "macro": Level(0.01)}


def state(*arms, **rules):
    return State(arms, LEVELS, Rules(**rules))


NANOS = [Arm(f"n{i}", "nano", 100.0) for i in range(12)]
TIRED = [replace(arm, recent=2) for arm in NANOS]
MACROS = [Arm(f"m{i}", "macro", 250.0) for i in range(4)]


def test_the_level_of_a_tier_is_what_the_negative_binomial_says():
    arms = [Arm("a", "nano", 100.0, 1000.0, 14.0), Arm("b", "nano", 100.0, 400.0, 2.0), Arm("c", "nano", 100.0)]
    found = Belief.of(State(tuple(arms), {"nano": Level(0.01, 0.7)}))
    a = Rules().shape
    levels = 0.01 * np.exp(0.7 * GRID)
    chance = np.exp(-0.5 * GRID**2)
    for spent, orders in ((1000.0, 14), (400.0, 2)):
        chance = chance * nbinom.pmf(orders, a, a / (a + levels * spent))
    assert found.chances[0] == pytest.approx(chance / chance.sum())
    drawn = found.draw(np.random.default_rng(1), 40_000)
    assert drawn.mean(axis=0) == pytest.approx(found.mean(), rel=0.03)
    assert found.mean()[0] > found.mean()[2] > found.mean()[1]


def test_a_wave_keeps_its_budget_and_books_nobody_twice():
    wave = next_wave(state(*NANOS, *MACROS), 900.0, np.random.default_rng(1))
    who = [a.creator_id for a in wave.allocations]
    assert wave.spent <= 900
    assert len(set(who)) == len(who) > 3
    assert sum(wave.tiers.values()) == wave.spent


def test_who_was_in_the_last_waves_rests():
    tired = [replace(a, recent=2, orders=50.0, matured=200.0) for a in NANOS]
    wave = next_wave(state(*tired, *MACROS), 5_000.0, np.random.default_rng(1))
    assert {a.tier for a in wave.allocations} == {"macro"}


def test_every_tier_is_tried_even_if_another_is_far_ahead():
    known = [replace(a, orders=60.0, matured=600.0, spent=600.0) for a in NANOS]
    poor = [replace(a, orders=0.0, matured=2.0, spent=2.0) for a in MACROS]
    last = State((*known, *poor), LEVELS, Rules(waves=6, explore=0.1), done=5)
    assert "macro" in {a.tier for a in next_wave(last, 900.0, np.random.default_rng(0)).allocations}
    none = replace(last, rules=Rules(waves=6, explore=0.0))
    assert {a.tier for a in next_wave(none, 900.0, np.random.default_rng(0)).allocations} == {"nano"}


def test_years_of_one_tier_do_not_make_a_whole_wave_of_another():
    """Macro is behind by 3% of 96,900 dollars, more than the wave: three bookings of 50 pass 15% of it, and end it."""
    known = [replace(a, orders=600.0, matured=8_000.0, spent=8_000.0) for a in NANOS]
    poor = [Arm(f"s{i}", "macro", 50.0, matured=100.0) for i in range(40)]
    wave = next_wave(State((*known, *poor), LEVELS, Rules(waves=6), done=5), 900.0, np.random.default_rng(0))
    tried = [a for a in wave.allocations if "every tier is tried" in a.reason]
    assert [a.tier for a in tried] == ["macro"] * 3
    assert wave.tiers["nano"] == 700


def test_a_booking_too_dear_for_one_wave_is_no_exploration():
    dear = [replace(a, cost=500.0, matured=5_000.0, orders=0.0) for a in MACROS]
    known = [replace(a, orders=60.0, matured=600.0, spent=600.0) for a in NANOS]
    last = State((*known, *dear), LEVELS, Rules(waves=6, explore=0.1), done=5)
    assert {a.tier for a in next_wave(last, 900.0, np.random.default_rng(0)).allocations} == {"nano"}


def test_the_last_wave_takes_whom_it_knows_and_an_early_one_tries_others():
    known = [replace(a, orders=8.0 if i < 4 else 6.0, matured=500.0, spent=500.0) for i, a in enumerate(NANOS)]
    last = State(tuple(known), {"nano": Level(0.01)}, Rules(waves=6, explore=0.0), done=5)
    best = {"n0", "n1", "n2", "n3"}
    assert {a.creator_id for a in next_wave(last, 400.0, np.random.default_rng(3)).allocations} == best
    first = [{a.creator_id for a in next_wave(replace(last, done=0), 400.0, np.random.default_rng(s)).allocations}
             for s in range(10)]  # fmt: skip
    assert any(who != best for who in first)


def test_money_whose_orders_are_still_to_come_counts_against_nobody():
    waiting, unlucky = (
        Belief.of(state(Arm("a", "nano", 100.0, matured, 0.0, spent=1000.0), *NANOS)).mean()[0]
        for matured in (0.0, 1000.0)
    )
    assert waiting > 2 * unlucky


def test_every_booking_says_why():
    known = [replace(a, orders=9.0, matured=500.0, spent=500.0) for a in NANOS[:3]]
    wave = next_wave(state(*known, *NANOS[3:], *MACROS), 900.0, np.random.default_rng(1))
    said = " ".join(a.reason for a in wave.allocations)
    assert "every tier is tried" in said
    assert "not tried yet" in said


def test_in_another_currency_the_same_are_booked_for_as_much():
    known = [replace(a, orders=9.0, matured=500.0, spent=500.0) for a in NANOS[:3]]
    dollars = state(*known, *NANOS[3:], *MACROS)
    here, there = (
        next_wave(s, budget, np.random.default_rng(1))
        for s, budget in ((dollars, 900.0), (dollars.told_in("SEK", 8.0), 7_200.0))
    )
    assert [a.creator_id for a in there.allocations] == [a.creator_id for a in here.allocations]
    assert [a.orders.mean for a in there.allocations] == pytest.approx([a.orders.mean for a in here.allocations])
    assert there.spent == pytest.approx(8 * here.spent)
    assert (here.currency, there.to_dict()["currency"]) == ("USD", "SEK")
    assert any("9 orders for 4,000 SEK so far" in a.reason for a in there.allocations)


@pytest.mark.parametrize(("orders", "little"), [(300.0, False), (2.0, True)], ids=["hundreds", "two"])
def test_little_is_known_only_of_whom_few_orders_are(orders, little):
    """Twelve alike, of whom three are booked: each is among the best three in a quarter of cases."""
    alike = [replace(a, orders=orders, matured=100 * orders, spent=100 * orders) for a in NANOS]
    wave = next_wave(state(*alike, explore=0.0), 300.0, np.random.default_rng(1))
    assert [("little is known" in a.reason, a.chance < 0.5) for a in wave.allocations] == [(little, True)] * 3


@pytest.mark.parametrize(
    ("made", "match"),
    [
        (lambda: Arm("a", "nano", 0.0), "costs nothing"),
        (lambda: State((Arm("a", "mega", 1.0),), LEVELS), "tier mega"),
        (lambda: next_wave(state(*NANOS), 50.0, np.random.default_rng(1)), "The least costs 100 USD: raise the budget"),
        (lambda: next_wave(state(), 50.0, np.random.default_rng(1)), "nobody to book"),
        (
            lambda: next_wave(state(*TIRED, cap=2, memory=4), 1_000.0, np.random.default_rng(1)),
            "all were in 2 of the last 4 waves.*Bring creators who were not",
        ),
        (
            lambda: next_wave(state(*TIRED, *MACROS), 200.0, np.random.default_rng(1)),
            "The least of those not in 2 of the last 3 waves costs 250",
        ),
    ],
    ids=["a booking for nothing", "a tier nobody knows", "too little money", "nobody", "all tired", "the cheap tired"],
)
def test_what_cannot_be_is_refused(made, match):
    with pytest.raises(BadInput, match=match):
        made()


def test_in_a_trial_the_best_spender_has_no_regret_and_an_equal_split_has_some():
    truth = np.array([0.03] * 12 + [0.005] * 4)
    trial = Trial(state(*NANOS, *MACROS, cap=3), truth, (800.0,) * 3)
    found = {name: simulate_waves(trial, policy, np.random.default_rng(2)).sum() for name, policy in POLICIES.items()}
    oracle = simulate_waves(trial, lambda *_: list(range(8)), np.random.default_rng(2))
    assert oracle.sum() == pytest.approx(0.0, abs=1e-9)
    assert found["equal split"] > found["thompson"] > 0
