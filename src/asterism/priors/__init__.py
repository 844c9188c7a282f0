"""What we believed before: rates, prices and responses by platform, format and followers, each with its source.

Knows the published benchmarks and our stated assumptions; hands signals and planning a median and a doubt for any size.
"""

from asterism.priors.beliefs import Priors
from asterism.priors.curves import Benchmark, LogNormal, Rate

__all__ = ["Benchmark", "LogNormal", "Priors", "Rate"]
