"""The ladder of evidence: the strongest step that covers every candidate makes the samples of a plan."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.audience.calibrate import CERTAIN
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

TYPICAL: Final = 100_000
"""Followers at which beliefs that need one number for everybody are read."""
SECOND: Final = 1
"""Seed of the panel that judges; the one that plans has 0."""


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


@dataclass(frozen=True, slots=True)
class _Known:
    """What there is to build samples from; `universe` is all people there are, if known."""

    tables: Tables
    signals: Signals
    brief: Brief
    priors: Priors
    sizes: NDArray[np.float64]
    universe: float | None

    @property
    def names(self) -> list[str]:
        """Ids of all creators, in the order of `sizes`."""
        return list(self.signals.creators["creator_id"].to_pylist())

    @property
    def ids(self) -> NDArray[np.object_]:
        """Ids of the creators who have an audience."""
        return np.array(self.names, dtype=object)[self.sizes > 0]


def climb(tables: Tables, signals: Signals, brief: Brief, priors: Priors) -> Laddered:
    """The samples behind a plan, from the best evidence that covers every sized creator.

    Follower ids (rung 1) if every creator has some, else pairwise overlaps (rung 2) if every creator is in a pair,
    else profiles and niches (rungs 3 and 4). Evidence that covers only a part is not mixed in, and the warning says so.
    """
    known, warnings = _known(tables, signals, brief, priors)
    for table, column, build_from in (
        (tables.followers, "creator_id", _from_ids),
        (tables.overlaps, "a", _from_pairs),
    ):
        covered = _covered(table, column, known.ids)
        if table.num_rows and covered == known.ids.size:
            return Laddered(_samples(known, build_from(known)), tuple(warnings))
        if table.num_rows:
            warnings.append(_partly(column, covered, known.ids.size))
    return Laddered(_from_cells(known), tuple(warnings))


def second_panel(tables: Tables, signals: Signals, brief: Brief, priors: Priors) -> Samples | None:
    """The samples of another, independent panel of the same people; None if none.

    It judges a plan found on the samples of `climb`, at the price of a second pass over the ids with another hash.
    There is none where the ids do not cover every creator; where they are themselves a sample of the followers, whose
    error two panels would share; or where a panel holds everybody anyway.
    """
    known, _ = _known(tables, signals, brief, priors)
    if not tables.followers.num_rows or _covered(tables.followers, "creator_id", known.ids) < known.ids.size:
        return None
    panel = _panel(known, None, SECOND)
    given = dict(zip(panel.creators, panel.sizes.tolist(), strict=True))
    complete = all(n <= given.get(name, n) for name, n in zip(known.names, known.sizes.tolist(), strict=True))
    return _samples(known, panel) if complete and bool((panel.weight > CERTAIN).any()) else None


def _known(tables: Tables, signals: Signals, brief: Brief, priors: Priors) -> tuple[_Known, list[str]]:
    """What there is to build samples from, and a warning where the brief's universe is too small."""
    sizes = np.nan_to_num(signals.creators["audience"].to_numpy().astype(float), nan=0.0)
    target = signals.creators["on_target"].to_numpy().astype(float)
    universe, warnings = _universe(brief, sizes, target)
    return _Known(tables, signals, brief, priors, sizes, universe), warnings


def _samples(known: _Known, incidence: Incidence) -> Samples:
    """The people with columns in the order of the signals' creators, and the part of each that is wanted."""
    found = aligned(incidence, keys(known.signals), known.sizes)
    return Samples.of(found, worth_for(found, known.signals.creators["on_target"].to_numpy().astype(float)))


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


def _from_ids(known: _Known) -> Incidence:
    return _panel(known, dict(zip(known.names, known.sizes.tolist(), strict=True)))


def _panel(known: _Known, sizes: dict[str, float] | None, seed: int = 0) -> Incidence:
    """The panel of the creators at hand, calibrated to `sizes` or, without them, to the number of their ids."""
    from asterism.audience.panel import from_followers

    table = known.tables.followers
    mine = table.filter(pc.is_in(table["creator_id"], value_set=pa.array(known.names, pa.string())))
    return from_followers(mine["person"], mine["creator_id"], seed=seed, sizes=sizes, universe=known.universe)


def _from_pairs(known: _Known) -> Incidence:
    """Overlaps are of followers, sizes on views-first platforms of viewers: a pair shares no more than the smaller."""
    from asterism.audience.overlap import from_overlaps

    ids = known.signals.creators["creator_id"].to_pylist()
    sizes = {i: s for i, s in zip(ids, known.sizes.tolist(), strict=True) if s > 0}
    rows = zip(*(known.tables.overlaps[c].to_pylist() for c in ("a", "b", "shared")), strict=True)
    pairs = {(a, b): min(float(n), sizes[a], sizes[b]) for a, b, n in rows if a in sizes and b in sizes}
    return from_overlaps(sizes, pairs, universe=known.universe)


def _from_cells(known: _Known) -> Samples:
    signals, brief = known.signals, known.brief
    niches, countries = (signals.creators[c].to_pylist() for c in ("niche", "country"))
    wanted = dict(brief.audience.wanted) | ({"interest": brief.niche} if brief.niche else {})
    profiles = known.tables.audiences if known.tables.audiences.num_rows else None
    about = NicheInput(keys(signals), known.sizes, niches, countries)
    segmented = build(SegmentInput(about, profiles, beliefs(known.priors), known.universe, wanted))
    if not wanted:
        return Samples.of(segmented.incidence)
    inside, answered = worth(segmented, wanted)
    if set(answered) < set(wanted):
        target = signals.creators["on_target"].to_numpy().astype(float)
        inside = inside * _unanswered(segmented.incidence, inside, target)
    return Samples.of(segmented.incidence, inside)


def _unanswered(incidence: Incidence, inside: NDArray[np.float64], target: NDArray[np.float64]) -> float:
    """One share for everybody, for the wanted dimensions that no cell answers: people on target ÷ people inside."""
    person = np.repeat(incidence.weight * inside, np.diff(incidence.start))
    reached = float((person * incidence.chance).sum())
    return min(float((incidence.sizes * target).sum()) / max(reached, 1e-300), 1.0)


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
