"""Plan a campaign: from files, from the catalogue, or from tables in memory."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from asterism.audience.ladder import climb, second_panel
from asterism.audience.samples import Samples
from asterism.brief import Brief
from asterism.creators.tables import SCHEMAS, Tables
from asterism.desk.documents import document_from, read_brief
from asterism.desk.loading import Sources, load, signals_of, with_rates
from asterism.desk.read import Creators, Files
from asterism.desk.telling import Tell, quietly
from asterism.errors import BadInput, Infeasible
from asterism.planning.compose import Given, make_plan
from asterism.planning.plan import Plan, Verdict
from asterism.planning.spares import Spare, spares
from asterism.priors import Priors
from asterism.signals.ruled_out import barred_rows, left_open, named_rivals, rivalry, unreal
from asterism.signals.style import style_named
from asterism.signals.text.brands import conflicts


@dataclass(frozen=True, slots=True)
class Evidence:
    """Tables in memory with the versions they carry, and the priors to read them with."""

    tables: Tables
    priors: Priors = field(default_factory=Priors.default)
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Effort:
    """How draws are seeded, and how many seconds branch and bound may take; None for a fixed amount of work."""

    seed: int = 0
    seconds: float | None = None


def timed(seconds: float | None) -> Callable[[], float] | None:
    """A clock of the seconds left from now; None without a limit."""
    end = None if seconds is None else time.monotonic() + seconds
    return None if end is None else lambda: end - time.monotonic()


def plan_files(
    brief: str, files: Files | None, sources: Sources, *, effort: Effort = Effort(), tell: Tell = quietly
) -> Plan:
    """The plan of a brief file, from the files named or else from the catalogue."""
    wanted = read_brief(brief)
    tell("Reading", 0.0)
    loaded = load(files, sources)
    priors = Priors.read(document_from(sources.priors)) if sources.priors else Priors.default()
    return plan_tables(
        Evidence(loaded.tables, priors, {**loaded.versions, **_stated(sources.priors, priors)}),
        wanted,
        seed=effort.seed,
        seconds=effort.seconds,
        tell=tell,
    )


def _stated(path: str | None, priors: Priors) -> dict[str, str]:
    """Which file of priors a plan was made with, and how many of its entries own results moved."""
    if not path:
        return {}
    own = sum(entry.quality == "own" for entry in priors.entries.values())
    return {"priors": f"{Path(path).name}, {own} of {len(priors.entries)} figures own"}


def plan_tables(
    evidence: Evidence, brief: Brief, *, seed: int = 0, seconds: float | None = None, tell: Tell = quietly
) -> Plan:
    """The plan of a brief from tables in memory."""
    given, samples = _prepared(evidence, brief, Effort(seed, seconds), tell)
    return make_plan(given, samples, tell)


def plan_with_spares(
    evidence: Evidence, brief: Brief, *, seed: int = 0, tell: Tell = quietly
) -> tuple[Plan, tuple[Spare, ...]]:
    """The plan of a brief from tables in memory, and who would come next if a pick fell out."""
    given, samples = _prepared(evidence, brief, Effort(seed), tell)
    made = make_plan(given, samples, tell)
    tell("Looking for replacements", 0.95)
    return made, spares(given, samples, made)


def _prepared(evidence: Evidence, brief: Brief, effort: Effort, tell: Tell) -> tuple[Given, Samples]:
    """What a plan is made from: the signals of all creators for the brief, and a sample of the people they reach."""
    tables, brief = evidence.tables, with_rates(brief, evidence.tables.fx)
    tell("Reading signals", 0.05)
    signals = signals_of(tables, brief, evidence.priors)
    if not signals.creators.num_rows:
        where = " or ".join(brief.platforms) or "any platform"
        raise Infeasible(f"No creator is on {where}.", "Change `platforms`, or bring creators there.", ("platforms",))
    tell("Counting audiences", 0.1)
    laddered = climb(tables, signals, brief, evidence.priors)
    rivals = conflicts(tables, brief)
    barred, at_risk = barred_rows(signals.creators, rivals), left_open(signals.creators, brief.limits.include)
    named = named_rivals(signals.creators, brief.competitors, rivals)
    ruled_out = (*named, *rivalry(at_risk, rivals), *unreal(at_risk, brief.limits.min_authenticity))
    said = (*tables.warnings, *laddered.warnings, *ruled_out)
    style = style_named(tables, signals.creators["creator_id"], brief.style) if brief.style else None
    second = second_panel(tables, signals, brief, evidence.priors)
    given = Given(
        signals, brief, evidence.priors, effort.seed, evidence.versions, tables.rejects, said, style, barred, second,
        timed(effort.seconds),
    )  # fmt: skip
    return given, laddered.samples


def plan(
    creators: Creators | Any,
    brief: Brief,
    *,
    posts: Any = None,
    audiences: Any = None,
    followers: Any = None,
    overlaps: Any = None,
    rates: Any = None,
    fx: Any = None,
    priors: Priors | None = None,
    seed: int = 0,
    seconds: float | None = None,
) -> Plan:
    """The plan of a brief: whom to choose, for how much, when, what to expect, and how sure that is.

    Parameters
    ----------
    creators
        What `read_creators` gave, or a table (Arrow, pandas, Polars) with the canonical columns.
    brief
        What is wanted.
    posts, audiences, followers, overlaps, rates, fx
        Further tables with the canonical columns; more of them means a stronger rung and narrower ranges.
    seconds
        How long branch and bound may go on; None for a fixed amount of work, the same for the same tables.

    Raises
    ------
    Infeasible
        The brief's limits leave no plan; the error names them and the cheapest relaxation.
    """
    names = ("posts", "audiences", "followers", "overlaps", "rates", "fx")
    more = zip(names, (posts, audiences, followers, overlaps, rates, fx), strict=True)
    tables = tables_of(creators, {name: table for name, table in more if table is not None})
    return plan_tables(Evidence(tables, priors or Priors.default()), brief, seed=seed, seconds=seconds)


def compare(creators: Creators | Any, brief: Brief, *, posts: Any = None, seed: int = 0) -> Verdict:
    """The verdict alone: micro, macro, or both?"""
    return plan(creators, brief, posts=posts, seed=seed).verdict


def tables_of(creators: Creators | Any, more: Mapping[str, Any]) -> Tables:
    """Tables in memory, each brought to its schema."""
    typed = {name: conformed(name, table) for name, table in more.items()}
    if isinstance(creators, Creators):
        return Tables(creators.table, rejects=creators.rejects, warnings=creators.warnings, **typed)
    return replace(Tables(conformed("creators", creators)), **typed)


def conformed(kind: str, table: Any) -> pa.Table:
    """A table in memory in the schema of its kind; missing columns are null, others are dropped.

    Raises
    ------
    BadInput
        It is no table, or a column cannot be read as its type.
    """
    schema = SCHEMAS[kind]
    try:
        arrow = table if isinstance(table, pa.Table) else _arrow(table)
        columns = [
            arrow[f.name].cast(f.type) if f.name in arrow.column_names else pa.nulls(arrow.num_rows, f.type)
            for f in schema.fields
        ]
    except (pa.ArrowException, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"The {kind} table cannot be read: {str(error).splitlines()[0]}.", "Use our columns.") from None
    return pa.table(columns, schema=schema.arrow)


def _arrow(table: Any) -> pa.Table:
    if hasattr(table, "__arrow_c_stream__"):
        return pa.table(table)
    if hasattr(table, "to_arrow"):
        return table.to_arrow()
    return pa.table(dict(table))
