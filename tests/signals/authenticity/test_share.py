"""The share of fake accounts in a sample, against plain loops."""

import math

import numpy as np
import pytest

from asterism.signals.authenticity.share import LEAST_TRANSFER_SD, SHARES, Sample, around, carried, estimate, explained

RNG = np.random.default_rng(4)
SAMPLE = Sample(np.array([0] * 40 + [2] * 25), np.exp(RNG.normal(0.3, 2.5, 65)), 3)


def naive_em(ratios: list[float]) -> float:
    share = 0.5
    for _ in range(5000):
        share = sum(share * r / (share * r + 1 - share) for r in ratios) / len(ratios)
    return share


def drawn(share: float, n: int, apart: float = 4.0) -> Sample:
    """Accounts whose scores are normal, `apart` standard deviations between fake and real."""
    fake = RNG.random(n) < share
    score = RNG.normal(np.where(fake, apart / 2, -apart / 2))
    return Sample(np.zeros(n, dtype=np.int64), np.exp(apart * score), 1)


def test_the_share_is_the_one_that_em_by_hand_settles_at() -> None:
    found = estimate(SAMPLE)
    for creator in (0, 2):
        assert found[creator] == pytest.approx(naive_em(SAMPLE.ratio[SAMPLE.owner == creator].tolist()), abs=1e-4)
    assert math.isnan(found[1])


def test_the_share_is_the_likeliest_of_all() -> None:
    logs = explained(SAMPLE)
    assert SHARES[logs[[0, 2]].argmax(axis=1)] == pytest.approx(estimate(SAMPLE)[[0, 2]], abs=0.003)


def test_how_well_a_share_explains_the_sample_equals_plain_loops() -> None:
    logs = explained(SAMPLE)
    ratios = SAMPLE.ratio[SAMPLE.owner == 2].tolist()
    plain = [sum(math.log(1 - p + p * r) for r in ratios) if p < 1 else sum(map(math.log, ratios)) for p in SHARES]
    assert logs[2] == pytest.approx(np.array(plain) - max(plain))
    assert np.all(logs[1] == 0)


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2, 0.3, 0.45, 0.6])
def test_the_share_is_found_whatever_it_is(share: float) -> None:
    assert estimate(drawn(share, 20_000))[0] == pytest.approx(share, abs=0.01)


def test_counting_chances_made_elsewhere_counts_wrongly() -> None:
    sample = drawn(0.1, 20_000, apart=2.0)
    counted = (sample.ratio / (sample.ratio + 1)).mean()  # chances where every other account is fake
    assert counted > 0.2
    assert estimate(sample)[0] == pytest.approx(0.1, abs=0.02)


def test_order_of_the_accounts_does_not_matter() -> None:
    mixed = RNG.permutation(SAMPLE.owner.size)
    again = Sample(SAMPLE.owner[mixed], SAMPLE.ratio[mixed], 3)
    assert explained(again) == pytest.approx(explained(SAMPLE))
    assert estimate(again) == pytest.approx(estimate(SAMPLE), nan_ok=True)


def test_carried_to_another_source_equals_plain_loops() -> None:
    logs, c = explained(SAMPLE), 0.2
    found = carried(logs, np.array([c, math.nan, c]))
    plain = []
    for p in SHARES:
        sd = max(c * math.sqrt(p), LEAST_TRANSFER_SD)
        bell = [math.exp(-0.5 * ((seen - p) / sd) ** 2) for seen in SHARES]
        plain.append(sum(b * math.exp(x) for b, x in zip(bell, logs[0], strict=True)) / sum(bell))
    assert found[0] == pytest.approx(np.log(np.array(plain) / max(plain)), abs=1e-6)
    assert np.all(found[1] == 0)


def test_much_transfer_means_much_doubt() -> None:
    logs = np.repeat(explained(drawn(0.2, 5_000)), 3, axis=0)
    chance = np.exp(carried(logs, np.array([0.0, 0.2, 0.6])))
    chance /= chance.sum(axis=1, keepdims=True)
    sd = np.sqrt(chance @ SHARES**2 - (chance @ SHARES) ** 2)
    assert LEAST_TRANSFER_SD * 0.9 < sd[0] < sd[1] < sd[2]


def test_an_error_seen_stays_within_0_and_1() -> None:
    rows = around(np.full(SHARES.size, 0.1))
    assert rows.sum(axis=1) == pytest.approx(np.ones(SHARES.size))
    assert (rows[100] @ SHARES, rows[0] @ SHARES) == pytest.approx((0.5, 0.08), abs=0.005)


def test_an_empty_sample_says_nothing() -> None:
    nobody = Sample(np.zeros(0, dtype=np.int64), np.zeros(0), 2)
    assert np.isnan(estimate(nobody)).all()
    assert np.all(explained(nobody) == 0)
