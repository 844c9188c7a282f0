"""Rates of every creator and format considered: own posts, weighed against peers, and carried over between formats."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.creators.schema import FORMATS, VIEWS_FIRST
from asterism.priors import LogNormal, Priors
from asterism.signals.lineup import Lineup, format_codes
from asterism.signals.shrink import Evidence, Peers, Posterior, shrink

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Prior = Callable[[str, str, Floats], LogNormal]
"""Belief about a rate from platform, format and sizes."""

OWN, STATED, OTHER, PRIOR = "own posts", "stated averages", "own posts in another format", "prior"
UNKNOWN_SIZE: Final = 32e3
"""Followers at which rates are read for creators who cannot be sized; the planner skips them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Sufficient statistics laid out per creator × format of `tables.FORMATS`, (n, n_formats) each."""

    n: Floats
    mean: Floats
    var: Floats

    @classmethod
    def of(cls, lineup: Lineup, table: pa.Table) -> "Seen":
        """The rows of an executed table that speak of the creators considered."""
        rows, formats = lineup.rows(table["creator_id"], table["platform"]), format_codes(table["format"])
        use = (rows >= 0) & (formats >= 0)
        at = rows[use], formats[use]
        seen = cls(*(np.full((len(lineup), len(FORMATS)), start) for start in (0.0, np.nan, np.nan)))
        for target, name in ((seen.n, "n"), (seen.mean, "mean_log"), (seen.var, "var_log")):
            target[at] = table[name].to_numpy().astype(float)[use]
        return seen

    @classmethod
    def none(cls, like: "Seen") -> "Seen":
        """Nothing seen, for as many creators."""
        empty = np.full(like.n.shape, np.nan)
        return cls(np.zeros(like.n.shape), empty, empty)

    def where(self, use: NDArray[np.bool_], other: "Seen") -> "Seen":
        """These statistics for the creators in `use`, (n,), the others' from `other`."""
        return Seen(*(np.where(use[:, None], getattr(self, f), getattr(other, f)) for f in Seen.__slots__))

    def evidence(self, rows: Ints, kind: str) -> Evidence:
        """The evidence of some creators on one format."""
        column = FORMATS.index(kind)
        return Evidence(self.n[rows, column], self.mean[rows, column], self.var[rows, column])

    def busiest(self, rows: Ints, kind: str) -> Evidence:
        """The evidence on one format, or where a creator has none, on the format it has most posts of."""
        n = self.n[rows]
        best = np.where(n[:, FORMATS.index(kind)] > 0, FORMATS.index(kind), n.argmax(axis=1))
        return Evidence(n[np.arange(rows.size), best], self.mean[rows, best], self.var[rows, best])


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the posts: which creators and formats, the prior, the usual scatter, and stated averages."""

    lineup: Lineup
    considered: NDArray[np.bool_]
    sizes: Floats
    prior: Prior
    post_log_sd: float
    averages: Floats
    """Average rates stated in the creators table, NaN where none, (n,)."""


@dataclass(frozen=True, slots=True)
class Rates:
    """The posterior of every creator × format, each field (n, n_formats), with own posts and source."""

    posterior: Posterior
    posts: Floats
    source: NDArray[np.object_]


def rates(question: Question, seen: Seen, priors: Priors) -> Rates:
    """The rates of every creator and format considered; what is not considered is NaN."""
    shape = seen.n.shape
    found = Rates(
        Posterior(*(np.full(shape, np.nan) for _ in Posterior.__slots__)), seen.n, np.full(shape, PRIOR, dtype=object)
    )
    niche = np.unique(question.lineup.texts("niche").astype(str), return_inverse=True)
    codes = np.where(niche[0][niche[1]] == "", -1, niche[1])
    for platform in sorted(set(question.lineup.platform)):
        rows = np.flatnonzero(question.lineup.platform == platform)
        _platform(question, seen, priors, platform, rows, codes[rows], found)
    return found


def _platform(
    question: Question, seen: Seen, priors: Priors, platform: str, rows: Ints, niche: Ints, found: Rates
) -> None:  # fmt: skip
    main = "video" if platform in VIEWS_FIRST else "post"
    evidence = _evidence(question, seen, rows, main, priors.entry("stated_average_posts").value)
    wanted = [f for i, f in enumerate(FORMATS) if question.considered[rows, i].any()]
    known = [f for f, e in evidence.items() if (e.n > 0).any()]
    sizes = np.where(np.isfinite(question.sizes[rows]), question.sizes[rows], UNKNOWN_SIZE)
    own = {
        f: shrink(evidence[f], Peers(sizes, niche, question.prior(platform, f, sizes), question.post_log_sd))
        for f in dict.fromkeys([*wanted, *known])
    }
    n = np.stack([evidence[f].n for f in own], axis=1)
    best = np.where(n.max(axis=1) > 0, n.argmax(axis=1), -1)
    correlation = priors.entry("format_correlation").value
    for f in wanted:
        _write(found, rows, f, own, evidence, best, correlation)


def _evidence(question: Question, seen: Seen, rows: Ints, main: str, worth: float) -> dict[str, Evidence]:
    evidence = {f: seen.evidence(rows, f) for f in FORMATS}
    idle = seen.n[rows].sum(axis=1) == 0
    stated = np.where(idle, question.averages[rows], np.nan)
    return {**evidence, main: evidence[main].or_average(stated, worth, question.post_log_sd)}


def _write(
    found: Rates, rows: Ints, kind: str, own: dict[str, Posterior], evidence: dict[str, Evidence],
    best: Ints, correlation: float,
) -> None:  # fmt: skip
    column, belief = FORMATS.index(kind), own[kind]
    source = np.where(found.posts[rows, column] > 0, OWN, np.where(evidence[kind].n > 0, STATED, PRIOR)).astype(object)
    for i, other in enumerate(own):
        through = (evidence[kind].n == 0) & (best == i)
        if other != kind and through.any():
            belief = belief.seen_through(own[other], correlation).where(through, belief)
            by_posts = found.posts[rows, FORMATS.index(other)] > 0
            source = np.where(through, np.where(by_posts, OTHER, STATED), source)
    found.source[rows, column] = source
    for name in Posterior.__slots__:
        getattr(found.posterior, name)[rows, column] = getattr(belief, name)
