"""The index of a catalogue as it is kept: made once per state of its tables, then only read."""

from datetime import datetime
from typing import Final

from asterism.desk.believed import SHIPPED, Believed
from asterism.desk.loading import with_rates
from asterism.desk.score import ANYTHING
from asterism.desk.search import indexed
from asterism.desk.stored import STAMP, load_catalogue
from asterism.desk.telling import Tell, quietly
from asterism.signals.finding.shelf import shelved
from asterism.store.catalogue import Catalogue
from asterism.store.shelves import Shelf, standing_versions

INDEX: Final = "index"
"""The name under which a shelf keeps it."""


def make_index(
    catalogue: Catalogue, shelf: Shelf, now: datetime, tell: Tell = quietly, believed: Believed = SHIPPED
) -> int:
    """How many creators the index holds, now that it is kept; nothing is done where it stands already.

    Raises
    ------
    NotFound
        The catalogue holds no creators.
    """
    versions = standing_versions(catalogue)
    edition = believed.edition(versions)
    standing = shelf.newest(INDEX)
    if standing is not None and standing.edition == edition:
        return int(standing.table.num_rows)
    tell("Reading the catalogue", 0.05)
    tables = load_catalogue(catalogue.path, {kind: f"{STAMP}{number}" for kind, number in versions.items()}).tables
    tell("Reading posts, rates and prices", 0.2)
    brief = with_rates(ANYTHING, tables.fx)
    _, index = indexed(tables, brief, believed.priors, brief.tiers)
    tell("Keeping the index", 0.95)
    kept = shelved(index, tables.creators)
    shelf.put(INDEX, edition, kept, now)
    return int(kept.num_rows)
