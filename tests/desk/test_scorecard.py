"""Forecasts kept in a catalogue, and their scorecard, from file to verdict."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from asterism.creators.tables import CREATORS, POSTS
from asterism.desk.forecast import forecast_files
from asterism.desk.loading import Sources
from asterism.desk.scorecard import keep_forecasts, scorecard_of
from asterism.desk.stored import open_catalogue
from asterism.errors import NotFound, WrongUsage

NOW = datetime.now(UTC)


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    who = [{"creator_id": c, "handle": f"The{c}", "platform": "instagram", "followers": 5_000} for c in "abc"]
    post(tmp_path, *(post_of(c, i, NOW - timedelta(days=10 + i), 100 + i) for c in "ab" for i in range(5)))
    open_catalogue(tmp_path).upsert("creators", pa.Table.from_pylist(who, CREATORS.arrow))
    return tmp_path


def post_of(who: str, number: int, at: datetime, likes: int) -> dict[str, object]:
    return {"post_id": f"{who}{number}", "creator_id": who, "platform": "instagram", "format": "post", "posted_at": at,
            "likes": likes}  # fmt: skip


def post(catalogue: Path, *rows: dict[str, object]) -> None:
    open_catalogue(catalogue).upsert("posts", pa.Table.from_pylist(list(rows), POSTS.arrow))


def test_kept_forecasts_are_judged_by_the_posts_that_follow(catalogue: Path) -> None:
    found = forecast_files(None, None, Sources(catalogue=catalogue))
    assert keep_forecasts(found, catalogue) == 3
    assert scorecard_of(catalogue).scores == ()
    post(catalogue, post_of("a", 9, NOW + timedelta(days=3), 110), post_of("b", 9, NOW + timedelta(days=3), 10**7))
    card = scorecard_of(catalogue)
    assert (card.scores[0].n, card.scores[0].coverage.mean, card.waiting) == (2, 0.5, 1)
    assert card.scores[0].verdict == "too few to say"


def test_some_creators_are_found_by_handle_or_id(catalogue: Path) -> None:
    found = forecast_files(None, None, Sources(catalogue=catalogue))
    assert found.only(["@theb", "A"]).table["creator_id"].to_pylist() == ["a", "b"]
    with pytest.raises(NotFound, match="no creator `thed`"):
        found.only(["@thed"])


def test_a_catalogue_without_forecasts_says_how_to_keep_some(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="forecast --keep"):
        scorecard_of(tmp_path)


def test_posts_without_creators_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="Name both --posts and --creators"):
        forecast_files(str(tmp_path / "posts.csv"), None, Sources())
