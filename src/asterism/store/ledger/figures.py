"""Figures of posts as they are written down: many at once, each post and time once per source."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from asterism.store.ledger.models import Figures, LivePost
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

AT_ONCE: Final = 1_000
"""Rows in one statement."""


def add_figures(seat: Seat, source: str, wanted: Sequence[tuple[LivePost, datetime, Mapping[str, int]]]) -> int:
    """How many of the figures are new and were written; of two on one post and time the first holds."""
    if not wanted:
        return 0
    times = [as_of for _, as_of, _ in wanted]
    there = rows(seat, Figures).filter(source=source, as_of__range=(min(times), max(times)))
    known = set(there.values_list("post_id", "as_of"))
    new = []
    for post, as_of, values in wanted:
        if (post.pk, as_of) not in known:
            known.add((post.pk, as_of))
            fields = {"workspace": seat.workspace, "made_at": seat.now, "source": source, "as_of": as_of}
            new.append(Figures(**fields, post=post, values=dict(values)))
    Figures.objects.bulk_create(new, AT_ONCE)
    return len(new)
