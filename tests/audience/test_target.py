import numpy as np
import pytest

from asterism.audience.incidence import Incidence
from asterism.audience.samples import Samples
from asterism.audience.target import worth_for


def incidence(rows: list[list[tuple[int, float]]], weight: list[float], n_creators: int) -> Incidence:
    sizes = np.zeros(n_creators)
    for w, row in zip(weight, rows, strict=True):
        for creator, chance in row:
            sizes[creator] += w * chance
    return Incidence(
        creators=tuple("abcdefgh"[:n_creators]),
        weight=np.array(weight, dtype=float),
        start=np.cumsum([0, *map(len, rows)]).astype(np.int64),
        link=np.array([c for row in rows for c, _ in row], dtype=np.int32),
        chance=np.array([p for row in rows for _, p in row]),
        rung=np.full(n_creators, 3, np.int8),
        sizes=sizes,
        variant=np.zeros(len(rows), np.int16),
    )


PEOPLE = incidence([[(0, 1.0)], [(0, 0.5), (1, 1.0)], [(1, 1.0)], [(2, 0.2)]], [100, 50, 70, 10], 3)


def shares(worth: np.ndarray) -> np.ndarray:
    totals = np.zeros(3)
    for p in range(4):
        for i in range(PEOPLE.start[p], PEOPLE.start[p + 1]):
            totals[PEOPLE.link[i]] += PEOPLE.weight[p] * PEOPLE.chance[i] * worth[p]
    return totals / PEOPLE.sizes


def test_each_creator_keeps_its_on_target_share():
    wanted = np.array([0.6, 0.3, 0.1])
    assert shares(worth_for(PEOPLE, wanted)) == pytest.approx(wanted, abs=0.01)


def test_one_share_for_everybody_is_everybodys_worth():
    assert worth_for(PEOPLE, np.full(3, 0.4)) == pytest.approx(np.full(4, 0.4))


def test_a_person_known_to_be_outside_stays_outside():
    worth = worth_for(PEOPLE, np.array([0.5, 0.5, 0.0]), first=np.array([0.0, 1.0, 1.0, 0.0]))
    assert worth[0] == 0
    assert worth[3] == 0
    assert 0 <= worth.min() <= worth.max() <= 1


def test_only_some_creators_keep_their_links_and_their_people():
    few = Samples.of(PEOPLE).only(np.array([1]))
    assert few.creators == PEOPLE.creators
    assert few.weight.tolist() == [50, 70]
    assert few.link.tolist() == [1, 1]
    assert few.start.tolist() == [0, 1, 2]
