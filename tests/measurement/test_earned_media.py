from asterism.measurement.costs import Costs
from asterism.measurement.delivered import Delivered
from asterism.measurement.earned_media import Rates, earned_media
from asterism.measurement.events import Partner
from asterism.measurement.ledger import Line, Return
from asterism.measurement.tracked import Tracked


def result(*figures):
    lines = (Line(Partner(str(i), "c", str(i)), "", Costs(), Tracked(), one) for i, one in enumerate(figures))
    return Return("USD", "last_click 1", None, tuple(lines))


def test_the_value_by_hand_with_its_formula_version_and_rates():
    found = earned_media(result(Delivered(impressions=2_000, engagements=30), Delivered()))
    assert (found.cents, found.of, found.lacking) == (2 * 650 + 30 * 10, 1, 1)
    assert "version 1, at 6.50 and 0.10 USD" in found.sentence
    assert "not a return" in found.sentence


def test_other_rates_carry_their_own_version():
    found = earned_media(result(Delivered(impressions=1_000)), Rates("house 2", 1_500, 0))
    assert (found.cents, found.to_dict()["version"]) == (1_500, "house 2")
