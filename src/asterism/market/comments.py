"""The comments under the market's posts: who wrote, who came back, what the creator answered, from a known bond.

Not part of `simulate`: a test or a demo that wants comments draws them beside a market.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import expit

from asterism.creators.tables import COMMENTS
from asterism.market.truth import Truth

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SHOWN: Final = 40
"""Comments that a platform shows of each post; the rest are only counted."""
REMARKS: Final = (
    "This is exactly what I needed today", "Love the colours in this one", "Trying this tomorrow with my sister",
    "So good to see you back here", "Bought it last week and I am happy with it", "Amazing",
)  # fmt: skip
QUESTIONS: Final = ("Where did you get this?", "How long did it take you?", "Does it come in other sizes?")
EMOJI: Final = ("🔥🔥", "😍", "👏👏👏")
_EMOJI_SHARE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Commented:
    """Comments in the schema `COMMENTS`, and the truth behind them per creator, (n_creators,) each.

    Parameters
    ----------
    bond
        How strongly people are tied to the creator, standardised: engagement per person reached against its size.
    returning
        Chance that somebody who comments on one post comments on another.
    replies
        Share of the comments that are the creator's own answers.
    """

    table: pa.Table
    bond: Floats
    returning: Floats
    replies: Floats


def draw_comments(rng: np.random.Generator, truth: Truth, posts: pa.Table, strength: float = 1.0) -> Commented:
    """The comments shown under `posts`, at most `SHOWN` of each; `strength` is how far the bond drives them.

    A creator's comments come from regulars and from passers-by. With chance q a regular comments on a post, and a share
    q of the comments are regulars'; so who comments on one post comments on another with chance q².
    """
    bond = bond_of(truth)
    n = bond.size
    returning = expit(-2.2 + strength * 0.9 * bond + 0.2 * rng.normal(size=n))
    replies = 0.5 * expit(-1.3 + strength * 0.9 * bond + 0.3 * rng.normal(size=n))
    asking = expit(-2.3 + strength * 0.5 * bond)
    creator = np.array([truth.column(c) for c in posts["creator_id"].to_pylist()], dtype=np.int64)
    counted = np.nan_to_num(np.asarray(posts["comments"].cast(pa.float64()).to_numpy(), dtype=float)).astype(np.int64)
    post = np.repeat(np.arange(creator.size), np.minimum(counted, SHOWN))
    owner = creator[post]
    own = rng.random(post.size) < replies[owner]
    person = _draw_people(rng, post, owner, np.sqrt(returning), _usual(creator, counted, replies))
    text = _draw_texts(rng, asking[owner])
    return Commented(_table(posts, post, np.where(own, -1 - owner, person), text), bond, returning, replies)


def bond_of(truth: Truth) -> Floats:
    """Log engagement per person reached, freed of platform and size and standardised, (n_creators,)."""
    with np.errstate(divide="ignore"):
        acts = np.log(truth.rates.act)
    usual = np.nanmean(acts - np.nanmean(acts, axis=0), axis=1)
    size = np.log(truth.roster.drawn)
    left = usual - np.polyval(np.polyfit(size, usual, 1), size)
    platforms = np.array(truth.roster.platforms)
    for platform in set(truth.roster.platforms):
        left[platforms == platform] -= left[platforms == platform].mean()
    return np.asarray(left / max(float(left.std()), 1e-9))


def _usual(creator: Ints, counted: Ints, replies: Floats) -> Ints:
    """Regulars of each creator: as many as a usual post has comments by others, so that shares and chances agree."""
    posts = np.maximum(np.bincount(creator, minlength=replies.size), 1)
    usual = np.bincount(creator, counted, minlength=replies.size) / posts * (1.0 - replies)
    return np.maximum(np.rint(usual), 1).astype(np.int64)


def _draw_people(rng: np.random.Generator, post: Ints, owner: Ints, chance: Floats, regulars: Ints) -> Ints:
    """A number for who wrote each comment: regulars, each once under a post, and passers-by, never seen twice."""
    found = (owner << 33) + (1 << 32) + np.arange(owner.size)
    by_regular = np.flatnonzero(rng.random(owner.size) < chance[owner])
    for rows in np.split(by_regular, np.flatnonzero(np.diff(post[by_regular])) + 1):
        who = owner[rows[:1]]
        rows = rows[: regulars[who].sum()]
        found[rows] = (who << 33) + rng.choice(regulars[who].sum(), rows.size, replace=False, shuffle=False)
    return found


def _draw_texts(rng: np.random.Generator, asking: Floats) -> NDArray[np.object_]:
    """What was written: emoji, questions or remarks."""
    kind, at = rng.random(asking.size), rng.random(asking.size)
    emoji, question, remark = (
        np.array(words, dtype=object)[(at * len(words)).astype(np.int64)] for words in (EMOJI, QUESTIONS, REMARKS)
    )
    asks = kind - _EMOJI_SHARE < (1 - _EMOJI_SHARE) * asking
    return np.where(kind < _EMOJI_SHARE, emoji, np.where(asks, question, remark))


def _table(posts: pa.Table, post: Ints, person: Ints, text: NDArray[np.object_]) -> pa.Table:
    """The comments as a table; a creator's own answer the comment before it under the post, where there is one."""
    own = person < 0
    ids = np.array([f"m{i:08d}" for i in range(post.size)], dtype=object)
    before = np.arange(post.size) - 1
    answers = own & (before >= 0) & (post == post[before]) & ~own[before]
    said = pa.array(text, pa.string())
    columns = {
        "post_id": posts["post_id"].take(pa.array(post)),
        "creator_id": posts["creator_id"].take(pa.array(post)),
        "person": pa.array([f"{number & (1 << 64) - 1:016x}" for number in person.tolist()], pa.string()),
        "posted_at": posts["posted_at"].take(pa.array(post)),
        "comment_id": pa.array(ids, pa.string()),
        "parent_id": pa.array(ids[before], pa.string(), mask=~answers),
        "by_creator": pa.array(own),
        "text": said,
        "length": pa.array([len(word) for word in text.tolist()], pa.int64()),
    }
    return pa.table([columns[name] for name in COMMENTS.names], COMMENTS.arrow)
