"""What a workspace's catalogue says of some accounts, to be copied into the ledger when they are taken up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from asterism.errors import NotFound, OutsideFailure
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.models import Workspace
from asterism.store.ledger.places import catalogue_of

_STAMP = "delta:"


@dataclass(frozen=True, slots=True)
class Account:
    """Name, country and language of an account, with who said so and when; empty where nobody did."""

    name: str = ""
    country: str = ""
    language: str = ""
    source: str = ""
    as_of: date | None = None


def accounts_of(
    workspace: Workspace, creator_ids: Sequence[str], versions: Mapping[str, str]
) -> dict[tuple[str, str], Account]:
    """The accounts of some ids by (platform, creator id), at the version a plan was made from; fewer where unknown.

    Of several sources the first that says something speaks, and all are named.
    """
    try:
        number = versions.get("creators", "").removeprefix(_STAMP)
        creators = Catalogue(catalogue_of(workspace)).read("creators", int(number) if number.isdecimal() else None)
    except (NotFound, OutsideFailure):
        return {}
    mine = creators.filter(pc.is_in(creators["creator_id"], pa.array(list(creator_ids), pa.string())))
    said: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in mine.to_pylist():
        said.setdefault((row["platform"] or "", row["creator_id"]), []).append(row)
    return {who: _account(rows) for who, rows in said.items()}


def _account(rows: Sequence[Mapping[str, Any]]) -> Account:
    def first(name: str) -> Any:
        return next((row[name] for row in rows if row[name]), None)

    as_of, sources = first("as_of"), dict.fromkeys(row["source"] for row in rows if row["source"])
    return Account(
        name=(first("name") or "")[:200],
        country=(first("country") or "")[:2],
        language=(first("language") or "")[:8],
        source=", ".join(sources)[:300],
        as_of=as_of and as_of.date(),
    )
