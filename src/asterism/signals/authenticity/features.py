"""Profile features: what an account's public profile says of whether anybody is behind it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

COUNTS: Final = ("followers", "following", "posts")
OPTIONAL: Final = ("has_picture", "private", "bio_length", "digits")
COLUMNS: Final = (*COUNTS, *OPTIONAL)
"""What a profile may show; the n-th is bit n of a code of what is known."""
NO_COUNTS: Final = 8
"""Codes of what is known that are multiples of this say nothing of followers, following and posts."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Accounts by what their profiles show, NaN where it is not known, shape (n,) each.

    `has_picture` and `private` are 1 or 0, `bio_length` in characters, `digits` the share of figures in the username.
    """

    followers: Floats
    following: Floats
    posts: Floats
    has_picture: Floats
    private: Floats
    bio_length: Floats
    digits: Floats

    def known(self) -> Ints:
        """A code of what is known of each account: bit n for the n-th of `COLUMNS`, (n,)."""
        seen = np.stack([np.isfinite(getattr(self, name)) for name in COLUMNS])
        return np.asarray((1 << np.arange(len(COLUMNS))) @ seen, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Shape:
    """How one feature bends: straight between `knots`, flat outside, so that no extreme account decides alone.

    `needs` names the columns it is made of; knots of counts and their ratio stand on the scale log(1 + count).
    """

    name: str
    needs: tuple[str, ...]
    knots: tuple[float, ...]

    @property
    def code(self) -> int:
        """What must be known for the feature to be known."""
        return sum(1 << COLUMNS.index(name) for name in self.needs)


SHAPES: Final = (
    Shape("followers", ("followers",), (2.0, 5.0, 7.0)),
    Shape("following", ("following",), (3.0, 6.0, 9.0)),
    Shape("posts", ("posts",), (0.0, 1.0, 5.0)),
    Shape("following per follower", ("followers", "following"), (-2.0, 0.5, 3.0)),
    Shape("picture", ("has_picture",), (0.0, 1.0)),
    Shape("private", ("private",), (0.0, 1.0)),
    Shape("biography", ("bio_length",), (0.0, 1.5, 5.0)),
    Shape("digits", ("digits",), (0.0, 0.1, 0.4)),
)
FEATURES: Final = tuple(f"{s.name} {a:g} to {b:g}" for s in SHAPES for a, b in zip(s.knots, s.knots[1:], strict=False))
"""The columns of `features`: one for each stretch between two knots."""
NEEDED: Final = np.array([s.code for s in SHAPES for _ in s.knots[1:]])
"""What must be known for each feature, (n_features,)."""


def features(accounts: Accounts) -> Floats:
    """How far each account has gone along each stretch between two knots, 0 where not known, (n, n_features).

    A sum of these with coefficients is a broken line in each feature: a linear spline, flat beyond its last knots.
    """
    return np.column_stack([stretch for shape in SHAPES for stretch in _stretches(shape, accounts)])


def _stretches(shape: Shape, accounts: Accounts) -> list[Floats]:
    x = np.nan_to_num(_scaled(shape, accounts), nan=shape.knots[0])
    return [np.clip(x, low, high) - low for low, high in zip(shape.knots, shape.knots[1:], strict=False)]


def _scaled(shape: Shape, accounts: Accounts) -> Floats:
    columns = [np.asarray(getattr(accounts, name), dtype=float) for name in shape.needs]
    if shape.name in (*OPTIONAL, "picture"):
        return columns[0]
    logs = [np.log1p(column) for column in columns]
    return np.asarray(logs[0] if len(logs) == 1 else logs[1] - logs[0])
