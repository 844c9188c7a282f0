"""Audiences from their sizes and pairwise overlaps."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience import bounds
from asterism.audience.activity import LINKS
from asterism.audience.fitting import DENSE, fit
from asterism.audience.incidence import Incidence
from asterism.audience.latent import Evidence, Model
from asterism.audience.worlds import sampled
from asterism.errors import BadInput, did_you_mean

Floats = NDArray[np.float64]

UNIVERSES: Final = (1.4, 2.2)
"""An unknown universe, as multiples of what all audiences reach together by Agostini's formula."""
MODEL_ERROR: Final = 0.01
"""Relative standard error of reach where every pair is known (simulated markets)."""
UNSEEN_ERROR: Final = 0.1
"""What is added where no pair is known: on real overlaps, equally good models disagree by about 20%."""
_AGOSTINI: Final = 1.125


def from_overlaps(
    sizes: Mapping[Any, float],
    pairs: Mapping[tuple[Any, Any], float],
    *,
    universe: float | None = None,
    censored_below: tuple[float, float] | None = None,
    seed: int = 0,
) -> Incidence:
    """Sampled people whose audiences have the sizes, and nearly the overlaps, that were measured.

    People are segment × activity class; creator c holds a person of activity h in segment s with chance
    link(λ_cs h). All λ, the segments and the spread of activity are fitted so that Σ_k π_k a_ck are the sizes
    (exactly) and Σ_k π_k a_ck a_dk the overlaps (least squares, weighted as counts vary). Pairs do not identify a
    union, activity does: so each link function, and each universe where none is given, is one variant.

    Parameters
    ----------
    sizes
        People per audience, by creator id.
    pairs
        People in both audiences, by pair of ids. A missing pair is unknown.
    universe
        People there are; where not given, `UNIVERSES` times the reach of all audiences by Agostini's formula.
    censored_below
        (share, count): a missing pair is under that share of the smaller audience or at most that many people.
        A pair given as NaN is unknown all the same.

    Raises
    ------
    BadInput
        A size or overlap that cannot be, a pair of unknown creators, or a universe below what logic allows.

    References
    ----------
    Agostini (1961), How to estimate unduplicated audiences, Journal of Advertising Research 1(3), 11–14.
    Goodhardt, Ehrenberg & Chatfield (1984), doi:10.2307/2981696: gamma-distributed activity.
    """
    ids = tuple(str(one) for one in sizes)
    people = np.array([*sizes.values()], dtype=float)
    if not ids or not bool((np.isfinite(people) & (people >= 0)).all()):
        raise BadInput("Every audience needs a size of 0 people or more.", "Leave out creators of unknown size.")
    evidence = _evidence(np.maximum(people, 1e-9), _shared(ids, people, pairs), censored_below)
    rng = np.random.default_rng(seed)
    worlds = [fit(model, evidence, rng) for model in _models(evidence, universe)]
    found = sampled(worlds)
    return Incidence(
        creators=ids,
        weight=found.weight,
        start=found.start,
        link=found.link,
        chance=found.chance,
        rung=np.full(len(ids), 2, np.int8),
        sizes=people,
        variant=found.variant,
        n_variants=len(worlds),
        universe=universe,
        error=MODEL_ERROR + UNSEEN_ERROR * _unseen(evidence),
    )


def _shared(ids: tuple[str, ...], people: Floats, pairs: Mapping[tuple[Any, Any], float]) -> Floats:
    """People in both audiences, (n, n): NaN where no pair is given, ∞ where it is given as NaN, unknown.

    A pair given twice counts with its mean.
    """
    column = {one: i for i, one in enumerate(ids)}
    total, count = np.zeros((len(ids), len(ids))), np.zeros((len(ids), len(ids)))
    for (a, b), shared in pairs.items():
        i, j = _place(column, a), _place(column, b)
        if i == j:
            continue
        if np.isnan(shared):
            shared = np.inf
        elif not 0 <= shared <= min(people[i], people[j]) * (1 + 1e-9):
            raise BadInput(f"`{a}` and `{b}` cannot share {shared:,.0f} people.", "No more than the smaller audience.")
        total[[i, j], [j, i]] += shared
        count[[i, j], [j, i]] += 1
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _place(column: dict[str, int], one: object) -> int:
    if str(one) not in column:
        raise BadInput(f"The overlap of `{one}` has no audience size.", did_you_mean(str(one), [*column][:200]))
    return column[str(one)]


def _evidence(people: Floats, shared: Floats, censored_below: tuple[float, float] | None) -> Evidence:
    known = np.isfinite(shared)
    share, count = censored_below or (1.0, 0.0)
    cap = np.minimum(
        np.maximum(share * np.minimum(people[:, None], people), count), np.minimum(people[:, None], people)
    )
    beside = ~np.eye(len(people), dtype=bool)
    censored = np.isnan(shared) & beside if censored_below else np.zeros_like(known)
    return Evidence(people, np.where(known, shared, cap), known & beside, censored)


def _models(evidence: Evidence, universe: float | None) -> list[Model]:
    """Each link function with each universe; where creators are many, each with one."""
    n, sizes = evidence.sizes.size, _universes(evidence, universe)
    if n > DENSE:
        return [Model(link, size, n) for link, size in zip(LINKS, (sizes * 2)[:2], strict=True)]
    return [Model(link, size, n) for size in sizes for link in LINKS]


def _universes(evidence: Evidence, universe: float | None) -> tuple[float, ...]:
    least = bounds.lower(evidence.sizes, evidence.shared)
    if universe is not None:
        if universe < least * (1 - 1e-9):
            raise BadInput(f"A universe of {universe:,.0f} people is too small.", f"These audiences need {least:,.0f}.")
        return (universe,)
    together = float(evidence.sizes.sum())
    twice = np.where(evidence.known, evidence.shared, np.where(evidence.censored, evidence.shared / 3, 0.0)).sum() / 2
    reach = together**2 / (together + _AGOSTINI * twice)
    return tuple(max(times * reach, 1.02 * least) for times in UNIVERSES)


def _unseen(evidence: Evidence) -> float:
    n_pairs = evidence.sizes.size * (evidence.sizes.size - 1)
    return 1.0 - float(evidence.known.sum()) / n_pairs if n_pairs else 0.0
