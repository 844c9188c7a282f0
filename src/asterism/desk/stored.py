"""Load from the catalogue what a plan is made from."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa

from asterism.creators.claims import APART, disagreements, placed, resolve
from asterism.creators.identity import IDENTITIES, history
from asterism.creators.tables import SCHEMAS, Reject, Tables
from asterism.desk.read import Loaded, joined
from asterism.errors import BadInput, NotFound
from asterism.store.catalogue import Catalogue
from asterism.store.kinds import REJECTS, REMARKS
from asterism.store.settings import settings

STAMP: Final = "delta:"
"""What stands before a table's version in a plan's list of versions."""
KEPT: Final = (*SCHEMAS, REJECTS.name, REMARKS.name)
"""The tables a plan is made from: the data, what of it could not be used, and what was said of it."""


def open_catalogue(path: str | Path | None = None) -> Catalogue:
    """The catalogue of a folder, or that of the data directory; nothing is made yet."""
    return Catalogue(settings().catalogue if path is None else Path(path).expanduser())


def load_catalogue(path: str | Path | None = None, versions: Mapping[str, str] | None = None) -> Loaded:
    """The catalogue's tables, ids joined across them, with the version of each, as `delta:5`.

    Of several sources on one creator each field comes from the one that speaks for it (`claims.resolve`), and a warning
    counts the creators whose figures the sources dispute.

    `versions`, those of an earlier plan, brings back the tables it was made from.

    Raises
    ------
    NotFound
        The catalogue holds no creators, or no such version.
    OutsideFailure
        The catalogue cannot be read.
    """
    catalogue = open_catalogue(path)
    pinned = _numbers(versions) if versions is not None else catalogue.versions()
    # The versions are fixed before the first table is read: an import in between changes nothing of this plan.
    tables = {kind: catalogue.read(kind, pinned[kind]) for kind in KEPT if kind in pinned}
    if "creators" not in tables or tables["creators"].num_rows == 0:
        fix = "Import some with `asterism import FILE`, or name a table with --creators FILE."
        raise NotFound(f"The catalogue at {catalogue.path} holds no creators.", fix)
    filled = {kind: table for kind, table in tables.items() if table.num_rows}
    stamps = {kind: f"{STAMP}{pinned[kind]}" for kind in filled}
    rejects, remarks = (filled.pop(kind.name, None) for kind in (REJECTS, REMARKS))
    claims = placed(filled["creators"])
    filled["creators"] = resolve(claims)
    linked = {kind: joined(table, kind, filled["creators"]) for kind, table in filled.items()}
    said = (*_remarks(remarks), *(word for _, words in linked.values() for word in words), *_disputed(claims))
    tables = {kind: table for kind, (table, _) in linked.items()}
    decided = history(catalogue.read(IDENTITIES.name))
    return Loaded(Tables(**tables, rejects=_rejects(rejects), warnings=said), stamps, claims, decided)


def _disputed(claims: pa.Table) -> tuple[str, ...]:
    """How many creators have figures that their sources dispute; nothing where there are none."""
    torn = disagreements(claims)
    creators = torn.filter(torn["figures"]).group_by(["creator_id", "platform"]).aggregate([])
    if not creators.num_rows:
        return ()
    some = f"{creators.num_rows:,} creators have" if creators.num_rows > 1 else "1 creator has"
    name = creators["creator_id"][0].as_py()
    return (f"{some} figures on which sources disagree by more than {APART:.0%}: see `asterism score {name}`.",)


def _numbers(versions: Mapping[str, str]) -> dict[str, int]:
    for kind, stamp in versions.items():
        if not stamp.removeprefix(STAMP).isdecimal():
            raise BadInput(f"`{stamp}` is no version of {kind} in a catalogue.", f"Write it as in `{STAMP}5`.")
    return {kind: int(stamp.removeprefix(STAMP)) for kind, stamp in versions.items()}


def _rejects(kept: pa.Table | None) -> tuple[Reject, ...]:
    rows = [] if kept is None else kept.select(["file", "row", "column", "value", "reason"]).to_pylist()
    return tuple(dict.fromkeys(Reject(**row) for row in rows))


def _remarks(kept: pa.Table | None) -> tuple[str, ...]:
    return () if kept is None else tuple(dict.fromkeys(kept["text"].to_pylist()))
