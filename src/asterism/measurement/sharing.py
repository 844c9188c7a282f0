"""Sharing: cents dealt by shares or weights with the largest remainder, so that the parts always come to the whole."""

from collections.abc import Sequence
from fractions import Fraction

from asterism.errors import BadInput


def deal(cents: int, shares: Sequence[Fraction]) -> tuple[int, ...]:
    """Whole cents of each share, summing to `cents`; the shares sum to 1, and of equal remainders the first gets more.

    >>> deal(100, [Fraction(1, 3)] * 3)
    (34, 33, 33)
    """
    if len(shares) == 1:
        return (cents,)
    exact = [cents * share for share in shares]
    whole = [part.numerator // part.denominator for part in exact]
    by_remainder = sorted(range(len(shares)), key=lambda i: whole[i] - exact[i])
    for i in by_remainder[: cents - sum(whole)]:
        whole[i] += 1
    return tuple(whole)


def dealt(cents: int, weights: Sequence[int | Fraction]) -> tuple[int, ...]:
    """Whole cents per weight, in proportion, by largest remainder: they come to `cents`.

    Ties go to the first. Without any weight above 0 everybody gets the same.

    >>> dealt(100, [1, 1, 1])
    (34, 33, 33)
    """
    if not weights:
        raise BadInput("There is nobody to share an amount.", "Name at least one collaboration.")
    if len(weights) == 1:
        return (cents,)
    total = sum(weights)
    return deal(cents, [Fraction(w) / total for w in weights] if total else [Fraction(1, len(weights))] * len(weights))
