"""How far long work is: whoever shows it gives a `Tell`; where nobody looks, the work goes on `quietly`."""

from collections.abc import Callable

Tell = Callable[[str, float], None]
"""Told the step that runs and the share of it that is done, from 0 to 1."""


def quietly(_what: str, _share: float) -> None:
    """Tell nobody."""
