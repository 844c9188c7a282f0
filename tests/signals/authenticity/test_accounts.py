"""The account classifier: what it makes of a profile, and how well it tells real sets apart."""

import json
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import rankdata

from asterism.priors import Priors
from asterism.signals.authenticity.accounts import MOST, chances, log_ratios
from asterism.signals.authenticity.coefficients import INTERCEPT, SLOPES, TRANSFER
from asterism.signals.authenticity.features import COLUMNS, COUNTS, NEEDED, NO_COUNTS, OPTIONAL, Accounts, features
from benchmarks import accounts as bench

Floats = NDArray[np.float64]

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
shared = pytest.mark.skipif(
    not (SHARED / "instafake").is_dir(), reason="the real data (shared/data beside the repository) is not here"
)
ORDINARY = {
    "followers": 340, "following": 410, "posts": 30, "has_picture": 1, "private": 1, "bio_length": 20, "digits": 0.0,
}  # fmt: skip
BOUGHT = {
    "followers": 12, "following": 3_900, "posts": 0, "has_picture": 0, "private": 0, "bio_length": 0, "digits": 0.35,
}  # fmt: skip


def accounts(*shown: dict[str, float]) -> Accounts:
    return Accounts(*(np.array([row.get(name, math.nan) for row in shown], dtype=float) for name in COLUMNS))


def only(given: Accounts, names: tuple[str, ...]) -> Accounts:
    unknown = np.full(given.followers.size, math.nan)
    return Accounts(*(getattr(given, name) if name in names else unknown for name in COLUMNS))


def auc(label: Floats, score: Floats) -> float:
    """The chance that a fake account scores above a real one, ties counting half."""
    fakes = label.sum()
    return float((rankdata(score)[label == 1].sum() - fakes * (fakes + 1) / 2) / fakes / (label.size - fakes))


def test_the_log_ratio_is_the_sum_of_what_the_model_of_the_known_columns_says() -> None:
    shown = [ORDINARY, BOUGHT, {"followers": 80, "following": 900}, {"posts": 3, "digits": 0.1}]
    given = accounts(*shown)
    for at, row in enumerate(shown):
        code = sum(1 << COLUMNS.index(name) for name in row)
        total = INTERCEPT[code]
        for slope, stretch in zip(SLOPES[code], features(given)[at], strict=True):
            total += slope * stretch
        assert log_ratios(given)[at] == pytest.approx(min(max(total, -MOST), MOST))


def test_an_ordinary_account_is_likely_real_and_a_bought_one_likely_fake() -> None:
    assert chances(accounts(ORDINARY, BOUGHT)) == pytest.approx([0.0, 1.0], abs=0.02)


@pytest.mark.parametrize("optional", [{}, {"has_picture": 1, "digits": 0.0}], ids=["no optional", "some optional"])
def test_without_any_count_there_is_no_chance(optional: dict[str, float]) -> None:
    assert np.isnan(chances(accounts(optional, {**optional, "followers": 30}))).tolist() == [True, False]


@pytest.mark.parametrize(
    ("name", "better", "worse"),
    [("has_picture", 1, 0), ("bio_length", 80, 0), ("digits", 0.0, 0.4), ("posts", 100, 0), ("followers", 400, 8)],
)
def test_a_poorer_profile_is_likelier_fake(name: str, better: float, worse: float) -> None:
    rich, poor = chances(accounts({**ORDINARY, name: better}, {**ORDINARY, name: worse}))
    assert rich < poor


@pytest.mark.parametrize("name", OPTIONAL)
def test_an_unknown_column_is_neither_0_nor_1(name: str) -> None:
    base = {key: value for key, value in ORDINARY.items() if key in COUNTS}
    unknown, nothing, much = log_ratios(accounts(base, {**base, name: 0.0}, {**base, name: 1.0}))
    assert unknown not in (nothing, much)
    assert unknown == log_ratios(only(accounts(ORDINARY), COUNTS))[0]


