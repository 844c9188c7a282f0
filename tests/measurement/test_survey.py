from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy.stats import beta, betabinom

from asterism.errors import BadInput
from asterism.measurement.crediting import Attribution, Credit, Rule, SetAside, Unattributed
from asterism.measurement.events import Partner
from asterism.measurement.multiplier import EVERY, Multiplier, Trust
from asterism.measurement.survey import SurveyAnswer, multipliers

AT = datetime(2026, 5, 1, tzinfo=UTC)
PARTNERS = (Partner("n", "c", "n", tier="nano"), Partner("m", "c", "m", tier="micro"), Partner("o", "c", "o"))


def attribution(
    cents: dict[str, list[int]], nobodys: list[int] | None = None, aside: tuple[str, ...] = ()
) -> Attribution:
    """Orders of some values per partner; orders that are nobody's; orders set aside."""
    credited = [
        Credit(f"{whose}{i}", whose, "c", AT, "code", "X", Fraction(1), value, 0, value)
        for whose, values in cents.items()
        for i, value in enumerate(values)
    ]
    others = [Unattributed(f"u{i}", AT, value) for i, value in enumerate(nobodys or [])]
    left = [SetAside(key, AT, "cancelled", "The order was cancelled.") for key in aside]
    return Attribution(Rule(), "USD", tuple(credited), tuple(left), tuple(others))


def answers(*kinds: tuple[int, dict[str, Any]]) -> list[SurveyAnswer]:
    found: list[SurveyAnswer] = []
    for count, given in kinds:
        found += [
            SurveyAnswer(**{"key": f"a{len(found) + i}", "at": AT, "channel": "creator"} | given) for i in range(count)
        ]
    return found


def of(tier: str, found: tuple[Multiplier, ...]) -> Multiplier:
    return next(each for each in found if each.tier == tier)


NANO, MICRO, SOMEBODY = {"partner": "n"}, {"tier": "micro"}, {}
SEARCH = {"channel": "search"}
TWENTY = attribution({"n": [50_00] * 20, "m": [80_00] * 30})


def test_the_multiplier_is_what_people_say_over_what_was_tracked() -> None:
    """40 of 400 answers name nano creators: a tenth of 1,000 orders, against 20 tracked."""
    found = of("nano", multipliers(answers((40, NANO), (360, SEARCH)), TWENTY, PARTNERS, 1000, trust=Trust(cap=9)))
    assert (found.answers, found.naming, found.tracked, found.tracked_cents) == (400, 40, 20, 1000_00)
    assert found.projected is not None
    assert found.value is not None
    assert found.projected.mean == pytest.approx(40 + 600 * 40.5 / 401, rel=0.01)
    assert found.value.high == pytest.approx(found.projected.high / 20)
    assert found.told
    assert found.says.startswith("40 of 400 answers name nano creators: 101 (")
    assert found.says.endswith("of 1,000 orders, against 20 tracked, 5.04 (4.3–5.8) times as many.")


def test_the_interval_is_that_of_a_beta_binomial_for_those_not_asked() -> None:
    found = of("nano", multipliers(answers((40, NANO), (360, SEARCH)), TWENTY, PARTNERS, 1000, trust=Trust(cap=100)))
    low, high = betabinom.ppf([0.1, 0.9], 600, 40.5, 360.5) + 40
    assert found.projected is not None
    assert (found.projected.low, found.projected.high) == pytest.approx((low, high), abs=1)


def test_with_few_asked_the_interval_is_jeffreys() -> None:
    found = of(
        "nano", multipliers(answers((20, NANO), (80, SEARCH)), TWENTY, PARTNERS, 100_000, trust=Trust(cap=10_000))
    )
    low, high = beta.ppf([0.1, 0.9], 20.5, 80.5) * 100_000
    assert found.projected is not None
    assert (found.projected.low, found.projected.high) == pytest.approx((low, high), rel=0.02)


def test_answers_from_everybody_leave_no_doubt() -> None:
    found = of("nano", multipliers(answers((40, NANO), (60, SEARCH)), TWENTY, PARTNERS, 100))
    assert found.projected is not None
    assert (found.projected.low, found.projected.mean, found.projected.high) == (40, 40, 40)


def test_tiers_are_named_by_partner_or_by_kind_and_all_together_come_last() -> None:
    found = multipliers(answers((4, NANO), (3, MICRO), (2, SOMEBODY), (9, SEARCH)), TWENTY, PARTNERS, 100)
    assert [(m.tier, m.naming, m.untiered, m.tiered) for m in found] == [
        ("micro", 3, 2, 7),
        ("nano", 4, 2, 7),
        (EVERY, 9, 0, 9),
    ]


