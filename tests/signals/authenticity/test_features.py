"""What a profile shows becomes broken lines, against plain loops."""

import math
from itertools import pairwise

import numpy as np
import pytest

from asterism.signals.authenticity.features import COLUMNS, FEATURES, NEEDED, SHAPES, Accounts, features

NAN = math.nan


def account(**shown: float) -> Accounts:
    return Accounts(*(np.array([shown.get(name, NAN)]) for name in COLUMNS))


def naive(shown: dict[str, float]) -> list[float]:
    scales = {
        "followers": lambda: math.log(1 + shown["followers"]),
        "following": lambda: math.log(1 + shown["following"]),
        "posts": lambda: math.log(1 + shown["posts"]),
        "following per follower": lambda: math.log((1 + shown["following"]) / (1 + shown["followers"])),
        "picture": lambda: shown["has_picture"],
        "private": lambda: shown["private"],
        "biography": lambda: math.log(1 + shown["bio_length"]),
        "digits": lambda: shown["digits"],
    }
    found = []
    for shape in SHAPES:
        known = all(not math.isnan(shown.get(name, NAN)) for name in shape.needs)
        for low, high in pairwise(shape.knots):
            x = scales[shape.name]() if known else low
            found.append(min(max(x, low), high) - low if known else 0.0)
    return found


FULL = {"followers": 150, "following": 800, "posts": 3, "has_picture": 1, "private": 0, "bio_length": 40, "digits": 0.2}


@pytest.mark.parametrize(
    "shown",
    [
        FULL,
        {"followers": 0, "following": 0, "posts": 0},
        {"followers": 5_000_000, "following": 7_500, "posts": 9_000, "bio_length": 150},
        {"followers": 80},
        {"following": 300, "digits": 0.9},
        {"posts": 12, "private": 1, "has_picture": 0},
        {**FULL, "posts": NAN},
    ],
    ids=["full", "empty", "large", "followers", "following and digits", "posts", "posts unknown"],
)
def test_stretches_equal_plain_loops(shown: dict[str, float]) -> None:
    assert features(account(**shown))[0] == pytest.approx(naive(shown))


def test_every_stretch_has_a_name_and_says_what_it_needs() -> None:
    assert features(account(**FULL)).shape == (1, len(FEATURES)) == (1, NEEDED.size)


def test_what_is_known_is_a_bit_per_column() -> None:
    assert account().known() == [0]
    assert account(**FULL).known() == [127]
    assert account(posts=0, digits=0.0).known() == [4 + 64]


def test_beyond_the_last_knot_nothing_changes() -> None:
    large, larger = ({**FULL, "followers": n, "following": 20_000, "posts": 400} for n in (1_200_000, 90_000_000))
    assert features(account(**large)).tolist() == features(account(**larger)).tolist()
