"""Simulated regions whose truth is known: sizes, weeks, shared ups and downs, noise with and without memory."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from asterism.measurement.lift.panel import Panel

Floats = NDArray[np.float64]
KINDS = ("independent", "remembering", "wandering", "counts")
"""Noise from day to day that is independent, remembers its yesterday, wanders off, or is that of counts."""


def regions(kind: str, n_days: int, n_places: int, rng: np.random.Generator) -> Panel:
    """Places of log-normal size with a common week and common factors, each place in its own measure."""
    day = np.arange(n_days)[:, None]
    sizes = np.exp(rng.normal(7, 0.6, n_places))
    week = 1 + 0.15 * np.sin(2 * np.pi * day / 7)
    shared = np.cumsum(rng.normal(0, 0.012, (n_days, 2)), axis=0) @ rng.normal(0.7, 0.3, (2, n_places))
    expected = sizes * week * np.exp(shared)
    if kind == "counts":
        return _panel(rng.poisson(expected * 0.2).astype(float))
    return _panel(expected * np.exp(_noise(kind, n_days, n_places, rng)))


def _noise(kind: str, n_days: int, n_places: int, rng: np.random.Generator) -> Floats:
    shocks = rng.normal(0, 1, (n_days, n_places))
    if kind == "independent":
        return 0.06 * shocks
    if kind == "wandering":
        return np.cumsum(0.005 * shocks, axis=0) + rng.normal(0, 0.03, (n_days, n_places))
    memory, noise = 0.5, shocks.copy()
    for at in range(1, n_days):
        noise[at] = memory * noise[at - 1] + np.sqrt(1 - memory**2) * shocks[at]
    return 0.06 * noise


def planted(panel: Panel, places: tuple[int, ...], before: int, effect: float) -> Panel:
    """The panel with a relative effect in some places from a row on."""
    y = panel.y.copy()
    y[before:, list(places)] *= 1 + effect
    return Panel(panel.days, panel.places, y)


def _panel(y: Floats) -> Panel:
    days = tuple(date(2026, 1, 1) + timedelta(days=i) for i in range(len(y)))
    return Panel(days, tuple(f"p{i:02d}" for i in range(y.shape[1])), y)


def long_table(panel: Panel) -> dict[str, list[object]]:
    """The panel as columns, one row per place and day."""
    n = len(panel.days)
    return {
        "location": [place for place in panel.places for _ in range(n)],
        "date": [day.isoformat() for _ in panel.places for day in panel.days],
        "y": [float(v) for v in panel.y.T.ravel()],
    }
