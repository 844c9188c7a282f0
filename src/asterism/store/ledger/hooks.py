"""Webhooks' calls: queued together with what they tell of, taken up when they are due, settled by their outcome."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import F, Min

from asterism.campaigns.news import news_of
from asterism.store.ledger.calls import Outcome
from asterism.store.ledger.models.access import Hook, HookDelivery
from asterism.store.ledger.models.people import Workspace
from asterism.store.ledger.models.trail import Event

ATTEMPTS: Final = 8
LEASE: Final = timedelta(minutes=2)
"""How long a call that was taken up is left alone; after that its caller is held for dead."""
KEPT: Final = timedelta(days=30)
"""How long a settled call stays in the log."""
AT_ONCE: Final = 3
"""Calls of one webhook that are taken up together."""
HOOKS_AT_ONCE: Final = 32
"""Webhooks that are served in one round; those that have waited longest come first."""


def ring(event: Event) -> None:
    """Queue a call of each webhook that listens for an event of the trail; part of its transaction."""
    told = {
        "action": event.action, "via": event.via, "kind": event.kind, "row": event.row,
        "campaign": event.campaign, "collaboration": event.collaboration, "facts": event.facts,
    }  # fmt: skip
    ring_for(event.workspace, event.action, event.made_at, told)


def ring_for(workspace: Workspace, action: str, at: datetime, told: Mapping[str, Any]) -> None:
    """The same for an action without an entry in the trail, such as the end of a job."""
    name = news_of(action)
    if name is None:
        return
    for hook in Hook.objects.filter(workspace=workspace, active=True):
        if name in hook.events:
            queue(hook, name, at, told)


def queue(hook: Hook, event: str, at: datetime, told: Mapping[str, Any], replay_of: HookDelivery | None = None) -> Any:
    """A call that is due at once. A replay bears the id of the first, so that a receiver knows it again."""
    made = HookDelivery(
        workspace_id=hook.workspace_id, made_at=at, hook=hook, event=event, next_at=at, replay_of=replay_of
    )
    made.save(force_insert=True)
    body = {"event": event, "at": at.isoformat(), "workspace": hook.workspace.slug, "data": dict(told)}
    made.payload = dict(replay_of.payload) if replay_of else {"id": f"call-{made.pk}", **body}
    made.save(update_fields=["payload"])
    return made


def take_due(now: datetime) -> dict[int, list[HookDelivery]]:
    """Calls that are due, by webhook, the oldest first; nobody else takes them while the lease runs."""
    due = HookDelivery.objects.filter(state="waiting", next_at__lte=now, hook__active=True)
    longest = due.order_by().values("hook").annotate(since=Min("next_at")).order_by("since")
    taken = {}
    for hook in [one["hook"] for one in longest[:HOOKS_AT_ONCE]]:
        calls = due.filter(hook=hook).select_related("hook").order_by("id")[:AT_ONCE]
        taken[hook] = [one for one in calls if _lease(one, now)]
    return {hook: calls for hook, calls in taken.items() if calls}


def _lease(one: HookDelivery, now: datetime) -> bool:
    waiting = HookDelivery.objects.filter(pk=one.pk, state="waiting", next_at=one.next_at)
    return bool(waiting.update(next_at=now + LEASE))


def settle(one: HookDelivery, outcome: Outcome, now: datetime) -> None:
    """Write down what came of a call; one that failed is tried again later, `ATTEMPTS` times in all."""
    tried = one.attempts + 1
    state = "delivered" if outcome.taken else "failed" if tried >= ATTEMPTS else "waiting"
    HookDelivery.objects.filter(pk=one.pk).update(
        state=state, attempts=F("attempts") + 1, status=outcome.status, answered=outcome.words,
        next_at=now + pause_after(tried) if state == "waiting" else None,
    )  # fmt: skip


def put_back(one: HookDelivery, failed: HookDelivery, now: datetime) -> None:
    """Let a call that was taken up and not made wait about as long as the one before it that failed."""
    pause = pause_after(min(failed.attempts + 1, 4))
    HookDelivery.objects.filter(pk=one.pk, state="waiting").update(next_at=now + pause)


def pause_after(tried: int) -> timedelta:
    """How long to wait after an attempt: a minute, then three times as long each time, 18 hours in all.

    >>> [str(pause_after(n)) for n in (1, 2, 7)]
    ['0:01:00', '0:03:00', '12:09:00']
    """
    return timedelta(minutes=3 ** (tried - 1))


def remove(hook: Hook) -> None:
    """Delete a webhook with its log."""
    hook.delete()


def forget_calls(now: datetime) -> int:
    """Delete settled calls that are older than the log goes back; how many they were."""
    old = HookDelivery.objects.filter(made_at__lt=now - KEPT).exclude(state="waiting")
    return int(old.delete()[0])


def may_call_anywhere() -> bool:
    """Whether addresses without https and inside our own network are called: on a developer's machine alone."""
    return bool(settings.HOSTING.development)
