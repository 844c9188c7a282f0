from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from asterism.errors import BadInput, WrongUsage
from asterism.measurement.lift import Check, How, Lift, lift_of, lift_of_posts, lifts_by_tier
from asterism.measurement.lift.answer import chosen, verdict_of
from asterism.measurement.lift.checks import bar_of, in_time
from asterism.measurement.lift.panel import Panel
from asterism.measurement.lift.trial import Trial
from tests.measurement.lift.regions import planted, regions

CHECKS = ["placebos in space", "placebos in time", "earlier start", "fit before the start",
          "difference in differences", "power"]  # fmt: skip


def panel(effect: float = 0.0, k: int = 2, n: int = 24, seed: int = 6) -> Panel:
    return planted(regions("independent", 80, n, np.random.default_rng(seed)), tuple(range(k)), 70, effect)


@pytest.fixture(scope="module")
def clear() -> Lift:
    """A lift of 30% in two of twenty-four places."""
    return lift_of(Trial(panel(0.3), (0, 1), 70), How())


def test_a_clear_lift_says_so_with_everything_beside_it(clear: Lift) -> None:
    assert clear.verdict == "clear"
    assert 0.2 < clear.low < clear.effect < clear.high < 0.4
    assert clear.p_value < 0.1
    assert [check.name for check in clear.checks] == CHECKS
    assert all(check.passed is not False for check in clear.checks)
    assert (clear.method, clear.controls, clear.treated) == ("synthetic", 22, ("p00", "p01"))
    assert clear.sentence.startswith("Clear: +")


def test_what_came_on_top_is_the_effect_on_what_would_have_come(clear: Lift) -> None:
    came = panel(0.3).y[70:, :2].sum()
    assert clear.baseline + clear.incremental == pytest.approx(came)
    found = clear.to_dict()
    assert found["incremental_low"] == pytest.approx(clear.low * clear.baseline)
    assert (found["start"], found["end"]) == ("2026-03-12", "2026-03-21")
    assert {"effect", "low", "high", "incremental", "p_value", "checks", "level", "method", "verdict",
            "sentence"} <= set(found)  # fmt: skip


def test_no_lift_is_not_clear_and_the_range_holds_nothing() -> None:
    found = lift_of(Trial(panel(0.0), (0, 1), 70), How(effect=0.2))
    assert found.verdict == "not clear"
    assert found.low <= 0 <= found.high
    assert found.told


def test_a_test_that_could_find_nothing_tells_nothing() -> None:
    found = lift_of(Trial(panel(0.02), (0, 1), 70), How(effect=0.005))
    assert (found.verdict, found.told) == ("cannot tell yet", False)
    kept = found.withheld()
    assert "effect" not in kept
    assert kept["sentence"].startswith("Cannot tell yet. A lift of 0.5% would be found in")
    assert [check["name"] for check in kept["checks"]] == ["power"]


def test_a_placebo_that_contradicts_makes_a_lift_unclear() -> None:
    made = panel(0.12)
    made.y[60:70, :2] *= 1.4  # as large a lift just before, when nothing ran
    found = lift_of(Trial(made, (0, 1), 70), How())
    assert found.verdict == "not clear"
    assert found.why in [check.sentence for check in found.checks if check.passed is False]
    assert next(check for check in found.checks if check.name == "earlier start").passed is False


HOLDS, FAILS = (Check("placebos in time", passed, f"{passed}.") for passed in (True, False))
STRONG, WEAK = (Check("power", passed, f"power {passed}.") for passed in (True, False))


@pytest.mark.parametrize(
    ("low", "checks", "says"),
    [
        (0.01, (HOLDS, STRONG), ("clear", "")),
        (-0.01, (HOLDS, STRONG), ("not clear", "The range holds 0.")),
        (0.01, (FAILS, STRONG), ("not clear", "False.")),
        (0.01, (FAILS, WEAK), ("cannot tell yet", "power False.")),
        (0.01, (HOLDS, WEAK), ("cannot tell yet", "power False.")),
        (0.01, (HOLDS, Check("power", None, "Not known.")), ("clear", "")),
    ],
    ids=["clear", "range holds 0", "a placebo contradicts", "weak and contradicted", "weak", "power not known"],
)
def test_the_strictest_word_is_the_verdict(low: float, checks: tuple[Check, ...], says: tuple[str, str]) -> None:
    assert verdict_of(low, 0.2, checks) == says


