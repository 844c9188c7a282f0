import numpy as np

from asterism.audience.circles import circles
from asterism.audience.latent import Evidence


def test_creators_who_share_their_audience_start_in_one_circle():
    circle = np.repeat([0, 1], 10)
    together = circle[:, None] == circle
    beside = ~np.eye(20, dtype=bool)
    evidence = Evidence(np.full(20, 1_000.0), np.where(together, 400.0, 40.0), together & beside, ~together)
    intensity = np.exp(circles(evidence, 20_000.0, 2, np.random.default_rng(0)))
    chosen = intensity.argmax(axis=1)
    assert len(set(chosen[:10])) == len(set(chosen[10:])) == 1
    assert chosen[0] != chosen[10]
    assert (intensity.max(axis=1) > 3 * intensity.min(axis=1)).all()
