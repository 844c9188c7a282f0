"""The belief about real followers: the prior where nothing is known, moved by each piece of evidence."""

import math

import numpy as np
import pytest
from scipy.stats import beta, norm

from asterism.priors import Priors
from asterism.signals.authenticity import belief
from asterism.signals.authenticity.share import SHARES

PRIORS = Priors.default()
USUAL = PRIORS.authentic()
NAN = math.nan


def real(*evidence: belief.Evidence) -> belief.Real:
    return belief.after(PRIORS, evidence)


def naive_mean(log_likelihood: list[float]) -> float:
    """Mean share of real followers, by adding up a fine grid."""
    total = weighted = 0.0
    for p, logs in zip(SHARES.tolist(), log_likelihood, strict=True):
        inside = [p + step * 0.0005 for step in range(-4, 6)]
        density = sum(
            0.75 * beta.pdf(x, 12 * 0.14, 12 * 0.86) + 0.25 * beta.pdf(x, 12 * 0.55, 12 * 0.45)
            for x in inside
            if 0 < x < 1
        )
        total += density * math.exp(logs)
        weighted += (1 - p) * density * math.exp(logs)
    return weighted / total


def test_with_nothing_known_it_is_the_prior() -> None:
    found = real(belief.vendor(np.array([NAN, NAN]), PRIORS))
    assert found.mean == pytest.approx([USUAL.mean] * 2, abs=1e-3)
    assert found.low == pytest.approx([USUAL.low] * 2, abs=1e-3)
    assert found.high == pytest.approx([USUAL.high] * 2, abs=1e-3)
    assert found.source.tolist() == ["prior: nothing is known of the followers"] * 2


def test_priors_of_ones_own_move_it() -> None:
    own = Priors.read({"fake": {"weight": {"median": 1.0, "low": 1.0, "high": 1.0}}})
    found = belief.after(own, [belief.vendor(np.array([NAN]), own)])
    assert found.mean == pytest.approx([0.86], abs=1e-3)


@pytest.mark.parametrize("credible", [0.35, 0.6, 0.8, 0.97])
def test_a_vendors_figure_is_seen_with_an_error(credible: float) -> None:
    found = real(belief.vendor(np.array([credible]), PRIORS))
    logs = []
    for p in SHARES:
        reach = norm.cdf((1 - p) / 0.1) - norm.cdf(-p / 0.1)  # an error never leads outside 0 and 1
        logs.append(norm.logpdf(1 - credible, p, 0.1) - math.log(reach))
    assert found.mean[0] == pytest.approx(naive_mean(logs), abs=0.004)
    assert found.source[0] == f"a vendor's figure of {credible:.0%}"
    assert found.low[0] < found.mean[0] < found.high[0]


def test_lower_engagement_means_fewer_real_followers() -> None:
    found = real(belief.engagement(np.array([0.02, 0.1, 0.5, 0.9, NAN]), PRIORS))
    assert np.all(np.diff(found.mean[:4]) > 0)
    assert found.mean[4] == pytest.approx(USUAL.mean, abs=1e-3)


def test_engagement_among_peers_equals_the_formula() -> None:
    found = real(belief.engagement(np.array([0.08]), PRIORS))
    level = np.log(np.maximum(1 - SHARES, 0.005))
    middle = float(belief.before(PRIORS) @ level)
    logs = [norm.logpdf(norm.ppf(0.08), (x - middle) / 0.75, 1.0) for x in level]
    assert found.mean[0] == pytest.approx(naive_mean(logs), abs=0.004)


def test_engagement_too_high_says_nothing_of_followers() -> None:
    found = real(belief.engagement(np.array([0.97]), PRIORS))
    assert found.mean == pytest.approx([USUAL.mean], abs=1e-3)
    assert found.source[0].startswith("prior")


def test_steps_nobody_explained_lower_it_and_others_do_not() -> None:
    found = real(belief.steps(np.array([0.5, 0.3, 0.0, NAN]), PRIORS))
    assert found.mean[0] < found.mean[1] < found.mean[2]
    assert found.mean[2:] == pytest.approx([USUAL.mean] * 2, abs=1e-3)
    reached = norm.cdf((SHARES - 0.5) / 0.1)
    logs = [math.log(0.5 + 0.5 * at_least / (reached @ belief.before(PRIORS))) for at_least in reached]
    assert found.mean[0] == pytest.approx(naive_mean(logs), abs=0.004)


def test_pieces_of_evidence_multiply() -> None:
    pieces = belief.vendor(np.array([0.5]), PRIORS), belief.engagement(np.array([0.05]), PRIORS)
    both = real(*pieces)
    logs = sum(piece.curves[piece.at[0]] for piece in pieces)
    assert both.mean[0] == pytest.approx(naive_mean((logs - logs.max()).tolist()), abs=0.004)
    assert both.source[0] == "a vendor's figure of 50%; engagement among peers"
    assert both.high[0] - both.low[0] < real(pieces[0]).high[0] - real(pieces[0]).low[0]


def test_many_creators_are_weighed_in_blocks() -> None:
    percentile = np.tile([0.02, 0.5, NAN], 4_000)
    found = real(belief.engagement(percentile, PRIORS))
    assert found.mean.reshape(-1, 3) == pytest.approx(np.tile(found.mean[:3], (4_000, 1)))
