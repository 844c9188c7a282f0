"""The files of a ripple, and what those beside the graph say of its nodes: costs, target weights, who can be a seed."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from asterism.audience.cascade import Ask
from asterism.errors import BadInput
from asterism.store.graphs.cells import Bounds, Floats
from asterism.store.graphs.files import GraphFile
from asterism.store.graphs.layouts import COST, WEIGHT
from asterism.store.graphs.node_values import NodeValues, read_node_values, read_nodes


@dataclass(frozen=True, slots=True)
class RippleFiles:
    """The files of a ripple; only the graph is needed.

    Parameters
    ----------
    graph
        Edge list as text or Parquet, or GEXF.
    costs
        What seeding each node costs.
    targets
        What reaching each node is worth; nodes it leaves out are worth nothing.
    eligible
        The nodes that can be seeds.
    names
        What people call the nodes.
    """

    graph: str
    costs: str | None = None
    targets: str | None = None
    eligible: str | None = None
    names: str | None = None


def with_nodes(asked: Ask, files: RippleFiles, opened: GraphFile) -> tuple[Ask, tuple[str, ...]]:
    """What is asked with the values of the nodes, and what is said of strangers.

    Raises
    ------
    BadInput
        A value is no number or out of bounds, a node that can be a seed has no cost, or a file names no node at all.
    NotFound, UnreadableFile, MissingColumns, OutsideFailure
        A file cannot be read, or lacks a column.
    """
    said: list[str] = []
    eligible = _eligible(files.eligible, opened, said)
    return replace(
        asked,
        eligible=eligible,
        weights=_target_weights(files.targets, opened, said),
        costs=_costs(files.costs, opened, eligible, said),
    ), tuple(said)


def _eligible(path: str | None, opened: GraphFile, said: list[str]) -> Any:
    if path is None:
        return None
    read = read_nodes(path, opened.ids)
    said += _strangers(path, read)
    if np.isnan(read.values).all():
        raise BadInput(f"{path} names no node of the graph.", "Use the ids of the graph.")
    return np.isfinite(read.values)


def _target_weights(path: str | None, opened: GraphFile, said: list[str]) -> Floats | None:
    if path is None:
        return None
    read = read_node_values(path, opened.ids, WEIGHT, Bounds("weight", 0.0))
    said += _strangers(path, read)
    if not np.nansum(read.values) > 0:
        raise BadInput(f"{path} gives no node of the graph a weight above 0.", "Use the ids of the graph.")
    return np.nan_to_num(read.values)


def _costs(path: str | None, opened: GraphFile, eligible: Any, said: list[str]) -> Floats | None:
    if path is None:
        return None
    read = read_node_values(path, opened.ids, COST, Bounds("cost", 0.0))
    said += _strangers(path, read)
    without = np.isnan(read.values) if eligible is None else np.isnan(read.values) & eligible
    if without.any():
        more = f" and {int(without.sum()) - 1:,} more" if without.sum() > 1 else ""
        what = f"{path} names no cost of `{opened.ids.name(int(without.argmax()))}`{more}."
        raise BadInput(what, "Give each node that can be a seed a cost, or list those that can with --eligible.")
    return np.where(np.isnan(read.values), np.nanmax(read.values), read.values)


def _strangers(path: str, read: NodeValues) -> list[str]:
    said = []
    if read.strangers:
        said.append(f"{_rows(read.strangers)} of {path} name nodes that are not in the graph.")
    if read.twice:
        said.append(f"{_rows(read.twice)} of {path} name a node again: the last row of each counts.")
    return said


def _rows(n: int) -> str:
    return "1 row" if n == 1 else f"{n:,} rows"
