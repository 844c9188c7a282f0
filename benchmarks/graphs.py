"""Follow graphs like real ones, generated: R-MAT and Chung–Lu, as (nodes, sources, targets).

Edges come with repetitions and loops, as the recipes make them; `build_graph` drops both.
"""

import numpy as np

CORNERS = (0.57, 0.19, 0.19)


def rmat(scale=22, edges_per_node=16, seed=2):
    """R-MAT (.57, .19, .19, .05), nodes shuffled.

    Chakrabarti, Zhan and Faloutsos (2004), doi:10.1137/1.9781611972740.43. Scale 22 gives 4.2 million nodes and 67
    million edges.
    """
    a, b, c = CORNERS
    rng = np.random.default_rng(seed)
    n, m = 1 << scale, edges_per_node << scale
    source, target = np.zeros(m, np.int64), np.zeros(m, np.int64)
    for bit in range(scale):
        corner = rng.random(m, dtype=np.float32)
        source |= (corner > a + b).astype(np.int64) << bit
        target |= (((corner > a) & (corner <= a + b)) | (corner > a + b + c)).astype(np.int64) << bit
    shuffled = rng.permutation(n)
    return n, shuffled[source], shuffled[target]


def chung_lu(n=1_000_000, m=21_000_000, seed=1, out_exponent=2.1, in_exponent=2.6):
    """Chung–Lu, directed, power laws of in- and out-degree; Chung and Lu (2002), doi:10.1007/PL00012580."""
    rng = np.random.default_rng(seed)
    rank = np.arange(1, n + 1)
    out_weight = (rank + 20.0) ** (-1 / (out_exponent - 1))
    in_weight = (rank + 200.0) ** (-1 / (in_exponent - 1))
    out_order, in_order = rng.permutation(n), rng.permutation(n)
    return n, out_order[_drawn(rng, out_weight, m)], in_order[_drawn(rng, in_weight, m)]


def _drawn(rng, weight, m):
    total = np.cumsum(weight)
    return np.searchsorted(total / total[-1], rng.random(m))
