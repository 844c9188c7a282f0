import numpy as np
import pytest

from asterism.brief import Brief
from asterism.errors import Infeasible, UnknownCurrency
from asterism.planning.packages import make_offers
from asterism.priors import Priors
from tests.planning.making import Creator, signals_of

PRIORS = Priors.default()


def brief(**more: object) -> Brief:
    return Brief(**{"goal": "awareness", "budget": "5000 USD", **more})


def offers(creators: list[Creator], asked: Brief, **more: list) -> dict[tuple[int, str], int]:
    made = make_offers(signals_of(creators, **more), asked, PRIORS)
    return {(int(c), p): i for i, (c, p) in enumerate(zip(made.creator, made.package, strict=True))}


def test_every_package_within_the_limit_of_posts_is_offered():
    two = Creator("a", formats=("reel", "story"))
    found = offers([two, Creator("b")], brief(limits={"posts_per_creator": 2}))
    assert set(found) == {
        (0, "1 reel"), (0, "2 reel"), (0, "1 story"), (0, "2 story"), (0, "1 reel + 1 story"),
        (1, "1 reel"), (1, "2 reel"),
    }  # fmt: skip


def test_a_creator_posts_at_most_once_a_week():
    assert set(offers([Creator("a")], brief(weeks=2))) == {(0, "1 reel"), (0, "2 reel")}
    assert len(offers([Creator("a")], brief(weeks=16))) == 3


def test_several_posts_reach_less_than_their_sum_and_more_than_one():
    made = make_offers(signals_of([Creator("a", reach=0.2)]), brief(), PRIORS)
    assert made.reach == pytest.approx([0.2, 0.4 / 1.2, 0.6 / 1.4])
    assert made.exposures == pytest.approx([0.2, 0.4, 0.6])


def test_nobody_acts_or_buys_unreached():
    made = make_offers(signals_of([Creator("a", reach=0.01, engagement=0.5)]), brief(), PRIORS)
    assert (made.act <= made.reach + 1e-12).all()
    assert (made.buy <= made.reach).all()


def test_cost_is_fee_and_handling_in_whole_cents():
    made = make_offers(signals_of([Creator("a", fee=123.456)]), brief(), PRIORS)
    assert made.fee.tolist() == [12_346, 24_691, 37_037]
    assert (made.cost - made.fee).tolist() == [6_000] * 3


def test_a_quote_for_the_exact_package_replaces_the_expected_fee():
    signals = signals_of([Creator("a", fee=300)], quotes=[(0, "2 reel", 450.0)])
    made = make_offers(signals, brief(), PRIORS)
    assert dict(zip(made.package, zip(made.fee / 100, made.fee_source, made.fee_log_sd, strict=True), strict=True)) == {
        "1 reel": (300, "prior", 0.8), "2 reel": (450, "quote", 0), "3 reel": (900, "prior", 0.8),
    }  # fmt: skip


def test_money_is_in_the_currency_of_the_brief():
    asked = brief(budget="5000 EUR", fx={"EUR": 1.25})
    made = make_offers(signals_of([Creator("a", fee=300)]), asked, PRIORS)
    assert made.fee[0] == 24_000
    assert made.cost[0] - made.fee[0] == 4_800


def test_money_without_a_rate_is_refused():
    with pytest.raises(UnknownCurrency, match="EUR"):
        make_offers(signals_of([Creator("a")]), brief(budget="5000 EUR"), PRIORS)


def test_repeated_endorsement_over_months_helps_buying_alone():
    short, long = (make_offers(signals_of([Creator("a")]), brief(weeks=w), PRIORS) for w in (4, 16))
    assert (long.reach == short.reach).all()
    assert long.buy[0] == short.buy[0]
    assert (long.buy[1:] > short.buy[1:]).all()


def test_tiers_follow_the_briefs_scheme_and_nothing_else_does():
    creators = [Creator("a", followers=4_000), Creator("b", followers=50_000)]
    plain, own = (make_offers(signals_of(creators), brief(tier_scheme=s), PRIORS) for s in ("industry", "c"))
    assert [plain.tiers[t] for t in plain.tier[::3]] == ["nano", "micro"]
    assert [own.tiers[t] for t in own.tier[::3]] == ["nano", "micro"]
    assert (plain.reach == own.reach).all()
    assert (plain.fee == own.fee).all()
    below = make_offers(signals_of(creators), brief(tier_scheme={"big": 10_000}), PRIORS)
    assert below.tiers[below.tier[0]] == "untiered"


def test_a_creator_without_a_sized_audience_is_not_offered():
    assert set(offers([Creator("a", followers=None), Creator("b")], brief(weeks=1))) == {(1, "1 reel")}
    with pytest.raises(Infeasible, match="No creator can be planned with"):
        make_offers(signals_of([Creator("a", followers=None)]), brief(), PRIORS)


def test_offers_are_sorted_by_creator_then_posts():
    made = make_offers(signals_of([Creator("a", formats=("story", "reel")), Creator("b")]), brief(), PRIORS)
    order = np.lexsort((made.posts, made.creator))
    assert (order == np.arange(len(made))).all()


RIGHTS = {"add_ons": {"usage_months": 6}}


def fees(asked: Brief, quotes: list | None = None) -> dict[str, tuple[float, float]]:
    made = make_offers(signals_of([Creator("a", fee=300)], quotes=quotes), asked, PRIORS)
    priced = zip(made.package, made.fee / 100, made.fee_log_sd, strict=True)
    return {package: (fee, sd) for package, fee, sd in priced}


def test_without_add_ons_nothing_changes():
    assert fees(brief(add_ons={"usage_months": 0, "boost": False})) == fees(brief())


def test_add_ons_raise_every_fee_by_their_mean_factor_and_its_doubt():
    plain, rights = fees(brief()), fees(brief(**RIGHTS))
    doubt = 1.5 * PRIORS.entry("add_on.usage").sd / 1.5
    for package, (fee, sd) in plain.items():
        assert rights[package] == pytest.approx((fee * 1.5 * np.exp(doubt**2 / 2), np.hypot(sd, doubt)), abs=0.01)


@pytest.mark.parametrize(
    ("quoted", "asked", "fee", "sure"),
    [
        ("1 reel", {}, 450.0, True),
        ("1 reel", RIGHTS, 450 * 1.515, False),
        ("1 reel + 6 months of usage rights", RIGHTS, 450.0, True),
        ("1 reel + 6 months of usage rights", {}, 300.0, False),
        ("1 reel + 3 months of usage rights", RIGHTS, 300 * 1.515, False),
    ],
    ids=["plain", "raised", "with just these", "of more than asked", "of other rights"],
)
def test_a_quote_stands_for_what_it_buys(quoted: str, asked: dict, fee: float, sure: bool):
    found, sd = fees(brief(**asked), [(0, quoted, 450.0)])["1 reel"]
    assert found == pytest.approx(fee, rel=2e-3)
    assert (sd == 0) == sure


@pytest.mark.parametrize("first", [True, False])
def test_a_quote_with_the_add_ons_asked_for_comes_before_one_of_the_posts_alone(first: bool):
    both = [(0, "1 reel", 400.0), (0, "1 reel + 6 months of usage rights", 450.0)]
    assert fees(brief(**RIGHTS), both if first else both[::-1])["1 reel"] == (450.0, 0.0)
