"""Bringing creators: files, what they look like, and what came of importing them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio.imports import (
    Import,
    bring,
    import_page,
    rejected_rows,
    remove_upload,
    start_import,
    start_sample,
)
from asterism.faces.web.downloads import download
from asterism.faces.web.forms import go, read_form
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


@shows("import")
def imports(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Files to bring, files that wait, and a sample to try."""
    return page(request, "import.html.j2", import_page(seat))


@does("import")
def upload(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Take files in, and have them looked at."""
    brought = ((file.name, file.chunks()) for file in request.FILES.getlist("files"))
    job = bring(seat, brought, settings.HOSTING.largest_upload)
    return go("job", seat.workspace.slug, job.pk)


@does("import")
def import_files(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Import files that were brought."""
    return go("job", seat.workspace.slug, start_import(seat, read_form(request, Import)).pk)


@does("import")
def import_sample(request: HttpRequest, seat: Seat) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Fill the workspace with invented creators."""
    return go("job", seat.workspace.slug, start_sample(seat).pk)


@does("import")
def forget_upload(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Delete a file that was brought."""
    remove_upload(seat, key)
    return go("imports", seat.workspace.slug)


@shows("import")
def rejects(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Everything an import could not use, as a table."""
    from asterism.desk.studio.importing import rejects_csv

    job, sources = rejected_rows(seat, key)
    return download(rejects_csv(seat, sources), f"rejects {job.pk}.csv", "text/csv; charset=utf-8")


urls = [
    path("w/<slug:slug>/creators/import", imports, name="imports"),
    path("w/<slug:slug>/creators/import/upload", upload, name="upload"),
    path("w/<slug:slug>/creators/import/start", import_files, name="import_files"),
    path("w/<slug:slug>/creators/import/sample", import_sample, name="import_sample"),
    path("w/<slug:slug>/creators/import/<int:key>/forget", forget_upload, name="forget_upload"),
    path("w/<slug:slug>/creators/import/<int:key>/rejects.csv", rejects, name="rejects"),
]
