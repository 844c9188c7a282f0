"""Learn: from the catalogue or from files to new priors, a rebooking list, the next wave and experiments."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
from pyarrow import csv

from asterism.creators.schema import Schema
from asterism.creators.tables import Tables
from asterism.creators.tiers import TierScheme, scheme
from asterism.desk.documents import document_from
from asterism.desk.forecast import priors_of
from asterism.desk.loading import Sources, load
from asterism.desk.read import Files
from asterism.desk.stored import open_catalogue
from asterism.desk.toml import toml_of
from asterism.errors import BadInput, NotFound, WrongUsage
from asterism.learning.collaborations import Booked, expect
from asterism.learning.evidence import FAKES, PHASES, Evidence, Who, Work, known, left_out, prices, works
from asterism.learning.experiments import Ranking, rank
from asterism.learning.rebooking import Advice, Economics, rebook
from asterism.learning.stakes import stakes_of, usual_experiments
from asterism.learning.updating import Learned, learn
from asterism.learning.waves import Arm, Level, Rules, State, Wave, next_wave
from asterism.measurement.matching import Judged, matched
from asterism.measurement.scorecard import FORECASTS
from asterism.priors import Priors
from asterism.priors.beliefs import MAIN_FORMAT
from asterism.store.contents import named, read_bytes
from asterism.store.save import save_bytes

POSTS: Final = 2
"""Posts of a booking whose fee nobody has named yet."""
MOST_ARMS: Final = 400
"""Creators considered for a wave: those with past results, then those who promise most per dollar."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Small CSV files beside the tables: who was met twice (`PHASES`), shares of fake followers found (`FAKES`)."""

    phases: str | None = None
    fakes: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a wave is asked for: its budget in US dollars, the rules, waves done, what each booking costs besides."""

    budget: float
    rules: Rules = field(default_factory=Rules)
    done: int = 0
    handling: float = 60.0
    seed: int = 0
    tier_scheme: str = "industry"


Say = Callable[[str], object]
"""Hears what was left out, in one sentence each."""


def _unheard(_: str) -> None:
    """For who does not ask what was left out."""


def learn_files(files: Files | None, sources: Sources, beside: Beside = Beside(), say: Say = _unheard) -> Learned:
    """What the results in files, or in the catalogue, make of the priors.

    Raises
    ------
    NotFound
        There is nothing to learn from.
    """
    tables = load(files, sources).tables
    evidence = _heard(tables, beside, say)
    judged = judged_of(sources.catalogue, tables) if files is None else None
    found = learn(priors_of(without_learnt(sources)), evidence, judged)
    if not found.updates:
        raise NotFound("There are no results to learn from.", "Bring outcomes, rates or posts of known creators.")
    return found


def evidence_of(tables: Tables, beside: Beside = Beside()) -> Evidence:
    """The tables as evidence."""
    phases, fakes = _small(beside.phases, PHASES), _small(beside.fakes, FAKES)
    return Evidence(tables.creators, tables.outcomes, tables.rates, tables.posts, tables.fx, phases, fakes)


def _heard(tables: Tables, beside: Beside, say: Say) -> Evidence:
    """The tables as evidence, once everything that is left out of them was said."""
    n, evidence = len(tables.rejects), evidence_of(tables, beside)
    refused = [f"{n:,} value{'s' * (n != 1)} could not be read: `asterism check FILE` lists them with the reasons."]
    for line in (*tables.warnings, *refused * (n > 0), *left_out(evidence)):
        say(line)
    return evidence


def judged_of(catalogue: Path | None, tables: Tables) -> Judged | None:
    """The forecasts kept in a catalogue held against its posts and outcomes; None where none was kept."""
    store = open_catalogue(catalogue)
    version = store.versions().get(FORECASTS.name)
    if version is None:
        return None
    return matched(store.read(FORECASTS.name, version), tables.posts, tables.outcomes, scheme("industry"))


def save_priors(learned: Learned, path: Path) -> Path:
    """The path, once the learnt entries stand there as a document for `--priors`: TOML, or JSON by its ending."""
    text = json.dumps(learned.document, indent=1) if path.suffix == ".json" else toml_of(learned.document)
    return save_bytes(path, text.encode())


def rebook_files(files: Files | None, sources: Sources, margin: float = 1.0, say: Say = _unheard) -> tuple[Advice, ...]:
    """The rebooking list of everybody with past work.

    Raises
    ------
    NotFound
        No past work of a known creator is there.
    """
    return rebook(_works(_heard(load(files, sources).tables, Beside(), say)), Economics(margin))


def _works(evidence: Evidence) -> Sequence[Work]:
    done = works(evidence)
    if not done:
        raise NotFound("There are no outcomes of known creators.", "Bring outcomes and the creators they speak of.")
    return done


def next_files(files: Files | None, sources: Sources, asked: Asked, say: Say = _unheard) -> Wave:
    """The next wave of a test that grows, from past results and the priors as they were before them."""
    evidence = _heard(load(files, sources).tables, Beside(), say)
    state = state_of(evidence, priors_of(without_learnt(sources)), asked)
    return next_wave(state, asked.budget, np.random.default_rng([asked.seed, asked.done]))


def state_of(evidence: Evidence, priors: Priors, asked: Asked) -> State:
    """Every creator as an arm with what it brought so far, and what each tier was believed to bring before.

    The levels come from the priors before these results: the arms hold the results themselves.
    """
    fees, done = _fees(evidence), works(evidence)
    arms, promise = list[Arm](), dict[str, list[float]]()
    tiers, last = scheme(asked.tier_scheme), _latest(done, asked.rules.memory)
    brought = _brought(done)
    for who in known(evidence.creators).values():
        mine = brought.get(who.creator_id, [])
        arm, worth = _arm(who, (mine, last), (fees.get(who.creator_id), priors), (asked, tiers))
        arms.append(arm)
        promise.setdefault(arm.tier, []).append(float(np.log(worth)))
    usual = {tier: Level(float(np.exp(np.mean(logs)))) for tier, logs in promise.items()}
    tried = sorted(arms, key=lambda a: (not a.spent, -usual[a.tier].orders_per_dollar, a.cost, a.creator_id))
    return State(tuple(tried[:MOST_ARMS]), usual, asked.rules, asked.done)


def _brought(done: Iterable[Work]) -> dict[str, list[Work]]:
    """The works of each creator of which both orders and cost are known."""
    found: dict[str, list[Work]] = {}
    for work in done:
        if work.orders is not None and work.cost:
            found.setdefault(work.who.creator_id, []).append(work)
    return found


def _arm(
    who: Who,
    done: tuple[Sequence[Work], Collection[str]],
    money: tuple[float | None, Priors],
    asked: tuple[Asked, TierScheme],
) -> tuple[Arm, float]:
    """A creator as an arm, and the orders per dollar that the priors expect; `done` has the last campaigns too."""
    (mine, last), (fee, priors), (wanted, tiers) = done, money, asked
    booked = Booked(who, "", MAIN_FORMAT.get(who.platform, "post"), POSTS)
    belief = expect(priors, booked)
    cost = (fee or float(belief.price.mean)) + wanted.handling
    orders = float(belief.reach.mean * belief.click.mean * belief.convert.mean)
    tier = str(tiers.of(np.array([who.followers]))[0])
    spent = sum((w.cost or 0.0) + wanted.handling for w in mine)
    recent = len({w.campaign for w in mine}.intersection(last))
    came = sum(w.orders or 0.0 for w in mine)
    return Arm(who.creator_id, tier, round(cost, 2), spent, came, spent, recent), max(orders, 1e-6) / cost


def _latest(done: Sequence[Work], n: int) -> list[str]:
    """The campaigns that ended last."""
    ends: dict[str, Any] = {}
    for work in done:
        if work.at is not None:
            ends[work.campaign] = max(ends.get(work.campaign, work.at), work.at)
    return sorted(ends, key=lambda name: ends[name])[-n:]


def _fees(evidence: Evidence) -> dict[str, float]:
    """The newest known fee of each creator for a usual booking: per post of what was priced, times `POSTS`."""
    found: dict[str, tuple[Any, float]] = {}
    for price in prices(evidence):
        when, per_post = price.at, price.dollars / sum(n for _, n in price.package)
        before = found.get(price.who.creator_id)
        if before is None or (when is not None and (before[0] is None or when > before[0])):
            found[price.who.creator_id] = (when, per_post * POSTS)
    return {who: fee for who, (_, fee) in found.items()}


def experiments_file(path: str, sources: Sources) -> Ranking:
    """The experiments that could change the answer of a plan's JSON (`asterism plan … --json`).

    Raises
    ------
    BadInput
        It is no plan.
    """
    return experiments_of(document_from(path), priors_of(sources), named(path))


def experiments_of(plan: Mapping[str, Any], priors: Priors, origin: str = "The document") -> Ranking:
    """The same of a plan's plain values."""
    try:
        stakes = stakes_of(plan)
    except (KeyError, TypeError, ValueError):
        raise BadInput(f"{origin} is no plan.", "Write one with `asterism plan BRIEF.toml … --json`.") from None
    return rank(stakes, usual_experiments(stakes, priors), priors)


def _small(path: str | None, kind: Schema) -> pa.Table:
    """A CSV file with the columns of a schema, or an empty table where none is named."""
    if path is None:
        return kind.empty()
    try:
        table = csv.read_csv(pa.BufferReader(read_bytes(path)))
        columns = [table[f.name].cast(f.type) for f in kind.fields]
    except (pa.ArrowException, KeyError, ValueError):
        names = ", ".join(f.name for f in kind.fields)
        raise BadInput(f"{named(path)} is no table of {kind.name}.", f"Write CSV with {names}.") from None
    return pa.table(columns, schema=kind.arrow)


def without_learnt(sources: Sources) -> Sources:
    """The sources, once it is sure that the priors named were not learnt themselves.

    Raises
    ------
    WrongUsage
        They were: learning from them again would count the same results twice.
    """
    if sources.priors and any("learnt: " in e.source for e in priors_of(sources).entries.values()):
        raise WrongUsage("Those priors were learnt.", "Learn from the shipped ones, with all results, old and new.")
    return sources
