"""What a survey makes of tracked orders, for people: a row per tier in words, and its picture."""

from collections.abc import Sequence
from typing import Final

from asterism.measurement.multiplier import EVERY, Multiplier
from asterism.quantities import Interval
from asterism.reports.charts import WIDTHS, Chart
from asterism.reports.grid import Cell, Column, Grid, texts, tint
from asterism.reports.rows import Row, row_chart
from asterism.reports.words import NOTHING, Words

QUESTION: Final = "How many orders came for each one that was tracked?"
NOTE: Final = (
    "Orders by what people say, per tracked order; 1 is what tracking saw. The line holds the truth in 80% of cases."
)


def heard_grid(found: Sequence[Multiplier], currency: str, words: Words) -> Grid:
    """A row per tier, and last all together: who names them, orders tracked and believed, the multiplier, revenue."""
    columns = (
        Column("tier"), Column("answers that name it", True), Column("orders tracked", True),
        Column("orders by what people say", True), Column("times as many", True), Column("revenue adjusted", True),
    )  # fmt: skip
    rows = tuple(_cells(each, currency, words) for each in found)
    return Grid("What people say beside what was tracked, with 80% ranges", columns, rows)


def heard_chart(found: Sequence[Multiplier], currency: str, words: Words) -> Chart | None:
    """The multiplier of each tier that can be told."""
    rows = [
        Row(_called(each), times(each.value, words), tint(each.tier), interval=each.value, strong=each.tier == EVERY)
        for each in found
        if each.told and each.value is not None
    ]
    if not rows:
        return None
    label = f"{QUESTION} " + "; ".join(f"{row.name}: {row.figures}" for row in rows) + "."
    pictures = tuple(row_chart(rows, width, label, lambda x: f"{x:g}") for width in WIDTHS)
    return Chart(QUESTION, NOTE, pictures, heard_grid(found, currency, words))


def times(value: Interval, words: Words) -> str:
    """A multiplier with its range."""
    return f"{words.number(value.mean)} ({words.number(value.low)}–{words.number(value.high)})"


def _called(each: Multiplier) -> str:
    return "all together" if each.tier == EVERY else each.tier


def _cells(each: Multiplier, currency: str, words: Words) -> tuple[Cell, ...]:
    name = Cell(_called(each), tint="" if each.tier == EVERY else tint(each.tier), strong=each.tier == EVERY)
    seen = (f"{words.whole(each.naming)} of {words.whole(each.answers)}", words.number(each.tracked))
    if not each.told:
        waits = Cell("", (each.says,))
        return (name, *texts(*seen), waits, *texts(NOTHING, NOTHING))
    projected = words.interval(each.projected) if each.projected else NOTHING
    value = Cell(times(each.value, words) if each.value else NOTHING, _capped(each))
    money = each.revenue_cents
    worth = f"{words.money(money.mean / 100, currency)}" if money else NOTHING
    span = (f"{words.money(money.low / 100, currency)} to {words.money(money.high / 100, currency)}",) if money else ()
    return (name, *texts(*seen, projected), value, Cell(worth, span))


def _capped(each: Multiplier) -> tuple[str, ...]:
    return (f"held at the cap of {each.cap:g}",) if each.capped else ()
