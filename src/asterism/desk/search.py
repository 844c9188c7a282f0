"""Search the creators: those that pass some filters, best first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.creators import places, platforms
from asterism.creators.schema import PLATFORMS
from asterism.creators.tables import Tables
from asterism.creators.tiers import UNTIERED, TierScheme, scheme
from asterism.desk.documents import document_from, read_brief
from asterism.desk.loading import Sources, load, profile_statistics_of, statistics_of, with_rates
from asterism.desk.naming import rows_named
from asterism.desk.read import Files
from asterism.desk.score import ANYTHING
from asterism.desk.telling import Tell, quietly
from asterism.errors import WrongUsage, did_you_mean
from asterism.priors import Priors
from asterism.signals.assessment import Assessment, assess
from asterism.signals.connection import connection
from asterism.signals.finding.index import index_of, with_column
from asterism.signals.finding.likeness import likeness
from asterism.signals.finding.search import Filters, Found, search
from asterism.signals.fit import is_wanted, wanted
from asterism.signals.table import laid_out
from asterism.signals.text.corpus import read_corpus
from asterism.signals.text.language import spoken
from asterism.signals.text.niche import known_niche, niche_of, niche_part, wanted_niches

Floats = NDArray[np.float64]

MATCHED = (
    "Match: half by the stated niche, half by what bio and captions are about; one alone where the other is unknown."
)
ALIKE = "Likeness: half by what creators speak of, 0.3 by their audiences, 0.2 by their size; of what is known of both."


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: filters, an order, how many to show, words of a niche, a creator to be like, a brief."""

    filters: Filters
    sort: str = ""
    limit: int | None = 20
    niche: str = ""
    similar_to: str = ""
    brief: str | None = None
    tier_scheme: str | None = None


def search_files(wish: Wish, files: Files | None, sources: Sources, tell: Tell = quietly) -> Found:
    """The creators of the files named, or of the catalogue, that pass the wish's filters.

    Raises
    ------
    WrongUsage
        There is no such order, platform, country, language, tier or figure to go by.
    NotFound
        The creator to be like is not in the tables.
    """
    tell("Reading", 0.0)
    tables = load(files, sources).tables
    priors = Priors.read(document_from(sources.priors)) if sources.priors else Priors.default()
    brief = with_rates(read_brief(wish.brief) if wish.brief else ANYTHING, tables.fx)
    return search_tables(wish, tables, brief, priors, tell)


def search_tables(wish: Wish, tables: Tables, brief: Brief, priors: Priors, tell: Tell = quietly) -> Found:
    """The creators of tables in memory that pass the wish's filters."""
    tiers = scheme(wish.tier_scheme) if wish.tier_scheme else brief.tiers
    filters = spelled(wish.filters, tiers)
    tell("Reading posts", 0.2)
    found, index = indexed(tables, brief, priors, tiers)
    said = [*tables.warnings, *found.warnings, *_refused(tables)]
    if wish.niche or wish.similar_to:
        tell("Reading captions", 0.5)
        index, more = _with_words(wish, tables, found, index)
        said += more
    if filters.min_connection is not None or wish.sort.removeprefix("-") == "connection":
        tell("Reading comments", 0.7)
        tied = connection(found.lineup, tables, profile_statistics_of(tables), priors)
        index = with_column(with_column(index, "connection", tied.value), "connection_low", tied.low)
    return replace(search(index, filters, wish.sort, wish.limit), warnings=tuple(said))


def indexed(tables: Tables, brief: Brief, priors: Priors, tiers: TierScheme) -> tuple[Assessment, pa.Table]:
    """What is believed of every creator, and the index of it; a brief without an audience has nobody on target."""
    stats = statistics_of(tables)
    found = assess(tables, brief, priors, stats)
    index = index_of(laid_out(found, stats), tiers)
    if not wanted(brief):
        index = with_column(index, "on_target", np.full(index.num_rows, np.nan))
    return found, index


def _refused(tables: Tables) -> list[str]:
    """How much of the tables could not be used, where anything was."""
    n = len(tables.rejects)
    return [f"{n:,} values or rows of the tables could not be used: `asterism check` lists them."] if n else []


def spelled(filters: Filters, tiers: TierScheme) -> Filters:
    """The filters in the index's own words: `insta` is instagram, `Germany` DE, `English` en.

    Raises
    ------
    WrongUsage
        A word is no platform, country, language or tier: nobody could ever pass.
    """
    return replace(
        filters,
        platforms=_read(filters.platforms, platforms.platform, "platform", PLATFORMS),
        countries=_read(filters.countries, places.country, "country", ()),
        languages=_read(filters.languages, places.language, "language", ()),
        tiers=_read(filters.tiers, _tier_of(tiers), "tier of this scheme", (*tiers.names, UNTIERED)),
    )


def _tier_of(tiers: TierScheme) -> Callable[[str], str]:
    def read(word: str) -> str:
        if word.strip().lower() not in map(str.lower, (*tiers.names, UNTIERED)):
            raise ValueError("not a tier")
        return word

    return read


def _read(words: Sequence[str], read: Callable[[str], str], noun: str, known: Sequence[str]) -> tuple[str, ...]:
    """Each word as `read` has it, told in the index's terms."""
    found = []
    for word in words:
        try:
            found.append(read(word))
        except ValueError:
            fix = did_you_mean(word, list(known)) if known else "Write a name or an ISO code, as in US or en."
            raise WrongUsage(f"`{word}` is no {noun}.", fix) from None
    return tuple(found)


def _with_words(wish: Wish, tables: Tables, found: Assessment, index: pa.Table) -> tuple[pa.Table, list[str]]:
    """The index with match and likeness, and how they came about."""
    asked = wanted_niches([wish.niche]) if wish.niche else ()
    corpus = read_corpus(found.lineup, tables)
    topics, said = niche_of(corpus, spoken(corpus), asked), []
    if wish.niche:
        stated = _stated(found, wish.niche, asked)
        text = niche_part(topics, asked).score
        index = with_column(index, "match", 0.5 * (_or(stated, text) + _or(text, stated)))
        known = pc.any(pc.greater(index["match"], 0)).as_py()
        said.append(MATCHED if known else f"Nothing these creators say, or are said to be, names `{wish.niche}`.")
    if wish.similar_to:
        (row,) = rows_named([wish.similar_to], found.lineup.creators)
        index = with_column(index, "similar", likeness(found.lineup, tables, row, topics.shares))
        said.append(ALIKE)
    return index, said


def _stated(found: Assessment, niche: str, asked: Sequence[str]) -> Floats:
    """1 where the niche column names the niche, 0 where it names another, NaN where it is empty, (n,)."""
    words, code = np.unique(found.lineup.texts("niche").astype(str), return_inverse=True)
    named = [is_wanted("interest", word, (niche,)) or known_niche(word) in asked for word in words]
    return np.where(words == "", np.nan, np.array(named, dtype=float))[code]


def _or(one: Floats, other: Floats) -> Floats:
    return np.where(np.isfinite(one), one, other)
