import math

import numpy as np
import pytest

from asterism.errors import BadInput
from asterism.measurement.multiplier import Trust
from asterism.measurement.recall import TRUTHFUL, Recall
from asterism.measurement.survey import multipliers
from tests.measurement.test_survey import MICRO, NANO, PARTNERS, SEARCH, SOMEBODY, TWENTY, answers, of


@pytest.mark.parametrize(
    ("recall", "error", "read"),
    [
        (None, "", TRUTHFUL),
        ("0.9", None, Recall((0.9, 0.9))),
        ("0.85-1", "0-0.02", Recall((0.85, 1.0), (0.0, 0.02))),
        ("85–100%", "2%", Recall((0.85, 1.0), (0.02, 0.02))),
        ("85 to 95 %", "0,01", Recall((0.85, 0.95), (0.01, 0.01))),
    ],
    ids=["nothing is perfect", "a share", "ranges", "per cent", "words and commas"],
)
def test_a_statement_is_read_as_people_write_it(recall, error, read):
    assert Recall.parse(recall, error) == read


@pytest.mark.parametrize(
    ("recall", "error", "match"),
    [
        ("often", "", "`often` is no share and no range"),
        ("1.2", "", "1.2 to 1.2 is no range of shares"),
        ("1-0.9", "", "1 to 0.9 is no range of shares"),
        ("0.1-1", "0.1", "Up to 10% name a creator in error, and as few as 10% rightly"),
        ("0.9", "0.1-0.2-0.3", "no share and no range"),
    ],
    ids=["a word", "above one", "the wrong way round", "nothing told", "three ends"],
)
def test_a_statement_that_cannot_be_is_refused(recall, error, match):
    with pytest.raises(BadInput, match=match):
        Recall.parse(recall, error)


def test_it_says_how_answers_are_taken():
    assert TRUTHFUL.says.startswith("Survey answers are taken as true")
    assert "85% to 100% say so, of the others 2% name a creator all the same" in Recall.parse("0.85-1", "0.02").says


def stated(found, recall, cap=1000):
    return of("nano", multipliers(found, TWENTY, PARTNERS, 100_000, Trust(cap, recall)))


def test_those_who_forgot_are_added():
    """40 of 400 say nano; where 80% of the moved remember, an eighth were moved (less a little by the priors)."""
    found = stated(answers((40, NANO), (360, SEARCH)), Recall((0.8, 0.8)))
    assert found.projected.mean == pytest.approx(100_000 * 40.5 / 401 * 40.5 / 41.5 / 0.8, rel=0.02)


def test_those_who_err_are_taken_off_by_the_creators_they_may_name():
    """A tenth names a creator, 4% in error; each tier has one creator of three, and a third of the errors."""
    found = stated(answers((30, NANO), (10, MICRO), (360, SEARCH)), Recall(error=(0.04, 0.04)))
    anybody = (0.1 - 0.04) / 0.96
    assert found.projected.mean == pytest.approx(100_000 * (0.075 - 0.04 / 3 * (1 - anybody)), rel=0.04)


def test_all_creators_together_are_corrected_as_rogan_and_gladen_do():
    found = of(
        "all",
        multipliers(
            answers((60, NANO), (20, SOMEBODY), (320, SEARCH)), TWENTY, PARTNERS, 100_000,
            Trust(1000, Recall((0.8, 0.8), (0.05, 0.05))),
        ),
    )  # fmt: skip
    assert found.projected.mean == pytest.approx(100_000 * (0.2 - 0.05) / (0.8 - 0.05), rel=0.02)


def test_a_range_widens_the_interval_and_a_wider_range_more():
    found = answers((400, NANO), (3600, SEARCH))
    spans = [stated(found, recall).projected for recall in (Recall((0.9, 0.9)), Recall((0.8, 1.0)), Recall((0.6, 1.0)))]
    widths = [(span.high - span.low) / span.mean for span in spans]
    assert widths[0] < 0.8 * widths[1] < 0.8 * 0.8 * widths[2]


def test_answers_from_everybody_leave_the_doubt_of_memory():
    kinds = answers((40, NANO), (60, SEARCH))
    sure = of("nano", multipliers(kinds, TWENTY, PARTNERS, 100, Trust(50, TRUTHFUL)))
    doubtful = of("nano", multipliers(kinds, TWENTY, PARTNERS, 100, Trust(50, Recall((0.8, 0.8)))))
    assert sure.projected.low == sure.projected.high == 40
    assert doubtful.projected.low < 50 < doubtful.projected.high
    assert doubtful.projected.low >= 40


def test_who_could_all_have_erred_tell_nothing():
    found = stated(answers((4, NANO), (396, SEARCH)), Recall(error=(0.05, 0.05)))
    assert not found.told
    assert "mistaken answers alone could be as many" in found.says


def test_errors_ask_for_more_answers():
    """At 3 of 60 the errors take a sixth of those who name the tier, which asks for (6/5)² as many."""
    assert Recall(error=(0.02, 0.03)).blurred(0.05, 1 / 3) == pytest.approx(1.2)
    assert Recall(error=(0.5, 0.5)).blurred(0.1, 1.0) == math.inf
    assert TRUTHFUL.blurred(0.1, 1.0) == 1


def test_draws_lie_within_what_is_stated():
    named = np.full(2_000, 0.2)
    truth = Recall((0.8, 1.0)).truth(named, named, 1.0, np.random.default_rng(0))
    assert 0.2 <= truth.share.min() < 0.205
    assert 0.245 < truth.share.max() <= 0.25
