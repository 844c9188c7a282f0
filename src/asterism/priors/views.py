"""How views grow with the age of a post, and what else a forecast of the next post stands on."""

from typing import Final

from asterism.priors.curves import Benchmark

VIEWS: Final[tuple[Benchmark, ...]] = ()