@pytest.mark.parametrize(("n", "method"), [(24, "synthetic"), (3, "synthetic"), (2, "differences"), (1, "series")])
def test_the_method_is_the_best_the_panel_allows(n: int, method: str) -> None:
    assert chosen(Trial(panel(n=n, k=1), (0,), 70), "auto") == method
    assert chosen(Trial(panel(n=n, k=1), (0,), 70), "series") == "series"


def test_few_places_are_judged_by_moving_the_days() -> None:
    found = lift_of(Trial(panel(0.4, k=1, n=3), (0,), 70), How(effect=0.4))
    space = next(check for check in found.checks if check.name == "placebos in space")
    assert space.passed is None
    assert "too few to decide" in space.sentence
    assert found.p_value == dict(next(c for c in found.checks if c.name == "placebos in time").figures)["p_value"]
    assert found.verdict == "clear"


@pytest.mark.parametrize(
    ("p", "decides", "passed"),
    [(0.1, True, True), (0.11, True, False), (0.25, False, True), (0.26, False, False)],
    ids=["decides for", "decides against", "does not contradict", "contradicts"],
)
def test_the_permutation_beside_contradicts_only_what_is_nothing_rare(p: float, decides: bool, passed: bool) -> None:
    assert in_time(p, 100, bar_of(0.9, decides)).passed == passed


def test_a_series_alone_says_what_it_lacks() -> None:
    found = lift_of(Trial(panel(0.5, k=1, n=1), (0,), 70), How())
    assert (found.method, found.controls) == ("series", 0)
    assert [check.name for check in found.checks] == ["placebos in time", "no comparison", "power"]


def test_a_past_too_short_for_power_is_said_and_the_estimate_stands() -> None:
    short = panel(0.5).y[58:]
    found = lift_of(Trial(Panel(panel().days[58:], panel().places, short), (0, 1), 12), How())
    assert found.checks[-1].passed is None
    assert "cannot be told" in found.checks[-1].sentence


def test_tiers_are_estimated_apart_and_never_stand_in_for_each_other() -> None:
    made = planted(panel(0.3), (2, 3), 70, 0.8)
    found = lifts_by_tier(made, {"micro": ["p00", "p01"], "macro": ["p02", "p03"]}, "2026-03-12", How())
    alone = lift_of(Trial(made.without(["p02", "p03"]), (0, 1), 70), How())
    assert found["micro"] == alone
    assert found["macro"].effect == pytest.approx(0.8, abs=0.1)
    with pytest.raises(BadInput, match="`p00` is treated by both micro and macro"):
        lifts_by_tier(made, {"micro": ["p00"], "macro": ["p00"]}, "2026-03-12", How())


def test_posts_of_different_days_are_estimated_together() -> None:
    made = panel(n=1, k=1)
    posts = [made.days[i] for i in (20, 40, 60)]
    for post in posts:
        at = made.days.index(post)
        made.y[at : at + 4, 0] *= 1.6
    found = lift_of_posts(made, (), posts, 4, How())
    assert (found.verdict, found.method, found.start) == ("clear", "series", posts[0])
    assert found.effect == pytest.approx(0.6, abs=0.15)
    with pytest.raises(BadInput, match="No post was named, or none that works"):
        lift_of_posts(made, (), posts, 0, How())


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"method": "magic"}, r"no method `magic`"),
        ({"level": 90}, r"level of 90 cannot be"),
        ({"level": 0.3}, r"level of 0\.3"),
        ({"effect": 8}, r"lift of 8 cannot be looked for"),
        ({"effect": 0}, r"lift of 0"),
    ],
    ids=["method", "percent", "level", "effect", "nothing"],
)
def test_what_cannot_be_asked_is_refused(given: dict[str, float], says: str) -> None:
    with pytest.raises(WrongUsage, match=says):
        How(**given)  # type: ignore[arg-type]


def test_a_lift_outside_its_range_cannot_be(clear: Lift) -> None:
    with pytest.raises(BadInput, match="does not lie between"):
        replace(clear, low=0.5, high=0.6)
    assert clear.start == date(2026, 3, 12)


def test_nothing_sold_after_the_start_is_a_loss_of_all() -> None:
    made = panel()
    made.y[70:, :2] = 0
    found = lift_of(Trial(made, (0, 1), 70), How())
    assert found.effect == pytest.approx(-1)
    assert found.incremental == pytest.approx(-found.baseline)
    assert found.verdict == "clear"
