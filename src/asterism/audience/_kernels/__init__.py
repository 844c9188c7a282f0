"""Compiled loops of the audience, by subject; each has its plain twin in `tests/naive/`."""

from asterism.audience._kernels.arcs import arcs_by_target, sort_rows
from asterism.audience._kernels.hashing import distinct, grouped, hashed_numbers, hashed_text, links_to
from asterism.audience._kernels.links import (
    audiences_by_variant,
    frequency,
    residual_moments,
    shared,
    transposed,
    union_by_variant,
)

__all__ = [
    "arcs_by_target",
    "audiences_by_variant",
    "distinct",
    "frequency",
    "grouped",
    "hashed_numbers",
    "hashed_text",
    "links_to",
    "residual_moments",
    "shared",
    "sort_rows",
    "transposed",
    "union_by_variant",
]
