"""What the terminal shows of a disclosure: the verdict, every rule with its source, and what to change."""

from typing import TYPE_CHECKING, Final

from asterism.campaigns.disclosure.verdict import Disclosure, RuleAnswer
from asterism.reports.console import bold, listed, section, text
from asterism.reports.grid import Cell, Column, Grid, texts

if TYPE_CHECKING:
    from rich.console import Group

MET: Final = {True: "met", False: "not met", None: "open"}


def disclosure_table(found: Disclosure) -> "Group":
    """The disclosure for a terminal of 80 columns or more, the verdict first."""
    from rich.console import Group

    return Group(
        bold(found.sentence),
        *section(rules_grid(found)),
        *listed("What to change", dict.fromkeys(a.change for a in found.rules if a.change and a.met is not True)),
        *listed("Sources", dict.fromkeys(f"{a.rule.source} ({a.rule.date.isoformat()})" for a in found.rules)),
        text(""),
        text(found.notice),
    )


def rules_grid(found: Disclosure) -> Grid:
    """The rules in rows: which, in which version, met or not, and what was found."""
    columns = (Column("rule"), Column("version"), Column("is"), Column("found"))
    where = f"{found.jurisdiction}, {found.format} on {found.platform}"
    return Grid(f"Rules for {where}; in brackets: advice and terms", columns, tuple(map(_row, found.rules)))


def _row(answer: RuleAnswer) -> tuple[Cell, ...]:
    name = answer.rule.id if answer.rule.binding else f"({answer.rule.id})"
    met = Cell(MET[answer.met], strong=answer.met is False and answer.rule.binding)
    return (*texts(name, answer.rule.version), met, Cell(answer.found))
