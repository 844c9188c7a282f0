"""What a workspace learns from: its catalogue, with the fees it agreed on and the exchange rates it was given."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any, Final

import pyarrow as pa

from asterism.creators.tables import FX, RATES, Tables
from asterism.desk.stored import STAMP, load_catalogue
from asterism.desk.studio.beliefs import NO_CREATORS
from asterism.errors import NotFound
from asterism.learning.evidence import Evidence
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.models import Collaboration, Rate
from asterism.store.ledger.places import catalogue_of
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat
from asterism.store.shelves import standing_versions

EVERYTHING: Final = ("creators", "outcomes", "rates", "posts", "fx")
"""The tables that teach."""
RESULTS: Final = ("creators", "outcomes", "rates", "fx")
"""Those that tell what each creator brought and cost: without posts, which are many."""
_UNPAID: Final = ("shortlisted", "invited", "negotiating", "declined", "cancelled")
"""States in which no fee is owed."""
_FIELDS: Final = ("creator__creator_id", "package", "fee_cents", "currency", "state_since")


def versions_of(seat: Seat, kinds: Sequence[str] = EVERYTHING) -> dict[str, int]:
    """The version of each table of a workspace's catalogue that teaches; what is not there is left out."""
    return standing_versions(Catalogue(catalogue_of(seat.workspace)), kinds)


def tables_of(seat: Seat, versions: dict[str, int]) -> Tables:
    """The tables of a workspace's catalogue at some versions.

    Raises
    ------
    NotFound
        There are no creators.
    """
    if "creators" not in versions:
        raise NotFound(*NO_CREATORS)
    stamps = {kind: f"{STAMP}{number}" for kind, number in versions.items()}
    return load_catalogue(catalogue_of(seat.workspace), stamps).tables


def evidence_of(seat: Seat, tables: Tables) -> Evidence:
    """The tables as evidence, with what only the ledger knows: agreed fees with their packages, exchange rates."""
    rates = pa.concat_tables([tables.rates, _agreed(seat, tables.rates)])
    fx = pa.concat_tables([tables.fx, _exchange(seat)])
    currency = seat.workspace.currency
    return Evidence(tables.creators, tables.outcomes, rates, tables.posts, fx, currency=currency)


def _agreed(seat: Seat, known: pa.Table) -> pa.Table:
    """Agreed fees as prices paid, but for those that the catalogue has already."""
    there = {(r["creator_id"], r["package"], r["price"]) for r in known.to_pylist() if r["kind"] == "paid"}
    found = rows(seat, Collaboration).filter(fee_cents__gt=0).exclude(package="").exclude(state__in=_UNPAID)
    made = [
        {"creator_id": who, "package": package, "price": cents / 100, "currency": money, "date": at, "kind": "paid"}
        for who, package, cents, money, at in found.order_by("pk").values_list(*_FIELDS)
        if (who, package, cents / 100) not in there
    ]
    return _table(made, RATES)


def _exchange(seat: Seat) -> pa.Table:
    given = rows(seat, Rate).order_by("on", "pk").values_list("currency", "on", "usd")
    made = [{"currency": c, "date": datetime.combine(on, time.min, UTC), "usd": float(usd)} for c, on, usd in given]
    return _table(made, FX)


def _table(made: list[dict[str, Any]], schema: Any) -> pa.Table:
    return pa.Table.from_pylist(made, schema.arrow)
