"""Commenters: how many comments come from a circle seen everywhere, or say the same; in the database.

A circle (a pod) is people who comment on one another's posts to be seen. Its members turn up under several creators,
and their comments repeat. Faithful followers turn up under one, and are not counted here.
"""

from typing import Final

import ibis
import ibis.expr.types as ir

COMMENTS_NEED: Final = ("post_id", "creator_id", "person", "by_creator", "text")
CIRCLE: Final = 3
"""Different creators under whom a person of the circle comments."""
LEAST_TEXT: Final = 8
"""Letters and figures below which two comments are alike by chance."""


def sufficient(comments: ir.Table, posts: ir.Table, creators: ir.Table) -> ir.Table:
    """Comments of others on each creator's posts, and how many are from a circle or repeat each other.

    Columns: creator_id, n, circle (by people who comment under `CIRCLE` creators or more, or who are creators here
    themselves), texts (comments with words), alike (those whose words, whatever their case, stand under the creator
    more than once). The creator's own comments do not count; a comment without a creator belongs to its post's.
    """
    others = _of_others(comments, posts)
    everywhere = others.group_by("person").aggregate(under=others.creator_id.nunique())
    named = creators.select(person="creator_id").distinct().mutate(creator=ibis.literal(True))
    told = others.left_join(everywhere, "person").drop("person_right").left_join(named, "person").drop("person_right")
    counts = told.mutate(circle=ibis.or_(told.under >= CIRCLE, told.creator.fill_null(False)))
    alike = _repeated(others)
    found = counts.group_by("creator_id").aggregate(n=counts.count(), circle=counts.circle.sum())
    joined = found.left_join(alike, "creator_id").drop("creator_id_right")
    return joined.mutate(texts=joined.texts.fill_null(0), alike=joined.alike.fill_null(0))


def _of_others(comments: ir.Table, posts: ir.Table) -> ir.Table:
    owners = posts.group_by(owned=posts.post_id).aggregate(owner=posts.creator_id.max())
    joined = comments.left_join(owners, comments.post_id == owners.owned)
    settled = joined.mutate(creator_id=ibis.coalesce(joined.creator_id, joined.owner))
    own = ibis.or_(settled.by_creator.fill_null(False), settled.person == settled.creator_id)
    return settled.filter(settled.creator_id.notnull(), ~own).select("creator_id", "person", "text")


def _repeated(others: ir.Table) -> ir.Table:
    words = others.mutate(words=others.text.lower().re_replace(r"[^\p{L}\p{N}]+", " ").strip())
    long = words.filter(words.words.length() >= LEAST_TEXT)
    each = long.group_by("creator_id", "words").aggregate(times=long.count())
    again = ibis.ifelse(each.times > 1, each.times, 0)
    return each.group_by("creator_id").aggregate(texts=each.times.sum(), alike=again.sum())
