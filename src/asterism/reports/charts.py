"""The pictures of a plan, each one question: drawn at three widths, in words, and as a table of the same figures."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from asterism.planning.plan import Alternative, Flip, Plan
from asterism.reports.grid import Cell, Column, Grid, texts, tint
from asterism.reports.lines import Line, Place, line_chart
from asterism.reports.rows import Row, row_chart
from asterism.reports.steps import step_chart
from asterism.reports.words import NOTHING, RESULTS, Words, spoken

WIDTHS: Final = (358, 640, 960)
"""A phone, a sheet of paper or tablet, a desk; in CSS pixels, so that letters keep their size."""
LEAST_SEEN: Final = 1e-4
"""Frequencies that a smaller part of those reached attains are left out of the curve."""
MOST_ROWS: Final = 20
"""More picks than this are drawn as one last row; the table has them all."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A question, its pictures from narrow to wide, a note on how to read them, and the figures."""

    question: str
    note: str
    pictures: tuple[Markup, ...]
    grid: Grid


def alternatives_chart(plan: Plan, words: Words) -> Chart:
    """Every alternative at the same budget with its 80% interval."""
    result = RESULTS[plan.goal][0]
    rows = [_alternative_row(plan, each, words) for each in plan.verdict.alternatives]
    question = f"Which mix brings the most {result} for {words.money(plan.budget, plan.currency)}?"
    note = f"{result.capitalize()}; the line holds the truth in 80% of cases, the dot is the mean."
    return Chart(question, note, _rows(question, rows, _axis(plan, words)), alternatives_grid(plan, words))


def curve_chart(plan: Plan, words: Words) -> Chart | None:
    """The best result of each alternative by budget, with the places where the answer flips."""
    lines = [line for each in plan.verdict.alternatives if (line := _curve(plan, each.name))]
    if not lines:
        return None
    question = "What would more or less money bring?"
    note = f"{RESULTS[plan.goal][0].capitalize()} by budget, on means; for the ranges see above."
    write = (lambda value: words.compact_money(value, plan.currency), _axis(plan, words))
    label = f"{question} " + "; ".join(_ends(line, plan, words) for line in lines) + "."
    places = _places(plan, words, {x for line in lines for x, _ in line.points})
    pictures = tuple(line_chart(lines, places, width, label, write) for width in WIDTHS)
    return Chart(question, note, pictures, _curve_grid(plan, lines, words))


def build_up_chart(plan: Plan, words: Words) -> Chart | None:
    """How many people each pick adds to those reached before it."""
    if not plan.build_up or len(plan.build_up) != len(plan.picks):
        return None
    steps = list(pairwise((0.0, *plan.build_up)))
    rows = [
        Row(pick.handle, f"+{words.number(after - before)}", tint(pick.tier), span=(before, after))
        for pick, (before, after) in zip(plan.picks, steps, strict=True)
    ]
    if len(rows) > MOST_ROWS:
        rest = words.counted(len(rows) - MOST_ROWS + 1, "more creator", "more creators")
        before = steps[MOST_ROWS - 1][0]
        grown = f"+{words.number(plan.build_up[-1] - before)}"
        rows = [*rows[: MOST_ROWS - 1], Row(rest, grown, "other", span=(before, plan.build_up[-1]))]
    reach = plan.forecast.reach
    rows.append(Row("together", words.interval(reach), "two_phase", interval=reach, strong=True))
    question = "How many new people does each creator add?"
    note = "People are counted once: whoever an earlier creator reached is not added again."
    return Chart(question, note, _rows(question, rows, words.compact), _build_up_grid(plan, words))


def curve_of_frequency(plan: Plan, words: Words) -> Chart | None:
    """How many people are reached at least once, twice and so on, with ranges; exact numbers where none are known."""
    known = plan.forecast.at_least
    points = [point for i, point in enumerate(known) if i < 2 or point.mean >= LEAST_SEEN * known[0].mean]
    if not points or not known[0].mean:
        return frequency_chart(plan, words)
    question = "How many people see it at least so often?"
    note = "1+ is reach: whoever sees one post or more. The line holds the truth in 80% of cases, the dot is the mean."
    names = [times(i) for i in range(1, len(points) + 1)]
    said = [f"{name} or more: {words.interval(point)}" for name, point in zip(names, points, strict=True)]
    label = f"{question} {'; '.join(said)}."
    columns = (Column("seen at least"), Column("people (80% range)", True), Column("of those reached", True))
    shares = [words.percent(point.mean / points[0].mean) for point in points]
    grid = Grid(question, columns, tuple(map(texts, names, map(words.interval, points), shares)))
    pictures = tuple(
        step_chart(points, width, label, lambda x: words.compact(float(f"{x:.3g}")), "micro") for width in WIDTHS
    )
    return Chart(question, note, pictures, grid)


def frequency_chart(plan: Plan, words: Words) -> Chart | None:
    """How many people are reached exactly once, twice and so on."""
    people = plan.forecast.frequency
    if not any(people):
        return None
    names = [times(i + 1, last=i + 1 == len(people)) for i in range(len(people))]
    rows = [
        Row(name, words.number(n), "micro", span=(0.0, n)) for name, n in zip(names, people, strict=True)
    ]  # fmt: skip
    question = "How often does each person see it?"
    note = "People by the number of posts they see, at the mean forecast."
    columns = (Column("seen"), Column("people", True), Column("of those reached", True))
    shares = [words.percent(n / sum(people)) for n in people]
    grid = Grid(question, columns, tuple(map(texts, names, [words.number(n) for n in people], shares)))
    return Chart(question, note, _rows(question, rows, words.compact), grid)


