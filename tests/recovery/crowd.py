"""Crowds whose truth is known: people in interest segments, light to heavy, and creators' audiences drawn from them."""

from dataclasses import dataclass

import numpy as np

N_PEOPLE, N_SEGMENTS, N_CREATORS = 60_000, 8, 50


@dataclass(frozen=True)
class Crowd:
    """`follows` (n_creators, n_people) true where a person is in the audience; `segment` (n_people,); the niches."""

    follows: np.ndarray
    segment: np.ndarray
    niche: np.ndarray

    @property
    def ids(self):
        return tuple(f"c{i:02d}" for i in range(len(self.follows)))

    @property
    def sizes(self):
        return {c: int(n) for c, n in zip(self.ids, self.follows.sum(axis=1), strict=True)}

    @property
    def pairs(self):
        shared = self.follows.astype(np.float32) @ self.follows.T.astype(np.float32)
        n = len(self.ids)
        return {(self.ids[i], self.ids[j]): int(shared[i, j]) for i in range(n) for j in range(i + 1, n)}

    def sampled_pairs(self, rng, n_followers=1_000):
        """Overlaps as seen in random followers of each creator: the mean of the two sides' estimates."""
        seen = {}
        for i, c in enumerate(self.ids):
            audience = np.flatnonzero(self.follows[i])
            some = rng.choice(audience, min(n_followers, audience.size), replace=False)
            share = self.follows[:, some].mean(axis=1) * audience.size
            for j, d in enumerate(self.ids):
                if i != j:
                    seen.setdefault((min(c, d), max(c, d)), []).append(share[j])
        return {pair: float(np.mean(values)) for pair, values in seen.items()}

    def censored_pairs(self, share=0.10, count=40):
        """Only the pairs above both limits, as public overlap graphs list them."""
        sizes = self.sizes
        return {p: n for p, n in self.pairs.items() if n >= share * min(sizes[p[0]], sizes[p[1]]) and n > count}

    def reach(self, chosen):
        return int(self.follows[list(chosen)].any(axis=0).sum())

    def profiles(self, rng=None, scrambled=0.0):
        """Each audience's interest shares; `scrambled` is the part of people whose interest is recorded at random."""
        seen = self.segment.copy()
        if scrambled:
            wrong = rng.random(seen.size) < scrambled
            seen[wrong] = rng.integers(0, N_SEGMENTS, int(wrong.sum()))
        rows = {"creator_id": [], "dimension": [], "bucket": [], "share": []}
        for c, audience in zip(self.ids, self.follows, strict=True):
            share = np.bincount(seen[audience], minlength=N_SEGMENTS) / audience.sum()
            for s in range(N_SEGMENTS):
                for key, value in zip(rows, (c, "interest", f"niche{s}", share[s]), strict=True):
                    rows[key].append(value)
        return rows


def crowd(seed):
    """A crowd of 60,000 in 8 interest segments, with 50 creators; focus .3–.85 and activity spread .2–2 by seed.

    Half of the crowds let a person's chance grow in proportion to activity until it is certain, half at a steady rate.
    """
    rng = np.random.default_rng(seed)
    focus, spread = rng.uniform(0.3, 0.85), np.exp(rng.uniform(np.log(0.2), np.log(2.0)))
    segment = rng.choice(N_SEGMENTS, N_PEOPLE, p=rng.dirichlet(np.full(N_SEGMENTS, 6.0)))
    activity = rng.gamma(1 / spread, spread, N_PEOPLE)
    population = np.bincount(segment, minlength=N_SEGMENTS) / N_PEOPLE
    niches = rng.choice(N_SEGMENTS, 3, replace=False) if rng.random() < 0.5 else np.arange(N_SEGMENTS)
    niche = rng.choice(niches, N_CREATORS)
    size = np.clip(np.exp(rng.normal(np.log(0.03), 0.8, N_CREATORS)), 0.003, 0.2) * N_PEOPLE
    follows = np.zeros((N_CREATORS, N_PEOPLE), bool)
    for c in range(N_CREATORS):
        taste = population * rng.gamma(4.0, 0.25, N_SEGMENTS)
        taste *= (1 - focus) / taste.sum()
        taste[niche[c]] += focus
        pull = (taste / population)[segment] * activity
        follows[c] = rng.random(N_PEOPLE) < _chances(pull, size[c], steady=bool(seed % 2))
    return Crowd(follows, segment, niche)


def _chances(pull, size, steady):
    low, high = 0.0, 1e6
    for _ in range(80):
        rate = (low + high) / 2
        chance = -np.expm1(-rate * pull) if steady else np.minimum(rate * pull, 1.0)
        low, high = (rate, high) if chance.sum() < size else (low, rate)
    return chance


def naive_reach(incidence, chosen):
    """Σ weight · (1 − Π (1 − chance)), one person at a time without any shortcut."""
    miss = np.ones(incidence.n_people)
    person = np.repeat(np.arange(incidence.n_people), np.diff(incidence.start))
    wanted = np.isin(incidence.link, list(chosen))
    np.multiply.at(miss, person[wanted], 1.0 - incidence.chance[wanted])
    return float(incidence.weight @ (1.0 - miss))


def random_duplication(sizes, universe):
    """Sainsbury's reach: everybody independent."""
    return universe * (1.0 - np.prod(1.0 - np.asarray(sizes) / universe))
