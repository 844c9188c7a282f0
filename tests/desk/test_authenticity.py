"""`authenticity`: any columns in, a chance per account out; what cannot be used is said in one line."""

import math
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from asterism.desk.authenticity import USERNAME_LENGTH, authenticity
from asterism.errors import BadInput, WrongUsage

FOLLOWERS, FOLLOWING, POSTS = [340, 12, 2_000_000, 80], [410, 3_900, 300, 700], [30, 0, 900, 4]
PLAIN = authenticity(FOLLOWERS, FOLLOWING, POSTS)


def test_chances_are_an_array_of_numbers_from_0_to_1() -> None:
    assert (PLAIN.dtype, PLAIN.shape) == (np.float64, (4,))
    assert np.all((PLAIN > 0) & (PLAIN < 1))
    assert PLAIN[0] < 0.1 < 0.9 < PLAIN[1]
    assert PLAIN[2] < 0.1


@pytest.mark.parametrize(
    "kind",
    [np.array, lambda x: np.array(x, dtype=np.float32), pa.array, lambda x: pa.chunked_array([x[:1], x[1:]]), tuple],
    ids=["numpy", "float32", "arrow", "chunked", "tuple"],
)
def test_columns_may_be_of_any_library(kind: Any) -> None:
    assert authenticity(kind(FOLLOWERS), kind(FOLLOWING), kind(POSTS)) == pytest.approx(PLAIN)


def test_polars_columns_are_read() -> None:
    polars = pytest.importorskip("polars")
    assert authenticity(*(polars.Series(x) for x in (FOLLOWERS, FOLLOWING, POSTS))) == pytest.approx(PLAIN)


@pytest.mark.parametrize("missing", [None, math.nan], ids=["null", "NaN"])
def test_a_value_may_be_missing_for_some_accounts(missing: Any) -> None:
    known = authenticity(FOLLOWERS, FOLLOWING, POSTS, has_picture=[True, False, True, True])
    some = authenticity(FOLLOWERS, FOLLOWING, POSTS, has_picture=[True, missing, True, missing])
    assert some.tolist() == [known[0], PLAIN[1], known[2], PLAIN[3]]
    without = authenticity([340, missing], [missing, missing], [30, missing])
    assert 0 < without[0] < 1
    assert math.isnan(without[1])


def test_nothing_known_of_a_column_is_the_same_as_no_column() -> None:
    given = authenticity(FOLLOWERS, FOLLOWING, POSTS, None, [None] * 4, pa.nulls(4), np.full(4, math.nan))
    assert given == pytest.approx(PLAIN)


def test_truth_may_be_written_as_numbers() -> None:
    by_number = authenticity(FOLLOWERS, FOLLOWING, POSTS, [1, 0, 1, 1], np.array([0.0, 1.0, 0.0, 0.0]))
    by_word = authenticity(FOLLOWERS, FOLLOWING, POSTS, [True, False, True, True], [False, True, False, False])
    assert by_number == pytest.approx(by_word)


@pytest.mark.parametrize(
    ("digits", "shares"),
    [
        ([0, 4, 0, 1], [0, 4 / USERNAME_LENGTH, 0, 1 / USERNAME_LENGTH]),
        ([0, 40, 0, 1], [0, 1.0, 0, 1 / USERNAME_LENGTH]),
        ([0, 1, 0, 1], [0, 1.0, 0, 1.0]),
        ([0.0, 0.25, 0.0, 0.5], [0.0, 0.25, 0.0, 0.5]),
    ],
    ids=["counts", "more than a name holds", "whole shares", "shares"],
)
def test_whole_numbers_above_1_are_counts(digits: list[float], shares: list[float]) -> None:
    expected = authenticity(FOLLOWERS, FOLLOWING, POSTS, digits=np.array(shares, dtype=float))
    assert authenticity(FOLLOWERS, FOLLOWING, POSTS, digits=digits) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"posts": [1, 2]}, WrongUsage, "followers 4, following 4, posts 2"),
        ({"followers": [1, -3, 2, 2]}, BadInput, "`followers` holds -3"),
        ({"following": [1, math.inf, 2, 2]}, BadInput, "`following` holds inf"),
        ({"posts": ["many"] * 4}, BadInput, "`posts` does not hold numbers"),
        ({"has_picture": [2, 0, 1, 1]}, BadInput, "`has_picture` holds numbers other than 0 and 1"),
        ({"private": [0.5, 0, 1, 1]}, BadInput, "`private` holds numbers other than 0 and 1"),
        ({"digits": [0.5, 0, 1.5, 0]}, BadInput, "`digits` holds 1.5, neither a count nor a share"),
        ({"bio_length": [-1, 0, 0, 0]}, BadInput, "`bio_length` holds -1"),
    ],
    ids=["lengths", "negative", "infinite", "words", "picture", "private", "digits", "biography"],
)
def test_what_cannot_be_used_is_said(fields: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        authenticity(**{"followers": FOLLOWERS, "following": FOLLOWING, "posts": POSTS, **fields})


def test_no_accounts_have_no_chances() -> None:
    assert authenticity([], [], []).shape == (0,)
