"""A creator's signals as people read them: one line each with its range, and in full with formula and parts."""

from dataclasses import dataclass

from asterism.reports.charts import WIDTHS, Chart
from asterism.reports.grid import Cell, Column, Grid, texts, tint
from asterism.reports.rows import Row, row_chart
from asterism.reports.words import NOTHING, Words, spoken
from asterism.signals.profile import PartReading, Profile, Reading


@dataclass(frozen=True, slots=True)
class Section:
    """One signal in full: a sentence, its formula, and the table of its parts."""

    title: str
    sentence: str
    formula: str
    parts: Grid


def signals_chart(profile: Profile, words: Words) -> Chart | None:
    """Each signal with its range from 0 to 1."""
    if not profile.readings:
        return None
    question = f"How strong is {profile.called}, and how sure is that?"
    note = "0 is the weakest and 1 the strongest there can be; what was not measured widens the line."
    rows = [
        Row(spoken(r.name), words.interval(r.value), tint(profile.tier), interval=r.value) for r in profile.readings
    ]
    label = f"{question} " + "; ".join(f"{row.name}: {row.figures}" for row in rows) + "."
    pictures = tuple(row_chart(rows, width, label, lambda x: f"{x:g}") for width in WIDTHS)
    return Chart(question, note, pictures, signals_grid(profile, words))


def signals_grid(profile: Profile, words: Words) -> Grid:
    """Every signal with its range, its place among peers and how much of it was measured."""
    columns = (
        Column("signal"), Column("value (80% range)", True), Column("above, of peers", True), Column("measured", True),
    )  # fmt: skip
    rows = tuple(
        texts(spoken(r.name), words.interval(r.value), percentile(r.percentile, words), words.chance(r.known))
        for r in profile.readings
    )
    return Grid("Signals, 0 to 1", columns, rows)


def section(reading: Reading, words: Words) -> Section:
    """A signal in full: what it stands on, its formula and its parts."""
    return Section(
        f"{spoken(reading.name).capitalize()}: {words.interval(reading.value)}",
        _standing(reading, words),
        _formula(reading),
        parts_grid(reading, words),
    )


def parts_grid(reading: Reading, words: Words) -> Grid:
    """Every part of a signal: its weight, the figure, what it says from 0 to 1, and what it rests on."""
    columns = (
        Column("part"), Column("weight", True), Column("measured", True), Column("score", True), Column("evidence"),
    )  # fmt: skip
    return Grid(_formula(reading), columns, tuple(_part(part, words) for part in reading.parts))


def _formula(reading: Reading) -> str:
    return f"{spoken(reading.name)} = {reading.formula} (edition {reading.version})"


def _standing(reading: Reading, words: Words) -> str:
    place = "" if reading.percentile is None else f"Above {words.chance(reading.percentile)} of peers. "
    if reading.known >= 0.995:
        return f"{place}Every part was measured."
    return f"{place}{words.chance(reading.known)} of its weight was measured; the rest widens the range."


def measured(value: float, unit: str, words: Words) -> str:
    """A measured figure with its unit: shares as per cent."""
    return words.percent(value) if unit == "share" else f"{words.number(value)} {unit}".strip()


def _part(part: PartReading, words: Words) -> tuple[Cell, ...]:
    figure = NOTHING if part.measured is None else measured(part.measured, part.unit, words)
    score = NOTHING if part.score is None else words.number(part.score)
    return texts(part.name, words.chance(part.weight), figure, score, part.evidence)


def percentile(value: float | None, words: Words) -> str:
    """The share of peers below as per cent; a dash where too few are known."""
    return NOTHING if value is None else words.chance(value)
