"""The account sample: what the profiles of some followers say of all followers."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.signals.authenticity.accounts import log_ratios
from asterism.signals.authenticity.belief import Evidence
from asterism.signals.authenticity.coefficients import TRANSFER
from asterism.signals.authenticity.features import COLUMNS, Accounts
from asterism.signals.authenticity.share import SHARES, Sample, carried, estimate, explained
from asterism.signals.lineup import Lineup

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MASS: Final = 1_500
"""Accounts a mass follower follows more of: it hardly sees anybody's posts (HypeAuditor, Hivency)."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """What the sampled accounts of each creator say, (n,) each.

    `size` accounts could be judged; `fake` is their share after label-shift EM and `fake_sd` its doubt; `mass` is the
    share of the `followings` accounts whose following is known that follow more than `MASS`. NaN without accounts.
    """

    size: Ints
    fake: Floats
    fake_sd: Floats
    followings: Ints
    mass: Floats
    evidence: Evidence


def sampled(lineup: Lineup, accounts: pa.Table) -> Sampled:
    """The sampled accounts of every creator considered; an id that stands on several platforms has one sample."""
    owner = lineup.positions(accounts["creator_id"])
    mine = accounts.filter(pa.array(owner >= 0))
    judged = of_accounts(profiles(mine), owner[owner >= 0], len(lineup.ids))
    at = lineup.id_of
    return Sampled(
        judged.size[at], judged.fake[at], judged.fake_sd[at], judged.followings[at], judged.mass[at],
        Evidence(judged.evidence.curves, judged.evidence.at[at], judged.evidence.words[at]),
    )  # fmt: skip


def profiles(accounts: pa.Table) -> Accounts:
    """A table of accounts as numbers, NaN where not known."""
    columns = (accounts[name].cast(pa.float64()).to_numpy() for name in COLUMNS)
    return Accounts(*(np.asarray(column, dtype=float) for column in columns))


def of_accounts(accounts: Accounts, owner: Ints, creators: int) -> Sampled:
    """The same from accounts and whose followers they are, 0 to `creators` − 1."""
    ratio = log_ratios(accounts)
    use = np.isfinite(ratio)
    sample = Sample(owner[use], np.exp(ratio[use]), creators)
    known = np.maximum(sample.size, 1)
    transfer = np.bincount(sample.owner, TRANSFER[accounts.known()[use]], creators) / known
    has = sample.size > 0
    at = np.where(has, np.cumsum(has), 0)
    curves = carried(
        explained(Sample(at[sample.owner], sample.ratio, int(has.sum()) + 1)), np.append(np.nan, transfer[has])
    )
    followings = np.bincount(owner[np.isfinite(accounts.following)], minlength=creators)
    mass = np.bincount(owner[accounts.following > MASS], minlength=creators) / np.maximum(followings, 1)
    return Sampled(
        sample.size,
        estimate(sample),
        np.where(has, _spread(curves)[at], np.nan),
        followings,
        np.where(followings > 0, mass, np.nan),
        Evidence(curves, at, _counted(sample.size)),
    )


def _counted(size: Ints) -> NDArray[np.object_]:
    return np.array([f"{n:,} sampled account{'s' if n > 1 else ''}" if n else "" for n in size.tolist()], dtype=object)


def _spread(curves: Floats) -> Floats:
    """Standard deviation of the share where every share was as likely before, (n,)."""
    chance = np.exp(curves)
    chance /= chance.sum(axis=1, keepdims=True)
    return np.asarray(np.sqrt(np.maximum(chance @ SHARES**2 - (chance @ SHARES) ** 2, 0.0)))
