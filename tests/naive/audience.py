"""What the kernels of `audience` must compute, as plain loops anyone can read."""

from collections.abc import Sequence
from itertools import product
from math import prod

import numpy as np

Rows = Sequence[Sequence[tuple[int, float]]]


def transposed(
    start: Sequence[int], link: Sequence[int], chance: Sequence[float], n_creators: int
) -> list[list[tuple[int, float]]]:
    """The (person, chance) pairs of each creator, people ascending."""
    by_creator: list[list[tuple[int, float]]] = [[] for _ in range(n_creators)]
    for person in range(len(start) - 1):
        for i in range(start[person], start[person + 1]):
            by_creator[link[i]].append((person, chance[i]))
    return by_creator


def chances(row: Sequence[tuple[int, float]], multiplier: Sequence[float]) -> list[float]:
    """The chances with which each of a person's links reaches them."""
    return [chance * multiplier[creator] for creator, chance in row]


def exactly(hits: Sequence[float]) -> list[float]:
    """Chance of exactly 0, 1, … of independent hits, by going through every outcome."""
    found = [0.0] * (len(hits) + 1)
    for outcome in product((False, True), repeat=len(hits)):
        found[sum(outcome)] += prod(hit if yes else 1 - hit for hit, yes in zip(hits, outcome, strict=True))
    return found


def union_by_variant(
    rows: Rows, multiplier: Sequence[float], mass: Sequence[float], variant: Sequence[int], n_variants: int
) -> list[float]:
    """People reached at least once, per variant."""
    reached = [0.0] * n_variants
    for row, people, v in zip(rows, mass, variant, strict=True):
        reached[v] += people * (1 - exactly(chances(row, multiplier))[0])
    return reached


def frequency(rows: Rows, multiplier: Sequence[float], mass: Sequence[float], classes: int) -> list[float]:
    """People reached exactly 1, 2, … times, the last class «or more»."""
    found = [0.0] * classes
    for row, people in zip(rows, mass, strict=True):
        for times, chance in enumerate(exactly(chances(row, multiplier))):
            if times:
                found[min(times, classes) - 1] += people * chance
    return found


def audiences_by_variant(
    rows: Rows, multiplier: Sequence[float], mass: Sequence[float], variant: Sequence[int], n_variants: int
) -> list[list[float]]:
    """People each creator reaches alone, per variant."""
    alone = [[0.0] * len(multiplier) for _ in range(n_variants)]
    for row, people, v in zip(rows, mass, variant, strict=True):
        for creator, chance in row:
            alone[v][creator] += people * chance * multiplier[creator]
    return alone


def shared(rows: Rows, chosen: Sequence[int], mass: Sequence[float]) -> list[list[float]]:
    """People each two of the chosen share; the diagonal holds the audiences."""
    found = [[0.0] * len(chosen) for _ in chosen]
    for row, people in zip(rows, mass, strict=True):
        reached = dict(row)
        for i, a in enumerate(chosen):
            for j, b in enumerate(chosen):
                both = reached.get(a, 0.0) * (reached.get(b, 0.0) if i != j else 1.0)
                found[i][j] += people * both
    return found


def residual_variance(
    rows: Rows, chosen: Sequence[int], multiplier: Sequence[float], weight: Sequence[float], worth: Sequence[float]
) -> float:
    """Σ weight (weight − 1) e², e the residual of the weighted regression of «reached» on the chosen's links."""
    scale = np.sqrt([w * (w - 1) for w in weight])
    links = np.array([[dict(row).get(c, 0.0) for c in chosen] for row in rows])
    reached = np.array([u * (1 - exactly(chances(row, multiplier))[0]) for row, u in zip(rows, worth, strict=True)])
    slope = np.linalg.lstsq(scale[:, None] * links, scale * reached, rcond=None)[0]
    return float(np.sum((scale * (reached - links @ slope)) ** 2))


def panel(pairs: Sequence[tuple[int, str]], k: int) -> dict[int, tuple[float, tuple[str, ...]]]:
    """The people of a bottom-k panel by their 64-bit hash, with the weight they were drawn to carry and their links."""
    audience: dict[str, set[int]] = {}
    follows: dict[int, set[str]] = {}
    for person, creator in pairs:
        audience.setdefault(creator, set()).add(person)
        follows.setdefault(person, set()).add(creator)
    threshold = {c: sorted(p)[k] / 2**64 if len(p) > k else 1.0 for c, p in audience.items()}
    largest = {p: max(threshold[c] for c in links) for p, links in follows.items()}
    return {p: (1 / largest[p], tuple(sorted(follows[p]))) for p in follows if p / 2**64 < largest[p]}
