"""What profiles know of posts and comments besides rates: executed expressions, a row or a few per creator.

Planning does not run them: they read captions and comments, which rates do without.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from asterism.creators.tables import COMMENTS, POSTS
from asterism.signals import commenting, posting

PROFILE_EXPRESSIONS: Final[dict[str, Callable[[ir.Table, ir.Table], ir.Table]]] = {
    "habits": lambda posts, _: posting.habits(posts),
    "partners": lambda posts, _: posting.partners(posts),
    "conversations": commenting.conversations,
    "returning": commenting.returning,
}
"""What to run on posts and comments to make `ProfileStatistics`, by field."""


@dataclass(frozen=True, slots=True)
class ProfileStatistics:
    """The executed `PROFILE_EXPRESSIONS`: habits of posting, partners, conversations, who returns."""

    habits: pa.Table
    partners: pa.Table
    conversations: pa.Table
    returning: pa.Table

    @classmethod
    def of(
        cls,
        run: Callable[[ir.Table], pa.Table],
        posts: ir.Table,
        comments: ir.Table,
        read_at: datetime | None = None,
    ) -> "ProfileStatistics":
        """The statistics of posts and comments; `run` executes one expression, as an engine does.

        `read_at` is when the tables were last read: posts dated after it have no date.
        """
        made = {name: expression(posts, comments) for name, expression in PROFILE_EXPRESSIONS.items()}
        made["habits"] = posting.habits(posts, read_at)
        return cls(**{name: run(expression) for name, expression in made.items()})

    @classmethod
    def none(cls) -> "ProfileStatistics":
        """The statistics of no posts and no comments."""
        posts, comments = (ibis.table(ibis.Schema.from_pyarrow(kind.arrow), kind.name) for kind in (POSTS, COMMENTS))
        built = {name: expression(posts, comments) for name, expression in PROFILE_EXPRESSIONS.items()}
        return cls(**{name: table.schema().to_pyarrow().empty_table() for name, table in built.items()})
