"""What is usual in a workspace where nothing else was agreed on: times, and the terms that agreements start from."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from asterism.campaigns.deadlines import Terms

if TYPE_CHECKING:
    from asterism.store.ledger.models import Workspace


def usual_times(workspace: "Workspace", payment: int | None = None) -> Terms:
    """The times of a workspace, with the days until payment of one agreement where it names them.

    `options["times"]` holds days by the names of `asterism.campaigns.deadlines.Terms`.
    """
    names = {field.name for field in fields(Terms)} - {"holidays"}
    given = {name: value for name, value in _part(workspace, "times").items() if name in names}
    return Terms(**(given if payment is None else {**given, "payment": payment}))


def usual_terms(workspace: "Workspace") -> dict[str, Any]:
    """Terms that every new agreement of a workspace starts from; `options["agreement"]` holds them."""
    return _part(workspace, "agreement")


def _part(workspace: "Workspace", name: str) -> dict[str, Any]:
    found = workspace.options.get(name)
    return dict(found) if isinstance(found, dict) else {}
