import numpy as np
import pytest

from asterism.planning.alternatives import NOBODY, Chosen
from asterism.planning.objective import Outcomes
from asterism.planning.verdict import Judged, chances_best, is_too_close, leader_of, simplest_good

RNG = np.random.default_rng(0)
NOISE = RNG.standard_normal(1_000)


def judged(name: str, draws: np.ndarray | None) -> Judged:
    if draws is None:
        return Judged(Chosen(name, NOBODY, NOBODY, 0.0, 0, "nobody"), None, np.zeros(1_000))
    outcomes = Outcomes(*[draws] * 7)
    return Judged(Chosen(name, NOBODY, np.array([0]), float(draws.mean()), 1), outcomes, draws)


def case(**draws: np.ndarray | None) -> dict[str, Judged]:
    return {name: judged(name, d) for name, d in draws.items()}


@pytest.mark.parametrize(
    ("values", "winner"),
    [
        ({"nano": 50, "micro": 97.1, "mixed": 100, "two_phase": 99}, "micro"),
        ({"nano": 97.5, "micro": 98.5, "mixed": 100, "two_phase": 99}, "micro"),
        ({"nano": 50, "micro": 96.9, "mixed": 100, "two_phase": 99}, "mixed"),
        ({"nano": 50, "micro": 90, "mixed": 96.9, "two_phase": 100}, "two_phase"),
        ({"nano": -103, "micro": -110, "mixed": -100, "two_phase": -300}, "nano"),
        ({"nano": -104, "micro": -110, "mixed": -100, "two_phase": -300}, "mixed"),
    ],
    ids=str,
)
def test_the_simplest_within_three_per_cent_wins(values: dict[str, float], winner: str):
    assert simplest_good(values) == winner


def test_chances_of_being_best_add_to_one_and_ties_go_to_the_simpler():
    same = 100 + NOISE
    found = chances_best(case(nano=None, micro=same, mixed=same, two_phase=same - 1))
    assert found == {"nano": 0.0, "micro": 1.0, "mixed": 0.0, "two_phase": 0.0}
    apart = chances_best(case(micro=100 + NOISE, macro=100 - NOISE, mixed=90 + NOISE))
    assert sum(apart.values()) == pytest.approx(1)
    assert apart["micro"] == pytest.approx((NOISE > 0).mean())


def test_the_leader_is_the_best_single_tier():
    assert leader_of(case(nano=90 + NOISE, micro=95 + NOISE, mixed=200 + NOISE)) == "micro"
    assert leader_of(case(nano=None, micro=None, mixed=200 + NOISE)) == "mixed"


@pytest.mark.parametrize(
    ("draws", "rival"),
    [
        ({"nano": 98 + 0 * NOISE, "micro": 100 + 0 * NOISE}, "nano"),
        ({"nano": 96 + 0 * NOISE, "micro": 100 + 0 * NOISE}, None),
        ({"nano": 80 + 90 * NOISE, "micro": 100 + 0 * NOISE}, "nano"),
        ({"nano": 80 + 30 * NOISE, "micro": 100 + 0 * NOISE}, None),
        ({"nano": None, "micro": 100 + NOISE}, None),
        ({"micro": 100 + NOISE, "mixed": 100 + NOISE}, None),
    ],
    ids=["within 3%", "4% behind", "beats it often", "beats it seldom", "empty", "mixed is no rival"],
)
def test_too_close_names_the_rival(draws: dict[str, np.ndarray | None], rival: str | None):
    found = case(**draws)
    assert is_too_close(found, leader_of(found)) == rival
