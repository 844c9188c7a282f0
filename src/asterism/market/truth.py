"""The truth of the market: who follows whom, and what any set of bookings would really do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from asterism.errors import NotFound, WrongUsage, did_you_mean
from asterism.market.bookings import Booking, Crowd, Expected, Package
from asterism.market.exposure import times_seen
from asterism.market.follows import Follows
from asterism.market.people import People
from asterism.market.rates import FORMATS, Rates
from asterism.market.roster import Roster

Wanted = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything the tables only hint at.

    Parameters
    ----------
    people, roster, follows, rates
        Who there is, who follows whom, and what one post does.
    fakes
        Fake followers of each creator, int64 (n_creators,); they see, click and buy nothing.
    scale
        Real people each simulated person stands for.
    priming
        How many times better a person converts who was reached in an earlier phase.
    """

    people: People
    roster: Roster
    follows: Follows
    rates: Rates
    fakes: NDArray[np.int64]
    scale: float
    priming: float
    _column: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_column", {c: i for i, c in enumerate(self.roster.ids)})

    def column(self, creator_id: str) -> int:
        """Row of a creator in the arrays; raises `NotFound` for an unknown one."""
        if creator_id not in self._column:
            raise NotFound(
                f"There is no creator `{creator_id}` in this market.", did_you_mean(creator_id, [*self._column])
            )
        return self._column[creator_id]

    @property
    def audience(self) -> NDArray[np.float64]:
        """Real followers of each creator in people, (n_creators,)."""
        return np.asarray(self.follows.counts * self.scale, dtype=float)

    @property
    def followers(self) -> NDArray[np.int64]:
        """Followers as the platform shows them, real and fake, (n_creators,)."""
        return np.rint(self.audience).astype(np.int64) + self.fakes

    @property
    def fake_share(self) -> NDArray[np.float64]:
        """Part of the followers shown that is fake, (n_creators,)."""
        return np.asarray(self.fakes / self.followers)

    def following(self, creator_id: str) -> NDArray[np.int32]:
        """The simulated people who follow one creator, ascending."""
        return self.follows.of(self.column(creator_id))

    def reach(self, creator_ids: Iterable[str], wanted: Wanted | None = None) -> float:
        """Real people who follow at least one of the creators: their potential reach, without double counting."""
        return float(self._worth(wanted)[self._anyone(creator_ids)].sum() * self.scale)

    def overlap(self, a: str, b: str) -> float:
        """Real people who follow both creators."""
        return np.intersect1d(self.following(a), self.following(b), assume_unique=True).size * self.scale

    def on_target(self, creator_id: str, wanted: Wanted) -> float:
        """Part of a creator's real followers in the target, 0 to 1."""
        return float(self.people.wanted(wanted)[self.following(creator_id)].mean())

    def propensity(self, product: str | None) -> NDArray[np.float64]:
        """How readily each person buys in a niche, (n_people,); 1 is the mean follower of the niche's own creators."""
        if product is None:
            return np.ones(self.people.size)
        if product not in self.people.niches:
            raise NotFound(f"There is no niche `{product}` here.", did_you_mean(product, list(self.people.niches)))
        niche = self.people.niches.index(product)
        raw = 0.3 + 0.7 * len(self.people.niches) * self.people.interest[:, niche].astype(float)
        own = np.repeat(self.roster.niche == niche, self.follows.counts)
        return np.asarray(raw / (raw[self.follows.person[own]].mean() if own.any() else raw.mean()))

    def package(self, bookings: Sequence[Booking]) -> Package:
        """What the bookings of one creator in one phase do to each of its real followers.

        With m posts seen on average, the number seen is beta-binomial. Each post seen moves to act with chance a,
        so P(act) = 1 − E[(1 − a)^seen]; a person reached buys with chance click × convert.
        """
        creator = self.column(bookings[0].creator_id)
        reach, act = np.array([self._post(creator, b.format) for b in bookings]).T
        posts = np.array([b.posts for b in bookings])
        exposures = float(posts @ reach)
        seen = times_seen(int(posts.sum()), exposures)
        per_view = float(posts @ (reach * act)) / exposures
        acts = 1.0 - float(seen @ (1.0 - per_view) ** np.arange(seen.size))
        buys = (1.0 - float(seen[0])) * float(self.rates.click[creator] * self.rates.convert[creator])
        return Package(creator, seen, acts, buys)

    def expected(
        self, bookings: Sequence[Booking], wanted: Wanted | None = None, product: str | None = None, most: int = 10
    ) -> Expected:
        """What the bookings truly bring on average, counting each person of the target once.

        `product` is the niche of what is sold; a person reached in phase 0 who has not bought converts `priming`
        times better in phase 1; `most` is the last frequency told apart.
        """
        crowd = Crowd(self.follows, self._worth(wanted) * self.scale, self.propensity(product), self.priming)
        return crowd.expect(self._packages(bookings, 0), self._packages(bookings, 1), most)

    def _worth(self, wanted: Wanted | None) -> NDArray[np.float64]:
        return self.people.wanted(wanted or {}).astype(float)

    def _anyone(self, creator_ids: Iterable[str]) -> NDArray[np.bool_]:
        inside = np.zeros(self.people.size, dtype=bool)
        for creator_id in creator_ids:
            inside[self.following(creator_id)] = True
        return inside

    def _post(self, creator: int, made: str) -> tuple[float, float]:
        reach = float(self.rates.reach[creator, FORMATS.index(made)])
        if np.isnan(reach):
            who, where = self.roster.ids[creator], self.roster.platforms[creator]
            raise WrongUsage(f"{who} is on {where} and makes no {made}.", "Book a format of that platform.")
        return reach, float(self.rates.act[creator, FORMATS.index(made)] * self.rates.sponsored[creator])

    def _packages(self, bookings: Sequence[Booking], phase: int) -> list[Package]:
        together: defaultdict[str, list[Booking]] = defaultdict(list)
        for booking in bookings:
            if booking.phase == phase:
                together[booking.creator_id].append(booking)
        return [self.package(each) for _, each in sorted(together.items())]
