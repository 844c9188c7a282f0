"""Panels of places and days for studies of lift in the studio, as somebody would bring them."""

from datetime import date, timedelta

import numpy as np

FIRST = date(2026, 8, 1)
START = "2026-09-20"


def panel(lift=0.3, days=60, places=7, noise=0.03):
    """A table as CSV: `a` gains from `START` on; all places move with the week, and by chance."""
    rng = np.random.default_rng(1)
    lines = ["location,date,y"]
    for at in range(places):
        for n in range(days):
            day = FIRST + timedelta(days=n)
            usual = (100 + 20 * at) * (1 + 0.1 * (day.weekday() > 4))
            gain = 1 + lift * (at == 0 and day.isoformat() >= START)
            lines.append(f"{'abcdefghijklm'[at]},{day},{usual * gain * (1 + noise * rng.standard_normal()):.2f}")
    return "\n".join(lines).encode()


def brought(content, name="panel.csv"):
    """A file as the desk takes it."""
    return name, iter([content]), 10_000_000
