"""The ladder of evidence: the strongest step that covers every candidate makes the samples of a plan."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.audience.incidence import Incidence
from asterism.audience.niches import NicheBeliefs, NicheInput
from asterism.audience.samples import Samples
from asterism.audience.segments import SegmentInput, build, worth
from asterism.audience.target import worth_for
from asterism.brief import Brief
from asterism.creators.tables import Tables
from asterism.priors import Priors
from asterism.quantities import Share, figure
from asterism.signals.table import Signals

TYPICAL: int = 100_000
"""Followers at which beliefs that need one number for everybody are read."""


@dataclass(frozen=True, slots=True)
class Laddered:
    """Samples in the order of the signals' creators, and what had to be said about them."""

    samples: Samples
    warnings: tuple[str, ...]


def keys(signals: Signals) -> tuple[str, ...]:
    """One name per creator: the id, with its platform where two platforms share the id."""
    ids, platforms = (signals.creators[c].to_pylist() for c in ("creator_id", "platform"))
    names, times = np.unique(np.array(ids, dtype=str), return_counts=True)
    twice = set(names[times > 1].tolist())
    return tuple(f"{i}@{p}" if i in twice else i for i, p in zip(ids, platforms, strict=True))


def climb(tables: Tables, signals: Signals, brief: Brief, priors: Priors) -> Laddered:
    """The samples behind a plan, from the best evidence that covers every sized creator.

    Follower ids (rung 1) if every creator has some, else pairwise overlaps (rung 2) if every creator is in a pair,
    else profiles and niches (rungs 3 and 4). Evidence that covers only a part is not mixed in, and the warning says so.
    """
    sizes = np.nan_to_num(signals.creators["audience"].to_numpy().astype(float), nan=0.0)
    target = signals.creators["on_target"].to_numpy().astype(float)
    universe, warnings = _universe(brief, sizes, target)
    ids = np.array(signals.creators["creator_id"].to_pylist(), dtype=object)[sizes > 0]
    for table, column, build_from in (
        (tables.followers, "creator_id", _from_ids),
        (tables.overlaps, "a", _from_pairs),
    ):
        covered = _covered(table, column, ids)
        if table.num_rows and covered == ids.size:
            incidence = aligned(build_from(table, signals, sizes, universe), keys(signals), sizes)
            return Laddered(Samples.of(incidence, worth_for(incidence, target)), tuple(warnings))
        if table.num_rows:
            warnings.append(_partly(column, covered, ids.size))
    samples = _from_cells(tables, signals, brief, priors, sizes, universe)
    return Laddered(samples, tuple(warnings))


def _partly(column: str, covered: int, candidates: int) -> str:
    what = "Follower ids" if column == "creator_id" else "Overlaps"
    return f"{what} cover {covered} of {candidates} candidates and are left aside: give them for all, or for none."


def _covered(table: pa.Table, column: str, ids: NDArray[np.object_]) -> int:
    if not table.num_rows:
        return 0
    named = set(pc.unique(table[column]).to_pylist())
    if column == "a":
        named |= set(pc.unique(table["b"]).to_pylist())
    return sum(i in named for i in ids.tolist())


def _universe(brief: Brief, sizes: NDArray[np.float64], target: NDArray[np.float64]) -> tuple[float | None, list[str]]:
    """All people there are, from the people in the target, and a warning where audiences contradict it."""
    if brief.universe is None:
        return None, []
    share = float((sizes * target).sum() / max(sizes.sum(), 1.0))
    everybody, least = brief.universe / max(share, 1e-6), float(sizes.max()) * 1.05
    if everybody >= least:
        return everybody, []
    said = f"The brief's universe of {figure(brief.universe)} people cannot hold an audience of {figure(sizes.max())}"
    return least, [f"{said}: planned with {figure(least * share)} people on target instead."]


def _from_ids(table: pa.Table, signals: Signals, sizes: NDArray[np.float64], universe: float | None) -> Incidence:
    from asterism.audience.panel import from_followers

    known = dict(zip(signals.creators["creator_id"].to_pylist(), sizes.tolist(), strict=True))
    mine = table.filter(pc.is_in(table["creator_id"], value_set=signals.creators["creator_id"].combine_chunks()))
    return from_followers(mine["person"], mine["creator_id"], sizes=known, universe=universe)


def _from_pairs(table: pa.Table, signals: Signals, sizes: NDArray[np.float64], universe: float | None) -> Incidence:
    from asterism.audience.overlap import from_overlaps

    ids = signals.creators["creator_id"].to_pylist()
    known = {i: s for i, s in zip(ids, sizes.tolist(), strict=True) if s > 0}
    rows = zip(*(table[c].to_pylist() for c in ("a", "b", "shared")), strict=True)
    return from_overlaps(known, {(a, b): n for a, b, n in rows if a in known and b in known}, universe=universe)


def _from_cells(
    tables: Tables, signals: Signals, brief: Brief, priors: Priors, sizes: NDArray[np.float64], universe: float | None
) -> Samples:
    niches, countries = (signals.creators[c].to_pylist() for c in ("niche", "country"))
    known = NicheInput(keys(signals), sizes, niches, countries)
    wanted = dict(brief.audience.wanted) | ({"interest": brief.niche} if brief.niche else {})
    profiles = tables.audiences if tables.audiences.num_rows else None
    segmented = build(SegmentInput(known, profiles, beliefs(priors), universe, wanted))
    target = signals.creators["on_target"].to_numpy().astype(float)
    if not wanted:
        return Samples.of(segmented.incidence)
    return Samples.of(segmented.incidence, worth_for(segmented.incidence, target, worth(segmented, wanted)[0]))


def beliefs(priors: Priors) -> NicheBeliefs:
    """What the priors believe of an audience nobody has counted, for creators of a typical size."""
    low, middle, high = (getattr(priors.entry("duplication").interval, n) for n in ("low", "mean", "high"))
    own, home = (float(priors.entry(f"home.{n}").at(TYPICAL).median) for n in ("interest", "country"))
    return NicheBeliefs(Share(own), Share(home), (max(low, 1.0), middle, high))


def aligned(incidence: Incidence, creators: tuple[str, ...], sizes: NDArray[np.float64]) -> Incidence:
    """The same people with columns in the order of `creators`; those without evidence have no links."""
    column = {c: i for i, c in enumerate(creators)}
    move = np.array([column[c] for c in incidence.creators], dtype=np.int32)
    person = np.repeat(np.arange(incidence.n_people), np.diff(incidence.start))
    link = move[incidence.link]
    order = np.lexsort((link, person))
    rung = np.full(len(creators), 4, dtype=np.int8)
    rung[move] = incidence.rung
    return replace(
        incidence, creators=creators, link=link[order], chance=incidence.chance[order], rung=rung, sizes=sizes
    )
