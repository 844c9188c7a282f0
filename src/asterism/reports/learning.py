"""What the terminal shows of learning: what moved, whom to book again, the next wave, what to find out."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from asterism.quantities import figure
from asterism.reports.console import bold, text

if TYPE_CHECKING:
    from rich.console import Group

MOST: Final = 40
"""Rows shown; `--json` has them all."""


def learned_table(answer: Mapping[str, Any], written: str = "") -> "Group":
    """What became of each entry, those with most results first."""
    from rich.console import Group
    from rich.table import Table

    rows = sorted(answer["updates"], key=lambda u: (not u["used"], -u["results"]))
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("entry", overflow="fold")
    for name in ("before", "after", "creators", "weight"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows[:MOST]:
        size = max(row["sizes"], key=lambda s: int(s["creators"]))
        share = row["unit"] == "share"
        at = "" if size["followers"] is None else f" at {figure(size['followers'])}"
        noted = "" if row["used"] else " (noted)"
        before, after = (_range(size[end], share) for end in ("before", "after"))
        table.add_row(text(row["name"] + at + noted), before, after, f"{row['creators']:,}", f"{row['weight']:.0%}")
    used = sum(row["used"] for row in rows)
    said = f"{used:,} entries moved; ranges are 80%; weight is how far own results outweigh the shipped figure."
    more = [f"{len(rows) - MOST:,} more with --json."] if len(rows) > MOST else []
    return Group(bold(said), text(""), table, *(text(line) for line in (*more, *([written] if written else []))))


def rebooking_table(answer: Sequence[Mapping[str, Any]]) -> "Group":
    """Everybody with past work, those to keep first."""
    from rich.console import Group

    verdicts = [advice["verdict"] for advice in answer]
    said = ", ".join(f"{verdict}: {verdicts.count(verdict)}" for verdict in dict.fromkeys(verdicts))
    lines = [line for advice in answer[:MOST] for line in _advice(advice)]
    more = [text(f"{len(answer) - MOST:,} more with --json.")] if len(answer) > MOST else []
    return Group(bold(f"{said[:1].upper()}{said[1:]}."), text(""), *lines, *more)


def _advice(advice: Mapping[str, Any]) -> list[Any]:
    verdict = f"{advice['verdict']}, an advocate" if advice["advocate"] else advice["verdict"]
    return [bold(f"{advice['creator_id']}: {verdict}"), *(text(f"  {reason}") for reason in advice["reasons"])]


def wave_table(answer: Mapping[str, Any]) -> "Group":
    """The bookings of the next wave."""
    from rich.console import Group

    n, spent = len(answer["allocations"]), f"{figure(answer['spent'])} of {figure(answer['budget'])} USD"
    parts = ", ".join(f"{tier} {figure(cost)}" for tier, cost in answer["tiers"].items() if cost)
    lines = [
        line
        for row in answer["allocations"]
        for line in (
            bold(f"{row['creator_id']} ({row['tier']}): {figure(row['cost'])} USD"),
            text(f"  {row['reason']}; {row['chance']:.0%} to be among the best {n}"),
        )
    ]
    return Group(bold(f"Book {n} creator{'s' * (n != 1)} for {spent}: {parts}."), text(""), *lines)


def experiments_table(answer: Mapping[str, Any]) -> "Group":
    """Experiments, the most worthwhile first."""
    from rich.console import Group

    unit = answer["currency"]
    lines = [
        line
        for row in answer["experiments"]
        for line in (
            bold(f"{row['what']}: worth {figure(row['worth'])}, costs {figure(row['cost'])} {unit}"),
            text(f"  {row['reason']}"),
        )
    ]
    return Group(bold(answer["sentence"]), text(""), *lines)


def _range(interval: Mapping[str, float], share: bool = False) -> str:
    mean, low, high = (figure(interval[end] * (100 if share else 1)) for end in ("mean", "low", "high"))
    return f"{mean}{'%' if share else ''} ({low}–{high})"
