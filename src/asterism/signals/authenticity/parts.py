"""The parts of authenticity: each thing measured, brought to a score from 0, very odd, to 1, as usual."""

from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import ndtr

from asterism.creators.schema import VIEWS_FIRST
from asterism.priors import Priors
from asterism.signals.authenticity.geography import Understood
from asterism.signals.authenticity.growth import FEWEST, Growth
from asterism.signals.authenticity.sampled import Sampled
from asterism.signals.averages import stated_rates
from asterism.signals.lineup import Lineup
from asterism.signals.peers import NEIGHBOURS, percentiles
from asterism.signals.rates import UNKNOWN_SIZE, Seen
from asterism.signals.reading import Part
from asterism.signals.statistics import SufficientStatistics

Floats = NDArray[np.float64]

WEIGHTS: Final = {
    "account sample": 0.3, "vendor's figure": 0.1, "engagement among peers": 0.15, "comments per like": 0.1,
    "growth": 0.15, "commenters": 0.1, "mass followers": 0.05, "geography": 0.05,
}  # fmt: skip
"""How much each part counts in the signal (assumptions): what is closest to the followers themselves counts most."""
TAIL: Final = 0.1
"""Peers beyond which a figure begins to be odd: the tenth at either end."""
STATED: Final = "stated averages"
FEWEST_COMMENTS: Final = 20
"""Comments below which a share of them says nothing."""
_USUAL: Final = 0.9


def account_sample(found: Sampled, usual: float) -> Part:
    """The share of real accounts among those sampled."""
    words = _words(found.size, "sampled account", "no sampled accounts")
    sd = np.nan_to_num(found.fake_sd)
    return _part("account sample", 1 - found.fake, "share", 1 - found.fake, sd, words, usual)


def vendors_figure(credible: Floats, priors: Priors, usual: float) -> Part:
    """The share of followers a vendor calls credible."""
    words = np.where(np.isfinite(credible), "as the vendor reckons", "no vendor's figure").astype(object)
    sd = np.full(credible.size, priors.entry("fake.vendor_sd").value)
    return _part("vendor's figure", credible, "share", credible, sd, words, usual)


def engagement(lineup: Lineup, stats: SufficientStatistics) -> tuple[Part, Floats]:
    """Engagement per follower, odd at either end among peers; and its percentile."""
    seen = Seen.of(lineup, stats.by_followers)
    posts = seen.n.sum(axis=1)
    mean = np.nansum(seen.n * np.nan_to_num(seen.mean), axis=1) / np.maximum(posts, 1)
    stated = np.where(np.isin(lineup.platform.astype(str), VIEWS_FIRST), np.nan, stated_rates(lineup))
    return _among_peers(
        lineup, "engagement among peers", "of followers", np.where(posts > 0, mean, _log(stated)), posts
    )


def comments_per_like(lineup: Lineup, stats: SufficientStatistics) -> Part:
    """Comments per like, odd at either end among peers."""
    table = stats.comments_per_like
    row = lineup.rows(table["creator_id"], table["platform"])
    posts, mean = np.zeros(len(lineup)), _log(lineup.numbers("avg_comments") / _above_zero(lineup.numbers("avg_likes")))
    posts[row[row >= 0]] = table["n"].to_numpy()[row >= 0]
    mean[row[row >= 0]] = table["mean_log"].to_numpy()[row >= 0]
    return _among_peers(lineup, "comments per like", "per like", mean, posts)[0]


def growth(found: Growth) -> Part:
    """Followers gained in steps nobody explained, as a share of today's; half of them make the score 0."""
    known = np.isfinite(found.share)
    words = np.array([_history(*row) for row in zip(found.intervals.tolist(), found.steps.tolist(),
                      found.annotated.tolist(), found.followed.tolist(), strict=True)], dtype=object)  # fmt: skip
    score = np.clip(1 - 2 * found.share, 0, 1)
    sd = np.where(score == 1, 0.1, np.where(found.engaged, 0.15, 0.25))
    return _part("growth", np.where(known, found.share, np.nan), "share of followers", score, sd, words, _USUAL)


