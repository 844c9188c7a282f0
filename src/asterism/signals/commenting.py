"""Comments: who wrote under whose posts, who answered, and who came back, counted per creator in the database."""

from typing import Final

import ibis
import ibis.expr.types as ir

POSTS_NEED: Final = ("post_id", "creator_id", "platform", "comments")
COMMENTS_NEED: Final = ("post_id", "creator_id", "person", "comment_id", "parent_id", "by_creator", "text", "length")
IN_WORDS: Final = 4
"""Characters from which a comment whose text is not known counts as words: emoji alone rarely take as many."""
SHARES: Final = {"own": "flagged", "worded": "others", "questions": "texts", "answered": "threads",
                 "discussed": "threads"}  # fmt: skip
"""Each counted hit, and what it is a share of."""
COUNTED: Final = (
    "comments", "flagged", "own", "others", "worded", "texts", "questions", "threads", "discussed", "answered",
)  # fmt: skip
_WHO: Final = ("creator_id", "platform")


def conversations(posts: ir.Table, comments: ir.Table) -> ir.Table:
    """What is said under the posts of each creator, a row per creator.

    Columns: creator_id, platform, and `posts` (with a comment), `comments`, `flagged` (comments known to be the
    creator's or not), `own` (the creator's), `others`, `worded` (others' with words in them), `texts` (others' whose
    text is known), `questions` (of those, with a question mark), `threads` (others' comments that answer nobody and
    have an id), `discussed` (threads with an answer), `answered` (threads with an answer by the creator), `length_n`,
    `length_mean`, `length_var` (posts, mean and variance of the mean log length of comments in words), and for each
    share a column `_squares`: Σ hits² / trials over the posts, which tells how far posts of one creator differ.
    """
    each = _per_post(_owned(posts, comments))
    squares = {f"{hits}_squares": (each[hits] * each[hits] / each[trials].nullif(0)).sum()
               for hits, trials in SHARES.items()}  # fmt: skip
    counted = {name: each[name].sum() for name in COUNTED}
    return each.group_by(*_WHO).aggregate(
        posts=each.count(),
        **counted,
        length_n=each.length.count(),
        length_mean=each.length.mean(),
        length_var=each.length.var(how="sample"),
        **squares,
    )


def returning(posts: ir.Table, comments: ir.Table) -> ir.Table:
    """How often those who comment on one post of a creator comment on another, a row per creator.

    Columns: creator_id, platform, `posts`, `people`, `pairs`, `possible`. Over ordered pairs of posts (a, b), pairs =
    Σ |A ∩ B| and possible = Σ |A| · f_b, where f_b is the part of b's comments that was seen: pairs / possible is the
    chance of meeting a commenter of one post under another. Its expectation does not depend on how many posts were
    seen, nor on how many comments of each: Lincoln and Petersen's recapture, with Horvitz and Thompson's weights.
    """
    owned = _owned(posts, comments)
    fan = owned.person.notnull() & ~owned.by_creator.fill_null(False)
    once = owned.group_by(*_WHO, "post_id", "person").aggregate(
        total=owned.total.max(), said=owned.count(), fan=fan.any()
    )
    fans = once.filter(once.fan)
    people = fans.group_by(*_WHO, "person").aggregate(met=fans.count())
    twice = people.group_by(*_WHO).aggregate(people=people.count(), pairs=(people.met * (people.met - 1)).sum())
    under = once.group_by(*_WHO, "post_id").aggregate(size=once.fan.sum(), said=once.said.sum(), total=once.total.max())
    under = under.filter(under["size"] > 0)
    under = under.mutate(seen=ibis.least(1.0, ibis.coalesce(under.said / under.total.nullif(0), 1.0)))
    sums = under.group_by(*_WHO).aggregate(
        posts=under.count(), looked=under["size"].sum() * under.seen.sum() - (under["size"] * under.seen).sum()
    )
    same = [twice.creator_id == sums.creator_id, twice.platform.identical_to(sums.platform)]
    joined = twice.join(sums, same, rname="{name}_of_posts")
    return joined.select(*_WHO, "posts", "people", "pairs", possible=joined.looked)


def _owned(posts: ir.Table, comments: ir.Table) -> ir.Table:
    """The comments with their creator, the platform and how many comments their post has in all."""
    who = posts.group_by(post="post_id").aggregate(  # a post that two sources tell of is one post
        owner=posts.creator_id.max(), platform=posts.platform.max(), total=posts.comments.max()
    )
    joined = comments.select(*COMMENTS_NEED).left_join(who, comments.post_id == who.post)
    return joined.mutate(creator_id=ibis.coalesce(joined.creator_id, joined.owner)).drop("post", "owner")


def _per_post(owned: ir.Table) -> ir.Table:
    marked = _with_answers(owned)
    other = ~marked.by_creator.fill_null(False)
    words = other & _in_words(marked)
    thread = other & marked.parent_id.isnull() & marked.comment_id.notnull()
    size = ibis.coalesce(marked.length, marked.text.length()).cast("float64")
    return marked.group_by(*_WHO, "post_id").aggregate(
        comments=marked.count(),
        flagged=marked.by_creator.count(),
        own=(~other).sum(),
        others=other.sum(),
        worded=words.sum(),
        texts=(other & marked.text.notnull()).sum(),
        questions=(other & marked.text.contains("?")).sum(),
        threads=thread.sum(),
        discussed=(thread & (marked.answers > 0)).sum(),
        answered=(thread & marked.by_them.fill_null(False)).sum(),
        length=size.nullif(0).ln().mean(where=words),
    )


def _with_answers(owned: ir.Table) -> ir.Table:
    """Each comment with how many answer it, and whether the creator does."""
    child = owned.filter(owned.parent_id.notnull())
    found = child.group_by(child_of="parent_id").aggregate(
        answers=child.count(), by_them=child.by_creator.fill_null(False).any()
    )
    joined = owned.left_join(found, owned.comment_id == found.child_of)
    return joined.mutate(answers=joined.answers.fill_null(0))


def _in_words(comments: ir.Table) -> ir.BooleanColumn:
    """Whether a comment is more than emoji: it has a letter or a digit, or is long where only its length is known."""
    spoken = comments.text.re_search(r"[\p{L}\p{N}]")
    return ibis.coalesce(spoken, comments.length >= IN_WORDS, False)
