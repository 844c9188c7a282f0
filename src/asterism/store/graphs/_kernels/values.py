"""Cells of a text, spans (n, 2) of its bytes, read as whole numbers and decimals."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Cells = NDArray[np.int64]
Codes = NDArray[np.uint32]


@njit(cache=True, nogil=True)
def read_integers(text: Bytes, cells: Cells, out: NDArray[np.uint64]) -> int:
    """The first cell that is no whole number as people write it (digits, no zero in front), −1 where all are."""
    for i in range(cells.shape[0]):
        begin, end = cells[i, 0], cells[i, 1]
        length = end - begin
        if length < 1 or length > 19 or (length > 1 and text[begin] == 48):
            return i
        value = np.uint64(0)
        for at in range(begin, end):
            digit = np.uint64(text[at]) - np.uint64(48)
            if digit > np.uint64(9):
                return i
            value = value * np.uint64(10) + digit
        out[i] = value
    return -1


@njit(cache=True, nogil=True)
def read_numbers(text: Bytes, cells: Cells, out: NDArray[np.float64]) -> int:
    """How many cells are left NaN: all but plain decimals of up to 15 digits, which are read to the last bit."""
    left = 0
    for i in range(cells.shape[0]):
        mantissa, digits, places, point, plain = 0.0, 0, 0, False, True
        for at in range(cells[i, 0], cells[i, 1]):
            byte = text[at]
            if 48 <= byte <= 57:
                mantissa = mantissa * 10.0 + (byte - 48)
                digits += 1
                places += point
            elif byte == 46 and not point:
                point = True
            else:
                plain = False
        if plain and 0 < digits <= 15:
            out[i] = mantissa / 10.0**places
        else:
            out[i] = np.nan
            left += 1
    return left


@njit(cache=True, nogil=True)
def mark(numbers: Codes, seen: NDArray[np.bool_]) -> None:
    """Note every number that occurs."""
    for i in range(numbers.size):
        seen[numbers[i]] = True


@njit(cache=True, nogil=True)
def recode(numbers: Codes, rank: Codes) -> None:
    """Put its rank in the place of each number."""
    for i in range(numbers.size):
        numbers[i] = rank[numbers[i]]
