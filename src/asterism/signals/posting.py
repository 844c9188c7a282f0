"""Posting: how regularly, in which formats, with what captions and for whom creators post, counted in the database."""

import math
from datetime import datetime
from typing import Final

import ibis
import ibis.expr.types as ir

from asterism.signals.markers import paid
from asterism.signals.moments import engagements

POSTS_NEED: Final = (
    "creator_id", "platform", "format", "posted_at", "seen_at", "likes", "comments", "shares", "saves", "caption",
    "sponsored", "sponsor",
)  # fmt: skip
RATIOS: Final = ("comments", "saves", "shares")
"""What is read per like: the logarithm of (count + ½) / (likes + ½)."""
LOGS: Final = (*(f"{name}_per_like" for name in RATIOS), "text")
"""Logarithms of every post that `habits` has n, mean and variance of, besides engagements."""
KINDS: Final = ("own_acts", "paid_acts")
"""Engagements of own and of paid posts, likewise."""
RHYTHM: Final = 26
"""Weeks over which a creator's rhythm is read."""
LATELY: Final = 13
"""Weeks that are lately, where paid posts are counted: 91 days."""
BITS: Final = 62
"""Bits of one counter that are used; the 64th is a sign."""
COUNTERS: Final = ("cells_1", "cells_2")
"""Counters whose bits are the cells into which captions fall by their hash."""
CELLS: Final = BITS * len(COUNTERS)
WEEK: Final = 7 * 24 * 3600
SOMETHING: Final = 15
"""Characters before the first hashtag from which a caption says something."""
_WHO: Final = ("creator_id", "platform")


def habits(posts: ir.Table, read_at: datetime | None = None) -> ir.Table:
    """How each creator posts, a row per creator × platform × format as the posts have them.

    Columns: creator_id, platform, format, `posts`, `captions`, `said` (captions that say something), the `COUNTERS`
    (bits: which of `CELLS` the captions fall into), `recent` (posts of the last `RHYTHM` weeks), `weeks` (bits: which
    of those weeks have a post, the newest first), `judged` and `paid` (posts known to be paid or not, and those paid),
    `judged_13` and `paid_13` (of the last `LATELY` weeks), and `n_`, `mean_`, `var_` before each of `LOGS` and `KINDS`:
    comments, saves and shares per like, characters of a caption before its first hashtag + 1, and engagements of own
    and of paid posts, all as logarithms. Weeks count back from the newest post of all, the same for everybody;
    dates after `read_at`, when the tables were last read, or after the post was seen, are left out.
    """
    each = posts.select(
        *_WHO, "format", is_paid=paid(posts), age=_age(posts, read_at), **_logs(posts), **_caption(posts)
    )
    each = each.mutate(**_by_kind(each), **_lately(each))
    made: dict[str, ir.Value] = {"posts": each.count(), "captions": each.text.count()}
    made |= {name: each[name].bit_or() for name in (*COUNTERS, "weeks")}
    made |= {name: each[name].sum() for name in ("said", "recent", "judged_13", "paid_13")}
    made |= {"judged": each.is_paid.count(), "paid": each.is_paid.sum()}
    for name in (*LOGS, *KINDS):
        one = each[name]
        made |= {f"n_{name}": one.count(), f"mean_{name}": one.mean(), f"var_{name}": one.var(how="sample")}
    return each.group_by(*_WHO, "format").aggregate(**made)


def _by_kind(each: ir.Table) -> dict[str, ir.Value]:
    """Engagements of posts that are paid for, and of all others, those nobody knows of among them."""
    nothing = ibis.null("float64")
    return {
        "own_acts": ibis.ifelse(each.is_paid, nothing, each.acts),
        "paid_acts": ibis.ifelse(each.is_paid, each.acts, nothing),
    }


def _lately(each: ir.Table) -> dict[str, ir.Value]:
    """Flags as numbers: sums of them are half as dear to a database as sums with a condition."""
    recent, new = ((each.age < weeks).cast("int64") for weeks in (RHYTHM, LATELY))
    week = ibis.literal(1, "int64") << (each.age % RHYTHM)
    return {
        "recent": recent,
        "weeks": week * recent,
        "judged_13": new * each.is_paid.notnull().cast("int64"),
        "paid_13": new * each.is_paid.cast("int64"),
        "said": (each.text > math.log(SOMETHING + 0.5)).cast("int64"),
    }


def _age(posts: ir.Table, read_at: datetime | None) -> ir.IntegerValue:
    """Weeks from each post to the newest one, null without a date; a date after it was seen is no date.

    Where it is not known when a post was seen, it was before anything was last read: the newest `seen_at`, or
    `read_at`.
    """
    last = posts.aggregate(last=posts.seen_at.max()).as_scalar()
    read = last if read_at is None else ibis.greatest(ibis.coalesce(last, ibis.literal(read_at)), ibis.literal(read_at))
    bound = ibis.coalesce(posts.seen_at, read)
    # By the day, as a reading may have a date and no hour; days are dear, and asked of the few that lie after it.
    same_day = _day(posts.posted_at) <= _day(bound)
    sound = ibis.cases(
        (bound.isnull() | posts.posted_at.isnull(), True), (posts.posted_at <= bound, True), else_=same_day
    )
    dated = posts.select(when=ibis.ifelse(sound, posts.posted_at, ibis.null(posts.posted_at.type())))
    newest = dated.aggregate(newest=dated.when.max().epoch_seconds()).as_scalar()
    return ibis.ifelse(sound, (newest - posts.posted_at.epoch_seconds()) // WEEK, ibis.null("int64"))


def _day(when: ir.TimestampValue) -> ir.DateValue:
    return when.cast("timestamp").date()


def partners(posts: ir.Table) -> ir.Table:
    """How many posts each creator made for each named sponsor: creator_id, platform, `sponsor`, `posts`."""
    named = posts.mutate(sponsor=posts.sponsor.strip().lower()).filter(lambda t: t.sponsor != "")
    return named.group_by(*_WHO, "sponsor").aggregate(posts=named.count())


def _logs(posts: ir.Table) -> dict[str, ir.Value]:
    likes = (posts.likes.cast("float64") + 0.5).ln()
    per_like = {f"{name}_per_like": (posts[name].cast("float64") + 0.5).ln() - likes for name in RATIOS}
    return {**per_like, "acts": engagements(posts).ln()}


def _caption(posts: ir.Table) -> dict[str, ir.Value]:
    """Log length of the caption up to its first hashtag, and the cell its text falls into.

    What stands before the first hashtag is what people read, and is found without a pattern, which would take longer
    than all the rest.
    """
    text = posts.caption
    first = text.find("#")
    cell = (posts.caption.hash() % CELLS + CELLS) % CELLS
    bit = ibis.literal(1, "int64") << (cell % BITS)
    later = (cell >= BITS).cast("int64")
    shown = ibis.ifelse(first < 0, text.length(), first) + 1
    return {"text": shown.cast("float64").ln(), COUNTERS[0]: bit * (1 - later), COUNTERS[1]: bit * later}
