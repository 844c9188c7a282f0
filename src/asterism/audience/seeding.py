"""Seeds chosen on a collection of reverse-reachable sets: greedy cover, and what no permitted set could cover."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience import _kernels
from asterism.audience.rr_sets import Collection, Source

Floats = NDArray[np.float64]
Rows = NDArray[np.uint32]

CHECKS: Final = 8
"""Prefixes of the seeds that the bound is tried on."""
ROOMY: Final = 128
"""Candidates per seed that greedy starts with."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be chosen: at most `most` rows that cost at most `budget`; `price` (n_nodes,) by row, or 1 each."""

    most: int
    budget: float
    price: Floats | None = None

    def cost(self, rows: Rows) -> float:
        """What the rows cost together."""
        return float(rows.size if self.price is None else self.price[rows].sum())

    def least_price(self) -> float:
        """What the cheapest row costs."""
        return 1.0 if self.price is None else float(self.price.min())


@dataclass(frozen=True, slots=True)
class Choice:
    """Rows chosen on a collection, how many of its sets they cover, and what no permitted rows exceed."""

    rows: Rows
    covered: int
    upper: float


def choose(collection: Collection, limits: Limits) -> Choice:
    """The rows greedy takes after the collection's stops, with a bound on what any permitted rows cover.

    Only rows in many sets are candidates at first. A row left out gains at most one set less than the rarest
    candidate has, which the bound allows for; where greedy comes down to that, it starts again with more candidates.
    """
    least = collection.least_count(ROOMY * limits.most + 1024)
    spent, places = limits.cost(collection.stop), limits.most - collection.stop.size
    while True:
        links = collection.candidates(least)
        price = np.zeros(0) if limits.price is None else limits.price[links.row]
        outside = (least - 1) / limits.least_price()
        terms = _kernels.Terms(price, limits.budget, limits.most, limits.budget - spent, places, outside)
        step = max(1, limits.most // CHECKS)
        picks, gains, upper = _kernels.cover_greedily(links, terms, collection.n_sets, step)
        chosen = links.row[picks]
        if least == 1 or picks.size == places or limits.budget - spent - limits.cost(chosen) < limits.least_price():
            break
        least = max(1, least // 2)
    rows = np.concatenate([collection.stop, chosen])
    found = int(gains.sum())
    single = _best_single(links, price, terms.left)
    if single >= 0 and int(links.first[single + 1] - links.first[single]) > found:
        rows = np.append(collection.stop, links.row[single])
        found = int(links.first[single + 1] - links.first[single])
    rows = filled(collection.source, limits, rows)
    return Choice(rows, collection.struck + found, collection.struck + upper)


def _best_single(links: _kernels.Links, price: Floats, left: float) -> int:
    """The candidate in most sets that can be paid for; −1 where greedy by count has found it already."""
    if price.size == 0 or not (price <= left).any():
        return -1
    return int(np.where(price <= left, np.diff(links.first), -1).argmax())


def filled(source: Source, limits: Limits, rows: Rows) -> Rows:
    """The rows and, while places and money last, those of largest out-degree: no set tells the rest apart."""
    if rows.size >= limits.most:
        return rows
    free = source.arcs.eligible.copy() if source.arcs.eligible.size else np.ones(source.n_nodes, dtype=bool)
    free[rows] = False
    if limits.price is None:
        return np.concatenate([rows, np.flatnonzero(free)[: limits.most - rows.size].astype(np.uint32)])
    more, left = list[int](), limits.budget - limits.cost(rows)
    for row in np.flatnonzero(free & (limits.price <= left)):
        if limits.price[row] <= left and rows.size + len(more) < limits.most:
            more.append(int(row))
            left -= float(limits.price[row])
    return np.concatenate([rows, np.array(more, dtype=np.uint32)])
