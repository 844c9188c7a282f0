"""What the terminal shows of a plan, a check, an import and a reach: the decision first, its range beside it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, Protocol

from asterism.planning.plan import Alternative, Pick, Plan
from asterism.quantities import Interval
from asterism.reports.charts import times
from asterism.reports.console import bold, listed, section, text
from asterism.reports.grid import Cell, Column, Grid, texts, tint
from asterism.reports.page import doubt, forecast_grid
from asterism.reports.schedule import hand_over_sentence, phases_grid
from asterism.reports.words import (
    NOTHING,
    RESULTS,
    Words,
    certificate,
    default_sentence,
    flip_sentence,
    rung_sentence,
    spoken,
)

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.text import Text

    from asterism.audience.reach import Reach

SHOWN_REJECTS: Final = 10


class Told(Protocol):
    """Anything that tells itself as plain values."""

    def to_dict(self) -> dict[str, Any]:
        """The fields by name."""


def plan_table(plan: Plan, words: Words | None = None) -> "Group":
    """The plan for a terminal of 80 columns or more, the verdict first."""
    from rich.console import Group

    words = words or Words()
    return Group(
        *_verdict(plan, words),
        *section(alternatives(plan, words)),
        *_empties(plan),
        *section(picks(plan, words)),
        *section(forecast_grid(plan, words)),
        *section(phases_grid(plan, words, "Phases")),
        *_handed_over(plan, words),
        *_grounds(plan, words),
        *listed("Defaults used", map(default_sentence, plan.defaults_used)),
        *listed("Evidence", [rung_sentence(plan.rung), *_believed(plan), *_rejected(plan, words)]),
    )


def verdict_table(plan: Plan, words: Words | None = None) -> "Group":
    """The verdict only: micro, macro, or both, how sure, and where the answer changes."""
    from rich.console import Group

    words = words or Words()
    return Group(*_verdict(plan, words), *section(alternatives(plan, words)), *_empties(plan), *_grounds(plan, words))


def check_table(result: Mapping[str, Any]) -> "Group":
    """What `check` found: per file its kind, the columns mapped, those not, rejects with reasons, warnings.

    `result` is the contract's `{"files": [...]}`.
    """
    from rich.console import Group

    return Group(*(part for file in result["files"] for part in _checked(file)))


def import_table(done: Iterable[Told]) -> "Group":
    """What became of each table imported: rows accepted and rejected, and its version in the catalogue."""
    from rich.console import Group

    words, told = Words(), [each.to_dict() for each in done]
    columns = (
        Column("file"), Column("kind"), Column("accepted", True), Column("rejected", True), Column("version", True),
    )  # fmt: skip
    rows = tuple(
        texts(each["file"], each["kind"], *(words.whole(each[key]) for key in ("accepted", "rejected", "version")))
        for each in told
    )
    warnings = [f"{each['file']}: {warning}" for each in told for warning in each["warnings"]]
    return Group(*section(Grid("Imported", columns, rows)), *listed("Warnings", warnings))


def reach_table(reach: "Reach") -> "Group":
    """People reached by a set of creators with the range, how often, and what the figure stands on."""
    from rich.console import Group

    words = Words()
    people = words.interval(Interval(reach.people, reach.low, reach.high))
    columns = (Column("seen"), Column("people", True))
    last = len(reach.frequency)
    rows = tuple(texts(times(i, last=i == last), words.number(n)) for i, n in enumerate(reach.frequency, 1))
    return Group(
        bold(f"{people} people, {reach.kind}, counted once; 80% range."),
        *section(Grid("How often", columns, rows)),
        text(rung_sentence(reach.rung)),
    )


def alternatives(plan: Plan, words: Words) -> Grid:
    """The alternatives that have a plan, short enough for 80 columns."""
    columns = (
        Column("mix"), Column("result (80% range)", True), Column("cost", True), Column("cost each", True),
        Column("creators", True), Column("best in", True),
    )  # fmt: skip
    rows = tuple(_alternative(each, plan, words) for each in plan.verdict.alternatives if each.why_empty is None)
    return Grid(f"Alternatives at the same budget, in {RESULTS[plan.goal][0]}", columns, rows)


def _alternative(each: Alternative, plan: Plan, words: Words) -> tuple[Cell, ...]:
    per_result = words.money(each.cost_per_result, plan.currency) if each.cost_per_result is not None else NOTHING
    name = Cell(spoken(each.name), tint=tint(each.name), strong=each.name == plan.verdict.winner)
    return (
        name,
        *texts(words.result(each.value, plan), words.money(each.cost, plan.currency), per_result),
        *texts(words.number(each.creators), words.chance(each.chance_best)),
    )


def picks(plan: Plan, words: Words) -> Grid:
    """Whom to choose, short enough for 80 columns."""
    columns = (
        Column("creator"), Column("platform"), Column("tier"), Column("package"),
        Column("fee", True), Column("adds", True),
    )  # fmt: skip
    rows = tuple(_pick(pick, plan, words) for pick in plan.picks)
    return Grid(f"Picks, in the order they are added; adds {RESULTS[plan.goal][0]}", columns, rows)


def _pick(pick: Pick, plan: Plan, words: Words) -> tuple[Cell, ...]:
    fee, gain = words.money_interval(pick.price.interval, plan.currency), words.result_mean(pick.gain, plan)
    return (*texts(pick.handle, pick.platform), Cell(pick.tier, tint=tint(pick.tier)), *texts(pick.package, fee, gain))


def _verdict(plan: Plan, words: Words) -> list["Text"]:
    winner = next((each for each in plan.verdict.alternatives if each.name == plan.verdict.winner), None)
    lines = [bold(plan.verdict.sentence)]
    if winner is not None:
        expected = f"{words.result(winner.value, plan)} {RESULTS[plan.goal][0]}, 80% range. {doubt(plan, words)}"
        lines.append(text(expected))
    near = certificate(plan.bound, plan, words)
    proven = f"{near[0].upper()}{near[1:]}"
    spent, budget = words.exact_money(plan.spent, plan.currency), words.exact_money(plan.budget, plan.currency)
    over = words.chance(plan.chance_over_budget)
    lines.append(text(f"{proven}. Spends {spent} of {budget}; {over} chance that fees come out above."))
    return lines + ([text(f"Money is left: {plan.unspent_because}")] if plan.unspent_because else [])


def _grounds(plan: Plan, words: Words) -> list["RenderableType"]:
    return [
        *listed("Where the answer changes", (flip_sentence(flip, plan, words) for flip in plan.verdict.flips)),
        *listed("Why", (reason.text for reason in plan.verdict.reasons)),
        *listed("Warnings", plan.warnings),
    ]


def _handed_over(plan: Plan, words: Words) -> list["Text"]:
    said = hand_over_sentence(plan, words)
    return [text(said)] if said else []


def _empties(plan: Plan) -> list["Text"]:
    return [text(f"{spoken(each.name)}: {each.why_empty}") for each in plan.verdict.alternatives if each.why_empty]


def _believed(plan: Plan) -> list[str]:
    """What stands in place of the shipped benchmarks, where something does."""
    return [
        f"Rates, fees and responses start from own figures: {said}." for said in [plan.versions.get("priors")] if said
    ]


def _rejected(plan: Plan, words: Words) -> list[str]:
    if not plan.rejects:
        return []
    some = words.counted(len(plan.rejects), "value or row", "values or rows")
    return [f"{some} could not be used; the report lists them."]


def _checked(file: Mapping[str, Any]) -> list["RenderableType"]:
    words = Words()
    rows = f"{words.whole(file['accepted'])} of {words.counted(file['rows'], 'row', 'rows')} usable"
    mapped = tuple(texts(c["source"], c["field"], c["unit"], c["how"]) for c in file["columns"])
    columns = (Column("column"), Column("read as"), Column("unit"), Column("how"))
    left = tuple(texts(c["source"], c["why"]) for c in file["unmapped"])
    rejects = tuple(_reject(r) for r in file["rejects"][:SHOWN_REJECTS])
    heads = (Column("row", True), Column("column"), Column("value"), Column("reason"))
    return [
        bold(f"{file['file']}: {file['kind']}, {rows}" if file["kind"] else f"{file['file']}: no table we can use"),
        *section(Grid("Columns mapped", columns, mapped)),
        *section(Grid("Columns not used", (Column("column"), Column("why")), left)),
        *section(
            Grid(
                f"Rejects, {min(len(file['rejects']), SHOWN_REJECTS)} of {words.whole(len(file['rejects']))}",
                heads,
                rejects,
            )
        ),
        *listed("Warnings", file["warnings"]),
        text(""),
    ]


def _reject(reject: Mapping[str, Any]) -> tuple[Cell, ...]:
    return texts(*(str(reject[key]) for key in ("row", "column", "value", "reason")))
