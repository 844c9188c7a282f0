"""Who sees what in a simulated campaign: drawn person by person, and counted once each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from asterism.market.collaborations import Collaboration
from asterism.market.truth import Truth


@dataclass(frozen=True, slots=True)
class Contact:
    """The people one collaboration reaches, ascending int64 (n,), and how many of its posts each sees, int8 (n,)."""

    person: NDArray[np.int64]
    times: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Contacts:
    """All contacts of a campaign.

    Parameters
    ----------
    each
        One entry per collaboration.
    opened
        Who was reached in the opening, bool (n_real_people,).
    frequency
        `frequency[i]` people see exactly i + 1 posts.
    likes_of
        Real people each simulated person stands for; person p is one of simulated person p // `likes_of`.
    """

    each: tuple[Contact, ...]
    opened: NDArray[np.bool_]
    frequency: tuple[int, ...]
    likes_of: int

    @property
    def reach(self) -> int:
        """People reached, each once."""
        return sum(self.frequency)


def draw_contacts(rng: np.random.Generator, truth: Truth, collaborations: Sequence[Collaboration]) -> Contacts:
    """Every real follower of every collaboration sees its posts or not, independently of the others."""
    likes_of = max(1, round(truth.scale))
    seen = np.zeros(truth.people.size * likes_of, dtype=np.uint8)
    opened = np.zeros(seen.size, dtype=bool)
    each = []
    for collaboration in collaborations:
        contact = _contact(rng, truth, collaboration, likes_of)
        seen[contact.person] += contact.times.astype(np.uint8)
        if collaboration.phase == 0:
            opened[contact.person] = True
        each.append(contact)
    frequency = np.bincount(seen)[1:]
    return Contacts(tuple(each), opened, tuple(frequency.tolist()), likes_of)


def _contact(rng: np.random.Generator, truth: Truth, collaboration: Collaboration, likes_of: int) -> Contact:
    fans, chances = truth.follows.of(collaboration.creator).astype(np.int64), collaboration.package.seen
    at = np.flatnonzero(rng.random(fans.size * likes_of, dtype=np.float32) < collaboration.package.reach)
    person = fans[at // likes_of] * likes_of + at % likes_of
    upto = np.cumsum(chances[1:] / chances[1:].sum())[:-1]
    times = 1 + np.searchsorted(upto, rng.random(at.size, dtype=np.float32), side="right")
    return Contact(person, times.astype(np.int8))


def per_post(rng: np.random.Generator, contact: Contact, posts: int) -> NDArray[np.int64]:
    """People who see each post, int64 (posts,): those who see n of them see any n with the same chance."""
    reach = np.zeros(posts, dtype=np.int64)
    for times, people in enumerate(np.bincount(contact.times, minlength=posts + 1)[1:].tolist(), start=1):
        sets = list(combinations(range(posts), times))
        for chosen, count in zip(sets, rng.multinomial(people, np.full(len(sets), 1 / len(sets))), strict=True):
            reach[list(chosen)] += count
    return reach
