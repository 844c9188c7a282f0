"""Steps in a history: what is one, what explains it, and what is held against nobody."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from asterism.signals.authenticity.growth import Growth, growth, medians
from tests.signals.authenticity.making import creator, day, lineup, tables, weekly

SMOOTH = [10_000 + 50 * week for week in range(20)]
STEPPED = [count + (4_000 if week >= 10 else 0) for week, count in enumerate(SMOOTH)]
"""Four thousand more followers within the tenth week."""
NOTE = {"creator_id": "a", "platform": "instagram", "text": "A television appearance"}


def found(followers: list[int], notes: list[dict[str, Any]] | None = None, **series: list[Any]) -> Growth:
    given = tables(snapshots=weekly(followers, **series), annotations=notes or [])
    return growth(lineup(given), given.snapshots, given.annotations)


def test_smooth_growth_has_no_steps() -> None:
    seen = found(SMOOTH)
    assert (seen.intervals[0], seen.steps[0], seen.share[0]) == (19, 0, 0.0)


def test_a_step_nobody_explained_is_a_share_of_todays_followers() -> None:
    seen = found(STEPPED)
    assert seen.steps[0] == 1
    assert seen.share[0] == pytest.approx(4_000 / STEPPED[-1], rel=0.01)
    assert not seen.engaged[0]


@pytest.mark.parametrize(
    ("when", "until", "platform", "explained"),
    [
        (day(67), None, "instagram", True),
        (day(67), None, None, True),
        (day(60), day(61), "instagram", True),
        (day(71), None, "instagram", True),
        (day(40), None, "instagram", False),
        (day(40), day(64), "instagram", True),
        (day(80), None, "instagram", False),
        (day(67), None, "tiktok", False),
    ],
    ids=["on the day", "any platform", "people keep coming", "dated late", "long before", "until then", "long after",
         "another platform"],
)  # fmt: skip
def test_an_annotation_around_the_date_clears_the_step(when: Any, until: Any, platform: Any, explained: bool) -> None:
    seen = found(STEPPED, [{**NOTE, "date": when, "until": until, "platform": platform}])
    assert (seen.steps[0], seen.annotated[0]) == (1, int(explained))
    assert (seen.share[0] == 0) == explained


def test_somebody_elses_annotation_clears_nothing() -> None:
    people = [creator("a"), creator("b")]
    given = tables(
        creators=people, snapshots=weekly(STEPPED), annotations=[{**NOTE, "creator_id": "b", "date": day(67)}]
    )
    assert growth(lineup(given), given.snapshots, given.annotations).share[0] > 0.2


@pytest.mark.parametrize("field", ["avg_engagements", "avg_likes", "engagement_rate"])
@pytest.mark.parametrize(("rise", "explained"), [(1.4, True), (1.02, False)], ids=["with it", "without"])
def test_engagement_that_rises_with_it_clears_the_step(field: str, rise: float, explained: bool) -> None:
    acts = [300 * (rise if week >= 10 else 1) for week in range(20)]
    if field == "engagement_rate":
        acts = [a / f for a, f in zip(acts, STEPPED, strict=True)]
    seen = found(STEPPED, **{field: acts})
    assert seen.followed[0] == int(explained)
    assert (seen.share[0] == 0) == explained
    assert seen.engaged[0]


def test_a_rate_by_views_says_nothing_of_followers_engaging() -> None:
    rates = [0.05 * (1.4 if week >= 10 else 1) for week in range(20)]
    seen = found(STEPPED, engagement_rate=rates, engagement_denominator=["views"] * 20)
    assert (seen.followed[0], bool(seen.engaged[0])) == (0, False)


def test_who_always_grows_in_bursts_is_held_to_its_own_measure() -> None:
    bursts = [10_000]
    for week in range(24):
        bursts.append(round(bursts[-1] * (1.10 if week % 2 else 1.0)))
    assert found(bursts).steps[0] == 0


def test_steps_add_up() -> None:
    twice = [count + 3_000 * ((week >= 6) + (week >= 14)) for week, count in enumerate(SMOOTH)]
    seen = found(twice)
    assert seen.steps[0] == 2
    assert seen.share[0] == pytest.approx(6_000 / twice[-1], rel=0.02)


@pytest.mark.parametrize("snapshots", [0, 1, 3], ids=["none", "one", "three"])
def test_too_short_a_history_says_nothing(snapshots: int) -> None:
    assert np.isnan(found(STEPPED[9 : 9 + snapshots]).share[0])


def test_a_loss_is_no_step() -> None:
    assert found([20_000 - 100 * w - (5_000 if w >= 10 else 0) for w in range(20)]).steps[0] == 0


def test_order_of_rows_and_snapshots_of_strangers_do_not_matter() -> None:
    mixed = weekly(STEPPED)[::-1] + weekly(SMOOTH, "stranger")
    given = tables(snapshots=mixed)
    assert growth(lineup(given), given.snapshots, given.annotations).share[0] == pytest.approx(found(STEPPED).share[0])


def test_each_creator_has_its_own_history() -> None:
    given = tables(creators=[creator("b"), creator("a")], snapshots=weekly(STEPPED, "a") + weekly(SMOOTH, "b"))
    seen = growth(lineup(given), given.snapshots, given.annotations)
    assert seen.steps.tolist() == [0, 1]


def test_one_creators_history_does_not_run_on_into_the_next() -> None:
    later = [{**row, "as_of": row["as_of"] + timedelta(days=400), "followers": 90_000} for row in weekly(SMOOTH, "b")]
    given = tables(creators=[creator("a"), creator("b")], snapshots=weekly(SMOOTH, "a") + later)
    seen = growth(lineup(given), given.snapshots, given.annotations)
    assert (seen.steps.tolist(), seen.intervals.tolist()) == ([0, 0], [19, 19])


def test_engagement_of_the_next_creator_explains_nothing() -> None:
    late = [count + (4_000 if week == 19 else 0) for week, count in enumerate(SMOOTH)]
    own = weekly(late, "a", avg_engagements=[300.0] * 20)
    others = weekly(SMOOTH, "b", avg_engagements=[90_000.0] * 20)
    given = tables(creators=[creator("a"), creator("b")], snapshots=own + others)
    assert growth(lineup(given), given.snapshots, given.annotations).followed.tolist() == [0, 0]


def test_medians_equal_plain_ones() -> None:
    rng = np.random.default_rng(0)
    row, values = rng.integers(0, 6, 60), rng.normal(size=60)
    own = np.array([True, True, False, True, True, False])
    seen = medians(values, row, 6, own)
    for r in range(6):
        assert seen[r] == pytest.approx(np.median(values[row == r] if own[r] else values))


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ([20_200, 20_300, 20_400], 10_000 / 20_400),
        ([10_200, 10_300, 10_400], 200 / 10_400),
        ([15_000, 15_100, 15_200], 5_000 / 15_200),
    ],
    ids=["they stayed", "they were cleared away", "half of them went"],
)
def test_followers_lost_since_a_step_are_no_part_of_todays(later: list[int], expected: float) -> None:
    history = weekly([10_000 + k for k in range(8)] + [20_000, 20_100, *later])
    given = tables(
        creators=[creator("a"), creator("b")], snapshots=[*weekly([9_000 + k for k in range(12)], "b"), *history]
    )
    found = growth(lineup(given), given.snapshots, given.annotations)
    assert found.share[0] == pytest.approx(expected, abs=0.015)
    assert found.share[1] == 0.0
