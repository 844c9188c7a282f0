"""What the terminal shows of a lift, of a test's power, and of what was handed on."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from asterism.reports.console import bold, listed, section, text
from asterism.reports.grid import Column, Grid, texts

if TYPE_CHECKING:
    from rich.console import Group, RenderableType

MOST: Final = 6
"""Treated places named; of more the number is said."""
WAYS: Final = {"synthetic": "synthetic control", "differences": "differences in differences", "series": "the series"}
"""The methods as the terminal says them."""
_PASSED: Final = {True: "holds", False: "does not hold", None: "beside it"}


def lifts_table(answers: Mapping[str, Mapping[str, Any]]) -> "Group":
    """The lift of each tier for a terminal, each answer first and its checks after."""
    from rich.console import Group

    lines: list[RenderableType] = []
    for tier, answer in answers.items():
        lines += [text("")] if lines else []
        lines += _lift(tier, answer)
    return Group(*lines)


def _lift(tier: str, answer: Mapping[str, Any]) -> "list[RenderableType]":
    treated = answer["treated"]
    where = ", ".join(treated) if len(treated) <= MOST else f"{len(treated)} places"
    beside = f" beside {answer['controls']} others" if answer["controls"] else ""
    about = f"{where}{beside}, {answer['start']} to {answer['end']}, by {WAYS.get(answer['method'], answer['method'])}."
    came = []
    if "incremental" in answer:
        low, high = answer["incremental_low"], answer["incremental_high"]
        came = [text(f"On top: {answer['incremental']:,.0f} ({low:,.0f} to {high:,.0f}) of y.")]
    return [
        bold(f"{tier}: {answer['sentence']}" if tier else answer["sentence"]),
        text(about),
        *came,
        *section(checks_grid(answer)),
    ]


def checks_grid(answer: Mapping[str, Any]) -> Grid:
    """The checks of a lift, one per row."""
    rows = tuple(texts(check["name"], _PASSED[check["passed"]], check["sentence"]) for check in answer["checks"])
    return Grid("Checks", (Column("check"), Column("the estimate"), Column("what was found")), rows)


def power_table(answer: Mapping[str, Any]) -> "Group":
    """The power of a test for a terminal."""
    from rich.console import Group

    return Group(bold(answer["sentence"]))


def export_table(answer: Mapping[str, Any]) -> "Group":
    """The files written, and what had to be said."""
    from rich.console import Group

    return Group(*(text(f"Written: {file}") for file in answer["files"]), *listed("Warnings", answer["warnings"]))
