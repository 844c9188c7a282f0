"""What is usual of authenticity and connection: the benchmarks that signals of trust are read against."""

from typing import Final

from asterism.priors.curves import Benchmark

TRUST: Final[tuple[Benchmark, ...]] = ()
