"""`Believed`: the priors that figures are read with, and by which number they can be told apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from asterism.priors import Priors
from asterism.store.shelves import edition_of


@dataclass(frozen=True, slots=True)
class Believed:
    """Priors and the number of the version they are; 0 for the shipped ones."""

    priors: Priors = field(default_factory=Priors.default)
    number: int = 0

    @property
    def versions(self) -> dict[str, str]:
        """What a plan says of them among the versions it was made from; nothing of the shipped ones."""
        return {"priors": f"workspace beliefs {self.number}"} if self.number else {}

    def edition(self, versions: Mapping[str, int]) -> str:
        """A short name of the state of a catalogue's tables together with the priors they are read with."""
        return edition_of({**versions, "beliefs": self.number} if self.number else versions)


SHIPPED: Final = Believed()
"""The published benchmarks and stated assumptions."""
