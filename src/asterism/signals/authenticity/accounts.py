"""The account classifier: how much likelier a profile is among fake accounts than among real ones."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from asterism.priors import Priors
from asterism.signals.authenticity.coefficients import INTERCEPT, SLOPES
from asterism.signals.authenticity.features import Accounts, features

Floats = NDArray[np.float64]

MOST: Final = 8.0
"""No profile is more than e⁸ times likelier among one kind of accounts than among the other."""


def log_ratios(accounts: Accounts) -> Floats:
    """The logarithm of P(profile | fake) / P(profile | real), NaN where no count is known, (n,).

    Logistic regression whose labels weigh the same, so its logit is the log ratio; the model for exactly what is known
    of the account is used, and nothing is filled in. Where only counts are known, it rests on counts.
    """
    code = accounts.known()
    score = INTERCEPT[code] + np.sum(features(accounts) * SLOPES[code], axis=1)
    return np.asarray(np.clip(score, -MOST, MOST))


def chances(accounts: Accounts, share: float | None = None) -> Floats:
    """The chance that each account is fake, NaN where followers, following and posts are all unknown, (n,).

    By Bayes' rule from the ratio and `share`, the share of fake accounts where these come from: the priors' mean if
    not given. Another share shifts every chance and changes no order.
    """
    usual = 1.0 - Priors.default().authentic().mean if share is None else share
    return np.asarray(expit(log_ratios(accounts) + logit(usual)))
