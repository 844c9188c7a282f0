import numpy as np
import pytest

from asterism.brief import Brief
from asterism.planning.draws import CommonDraws, factor
from asterism.planning.packages import make_offers
from asterism.priors import Priors
from tests.planning.making import Creator, signals_of

BRIEF = Brief(goal="awareness", budget="5000 USD")
CREATORS = [
    Creator("a"),
    Creator("b", fee_source="quote"),
    Creator("c", platform="tiktok", formats=("video",), target=(0.5, 0.3, 0.7), target_source="prior"),
]


def luck(seed: int = 0, n: int = 256) -> CommonDraws:
    return CommonDraws(signals_of(CREATORS), Priors.default(), BRIEF, seed, n)


OFFERS = make_offers(signals_of(CREATORS), BRIEF, Priors.default())


def test_a_creator_keeps_its_luck_in_every_alternative():
    alone = luck().of(OFFERS, np.array([0]), 2)
    together = luck().of(OFFERS, np.array([3, 0]), 2)
    for name in ("reach", "act", "buy", "exposures", "fee"):
        assert (getattr(alone, name)[:, 0] == getattr(together, name)[:, 1]).all()


def test_packages_of_one_creator_share_their_luck():
    drawn = luck().of(OFFERS, np.array([0, 1]), 1)
    together = np.corrcoef(np.log(drawn.exposures.T))  # what differs is how widely, not which way
    assert together[0, 1] > 0.99


def test_another_seed_is_another_luck():
    assert (luck(0).of(OFFERS, np.array([0]), 1).act != luck(1).of(OFFERS, np.array([0]), 1).act).any()


def test_a_quoted_fee_is_certain_and_an_expected_one_is_not():
    drawn = luck().of(OFFERS, np.array([0, 3]), 1)
    assert (drawn.fee[:, 1] == 1).all()
    assert drawn.fee[:, 0].std() > 0.3


@pytest.mark.parametrize("log_sd", [0.0, 0.3, 0.8])
def test_multipliers_have_mean_one(log_sd: float):
    many = luck(n=20_000)
    assert factor(many.normal("x"), log_sd).mean() == pytest.approx(1, abs=0.02)


def test_creators_of_one_platform_rise_and_fall_together():
    drawn = luck(n=4_000).of(OFFERS, np.array([0, 3, 6]), 1)
    together = np.corrcoef(np.log(drawn.act.T))
    assert together[0, 1] > 0.05
    assert abs(together[0, 2]) < 0.05


def test_every_variant_of_the_audience_is_believed_equally_often():
    assert np.bincount(luck().of(OFFERS, np.array([0]), 4).variant).tolist() == [64] * 4


def test_a_guessed_target_widens_the_range():
    drawn = luck(n=4_000).of(OFFERS, np.array([0, 6]), 1)
    assert np.log(drawn.act[:, 1]).std() > np.log(drawn.act[:, 0]).std() + 0.05


def test_several_posts_are_less_sure_by_how_they_saturate():
    sure = Priors.read({"saturation_log_sd": {"median": 1e-6, "low": 1e-6, "high": 1e-6}})
    several = np.flatnonzero(np.array(OFFERS.posts) == 3)[:1]
    one = np.flatnonzero(np.array(OFFERS.posts) == 1)[:1]

    def spread(priors: Priors, offer):
        drawn = CommonDraws(signals_of(CREATORS), priors, BRIEF, 0, 256).of(OFFERS, offer, 1)
        return np.log(drawn.exposures[:, 0]).std()

    assert spread(Priors.default(), several) > 1.02 * spread(sure, several)
    assert spread(Priors.default(), one) == pytest.approx(spread(sure, one))
