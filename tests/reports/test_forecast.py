from typing import Any

from rich.console import Console

from asterism.measurement.scorecard import score
from asterism.reports.forecast import UNKNOWN, forecast_table, scorecard_table
from tests.measurement.test_scorecard import judged

ROW: dict[str, Any] = {
    "creator_id": "ann", "platform": "instagram", "format": "reel", "n_posts": 3, "engagement_mean": 412.3,
    "engagement_low": 350.0, "engagement_high": 480.0, "views_mean": 0.0, "views_low": 0.0, "views_high": 3.2,
    "reach_mean": None, "reach_low": None, "reach_high": None,
}  # fmt: skip


def shown(table: object) -> str:
    console = Console(width=120, color_system=None)
    with console.capture() as captured:
        console.print(table)
    return captured.get()


def test_a_forecast_is_shown_with_its_ranges_and_what_is_not_known() -> None:
    text = shown(forecast_table({"forecasts": [ROW], "warnings": ["Take care."], "kept": 2}))
    for words in ("next posts of 1 creator:", "412 (350–480)", "0 (0–3.2)", UNKNOWN, "Take care.", "2 forecasts kept"):
        assert words in text


def test_rows_from_peers_alone_are_counted() -> None:
    idle = ROW | {"creator_id": "bob", "n_posts": 0}
    assert "1 of 2 rows rest on peers alone" in shown(
        forecast_table({"forecasts": [ROW, idle], "warnings": [], "kept": 0})
    )


def test_a_scorecard_is_shown_verdict_first() -> None:
    text = shown(scorecard_table(score(judged(334, 412)).to_dict() | {"waiting": 5}))
    assert text.startswith("Of 412 forecasts of views, 81% came inside")
    assert "5 forecasts wait" in text
    assert "81% (77–85)" in text


def test_names_stand_as_they_are_whatever_they_would_steer() -> None:
    sly = ROW | {"creator_id": "[/bold]an\x1b[31mn", "format": "[red]reel"}
    text = shown(forecast_table({"forecasts": [sly], "warnings": [], "kept": 0}))
    assert "[/bold]an[31mn" in text
    assert "[red]reel" in text
