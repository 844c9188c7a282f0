"""Content: how carefully and steadily a creator posts, looked at before anybody commits.

What can be counted of quality: a rhythm that holds, engagement that does not swing, captions that say something, more
than one format, and sponsored posts that do as well as the others. Whether the pictures are good it cannot say.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, polygamma

from asterism.creators.tables import Tables
from asterism.priors import Priors
from asterism.signals.lineup import Lineup
from asterism.signals.posting import CELLS, COUNTERS, RHYTHM
from asterism.signals.profile_statistics import ProfileStatistics
from asterism.signals.reading import Part, Signal, combine
from asterism.signals.shrink import Evidence
from asterism.signals.standing import by_rate, by_share, say
from asterism.signals.tallies import evidence, pairs_alike, rows_of, total

Floats = NDArray[np.float64]

VERSION: Final = "1"
WEIGHTS: Final = {
    "posts per week": 0.1, "weeks with a post": 0.15, "steady engagement": 0.2, "captions that say something": 0.1,
    "caption length": 0.1, "caption variety": 0.1, "range of formats": 0.1, "sponsored against own": 0.15,
}  # fmt: skip
"""Weights of the parts: ours."""
TOLD_APART: Final = 4 * CELLS
"""Captions above which the cells of their hashes are too full to count them."""
_LEAST_VARIANCE: Final = 1e-4


def content(lineup: Lineup, tables: Tables, stats: ProfileStatistics, priors: Priors) -> Signal:
    """The care and steadiness of each creator's posts, 0 to 1, by its parts; what is missing widens the range."""
    seen = _Seen(lineup, stats, priors, "no posts seen" if tables.posts.num_rows else "no posts were given")
    makers = (_cadence, _active, _steadiness, _saying, _length, _variety, _formats, _sponsored)
    return combine("content", VERSION, [make(seen) for make in makers])


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the parts are made from, and why a creator without posts has none."""

    lineup: Lineup
    stats: ProfileStatistics
    priors: Priors
    why_not: str

    def logs(self, name: str, *, within: bool = False) -> Evidence:
        """Moments of a logarithm of `habits` per creator, (n,)."""
        columns = [f"{what}_{name}" for what in ("n", "mean", "var")]
        return evidence(self.lineup, self.stats.habits, columns, within=within)

    def by_share(self, name: str, hits: Floats, trials: Floats, belief: str, words: NDArray[np.object_]) -> Part:
        """A part by a share."""
        standing = by_share(self.lineup, hits, trials, self.priors.entry(f"content.{belief}"))
        return standing.part(name, WEIGHTS[name], "share", words)


def _cadence(seen: _Seen) -> Part:
    """A count's logarithm has variance 1 / count, so each post but the first is an observation of variance 1."""
    posts, (span, _) = total(seen.lineup, seen.stats.habits, "recent"), _weeks(seen)
    gaps = np.maximum(posts - 1, 0.0)
    rate = np.log(np.maximum(gaps, 1.0) / np.maximum(span - 1, 1.0))
    found = Evidence(gaps, np.where(gaps > 0, rate, np.nan), np.where(gaps > 1, 1.0, np.nan))
    standing = by_rate(seen.lineup, found, seen.priors.entry("content.posts_per_week"), 1.0)
    words = say(
        "{:,.0f} posts in {:,.0f} weeks", (posts, span), gaps > 0, f"under two posts in the last {RHYTHM} weeks"
    )
    return standing.part("posts per week", WEIGHTS["posts per week"], "posts per week", words)


def _active(seen: _Seen) -> Part:
    """The first and the last week have a post by definition and do not count."""
    span, active = _weeks(seen)
    between, hits = np.maximum(span - 2, 0.0), np.maximum(active - 2, 0.0)
    words = say("{:,.0f} of the {:,.0f} weeks between first and last post", (hits, between), between > 0,
                f"no week between first and last post of the last {RHYTHM}")  # fmt: skip
    return seen.by_share("weeks with a post", hits, between, "active_weeks", words)


def _weeks(seen: _Seen) -> tuple[Floats, Floats]:
    """Weeks from the first to the last post lately, both counted, and how many of them have one, (n,) each."""
    flags = _together(seen, "weeks")[:, None] >> np.arange(RHYTHM) & 1
    any_post = flags.any(axis=1)
    newest, oldest = flags.argmax(axis=1), RHYTHM - 1 - flags[:, ::-1].argmax(axis=1)
    return np.where(any_post, oldest - newest + 1.0, 0.0), flags.sum(axis=1).astype(float)


def _together(seen: _Seen, name: str) -> NDArray[np.int64]:
    """The bits of a counter over all formats of each creator, (n,)."""
    table = seen.stats.habits
    rows, bits = rows_of(seen.lineup, table), np.zeros(len(seen.lineup), dtype=np.int64)
    column = table[name].fill_null(0).to_numpy().astype(np.int64)
    np.bitwise_or.at(bits, rows[rows >= 0], column[rows >= 0])
    return bits


