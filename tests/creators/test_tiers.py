import numpy as np
import pytest

from asterism.creators.tiers import PRESETS, scheme
from asterism.errors import BadInput


@pytest.mark.parametrize(
    ("name", "followers", "tier"),
    [
        ("industry", 9_999, "nano"), ("industry", 10_000, "micro"), ("industry", 100_000, "macro"),
        ("industry", 1_000_000, "mega"), ("industry5", 100_000, "mid"), ("industry5", 500_000, "macro"),
        ("a", 2_999, "nano"), ("a", 3_000, "micro"), ("a", 100_000, "macro"),
        ("b", 999, "untiered"), ("b", 1_000, "micro"), ("b", 100_000, "macro"),
        ("c", 4_999, "nano"), ("c", 5_000, "micro"), ("c", 5e6, "macro"),
        ("e", 9_999, "untiered"), ("e", 10_000, "micro"), ("e", 100_000, "macro"), ("e", 300_000, "mega"),
    ],
)  # fmt: skip
def test_lower_bounds_are_inclusive_and_upper_ones_exclusive(name: str, followers: float, tier: str):
    assert scheme(name).of([followers]).tolist() == [tier]


def test_unknown_followers_are_untiered():
    assert scheme("industry").of([np.nan, 5]).tolist() == ["untiered", "nano"]


def test_a_users_own_scheme_is_taken_in_the_order_of_its_bounds():
    own = scheme({"stars": 50_000, "locals": 0})
    assert own.names == ("locals", "stars")
    assert own.describe("locals") == "locals (0 to 50,000)"
    assert own.describe("stars") == "stars (from 50,000)"


@pytest.mark.parametrize("bad", [{}, {"a": -1.0}, {"a": 3.0, "b": 3.0}], ids=["empty", "negative", "level"])
def test_bounds_must_rise(bad: dict[str, float]):
    with pytest.raises(BadInput, match=r"must rise|needs one lower bound"):
        scheme(bad)


def test_every_preset_names_its_source():
    assert all(preset.source for preset in PRESETS.values())
