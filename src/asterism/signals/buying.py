"""Buying: how past campaigns move the believed level of clicks and purchases, and how sure it then is.

A creator's orders O of R people reached are Poisson with mean R·e·L·exp(u): e the benchmark of click × convert, L the
level all share, u ~ N(0, τ²) the creator's own. O / (R·e) has a relative variance of about τ² + 1/(R·e), so the level
is their mean weighted by its inverse, drawn to 1 by the benchmark's own doubt. Morris 1983, doi:10.1080/
01621459.1983.10477920.
"""

from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.signals.lineup import Lineup
from asterism.signals.response import Responses

SHARED: Final = 0.1
"""Part of a benchmark's variance that all creators share: one that is off is off for everybody (an assumption)."""


def with_outcomes(answers: Responses, outcomes: pa.Table, lineup: Lineup) -> Responses:
    """The responses with the level of buying moved by past campaigns (`OUTCOMES`) of the creators considered.

    Past products' positioning is not known, so they are held against the usual. Conversions take the whole shift: which
    of clicks and purchases was off, orders per person reached do not say.
    """
    usual, click = _considered(answers.buy_log_sd), _considered(answers.click)
    own, common = (1 - SHARED) * usual**2, float(SHARED * np.median(usual**2)) if usual.size else 0.0
    reached, orders = _totals(outcomes, lineup)
    expected = reached * click * answers.usual_convert[:, 0]
    weight = np.where(expected > 0, 1.0 / (own + 1.0 / np.maximum(expected, 1e-12)), 0.0)
    told = float(weight.sum())
    ratio = float(weight @ (orders / np.maximum(expected, 1e-12))) / told if told else 1.0
    left = 1.0 / (1.0 / common + told) if common else 0.0
    shift = left * told * np.log(max(ratio, 0.5 / max(float(expected.sum()), 1.0)))
    return replace(
        answers,
        convert=np.minimum(answers.convert * np.exp(shift), 1.0),
        buy_log_sd=np.sqrt((1 - SHARED) * answers.buy_log_sd**2 + left),
        buy_common_log_sd=np.full(answers.buy_log_sd.shape, np.sqrt(left)),
    )


def _considered(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean over the formats each creator is considered for, (n,)."""
    known = np.isfinite(matrix)
    return np.asarray(np.where(known, matrix, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1))


def _totals(outcomes: pa.Table, lineup: Lineup) -> NDArray[np.float64]:
    """People reached and orders of each row's creator in campaigns that counted both, (2, n); an id counts once."""
    both = outcomes.filter(pc.and_(pc.is_valid(outcomes["reach"]), pc.is_valid(outcomes["orders"])))
    at = lineup.positions(both["creator_id"])
    first, found = lineup.first_rows(), np.zeros((2, len(lineup)))
    for row, name in enumerate(("reach", "orders")):
        counts = both[name].to_numpy().astype(float)
        found[row, first] = np.bincount(at[at >= 0], counts[at >= 0], minlength=len(lineup.ids))
    return found
