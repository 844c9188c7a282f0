"""What suits a brief beyond price and audience: the limits of its occasion, and the pull of its style."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.errors import Infeasible
from asterism.planning.occasions import TEST_SHARE, suited
from asterism.planning.offers import Offers

Floats = NDArray[np.float64]


def suitable(offers: Offers, brief: Brief, on_target: Floats, forced: Sequence[int]) -> Offers:
    """The offers that suit the occasion, and all of the creators who must be in.

    `on_target` (n_creators,) is the part of an audience on target, `forced` the columns of creators that stay.

    Raises
    ------
    Infeasible
        Every offer is too dear for a test.
    """
    stay = suited(offers, brief, on_target) | np.isin(offers.creator, forced)
    if not stay.any():
        least = int(offers.cost.min()) / (100 * TEST_SHARE)
        what = f"A test spends at most {TEST_SHARE:.0%} of the budget on one creator, and every offer costs more."
        fix = f"Raise budget to {least:,.0f} {brief.budget.currency}, or drop `occasion`."
        raise Infeasible(what, fix, ("occasion", "budget"))
    return offers if stay.all() else offers.only(np.flatnonzero(stay))


def styled(offers: Offers, named: Floats, effect: float) -> Offers:
    """The offers with more acting and buying by creators who name the style: × effect ^ named, at most all reached.

    `named` (n_creators,) is how far a creator's own texts name it, 0 to 1, NaN where there are no texts.
    """
    factor = effect ** np.nan_to_num(named)[offers.creator]
    act, buy = (np.minimum(rate * factor, np.maximum(offers.reach, rate)) for rate in (offers.act, offers.buy))
    return replace(offers, act=act, buy=buy)


def style_note(named: Floats | None, chosen: NDArray[np.int32], words: Sequence[str]) -> tuple[str, ...]:
    """How many picks name the style, and how many have no texts; nothing where the brief asks for no style."""
    if not words:
        return ()
    said = " or ".join(words)
    if named is None or np.isnan(named).all():
        return (f"`style` has no effect: no creator has a bio or captions in which to look for {said}.",)
    mine = named[chosen]
    text = f"{int((mine > 0).sum())} of {mine.size} picks name {said} in their bio or captions"
    silent = int(np.isnan(mine).sum())
    return (f"{text}{f', {silent} have neither' if silent else ''}: style is a match of words, nothing more.",)
