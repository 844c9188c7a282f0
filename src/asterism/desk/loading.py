"""Load what the user names, from files or from the catalogue, and what its posts and comments say."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from asterism.brief import Brief
from asterism.creators.tables import Tables
from asterism.desk.earlier import versions_then
from asterism.desk.read import Files, Loaded, read_tables
from asterism.desk.stored import load_catalogue, open_catalogue
from asterism.errors import WrongUsage
from asterism.priors import Priors
from asterism.signals.profile_statistics import ProfileStatistics
from asterism.signals.statistics import TRUST, SufficientStatistics
from asterism.signals.table import Signals, build
from asterism.store.engines import engine


@dataclass(frozen=True, slots=True)
class Sources:
    """Where tables come from besides the files named one by one, and how columns are read.

    `at` is a word for an earlier state of the catalogue, as `versions_then` takes it.
    """

    platform: str | None = None
    mapping: Path | None = None
    catalogue: Path | None = None
    priors: str | None = None
    at: str | None = None


def load(files: Files | None, sources: Sources) -> Loaded:
    """The tables of the files named, or those of the catalogue where none are, now or at an earlier time.

    Raises
    ------
    WrongUsage
        Files and a catalogue, or files and an earlier time, are named together.
    """
    if files is None:
        versions = sources.at and versions_then(open_catalogue(sources.catalogue), sources.at, datetime.now(UTC))
        return load_catalogue(sources.catalogue, versions or None)
    if sources.catalogue is not None:
        raise WrongUsage(
            "Files and a catalogue were named together.", "Leave out --catalogue, or --creators and the rest."
        )
    if sources.at is not None:
        raise WrongUsage(
            "Only the catalogue remembers: --at says nothing of files.", "Leave out --at, or --creators and the rest."
        )
    return read_tables(files, platform=sources.platform, mapping=sources.mapping)


def with_rates(brief: Brief, fx: pa.Table) -> Brief:
    """The brief with the newest exchange rate of each currency in a table; its own rates come first."""
    newest = fx.sort_by([("date", "ascending")]).to_pylist()
    known = {row["currency"]: row["usd"] for row in newest}
    return brief.model_copy(update={"fx": {**known, **brief.fx}}) if known else brief


def signals_of(tables: Tables, brief: Brief, priors: Priors) -> Signals:
    """The signals of all creators for one brief."""
    return build(tables, brief, priors, statistics_of(tables))


def statistics_of(tables: Tables) -> SufficientStatistics:
    """What the posts and comments say, a row per creator and format."""
    if not tables.posts.num_rows:
        return SufficientStatistics.none()
    with engine() as duck:
        posts, creators, comments = (duck.table(t) for t in (tables.posts, tables.creators, tables.comments))
        found = SufficientStatistics.of(duck.run, posts, creators)
        wanted = TRUST if tables.comments.num_rows else {"comments_per_like": TRUST["comments_per_like"]}
        return replace(found, **{name: duck.run(what(comments, posts, creators)) for name, what in wanted.items()})


def profile_statistics_of(tables: Tables) -> ProfileStatistics:
    """What the posts and comments say besides rates."""
    if not tables.posts.num_rows and not tables.comments.num_rows:
        return ProfileStatistics.none()
    read_at = pc.max(tables.creators["as_of"]).as_py()
    with engine() as duck:
        return ProfileStatistics.of(duck.run, duck.table(tables.posts), duck.table(tables.comments), read_at)
