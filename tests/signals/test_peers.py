"""Peers: the nearest in size on the same platform, judged by a plain loop."""

import numpy as np
import pytest

from asterism.signals.peers import FEWEST, NEIGHBOURS, percentiles


def plainly(values, size):
    """The share of others with a smaller value, ties half, where everybody is everybody's peer."""
    return [
        np.mean([(v < own) + 0.5 * (v == own) for j, v in enumerate(values) if j != i]) for i, own in enumerate(values)
    ]


def test_a_percentile_is_the_share_of_the_others_below():
    values = np.random.default_rng(1).integers(0, 9, 40).astype(float)
    size = np.geomspace(1e3, 1e6, 40)
    found = percentiles(values, np.full(40, "instagram", dtype=object), size)
    assert found == pytest.approx(plainly(values, size))


def test_only_the_nearest_in_size_count():
    n = 3 * NEIGHBOURS
    values = np.arange(n, dtype=float)  # grows with size: against everybody the smallest would stand at the bottom
    found = percentiles(values, np.full(n, "tiktok", dtype=object), np.geomspace(1e3, 1e7, n))
    assert found[n // 2] == pytest.approx(0.5, abs=0.01)
    assert found[0] == 0
    assert found[-1] == 1


def test_another_platform_is_no_peer_and_a_few_are_none():
    platform = np.array(["instagram"] * 30 + ["tiktok"] * FEWEST, dtype=object)
    values = np.concatenate([np.arange(30.0), np.full(FEWEST, 99.0)])
    found = percentiles(values, platform, np.full(platform.size, 1e4))
    assert found[29] == 1.0
    assert np.isnan(found[30:]).all()


def test_what_is_not_known_has_no_place():
    values = np.append(np.arange(20.0), np.nan)
    found = percentiles(values, np.full(21, "x", dtype=object), np.append(np.full(20, 1e4), 1e4))
    assert np.isnan(found[20])
    assert np.isfinite(found[:20]).all()
