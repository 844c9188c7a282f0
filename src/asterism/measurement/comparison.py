"""Which tier did better, and whether that can be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from scipy.special import ndtr

from asterism.measurement.ledger import OWN, UNKNOWN, Dimension, Group, Return
from asterism.measurement.roi import FEWEST, Z
from asterism.quantities import Interval

SURE: Final = 0.9
"""Chance from which one of two is said to have done better."""
UNITS: Final = {"EUR": "euro", "USD": "dollar", "GBP": "pound", "CHF": "franc", "INR": "rupee", "JPY": "yen"}


@dataclass(frozen=True, slots=True)
class Better:
    """Two groups: `first` has the higher return, with what chance it truly has, and whether that is enough to say."""

    first: str
    second: str
    chance: float
    told: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups by what they returned per unit of cost, the best first, and every two of them compared.

    `returned` is margin / cost (1 + ROI) by the best figure all of them have, with what chance does to it (80%).
    """

    dimension: Dimension
    by: str
    returned: tuple[tuple[str, Interval], ...]
    pairs: tuple[Better, ...]
    unknown: tuple[str, ...]
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain values."""
        return {
            "dimension": self.dimension,
            "by": self.by,
            "returned": [{"name": name, **found.to_dict()} for name, found in self.returned],
            "pairs": [{"first": p.first, "second": p.second, "chance": p.chance, "told": p.told} for p in self.pairs],
            "unknown": list(self.unknown),
            "sentence": self.sentence,
        }


def compare(result: Return, dimension: Dimension = "tier") -> Comparison:
    """Which group returned more per unit of cost; groups are compared by one kind of figure, never by two.

    The chance that one truly did better takes both figures for normal and apart from each other.
    """
    groups = [group for group in result.by(dimension) if group.names[0] not in (OWN, UNKNOWN) and group.costs.total]
    by = _figure(groups)
    found = [(group, _returned(group, by)) for group in groups]
    known = sorted(((g, r) for g, r in found if r is not None), key=lambda pair: (-pair[1].mean, pair[0].name))
    pairs = tuple(_better(one, other) for one, other in combinations(known, 2))
    returned = tuple((group.name, value) for group, value in known)
    unknown = tuple(group.name for group, value in found if value is None)
    sentence = _sentence(returned, pairs, UNITS.get(result.currency, result.currency))
    return Comparison(dimension, by, returned, pairs, unknown, sentence)


def _figure(groups: Sequence[Group]) -> str:
    for name in ("causal", "survey_adjusted"):
        if groups and all(_named(group, name) for group in groups):
            return name
    return "counting"


def _named(group: Group, name: str) -> Interval | None:
    found: Interval | None = getattr(group.roi, name)
    return found


def _returned(group: Group, by: str) -> Interval | None:
    found = _named(group, by)
    if by == "survey_adjusted" and group.roi.causal is None:
        found = group.roi.chance
    return found and Interval(1 + found.mean, 1 + found.low, 1 + found.high)


def _better(one: tuple[Group, Interval], other: tuple[Group, Interval]) -> Better:
    (first, a), (second, b) = one, other
    sd = ((a.high - a.low) ** 2 + (b.high - b.low) ** 2) ** 0.5 / (2 * Z)
    chance = float(ndtr((a.mean - b.mean) / sd)) if sd else float(a.mean > b.mean)
    enough = all(group.roi.causal is not None or group.tracked.orders >= FEWEST for group in (first, second))
    return Better(first.name, second.name, chance, enough and chance >= SURE)


def _sentence(returned: Sequence[tuple[str, Interval]], pairs: Sequence[Better], unit: str) -> str:
    if not returned:
        return "What each returned cannot be told yet: no orders with a margin and a cost are known."
    told = ", ".join(
        f"{name}{' returned' if not i else ''} {value.mean:.2f}{f' per {unit}' if not i else ''} "
        f"({value.low:.2f}–{value.high:.2f})"
        for i, (name, value) in enumerate(returned)
    )
    if not pairs:
        return f"{told[0].upper()}{told[1:]}."
    best = pairs[0]
    sure = "over 99%" if best.chance > 0.99 else f"{best.chance:.0%}"
    if best.told:
        end = f"{best.first} did better than {best.second} (chance {sure})"
    else:
        end = f"whether {best.first} did better than {best.second} cannot be told yet (chance {sure})"
    return f"{told[0].upper()}{told[1:]}: {end}."
