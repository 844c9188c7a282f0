"""Delivered reach counted once: measured reaches of collaborations, with the people they share taken out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from asterism.audience.niches import NicheBeliefs, NicheInput
from asterism.audience.reach import Reach, reach
from asterism.audience.samples import Samples
from asterism.audience.segments import from_niches
from asterism.measurement.delivered import ReachOnce, impressions_of, weakest
from asterism.measurement.ledger import Dimension, Line, Return
from asterism.quantities import Interval

GROUPED: Final[tuple[tuple[Dimension, ...], ...]] = (
    (), ("tier",), ("phase",), ("platform",), ("campaign",), ("tier", "phase"),
)  # fmt: skip
"""The groups whose reach a ledger carries; of one creator it stands in the line."""
BY_SAMPLES: Final = "each creator's chances scaled so that the reach expected is the reach measured"
BY_PRIOR: Final = "people shared between creators by the duplication prior"


@dataclass(frozen=True, slots=True)
class Audience:
    """What is known of the people behind the creators.

    Parameters
    ----------
    samples
        The plan's people × creators; where it lacks a creator of the ledger the prior serves for all.
    universe
        How many people there are, for the prior; samples bring their own.
    beliefs
        What is believed of audiences nobody has counted (`ladder.beliefs`).
    names
        Columns of the samples by other names of their creators, as handles in lower case.
    """

    samples: Samples | None = None
    universe: float | None = None
    beliefs: NicheBeliefs = field(default_factory=NicheBeliefs)
    names: Mapping[str, str] = field(default_factory=dict)


def with_reach(result: Return, audience: Audience) -> Return:
    """The ledger with people reached once, in all and per group of `GROUPED`; without any reach as it was."""
    counter = _counter(result.lines, audience)
    if counter is None:
        return result
    reaches: dict[tuple[str, ...], dict[tuple[str, ...], ReachOnce]] = {}
    for dimensions in GROUPED:
        found = {names: counter.of(lines) for names, lines in result.members(*dimensions).items()}
        reaches[dimensions] = {names: once for names, once in found.items() if once is not None}
    return replace(result, reaches=reaches)


def reach_once(lines: Sequence[Line], audience: Audience) -> ReachOnce | None:
    """People reached by some lines of a ledger, each counted once; None where no reach is known."""
    counter = _counter(lines, audience)
    return None if counter is None else counter.of(lines)


@dataclass(frozen=True, slots=True)
class _Own:
    """One creator's reach over all its collaborations: as if they were apart, and its least and most."""

    likely: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class _Counter:
    """Samples in which every creator of a ledger has a column, and how to count in them."""

    samples: Samples
    names: Mapping[str, str]
    own: bool
    method: str

    def of(self, lines: Sequence[Line]) -> ReachOnce | None:
        """The people whom some lines reach."""
        deals = [line for line in lines if line.partner.key]
        known = [line for line in deals if line.delivered.reach]
        if not known:
            return None
        parts = {self.names[_creator(line)]: [] for line in known}  # type: dict[str, list[float]]
        for line in known:
            parts[self.names[_creator(line)]].append(float(line.delivered.reach or 0))
        people, on_target, rung = self._people(parts)
        shown = [found[0] for found in (impressions_of(line.delivered) for line in known) if found is not None]
        return ReachOnce(
            people=people,
            frequency=_frequency(sum(shown), people) if len(shown) == len(known) else None,
            on_target=on_target,
            of=len(known),
            lacking=len(deals) - len(known),
            rung=rung,
            origin=weakest([line.delivered.origin for line in known]),
            method=self.method,
        )

    def _people(self, parts: Mapping[str, Sequence[float]]) -> tuple[Interval, float | None, int]:
        column = {name: i for i, name in enumerate(self.samples.creators)}
        sizes = {name: float(self.samples.sizes[column[name]]) for name in parts}
        own = {name: _joined(reaches, None if self.own else sizes[name]) for name, reaches in parts.items()}
        rates = {name: min(one.likely / sizes[name], 1.0) if sizes[name] else 0.0 for name, one in own.items()}
        everybody = self.samples.with_worth(np.ones(self.samples.n_people))
        found = reach(everybody, list(parts), rates=rates)
        inside = sum(rates[name] * sizes[name] for name in parts)
        people = _bounded(found, [*own.values()], inside, self.samples.universe)
        target = None
        if not bool((self.samples.worth == 1).all()) and found.people:
            target = reach(self.samples, list(parts), rates=rates).people / found.people
        return people, target, found.rung


def _joined(reaches: Sequence[float], size: float | None) -> _Own:
    """The reach of several collaborations of one creator: they meet in one audience, so they hardly add up."""
    least, most = max(reaches), sum(reaches)
    if len(reaches) == 1 or size is None or not size:
        return _Own((least + most) / 2, least, most)
    missed = float(np.prod([1 - min(each / size, 1.0) for each in reaches]))
    return _Own(min(max(size * (1 - missed), least), most), least, most)


def _bounded(found: Reach, own: Sequence[_Own], inside: float, universe: float | None) -> Interval:
    """The interval with people outside the audiences, and with doubt on creators' own collaborations.

    People beyond a creator's audience share others as those inside do, or nobody, or all of them.
    """
    likely, least, most = (sum(getattr(one, end) for one in own) for end in ("likely", "least", "most"))
    outside = max(likely - inside, 0.0)
    mean = found.people * (1 + outside / inside) if inside else outside
    low = max(found.low * least / likely, *(one.least for one in own)) if likely else 0.0
    high = min((found.high + outside) * most / likely, most) if likely else 0.0
    cap = universe if universe is not None else high
    high = min(high, cap)
    low = min(low, high)
    return Interval(min(max(mean, low), high), low, high)


def _frequency(impressions: int, people: Interval) -> Interval | None:
    if people.low <= 0:
        return None
    return Interval(*(max(impressions / n, 1.0) for n in (people.mean, people.high, people.low)))


def _creator(line: Line) -> str:
    """One creator on one platform; a collaboration without an id is a creator of its own."""
    partner = line.partner
    return f"{partner.creator_id or partner.key}@{partner.platform}"


def _counter(lines: Sequence[Line], audience: Audience) -> _Counter | None:
    known: defaultdict[str, list[float]] = defaultdict(list)
    for line in lines:
        if line.partner.key and line.delivered.reach:
            known[_creator(line)].append(float(line.delivered.reach))
    if not known:
        return None
    if audience.samples is not None:
        sized = {
            n for n, size in zip(audience.samples.creators, audience.samples.sizes.tolist(), strict=True) if size > 0
        }
        names = {creator: _column(creator, sized, audience.names) for creator in known}
        if all(names.values()):
            return _Counter(audience.samples, names, False, BY_SAMPLES)
    sizes = np.array([_joined(reaches, None).likely for reaches in known.values()])
    universe = audience.universe and max(audience.universe, float(sizes.max()) * 1.05)
    built = from_niches(NicheInput([*known], sizes), audience.beliefs, universe=universe)
    samples = Samples.of(replace(built.incidence, universe=audience.universe))
    return _Counter(samples, {creator: creator for creator in known}, True, BY_PRIOR)


def _column(creator: str, sized: Set[str], names: Mapping[str, str]) -> str:
    """The column of a creator in samples: with its platform where two share the id; empty where it is not there."""
    bare = creator.rpartition("@")[0]
    return next((name for name in (creator, bare, names.get(bare, "")) if name in sized), "")
