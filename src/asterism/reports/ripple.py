"""What the terminal shows of a ripple: how far it reaches, from whom, and how near that is to the best."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from asterism.reports.console import bold, listed, text

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

MODELS: Final = {"ic": "independent cascade", "lt": "linear threshold"}
CHANCES: Final = {"wc": "each of a node's d sources passes it on with chance 1 / d", "column": "chances from the graph"}


def ripple_sentence(answer: Mapping[str, Any]) -> str:
    """The answer and its proof in two sentences, from the fields of `asterism ripple --json`."""
    n, of = len(answer["seeds"]), f"{answer['graph']['nodes']:,}"
    whom = "this one" if n == 1 else f"these {n:,}"
    spread, low, high = (_figure(answer[name]) for name in ("spread", "lower", "upper"))
    people = "people" if answer["targeted"] is False else f"of {_figure(answer['worth'])} in the target audience"
    for_what = (
        f", for {_amount(answer['cost'])} of {_amount(answer['budget'])}," if answer["budget"] is not None else ""
    )
    rival = "choice within that budget" if for_what else f"{n:,}" if n > 1 else "one"
    reached = f"Seeding {whom} of {of}{for_what} reaches about {spread} {people} (at least {low})."
    return f"{reached} No {rival} could reach more than {high}: {_proven(answer)}."


def ripple_table(answer: Mapping[str, Any]) -> "Group":
    """The ripple for a terminal of 80 columns or more, the answer first."""
    from rich.console import Group

    return Group(
        bold(ripple_sentence(answer)),
        *(text(line) for line in _figures(answer)),
        text(""),
        _table(answer),
        *listed("Warnings", answer["warnings"]),
    )


def _proven(answer: Mapping[str, Any]) -> str:
    """What is proven of the seeds; rounded down, so that it never says too much."""
    share = math.floor(100 * answer["guarantee"]) if math.isfinite(answer["guarantee"]) else 0
    return f"that is at least {share}% of the best possible" if share else "how near the best that is, is not proven"


def _figures(answer: Mapping[str, Any]) -> list[str]:
    graph = answer["graph"]
    kind = "undirected " if graph["undirected"] else ""
    chance = CHANCES.get(answer["weights"], f"chances: {answer['weights']}")
    read = f"Graph: {graph['nodes']:,} nodes, {graph['edges']:,} {kind}edges, read in {answer['load_seconds']:.2g} s."
    return [
        f"That is {_share(answer['spread'] / answer['worth'])} of everybody, the seeds themselves counted.",
        f"Spread: {MODELS[answer['model']]}; {chance}.",
        f"{read} Search: {answer['rr_sets']:,} RR sets in {answer['seconds']:.2g} s.",
    ]


def _table(answer: Mapping[str, Any]) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False, header_style="")
    picks = answer["picks"]
    named, priced = any(p["name"] != p["id"] for p in picks), answer["budget"] is not None
    table.add_column("seed", justify="right")
    table.add_column("node", overflow="fold")
    if named:
        table.add_column("name", overflow="fold")
    table.add_column("leads to", justify="right")
    if priced:
        table.add_column("cost", justify="right")
    for i, pick in enumerate(picks, 1):
        names = [text(pick["name"])] if named else []
        costs = [_amount(pick["cost"])] if priced else []
        table.add_row(str(i), text(pick["id"]), *names, f"{pick['leads_to']:,}", *costs)
    return table


def _figure(value: float) -> str:
    """A number at four significant figures from a thousand up, three below."""
    digits = 4 if abs(value) >= 1000 else 3
    return f"{float(f'{value:.{digits}g}'):,.{0 if abs(value) >= 100 else 1}f}".removesuffix(".0")


def _share(share: float) -> str:
    return f"{100 * share:.3g}%"


def _amount(value: float) -> str:
    return f"{value:,.2f}".removesuffix(".00")