def test_creators_of_no_known_tier_are_spread_as_the_others_fell() -> None:
    """30 of nano, 10 of micro, 40 without a tier: nano has three quarters of 80 of the 400 asked."""
    found = multipliers(
        answers((30, NANO), (10, MICRO), (40, SOMEBODY), (320, SEARCH)), TWENTY, PARTNERS[:2], 400, trust=Trust(cap=100)
    )
    assert [round(m.projected.mean) for m in found if m.projected] == [20, 60, 80]
    assert of("nano", found).projected != of(EVERY, found).projected


def test_with_one_tier_alone_every_creator_named_is_of_it() -> None:
    found = multipliers(answers((30, SOMEBODY), (70, SEARCH)), TWENTY, PARTNERS[:1], 1000)
    assert of("nano", found).projected == of(EVERY, found).projected


@pytest.mark.parametrize(
    "given",
    [{"channel": "search", "partner": "n"}, {"partner": "somebody else's"}, {"tier": "mega"}],
    ids=["another way", "a creator of another campaign", "a tier that is not in it"],
)
def test_what_names_none_of_the_partners_names_another_way(given: dict[str, Any]) -> None:
    found = of(EVERY, multipliers(answers((10, NANO), (5, given)), TWENTY, PARTNERS, 100))
    assert (found.answers, found.naming) == (15, 10)


def test_an_answer_counts_once_by_its_key_and_the_first_one_counts() -> None:
    twice = [*answers((1, NANO)), SurveyAnswer("a0", AT + timedelta(days=1), "search")]
    for given in (twice, twice[::-1]):
        found = of(EVERY, multipliers(given, TWENTY, PARTNERS, 100))
        assert (found.answers, found.naming) == (1, 1)


def test_an_order_answers_once_and_the_first_answer_counts() -> None:
    given = [
        SurveyAnswer("b", AT, "creator", "n", order="o1"),
        SurveyAnswer("a", AT + timedelta(days=1), "search", order="o1"),
        SurveyAnswer("c", AT, "search", order="o2"),
    ]
    for order in (given, given[::-1]):
        found = of(EVERY, multipliers(order, TWENTY, PARTNERS, 100))
        assert (found.answers, found.naming) == (2, 1)


def test_answers_of_orders_that_are_set_aside_do_not_count() -> None:
    seen = attribution({"n": [50_00] * 20}, aside=("o1",))
    found = of(EVERY, multipliers(answers((1, {"order": "o1"}), (3, {})), seen, PARTNERS, 100))
    assert found.answers == 3


def test_above_the_cap_nothing_is_told_and_it_says_so() -> None:
    found = of("nano", multipliers(answers((80, NANO), (20, SEARCH)), TWENTY, PARTNERS, 1000))
    assert (found.told, found.capped, found.differs) == (False, True, True)
    assert (found.value, found.revenue_cents) == (None, None)
    assert found.says.startswith("Cannot tell yet: 80 of 100 answers name nano creators: 797 (748–844) of 1,000 orders")
    assert found.says.endswith("more than the 5 times that are believed, so look what tracking misses.")


def test_there_is_no_floor_where_people_name_creators_less_often_than_tracking() -> None:
    seen = attribution({"n": [50_00] * 300})
    found = of("nano", multipliers(answers((50, NANO), (350, SEARCH)), seen, PARTNERS, 1000))
    assert found.value is not None
    assert found.value.high < 1
    assert found.revenue_cents is not None
    assert found.revenue_cents.mean == pytest.approx(found.value.mean * found.tracked_cents)
    assert found.says.endswith("fewer than tracked, so look for leaked codes.")


@pytest.mark.parametrize(
    ("given", "customers", "says"),
    [
        ([(2, NANO), (30, SEARCH)], 10_000, "Cannot tell yet: 2 of 32 answers name nano creators; about 80 answers"),
        ([(0, NANO), (50, SEARCH)], 10_000, "Cannot tell yet: 0 of 50 answers name nano creators; about 620 answers"),
        ([], 10_000, "Cannot tell yet: nobody was asked; about 610 answers are needed."),
        ([(1, NANO), (9, SEARCH)], 25, "about 16 answers are needed"),
    ],
    ids=["few", "none of the tier", "nobody asked", "few orders"],
)
def test_too_few_answers_say_how_many_it_takes(given: list[Any], customers: int, says: str) -> None:
    found = of("nano", multipliers(answers(*given), TWENTY, PARTNERS, customers))
    assert not found.told
    assert says in found.says


