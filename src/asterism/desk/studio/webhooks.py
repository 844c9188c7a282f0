"""Webhooks: who is called when something happens, the log of the calls, and making those that are due."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel, Field

from asterism.campaigns.news import NEWS, TEST
from asterism.errors import BadInput, Conflict, did_you_mean
from asterism.store.ledger import hooks
from asterism.store.ledger.calls import Outcome, call, check_url
from asterism.store.ledger.models import Hook, HookDelivery
from asterism.store.ledger.once import forget_answers
from asterism.store.ledger.scope import add, find, lock, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.secrets import new_secret
from asterism.store.ledger.signatures import HEADER, body_of, signature
from asterism.store.ledger.trail import record

MOST: Final = 20
"""Webhooks of a workspace."""
CALLERS: Final = 8
"""Webhooks that are called at the same time."""
PATIENCE: Final = 30.0
"""Seconds that a round waits for its calls; one that hangs longer is left to its lease."""
PER_PAGE: Final = 50


class NewHook(BaseModel):
    """An address to call, and the events to tell it of."""

    url: str = Field(min_length=1, max_length=500, description="Outside development https and public.")
    events: list[str] = Field(min_length=1, max_length=50, description="Names of events, as `payment.sent`.")


class HookChange(BaseModel):
    """What to change of a webhook; what is left out stays."""

    url: str | None = Field(default=None, min_length=1, max_length=500)
    events: list[str] | None = Field(default=None, min_length=1, max_length=50)
    active: bool | None = None


class HookForm(BaseModel):
    """The same as a page's form says it: a box that is not ticked says no."""

    url: str = Field(min_length=1, max_length=500)
    events: list[str] = Field(min_length=1, max_length=50)
    active: bool = False

    def change(self) -> HookChange:
        """What it changes."""
        return HookChange(url=self.url, events=self.events, active=self.active)


@dataclass(frozen=True, slots=True)
class Hooks:
    """`webhooks.html.j2`: the webhooks, the events to choose from; `secret` is shown once, after adding `made`."""

    hooks: list[Hook]
    events: tuple[tuple[str, str], ...] = tuple((name, news.says) for name, news in NEWS.items())
    made: Hook | None = None
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """A call of the log: its row, the body as it is sent, and its state in words with a tone."""

    row: HookDelivery
    body: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class HookLog:
    """`webhook.html.j2`: a webhook and its calls, the newest first, one page of them."""

    hook: Hook
    calls: list[Called]
    number: int
    of: int
    events: tuple[tuple[str, str], ...] = tuple((name, news.says) for name, news in NEWS.items())
    attempts: int = hooks.ATTEMPTS


def hooks_of(seat: Seat) -> Hooks:
    """The webhooks of a workspace."""
    seat.insist("webhooks")
    return Hooks(list(all_hooks(seat)))


def all_hooks(seat: Seat) -> Any:
    """The webhooks as a query, the newest first."""
    seat.insist("webhooks")
    return rows(seat, Hook).order_by("-id")


def hook_of(seat: Seat, key: int) -> Hook:
    """One webhook."""
    seat.insist("webhooks")
    return find(seat, Hook, key)


def add_hook(seat: Seat, wish: NewHook) -> tuple[Hook, str]:
    """A new webhook and the secret that signs its calls, which is shown this once.

    Raises
    ------
    BadInput
        The address is none that we call, or an event is not known.
    """
    seat.insist("webhooks")
    _insist_on(wish.url, wish.events)
    if rows(seat, Hook).count() >= MOST:
        raise Conflict(f"There are {MOST} webhooks already.", "Remove one first.")
    secret = f"whsec_{new_secret()}"
    with together():
        hook = add(seat, Hook, url=wish.url, secret=secret, events=sorted(set(wish.events)))
        record(seat, "webhook.added", hook, events=hook.events)
    return hook, secret


def change_hook(seat: Seat, key: int, change: HookChange) -> Hook:
    """Change a webhook's address or events, stop it or start it again."""
    seat.insist("webhooks")
    fields = change.model_dump(exclude_none=True)
    _insist_on(change.url, change.events or ())
    with together():
        hook = lock(seat, Hook, key)
        if fields:
            save(seat, hook, **fields)
            record(seat, "webhook.changed", hook, what=sorted(fields), active=hook.active)
    return hook


