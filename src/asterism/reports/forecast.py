"""What the terminal shows of forecasts of next posts, and of the scorecard of past ones."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from asterism.quantities import LEVEL, figure
from asterism.reports.console import bold, text

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

MOST: Final = 40
"""Rows shown; `--json` has them all."""
UNKNOWN: Final = "not known"


def forecast_sentence(answer: Mapping[str, Any]) -> str:
    """The answer in one sentence: whose next posts are forecast, and what the ranges mean."""
    rows = answer["forecasts"]
    n, own = len({row["creator_id"] for row in rows}), sum(row["n_posts"] > 0 for row in rows)
    whose = f"{n:,} creator{'s' if n != 1 else ''}"
    rest = len(rows) - own
    peers = f"; {rest:,} of {len(rows):,} rows rest on peers alone" if rest else ""
    return f"The next posts of {whose}: ranges should hold {LEVEL:.0%} of them{peers}."


def forecast_table(answer: Mapping[str, Any]) -> "Group":
    """The forecasts for a terminal of 80 columns or more, the answer first."""
    from rich.console import Group

    rows = answer["forecasts"]
    more = [f"{len(rows) - MOST:,} more rows with --json."] if len(rows) > MOST else []
    kept = [f"{answer['kept']:,} forecasts kept for the scorecard."] if answer["kept"] else []
    lines = [text(line) for line in (*more, *kept, *answer["warnings"])]
    return Group(bold(forecast_sentence(answer)), text(""), _forecasts(rows[:MOST]), *lines)


def _forecasts(rows: list[dict[str, Any]]) -> "Table":
    table = _grid(("creator", "format"), ("own posts", "views", "reach", "engagements"))
    for row in rows:
        ranges = (_range(row, name) for name in ("views", "reach", "engagement"))
        table.add_row(text(str(row["creator_id"])), text(str(row["format"])), f"{row['n_posts']:,}", *ranges)
    return table


def _range(row: Mapping[str, Any], name: str) -> str:
    """`412 (350–480)`, or that it is not known."""
    ends = [row[f"{name}_{end}"] for end in ("mean", "low", "high")]
    if None in ends:
        return UNKNOWN
    mean, low, high = (figure(end) for end in ends)
    return f"{mean} ({low}–{high})"


def scorecard_table(answer: Mapping[str, Any]) -> "Group":
    """The scorecard for a terminal, the verdicts first."""
    from rich.console import Group

    waits = f"{answer['waiting']:,} forecasts wait for what they speak of." if answer["waiting"] else ""
    return Group(bold(answer["sentence"]), text(""), _scores(answer["scores"]), text(waits))


def _scores(scores: list[dict[str, Any]]) -> "Table":
    table = _grid(("forecasts of", "tier"), ("n", "inside", "middle off by", "range, high ÷ low", "verdict"))
    for score in scores:
        inside = {end: f"{100 * share:.0f}" for end, share in score["coverage"].items()}
        table.add_row(
            score["what"],
            text(score["tier"]),
            f"{score['n']:,}",
            f"{inside['mean']}% ({inside['low']}–{inside['high']})",
            _off(score["bias"]),
            f"{_exp(score['sharpness']):.3g}",
            score["verdict"],
        )
    return table


def _off(bias: float) -> str:
    """The usual distance of outcomes from the middle of the range, as a signed share of it."""
    return f"{100 * (_exp(bias) - 1):+.0f}%"


def _exp(log: float) -> float:
    from math import exp

    return exp(min(log, 700.0))


def _grid(words: tuple[str, ...], numbers: tuple[str, ...]) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in words:
        table.add_column(name, overflow="fold")
    for name in numbers:
        table.add_column(name, justify="left" if name == "verdict" else "right", overflow="fold")
    return table
