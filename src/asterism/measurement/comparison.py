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

    `returned` is margin / cost (1 + ROI) by the best figure all of them have (80%); `chance` of a pair counts besides
    what chance does to so few orders.
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
    known = sorted((g for g in groups if _named(g, by)), key=lambda g: (-_back(_named(g, by)).mean, g.name))
    pairs = tuple(_better(one, other, by) for one, other in combinations(known, 2))
    returned = tuple((group.name, _back(_named(group, by))) for group in known)
    unknown = tuple(group.name for group in groups if group not in known)
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


def _back(roi: Interval | None) -> Interval:
    """A return on investment as what one unit of cost brought back."""
    return Interval.exactly(0.0) if roi is None else Interval(1 + roi.mean, 1 + roi.low, 1 + roi.high)


def _better(one: Group, other: Group, by: str) -> Better:
    a, b = (group.roi.chance_of(by) or Interval.exactly(0.0) for group in (one, other))
    sd = ((a.high - a.low) ** 2 + (b.high - b.low) ** 2) ** 0.5 / (2 * Z)
    chance = float(ndtr((a.mean - b.mean) / sd)) if sd else float(a.mean > b.mean)
    enough = by == "causal" or all(group.tracked.orders >= FEWEST for group in (one, other))
    return Better(one.name, other.name, chance, enough and chance >= SURE)


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
        few = f", fewer than {FEWEST} orders of one of them" if best.chance >= SURE else ""
        end = f"whether {best.first} did better than {best.second} cannot be told yet (chance {sure}{few})"
    return f"{told[0].upper()}{told[1:]}: {end}."
