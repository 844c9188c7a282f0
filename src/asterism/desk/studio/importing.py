"""What the worker does with files: looks at them, imports them, or makes a sample market instead."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from asterism.desk.check import check
from asterism.desk.demo import PEOPLE
from asterism.desk.import_ import Choices, Imported, import_files
from asterism.desk.stored import open_catalogue
from asterism.errors import AsterismError, NotFound
from asterism.market import simulate
from asterism.reports.sheets import table_csv
from asterism.store.kinds import REJECTS
from asterism.store.ledger import files
from asterism.store.ledger.jobs import Finish, Work, register
from asterism.store.ledger.models import Upload, Workspace
from asterism.store.ledger.places import catalogue_of
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record
from asterism.store.save import save_bytes

SHOWN: Final = 100
"""Rejects that a page lists; the rest are in the file."""
SAMPLE: Final = 400
"""Creators in the sample market."""
_SAMPLE_KINDS: Final = ("creators", "posts", "audiences", "rates", "outcomes")
_LONGEST: Final = 60


@register("look")
def look(work: Work) -> Finish:
    """What each file looks like, without importing anything."""
    work.seat.insist("import")
    uploads = _uploads(work)
    with _staged(work.seat.workspace, uploads) as paths:
        found = []
        for at, path in enumerate(paths):
            work.tell(f"Reading {path.name}", at / len(paths))
            found += check([str(path)])["files"]
    told = [_brief_entry(entry, f"{files.staging_of(work.seat.workspace)}/") for entry in found]
    usable = sum(entry["accepted"] for entry in told)
    return lambda: {"files": told, "uploads": [upload.pk for upload in uploads], "usable": usable}


@register("import")
def bring_in(work: Work) -> Finish:
    """Import uploads into the catalogue; the raw files go once that is done, and stay where it fails."""
    seat, uploads = work.seat, _uploads(work)
    seat.insist("import")
    with _staged(seat.workspace, uploads) as paths:
        asks, folder = work.asks, files.staging_of(seat.workspace)
        chosen = Choices(asks.get("kind") or None, asks.get("platform") or None, None, _catalogue(seat), folder)
        done = import_files([str(path) for path in paths], chosen, work.tell)
        sources = [str(path.absolute()) for path in paths]

    def finish() -> dict[str, Any]:
        for upload in uploads:
            files.forget(seat, upload)
        return _told(seat, work, done, sources)

    return finish


@register("sample")
def sample(work: Work) -> Finish:
    """Fill the catalogue with invented creators: the simulated market, by the same way that files take."""
    seat = work.seat
    seat.insist("import")
    work.tell("Making up a market", 0.05)
    tables = simulate(SAMPLE, PEOPLE, seed=0).tables
    folder = files.staging_of(seat.workspace) / "sample"
    done, sources = [], []
    try:
        for at, kind in enumerate(_SAMPLE_KINDS):
            work.tell(f"Importing {kind}", 0.3 + 0.7 * at / len(_SAMPLE_KINDS))
            path = save_bytes(folder / f"sample {kind}.csv", table_csv(getattr(tables, kind)))
            done += import_files([str(path)], Choices(kind=kind, catalogue=_catalogue(seat), folder=folder))
            sources.append(str(path.absolute()))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return lambda: _told(seat, work, done, sources)


def rejects_csv(seat: Seat, sources: Sequence[str]) -> bytes:
    """What the last import of some sources could not use, as a table that a spreadsheet opens safely."""
    return table_csv(_rejects(_catalogue(seat), sources).drop_columns(["source", "at"]))


def rejects_of(seat: Seat, sources: Sequence[str]) -> list[dict[str, Any]]:
    """The same as plain rows."""
    return _rejects(_catalogue(seat), sources).to_pylist()  # type: ignore[no-any-return]


def _catalogue(seat: Seat) -> Path:
    return catalogue_of(seat.workspace)


def _uploads(work: Work) -> list[Upload]:
    wanted = work.asks["uploads"]
    found = list(rows(work.seat, Upload).filter(pk__in=wanted, kind__in=files.TABLES).order_by("id"))
    if len(found) < len(wanted):
        raise NotFound("One of these files is not here any more.", "Bring it again.")
    return found


@contextmanager
def _staged(workspace: Workspace, uploads: Sequence[Upload]) -> Iterator[list[Path]]:
    """The uploads under their own names while they are read, so that rejects and sources speak of these.

    One import runs at a time, so the folder is the same each time: whoever brings a mended file of the same name
    replaces its rejects.
    """
    folder = files.staging_of(workspace)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield [_copied(files.where(upload, workspace), _free(folder, upload.name)) for upload in uploads]
    except AsterismError as error:
        error.what, error.fix = (text.replace(f"{folder}/", "") for text in (error.what, error.fix))
        if "`asterism check" in error.fix:
            error.fix = "Look at the file's rows above, mend it, and bring it again."
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copied(source: Path, target: Path) -> Path:
    try:
        shutil.copyfile(source, target)
    except FileNotFoundError:
        raise NotFound("One of these files is not here any more.", "Bring it again.") from None
    return target


def _free(folder: Path, name: str) -> Path:
    """A path in the folder for a name, cut short where file systems ask for it; the second of a name is numbered."""
    stem, suffix = Path(name).stem[:_LONGEST], Path(name).suffix[:10]
    path, number = folder / f"{stem}{suffix}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path


def _brief_entry(entry: dict[str, Any], folder: str) -> dict[str, Any]:
    """One file's report, no longer than a page shows, without the folder the file lies in for the moment."""
    short = {name: entry[name][:SHOWN] for name in ("rejects", "unmapped", "columns")}
    said = [warning.replace(folder, "") for warning in entry["warnings"][:SHOWN]]
    return {**entry, **short, "warnings": said, "file": entry["file"].removeprefix(folder)}


def _told(seat: Seat, work: Work, done: Sequence[Imported], sources: list[str]) -> dict[str, Any]:
    """What came of an import, kept with its job and in the trail."""
    rejects = _rejects(_catalogue(seat), sources)
    tables = [{**one.to_dict(), "warnings": list(one.warnings)[:10]} for one in done]
    counted = {"accepted": sum(one.accepted for one in done), "rejected": rejects.num_rows}
    record(seat, "creators.imported", work.job, **counted, sample=work.job.kind == "sample")
    shown = rejects.slice(0, SHOWN).select(["file", "row", "column", "value", "reason"]).to_pylist()
    return {"tables": tables, **counted, "rejects": shown, "sources": sources}


def _rejects(catalogue: Path, sources: Sequence[str]) -> pa.Table:
    kept = open_catalogue(catalogue).read(REJECTS.name)
    return kept.filter(pc.is_in(kept["source"], pa.array(list(sources), pa.string())))
