"""Compiled loops over the bytes of a text, by subject; each has its plain twin in `tests/naive/store.py`."""

from asterism.store._kernels.names import number_names, place_names
from asterism.store._kernels.rows import OPEN_QUOTE, QUOTE, SOUND, TOO_NARROW, cut_rows
from asterism.store._kernels.values import read_integers, read_numbers

__all__ = [
    "OPEN_QUOTE",
    "QUOTE",
    "SOUND",
    "TOO_NARROW",
    "cut_rows",
    "number_names",
    "place_names",
    "read_integers",
    "read_numbers",
]
