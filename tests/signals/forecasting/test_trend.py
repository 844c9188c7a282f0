from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import ibis
import numpy as np
import pytest

from asterism.signals.forecasting.growth_curve import GrowthCurve
from asterism.signals.forecasting.trend import SCATTER, History, history
from tests.signals.given import POSTS, PRIORS, creators, rows

LAST = datetime(2026, 1, 1, tzinfo=UTC)
WALK = PRIORS.entry("trend.walk").value


def seen(*posts: dict[str, Any], what: str = "views", platform: str = "youtube") -> dict[str, Any]:
    given = [{"post_id": str(i), "creator_id": "a", **post} for i, post in enumerate(posts)]
    duck = ibis.duckdb.connect(threads=1)
    who = ibis.memtable(creators({"creator_id": "a", "platform": platform, "followers": 10}))
    (row,) = duck.to_pyarrow(history(ibis.memtable(rows(POSTS, *given)), who, what, PRIORS)).to_pylist() or [{}]
    duck.disconnect()
    return row


def ago(days: float) -> datetime:
    return LAST - timedelta(days=days)


def test_the_weighted_history_is_that_of_plain_loops() -> None:
    rng = np.random.default_rng(4)
    days, views = rng.uniform(0, 1500, 12), rng.integers(10, 10_000, 12)
    days[0] = 0.0
    looks = [ago(d) + timedelta(days=float(x)) for d, x in zip(days, rng.uniform(1, 60, 12), strict=True)]
    paid = [bool(x) for x in rng.random(12) < 0.5]
    posts = [
        {"posted_at": ago(float(d)), "seen_at": s, "views": int(v), "sponsored": p}
        for d, s, v, p in zip(days, looks, views, paid, strict=True)
    ]
    found = seen(*posts)
    fading = WALK / PRIORS.entry("post_log_sd.views").value ** 2
    total = noise = mean = age_mean = paid_weight = 0.0
    for post, d, flag in zip(posts, days, paid, strict=True):
        share = float(
            GrowthCurve.of("youtube", PRIORS).share((post["seen_at"] - post["posted_at"]).total_seconds() / 86400)
        )
        age = min(d / 365.25, 5.0)
        weight = share / (1 + fading * age)
        y = np.log(post["views"] / share + 0.5)
        total, noise = total + weight, noise + weight**2 / share
        mean, age_mean, paid_weight = mean + weight * y, age_mean + weight * age, paid_weight + weight * flag
    assert found["n"] == 12
    assert found["weight"] == pytest.approx(total, rel=1e-4)
    assert found["noise"] == pytest.approx(noise, rel=1e-4)
    assert found["mean_log"] == pytest.approx(mean / total, rel=1e-4)
    assert found["age"] == pytest.approx(age_mean / total, rel=1e-4)
    assert found["paid"] == pytest.approx(paid_weight / total, rel=1e-4)
    assert found["last"] == pytest.approx(np.log(views[0] / GrowthCurve.of("youtube", PRIORS).share(
        (looks[0] - ago(0.0)).total_seconds() / 86400) + 0.5), rel=1e-4)  # fmt: skip


def test_older_posts_weigh_less() -> None:
    new = seen({"posted_at": LAST, "views": 1000}, {"posted_at": ago(1000), "views": 10})
    same = seen({"posted_at": LAST, "views": 1000}, {"posted_at": ago(1), "views": 10})
    assert new["mean_log"] > same["mean_log"] + 0.1


def test_a_post_still_growing_counts_as_grown() -> None:
    young = seen({"posted_at": LAST, "seen_at": LAST + timedelta(days=8.8), "views": 500})
    assert young["mean_log"] == pytest.approx(np.log(1000.5))
    assert young["weight"] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("post", "what"),
    [({"views": None}, "views"), ({"views": -5}, "views"), ({"reach": 0}, "reach"), ({"likes": None}, "engagement"),
     ({"likes": -1}, "engagement")],
    ids=["no views", "negative views", "a reach of nought", "no likes", "negative likes"],
)  # fmt: skip
def test_what_was_not_measured_does_not_count(post: dict[str, Any], what: str) -> None:
    assert seen(post, what=what) == {}


def test_missing_comments_are_none_and_negative_ones_too() -> None:
    found = seen({"likes": 9, "comments": None, "shares": -4}, what="engagement")
    assert found["mean_log"] == pytest.approx(np.log(9.5))


def test_posts_without_times_have_no_age() -> None:
    found = seen({"views": 10}, {"views": 20})
    assert (found["age"], found["span"], found["idle"], found["slope"]) == (0.0, 0.0, 0.0, None)


USUAL = {name.name: np.zeros(1) for name in fields(History)}


def of(**values: list[float]) -> History:
    n = len(next(iter(values.values())))
    return History(**{name: np.array(values.get(name, [0.0] * n), dtype=float) for name in USUAL})


def test_a_level_that_fell_for_everybody_is_carried_on_falling() -> None:
    many = 200
    made = of(n=[3.0] * many, weight=[3.0] * many, noise=[3.0] * many, mean_log=[5.0] * many, age=[0.5] * many,
              squares_age=[0.5] * many, slope=[1.0] * many, span=[1.0] * many, var_log=[0.1] * many)  # fmt: skip
    found = made.evidence(0.5, PRIORS)
    assert found.mean[0] == pytest.approx(5.0 - 1.0, abs=0.1)  # a year's fall of 1, from half a year back to half ahead


def test_one_creators_slope_alone_is_shrunk_to_almost_none() -> None:
    made = of(n=[2.0], weight=[2.0], noise=[2.0], mean_log=[5.0], age=[0.1], squares_age=[0.02], slope=[2.0],
              span=[0.2], var_log=[0.1])  # fmt: skip
    assert made.evidence(0.5, PRIORS).mean[0] == pytest.approx(5.0, abs=0.05)


def test_stale_posts_say_less_however_many() -> None:
    fresh = of(n=[50.0], weight=[50.0], noise=[50.0], mean_log=[5.0], var_log=[0.2])
    stale = replace(fresh, age=np.array([2.0]), idle=np.array([1.0]))
    assert fresh.evidence(0.5, PRIORS).noise(np.array([0.25]))[0] == pytest.approx(0.005)
    assert stale.evidence(0.5, PRIORS).noise(np.array([0.25]))[0] > WALK * (4 / 3 + 1)


def test_the_history_without_the_latest_post_is_that_of_the_others() -> None:
    days, views = [0.0, 200.0, 400.0, 600.0], [300, 100, 200, 50]
    posts = [{"posted_at": ago(d), "views": v} for d, v in zip(days, views, strict=True)]
    whole, rest = seen(*posts), seen(*posts[1:])
    found = of(**{name: [float(np.nan if whole[name] is None else whole[name])] for name in USUAL}).without_last()
    assert found.n[0] == 3
    assert found.var_log[0] == pytest.approx(rest["var_log"])
    assert found.mean_log[0] == pytest.approx(rest["mean_log"], abs=0.05)
    assert found.age[0] == pytest.approx(rest["age"], abs=0.05)


def test_creators_of_one_post_have_nothing_before_it() -> None:
    found = of(n=[1.0, 0.0], weight=[1.0, 0.0], noise=[1.0, 0.0], last=[3.0, np.nan]).without_last()
    assert found.n.tolist() == [0.0, 0.0]


def test_every_measure_has_a_scatter() -> None:
    assert all(PRIORS.entry(name).value > 0 for name in SCATTER.values())
