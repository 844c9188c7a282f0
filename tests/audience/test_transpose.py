"""The links by creator are the links by person, sorted the other way."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from asterism.audience.incidence import Incidence
from asterism.audience.transpose import transpose
from tests.naive import audience as naive


def incidence(rows: list[list[int]], n_creators: int, seed: int) -> Incidence:
    links = [c for row in rows for c in sorted(set(row))]
    return Incidence(
        creators=tuple(f"c{i}" for i in range(n_creators)),
        weight=np.ones(len(rows)),
        start=np.cumsum([0, *(len(set(row)) for row in rows)]).astype(np.int64),
        link=np.array(links, np.int32),
        chance=np.random.default_rng(seed).uniform(0.01, 1, len(links)),
        rung=np.ones(n_creators, np.int8),
        sizes=np.ones(n_creators),
        variant=np.zeros(len(rows), np.int16),
    )


@given(st.lists(st.lists(st.integers(0, 6), max_size=7), max_size=12), st.integers(0, 99))
@settings(deadline=None)
def test_transpose_equals_its_naive_twin(rows, seed):
    people = incidence(rows, 7, seed)
    found = transpose(people)
    pairs = [
        list(zip(found.person[a:b].tolist(), found.chance[a:b].tolist(), strict=True))
        for a, b in zip(found.start[:-1], found.start[1:], strict=True)
    ]
    assert pairs == naive.transposed(people.start.tolist(), people.link.tolist(), people.chance.tolist(), 7)


def test_a_creator_without_people_has_an_empty_column():
    assert transpose(incidence([[0], [2]], 3, 0)).start.tolist() == [0, 1, 1, 2]
