"""The latent classes that fit sizes and overlaps best: several starts, damped Gauss–Newton, a tight tolerance."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, cho_factor, cho_solve
from scipy.optimize import minimize

from asterism.audience.activity import Activity
from asterism.audience.circles import circles
from asterism.audience.latent import Evidence, Model, State, curvature, loss, state
from asterism.audience.worlds import World, exactly

Floats = NDArray[np.float64]

STARTS: Final = 2
"""Random starts per model; the best is kept."""
DENSE: Final = 200
"""Up to this many creators the full curvature is solved; above it, only gradients are used."""
MANY_SEGMENTS: Final = 32
"""Segments where there are more creators than that: their circles are many and close."""
MANY_TASTE_SD: Final = 2.0
_STEPS: Final = 80
_MANY_STEPS: Final = 200
_TOLERANCE: Final = 1e-6
_LARGEST_STEP: Final = 2.0
_GIVE_UP: Final = 1e8


def fit(model: Model, evidence: Evidence, rng: np.random.Generator) -> World:
    """The best of `STARTS` fits as a world whose audiences have exactly their sizes.

    Many creators get more segments and one start, from the circles their overlaps show.
    """
    if model.n_creators <= DENSE:
        tried = [_levenberg(model, evidence, model.start(evidence.sizes, rng)) for _ in range(STARTS)]
        return _world(state(model, min(tried, key=lambda f: f[0])[1]), evidence.sizes)
    evidence = replace(evidence, looseness=1.0)
    model = replace(model, n_segments=MANY_SEGMENTS, taste_sd=MANY_TASTE_SD)
    start = model.parameters(circles(evidence, model.universe, model.n_segments, rng))
    return _world(state(model, _descend(model, evidence, start)), evidence.sizes)


def _descend(model: Model, evidence: Evidence, theta: Floats) -> Floats:
    options = {"maxiter": _MANY_STEPS, "maxfun": 2 * _MANY_STEPS, "ftol": 1e-13, "gtol": 1e-9, "maxcor": 20}
    found = minimize(lambda t: loss(model, evidence, t), theta, jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x)


def _levenberg(model: Model, evidence: Evidence, theta: Floats) -> tuple[float, Floats]:
    value, slope = loss(model, evidence, theta)
    matrix, damping = curvature(model, evidence, theta), 1.0
    for _ in range(_STEPS):
        moved = theta + _step(matrix, slope, damping)
        there, slope_there = loss(model, evidence, moved)
        if there >= value or not np.isfinite(there):
            damping *= 3.0
            if damping > _GIVE_UP:
                break
            continue
        gained, theta, value, slope = value - there, moved, there, slope_there
        if gained < _TOLERANCE * max(value, 1.0):
            break
        matrix, damping = curvature(model, evidence, theta), max(damping / 4.0, 1e-6)
    return value, theta


def _step(matrix: Floats, slope: Floats, damping: float) -> Floats:
    damped = matrix + np.diag(damping * np.clip(np.diag(matrix), 1e-6, 1e4))
    try:
        step = -cho_solve(cho_factor(damped, overwrite_a=True, check_finite=False), slope)
    except LinAlgError:
        return np.zeros_like(slope)
    return np.asarray(np.clip(step, -_LARGEST_STEP, _LARGEST_STEP))


def _world(seen: State, sizes: Floats) -> World:
    """The fitted people, chances moved so that every size is met exactly."""
    people = seen.people.sum(axis=1)
    activity = Activity(np.ones(seen.people.shape[1]), seen.people[0] / people[0])
    universe = float(people.sum())
    mean = np.einsum("csm,sm->c", seen.chance, seen.people)[:, None, None] / universe
    chance = exactly(seen.chance, mean, sizes[:, None, None] / universe)
    return World(people, activity, np.ascontiguousarray(np.moveaxis(chance, 0, 2)))
