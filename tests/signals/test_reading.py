"""Signals of parts: the weighted mean by hand, and what missing evidence does to it."""

import numpy as np
import pytest

from asterism.errors import BadInput
from asterism.priors.curves import Z
from asterism.signals.reading import UNKNOWN_SD, Part, combine


def part(name, weight, scores, sd=0.1, usual=0.5):
    score = np.array(scores, dtype=float)
    words = np.full(score.size, "12 posts", dtype=object)
    return Part(name, weight, score * 10, "per post", score, np.full(score.size, sd), words, usual)


def test_the_value_is_the_weighted_mean_and_doubts_add_as_independent_ones():
    found = combine("bond", "1", [part("replies", 1, [0.2]), part("saves", 3, [0.6], sd=0.2)])
    assert found.value == pytest.approx([(0.2 + 3 * 0.6) / 4])
    spread = Z * np.sqrt(0.1**2 + 9 * 0.2**2) / 4
    assert found.low == pytest.approx(found.value - spread)
    assert found.high == pytest.approx(found.value + spread)
    assert found.known == pytest.approx([1.0])


def test_what_is_missing_stands_at_its_usual_score_and_widens():
    known, missing = combine(
        "bond", "1", [part("replies", 1, [0.9, np.nan], usual=0.4), part("saves", 1, [0.5, 0.5])]
    ).value
    assert (known, missing) == pytest.approx((0.7, 0.45))
    both = combine("bond", "1", [part("replies", 1, [0.9, np.nan]), part("saves", 1, [0.5, 0.5])])
    width = both.high - both.low
    assert width[1] > 2 * width[0]
    assert both.known.tolist() == [1.0, 0.5]


def test_no_part_doubts_more_than_an_unknown_one():
    one = combine("bond", "1", [part("replies", 1, [0.5], sd=5.0)])
    assert one.high - one.low == pytest.approx(2 * Z * UNKNOWN_SD)


def test_the_formula_adds_up_to_one_and_the_range_stays_inside():
    found = combine("bond", "1", [part("replies", 2, [0.98]), part("saves", 2, [1.0])])
    assert found.formula == "0.5 × replies + 0.5 × saves"
    assert found.high.tolist() == [1.0]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: part("replies", 0, [0.5]), "has no weight"),
        (lambda: part("replies", 1, [1.5]), "not between 0 and 1"),
        (lambda: Part("x", 1, np.zeros(2), "", np.zeros(1), np.zeros(1), np.zeros(1, object)), "the same of every"),
    ],
    ids=["weight", "score", "shapes"],
)
def test_an_unsound_part_is_refused(made, words):
    with pytest.raises(BadInput, match=words):
        made()
