"""Authenticity of accounts: from what their public profiles show to the chance that nobody is behind them."""

from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.errors import BadInput, WrongUsage
from asterism.signals.authenticity.accounts import chances
from asterism.signals.authenticity.features import COLUMNS, Accounts

Floats = NDArray[np.float64]

USERNAME_LENGTH: Final = 11
"""Letters of a usual username (mean and median of InstaFake), by which a count of figures becomes a share."""
_FLAGS: Final = ("has_picture", "private")


def authenticity(
    followers: Any,
    following: Any,
    posts: Any,
    has_picture: Any = None,
    private: Any = None,
    bio_length: Any = None,
    digits: Any = None,
) -> Floats:
    """The chance that each account is fake, NaN where followers, following and posts are all unknown, (n,).

    Read it as a chance, never as a verdict: order is what transfers (AUC .96–.99 on accounts of another source); the
    level rests on the usual share of fake accounts in an audience, 0.24.

    Parameters
    ----------
    followers, following, posts
        Counts; NumPy, Arrow, pandas, Polars or lists, with NaN or null where unknown.
    has_picture, private
        True or false, 1 or 0. None or null where unknown: then the model without them is used.
    bio_length
        Characters of the biography.
    digits
        Figures in the username: whole numbers of which any is above 1 are counts, and become shares of a usual username
        of 11 letters; anything else is a share from 0 to 1.

    Raises
    ------
    WrongUsage
        The columns are not of the same length.
    BadInput
        A value is no number, is negative, or is no share or flag where one is asked for.

    >>> authenticity([150, 12], [300, 4000], [40, 0]).round(2).tolist()
    [0.04, 1.0]
    """
    given = (followers, following, posts, has_picture, private, bio_length, digits)
    columns = {name: _numbers(name, values) for name, values in zip(COLUMNS, given, strict=True) if values is not None}
    lengths = {name: column.size for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {n}" for name, n in lengths.items())
        raise WrongUsage(f"The columns are not of the same length: {told}.", "Give a value, or null, for each account.")
    if "digits" in columns:
        columns["digits"] = _as_share(columns["digits"])
    unknown = np.full(next(iter(lengths.values()), 0), np.nan)
    accounts = Accounts(*(columns.get(name, unknown) for name in COLUMNS))
    return np.asarray(chances(accounts))


def _numbers(name: str, values: Any) -> Floats:
    """A column as numbers, NaN where null, checked for what its name promises."""
    try:
        column = values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values, from_pandas=True)
        found = np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=float).reshape(-1)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise BadInput(
            f"`{name}` does not hold numbers: {str(error).splitlines()[0]}", "Give one per account."
        ) from None
    if np.any(found < 0) or np.any(np.isinf(found)):
        raise BadInput(
            f"`{name}` holds {found[(found < 0) | np.isinf(found)][0]:g}.", "Give finite numbers of 0 or more."
        )
    if name in _FLAGS and np.any((found != 0) & (found != 1) & np.isfinite(found)):
        raise BadInput(f"`{name}` holds numbers other than 0 and 1.", "Give true or false, or null where unknown.")
    return found


def _as_share(digits: Floats) -> Floats:
    known = digits[np.isfinite(digits)]
    if not np.any(known > 1):
        return digits
    if np.any(known != np.round(known)):
        raise BadInput(
            f"`digits` holds {known[known > 1][0]:g}, neither a count nor a share.",
            "Give whole numbers, or shares from 0 to 1.",
        )
    return digits / USERNAME_LENGTH
