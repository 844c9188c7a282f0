"""Bringing creators: files that are looked at before they are imported, or a sample to try."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, Field

from asterism.creators.schema import PLATFORMS
from asterism.creators.tables import SCHEMAS
from asterism.errors import BadInput, NotFound
from asterism.store.archives import Limits
from asterism.store.ledger import files
from asterism.store.ledger.jobs import OPEN, enqueue
from asterism.store.ledger.models import Job, Upload
from asterism.store.ledger.places import has_creators, uploads_of
from asterism.store.ledger.scope import find, rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record
from asterism.store.uploads import Upload as Received
from asterism.store.uploads import receive

MOST: Final = 20
"""Files that are taken in at once."""
KINDS: Final = tuple(sorted(SCHEMAS))
"""Kinds of tables that a file can be told to be."""
_WORK: Final = ("look", "import", "sample")


class Import(BaseModel):
    """Which uploads to import; kind and platform where the files themselves do not say."""

    uploads: list[int] = Field(min_length=1, max_length=MOST)
    kind: str = Field(default="", pattern="^[a-z_]{0,30}$")
    platform: str = Field(default="", pattern="^[a-z]{0,20}$")


@dataclass(frozen=True, slots=True)
class ImportPage:
    """`import.html.j2`: files that wait, the last imports, whether there are creators yet, and what can be said."""

    waiting: list[Upload]
    jobs: list[Job]
    any_creators: bool
    kinds: tuple[str, ...]
    platforms: tuple[str, ...]


def import_page(seat: Seat) -> ImportPage:
    """What is needed to bring creators."""
    seat.insist("import")
    waiting = list(rows(seat, Upload).filter(kind__in=files.TABLES).order_by("-id")[:50])
    jobs = list(rows(seat, Job).filter(kind__in=_WORK)[:10])
    return ImportPage(waiting, jobs, has_creators(seat.workspace), KINDS, PLATFORMS)


def bring(seat: Seat, brought: Iterable[tuple[str, Iterable[bytes]]], largest: int) -> Job:
    """The job that looks at some files, pairs of a name and chunks of bytes; each is checked while it comes in.

    Raises
    ------
    BadInput
        A file is no table, is too large, or holds what could do harm; then none of them is kept.
    """
    seat.insist("import")
    taken: list[Received] = []
    try:
        for name, chunks in brought:
            if len(taken) == MOST:
                raise BadInput(f"More than {MOST} files came at once.", "Bring the rest in a second go.", "files")
            taken.append(receive(chunks, name, uploads_of(seat.workspace), Limits(size=largest)))
        if not taken:
            raise BadInput("No file was chosen.", "Choose one or more tables first.", "files")
        return _kept(seat, taken)
    except BaseException:
        for received in taken:
            received.path.unlink(missing_ok=True)
        raise


def _kept(seat: Seat, taken: list[Received]) -> Job:
    with together():
        kept = [files.keep(seat, received) for received in taken]
        for upload in kept:
            record(seat, "file.brought", upload, size=upload.size, kind=upload.kind)
        return enqueue(seat, "look", {"uploads": [upload.pk for upload in kept]})


def start_import(seat: Seat, wish: Import) -> Job:
    """The job that imports some uploads into the workspace's catalogue."""
    seat.insist("import")
    if wish.kind and wish.kind not in KINDS:
        raise BadInput(f"`{wish.kind}` is no kind of table.", f"Known: {', '.join(KINDS)}.", "kind")
    if wish.platform and wish.platform not in PLATFORMS:
        raise BadInput(f"`{wish.platform}` is no platform we know.", f"Known: {', '.join(PLATFORMS)}.", "platform")
    found = rows(seat, Upload).filter(pk__in=wish.uploads, kind__in=files.TABLES).count()
    if found < len(set(wish.uploads)):
        raise NotFound("One of these files is not here any more.", "It may be imported already: bring it again if not.")
    return enqueue(seat, "import", {"uploads": sorted(set(wish.uploads)), "kind": wish.kind, "platform": wish.platform})


def start_sample(seat: Seat) -> Job:
    """The job that fills the workspace with invented creators, to try everything on."""
    seat.insist("import")
    return enqueue(seat, "sample", {})


def remove_upload(seat: Seat, key: int) -> None:
    """Delete a file that was brought and not imported."""
    seat.insist("import")
    upload = find(seat, Upload, key)
    if upload.kind not in files.TABLES:
        raise NotFound("There is no such upload here.")
    if any(key in job.asks.get("uploads", ()) for job in rows(seat, Job).filter(state__in=OPEN, kind__in=_WORK)[:50]):
        raise BadInput("This file is being read at the moment.", "Wait until that is done.")
    with together():
        record(seat, "file.removed", upload, size=upload.size)
        files.forget(seat, upload)


def rejected_rows(seat: Seat, key: int) -> tuple[Job, list[str]]:
    """An import and the sources whose rejects the catalogue holds."""
    seat.insist("import")
    job = find(seat, Job, key)
    if job.kind not in ("import", "sample"):
        raise NotFound("This work rejected no rows.")
    return job, list(job.result.get("sources", ()))
