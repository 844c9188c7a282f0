"""What could be found out is worth what the better choice after it brings, and no more."""

from dataclasses import replace

import numpy as np
import pytest

from asterism.learning.experiments import Experiment, Option, Stakes, Tier, rank
from asterism.learning.stakes import stakes_of, usual_experiments
from asterism.priors import Priors
from asterism.quantities import Interval, figure

SHIPPED = Priors.default()


def stakes(micro=100.0, macro=98.0, spread=0.5, unit=10.0):
    low, high = np.exp(-1.2816 * spread), np.exp(1.2816 * spread)
    tiers = [Tier(n, Interval(m, m * low, m * high), 1000.0, 10) for n, m in (("micro", micro), ("macro", macro))]
    options = [Option(t.name, {t.name: t.value.mean}, {t.name: 1.0}) for t in tiers]
    return Stakes(tuple(tiers), tuple(options), unit, "USD")


ALL = {"response": 0.0, "reach": 0.0, "price": 0.0, "audience": 0.0}


def experiment(tier="macro", cost=5.0, **error):
    return Experiment("Ask", tier, cost, error or ALL, "asked")


def test_knowing_all_is_worth_what_the_normal_curve_says():
    found = rank(stakes(), [], SHIPPED)
    rng = np.random.default_rng(0)
    draws = [m * np.exp(0.5 * rng.standard_normal(400_000) - 0.125) for m in (100.0, 98.0)]
    assert found.perfect == pytest.approx(10 * (np.maximum(*draws).mean() - 100.0), rel=0.05)


def test_a_perfect_test_of_one_tier_is_worth_less_than_knowing_all_and_more_than_a_rough_one():
    ranking = rank(stakes(), [experiment(), replace(experiment(), what="Rough", error={"response": 1.0})], SHIPPED)
    worth = {w.experiment.what: w.worth for w in ranking.worths}
    assert 0 < worth["Rough"] < worth["Ask"] < ranking.perfect


def test_where_one_tier_is_far_ahead_nothing_is_worth_asking():
    ranking = rank(stakes(macro=20.0, spread=0.2), [experiment()], SHIPPED)
    assert ranking.worths[0].changes < 0.005
    assert "Nothing here would change the answer: micro stays the best" in ranking.sentence
    assert "hardly ever change" in ranking.worths[0].reason


def test_the_cheaper_of_two_equal_tests_comes_first_and_a_dear_one_is_not_advised():
    ranking = rank(stakes(), [replace(experiment(), cost=9.0, what="Dear"), experiment()], SHIPPED)
    assert [w.experiment.what for w in ranking.worths] == ["Ask", "Dear"]
    assert "First ask: worth" in ranking.sentence
    assert "Go ahead with micro" in rank(stakes(), [experiment(cost=1e6)], SHIPPED).sentence


def test_what_is_off_for_all_alike_is_worth_nothing_to_know():
    sure = stakes()
    often = replace(
        sure, options=tuple(replace(o, chance_best=c) for o, c in zip(sure.options, (0.95, 0.05), strict=True))
    )
    assert rank(often, [], SHIPPED).perfect < 0.2 * rank(sure, [], SHIPPED).perfect


def test_fees_that_are_known_need_no_quotes():
    known = replace(stakes(), tiers=tuple(replace(t, price_known=1.0) for t in stakes().tiers))
    ask = experiment(price=0.01)
    assert rank(known, [ask], SHIPPED).worths[0].worth == 0
    assert rank(stakes(), [ask], SHIPPED).worths[0].worth > 0


def alternative(name, mean, chance, low=0.6, high=1.5, why=None):
    value = {"mean": mean, "low": low * mean, "high": high * mean}
    return {"name": name, "value": value, "cost": 100_000.0, "creators": 8, "chance_best": chance, "why_empty": why}


PLAN = {
    "goal": "conversions", "currency": "USD", "budget": 100_000.0,
    "verdict": {"winner": "mixed", "alternatives": [
        alternative("nano", 0.0, 0.0, why="none"), alternative("micro", 100.0, 0.4), alternative("macro", 99.0, 0.35),
        alternative("mixed", 103.0, 0.25), alternative("two_phase", 103.0, 0.0)]},
    "picks": [{"tier": "micro", "price": {"mean": 600.0, "source": "quote"}},
              {"tier": "macro", "price": {"mean": 400.0, "source": "prior"}}],
    "curve": [{"budget": b, "alternative": t, "value": 100 * (b / 100_000) ** 0.8} for t in ("micro", "macro")
              for b in (10_000.0, 50_000.0, 100_000.0)],
}  # fmt: skip


def test_a_plan_is_read_as_tiers_named_options_and_splits():
    found = stakes_of(PLAN)
    assert [t.name for t in found.tiers] == ["micro", "macro"]
    assert [o.name for o in found.options[:3]] == ["micro", "macro", "mixed"]  # two_phase is the same set
    assert found.options[2].shares == {"micro": 0.6, "macro": 0.4}
    assert found.tiers[0].price_known == 1.0
    assert found.unit == pytest.approx(100_000 / 103)
    splits = found.options[3:]
    assert len(splits) == 7
    assert max(o.mean for o in splits) == pytest.approx(103.0)
    assert {o.name for o in splits} >= {"12.5% micro + 87.5% macro", "50% micro + 50% macro"}


def test_a_plan_in_balance_has_tests_worth_making():
    stakes = stakes_of(PLAN)
    ranking = rank(stakes, usual_experiments(stakes, SHIPPED), SHIPPED)
    assert ranking.worths[0].net > 0
    assert ranking.worths[0].experiment.tier == "macro"  # micro has quotes already
    assert ranking.worths[0].to in ("more macro", "more micro")
    assert f"changes in {figure(100 * ranking.worths[0].changes)}% of cases" in ranking.worths[0].reason
    assert {w.experiment.what.split()[0] for w in ranking.worths} == {"Ask", "Get", "Test"}


def test_a_measurement_with_more_error_is_worth_less():
    exact, rough = (experiment(response=error) for error in (0.001, 2.0))
    worth = {w.experiment.error["response"]: w.worth for w in rank(stakes(), [exact, rough], SHIPPED).worths}
    assert 0 < worth[2.0] < 0.6 * worth[0.001]
