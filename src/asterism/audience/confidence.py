"""How sure a count makes us of a chance: exact one-sided bounds on the share behind «so many hits of so many»."""

from scipy.special import betainccinv, betaincinv


def at_least(hits: float, of: int, risk: float) -> float:
    """The least share that `hits` of `of` leave credible: a true one lies below with chance `risk` at most.

    Clopper and Pearson (1934), doi:10.1093/biomet/26.4.404. A count known only to be at least so many may be passed
    as it is; one that is not whole counts as the next lower.

    >>> round(at_least(5, 10, 0.05), 3)
    0.222
    """
    whole = float(int(hits))
    return 0.0 if whole <= 0 else float(betaincinv(whole, of - whole + 1.0, risk))


def at_most(hits: float, of: int, risk: float) -> float:
    """The largest share that `hits` of `of` leave credible: a true one lies above with chance `risk` at most.

    >>> round(at_most(5, 10, 0.05), 3)
    0.778
    """
    whole = float(int(hits))
    return 1.0 if whole >= of else float(betainccinv(whole + 1.0, of - whole, risk))
