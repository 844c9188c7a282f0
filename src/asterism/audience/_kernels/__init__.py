"""Compiled loops of the audience, by subject; each has its plain twin in `tests/naive/`."""

from asterism.audience._kernels.arcs import Nodes, Shares, arcs_by_target, sort_rows
from asterism.audience._kernels.cover import Links, Spots, Terms, cover_greedily, linked, tally
from asterism.audience._kernels.draws import PROCESSORS, draw_sets
from asterism.audience._kernels.hashing import distinct, grouped, hashed_numbers, hashed_text, links_to
from asterism.audience._kernels.links import (
    audiences_by_variant,
    frequency,
    residual_moments,
    shared,
    transposed,
    union_by_variant,
)
from asterism.audience._kernels.reverse import (
    CHAIN,
    CHAIN_EACH,
    CONSTANT,
    EACH,
    WEIGHTED,
    Arcs,
    Marks,
)

__all__ = [
    "CHAIN",
    "CHAIN_EACH",
    "CONSTANT",
    "EACH",
    "PROCESSORS",
    "WEIGHTED",
    "Arcs",
    "Links",
    "Marks",
    "Nodes",
    "Shares",
    "Spots",
    "Terms",
    "arcs_by_target",
    "audiences_by_variant",
    "cover_greedily",
    "distinct",
    "draw_sets",
    "frequency",
    "grouped",
    "hashed_numbers",
    "hashed_text",
    "linked",
    "links_to",
    "residual_moments",
    "shared",
    "sort_rows",
    "tally",
    "transposed",
    "union_by_variant",
]