def times(n: int, *, last: bool = False) -> str:
    """How often, in words.

    >>> times(1), times(4, last=True)
    ('once', '4 times or more')
    """
    word = {1: "once", 2: "twice"}.get(n, f"{n} times")
    return f"{word} or more" if last and n > 1 else word


def alternatives_grid(plan: Plan, words: Words) -> Grid:
    """Every alternative with its figures."""
    one = RESULTS[plan.goal][1]
    columns = (
        Column("alternative"), Column(f"{RESULTS[plan.goal][0]} (80% range)", True), Column("cost", True),
        Column(f"cost per {one}", True), Column("creators", True), Column("best in, of outcomes", True),
    )  # fmt: skip
    rows = tuple(_alternative_cells(plan, each, words) for each in plan.verdict.alternatives)
    return Grid("The best plan of each kind at the same budget", columns, rows)


def _alternative_cells(plan: Plan, each: Alternative, words: Words) -> tuple[Cell, ...]:
    winner = each.name == plan.verdict.winner
    name = Cell(spoken(each.name), ("winner",) if winner else (), tint(each.name), strong=winner)
    if each.why_empty is not None:
        return (name, *texts(*[NOTHING] * 5))
    per_result = words.money(each.cost_per_result, plan.currency) if each.cost_per_result is not None else NOTHING
    figures = texts(
        words.result(each.value, plan), words.money(each.cost, plan.currency), per_result,
        words.number(each.creators), words.chance(each.chance_best),
    )  # fmt: skip
    return (name, *figures)


def _alternative_row(plan: Plan, each: Alternative, words: Words) -> Row:
    winner = each.name == plan.verdict.winner
    name = f"{spoken(each.name)} – winner" if winner else spoken(each.name)
    if each.why_empty is not None:
        return Row(name, each.why_empty, tint(each.name))
    return Row(name, words.result(each.value, plan), tint(each.name), interval=each.value, strong=winner)


def _curve(plan: Plan, name: str) -> Line | None:
    points = sorted((p.budget, p.value) for p in plan.curve if p.alternative == name)
    return Line(spoken(name), tint(name), tuple(points), name == plan.verdict.winner) if points else None


def _places(plan: Plan, words: Words, budgets: set[float]) -> list[Place]:
    here = Place(plan.budget, f"this budget, {words.compact_money(plan.budget, plan.currency)}", strong=True)
    flips = [_flip_place(flip, plan, words) for flip in plan.verdict.flips if flip.what == "budget"]
    return [place for place in (here, *flips) if min(budgets) <= place.x <= max(budgets)]


def _flip_place(flip: Flip, plan: Plan, words: Words) -> Place:
    side = "from" if flip.at > plan.budget else "up to"
    return Place(flip.at, f"{spoken(flip.to)} {side} {words.compact_money(flip.at, plan.currency)}")


def _curve_grid(plan: Plan, lines: list[Line], words: Words) -> Grid:
    by_budget: dict[float, dict[str, float]] = {}
    for line in lines:
        for budget, value in line.points:
            by_budget.setdefault(budget, {})[line.name] = value
    columns = (Column("budget", True), *(Column(line.name, True) for line in lines))
    rows = tuple(
        texts(
            words.money(budget, plan.currency),
            *(words.result_mean(values[line.name], plan) if line.name in values else NOTHING for line in lines),
        )
        for budget, values in sorted(by_budget.items())
    )
    return Grid(f"{RESULTS[plan.goal][0].capitalize()} by budget", columns, rows)


def _build_up_grid(plan: Plan, words: Words) -> Grid:
    columns = (Column("creator"), Column("tier"), Column("people added", True), Column("people reached so far", True))
    rows = tuple(
        (
            Cell(pick.handle),
            Cell(pick.tier, tint=tint(pick.tier)),
            *texts(words.number(after - before), words.number(after)),
        )
        for pick, (before, after) in zip(plan.picks, pairwise((0.0, *plan.build_up)), strict=True)
    )
    return Grid("People added creator by creator", columns, rows)


def _rows(question: str, rows: list[Row], axis: Callable[[float], str]) -> tuple[Markup, ...]:
    label = f"{question} " + "; ".join(f"{row.name}: {row.figures}" for row in rows) + "."
    return tuple(row_chart(rows, width, label, axis) for width in WIDTHS)


def _axis(plan: Plan, words: Words) -> Callable[[float], str]:
    if plan.goal == "profit":
        return lambda value: words.compact_money(value, plan.currency)
    return words.compact


def _ends(line: Line, plan: Plan, words: Words) -> str:
    (low, first), (high, last) = line.points[0], line.points[-1]
    budgets = f"{words.money(low, plan.currency)} to {words.money(high, plan.currency)}"
    return f"{line.name} goes from {words.result_mean(first, plan)} to {words.result_mean(last, plan)} for {budgets}"
