"""The scorecard of the catalogue: the forecasts kept there, against what came since."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from asterism.creators.tables import OUTCOMES, POSTS
from asterism.creators.tiers import scheme
from asterism.desk.forecast import Forecasts
from asterism.desk.stored import open_catalogue
from asterism.desk.withheld import without_erased_rows
from asterism.errors import NotFound
from asterism.measurement.kept import kept_plan, kept_posts
from asterism.measurement.scorecard import FORECASTS, Scorecard, scorecard
from asterism.planning.plan import Plan
from asterism.store.tombstones import guarded


def scorecard_of(catalogue: Path | None = None, tier_scheme: str = "industry") -> Scorecard:
    """How the forecasts kept in a catalogue fared.

    Raises
    ------
    NotFound
        No forecast was ever kept there.
    """
    store = open_catalogue(catalogue)
    versions = store.versions()
    if FORECASTS.name not in versions:
        raise NotFound(
            f"The catalogue at {store.path} holds no forecasts.", "Keep some with `asterism forecast --keep`."
        )
    posts, outcomes = (
        store.read(kind.name, versions[kind.name]) if kind.name in versions else kind.empty()
        for kind in (POSTS, OUTCOMES)
    )
    return scorecard(store.read(FORECASTS.name, versions[FORECASTS.name]), posts, outcomes, scheme(tier_scheme))


def keep_forecasts(found: Forecasts, catalogue: Path | None = None) -> int:
    """How many forecasts of next posts were kept, as of now; of whoever was erased none is."""
    return _kept(kept_posts(found.table, found.creators, datetime.now(UTC)), catalogue)


def keep_plan(plan: Plan, catalogue: Path | None = None) -> int:
    """How many forecasts of a plan were kept, as of now; of whoever was erased none is."""
    return _kept(kept_plan(plan, datetime.now(UTC)), catalogue)


def _kept(rows: pa.Table, catalogue: Path | None) -> int:
    store = open_catalogue(catalogue)
    with guarded(store) as stones:
        own = without_erased_rows(stones, FORECASTS.name, rows)
        store.upsert(FORECASTS.name, own)
    return int(own.num_rows)
