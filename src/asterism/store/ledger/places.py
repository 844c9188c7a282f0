"""Where the files of a workspace stand: its catalogue and what was uploaded, apart from every other's."""

from pathlib import Path

from asterism.store.ledger.models.people import Workspace
from asterism.store.settings import settings
from asterism.store.shelves import Shelf


def folder_of(workspace: Workspace) -> Path:
    """The folder of a workspace, named by its number so that a renamed workspace keeps it."""
    return settings().home / "workspaces" / str(workspace.pk)


def catalogue_of(workspace: Workspace) -> Path:
    """The folder of a workspace's catalogue."""
    return folder_of(workspace) / "catalogue"


def uploads_of(workspace: Workspace) -> Path:
    """The folder of files that members and creators brought; nothing serves it as it stands."""
    return folder_of(workspace) / "uploads"


def has_creators(workspace: Workspace) -> bool:
    """Whether the catalogue of a workspace was ever written to; asked without opening it."""
    return (catalogue_of(workspace) / "creators" / "_delta_log").exists()


def shelf_of(workspace: Workspace) -> Shelf:
    """What was computed from a workspace's catalogue and is kept; an erasure clears it."""
    return Shelf(folder_of(workspace) / "kept")
