"""Score creators: every signal of each with its parts, its range, its evidence and its place among peers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pyarrow as pa

from asterism.brief import Brief
from asterism.creators.tables import Tables
from asterism.desk.documents import document_from, read_brief
from asterism.desk.forecast import forecasts
from asterism.desk.loading import Sources, load, profile_statistics_of, statistics_of, with_rates
from asterism.desk.naming import rows_named
from asterism.desk.read import Files, Loaded
from asterism.desk.selves import Selves, fields_of, platform_stated, selves_of
from asterism.desk.telling import Tell, quietly
from asterism.planning.plan import Plan
from asterism.priors import Priors
from asterism.signals.assessment import Assessment, assess
from asterism.signals.connection import connection
from asterism.signals.content import content
from asterism.signals.forecasting.next_post import FORECAST, Asked
from asterism.signals.match import match
from asterism.signals.profile import Profile
from asterism.signals.profiles import Gallery
from asterism.signals.sponsorship import sponsorship

ANYTHING: Final = Brief(goal="awareness", budget="1 USD")
"""A brief that asks for nobody in particular."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The profiles of the creators asked for, in the order asked, and what had to be said of the tables."""

    profiles: tuple[Profile, ...]
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The profiles and warnings, as plain values."""
        return {"creators": [profile.to_dict() for profile in self.profiles], "warnings": list(self.warnings)}


def score_files(
    names: Sequence[str], files: Files | None, sources: Sources, brief: str | None = None, tell: Tell = quietly
) -> Scores:
    """The profiles of some creators, or of the first ten, from the files named or else from the catalogue.

    With a brief, fit is read against it.

    Raises
    ------
    NotFound
        A creator is not in the tables.
    """
    tell("Reading", 0.0)
    loaded = load(files, sources)
    priors = Priors.read(document_from(sources.priors)) if sources.priors else Priors.default()
    wanted = with_rates(read_brief(brief) if brief else ANYTHING, loaded.tables.fx)
    gallery = gallery_of(loaded.tables, wanted, priors, tell)
    creators = gallery.assessment.lineup.creators
    rows = rows_named(names, creators) if names else list(range(min(10, creators.num_rows)))
    tell("Reading off", 0.9)
    selves = selves_of(loaded)
    profiles = tuple(_completed(profile, loaded, selves) for profile in gallery.profiles(rows))
    return Scores(profiles, (*loaded.tables.warnings, *gallery.assessment.warnings))


def profiles_of(
    plan: Plan, brief: str, files: Files | None, sources: Sources, tell: Tell = quietly
) -> tuple[Profile, ...]:
    """The profiles of a plan's picks, each once, read against its brief."""
    names = list(dict.fromkeys(f"{pick.platform}:{pick.creator_id}" for pick in plan.picks))
    return score_files(names, files, sources, brief, tell).profiles if names else ()


def profiles_named(
    accounts: Sequence[tuple[str, str]], sources: Sources, tell: Tell = quietly, priors: Priors | None = None
) -> tuple[Profile, ...]:
    """The profiles of accounts (platform, creator id); those that the tables do not hold are left out."""
    tell("Reading the catalogue", 0.0)
    loaded = load(None, sources)
    gallery = gallery_of(loaded.tables, with_rates(ANYTHING, loaded.tables.fx), priors or Priors.default(), tell)
    creators, wanted = gallery.assessment.lineup.creators, set(accounts)
    there = zip(creators["platform"].to_pylist(), creators["creator_id"].to_pylist(), strict=True)
    rows = [row for row, account in enumerate(there) if account in wanted]
    tell("Reading off", 0.9)
    selves = selves_of(loaded)
    return tuple(_completed(profile, loaded, selves) for profile in gallery.profiles(rows))


def _completed(profile: Profile, loaded: Loaded, selves: Selves) -> Profile:
    """The profile with what only the sources tell: who says so, and which other accounts are the same person's."""
    stated = platform_stated(loaded, profile.creator_id, profile.platform)
    fields = fields_of(loaded, profile.creator_id, stated)
    return replace(profile, fields=fields, accounts=selves.of(profile.creator_id, stated))


def gallery_of(tables: Tables, brief: Brief, priors: Priors, tell: Tell = quietly) -> Gallery:
    """Every signal of every creator the brief considers."""
    tell("Reading posts", 0.1)
    found = assess(tables, brief, priors, statistics_of(tables))
    tell("Reading comments", 0.3)
    stats = profile_statistics_of(tables)
    readings = [signal(found.lineup, tables, stats, priors) for signal in (connection, content, sponsorship)]
    tell("Reading captions", 0.5)
    matched = match(found.lineup, tables, brief, found.target)
    tell("Forecasting", 0.8)
    alone = matched.signal if len(matched.signal.parts) > 1 else replace(matched.signal, name="safety")
    shown = (found.trust.signal, *readings, alone)
    return Gallery(tables, found, shown, matched, _next_posts(tables, found, priors), brief.tiers)


def _next_posts(tables: Tables, found: Assessment, priors: Priors) -> pa.Table:
    if tables.posts["likes"].null_count == tables.posts["views"].null_count == tables.posts.num_rows:
        return FORECAST.empty_table()  # posts without figures, or none: captions are worth reading all the same
    return forecasts(tables.posts, found.lineup.creators, Asked(priors)).table
