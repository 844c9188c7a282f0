import numpy as np
import pytest

from asterism.creators.tables import OUTCOMES
from asterism.signals.buying import SHARED
from tests.signals.given import PRIORS, Tables, creators, rows, signals

MANY = 40
WHO = creators(*({"creator_id": str(i), "platform": "instagram", "followers": 20_000} for i in range(MANY)))
USUAL = float(PRIORS.click("post").mean * PRIORS.convert(2e4).mean)


def buying(times: float, n: int = MANY):  # type: ignore[no-untyped-def]
    """The formats' signals where `n` creators sold `times` as often as usual."""
    reach = 1_000_000
    sold = [
        {"creator_id": str(i), "campaign": "x", "reach": reach, "orders": round(reach * USUAL * times)}
        for i in range(n)
    ]
    return signals(Tables(WHO, outcomes=rows(OUTCOMES, *sold))).formats


def rate(formats) -> float:  # type: ignore[no-untyped-def]
    return float(formats["click"][0].as_py() * formats["convert"][0].as_py())


@pytest.mark.parametrize("times", [0.4, 1.0, 2.5])
def test_past_orders_move_the_level_and_settle_it(times: float) -> None:
    formats = buying(times)
    assert rate(formats) == pytest.approx(USUAL * times, rel=0.25)
    assert formats["buy_common_log_sd"][0].as_py() < 0.12


def test_without_past_orders_the_benchmark_stands_with_its_common_doubt() -> None:
    formats = buying(1.0, 0)
    assert rate(formats) == pytest.approx(USUAL)
    common, whole = formats["buy_common_log_sd"][0].as_py(), formats["buy_log_sd"][0].as_py()
    assert common == pytest.approx(np.sqrt(SHARED) * whole)


def test_one_campaign_moves_little_and_no_orders_are_no_error() -> None:
    assert USUAL < rate(buying(2.5, 1)) < 1.5 * USUAL
    assert 0 < rate(buying(0.0)) < 0.3 * USUAL


def test_doubt_of_a_level_is_left_to_the_creators_own() -> None:
    formats = buying(1.0)
    own = formats["buy_log_sd"].to_numpy() ** 2 - formats["buy_common_log_sd"].to_numpy() ** 2
    assert np.isfinite(own).all()
    assert (own > 0).all()
