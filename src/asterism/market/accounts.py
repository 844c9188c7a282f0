"""Accounts sampled from the followers of simulated creators: profiles of real people, and of nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.creators.tables import ACCOUNTS
from asterism.errors import BadInput
from asterism.market.truth import Truth

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of account: medians and log-sds of its counts, and how often its profile shows the rest.

    `idle` is the part that never posted, `bare` the part without a biography, `plain` without figures in its name.
    """

    followers: tuple[float, float]
    following: tuple[float, float]
    posts: tuple[float, float]
    idle: float
    picture: float
    private: float
    bare: float
    plain: float


PEOPLE: Final = Kind((350, 1.1), (420, 0.8), (45, 1.5), 0.06, 0.985, 0.55, 0.35, 0.8)
CROWD: Final = Kind((40, 1.4), (1_800, 0.9), (3, 1.1), 0.65, 0.6, 0.3, 0.75, 0.5)
"""Accounts that follow thousands for money."""
FRESH: Final = Kind((35, 1.3), (90, 1.4), (4, 1.3), 0.6, 0.45, 0.3, 0.8, 0.35)
"""Accounts made in numbers, which have followed few yet."""


DRESSED: Final = 0.15
"""Part of the fake accounts whose profiles are dressed like people's."""


def accounts_table(rng: np.random.Generator, truth: Truth, size: int = 200, *, oddity: float = 0.12) -> pa.Table:
    """`size` accounts that follow each creator, drawn at random from all, in the schema `ACCOUNTS`.

    As many are fake as chance makes of the creator's true share p. Accounts are bought in different places and people
    differ too: the share that looks fake lies around p with a standard deviation of `oddity`·√p, either because more
    fake accounts are dressed like people's, or because some people's look like nobody's.

    Raises
    ------
    BadInput
        `oddity` is negative.
    """
    if not oddity >= 0:
        raise BadInput(f"`oddity` is {oddity}.", "Give a number of 0 or more.")
    share = truth.fake_share
    seen = np.clip(share + oddity * np.sqrt(share) * rng.normal(size=share.size), 0.0, 1.0)
    owner = np.repeat(np.arange(share.size), size)
    fake = rng.random(owner.size) < share[owner]
    odd = np.where(fake, np.maximum(1 - seen / share, 0.0)[owner], np.maximum((seen - share) / (1 - share), 0.0)[owner])
    looks = fake ^ (rng.random(owner.size) < odd)
    blatant = looks & (rng.random(owner.size) >= DRESSED)
    shown = np.where(blatant, rng.integers(1, 3, owner.size), 0)
    columns: dict[str, object] = {
        "creator_id": pa.array(truth.roster.ids).take(pa.array(owner)),
        "person": [f"{at:012x}" for at in rng.permutation(owner.size)],
        **_profiles(rng, shown),
    }
    return pa.table([pa.array(columns[f.name]).cast(f.type) for f in ACCOUNTS.fields], ACCOUNTS.arrow)


def _profiles(rng: np.random.Generator, shown: NDArray[np.int64]) -> Mapping[str, NDArray[np.generic]]:
    """What each account shows, whose kind is 0, a person, 1 or 2."""
    kinds = (PEOPLE, CROWD, FRESH)
    traits = {name: np.array([getattr(kind, name) for kind in kinds])[shown] for name in Kind.__slots__}
    counts = {
        name: rng.lognormal(np.log(traits[name][:, 0]), traits[name][:, 1])
        for name in ("followers", "following", "posts")
    }
    counts["posts"] = np.where(rng.random(shown.size) < traits["idle"], 0, counts["posts"])
    told = np.minimum(rng.lognormal(3.6, 0.8, shown.size), 150)
    return {
        **{name: np.floor(values).astype(np.int64) for name, values in counts.items()},
        "has_picture": rng.random(shown.size) < traits["picture"],
        "private": rng.random(shown.size) < traits["private"],
        "bio_length": np.where(rng.random(shown.size) < traits["bare"], 0, told).astype(np.int64),
        "digits": np.where(rng.random(shown.size) < traits["plain"], 0.0, rng.beta(2.5, 7, shown.size)),
    }
