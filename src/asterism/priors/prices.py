"""Prices besides the fee of a post: what add-ons cost, and how far fees that were paid lie under those asked."""

from typing import Final

from asterism.priors.curves import Benchmark
from asterism.priors.entries import OURS, number

ADD_ONS: Final[tuple[Benchmark, ...]] = (
    number("add_on.usage", (1.5, 1.25, 2.0), "starscout: usage rights add 25–100%; for six months is ours",
           "2025", "C"),
    number("add_on.exclusivity", (1.4, 1.3, 1.5), "starscout: exclusivity adds 30–50%; for three months is ours",
           "2025", "C"),
    number("add_on.boost", (1.25, 1.1, 1.5), OURS + ": the brand may advertise with the creator's post"),
    number("add_on.rush", (1.25, 1.1, 1.5), OURS + ": delivered within days"),
    number("add_on.months", (0.5, 0.3, 0.8), OURS + ": what rights add grows with the root of their months",
           unit="exponent"),
    number("paid_to_quote", (0.95, 0.8, 1.1), OURS + ": fees paid against fees asked, after haggling"),
)  # fmt: skip
"""Factors on the fee of a package, and the share of an ask that is paid in the end."""
