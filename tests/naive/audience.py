"""What the kernels of `audience` must compute, as plain loops anyone can read."""

from collections.abc import Sequence


def transposed(
    start: Sequence[int], link: Sequence[int], chance: Sequence[float], n_creators: int
) -> list[list[tuple[int, float]]]:
    """The (person, chance) pairs of each creator, people ascending."""
    by_creator: list[list[tuple[int, float]]] = [[] for _ in range(n_creators)]
    for person in range(len(start) - 1):
        for i in range(start[person], start[person + 1]):
            by_creator[link[i]].append((person, chance[i]))
    return by_creator
