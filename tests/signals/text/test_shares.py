import numpy as np
import pytest
from scipy.stats import beta

from asterism.signals.text.shares import Counted, Usual


@pytest.mark.parametrize(
    ("hits", "n"), [(0, 0), (0, 1), (3, 4), (20, 20)], ids=["nothing", "none of one", "most", "all"]
)
def test_the_belief_is_the_beta_distributions(hits: int, n: int) -> None:
    counted = Counted(np.array([float(hits)]), np.array([float(n)]), Usual(0.2, 3.0))
    law = beta(hits + 0.6, n - hits + 2.4)
    assert counted.mean[0] == pytest.approx(law.mean())
    assert counted.sd[0] == pytest.approx(law.std())
    assert 0 <= counted.low[0] <= counted.mean[0] <= counted.high[0] <= 1
