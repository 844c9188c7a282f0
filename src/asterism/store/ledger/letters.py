"""Letters on their way: which are due, who takes one up, what came of it, and what came before it.

A letter is taken up once: queued → sending → sent. A worker that dies while it hands one over leaves it in `sending`;
nobody can know whether the server had taken it, so it is never sent again by itself: it becomes `failed`, says so, and
a person decides. A creator may miss a letter that way, but nobody gets one twice.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, F, Max, Q

from asterism.campaigns import sending
from asterism.store.ledger.models import Creator, Message
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.secrets import new_secret

LEASE: Final = timedelta(minutes=15)
"""How long a worker has for a letter it took up; after that it is held for dead."""
_OUTCOMES: Final[dict[str, sending.Outcome]] = {
    "sent": "sent", "sending": "sent", "bounced": "hard_bounce", "received": "answered",
}  # fmt: skip
"""State of a letter → what it was, for the rules of sending; others never left."""
_REACHED: Final = ("sent", "bounced")
UNDER_WAY: Final = ("queued", "sending")


def due(now: datetime, most: int) -> list[Message]:
    """Letters that wait and are due, the oldest first."""
    ready = Q(next_at=None) | Q(next_at__lte=now)
    found = Message.objects.filter(ready, state="queued", channel="email").order_by("id")
    return list(found.select_related("workspace")[:most])


def take_up(message: Message, address: str, domain: str, now: datetime) -> bool:
    """Whether this worker now has the letter; of two at once one does. It gets its Message-ID before it leaves."""
    fields: dict[str, Any] = {
        "state": "sending", "next_at": now + LEASE, "address": address,
        "reference": f"<{message.pk}.{new_secret(12)}@{domain}>",
    }  # fmt: skip
    waiting = Message.objects.filter(pk=message.pk, state="queued")
    if not waiting.update(attempts=F("attempts") + 1, **fields):
        return False
    message.refresh_from_db(fields=[*fields, "attempts"])
    return True


def let_wait(message: Message, until: datetime) -> None:
    """Let a letter that still waits do so until a time: those behind it come first."""
    Message.objects.filter(pk=message.pk, state="queued").update(next_at=until)


def left_behind(now: datetime) -> list[Message]:
    """Letters whose worker took them up and never told what came of it."""
    found = Message.objects.filter(state="sending", next_at__lte=now).select_related("workspace")
    return list(found.order_by("id")[:100])


def history(message: Message, now: datetime) -> tuple[sending.Event, ...]:
    """What was written to a creator and by them, and what else the workspace sent in the last day."""
    told = Message.objects.exclude(kind="auto_reply").exclude(pk=message.pk).order_by()
    # one question each, by what has an index: together they would have every letter looked at that was ever sent
    theirs = told.filter(creator_id=message.creator_id, state__in=_OUTCOMES)
    others = told.exclude(creator_id=message.creator_id)
    recent = others.filter(workspace_id=message.workspace_id, sent_at__gt=now - sending.DAY, state__in=_REACHED)
    under_way = others.filter(state="sending")
    names = ("creator_id", "kind", "channel", "address", "state", "sent_at", "made_at", "workspace_id")
    found = (row for query in (theirs, recent, under_way) for row in query.values(*names))
    return tuple(_event(row, now) for row in found if row["workspace_id"] == message.workspace_id)


def _event(row: dict[str, Any], now: datetime) -> sending.Event:
    when = row["sent_at"] or (now if row["state"] == "sending" else row["made_at"])
    told = sending.Message(
        str(row["workspace_id"]), str(row["creator_id"]), row["kind"], row["channel"], row["address"]
    )
    return sending.Event(when, told, _OUTCOMES[row["state"]])


def counts(seat: Seat) -> dict[str, int]:
    """How many letters are in each state."""
    query = rows(seat, Message).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in query}


def newest_per_creator(seat: Seat) -> Any:
    """The creators who were written to or wrote, as rows of `creator`, `last` (a key) and `n`; the newest first."""
    query = rows(seat, Message).order_by().values("creator")
    return query.annotate(last=Max("pk"), n=Count("pk")).order_by("-last")


def letter_named(references: Iterable[str]) -> Message | None:
    """The letter of ours that a mail answers, by any Message-ID that it names."""
    wanted = [reference for reference in references if reference][:50]
    found = Message.objects.filter(reference__in=wanted).exclude(state="received").order_by("-id")
    return found.select_related("workspace", "creator", "collaboration").first() if wanted else None


def creators_at(address: str) -> list[Creator]:
    """Everybody with a mail address, in every workspace; a few are enough to see that it is not one."""
    found = Creator.objects.filter(email__iexact=address, erased_at=None).select_related("workspace")
    return list(found.order_by("-id")[:20]) if address else []


def already_kept(workspace: int, reference: str) -> bool:
    """Whether a mail was read before."""
    kept = Message.objects.filter(workspace_id=workspace, state="received", reference=reference)
    return bool(reference) and bool(kept.exists())
