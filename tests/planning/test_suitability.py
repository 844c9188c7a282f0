import re

import numpy as np
import pytest

from asterism.brief import Brief
from asterism.errors import Infeasible
from asterism.planning.packages import make_offers
from asterism.planning.suitability import style_note, styled, suitable
from asterism.priors import Priors
from tests.planning.making import Creator, signals_of

PRIORS = Priors.default()
CREATORS = [Creator("a", fee=300.0), Creator("b", fee=6_000.0), Creator("c", reach=0.01, engagement=0.01)]
TEST = Brief(goal="conversions", budget="20000 USD", occasion="test")


def offers_of(brief: Brief = TEST):
    return make_offers(signals_of(CREATORS), brief, PRIORS)


def test_who_must_be_in_stays_however_dear():
    assert set(suitable(offers_of(), TEST, np.ones(3), ()).creator) == {0, 2}
    assert set(suitable(offers_of(), TEST, np.ones(3), (1,)).creator) == {0, 1, 2}


def test_a_test_that_nobody_is_cheap_enough_for_says_how_much_it_takes():
    poor = Brief(goal="conversions", budget="2000 USD", occasion="test")
    with pytest.raises(Infeasible, match=r"at most 10% of the budget.*Raise budget to 3,600 USD"):
        suitable(offers_of(poor), poor, np.ones(3), ())


def test_style_moves_more_people_of_those_who_name_it_and_no_others():
    offers = offers_of()
    found = styled(offers, np.array([1.0, 0.5, np.nan]), 1.21)
    assert found.act / offers.act == pytest.approx([1.21, 1.1, 1.0])
    assert found.buy / offers.buy == pytest.approx([1.21, 1.1, 1.0])
    assert (found.reach == offers.reach).all()


def test_style_moves_nobody_who_is_not_reached():
    offers = offers_of()
    found = styled(offers, np.ones(3), 1e9)
    assert (found.act <= offers.reach).all()
    assert (found.buy <= offers.reach).all()


@pytest.mark.parametrize(
    ("named", "words", "said"),
    [
        (None, (), None),
        (None, ("everyday",), "no creator has a bio or captions"),
        (np.full(3, np.nan), ("everyday",), "no creator has a bio or captions"),
        (np.array([0.5, 0.0, np.nan]), ("everyday", "calm"), "1 of 3 picks name everyday or calm .*1 have neither"),
        (np.array([0.5, 0.0, 0.0]), ("everyday",), "1 of 3 picks name everyday in their bio or captions: style"),
    ],
    ids=["not asked", "not looked for", "no texts", "some silent", "all speak"],
)
def test_the_plan_says_what_style_rests_on(named, words, said: str | None):
    found = style_note(named, np.arange(3, dtype=np.int32), words)
    assert len(found) == (said is not None)
    assert said is None or re.search(said, found[0])
