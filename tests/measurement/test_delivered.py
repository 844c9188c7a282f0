import pytest

from asterism.errors import BadInput
from asterism.measurement.delivered import Delivered, impressions_of, together


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        pytest.param(Delivered(impressions=10, views=20, reach=30), (10, "measured"), id="as counted"),
        pytest.param(Delivered(views=20, reach=30, origin="creator"), (20, "creator"), id="else views"),
        pytest.param(Delivered(reach=1_000), (1_250, "modelled"), id="else estimated from reach"),
        pytest.param(Delivered(engagements=5), None, id="else unknown"),
        pytest.param(Delivered(impressions=0, views=9), (0, "measured"), id="none is a count"),
    ],
)
def test_impressions_come_from_the_best_figure_there_is(figures, found):
    assert impressions_of(figures) == found


def test_sums_leave_reach_out_because_people_would_count_twice():
    found = together([Delivered(reach=100, views=5), Delivered(reach=100, clicks=3, origin="creator")])
    assert found == Delivered(views=5, clicks=3, origin="creator")


def test_figures_counted_apart_stay_apart():
    found = together([Delivered(impressions=100, auto_initiated=40, filtered_invalid=7)] * 2)
    assert (found.impressions, found.auto_initiated, found.filtered_invalid) == (200, 80, 14)


def test_who_has_no_figures_says_nothing_of_their_origin():
    assert together([Delivered(views=5), Delivered()]).origin == "measured"


def test_a_count_below_zero_is_refused():
    with pytest.raises(BadInput, match="`clicks` is below zero"):
        Delivered(clicks=-1)
