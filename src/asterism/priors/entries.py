"""How a benchmark is written down: a curve over the tiers, or a single number, each with its range and source."""

from typing import Final

from asterism.priors.curves import Benchmark

TIER_MEDIANS: Final = (4e3, 32e3, 224e3, 707e3, 3e6)
OURS: Final = "assumption of Asterism"


def curve(name: str, rows: str, source: str, date: str = "2026", quality: str = "C", *,
           unit: str = "share", denominator: str | None = None, beyond: float = 0.0) -> Benchmark:  # fmt: skip
    """A curve from `median low high` per tier, separated by commas; shares are written in per cent."""
    scale = 0.01 if unit == "share" else 1.0
    cells = [[float(x) * scale for x in row.split()] for row in rows.split(",")]
    median, low, high = (tuple(row[i] for row in cells) for i in range(3))
    below, floor = (0.8, 10.0) if unit == "US dollars" else (0.0, 0.0)
    return Benchmark(
        name, unit, median, low, high, source, date, quality, TIER_MEDIANS, denominator, below, beyond, floor
    )


def number(name: str, triple: tuple[float, float, float], source: str = OURS, date: str = "2026",
            quality: str = "assumption", *, unit: str = "factor", shape: str = "log-normal") -> Benchmark:  # fmt: skip
    """A single number from its median, low and high."""
    median, low, high = ((x,) for x in triple)
    return Benchmark(name, unit, median, low, high, source, date, quality, shape=shape)
