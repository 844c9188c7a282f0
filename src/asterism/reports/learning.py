"""What the terminal shows of learning: what moved, whom to book again, the next wave, what to find out."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from asterism.quantities import figure
from asterism.reports import belief_words as words
from asterism.reports.console import bold, listed, text
from asterism.reports.words import Words

if TYPE_CHECKING:
    from rich.console import Group

LEFT_OUT: Final = "Nothing is learnt from"
LEGEND: Final = "Ranges are 80%; weight is how far own results outweigh the shipped figure."
WHOLE: Final = "Revenue is taken for what an order leaves, which is too much: state what is left, as --margin 40%."
NAME: Final = 12
"""Letters that names keep beside wide figures, so that they wrap between words."""
MOST: Final = 40
"""Rows shown; `--json` has them all."""


def learned_table(answer: Mapping[str, Any], written: Sequence[str] = ()) -> "Group":
    """What came out otherwise than the benchmarks in one sentence, then every entry, levels first."""
    from rich.console import Group
    from rich.table import Table

    rows = sorted((_typical(update) for update in answer["updates"]), key=_place)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("of", overflow="fold", min_width=NAME)
    for name in ("before", "after", "creators", "weight"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows[:MOST]:
        table.add_row(*_entry(row))
    first = {"campaigns": _most(rows, "campaigns"), "creators": _most(rows, "creators"), "updates": rows}
    used = sum(row["used"] for row in rows)
    said = f"{_some(used, 'benchmark')} moved, {_some(len(rows) - used, 'more')} only noted. {LEGEND}"
    more = [f"{len(rows) - MOST:,} more with --json."] if len(rows) > MOST else []
    left = listed(LEFT_OUT, answer["left_out"])
    return Group(bold(words.answer(first)), text(said), text(""), table, *map(text, more), *left, *map(text, written))


def _typical(update: Mapping[str, Any]) -> dict[str, Any]:
    """What became of an entry at the size most creators are near."""
    size = max(update["sizes"], key=lambda s: int(s["creators"]))
    return {**update, **{name: size[name] for name in ("followers", "before", "after")}}


def _place(row: Mapping[str, Any]) -> tuple[bool, int, int, str]:
    first = row["name"].partition(".")[0]
    level = words.HEADLINES.index(first) if first in words.HEADLINES else len(words.HEADLINES)
    return not row["used"], level, -row["results"], row["name"]


def _entry(row: Mapping[str, Any]) -> tuple[Any, ...]:
    size = f", {words.tier_of(row['followers'])}" if row["followers"] else ""
    named = f"{words.words_of(row['name'])}{size}{'' if row['used'] else ' (noted)'}"
    before, _ = words.shown(row["before"], row["unit"])
    after, ends = words.shown(row["after"], row["unit"])
    return text(named), before, f"{after} ({ends.strip(' %USD')})", f"{row['creators']:,}", f"{row['weight']:.0%}"


def _most(rows: Sequence[Mapping[str, Any]], name: str) -> int:
    return max((row[name] for row in rows), default=0)


def _some(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'s' * (n != 1 and noun != 'more')}"


def rebooking_table(answer: Sequence[Mapping[str, Any]], margin: float, left: Sequence[str] = ()) -> "Group":
    """Everybody with past work, those to keep first; and that the margin counts, where nobody stated one."""
    from rich.console import Group

    verdicts = [advice["verdict"] for advice in answer]
    said = ", ".join(f"{verdict}: {verdicts.count(verdict)}" for verdict in dict.fromkeys(verdicts))
    lines = [line for advice in answer[:MOST] for line in _advice(advice)]
    more = [text(f"{len(answer) - MOST:,} more with --json.")] if len(answer) > MOST else []
    whole = [text(WHOLE)] if margin == 1 else []
    return Group(bold(f"{said[:1].upper()}{said[1:]}."), *whole, text(""), *lines, *more, *listed(LEFT_OUT, left))


def _advice(advice: Mapping[str, Any]) -> list[Any]:
    verdict = f"{advice['verdict']}, an advocate" if advice["advocate"] else advice["verdict"]
    return [bold(f"{advice['creator_id']}: {verdict}"), *(text(f"  {reason}") for reason in advice["reasons"])]


def wave_table(answer: Mapping[str, Any], left: Sequence[str] = ()) -> "Group":
    """The bookings of the next wave."""
    from rich.console import Group

    n, spent = len(answer["allocations"]), f"{figure(answer['spent'])} of {figure(answer['budget'])} USD"
    parts = ", ".join(f"{tier} {figure(cost)}" for tier, cost in answer["tiers"].items() if cost)
    lines = [
        line
        for row in answer["allocations"]
        for line in (
            bold(f"{row['creator_id']} ({row['tier']}): {figure(row['cost'])} USD"),
            text(f"  {row['reason']}; {Words().chance(row['chance'])} to be among the best {n}"),
        )
    ]
    return Group(
        bold(f"Book {n} creator{'s' * (n != 1)} for {spent}: {parts}."), text(""), *lines, *listed(LEFT_OUT, left)
    )


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
