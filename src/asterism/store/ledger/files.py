"""Files that members brought: the row of each and the bytes outside the web root stand and fall together."""

from pathlib import Path

from django.db import transaction

from asterism.store.ledger.models import Upload, Workspace
from asterism.store.ledger.places import folder_of, uploads_of
from asterism.store.ledger.scope import add
from asterism.store.ledger.seats import Seat
from asterism.store.uploads import Upload as Received

TABLES = ("csv", "json", "xlsx", "parquet")
"""Kinds of uploads that can be imported."""


def keep(seat: Seat, received: Received) -> Upload:
    """The row of a file that was taken in; only its own name within the folder is kept, so the folder may move."""
    return add(
        seat, Upload, name=received.name, path=received.path.name, size=received.size, kind=received.kind,
        sha256=received.sha256, by=seat.user,
    )  # fmt: skip


def where(upload: Upload, workspace: Workspace) -> Path:
    """Where the bytes of an upload lie."""
    return uploads_of(workspace) / Path(upload.path).name


def forget(seat: Seat, upload: Upload) -> None:
    """Delete an upload: its row now, its bytes when the transaction is committed."""
    path = where(upload, seat.workspace)
    upload.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def staging_of(workspace: Workspace) -> Path:
    """The folder in which files lie under their own names while they are imported."""
    return folder_of(workspace) / "incoming"
