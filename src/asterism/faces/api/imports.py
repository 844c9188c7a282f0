"""`/imports`: files that are brought, looked at, and imported into the workspace's catalogue; or a sample."""

from datetime import datetime
from typing import Any

from django.conf import settings
from ninja import File, Query, Router, Schema
from ninja.files import UploadedFile

from asterism.desk.studio import imports as desk
from asterism.faces.api.jobs import JobOut
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

router = Router(tags=["Imports"])


class UploadOut(Schema):
    """A file that was brought and waits; `kind` is csv, json, xlsx or parquet."""

    id: int
    name: str
    kind: str
    size: int
    sha256: str
    made_at: datetime


class RejectOut(Schema):
    """A value or row that could not be used, and why."""

    file: str | None
    kind: str | None
    row: int | None
    column: str | None
    value: str | None
    reason: str | None


@router.get("/files", **asks("import", Page[UploadOut]))
def list_uploads(request: Any, at: Query[At]) -> Any:
    """Files that were brought and not imported, the newest first."""
    return paged(request, at, desk.import_page(seat_of(request)).waiting)


@router.post("/files", **asks("import", JobOut, 201))
def bring_files(request: Any, files: list[UploadedFile] = File(...)) -> Any:  # noqa: B008 — ninja reads it
    """Bring files; the job that is answered looks at them, and its result says what each looks like."""
    brought = ((file.name or "", file.chunks()) for file in files)
    return desk.bring(seat_of(request), brought, settings.HOSTING.largest_upload)


@router.delete("/files/{file}", **asks("import"))
def remove_file(request: Any, file: Key) -> Any:
    """Delete a file that was brought."""
    desk.remove_upload(seat_of(request), file)


@router.post("", **asks("import", JobOut, 201))
def start_import(request: Any, wish: desk.Import) -> Any:
    """Import files that were brought; the raw files are deleted once that is done."""
    return desk.start_import(seat_of(request), wish)


@router.post("/sample", **asks("import", JobOut, 201))
def start_sample(request: Any) -> Any:
    """Fill the workspace with invented creators."""
    return desk.start_sample(seat_of(request))


@router.get("/{job}/rejects", **asks("import", Page[RejectOut]))
def list_rejects(request: Any, job: Key, at: Query[At]) -> Any:
    """Everything an import could not use."""
    from asterism.desk.studio.importing import rejects_of

    seat = seat_of(request)
    return paged(request, at, rejects_of(seat, desk.rejected_rows(seat, job)[1]))
