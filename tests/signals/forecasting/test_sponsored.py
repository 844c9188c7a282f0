from dataclasses import fields

import numpy as np
import pytest

from asterism.signals.forecasting.sponsored import sponsored_effect
from asterism.signals.forecasting.trend import History
from tests.signals.given import PRIORS

ENTRY = PRIORS.entry("sponsored_effect")
TAU2 = PRIORS.entry("sponsored_effect.log_sd").value ** 2


def of(**values: list[float]) -> History:
    n = len(next(iter(values.values())))
    return History(**{f.name: np.array(values.get(f.name, [0.0] * n), dtype=float) for f in fields(History)})


def test_without_posts_the_benchmark_stands() -> None:
    found = sponsored_effect(of(n=[0.0]), 0.5, PRIORS)
    assert found.usual.mean == pytest.approx(ENTRY.value)
    assert found.ratio.log_sd[0] == pytest.approx(np.hypot(ENTRY.sd, np.sqrt(TAU2)))


def test_creators_posts_move_the_usual_effect_and_their_own_more() -> None:
    n = 60
    made = of(n=[8.0] * n, n_paid=[4.0] * n, n_own=[4.0] * n, mean_paid=[np.log(0.5)] * n, mean_own=[0.0] * n)
    found = sponsored_effect(made, 0.5, PRIORS)
    assert found.usual.mean == pytest.approx(0.5, rel=0.05)
    assert found.usual.low < 0.5 < found.usual.high
    assert found.usual.high / found.usual.low < 1.3


def test_one_creator_is_shrunk_as_the_formulas_say() -> None:
    made = of(n=[5.0], n_paid=[2.0], n_own=[3.0], mean_paid=[-1.0], mean_own=[0.0])
    found = sponsored_effect(made, 0.5, PRIORS)
    noise = 0.25 * (1 / 2 + 1 / 3)
    precision, prior = 1 / (noise + TAU2), ENTRY.sd**-2
    usual = (precision * -1.0 + prior * np.log(ENTRY.value)) / (precision + prior)
    trust = TAU2 / (TAU2 + noise)
    assert np.log(found.ratio.median[0]) == pytest.approx(usual + trust * (-1.0 - usual))
    assert found.ratio.log_sd[0] == pytest.approx(np.sqrt((1 - trust) * TAU2 + (1 - trust) ** 2 / (precision + prior)))


@pytest.mark.parametrize(
    ("paid", "asked", "steps"),
    [(0.0, True, 1.0), (0.0, False, 0.0), (1.0, True, 0.0), (1.0, False, -1.0), (0.25, True, 0.75), (0.25, None, 0.0)],
    ids=["own posts, paid asked", "own, own", "paid, paid", "paid, own", "a mix, paid", "a mix, the mix"],
)
def test_the_shift_goes_from_the_mix_seen_to_what_is_asked(paid: float, asked: bool | None, steps: float) -> None:
    found = sponsored_effect(of(n=[4.0], paid=[paid], n_own=[4.0 * (1 - paid)], n_paid=[4.0 * paid]), 0.5, PRIORS)
    assert found.shift(asked)[0] == pytest.approx(steps * np.log(found.ratio.median[0]))
    assert found.doubt(asked)[0] == pytest.approx(abs(steps) * found.ratio.log_sd[0])


def test_who_has_no_judged_posts_has_everybodys_mix() -> None:
    found = sponsored_effect(of(n=[4.0, 2.0], paid=[0.5, 0.0], n_own=[2.0, 0.0], n_paid=[2.0, 0.0]), 0.5, PRIORS)
    assert found.paid.tolist() == [0.5, 0.5]
