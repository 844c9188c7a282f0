"""`asterism ripple`: whom to seed in a follow graph."""

from enum import StrEnum
from typing import Annotated

import typer

from asterism.faces.cli import Json, Seed, app, show


class Model(StrEnum):
    """How something spreads."""

    IC = "ic"
    LT = "lt"


Graph = Annotated[str, typer.Argument(metavar="GRAPH", help="Edge list (text, CSV, Parquet) or GEXF; - for stdin.")]
K = Annotated[int | None, typer.Option("-k", min=1, help="Most seeds; 50 otherwise, or what the budget allows.")]
Epsilon = Annotated[float, typer.Option(help="How far the proof may fall short of 1 - 1/e of the best.")]
Delta = Annotated[float | None, typer.Option(help="Chance that the range does not hold; 1 / nodes otherwise.")]
Spread = Annotated[Model, typer.Option(help="Independent cascade or linear threshold.")]
Weights = Annotated[str, typer.Option(help="wc: 1 / in-degree; a number for all; column: the graph's third; a file.")]
Undirected = Annotated[bool, typer.Option("--undirected", help="Every edge runs both ways.")]
Reverse = Annotated[
    bool, typer.Option("--reverse", help="Turn every edge round, as where a line says who follows whom.")
]
Costs = Annotated[str | None, typer.Option(help="Table: node, cost.")]
Budget = Annotated[float | None, typer.Option(help="What all seeds may cost together.")]
Targets = Annotated[str | None, typer.Option(help="Table: node, weight in the target audience; others count 0.")]
Eligible = Annotated[str | None, typer.Option(help="Table: the nodes that can be seeds.")]
Names = Annotated[str | None, typer.Option(help="Table: node, what people call it.")]
Threads = Annotated[int | None, typer.Option(min=1, help="Threads at most; ASTERISM_THREADS otherwise.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Read the graph anew and keep nothing.")]


@app.command()
def ripple(
    graph: Graph,
    k: K = None,
    epsilon: Epsilon = 0.1,
    delta: Delta = None,
    model: Spread = Model.IC,
    weights: Weights = "wc",
    undirected: Undirected = False,
    reverse: Reverse = False,
    costs: Costs = None,
    budget: Budget = None,
    targets: Targets = None,
    eligible: Eligible = None,
    names: Names = None,
    threads: Threads = None,
    seed: Seed = 0,
    no_cache: NoCache = False,
    as_json: Json = False,
) -> None:
    """Find whom to seed in a follow graph, and how far it spreads from there."""
    from asterism.audience.cascade import Ask
    from asterism.desk.node_tables import RippleFiles
    from asterism.desk.ripple import Edging, ripple_files
    from asterism.reports.ripple import ripple_table

    asked = Ask(k=k, epsilon=epsilon, delta=delta, model=model.value, budget=budget, seed=seed, threads=threads)
    files = RippleFiles(graph, costs, targets, eligible, names)
    answer = ripple_files(files, Edging(weights, undirected, reverse, keep=not no_cache), asked)
    show(answer.to_dict(), as_json, lambda: ripple_table(answer.to_dict()))
