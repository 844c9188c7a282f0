"""What was learnt of a platform's and a niche's clicks and purchases reaches the planner's responses."""

import pytest

from asterism.brief import Brief
from asterism.desk.loading import signals_of
from asterism.market import simulate
from asterism.priors import Priors

LEARNT = Priors.read({"niche.convert.food": {"median": 3.0, "low": 2.5, "high": 3.6},
                      "platform.click.tiktok": {"median": 0.5, "low": 0.4, "high": 0.6}})  # fmt: skip


def test_a_factor_of_a_niche_or_a_platform_is_read_and_others_are_one():
    assert float(LEARNT.leaning("convert", "instagram", "Food").median) == 3.0
    assert float(LEARNT.leaning("click", "tiktok", "food").median) == 0.5
    assert float(LEARNT.leaning("click", "instagram", None).median) == 1.0
    assert float(Priors.default().leaning("convert", "tiktok", "food").log_sd) == 0.0


@pytest.mark.parametrize("name", ["niche.reach_rate.food", "platform.click.myspace", "niche.click."], ids=str)
def test_no_other_factor_can_be_given(name):
    with pytest.raises(ValueError, match="There is no prior"):
        Priors.read({name: {"median": 1.0, "low": 0.9, "high": 1.1}})


def test_the_planner_takes_the_factors_up():
    tables = simulate(40, 2_000, seed=1).tables
    brief = Brief(goal="conversions", budget="5000 USD")
    plain, moved = (signals_of(tables, brief, priors) for priors in (Priors.default(), LEARNT))
    who = plain.creators.select(["platform", "niche"]).to_pylist()
    at = plain.formats["creator"].to_pylist()
    ratio = [
        b / a for a, b in zip(plain.formats["convert"].to_pylist(), moved.formats["convert"].to_pylist(), strict=True)
    ]
    clicks = [
        b / a for a, b in zip(plain.formats["click"].to_pylist(), moved.formats["click"].to_pylist(), strict=True)
    ]
    food = [r for r, i in zip(ratio, at, strict=True) if who[i]["niche"] == "food"]
    others = [r for r, i in zip(ratio, at, strict=True) if who[i]["niche"] != "food"]
    assert min(food) > 1.5 * max(others)
    tiktok = [r for r, i in zip(clicks, at, strict=True) if who[i]["platform"] == "tiktok"]
    assert tiktok == pytest.approx([0.5 * 1.0076] * len(tiktok), rel=0.02)
    assert {round(r, 6) for r, i in zip(clicks, at, strict=True) if who[i]["platform"] != "tiktok"} == {1.0}
