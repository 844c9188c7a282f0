"""Who is wanted: from each creator's on-target share to the worth of each sampled person."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from asterism.audience.incidence import Incidence

ROUNDS: Final = 12


def worth_for(
    incidence: Incidence, on_target: NDArray[np.float64], first: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """The part of each sampled person that is wanted, (n_people,), so that creators keep their on-target shares.

    Starts from `first`, or from the mean share of the creators a person can be reached by, and rakes: a person is
    scaled by the mean, over those creators, of wanted share ÷ present share. Where shares contradict each other
    (nobody can be both in and out of the target) the result lies between them.

    Parameters
    ----------
    on_target
        Share of each creator's audience in the target, (n_creators,), 0 to 1.
    first
        What is known of each person already, (n_people,), 0 to 1: a person known to be outside stays outside.
    """
    links = csr_array(
        (incidence.chance, incidence.link, incidence.start), shape=(incidence.n_people, incidence.n_creators)
    )
    by_creator = links.T.tocsr()
    reached = np.maximum(links.sum(axis=1), 1e-300)
    audience = np.maximum(by_creator @ incidence.weight, 1e-300)
    worth = (links @ on_target) / reached if first is None else np.asarray(first, dtype=float)
    for _ in range(ROUNDS):
        present = (by_creator @ (incidence.weight * worth)) / audience
        ratio = np.divide(on_target, present, out=np.ones_like(present), where=present > 0)
        worth = np.clip(worth * ((links @ ratio) / reached), 0.0, 1.0)
    return np.asarray(worth)
