from datetime import UTC, datetime, timedelta

import ibis
import numpy as np
import pytest

from asterism.creators.tables import POSTS
from asterism.signals.forecasting.growth_curve import LEAST_SHARE, GrowthCurve, grown
from tests.signals.given import PRIORS, rows

POSTED = datetime(2026, 3, 1, tzinfo=UTC)


def test_half_is_reached_at_the_half_life() -> None:
    assert GrowthCurve(8.8, 0.6).share(8.8) == pytest.approx(0.5)


def test_shares_rise_with_age_to_one() -> None:
    found = GrowthCurve(2.0, 0.6).share(np.geomspace(0.001, 1e5, 50))
    assert (np.diff(found) >= 0).all()
    assert (found[0], found[-1]) == (LEAST_SHARE, 1.0)


@pytest.mark.parametrize("age", [np.nan, 0.0, -3.0], ids=["unknown", "at once", "read before it was published"])
def test_a_post_of_no_age_counts_as_grown(age: float) -> None:
    assert GrowthCurve(2.0, 0.6).share(age) == 1.0


def test_slow_platforms_grow_slowly() -> None:
    at_a_day = [float(GrowthCurve.of(name, PRIORS).share(1.0)) for name in ("tiktok", "instagram", "youtube")]
    assert at_a_day[0] > at_a_day[2]
    assert at_a_day[1] > at_a_day[2]


@pytest.mark.parametrize("platform", ["tiktok", "youtube", "instagram", "twitch", None], ids=str)
@pytest.mark.parametrize("days", [0.2, 3.0, 400.0, -1.0, None], ids=str)
def test_the_database_and_the_curve_agree(platform: str | None, days: float | None) -> None:
    seen = None if days is None else POSTED + timedelta(days=days)
    table = ibis.memtable(rows(POSTS, {"platform": platform, "posted_at": POSTED, "seen_at": seen}))
    found = ibis.duckdb.connect(threads=1).to_pyarrow(table.select(share=grown(table, PRIORS)))["share"][0].as_py()
    assert found == pytest.approx(float(GrowthCurve.of(platform or "other", PRIORS).share(days or np.nan)))
