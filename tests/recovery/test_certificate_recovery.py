"""Three hundred markets whose best plan of everybody is known: the certificate holds in nine of ten."""

import numpy as np
import pytest

from tests.planning.test_sampled import CASES, certified

MARKETS = 300


@pytest.mark.campaign
@pytest.mark.parametrize("k", [64, 200])
@pytest.mark.parametrize(("goal", "rates"), CASES.values(), ids=CASES)
def test_both_ends_hold_in_nine_of_ten_markets(goal, rates, k):
    found = [certified(seed, goal, rates, k) for seed in range(MARKETS)]
    least = np.array([stated.low <= true + 1e-9 for stated, _, true, _, _ in found])
    most = np.array([stated.upper >= best - 1e-9 for stated, _, _, best, _ in found])
    made = np.array([(judged.value - true) / judged.error for _, judged, true, _, _ in found])
    gap = np.mean([stated.gap for stated, *_ in found])
    print(f"low {least.mean():.3f}, upper {most.mean():.3f}, both {(least & most).mean():.3f}, gap {gap:.3f}")
    assert (least & most).mean() >= 0.9
    assert most.mean() >= 0.95
    assert 0.85 < np.sqrt((made**2).mean()) < 1.15
