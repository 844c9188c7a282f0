"""Likeness: what creators speak of, whom they reach, and their size, by hand."""

import numpy as np
import pytest

from asterism.creators.tables import Tables
from asterism.signals.finding.likeness import likeness
from asterism.signals.lineup import line_up
from tests.signals.given import AUDIENCES, brief, creators, rows

WHO = creators(
    {"creator_id": "a", "platform": "instagram", "followers": 1_000},
    {"creator_id": "b", "platform": "instagram", "followers": 10_000},
    {"creator_id": "c", "platform": "instagram", "followers": 1_000},
    {"creator_id": "d", "platform": "instagram"},
)


def bucket(who, name, share):
    return {"creator_id": who, "dimension": "country", "bucket": name, "share": share}


PROFILES = rows(
    AUDIENCES, bucket("a", "US", 0.7), bucket("a", "DE", 0.3), bucket("b", "US", 0.4), bucket("b", "FR", 0.6)
)
NO_WORDS = np.full((4, 2), np.nan)


def alike(topics, audiences=PROFILES):
    tables = Tables(WHO, audiences=audiences)
    return likeness(line_up(tables, brief()), tables, 0, np.array(topics, dtype=float))


def test_a_creator_is_most_like_itself():
    assert alike([[1, 0], [1, 0], [0, 1], [np.nan, np.nan]])[0] == pytest.approx(1)


def test_the_parts_are_weighed_as_the_formula_says():
    found = alike([[1, 0], [1, 1], [0, 1], [np.nan, np.nan]])
    words, audience, size = np.sqrt(0.5), 0.4, np.exp(-1)
    assert found[1] == pytest.approx(0.5 * words + 0.3 * audience + 0.2 * size)


def test_what_is_unknown_of_either_leaves_its_weight_to_the_others():
    assert alike(NO_WORDS)[2] == pytest.approx(1)  # same size, and nothing else is known of it
    assert alike(NO_WORDS)[1] == pytest.approx((0.3 * 0.4 + 0.2 * np.exp(-1)) / 0.5)


def test_nothing_in_common_to_go_by_is_not_a_zero():
    assert np.isnan(alike(NO_WORDS)[3])
