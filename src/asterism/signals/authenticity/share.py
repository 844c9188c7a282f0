"""The share of fake accounts in a sample: label-shift EM, and how well each share explains the sample.

A classifier's chances hold for the share of fake accounts it was made with; counting them elsewhere counts wrongly.
Saerens, Latinne & Decaestecker 2002, doi:10.1162/089976602753284446: the share that makes the sample likeliest.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SHARES: Final = np.linspace(0.0, 1.0, 201)
"""The shares of fake followers that are weighed against each other."""
LEAST_TRANSFER_SD: Final = 0.05
"""However well the sources of the classifier agree, another may not: more than ±5 points at 80%."""
ROUNDS: Final = 500
_SETTLED: Final = 1e-7


@dataclass(frozen=True, slots=True)
class Sample:
    """Accounts sampled from the followers of several creators.

    Parameters
    ----------
    owner
        Whose follower each account is, 0 to `creators` − 1, (n_accounts,).
    ratio
        How much likelier its profile is among fake accounts than among real ones, above 0, (n_accounts,).
    creators
        How many creators there are.
    """

    owner: Ints
    ratio: Floats
    creators: int

    @property
    def size(self) -> Ints:
        """Accounts of each creator, (n_creators,)."""
        return np.bincount(self.owner, minlength=self.creators)


def estimate(sample: Sample, start: float = 0.25) -> Floats:
    """The likeliest share of fake accounts of each creator, NaN without accounts, (n_creators,).

    EM: with a share p, an account is fake with chance q = p·r / (p·r + 1 − p); the next p is the mean of q.
    """
    size = sample.size
    known = np.maximum(size, 1)
    share = np.full(sample.creators, start)
    for _ in range(ROUNDS):
        p = share[sample.owner]
        fake = p * sample.ratio / (p * sample.ratio + 1.0 - p)
        following = np.bincount(sample.owner, fake, sample.creators) / known
        moved = np.abs(following - share).max(initial=0.0, where=size > 0)
        share = following
        if moved < _SETTLED:
            break
    return np.where(size > 0, share, np.nan)


def explained(sample: Sample) -> Floats:
    """log P(sample | share) of each creator and each of `SHARES`, its largest 0, (n_creators, n_shares).

    Σ log(1 − p + p·r) over the accounts: it holds the error of sampling and that of a classifier that is unsure.
    """
    order = np.argsort(sample.owner, kind="stable")
    found = np.zeros((sample.creators, SHARES.size))
    for accounts in np.array_split(order, max(1, order.size // 50_000)):
        each = np.log(np.maximum(1.0 + np.outer(sample.ratio[accounts] - 1.0, SHARES), 1e-300))
        owners, first = np.unique(sample.owner[accounts], return_index=True)
        if owners.size:
            found[owners] += np.add.reduceat(each, first, axis=0)
    return np.asarray(found - found.max(axis=1, keepdims=True))


def carried(explained: Floats, transfer: Floats) -> Floats:
    """The same on accounts unlike those the classifier was made with: log P(sample | share), (n_creators, n_shares).

    What the sample would say endlessly repeated lies around the true share p with a standard deviation of
    max(c·√p, `LEAST_TRANSFER_SD`), `transfer` being c, NaN where there is no sample, (n_creators,).
    """
    found = np.zeros_like(explained)
    rounded = np.round(transfer, 2)
    for c in np.unique(rounded[np.isfinite(rounded)]):
        rows = rounded == c
        blurred = np.exp(explained[rows]) @ around(np.maximum(c * np.sqrt(SHARES), LEAST_TRANSFER_SD)).T
        found[rows] = np.log(blurred / blurred.max(axis=1, keepdims=True))
    return found


def around(sd: Floats) -> Floats:
    """P(seen | true) for each of `SHARES` as truth (rows) and as seen (columns): normal, within 0 and 1."""
    bell = np.exp(-0.5 * ((SHARES - SHARES[:, None]) / sd[:, None]) ** 2)
    return np.asarray(bell / bell.sum(axis=1, keepdims=True))
