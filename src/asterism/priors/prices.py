"""Prices besides the fee of a post: what add-ons cost, and how fees scatter."""

from typing import Final

from asterism.priors.curves import Benchmark

ADD_ONS: Final[tuple[Benchmark, ...]] = ()
