"""The worker's part of finding creators: the index of the catalogue, and profiles of those somebody opened."""

from typing import Any, Final

from asterism.desk.kept_index import make_index
from asterism.desk.kept_profiles import keep_profiles, kept_profile
from asterism.desk.loading import Sources
from asterism.desk.reach import reach_files
from asterism.desk.score import profiles_named
from asterism.desk.studio.beliefs import believed, priors_of
from asterism.desk.studio.kept import INDEXING, PROFILING, REACHING
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.jobs import Finish, Work, register
from asterism.store.ledger.models import Creator
from asterism.store.ledger.places import catalogue_of, shelf_of
from asterism.store.ledger.scope import rows
from asterism.store.shelves import standing_versions

MOST_AT_ONCE: Final = 100
"""Profiles made together: reading everybody's posts takes longer than reading one off."""


@register(INDEXING)
def index_catalogue(work: Work) -> Finish:
    """Make the index of the catalogue as it stands."""
    place = work.seat.workspace
    n = make_index(Catalogue(catalogue_of(place)), shelf_of(place), work.seat.now, work.tell, believed(work.seat))
    return lambda: {"creators": n}


@register(PROFILING)
def profile_creators(work: Work) -> Finish:
    """Make the profile of the account asked for, and of those the workspace deals with that have none yet."""
    place, asked = work.seat.workspace, work.asks
    catalogue, shelf = Catalogue(catalogue_of(place)), shelf_of(place)
    known = believed(work.seat)
    edition = known.edition(standing_versions(catalogue))
    others = rows(work.seat, Creator).filter(erased_at=None).order_by("-id")[: 2 * MOST_AT_ONCE]
    wanted = [(str(asked["platform"]), str(asked["creator_id"])), *((c.platform, c.creator_id) for c in others)]
    missing = [each for each in dict.fromkeys(wanted) if (kept_profile(shelf, *each) or ("",))[0] != edition]
    made = profiles_named(missing[:MOST_AT_ONCE], Sources(catalogue=catalogue.path), work.tell, known.priors)
    keep_profiles(shelf, edition, made)
    return lambda: {"profiles": len(made)}


@register(REACHING)
def reach_together(work: Work) -> Finish:
    """Count the people whom the creators of a shortlist reach together, each person once."""
    named = [f"{platform}:{creator_id}" for platform, creator_id in work.asks["accounts"]]
    work.tell("Counting people once", 0.1)
    found = reach_files(named, None, Sources(catalogue=catalogue_of(work.seat.workspace)), None, priors_of(work.seat))
    told: dict[str, Any] = found.to_dict()
    return lambda: told
