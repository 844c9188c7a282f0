"""Shortlists in the ledger: the order of their entries, and answers that stand."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max, Q

from asterism.store.ledger.models import Answer, Listed, Shortlist
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat


def with_counts(seat: Seat) -> Any:
    """The shortlists of a workspace, each with how many creators it holds and how many links are open now."""
    alive = Q(links__revoked_at=None) & Q(links__expires_at__gt=seat.now)
    counted = rows(seat, Shortlist).select_related("campaign__brand", "by")
    return counted.annotate(
        creators=Count("entries", distinct=True), open_links=Count("links", filter=alive, distinct=True)
    ).order_by("-id")


def next_position(seat: Seat, target: Shortlist) -> int:
    """The place after the last one on a list."""
    last = rows(seat, Listed).filter(shortlist=target).aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def put_in_order(seat: Seat, target: Shortlist, order: Sequence[int]) -> None:
    """Number the entries of a list in the order of their keys."""
    entries = {entry.pk: entry for entry in rows(seat, Listed).filter(shortlist=target)}
    changed = []
    for at, key in enumerate(order):
        if entries[key].position != at:
            entries[key].position = at
            changed.append(entries[key])
    Listed.objects.bulk_update(changed, ["position"])


def standing_answers(seat: Seat, target: Shortlist) -> list[Answer]:
    """The newest answer of every link to every entry of a list, by entry, the newest first."""
    newest: dict[tuple[int, int], Answer] = {}
    for answer in rows(seat, Answer).filter(entry__shortlist=target).select_related("link"):
        newest.setdefault((answer.link_id, answer.entry_id), answer)
    return list(newest.values())