def test_as_many_answers_as_it_asks_for_are_enough() -> None:
    found = of("nano", multipliers(answers((3, NANO), (37, SEARCH)), TWENTY, PARTNERS, 10_000))
    assert not found.told
    assert of("nano", multipliers(answers((7, NANO), (83, SEARCH)), TWENTY, PARTNERS, 10_000, Trust(100))).told


def test_without_a_tracked_order_the_projection_stands_alone() -> None:
    seen = attribution({"m": [80_00] * 30}, nobodys=[40_00] * 50)
    found = of("nano", multipliers(answers((20, NANO), (80, SEARCH)), seen, PARTNERS, 1000))
    assert found.value is None
    assert found.projected is not None
    assert found.revenue_cents is not None
    assert found.revenue_cents.mean == pytest.approx(found.projected.mean * 55_00, rel=0.03)
    assert found.says.endswith("without a tracked order there is no multiplier.")


def test_draws_give_the_interval_of_revenue_and_depend_on_the_seed_alone() -> None:
    found = of("nano", multipliers(answers((40, NANO), (360, SEARCH)), TWENTY, PARTNERS, 1000, trust=Trust(cap=50)))
    draws = found.draws(20_000, np.random.default_rng(1))
    assert draws.shape == (20_000,)
    assert np.array_equal(draws, found.draws(20_000, np.random.default_rng(1)))
    assert found.revenue_cents is not None
    assert np.quantile(draws, [0.1, 0.9]) == pytest.approx(
        [found.revenue_cents.low, found.revenue_cents.high], rel=0.02
    )


def test_values_that_differ_widen_revenue_and_not_orders() -> None:
    even, uneven = ({"n": [50_00] * 20}, {"n": [10_00] * 15 + [170_00] * 5})
    one, other = (
        of("nano", multipliers(answers((40, NANO), (360, SEARCH)), attribution(c), PARTNERS, 1000, trust=Trust(cap=50)))
        for c in (even, uneven)
    )
    assert one.projected == other.projected
    assert one.revenue_cents is not None
    assert other.revenue_cents is not None
    assert other.revenue_cents.high - other.revenue_cents.low > 1.5 * (one.revenue_cents.high - one.revenue_cents.low)


def test_few_orders_of_a_tier_are_worth_what_all_orders_are() -> None:
    seen = attribution({"n": [500_00], "m": [80_00] * 30}, nobodys=[40_00] * 69)
    found = of("nano", multipliers(answers((40, NANO), (60, SEARCH)), seen, PARTNERS, 1000))
    assert (found.priced, found.worth_cents) == (100, pytest.approx(56_60))


def test_shared_orders_count_by_their_share() -> None:
    seen = attribution({"n": [50_00] * 20})
    halves = tuple(replace(c, share=Fraction(1, 2), revenue_cents=25_00) for c in seen.credits)
    found = of("nano", multipliers(answers((40, NANO)), replace(seen, credits=halves), PARTNERS, 100))
    assert (found.tracked, found.worth_cents) == (10, 50_00)


@pytest.mark.parametrize(
    ("customers", "cap", "match"),
    [(9, 5.0, "10 answers speak for 9 orders"), (100, 0.5, "A cap of 0.5 would take away tracked orders")],
    ids=["more answers than orders", "a cap below 1"],
)
def test_what_cannot_be_is_refused(customers: int, cap: float, match: str) -> None:
    with pytest.raises(BadInput, match=match):
        multipliers(answers((10, NANO)), TWENTY, PARTNERS, customers, Trust(cap=cap))


def test_intervals_of_revenue_hold_the_truth_in_four_of_five_cases() -> None:
    """60 periods of 800 orders with dark orders and values that differ; 400 of 600–2,500 gave 80–85% per tier."""
    rng, held = np.random.default_rng(8), []
    for _ in range(60):
        cause = rng.choice(3, 800, p=[0.1, 0.2, 0.7])
        cents = np.round(60_00 * np.exp(rng.normal(-0.18, 0.6, 800))).astype(int)
        seen = rng.random(800) >= np.array([0.4, 0.6, 1.0])[cause]
        tracked = {key: cents[seen & (cause == i)].tolist() for i, key in enumerate("nm")}
        asked = cause[rng.random(800) < 0.3]
        said = answers(*(((asked == i).sum(), kind) for i, kind in enumerate((NANO, MICRO, SEARCH))))
        found = multipliers(said, attribution(tracked, cents[~seen].tolist()), PARTNERS[:2], 800)
        for i, tier in enumerate(("nano", "micro")):
            revenue = of(tier, found).revenue_cents
            assert revenue is not None
            held.append(revenue.low <= cents[cause == i].sum() <= revenue.high)
    assert 0.74 <= np.mean(held) <= 0.86
