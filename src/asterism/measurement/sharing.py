"""Sharing: cents dealt by shares with the largest remainder, so that the parts always come to the whole."""

from collections.abc import Sequence
from fractions import Fraction


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
