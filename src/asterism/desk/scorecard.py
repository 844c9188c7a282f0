"""The scorecard of the catalogue: the forecasts kept there, against what came since."""

from datetime import UTC, datetime
from pathlib import Path

from asterism.creators.tables import OUTCOMES, POSTS
from asterism.creators.tiers import scheme
from asterism.desk.forecast import Forecasts
from asterism.desk.stored import open_catalogue
from asterism.errors import NotFound
from asterism.measurement.kept import kept_plan, kept_posts
from asterism.measurement.scorecard import FORECASTS, Scorecard, scorecard
from asterism.planning.plan import Plan


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
    """How many forecasts of next posts were kept, as of now."""
    rows = kept_posts(found.table, found.creators, datetime.now(UTC))
    open_catalogue(catalogue).upsert(FORECASTS.name, rows)
    return int(rows.num_rows)


def keep_plan(plan: Plan, catalogue: Path | None = None) -> int:
    """How many forecasts of a plan were kept, as of now."""
    rows = kept_plan(plan, datetime.now(UTC))
    open_catalogue(catalogue).upsert(FORECASTS.name, rows)
    return int(rows.num_rows)
