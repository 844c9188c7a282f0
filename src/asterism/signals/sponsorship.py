"""Sponsorship: how selective a creator is, from how often it posts for money, for whom, and where that is going.

Too many sponsors erode trust. Few paid posts, the same brands again, and no rush of them make a high signal. Whether a
brand fits the creator is read elsewhere, from what both are about.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.creators.tables import Tables
from asterism.priors import Priors
from asterism.signals.lineup import Lineup
from asterism.signals.profile_statistics import ProfileStatistics
from asterism.signals.reading import Part, Signal, combine
from asterism.signals.shrink import Evidence
from asterism.signals.standing import by_rate, by_share, say
from asterism.signals.tallies import pairs_alike, rows_of, total

Floats = NDArray[np.float64]

VERSION: Final = "1"
WEIGHTS: Final = {"paid lately": 0.5, "repeat partnerships": 0.3, "trend": 0.2}
"""Weights of the parts: ours."""
ENOUGH: Final = 30
"""Posts that are enough to judge what is usual lately."""


def sponsorship(lineup: Lineup, tables: Tables, stats: ProfileStatistics, priors: Priors) -> Signal:
    """The selectivity of each creator, 0 to 1: few, repeated sponsors, not growing; what is missing widens the range.

    A post is paid where the source says so, else where a sponsor is named, else where its caption discloses it
    (`markers`): the last finds only what is disclosed.
    """
    seen = _Seen(lineup, stats, priors, "no posts seen" if tables.posts.num_rows else "no posts were given")
    return combine("selectivity", VERSION, [_lately(seen), _repeated(seen), _trend(seen)])


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the parts are made from, and why a creator without posts has none."""

    lineup: Lineup
    stats: ProfileStatistics
    priors: Priors
    why_not: str

    def counts(self, window: str) -> tuple[Floats, Floats]:
        """Paid posts, and posts known to be paid or not, in all or, with `_13`, lately, (n,) each."""
        paid, judged = (total(self.lineup, self.stats.habits, name + window) for name in ("paid", "judged"))
        return paid, judged


def _lately(seen: _Seen) -> Part:
    """Of the last 13 weeks where they hold `ENOUGH` posts, else of all that are seen."""
    (new, lately), (ever, seen_posts) = seen.counts("_13"), seen.counts("")
    use = lately >= ENOUGH
    paid, judged = np.where(use, new, ever), np.where(use, lately, seen_posts)
    standing = by_share(seen.lineup, paid, judged, seen.priors.entry("sponsorship.paid"))
    all_seen = say("{:,.0f} of the {:,.0f} posts seen", (paid, judged), judged > 0, seen.why_not)
    words = np.where(use, say("{:,.0f} of {:,.0f} posts in 13 weeks", (paid, judged), use, ""), all_seen)
    return standing.turned().part("paid lately", WEIGHTS["paid lately"], "share", words)


def _repeated(seen: _Seen) -> Part:
    """The chance that two paid posts are for one brand, Σ n(n − 1) / N(N − 1): it does not grow with N (Simpson)."""
    table = seen.stats.partners
    posts, alike = total(seen.lineup, table, "posts"), pairs_alike(seen.lineup, table)
    rows = rows_of(seen.lineup, table)
    brands = np.bincount(rows[rows >= 0], minlength=len(seen.lineup)).astype(float)
    pairs = posts * (posts - 1)
    trials = np.where(pairs > 0, posts / 2, 0.0)
    hits = trials * alike / np.where(pairs > 0, pairs, 1.0)
    standing = by_share(seen.lineup, hits, trials, seen.priors.entry("sponsorship.repeated"))
    words = say(
        "{:,.0f} brands in {:,.0f} paid posts", (brands, posts), pairs > 0, "under two posts with a named sponsor"
    )
    return standing.part("repeat partnerships", WEIGHTS["repeat partnerships"], "share", words)


def _trend(seen: _Seen) -> Part:
    """The odds of a paid post lately over those earlier; a log odds ratio has variance Σ 1 / (count + ½) (Haldane)."""
    new, ever = seen.counts("_13"), seen.counts("")
    old = ever[0] - new[0], ever[1] - new[1]
    cells = np.stack([new[0], new[1] - new[0], old[0], old[1] - old[0]]) + 0.5
    known = (new[1] > 0) & (old[1] > 0)
    worth = np.where(known, 1.0 / (1.0 / cells).sum(axis=0), 0.0)
    ratio = np.where(known, np.log(cells[0] * cells[3] / (cells[1] * cells[2])), np.nan)
    found = Evidence(worth, ratio, np.where(worth > 1, 1.0, np.nan))
    standing = by_rate(seen.lineup, found, seen.priors.entry("sponsorship.trend"), 1.0).turned()
    counts = (*new, *old)
    words = say(
        "{:,.0f} of {:,.0f} posts in 13 weeks, {:,.0f} of {:,.0f} before",
        counts,
        known,
        "no posts of the last 13 weeks and before to compare",
    )
    return standing.part("trend", WEIGHTS["trend"], "times the odds", words)
