"""`simulate`: a market of a seed and a size; `Market`: what a user would see of it, and the truth behind it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.creators.tables import FOLLOWERS, OVERLAPS, Tables
from asterism.errors import WrongUsage
from asterism.market.deals import draw_deals
from asterism.market.follows import draw_follows
from asterism.market.options import MarketOptions
from asterism.market.people import draw_people
from asterism.market.posts import draw_posts, posts_table
from asterism.market.profiles import audiences_table, creators_table
from asterism.market.rates import draw_rates
from asterism.market.roster import Roster, draw_roster
from asterism.market.truth import Truth

LARGEST = 0.5
"""No creator has more than this part of all people as real followers."""


@dataclass(frozen=True, slots=True)
class Market:
    """A simulated market: the `tables` a user would see, and the `truth` that made them."""

    tables: Tables
    truth: Truth

    def followers(self, creator_ids: Iterable[str] | None = None, fakes: bool = False) -> pa.Table:
        """Hashed ids of the followers of some or all creators, in the schema `FOLLOWERS`.

        One id stands for `truth.scale` real people. With `fakes` the lists also hold the fake followers, one id per
        `truth.scale` of them and nobody else's; without, they are lists of people who engage.
        """
        columns = self._columns(creator_ids)
        real = [self.truth.follows.of(c).astype(np.uint64) for c in columns]
        ids = [np.concatenate((p, self._fake_ids(c))) if fakes else p for c, p in zip(columns, real, strict=True)]
        people = np.concatenate(ids) if ids else np.empty(0, dtype=np.uint64)
        owner = np.repeat(columns, [part.size for part in ids]).astype(np.int64)
        return pa.table([pa.array(self.truth.roster.ids).take(pa.array(owner)), _hashed(people)], FOLLOWERS.arrow)

    def overlaps(self, creator_ids: Iterable[str] | None = None, least: int = 0) -> pa.Table:
        """Real people shared by each pair of some or all creators, at least `least`, in the schema `OVERLAPS`."""
        from scipy.sparse import csr_matrix

        columns = self._columns(creator_ids)
        fans = [self.truth.follows.of(c) for c in columns]
        start = np.concatenate(([0], np.cumsum([f.size for f in fans]))).astype(np.int64)
        links = np.concatenate([np.empty(0, dtype=np.int32), *fans])
        each = csr_matrix((np.ones(links.size), links, start), shape=(len(columns), self.truth.people.size))
        a, b = np.triu_indices(len(columns), 1)
        shared = np.rint((each @ each.T).toarray()[a, b] * self.truth.scale).astype(np.int64)
        ids, kept = np.array([self.truth.roster.ids[c] for c in columns], dtype=object), shared >= least
        return pa.table([ids[a[kept]], ids[b[kept]], shared[kept]], schema=OVERLAPS.arrow)

    def _columns(self, creator_ids: Iterable[str] | None) -> list[int]:
        chosen = self.truth.roster.ids if creator_ids is None else creator_ids
        return [self.truth.column(creator_id) for creator_id in chosen]

    def _fake_ids(self, creator: int) -> NDArray[np.uint64]:
        count = round(self.truth.fakes[creator] / self.truth.scale)
        return np.arange(count, dtype=np.uint64) + np.uint64((creator + 1) << 40)


def _hashed(people: NDArray[np.uint64]) -> pa.Array:
    """A 64-bit mix of each id (splitmix64) in hexadecimal: distinct ids stay distinct, and tell nothing."""
    distinct, at = np.unique(people, return_inverse=True)
    mixed = distinct + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return pa.array([f"{one:016x}" for one in mixed.tolist()], pa.string()).take(pa.array(at))


def simulate(
    n_creators: int = 400, n_people: int = 60_000, *, seed: int = 0, options: MarketOptions | None = None
) -> Market:
    """A market of `n_creators` and `n_people`, the same for the same seed, sizes and options.

    Each step draws from its own stream, so that a knob of one step leaves the others' luck alone.

    >>> market = simulate(20, 2_000, seed=1)
    >>> market.tables.creators.num_rows
    20
    """
    if n_creators < 1 or n_people < 100:
        raise WrongUsage(f"{n_creators} creators and {n_people} people make no market.", "Ask for 1 and 100 at least.")
    chosen = options or MarketOptions()
    streams = np.random.default_rng(seed).spawn(9)
    people = draw_people(streams[0], n_people, chosen)
    roster = draw_roster(streams[1], n_creators, chosen)
    scale = chosen.universe / n_people
    counts = _link_counts(streams[2], roster, n_people, scale)
    truth = Truth(
        people=people,
        roster=roster,
        follows=draw_follows(streams[3], people, roster, counts, chosen.focus),
        rates=draw_rates(streams[4], roster, chosen),
        fakes=np.rint(counts * scale * roster.fake / (1 - roster.fake)).astype(np.int64),
        scale=scale,
        priming=chosen.priming,
    )
    return Market(_tables(streams[5:], truth, chosen), truth)


def _link_counts(rng: np.random.Generator, roster: Roster, n_people: int, scale: float) -> NDArray[np.int64]:
    """Simulated followers of each creator: the real part of its drawn size, rounded up or down by chance."""
    exact = roster.drawn * (1 - roster.fake) / scale
    counts = np.floor(exact + rng.random(roster.size)).astype(np.int64)
    return np.clip(counts, 1, int(LARGEST * n_people))


def _tables(streams: list[np.random.Generator], truth: Truth, options: MarketOptions) -> Tables:
    who, post, profile, deal = streams
    connected, profiled = (
        who.random(truth.roster.size) < share for share in (options.with_reach, options.with_profiles)
    )
    posts = posts_table(post, truth, draw_posts(post, truth, options), connected, options)
    creators = creators_table(who, truth, posts, options)
    audiences = audiences_table(profile, truth, profiled)
    deals = draw_deals(deal, truth, options)
    return replace(Tables(creators), posts=posts, audiences=audiences, rates=deals.rates, outcomes=deals.outcomes)
