"""Markets of few creators whose best set of all people is known, because every set is tried."""

from dataclasses import dataclass

import numpy as np

from asterism.planning.offers import Offers


@dataclass(frozen=True)
class Market:
    """Who follows whom, `follows` (n_creators, n_people); one offer per creator; and a budget in cents."""

    follows: np.ndarray
    offers: Offers
    budget: int

    def pairs(self):
        """Every follower once per creator: people, and the creators' ids."""
        creator, person = np.nonzero(self.follows)
        return person, np.array([f"c{c:02d}" for c in range(len(self.follows))])[creator]

    def values(self, chance):
        """People of everybody that each set wins, (2 ** n_creators,): bit c says that c is in the set.

        People with the same links are one class. Creator after creator, a class goes unwon with 1 where the set leaves
        the creator out, and with 1 − chance where it does not.
        """
        n, n_people = self.follows.shape
        unwon = np.bincount(self.follows.T @ (1 << np.arange(n)), minlength=1 << n).astype(float).reshape([2] * n)
        for c in range(n):
            without, links = np.take(unwon, 0, n - 1 - c), np.take(unwon, 1, n - 1 - c)
            unwon = np.stack([without + links, without + (1 - chance[c]) * links], n - 1 - c)
        return n_people - unwon.ravel()

    def affordable(self):
        """Which of these sets the budget pays for."""
        spent = np.zeros(1)
        for cost in self.offers.cost:
            spent = np.concatenate([spent, spent + cost])
        return spent <= self.budget


def market(seed, n_creators=12, n_people=4_000, rates=(1.0, 1.0)):
    """People in four segments, light to heavy; audiences of 3–30% that lean to one segment each."""
    rng = np.random.default_rng(seed)
    segment, spread = rng.integers(0, 4, n_people), rng.uniform(0.2, 2.0)
    activity = rng.gamma(1 / spread, spread, n_people) + 1e-3
    follows = np.zeros((n_creators, n_people), bool)
    for c in range(n_creators):
        taste = np.full(4, 0.15)
        taste[rng.integers(0, 4)] += 0.6
        race = rng.exponential(size=n_people) / (activity * taste[segment])
        follows[c, np.argsort(race)[: int(rng.uniform(0.03, 0.3) * n_people)]] = True
    offers = one_each(rng, n_creators, rates)
    return Market(follows, offers, int(0.35 * offers.cost.sum()))


def one_each(rng, n, rates):
    """One post of each creator, reaching a part of the audience between the two `rates`; a tenth acts, a tenth buys."""
    cost, reach = rng.integers(5_000, 40_000, n), rng.uniform(*rates, n)
    none, small = np.zeros(n), np.zeros(n, np.int16)
    return Offers(
        np.arange(n, dtype=np.int32), ("1 reel",) * n, np.ones(n, np.int16), cost, cost, none, ("quote",) * n,
        reach, reach / 10, reach / 100, reach, small, small, ("micro",), ("instagram",),
    )  # fmt: skip