def test_there_is_a_model_for_every_subset_with_a_count_and_none_for_others() -> None:
    for code in range(1 << len(COLUMNS)):
        assert np.isfinite(INTERCEPT[code]) == bool(code % NO_COUNTS)
        unknown = (NEEDED & code) != NEEDED
        assert code % NO_COUNTS == 0 or np.all(SLOPES[code][unknown] == 0)


def test_knowing_less_never_leaves_less_doubt() -> None:
    for code in range(1 << len(COLUMNS)):
        for more in range(1 << len(COLUMNS)):
            if code % NO_COUNTS and more & code == code:
                assert TRANSFER[code] >= TRANSFER[more]


def test_the_usual_share_shifts_chances_and_keeps_their_order() -> None:
    given = accounts(ORDINARY, {**ORDINARY, "posts": 0}, {**BOUGHT, "has_picture": 1}, BOUGHT)
    rare, common = chances(given, 0.01), chances(given, 0.6)
    assert np.all(rare < common)
    assert np.argsort(rare).tolist() == np.argsort(common).tolist()
    assert chances(given) == pytest.approx(chances(given, 1 - Priors.default().authentic().mean))


@cache
def sets() -> tuple[tuple[Accounts, Floats], ...]:
    return bench.instafake(SHARED), bench.spammers(SHARED)


@shared
@pytest.mark.shared
@pytest.mark.parametrize(
    ("names", "least"),
    [(COLUMNS, (0.985, 0.98)), (COUNTS, (0.98, 0.96)), ((*COUNTS, "bio_length"), (0.98, 0.96)),
     ((*COUNTS, "private", "bio_length"), (0.98, 0.965)), (("followers", "following"), (0.96, 0.93))],
    ids=["all", "counts", "biography", "private and biography", "followers and following"],
)  # fmt: skip
def test_the_shipped_models_tell_the_public_sets_apart(names: tuple[str, ...], least: tuple[float, float]) -> None:
    for (given, label), floor in zip(sets(), least, strict=True):
        found = auc(label, chances(only(given, names)))
        print(f"AUC {found:.4f} with {', '.join(names)}")
        assert found >= floor


@shared
@pytest.mark.shared
def test_seven_hundred_other_real_accounts_look_real() -> None:
    path = SHARED / "instafake" / "data" / "automated-v1.0" / "nonautomatedAccountData.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    names = {"followers": "userFollowerCount", "following": "userFollowingCount", "posts": "userMediaCount",
             "bio_length": "userBiographyLength"}  # fmt: skip
    found = chances(accounts(*({ours: row[theirs] for ours, theirs in names.items()} for row in told)))
    assert found.size == 700
    assert (found > 0.5).mean() < 0.05
    assert np.median(found) < 0.02


@shared
@pytest.mark.shared
@pytest.mark.parametrize(
    ("names", "within", "across"),
    [(COLUMNS, (0.98, 0.97), (0.97, 0.98)), (COUNTS, (0.98, 0.96), (0.96, 0.98))],
    ids=["all", "counts"],
)
def test_unseen_accounts_of_the_same_and_of_another_set(
    names: tuple[str, ...], within: tuple[float, float], across: tuple[float, float]
) -> None:
    _, (_, inside, outside, _) = bench.subset(bench.code_of(*names), sets())
    assert np.all(np.array(inside) >= within)
    assert np.all(np.array(outside) >= across)


@shared
@pytest.mark.shared
@pytest.mark.parametrize("code", [127, 7, 1, 39], ids=["all", "counts", "followers", "counts and biography"])
def test_the_shipped_numbers_are_those_that_the_benchmark_fits(code: int) -> None:
    use, (shipped, _, _, errors) = bench.subset(code, sets())
    assert INTERCEPT[code] == pytest.approx(shipped[0], abs=1e-3)
    assert SLOPES[code][use] == pytest.approx(shipped[1:], abs=1e-3)
    assert TRANSFER[code] >= round(bench.transfer(errors), 2)
