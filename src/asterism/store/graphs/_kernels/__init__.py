"""Compiled loops over the bytes of a text, by subject; each has its plain twin in `tests/naive/store.py`."""

from asterism.store.graphs._kernels.names import number_names, place_names
from asterism.store.graphs._kernels.rows import OPEN_QUOTE, QUOTE, SOUND, TOO_NARROW, cut_rows, read_pairs
from asterism.store.graphs._kernels.values import mark, read_integers, read_numbers, recode

__all__ = [
    "OPEN_QUOTE",
    "QUOTE",
    "SOUND",
    "TOO_NARROW",
    "cut_rows",
    "mark",
    "number_names",
    "place_names",
    "read_integers",
    "read_numbers",
    "read_pairs",
    "recode",
]