def remove_hook(seat: Seat, key: int) -> None:
    """Remove a webhook with its log; calls that wait are not made."""
    seat.insist("webhooks")
    with together():
        hook = lock(seat, Hook, key)
        record(seat, "webhook.removed", hook, events=hook.events)
        hooks.remove(hook)


def calls_of(seat: Seat, key: int) -> Any:
    """The calls of a webhook as a query, the newest first."""
    seat.insist("webhooks")
    return rows(seat, HookDelivery).filter(hook=find(seat, Hook, key))


def log_of(seat: Seat, key: int, number: int = 1) -> HookLog:
    """One page of a webhook's calls."""
    seat.insist("webhooks")
    query = calls_of(seat, key)
    of = max(1, -(-query.count() // PER_PAGE))
    number = min(max(number, 1), of)
    calls = query[(number - 1) * PER_PAGE : number * PER_PAGE]
    return HookLog(hook_of(seat, key), [_called(one) for one in calls], number, of)


def _called(one: HookDelivery) -> Called:
    again = "waits to be tried again" if one.attempts else "waits for its turn"
    words, tone = {"delivered": ("delivered", "good"), "failed": ("given up", "bad")}.get(one.state, (again, "warn"))
    return Called(one, json.dumps(one.payload, indent=1, ensure_ascii=False), words, tone)


def replay(seat: Seat, key: int) -> HookDelivery:
    """Make a call again, as it was said the first time."""
    seat.insist("webhooks")
    with together():
        first = find(seat, HookDelivery, key, "hook", "hook__workspace")
        again: HookDelivery = hooks.queue(first.hook, first.event, seat.now, {}, replay_of=first)
        record(seat, "webhook.replayed", first.hook, call=first.pk)
    return again


def try_hook(seat: Seat, key: int) -> HookDelivery:
    """Make a call that says nothing, to see whether the receiver takes it."""
    seat.insist("webhooks")
    with together():
        hook = find(seat, Hook, key, "workspace")
        made: HookDelivery = hooks.queue(hook, TEST, seat.now, {"says": "This is a trial; nothing happened."})
        record(seat, "webhook.tried", hook)
    return made


def deliver_due(now: datetime) -> int:
    """Make the calls that are due, webhooks side by side; how many were made.

    Call it every few seconds from a thread of its own: no transaction is open while a receiver is waited for. The
    first failure of a webhook lets its other calls wait, so that one that hangs costs a round one call.
    """
    due = hooks.take_due(now)
    if not due:
        return 0
    anywhere = hooks.may_call_anywhere()
    pool = ThreadPoolExecutor(min(CALLERS, len(due)), thread_name_prefix="webhook")
    running = {pool.submit(_call_in_turn, calls, now, anywhere): calls for calls in due.values()}
    ended, _ = wait(running, timeout=PATIENCE)
    pool.shutdown(wait=False, cancel_futures=True)
    return sum(_settle(running[one], one.result(), now) for one in ended if not one.cancelled())


def tidy(now: datetime) -> int:
    """Delete answers and calls that nobody asks for any more; how many rows. Once a day is often enough."""
    return forget_answers(now) + hooks.forget_calls(now)


def _call_in_turn(calls: Sequence[HookDelivery], now: datetime, anywhere: bool) -> list[Outcome]:
    """The outcomes of a webhook's calls up to the first that failed; in a thread, so nothing here asks the ledger."""
    outcomes: list[Outcome] = []
    for one in calls:
        body = body_of(one.payload)
        sent = {
            "Content-Type": "application/json", "User-Agent": "Asterism", "Asterism-Event": one.event,
            "Asterism-Call": str(one.payload.get("id", "")), HEADER: signature(one.hook.secret, body, now),
        }  # fmt: skip
        outcomes.append(call(one.hook.url, body, sent, anywhere))
        if not outcomes[-1].taken:
            break
    return outcomes


def _settle(calls: Sequence[HookDelivery], outcomes: Sequence[Outcome], now: datetime) -> int:
    for one, outcome in zip(calls, outcomes, strict=False):
        hooks.settle(one, outcome, now)
    for one in calls[len(outcomes) :]:
        hooks.put_back(one, calls[len(outcomes) - 1], now)
    return len(outcomes)


def _insist_on(url: str | None, events: Sequence[str]) -> None:
    unknown = [event for event in events if event not in NEWS]
    if unknown:
        raise BadInput(f"`{unknown[0][:60]}` is no event.", did_you_mean(unknown[0][:60], list(NEWS)))
    if url is not None:
        check_url(url, hooks.may_call_anywhere())
