"""What a collaboration costs in full, by kind, in cents; and shared costs dealt out to the cent."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

from asterism.errors import BadInput
from asterism.measurement.sharing import dealt


@dataclass(frozen=True, slots=True)
class Costs:
    """Costs by kind, in cents of one currency; `hours` is the worth of the own time spent, not its length.

    >>> (Costs(fee=50_000, product=2_500) + Costs(shipping=900)).total
    53400
    """

    fee: int = 0
    product: int = 0
    shipping: int = 0
    usage_rights: int = 0
    boost: int = 0
    hours: int = 0
    platform_fee: int = 0
    other: int = 0

    def __post_init__(self) -> None:
        for kind, cents in self.by_kind.items():
            if cents < 0:
                raise BadInput(f"The cost `{kind}` is below zero.", "Give costs as amounts of 0 or more.", kind)

    @property
    def by_kind(self) -> dict[str, int]:
        """Cents per kind of cost, those of 0 too."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @property
    def total(self) -> int:
        """The full cost in cents."""
        return sum(self.by_kind.values())

    def __add__(self, other: "Costs") -> "Costs":
        return Costs(**{kind: cents + getattr(other, kind) for kind, cents in self.by_kind.items()})


KINDS: Final = tuple(f.name for f in fields(Costs))
"""The kinds of cost, in the order they are listed."""


def shared_out(costs: Costs, fees: Sequence[int]) -> list[Costs]:
    """Costs of the whole dealt out over collaborations in proportion to their fees, each kind to the cent."""
    by_kind = {kind: dealt(cents, list(fees)) for kind, cents in costs.by_kind.items()}
    return [Costs(**{kind: shares[i] for kind, shares in by_kind.items()}) for i in range(len(fees))]
