"""Connection: how strongly people are tied to a creator, from what they write and whether they come back.

Reach says how many watch; this says how many are moved. Every part is read against peers of the same platform and size,
because large accounts draw fewer comments per like for no fault of theirs.
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
from asterism.signals.standing import Standing, by_rate, by_share, overdispersion, say
from asterism.signals.tallies import evidence, total

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

VERSION: Final = "1"
WEIGHTS: Final = {
    "replies": 0.2, "returning commenters": 0.25, "conversations": 0.1, "comments in words": 0.05,
    "comment length": 0.1, "questions": 0.05, "comments per like": 0.1, "saves per like": 0.1, "shares per like": 0.05,
}  # fmt: skip
"""Weights of the parts: ours, after what practitioners name first; coming back counts most, length least."""


def connection(lineup: Lineup, tables: Tables, stats: ProfileStatistics, priors: Priors) -> Signal:
    """The bond between each creator and its people, 0 to 1, by its parts; what is missing widens the range.

    Parts: replies by the creator (of threads where answers are known, else of comments), returning commenters,
    conversations, comments in words, their length, questions, and comments, saves and shares per like.
    """
    seen = _Seen(lineup, stats, priors, "no comments seen" if tables.comments.num_rows else "no comments were given")
    parts = [
        _replies(seen),
        _returning(seen),
        _conversations(seen),
        _in_words(seen),
        _length(seen),
        _questions(seen),
        *(_per_like(seen, name) for name in ("comments", "saves", "shares")),
    ]
    return combine("connection", VERSION, parts)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the parts are made from, and why a creator without comments has none."""

    lineup: Lineup
    stats: ProfileStatistics
    priors: Priors
    why_not: str

    def count(self, column: str) -> Floats:
        """A count of `conversations` per creator, (n,)."""
        return total(self.lineup, self.stats.conversations, column)

    def share(self, hits: str, trials: str, belief: str, known: Flags | bool = True) -> Standing:
        """The standing by a share of `conversations`, its trials discounted for how posts of one creator differ."""
        x, n = (np.where(known, self.count(name), 0.0) for name in (hits, trials))
        spread = overdispersion(x, n, self.count(f"{hits}_squares"), self.count("posts"))
        return by_share(self.lineup, x / spread, n / spread, self.priors.entry(f"connection.{belief}"))

    def part(self, name: str, standing: Standing, unit: str, evidence: NDArray[np.object_]) -> Part:
        """A part with its weight."""
        return standing.part(name, WEIGHTS[name], unit, evidence)

    def threaded(self) -> Flags:
        """Where answers are told apart from comments: on platforms where any comment here answers another, (n,)."""
        discussed, platform = self.count("discussed"), self.lineup.platform.astype(str)
        return np.isin(platform, np.unique(platform[discussed > 0]))


def _replies(seen: _Seen) -> Part:
    own, flagged, threads, answered = (seen.count(c) for c in ("own", "flagged", "threads", "answered"))
    threaded = seen.threaded() & (threads > 0)
    standing = seen.share("answered", "threads", "answered", threaded).where(
        threaded, seen.share("own", "flagged", "replies", ~threaded)
    )
    words = say("the creator's own are {:,.0f} of {:,.0f} comments", (own, flagged), flagged > 0, seen.why_not)
    answers = say("the creator answered {:,.0f} of {:,.0f} threads", (answered, threads), threaded, seen.why_not)
    return seen.part("replies", standing, "share", np.where(threaded, answers, words))


def _returning(seen: _Seen) -> Part:
    """Pairs of posts share people, so a creator's trials are fewer than its pairs: each comment is one trial."""
    posts, people, pairs, possible = (
        total(seen.lineup, seen.stats.returning, c) for c in ("posts", "people", "pairs", "possible")
    )
    known = (posts > 1) & (possible > 0)
    trials = np.where(known, possible / np.maximum(posts, 1.0), 0.0)
    chance = np.minimum(pairs / np.where(known, possible, 1.0), 1.0)
    standing = by_share(seen.lineup, chance * trials, trials, seen.priors.entry("connection.returning"))
    why = np.where(posts == 1, "comments on one post only: nobody could return", seen.why_not)
    words = say("{:,.0f} people under {:,.0f} posts, {:,.0f} meetings of {:,.1f} possible",
                (people, posts, pairs, possible), known, "")  # fmt: skip
    return seen.part("returning commenters", standing, "share", np.where(known, words, why))


def _conversations(seen: _Seen) -> Part:
    threads, discussed, known = seen.count("threads"), seen.count("discussed"), seen.threaded()
    words = say("{:,.0f} of {:,.0f} threads have an answer", (discussed, threads), known & (threads > 0),
                "answers are not told apart from comments")  # fmt: skip
    return seen.part("conversations", seen.share("discussed", "threads", "discussed", known), "share", words)


def _in_words(seen: _Seen) -> Part:
    worded, others = seen.count("worded"), seen.count("others")
    words = say("{:,.0f} of {:,.0f} comments are more than emoji", (worded, others), others > 0, seen.why_not)
    return seen.part("comments in words", seen.share("worded", "others", "worded"), "share", words)


def _questions(seen: _Seen) -> Part:
    asked, texts = seen.count("questions"), seen.count("texts")
    words = say("{:,.0f} of {:,.0f} comments ask something", (asked, texts), texts > 0, "no texts of comments known")
    return seen.part("questions", seen.share("questions", "texts", "questions"), "share", words)


def _length(seen: _Seen) -> Part:
    columns = ("length_n", "length_mean", "length_var")
    found = evidence(seen.lineup, seen.stats.conversations, columns)
    scatter = seen.priors.entry("connection.post_log_sd").value
    standing = by_rate(seen.lineup, found, seen.priors.entry("connection.length"), scatter)
    words = say("comments in words under {:,.0f} posts", (found.n,), found.n > 0, seen.why_not)
    return seen.part("comment length", standing, "characters", words)


def _per_like(seen: _Seen, name: str) -> Part:
    columns = [f"{what}_{name}_per_like" for what in ("n", "mean", "var")]
    found = evidence(seen.lineup, seen.stats.habits, columns)
    scatter = seen.priors.entry("connection.post_log_sd").value
    standing = by_rate(seen.lineup, found, seen.priors.entry(f"connection.{name}_per_like"), scatter)
    words = say("{:,.0f} posts with likes and " + name, (found.n,), found.n > 0, f"no post with likes and {name}")
    return seen.part(f"{name} per like", standing, "per like", words)