def commenters(lineup: Lineup, stats: SufficientStatistics) -> Part:
    """Comments by a circle, against peers, or with the same words; the more of either, the odder.

    Small creators know each other, so that of a circle only what exceeds nine in ten peers counts.
    """
    counts = _by_row(lineup, stats.commenters)
    enough, worded = counts["n"] >= FEWEST_COMMENTS, counts["texts"] >= FEWEST_COMMENTS
    circle = np.where(enough, counts["circle"] / np.maximum(counts["n"], 1), np.nan)
    alike = np.where(worded, counts["alike"] / np.maximum(counts["texts"], 1), np.nan)
    among = percentiles(circle, lineup.platform, lineup.followers)
    odd = np.nan_to_num(np.maximum(among - (1 - TAIL), 0) / TAIL * circle * 2)
    score = np.where(enough, 1 - np.clip(np.fmax(odd, alike), 0, 1), np.nan)
    words = np.array([f"{int(n):,} comments, {c:.0%} by a circle" + (f", {a:.0%} with the same words" if a == a else "")
                      if n >= FEWEST_COMMENTS else f"{int(n):,} comments: too few" for n, c, a in
                      zip(counts["n"], circle, alike, strict=True)], dtype=object)  # fmt: skip
    sd = np.minimum(0.05 + 1 / np.sqrt(np.maximum(counts["n"], 1)), 0.29)
    return _part("commenters", np.fmax(circle, alike), "share of comments", score, sd, words, _USUAL)


def mass_followers(found: Sampled, priors: Priors) -> Part:
    """Followers who follow so many that they see little; full up to the usual share, 0 halfway from it to all."""
    usual = priors.entry("fake.mass_followers").value
    score = np.clip(1 - np.maximum(found.mass - usual, 0) / (1 - usual) * 2, 0, 1)
    sd = np.minimum(0.05 + 1 / np.sqrt(np.maximum(found.followings, 1)), 0.29)
    words = _words(found.followings, "sampled account", "no sampled accounts with their followings")
    return _part("mass followers", found.mass, "share", score, sd, words, _USUAL)


def geography(lineup: Lineup, found: Understood, priors: Priors) -> Part:
    """The share of the audience that understands the creator, odd only where it is far below the usual."""
    size = np.where(np.isfinite(lineup.followers), lineup.followers, UNKNOWN_SIZE)
    home, error = priors.entry("home.language").at(size), priors.entry("profile_log_sd").value
    z = (_log(np.maximum(found.share, 1e-3)) - np.log(home.median)) / np.hypot(home.log_sd, 2 * error)
    words = np.where(found.words == "", "no profile of its audience, or nothing of the creator", found.words)
    score = np.minimum(2 * ndtr(z), 1.0)
    return _part("geography", found.share, "share", score, np.full(z.size, 0.15), words.astype(object), _USUAL)


def _among_peers(lineup: Lineup, name: str, unit: str, log_ratio: Floats, posts: Floats) -> tuple[Part, Floats]:
    """A ratio scored by its place among peers of its size: full in the middle, falling in the last tenth each side."""
    among = percentiles(log_ratio, lineup.platform, lineup.followers)
    score = np.minimum(np.minimum(among, 1 - among) / TAIL, 1.0)
    sd = np.minimum(0.05 + 0.24 / np.sqrt(np.maximum(posts, 1)), 0.29)
    words = np.array([_place(*row) for row in zip(log_ratio, among, posts, strict=True)], dtype=object)
    return _part(name, np.exp(log_ratio), unit, score, sd, words, _USUAL), among


def _place(log_ratio: float, among: float, posts: float) -> str:
    if np.isnan(log_ratio):
        return "no posts and no averages that show it"
    rests = f"{int(posts):,} post{'s' if posts > 1 else ''}" if posts else STATED
    return f"{rests}: too few peers to compare with" if np.isnan(among) else (
        f"{rests}: above {among:.0%} of up to {NEIGHBOURS} peers of its size")  # fmt: skip


def _history(intervals: int, steps: int, annotated: int, followed: int) -> str:
    if intervals < FEWEST:
        return f"{intervals + (intervals > 0)} snapshots: too few"
    told = [f"{intervals + 1} snapshots", f"{steps} step{'s' if steps != 1 else ''}"]
    told += [f"{annotated} explained by annotations"] * (annotated > 0)
    return ", ".join(told + [f"{followed} followed by engagement"] * (followed > 0))


def _by_row(lineup: Lineup, table: pa.Table) -> dict[str, Floats]:
    """The counts of a table with a row per creator id, 0 where there is none, (n,) each."""
    at = lineup.positions(table["creator_id"])
    found = {}
    for name in ("n", "circle", "texts", "alike"):
        counts = np.zeros(len(lineup.ids))
        counts[at[at >= 0]] = table[name].to_numpy()[at >= 0]
        found[name] = counts[lineup.id_of]
    return found


def _part(
    name: str, measured: Floats, unit: str, score: Floats, sd: Floats, evidence: NDArray[np.object_], usual: float
) -> Part:
    return Part(name, WEIGHTS[name], measured, unit, score, sd, evidence, usual)


def _words(counts: NDArray[np.int64], what: str, none: str) -> NDArray[np.object_]:
    return np.array([f"{n:,} {what}{'s' if n > 1 else ''}" if n else none for n in counts.tolist()], dtype=object)


def _above_zero(values: Floats) -> Floats:
    return np.where(values > 0, values, np.nan)


def _log(values: Floats) -> Floats:
    return np.log(_above_zero(values))