def _steadiness(seen: _Seen) -> Part:
    """Log deviation from ν degrees of freedom, freed of its bias: ln s − (ψ(ν/2) − ln(ν/2)) / 2."""
    found = seen.logs("own_acts", within=True)
    freedom = np.maximum(found.n - 1, 0.0)
    half = np.maximum(freedom, 1.0) / 2
    middle = 0.5 * (np.log(np.maximum(found.var, _LEAST_VARIANCE)) - digamma(half) + np.log(half))
    worth = np.where(freedom > 0, 2.0 / polygamma(1, half), 0.0)
    scatter = Evidence(worth, np.where(freedom > 0, middle, np.nan), np.where(worth > 1, 0.5, np.nan))
    standing = by_rate(seen.lineup, scatter, seen.priors.entry("post_log_sd"), np.sqrt(0.5)).turned()
    words = say("{:,.0f} own posts", (found.n,), freedom > 0, "under two own posts of one format")
    return standing.part("steady engagement", WEIGHTS["steady engagement"], "log-sd", words)


def _saying(seen: _Seen) -> Part:
    said, captions = (total(seen.lineup, seen.stats.habits, name) for name in ("said", "captions"))
    words = say("{:,.0f} of {:,.0f} captions", (said, captions), captions > 0, "no captions known")
    return seen.by_share("captions that say something", said, captions, "said", words)


def _length(seen: _Seen) -> Part:
    found = seen.logs("text")
    standing = by_rate(seen.lineup, found, seen.priors.entry("content.caption_length"), 1.0)
    words = say("{:,.0f} captions", (found.n,), found.n > 0, "no captions known")
    one_less = {name: np.maximum(getattr(standing, name) - 1.0, 0.0) for name in ("figure", "low", "high")}
    unit = "characters before the first hashtag"
    return replace(standing, **one_less).part("caption length", WEIGHTS["caption length"], unit, words)


def _variety(seen: _Seen) -> Part:
    """How many captions differ, by linear counting: −m ln(1 − cells taken / m) of m cells.

    Whang, Vander-Zanden and Taylor 1990, doi:10.1145/78922.78925.
    """
    captions = total(seen.lineup, seen.stats.habits, "captions")
    taken = np.minimum(np.sum([np.bitwise_count(_together(seen, name)) for name in COUNTERS], axis=0), CELLS - 0.5)
    distinct = np.minimum(-CELLS * np.log1p(-taken / CELLS), captions)
    known = (captions > 1) & (captions <= TOLD_APART)
    trials = np.where(known, captions - 1, 0.0)  # one caption is always distinct
    words = say("about {:,.0f} of {:,.0f} captions differ", (distinct, captions), known,
                "too few captions to compare, or too many")  # fmt: skip
    return seen.by_share("caption variety", np.clip(distinct - 1, 0.0, trials), trials, "distinct", words)


def _formats(seen: _Seen) -> Part:
    """The chance that two posts differ in format, 1 − Σ n(n − 1) / N(N − 1): it does not grow with N (Simpson)."""
    table = seen.stats.habits.filter(seen.stats.habits["format"].is_valid())
    posts, twins = total(seen.lineup, table, "posts"), pairs_alike(seen.lineup, table)
    pairs = posts * (posts - 1)
    mixed = 1.0 - twins / np.where(pairs > 0, pairs, 1.0)
    platform = seen.lineup.platform.astype(str)
    known = (pairs > 0) & np.isin(platform, np.unique(platform[(pairs > 0) & (mixed > 0)]))
    trials = np.where(known, posts / 2, 0.0)
    words = say("{:,.0f} posts", (posts,), known, "under two posts of known format, or a platform with one format")
    return seen.by_share("range of formats", mixed * trials, trials, "mixed", words)


def _sponsored(seen: _Seen) -> Part:
    """Engagement of paid posts over that of own ones: two means of n and m posts are worth nm / (n + m) of either."""
    paid, own = seen.logs("paid_acts"), seen.logs("own_acts")
    both = (paid.n > 0) & (own.n > 0)
    worth = np.where(both, paid.n * own.n / np.maximum(paid.n + own.n, 1.0), 0.0)
    freedom = paid.n + own.n - 2
    pooled = np.where(both & (freedom > 0), (paid.squares + own.squares) / np.maximum(freedom, 1.0), np.nan)
    found = Evidence(worth, np.where(both, paid.mean - own.mean, np.nan), np.where(worth > 1, pooled, np.nan))
    scatter = seen.priors.entry("post_log_sd").value
    standing = by_rate(seen.lineup, found, seen.priors.entry("sponsored_effect"), scatter)
    counts = (standing.low, standing.high, paid.n, own.n)
    words = say(
        "{:.2f}–{:.2f} times as much, {:,.0f} paid and {:,.0f} own posts", counts, both, "no paid beside own posts"
    )
    return standing.part("sponsored against own", WEIGHTS["sponsored against own"], "times own posts", words)
