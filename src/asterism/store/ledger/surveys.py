"""Answers to surveys in the ledger: kept once by their keys, counted by channel and by who was named."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count

from asterism.store.ledger.models import Campaign, Survey
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

AT_ONCE = 500


def known_keys(seat: Seat, keys: Sequence[str]) -> dict[str, int]:
    """Of some keys of answers, those that stand, with their campaign's number."""
    found: dict[str, int] = {}
    for first in range(0, len(keys), AT_ONCE):
        part = keys[first : first + AT_ONCE]
        found |= dict(rows(seat, Survey).filter(key__in=part).values_list("key", "campaign_id"))
    return found


def keep_answers(seat: Seat, campaign: Campaign, answers: Iterable[Mapping[str, Any]]) -> None:
    """Write down answers whose keys do not stand yet; the collaborations they name are the campaign's own."""
    made = [Survey(workspace=seat.workspace, made_at=seat.now, campaign=campaign, **fields) for fields in answers]
    Survey.objects.bulk_create(made, batch_size=AT_ONCE, ignore_conflicts=True)


def drop_answer(seat: Seat, key: int) -> None:
    """Forget an answer."""
    rows(seat, Survey).filter(pk=key).delete()


def counted(seat: Seat, campaign: Campaign) -> list[tuple[str, int | None, str, int]]:
    """How many answers there are by channel, collaboration and tier, the most first."""
    query = rows(seat, Survey).filter(campaign=campaign).order_by().values("channel", "collaboration_id", "tier")
    found = query.annotate(n=Count("pk")).order_by("-n", "channel", "collaboration_id", "tier")
    return list(found.values_list("channel", "collaboration_id", "tier", "n"))
