"""How the picks belong together: the asterism, and the square of shared audiences."""

from typing import Final

from asterism.planning.plan import Plan
from asterism.reports.asterism import asterism_grid, asterism_picture
from asterism.reports.charts import WIDTHS, Chart
from asterism.reports.grid import Column, Grid, texts
from asterism.reports.heat import STEPS, Square, heat_chart
from asterism.reports.sky import constellation
from asterism.reports.words import Words

TOLD: Final = 5
"""Pairs named in the text alternative."""

Pair = tuple[float, int, int]


def asterism_chart(plan: Plan, words: Words) -> Chart | None:
    """The picks as stars: near where they share people, large where they add many, joined in the order of the plan."""
    if not 1 <= len(plan.duplication.shared) <= len(plan.picks):
        return None
    question = "Which creators belong together?"
    note = (
        "Each star is a creator, numbered and joined in the order to add them. Near means shared people; "
        "the size says how many people it adds, the colour its tier."
    )
    places, label = constellation(plan.duplication.share), f"{question} {_told(plan, words)}"
    pictures = tuple(asterism_picture(plan, places, width, label) for width in WIDTHS)
    return Chart(question, note, pictures, asterism_grid(plan, words))


def overlap_chart(plan: Plan, words: Words) -> Chart | None:
    """What part of the smaller audience each two picks share."""
    share = plan.duplication.share
    if not 2 <= len(share) <= len(plan.picks):
        return None
    question = "Who shares whose audience?"
    note = (
        "Per cent of the smaller audience, on target, that belongs to both; blank is under half a per cent. "
        "Numbers are the order to add them; neighbours share most."
    )
    square = Square(tuple(pick.handle for pick in plan.picks[: len(share)]), share)
    pictures = tuple(heat_chart(square, width, f"{question} {_told(plan, words)}") for width in WIDTHS)
    return Chart(question, note, pictures, _overlap_grid(plan, words))


def _pairs(plan: Plan) -> list[Pair]:
    """Every two picks with the share of the smaller audience, the largest first."""
    share = plan.duplication.share
    pairs = [(share[a][b], a, b) for b in range(len(share)) for a in range(b)]
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))


def _told(plan: Plan, words: Words) -> str:
    found = [
        f"{plan.picks[a].handle} and {plan.picks[b].handle} share {words.percent(share)}"
        for share, a, b in _pairs(plan)[:TOLD]
        if share >= STEPS[0]
    ]
    if not found:
        return "No two of them share half a per cent of an audience."
    return f"Of the smaller audience, {'; '.join(found)}."


def _overlap_grid(plan: Plan, words: Words) -> Grid:
    shared = plan.duplication.shared
    columns = (
        Column("creator"), Column("and"), Column("people shared", True), Column("of the smaller audience", True),
    )  # fmt: skip
    rows = tuple(
        texts(plan.picks[a].handle, plan.picks[b].handle, words.number(shared[a][b]), words.percent(share))
        for share, a, b in _pairs(plan)
        if share >= STEPS[0]
    )
    return Grid("Pairs that share half a per cent or more, those who share most first", columns, rows)
