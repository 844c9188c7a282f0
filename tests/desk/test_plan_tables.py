import pytest

from asterism.brief import Brief
from asterism.desk.plan import conformed, plan
from asterism.errors import Infeasible
from asterism.market import simulate

TABLES = simulate(60, 5_000, seed=1).tables


def test_an_audience_nobody_reaches_is_an_answer_not_a_crash():
    with pytest.raises(Infeasible, match="No creator adds anything"):
        plan(TABLES.creators, Brief(goal="awareness", budget="9000 USD", audience={"countries": ["Atlantis"]}))


def test_a_platform_without_creators_is_named():
    with pytest.raises(Infeasible, match="No creator is on linkedin"):
        plan(TABLES.creators, Brief(goal="awareness", budget="9000 USD", platforms=["linkedin"]))


def test_a_table_of_exchange_rates_serves_the_budget_and_the_briefs_own_rate_comes_first():
    fx = conformed("fx", {"currency": ["CHF", "CHF"], "date": [None, None], "usd": [2.0, 1.0]})
    dollars = plan(TABLES.creators, Brief(goal="awareness", budget="9000 USD"))
    francs = plan(TABLES.creators, Brief(goal="awareness", budget="9000 CHF"), fx=fx)
    own = plan(TABLES.creators, Brief(goal="awareness", budget="9000 CHF", fx={"CHF": 1.0}), fx=fx)
    assert {p.creator_id for p in own.picks} == {p.creator_id for p in dollars.picks}
    assert francs.currency == "CHF"


def test_the_curve_of_a_profit_speaks_the_verdicts_money():
    brief = Brief(goal="profit", budget="9000 USD", economics={"margin_per_sale": "400 USD"})
    made = plan(TABLES.creators, brief, posts=TABLES.posts)
    best = max(point.value for point in made.curve if point.budget == 9_000)
    mean = next(each.value.mean for each in made.verdict.alternatives if each.name == made.verdict.winner)
    assert 0.5 < best / mean < 2
