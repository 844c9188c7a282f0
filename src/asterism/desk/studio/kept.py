"""What pages of creators are read from: the kept index and profiles, and the work that makes them anew."""

from dataclasses import dataclass
from typing import Any, Final

from asterism.desk.studio.beliefs import believed
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.jobs import OPEN, enqueue
from asterism.store.ledger.models import Job
from asterism.store.ledger.places import catalogue_of, shelf_of
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat
from asterism.store.shelves import Kept, standing_versions

INDEXING: Final = "index"
PROFILING: Final = "profile"
REACHING: Final = "reach"
"""Kinds of work; each is also the name under which what it makes is kept."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The index as it stands, whether it is of the catalogue as it is now, and the work that makes it anew.

    Parameters
    ----------
    kept
        None where none was made yet.
    edition
        The state of the catalogue; empty where it holds no creators.
    """

    kept: Kept | None
    edition: str
    job: Job | None

    @property
    def current(self) -> bool:
        """Whether the index speaks of the catalogue as it is now."""
        return self.kept is not None and self.kept.edition == self.edition


def standing_index(seat: Seat) -> Standing:
    """The index, asked to be made anew where the catalogue has changed since; until then the older one stands."""
    shelf, versions = shelf_of(seat.workspace), standing_versions(Catalogue(catalogue_of(seat.workspace)))
    if "creators" not in versions:
        return Standing(None, "", None)
    kept, edition = shelf.newest(INDEXING), believed(seat).edition(versions)
    if kept is not None and kept.edition == edition:
        return Standing(kept, edition, None)
    return Standing(kept, edition, work_for(seat, INDEXING, {"edition": edition}))


def work_for(seat: Seat, kind: str, asks: dict[str, Any]) -> Job:
    """The work that was asked for already, else asked for now; work that failed is not begun again by itself."""
    for job in rows(seat, Job).filter(kind=kind)[:20]:
        if job.asks == asks and job.state in (*OPEN, "failed"):
            return job  # type: ignore[no-any-return]
    return enqueue(seat, kind, asks)


def work_again(seat: Seat, kind: str, asks: dict[str, Any]) -> Job:
    """The work, asked for once more after it failed."""
    seat.insist("search")
    return enqueue(seat, kind, asks)
