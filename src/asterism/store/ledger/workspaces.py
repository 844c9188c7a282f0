"""A workspace's own row: the only one that is not owned by a workspace."""

from typing import Any, Final

from asterism.errors import NotFound
from asterism.store.ledger.models.people import Workspace
from asterism.store.ledger.seats import Seat

OWN: Final = ("name", "currency", "timezone")
"""Options with a column of their own."""


def workspace_of(slug: str) -> Workspace:
    """The workspace of an address, for whoever sits at the machine itself.

    Raises
    ------
    NotFound
        There is none.
    """
    found = Workspace.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(f"There is no workspace `{slug}` here.", "It stands in its address: /w/WORKSPACE/.")
    return found


def change_workspace(seat: Seat, options: dict[str, Any]) -> None:
    """Set the options of the seat's workspace."""
    row = Workspace.objects.select_for_update().get(pk=seat.workspace.pk)
    row.name, row.currency, row.timezone = (options[name] for name in OWN)
    row.options = {**row.options, **{name: value for name, value in options.items() if name not in OWN}}
    row.save(update_fields=[*OWN, "options"])
